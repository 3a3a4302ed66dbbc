"""What the container of an exhibit says: eight facts at the foot of the Intake room, the rest behind a link."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from evidence_desk.domain.records import Exhibit
from evidence_desk.ui.models.container_facts import Fact, all_facts, anomalies, main_facts
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import link_button
from evidence_desk.ui.widgets.labels import ElidedLabel, label, set_role

_MOST_LINES = 3


class FactsPanel(QFrame):
    """Signals: `all_asked()` the link to all fields was pressed."""

    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panelFooter")
        self._facts: tuple[Fact, ...] = ()
        self._columns = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 12)
        outer.setSpacing(8)
        head = QHBoxLayout()
        self._title = label("", "section")
        head.addWidget(self._title, 1)
        self._more = link_button("")
        self._more.clicked.connect(self.all_asked)
        head.addWidget(self._more)
        outer.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(1)
        outer.addLayout(self._grid)
        self._cells: list[QLabel] = []
        self._notes = label("", "warn", wrap=True)
        outer.addWidget(self._notes)

    def show_exhibit(self, exhibit: Exhibit | None) -> None:
        """Show the facts of an exhibit, nothing for None."""
        self.setVisible(exhibit is not None)
        if exhibit is None:
            return
        self._facts = main_facts(exhibit)
        self._title.setText(tr("What the container of {number} says", number=exhibit.number))
        fields = len(all_facts(exhibit.facts or {}))
        self._more.setText(tr("Show all {count} fields", count=number(fields)))
        self._more.setVisible(fields > 0)
        lines = list(anomalies(exhibit))
        if exhibit.condition in ("damaged", "unreadable") and exhibit.condition_note:
            lines.insert(0, exhibit.condition_note)
        shown = [line if line.endswith(".") else f"{line}." for line in dict.fromkeys(lines)]
        self._notes.setText("\n".join(shown[:_MOST_LINES]))
        self._notes.setVisible(bool(shown))
        if not self._facts and not shown:
            waits = exhibit.condition == "not examined"
            self._notes.setText(
                tr("Not examined yet: its frames are not counted.")
                if waits
                else tr("Kept as it is: it holds no picture or sound whose container could be read.")
            )
            set_role(self._notes, "note")
            self._notes.show()
        else:
            set_role(self._notes, "warn")
        self._lay_out(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use four columns, or two where room is short."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self, force: bool = False) -> None:
        columns = 4 if self.width() >= current_theme().px(680) else 2
        if columns == self._columns and not force:
            return
        self._columns = columns
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        for place, fact in enumerate(self._facts):
            row, column = divmod(place, columns)
            name = label(fact.name, "caption")
            name.setContentsMargins(0, 8 if row else 0, 0, 0)
            value = ElidedLabel(fact.value, "warn" if fact.look else "small")
            value.setAccessibleName(f"{fact.name}: {fact.value}")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(name, 2 * row, column)
            self._grid.addWidget(value, 2 * row + 1, column)
            self._cells += [name, value]
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
