"""The records of a case as one table: observations with what was judged of them, and every other kind by its words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from evidence_desk.domain.controlled_values import RELATIONS, presence_words
from evidence_desk.domain.records import (
    Claim,
    Exhibit,
    Link,
    Observation,
    Proposition,
    Question,
    Record,
    Region,
    Source,
    Sync,
    kind_of,
)
from evidence_desk.ui.translate import span, tr

NUMBER, WHAT, EXHIBIT, FRAMES, WORDS, COUNT, LEGIBILITY, CERTAINTY, LINKED, BY = range(10)
Index = QModelIndex | QPersistentModelIndex
_KEPT = 1000
"""So many rows stay put into words: more than a screen holds."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """What the words of a row need beside its record: the labels of the terms, and how each origin is linked."""

    labels: Mapping[str, str]
    relations: Mapping[str, Collection[str]]


class RecordRow:
    """One record and its cells as they are read, written when first asked for.

    Of many thousand rows a person sees thirty: the others are never put into words.
    """

    __slots__ = ("_cells", "_words", "record")

    def __init__(self, record: Record, words: RowWords) -> None:
        self.record, self._words = record, words
        self._cells: tuple[str, ...] | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the words of each column."""
        if self._cells is None:
            self._cells = tuple(cell(self.record, column, self._words) for column in range(BY + 1))
        return self._cells


def cell(record: Record, column: int, words: RowWords) -> str:
    """Return the words of one column of a record."""
    if column == NUMBER:
        return record.number
    if column == BY:
        return record.changed_by or record.created_by
    if isinstance(record, Observation):
        return _OBSERVATION_CELLS[column](record, words)
    if column == WHAT:
        kind = kind_of(record.number)
        return tr(kind.name).capitalize() if kind is not None else ""
    if column == EXHIBIT:
        return _words_of(record)[1]
    return _withdrawn(record, _words_of(record)[0]) if column == WORDS else ""


def first_frame(record: Record) -> int:
    """Return the first frame of an observation, -1 where there is none."""
    return record.first_frame if isinstance(record, Observation) and record.first_frame is not None else -1


def _what(seen: Observation, words: RowWords) -> str:
    what = words.labels.get(seen.term, seen.term)
    if seen.presence == "observed":
        return what
    return f"{what}, {presence_words(tr(seen.presence), tr(seen.presence_reason))}"


def _frames(seen: Observation, _: RowWords) -> str:
    if seen.first_frame is None:
        return ""
    return span(seen.first_frame, seen.first_frame if seen.last_frame is None else seen.last_frame)


def _counted(seen: Observation, _: RowWords) -> str:
    return f"{seen.count_min}/{seen.count_best}/{seen.count_max}" if seen.count_best is not None else ""


def _linked(seen: Observation, words: RowWords) -> str:
    held = words.relations.get(seen.number, ())
    return ", ".join(tr(relation) for relation in RELATIONS if relation in held)


_OBSERVATION_CELLS: Mapping[int, Callable[[Observation, RowWords], str]] = {
    WHAT: _what,
    EXHIBIT: lambda seen, _: seen.exhibit,
    FRAMES: _frames,
    WORDS: lambda seen, _: _withdrawn(seen, seen.statement),
    COUNT: _counted,
    LEGIBILITY: lambda seen, _: tr(seen.legibility),
    CERTAINTY: lambda seen, _: tr(seen.certainty),
    LINKED: _linked,
}


def _withdrawn(record: Record, words: str) -> str:
    if not record.withdrawn:
        return words
    return tr("withdrawn: {reason}", reason=record.withdrawn) + (f" · {words}" if words else "")


def _words_of(record: Record) -> tuple[str, str]:
    """Return what a record that is no observation says, and the exhibit it is about."""
    words, exhibit = "", ""
    match record:
        case Exhibit():
            words, exhibit = record.title or record.received_name, record.number
        case Source():
            words = record.title
        case Claim():
            words = f"“{record.quote}”"
        case Proposition() | Question():
            words = record.text
        case Link():
            words = f"{record.origin} {tr(record.relation)} {record.target}: {record.because}"
        case Region():
            words = " · ".join(part for part in (record.observation, tr(record.shape), record.label) if part)
        case Sync():
            words, exhibit = record.note, f"{record.exhibit_a}, {record.exhibit_b}"
    return words, exhibit


@dataclass(frozen=True, slots=True)
class Arranged:
    """What the table shows: its records in their order, the place of each by its number, and how many there are in all.

    `whole` is False while words are asked for of which not every record was read.
    """

    records: Sequence[Record] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    words: RowWords = RowWords({}, {})
    whole: bool = True


class RecordRows(QAbstractTableModel):
    """Shows what was arranged. Signals: `order_wished(int column, bool down)`: who arranges hears of it."""

    order_wished = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arranged = Arranged()
        self._rows: dict[str, RecordRow] = {}

    def show(self, arranged: Arranged) -> None:
        """Show these records in place of those before."""
        self.beginResetModel()
        self.arranged = arranged
        self._rows = {}
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the order of a column."""
        self.order_wished.emit(column, order == Qt.SortOrder.DescendingOrder)

    @property
    def total(self) -> int:
        """Return how many there are without the filter."""
        return self.arranged.total

    def row(self, place: int) -> RecordRow | None:
        """Return a row, None where there is none."""
        records = self.arranged.records
        if not 0 <= place < len(records):
            return None
        record = records[place]
        row = self._rows.get(record.number)
        if row is None:
            if len(self._rows) >= _KEPT:
                self._rows.clear()
            row = self._rows[record.number] = RecordRow(record, self.arranged.words)
        return row

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.arranged.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else BY + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_names()[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words; a screen reader hears the whole row."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(row.cells[index.column()].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # The first cell tells the whole record, the others only themselves.
            if index.column() == NUMBER:
                return ", ".join(cell for cell in row.cells if cell)
            return f"{column_names()[index.column()]}: {row.cells[index.column()] or tr('not stated')}"
        return None


def column_names() -> tuple[str, ...]:
    """Return what stands above the columns."""
    return (
        *(tr("No."), tr("Term or kind"), tr("Exhibit"), tr("Frames"), tr("Words"), tr("Count")),
        *(tr("Legibility"), tr("Certainty"), tr("Linked as"), tr("Last by")),
    )
