"""The observations as a list that a word, a term or a frame number narrows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.domain.records import Link, Observation
from evidence_desk.ui.pieces import Pieces, at_once, parts, sorted_in_pieces
from evidence_desk.ui.translate import span, tr

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation with its term and the relations of its links, in the order of the relations."""

    observation: Observation
    term: Term | None
    relations: tuple[str, ...]
    targets: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the word of the term; where it was looked for and not seen, it says so."""
        label = self.term.label if self.term is not None else self.observation.term
        if self.observation.presence == "looked for, not seen":
            return tr("{term}, not seen", term=label)
        if self.observation.presence_reason:
            return tr("{term}, cannot be assessed: {reason}", term=label, reason=tr(self.observation.presence_reason))
        if self.observation.presence == "cannot be assessed":
            return tr("{term}, cannot be assessed", term=label)
        return label

    @property
    def frames(self) -> str:
        """Return the frames for a narrow column: `640–905`."""
        first, last = self.observation.first_frame, self.observation.last_frame
        if first is None:
            return ""
        return span(first, first if last is None else last)


@dataclass(frozen=True, slots=True)
class ObservationFilter:
    """What to show: words that all have to occur, and what is asked of basis and links."""

    text: str = ""
    exhibit: str = ""
    seen: bool = False
    heard: bool = False
    no_link: bool = False

    @property
    def active(self) -> bool:
        """Tell whether anything is left out because of it, the exhibit apart."""
        return bool(self.text.strip()) or self.seen or self.heard or self.no_link

    def takes(self, row: ObservationRow) -> bool:
        """Tell whether a row stays."""
        seen = row.observation
        if self.exhibit and seen.exhibit != self.exhibit:
            return False
        if (self.seen or self.heard) and seen.basis not in _bases(self.seen, self.heard):
            return False
        if self.no_link and row.relations:
            return False
        return all(_occurs(word, row) for word in self.text.casefold().split())


def _bases(seen: bool, heard: bool) -> tuple[str, ...]:
    return (("seen",) if seen else ()) + (("heard",) if heard else ())


def _occurs(word: str, row: ObservationRow) -> bool:
    seen = row.observation
    frame = word.removeprefix("#")
    if frame.isdigit() and seen.first_frame is not None:
        last = seen.first_frame if seen.last_frame is None else seen.last_frame
        if seen.first_frame <= int(frame) <= last:
            return True
    return word in f"{seen.number} {row.label} {seen.statement} {' '.join(row.targets)}".casefold()


class RowBook(Protocol):
    """Rows in clip order, found by number and by exhibit."""

    @property
    def rows(self) -> tuple[ObservationRow, ...]:
        """All of them."""
        ...

    def row(self, number: str) -> ObservationRow | None:
        """Return the row of an observation, None where there is none."""
        ...

    def of_exhibit(self, exhibit: str) -> tuple[ObservationRow, ...]:
        """Return those of one exhibit."""
        ...


def place(row: ObservationRow) -> tuple[bool, int, str]:
    """Return by what rows stand in clip order: the key of `playhead.in_clip_order`."""
    seen = row.observation
    return seen.first_frame is None, seen.first_frame or 0, seen.number


def build_rows(
    observations: Sequence[Observation], terms: Mapping[str, Term], links: Sequence[Link]
) -> tuple[ObservationRow, ...]:
    """Return one row for each observation in clip order, with what it is linked as."""
    return tuple(row for _, row in at_once(rows_in_pieces(observations, terms, links)))


def rows_in_pieces(
    observations: Sequence[Observation], terms: Mapping[str, Term], links: Sequence[Link]
) -> Pieces[list[tuple[tuple[bool, int, str], ObservationRow]]]:
    """Make the rows of `build_rows` piece by piece, each behind its place."""
    relations: dict[str, set[str]] = {}
    targets: dict[str, list[str]] = {}
    for some in parts(links):
        for link in some:
            relations.setdefault(link.origin, set()).add(link.relation)
            targets.setdefault(link.origin, []).append(link.target)
        yield
    rows: list[ObservationRow] = []
    for part in parts(observations):
        for seen in part:
            linked = relations.get(seen.number, ())
            ordered = tuple(r for r in RELATIONS if r in linked) if linked else ()
            rows.append(ObservationRow(seen, terms.get(seen.term), ordered, tuple(targets.get(seen.number, ()))))
        yield
    return (yield from sorted_in_pieces(rows, place))


class ObservationModel(QAbstractListModel):
    """The rows that the filter leaves."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ObservationRow, ...] = ()
        self._rows: tuple[ObservationRow, ...] = ()
        self.filter = ObservationFilter()
        self._places: dict[str, int] | None = None
        self.book: RowBook | None = None
        """Knows the rows by number and by exhibit, where they are many."""

    def set_rows(self, rows: Sequence[ObservationRow]) -> None:
        """Show these observations, narrowed as before."""
        at_once(self.narrowing(rows if isinstance(rows, tuple) else tuple(rows), self.filter))

    def set_filter(self, wanted: ObservationFilter) -> None:
        """Narrow the list in another way."""
        if wanted != self.filter:
            at_once(self.narrowing(self._all, wanted))

    def narrowing(self, rows: tuple[ObservationRow, ...], wanted: ObservationFilter) -> Pieces[None]:
        """Narrow these observations piece by piece, and show what is left at the end."""
        exhibit, shown = wanted.exhibit, rows
        if wanted != ObservationFilter(exhibit=exhibit) or self.book is None or rows is not self.book.rows:
            held = list[ObservationRow]()
            for part in parts(rows):
                held += [row for row in part if wanted.takes(row)]
                yield
            shown = tuple(held)
        elif exhibit:
            # The usual case, after every observation: no row is asked.
            shown = self.book.of_exhibit(exhibit)
        self.beginResetModel()
        self.filter = wanted
        self._all, self._rows, self._places = rows, shown, None
        self.endResetModel()

    @property
    def rows(self) -> tuple[ObservationRow, ...]:
        """Return the rows shown."""
        return self._rows

    @property
    def total(self) -> int:
        """Return how many there are without the filter."""
        return len(self._all)

    def row_of(self, observation: str) -> int:
        """Return the row of an observation, -1 where it is not shown."""
        if not observation:
            return -1
        row = self.book.row(observation) if self.book is not None and self._all is self.book.rows else None
        if row is not None:
            at = bisect_left(self._rows, place(row), key=place)
            return at if at < len(self._rows) and self._rows[at] is row else -1
        if self._places is None:
            self._places = {r.observation.number: i for i, r in enumerate(self._rows)}
        return self._places.get(observation, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its words or its sentence."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.observation.number} {row.label}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_sentence(row)
        return row.observation.statement if role == Qt.ItemDataRole.ToolTipRole else None


def row_sentence(row: ObservationRow) -> str:
    """Return what a screen reader says of a row: `OB-004, Arms raised, frames 640 to 905, supports CL-002.1`."""
    seen = row.observation
    parts = [seen.number, row.label]
    if seen.first_frame is not None:
        if seen.last_frame in (None, seen.first_frame):
            parts.append(tr("frame {n}", n=seen.first_frame))
        else:
            parts.append(tr("frames {first} to {last}", first=seen.first_frame, last=seen.last_frame))
    parts.append(", ".join(row.relations) if row.relations else tr("not linked"))
    return ", ".join(parts)
