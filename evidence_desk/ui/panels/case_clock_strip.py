"""The strip in which the case clock is set: when the frame on screen was, how sure that is, and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from evidence_desk.domain.case_clock import UNSET, CaseClock, typed_moment
from evidence_desk.domain.errors import Refused
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import DeskButton
from evidence_desk.ui.widgets.labels import ElidedLabel, set_role

_MOST_SECONDS = 10_000_000


class CaseClockStrip(QFrame):
    """Asks for the moment of one frame.

    Signals: `kept(dict)` the exhibit's fields to set; `left()`; `edited()` a person typed.
    """

    kept = Signal(dict)
    left = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._frame, self._hash = 0, ""
        self._zone: tzinfo | None = None
        self.title = QLabel()
        self.moment, self.sure, self.basis = QLineEdit(), QLineEdit(), QLineEdit()
        self.note = ElidedLabel("", "note")
        self.keep = DeskButton(tr("Keep"), kind="primary", size="small")
        self.clear = DeskButton(tr("No case clock"), size="small")
        self.keep.clicked.connect(self._keep)
        self.clear.clicked.connect(lambda: self.kept.emit(dict(UNSET)))
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self.moment.setPlaceholderText("2025-05-04 16:41:07.5")
        self.sure.setPlaceholderText("90")
        self.basis.setPlaceholderText(tr("A clock in the picture, the post's time, a witness"))
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.title, 0, 0, 1, 3)
        fields = ((self.moment, tr("Date and time")), (self.sure, tr("± seconds")), (self.basis, tr("How it is known")))
        for column, (line, name) in enumerate(fields):
            line.setAccessibleName(name)
            label = QLabel(name)
            set_role(label, "note")
            label.setBuddy(line)
            grid.addWidget(label, 1, column)
            grid.addWidget(line, 2, column)
            line.returnPressed.connect(self._keep)
            line.textEdited.connect(self.edited)
        for column, share in enumerate((4, 2, 6)):
            grid.setColumnStretch(column, share)
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        row.addWidget(self.clear)
        row.addWidget(self.keep)
        grid.addLayout(row, 3, 0, 1, 3)

    def ask(self, frame: int, frame_hash: str, zone: tzinfo, known: CaseClock | None, here: str) -> None:
        """Open for a frame; `known` is the clock as it is set, `here` what it says of this frame, "" for nothing."""
        self._frame, self._hash, self._zone = frame, frame_hash, zone
        self.title.setText(tr("When was frame {n}?", n=number(frame)))
        self.moment.setText(here)
        seconds = "" if known is None or known.uncertainty_ms is None else _seconds(known.uncertainty_ms)
        self.sure.setText(seconds)
        self.basis.setText(known.basis if known is not None else "")
        self.clear.setVisible(known is not None)
        self._say(tr("Times without a zone are taken in the case's. Enter keeps, Esc leaves."), "note")
        self.show()
        self.moment.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.moment.selectAll()

    def state(self) -> dict[str, object]:
        """Return what was typed, and for which frame, as JSON can hold it; `offer` takes it back."""
        return {"frame": self._frame, "hash": self._hash, **{name: line.text() for name, line in self._lines()}}

    def offer(self, state: Mapping[str, Any], words: str) -> None:
        """Show what was typed before and not kept; `words` tell of it."""
        self._frame, self._hash = int(state["frame"]), str(state["hash"])
        self.title.setText(tr("When was frame {n}?", n=number(self._frame)))
        for name, line in self._lines():
            line.setText(str(state.get(name, "")))
        self._say(f"{words} {tr('Enter keeps it, Esc drops it.')}", "note")

    def _lines(self) -> tuple[tuple[str, QLineEdit], ...]:
        return ("moment", self.moment), ("sure", self.sure), ("basis", self.basis)

    def leave(self) -> None:
        """Close without keeping anything."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        if self._zone is None:
            return
        try:
            at = typed_moment(self.moment.text(), self._zone)
            sure = _milliseconds(self.sure.text())
        except Refused as error:
            self._say(str(error), "danger")
            return
        self.kept.emit(CaseClock(self._frame, at, sure, self.basis.text().strip(), self._hash).values())

    def _say(self, text: str, role: str) -> None:
        self.note.setText(text)
        set_role(self.note, role)


def _seconds(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


def _milliseconds(text: str) -> int | None:
    typed = text.strip().replace(",", ".").removeprefix("±").strip()
    if not typed:
        return None
    whole, _, rest = typed.partition(".")
    if not (whole.isdigit() and (not rest or rest.isdigit())) or int(whole) > _MOST_SECONDS:
        raise Refused(f"“{typed}” is no number of seconds. Nothing was kept. Write 90 or 0.5.")
    return int(whole) * 1000 + int((rest + "000")[:3])
