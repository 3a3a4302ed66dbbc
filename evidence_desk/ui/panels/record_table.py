"""The table of records: keys, sorting by the headers, several rows chosen at once, copying."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from evidence_desk.ui.models.record_rows import (
    BY,
    CERTAINTY,
    COUNT,
    EXHIBIT,
    FRAMES,
    LEGIBILITY,
    LINKED,
    NUMBER,
    WHAT,
    WORDS,
    RecordRow,
    RecordRows,
)
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr

_WIDTHS = {NUMBER: 84, WHAT: 170, EXHIBIT: 70, FRAMES: 104, COUNT: 74, LEGIBILITY: 86, CERTAINTY: 86, LINKED: 110}
_BY_WIDTH, _LEAST_WORDS = 116, 160
_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_HERE = QItemSelectionModel.SelectionFlag.NoUpdate
_SPARED = (BY, LINKED, LEGIBILITY, COUNT, CERTAINTY, EXHIBIT)
"""Columns that give way, in this order, where the words would have no room; the tooltip and the form have them."""


class RecordTable(QTableView):
    """Signals: `opened(str number)` Enter or double click; `chosen()` other rows are chosen."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, model: RecordRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(tr("Records"))
        self.setObjectName("records")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(NUMBER, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.activated.connect(self._activate)
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.modelReset.connect(self.chosen)
        keeper().changed.connect(self._dress)
        self._dress()

    def chosen_rows(self) -> tuple[RecordRow, ...]:
        """Return the chosen rows from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(row for place in places if (row := self._rows.row(place)) is not None)

    def choose(self, numbers: frozenset[str]) -> None:
        """Choose the rows of these records where they are shown; the first row where none is."""
        self.clearSelection()
        model = self.selectionModel()
        places = [place for place, row in enumerate(self._rows.rows) if row.record.number in numbers]
        for place in places:
            model.select(self._rows.index(place, NUMBER), _ROWS)
        if self._rows.rowCount():
            here = self._rows.index(places[0] if places else 0, NUMBER)
            model.setCurrentIndex(here, _HERE if places else _ROWS)
            self.scrollTo(here)

    def sort_by(self, column: int, down: bool = False) -> None:
        """Put the rows in the order of a column."""
        self.sortByColumn(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows, cells parted by tabs."""
        if event.matches(QKeySequence.StandardKey.Copy):
            lines = ("\t".join(" ".join(cell.split()) for cell in row.cells) for row in self.chosen_rows())
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words what the other columns leave."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        theme, width = current_theme(), self.viewport().width()
        fixed = {column: theme.px(wide) for column, wide in {**_WIDTHS, BY: _BY_WIDTH}.items()}
        for column in _SPARED:
            spared = width - sum(fixed.values()) < theme.px(_LEAST_WORDS)
            self.setColumnHidden(column, spared)
            if spared:
                del fixed[column]
        for column, wide in fixed.items():
            self.setColumnWidth(column, wide)
        self.setColumnWidth(WORDS, max(theme.px(_LEAST_WORDS), width - sum(fixed.values())))

    def _dress(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.row("list"))
        self.horizontalHeader().setFixedHeight(theme.row("table_header"))
        self._share()

    def _activate(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        if row is not None:
            self.opened.emit(row.record.number)
