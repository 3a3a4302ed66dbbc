"""The middle of the Claims room: the board of a claim or proposition, the text of a source, or neither."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.records import Claim, Proposition, Record, Source
from evidence_desk.services.queries import Queries
from evidence_desk.ui.panels.proposition_board import PropositionBoard
from evidence_desk.ui.panels.source_reader import SourceReader
from evidence_desk.ui.rooms.claims_content import board_of
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.pages import Pages
from evidence_desk.ui.widgets.panel import EmptyState


class ClaimsCentre(Pages):
    """Shows one of its three pages."""

    def __init__(self, board: PropositionBoard, reader: SourceReader, parent: QWidget | None = None) -> None:
        super().__init__(480, parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._board, self._reader = board, reader
        self._empty = EmptyState(
            "claim",
            tr("Nothing is chosen"),
            tr("Choose a claim to see what bears on it, or a source to read its text."),
        )
        for page in (self._empty, board, reader):
            self.addWidget(page)

    def show_record(self, queries: Queries, record: Record | None) -> bool:
        """Show a record; tell whether it is one that stands here."""
        if isinstance(record, Source):
            self._reader.show_source(record, queries.claims())
            self.setCurrentWidget(self._reader)
        elif isinstance(record, Claim | Proposition):
            self._board.show_content(board_of(queries, record))
            self.setCurrentWidget(self._board)
        else:
            self.setCurrentWidget(self._empty)
        return self.shows_something()

    def shows_something(self) -> bool:
        """Tell whether a record is shown."""
        return self.currentWidget() is not self._empty

    def reads(self) -> bool:
        """Tell whether the text of a source is shown."""
        return self.currentWidget() is self._reader

    def focus_first(self) -> None:
        """Put the focus into what is shown."""
        if self.reads():
            self._reader.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.shows_something():
            self._board.focus_first()
