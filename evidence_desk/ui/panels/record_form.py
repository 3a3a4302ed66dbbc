"""The side panel of the Claims room: one record with its fields and its history, or the form of a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.ui.panels.record_fields import RecordFields
from evidence_desk.ui.panels.record_specs import specs_of
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, primary_button
from evidence_desk.ui.widgets.labels import hairline, label
from evidence_desk.ui.widgets.panel import PanelFooter, PanelHeader


class RecordForm(QWidget):
    """Shows one record or takes a new one.

    Signals: `keep_asked()`, `left()` a new one is given up, `withdraw_asked()`, `restore_asked()`, `edited()`,
    `extra_asked(str)` one of the further buttons, by its name.
    """

    keep_asked = Signal()
    left = Signal()
    withdraw_asked = Signal()
    edited = Signal()
    extra_asked = Signal(str)

    def __init__(
        self,
        kind: str,
        title: str,
        writable: bool,
        number: str = "",
        extras: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Without a number the form takes a new record; `extras` are (name, words) of further buttons."""
        super().__init__(parent)
        self.kind, self.number = kind, number
        self._new = not number
        self.header = PanelHeader(title, number=number)
        self.fields = RecordFields(specs_of(kind, self._new), writable, 92)
        self.fields.edited.connect(self._edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._scrolled(extras), 1)
        self.footer = self._foot()
        column.addWidget(self.footer)
        self.footer.setVisible(writable)

    def load(self, values: Mapping[str, object], lead: str = "", history: Sequence[str] = ()) -> None:
        """Show values; `lead` is a line above the fields, `history` the record's events in words, newest first."""
        self.fields.load(values)
        self._show_about(lead, history)
        self.footer.note.setText("")

    def follow(self, values: Mapping[str, object], lead: str, history: Sequence[str]) -> None:
        """Show a newer revision; what is being typed stays."""
        self.fields.follow(values)
        self._show_about(lead, history)

    def say(self, problem: str) -> None:
        """Say what keeps the form from being kept, "" for nothing."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def changed(self) -> bool:
        """Tell whether something was typed and not kept."""
        return bool(self.fields.changes())

    def _show_about(self, lead: str, history: Sequence[str]) -> None:
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self._history_title.setVisible(bool(history))
        self._history.setText("\n".join(history))
        self._history.setVisible(bool(history))

    def _scrolled(self, extras: Sequence[tuple[str, str]]) -> QScrollArea:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        self._lead = label("", "label", wrap=True)
        inner.addWidget(self._lead)
        inner.addWidget(self.fields)
        self._problem = label("", "danger", wrap=True)
        self._problem.hide()
        inner.addWidget(self._problem)
        for name, text in extras:
            button = ghost_button(text)
            button.setProperty("extra", name)
            button.clicked.connect(self._extra)
            inner.addWidget(button)
        inner.addSpacing(6)
        self._history_title = label(tr("History"), "section")
        self._history = label("", "caption", wrap=True)
        self._history.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not self._new:
            inner.addWidget(hairline())
        inner.addWidget(self._history_title)
        inner.addWidget(self._history)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _foot(self) -> PanelFooter:
        keep = primary_button(tr("Keep"), "Ctrl Enter")
        keep.clicked.connect(self.keep_asked)
        left: list[DeskButton] = [keep]
        right: list[DeskButton] = []
        if self._new:
            leave = ghost_button(tr("Leave"), "Esc")
            leave.clicked.connect(self.left)
            left.append(leave)
        else:
            withdraw = ghost_button(tr("Withdraw…"))
            withdraw.clicked.connect(self.withdraw_asked)
            right.append(withdraw)
        return PanelFooter(left, right, above=True)

    def _edited(self) -> None:
        self.footer.note.setText(tr("Not kept yet") if self.changed() else "")
        self.say("")
        self.edited.emit()

    def _extra(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.extra_asked.emit(str(sender.property("extra")))
