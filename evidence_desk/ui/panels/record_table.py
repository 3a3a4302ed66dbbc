"""The table of records: keys, sorting by the headers, several rows chosen at once, copying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from evidence_desk.domain.records import Record
from evidence_desk.ui.by_and_by import ByAndBy
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
    Arranged,
    RecordRow,
    RecordRows,
    RowWords,
)
from evidence_desk.ui.pieces import parts
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr

_WIDTHS = {NUMBER: 84, WHAT: 170, EXHIBIT: 70, FRAMES: 104, COUNT: 74, LEGIBILITY: 86, CERTAINTY: 86, LINKED: 110}
_BY_WIDTH, _LEAST_WORDS = 116, 160
_HERE = QItemSelectionModel.SelectionFlag.NoUpdate
MOST_RANGES = 2000
"""Qt looks through all of them for each cell that it paints; rows that lie more scattered are chosen no more."""
_SPARED = (BY, LINKED, LEGIBILITY, COUNT, CERTAINTY, EXHIBIT)
"""Columns that give way, in this order, where the words would have no room; the tooltip and the form have them."""


class RecordTable(QTableView):
    """Signals: `opened(str number)` Enter or double click; `chosen()` other rows are chosen."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, model: RecordRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.turn = 0
        """Grows with every other choice of rows."""
        self._copying = ByAndBy(self)
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
        # A header asks for each of its columns whether all rows are chosen, and Qt then looks at every row.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(NUMBER, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.activated.connect(self._activate)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        keeper().changed.connect(self._dress)
        self._dress()

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """Return the chosen rows as ranges (first, last) from top to bottom: of all rows that is one."""
        chosen = self.selectionModel().selection()
        return sorted({(part.top(), part.bottom()) for part in map(chosen.at, range(chosen.count()))})

    def chosen_records(self) -> tuple[Record, ...]:
        """Return the records of the chosen rows from top to bottom."""
        records = self._rows.arranged.records
        return tuple(chain.from_iterable(records[first : last + 1] for first, last in self.chosen_ranges()))

    def show_arranged(self, arranged: Arranged, ranges: Sequence[tuple[int, int]], stay: bool) -> None:
        """Show other records with these ranges of rows chosen, the first row where there are none.

        The row under the keyboard stays under it; with `stay` the row at the top stays there, too.
        """
        if len(ranges) > MOST_RANGES:
            ranges = ()
        top, here = self._number_at(self.rowAt(0)), self._number_at(self.currentIndex().row())
        with QSignalBlocker(self.selectionModel()):
            self._rows.show(arranged)
            self._select(ranges or ([(0, 0)] if arranged.records else []))
            place = arranged.places.get(here, ranges[0][0] if ranges else 0)
            if ranges and not any(first <= place <= last for first, last in ranges):
                place = ranges[0][0]
        if arranged.records:
            self.selectionModel().setCurrentIndex(self._rows.index(place, NUMBER), _HERE)
        if stay and top in arranged.places:
            self.scrollTo(self._rows.index(arranged.places[top], NUMBER), self.ScrollHint.PositionAtTop)
        elif arranged.records:
            self.scrollTo(self._rows.index(place, NUMBER))
        self.viewport().update()
        self._tell_chosen()

    def _number_at(self, place: int) -> str:
        records = self._rows.arranged.records
        return records[place].number if 0 <= place < len(records) else ""

    def _select(self, ranges: Iterable[tuple[int, int]]) -> None:
        chosen = QItemSelection()
        for first, last in ranges:
            chosen.append(QItemSelectionRange(self._rows.index(first, NUMBER), self._rows.index(last, BY)))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _tell_chosen(self) -> None:
        self.turn += 1
        self.chosen.emit()

    def sort_by(self, column: int, down: bool = False) -> None:
        """Put the rows in the order of a column."""
        self.sortByColumn(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows, cells parted by tabs."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copying.start(self._copy(self.chosen_records(), self._rows.arranged.words))
            return
        super().keyPressEvent(event)

    @staticmethod
    def _copy(records: Sequence[Record], words: RowWords) -> Iterator[None]:
        lines: list[str] = []
        for some in parts(records):
            for record in some:
                lines.append("\t".join(" ".join(cell.split()) for cell in RecordRow(record, words).cells))
            yield
        QGuiApplication.clipboard().setText("\n".join(lines))

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
