"""The records of a case as one table: observations with what was judged of them, and every other kind by its words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.domain.controlled_values import RELATIONS, presence_words
from evidence_desk.domain.records import (
    KINDS,
    LINK,
    OBSERVATION,
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
from evidence_desk.services.queries import Queries
from evidence_desk.ui.translate import span, tr

NUMBER, WHAT, EXHIBIT, FRAMES, WORDS, COUNT, LEGIBILITY, CERTAINTY, LINKED, BY = range(10)
Index = QModelIndex | QPersistentModelIndex
_LEFT_OUT = ("case", "codebook", "acquisition")
"""Kinds that stand once for a case or an exhibit: they are found with what they belong to."""


class RecordRow:
    """One record, the frames by which it is put in order, and its cells as they are read, written when first asked for.

    Of many thousand rows a person sees thirty: the others are never put into words.
    """

    __slots__ = ("_cells", "_write", "first", "linked", "record")

    def __init__(
        self, record: Record, write: Callable[[], tuple[str, ...]], first: int = -1, linked: bool = False
    ) -> None:
        self.record, self.first, self.linked = record, first, linked
        self._write = write
        self._cells: tuple[str, ...] | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the words of each column."""
        if self._cells is None:
            self._cells = self._write()
        return self._cells

    @property
    def observation(self) -> Observation | None:
        """Return the record where it is an observation."""
        return self.record if isinstance(self.record, Observation) else None


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What is shown: of which numbers (None for all), and whether only loose or also withdrawn records."""

    numbers: Collection[str] | None = None
    no_link: bool = False
    withdrawn: bool = False

    def takes(self, row: RecordRow) -> bool:
        """Tell whether a row stays."""
        if row.record.withdrawn and not self.withdrawn:
            return False
        if self.no_link and row.linked:
            return False
        return self.numbers is None or row.record.number in self.numbers


def observation_rows(queries: Queries) -> tuple[RecordRow, ...]:
    """Return one row for each observation, withdrawn ones too, in the order they were made."""
    terms = {term.id: term.label for term in queries.terms()}
    relations: dict[str, set[str]] = {}
    for link in queries.links():
        relations.setdefault(link.origin, set()).add(link.relation)
    found = (r for r in queries.every(OBSERVATION) if isinstance(r, Observation))
    return tuple(_observation_row(seen, terms, relations.get(seen.number, set())) for seen in found)


def every_row(queries: Queries) -> tuple[RecordRow, ...]:
    """Return one row for each record, kind after kind, the observations as `observation_rows` gives them."""
    rows = list(observation_rows(queries))
    for kind in KINDS:
        if kind.name not in _LEFT_OUT and kind is not OBSERVATION:
            rows += [_other_row(record) for record in queries.every(kind)]
    return tuple(rows)


def _observation_row(seen: Observation, terms: Mapping[str, str], relations: Collection[str]) -> RecordRow:
    first = -1 if seen.first_frame is None else seen.first_frame
    return RecordRow(seen, partial(_observation_cells, seen, terms, relations), first, bool(relations))


def _observation_cells(seen: Observation, terms: Mapping[str, str], relations: Collection[str]) -> tuple[str, ...]:
    what = terms.get(seen.term, seen.term)
    if seen.presence != "observed":
        what = f"{what}, {presence_words(tr(seen.presence), tr(seen.presence_reason))}"
    frames = ""
    if seen.first_frame is not None:
        frames = span(seen.first_frame, seen.first_frame if seen.last_frame is None else seen.last_frame)
    count = ""
    if seen.count_best is not None:
        count = f"{seen.count_min}/{seen.count_best}/{seen.count_max}"
    linked = ", ".join(tr(relation) for relation in RELATIONS if relation in relations)
    by = seen.changed_by or seen.created_by
    words = seen.statement if not seen.withdrawn else _withdrawn(seen, seen.statement)
    return (
        *(seen.number, what, seen.exhibit, frames, words, count),
        *(tr(seen.legibility), tr(seen.certainty), linked, by),
    )


def _withdrawn(record: Record, words: str) -> str:
    return tr("withdrawn: {reason}", reason=record.withdrawn) + (f" · {words}" if words else "")


def _other_row(record: Record) -> RecordRow:
    return RecordRow(record, partial(_other_cells, record), linked=kind_of(record.number) is not LINK)


def _other_cells(record: Record) -> tuple[str, ...]:
    kind = kind_of(record.number)
    words, exhibit = _words_of(record)
    if record.withdrawn:
        words = _withdrawn(record, words)
    by = record.changed_by or record.created_by
    what = tr(kind.name).capitalize() if kind is not None else ""
    return (record.number, what, exhibit, "", words, "", "", "", "", by)


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


class RecordRows(QAbstractTableModel):
    """The rows that the filter leaves, in the order of one column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[RecordRow, ...] = ()
        self._rows: tuple[RecordRow, ...] = ()
        self._filter = RowFilter()
        self._by, self._down = NUMBER, False

    def set_rows(self, rows: Sequence[RecordRow]) -> None:
        """Show these records, narrowed and in order as before."""
        self._all = tuple(rows)
        self._arrange()

    def set_filter(self, wanted: RowFilter) -> None:
        """Narrow the table in another way."""
        if wanted != self._filter:
            self._filter = wanted
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; equal ones stay as they were made."""
        self._by, self._down = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        kept = [row for row in self._all if self._filter.takes(row)]
        self._rows = tuple(sorted(kept, key=_order(self._by), reverse=self._down) if self._by != NUMBER else kept)
        if self._by == NUMBER and self._down:
            self._rows = tuple(reversed(self._rows))
        self.endResetModel()

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        """Return the rows shown."""
        return self._rows

    @property
    def total(self) -> int:
        """Return how many there are without the filter."""
        return len(self._all)

    def row(self, place: int) -> RecordRow | None:
        """Return a row, None where there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

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


def _order(column: int) -> Callable[[RecordRow], tuple[object, ...]]:
    """Return the key of a column: frames and counts by their figures, words folded, empty cells last."""
    if column == FRAMES:
        return lambda row: (row.first < 0, row.cells[EXHIBIT], row.first)
    if column == COUNT:
        return _count
    return lambda row: (not row.cells[column], row.cells[column].casefold(), row.cells[EXHIBIT], row.first)


def _count(row: RecordRow) -> tuple[object, ...]:
    seen = row.observation
    best = seen.count_best if seen is not None else None
    return (best is None, best or 0)
