"""The left part of the Intake room: drop zone, exhibits, messages, and what the container of the chosen one says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.ui.panels.drop_zone import DropZone
from evidence_desk.ui.panels.exhibit_table import ExhibitTable
from evidence_desk.ui.panels.facts_panel import FactsPanel
from evidence_desk.ui.rooms.intake_messages import IntakeMessages, MessageStrip
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import file_size, number, tr
from evidence_desk.ui.widgets.buttons import ghost_button
from evidence_desk.ui.widgets.labels import ElidedLabel, label
from evidence_desk.ui.widgets.panel import EmptyState


class IntakeList(QWidget):
    """Holds the parts; the room joins them to the case."""

    def __init__(self, table: ExhibitTable, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.table = table
        self.drop_zone = DropZone()
        self.facts = FactsPanel()
        self.messages = IntakeMessages()
        self.verify = ghost_button(tr("Verify all hashes"), icon="hash")
        self.stop = ghost_button(tr("Stop all"), icon="cancel")
        self._count = label("", "note")
        self._space = ElidedLabel("", "caption")
        self._space.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._empty = EmptyState(
            "room_intake",
            tr("No exhibits yet"),
            tr("Drop files on the frame above, or choose them. Each becomes an exhibit with its hashes."),
        )
        self._body = QStackedWidget()
        self._body.addWidget(table)
        self._body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if writable:
            zone = QHBoxLayout()
            zone.setContentsMargins(16, 12, 16, 6)
            zone.addWidget(self.drop_zone)
            column.addLayout(zone)
        column.addLayout(self._head())
        column.addWidget(self._body, 1)
        # Many messages scroll in a strip of their own: the table never loses its place to them.
        column.addWidget(MessageStrip(self.messages, current_theme().px(176)))
        column.addWidget(self.facts)

    def show_counts(self, exhibits: int, rows: int, busy: bool) -> None:
        """Show how many exhibits there are; `rows` counts files on their way too, `busy` tells there is work."""
        self._count.setText(number(exhibits))
        self._body.setCurrentWidget(self.table if rows else self._empty)
        self.stop.setVisible(busy)
        self.verify.setVisible(bool(exhibits))

    def show_space(self, vault: int, free: int) -> None:
        """Show how many bytes the vault holds and how many the disk has left."""
        self._space.setText(
            tr("Vault {vault}. Free on this disk {free}.", vault=file_size(vault), free=file_size(free))
        )

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 6)
        head.setSpacing(8)
        head.addWidget(label(tr("Exhibits"), "section"))
        head.addWidget(self._count)
        head.addWidget(self._space, 1)
        for part in (self.stop, self.verify):
            head.addWidget(part)
        return head
