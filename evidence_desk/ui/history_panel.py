"""The steps of this window by name: what can be taken back and what can be done again; any of them is one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from evidence_desk.domain.changes import Changes
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.session import Session
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import icon_button
from evidence_desk.ui.widgets.labels import hairline, label

_STEPS = Qt.ItemDataRole.UserRole


class HistoryPanel(Overlay):
    """Lists the steps, the newest first. Enter or a click brings the case to where it was after that step.

    Each step back is a new, logged change, as with undo. One that is refused ends the way there, saying why.
    """

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window, tr("Steps of this window"), 480)
        self._session = session
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(label(tr("Steps of this window"), "section"), 1)
        close = icon_button("close", tr("Leave"))
        close.clicked.connect(self.leave)
        row.addWidget(close)
        self.column.addWidget(head)
        self.column.addWidget(hairline())
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Steps, the newest first"))
        self.list.setObjectName("steps")
        self.list.itemActivated.connect(self._go)
        self.column.addWidget(self.list, 1)
        note = label(tr("Enter goes to a step. Every step back is a new line of the event log."), "note", wrap=True)
        note.setContentsMargins(14, 8, 14, 10)
        self.column.addWidget(note)
        session.changed.connect(self._changed)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.list

    def wanted_height(self) -> int:
        """Half of the window, and more where it is low."""
        return max(self.panel.sizeHint().height(), current_theme().px(420))

    def open(self) -> None:
        """Show the steps."""
        self.refresh()
        super().open()

    def refresh(self) -> None:
        """Read the steps anew; the one in force is chosen."""
        self.list.clear()
        if not self._session.is_open:
            return
        bus = self._session.case.bus
        for ahead, step in reversed(tuple(enumerate(reversed(bus.undone), 1))):
            self._add(tr("{step}, taken back", step=step), ahead, quiet=True)
        for back, step in enumerate(reversed(bus.history)):
            self._add(step if back else tr("{step}, now", step=step), -back)
        self._add(tr("As the case was opened"), -len(bus.history))
        self.list.setCurrentRow(len(bus.undone))

    def _add(self, text: str, steps: int, quiet: bool = False) -> None:
        item = QListWidgetItem(text)
        item.setData(_STEPS, steps)
        if quiet:
            item.setForeground(current_theme().color("text.tertiary"))
        self.list.addItem(item)

    def _changed(self, _: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def _go(self, item: QListWidgetItem) -> None:
        steps = int(item.data(_STEPS))
        for _ in range(abs(steps)):
            if not (self._session.undo(at_once=True) if steps < 0 else self._session.redo(at_once=True)):
                break
        self.refresh()
