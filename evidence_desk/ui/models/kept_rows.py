"""The rows of all observations in clip order, from which only what changed is made anew."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import OBSERVATION, Link, Observation, Record, kind_of
from evidence_desk.ui.models.observations import ObservationRow, build_rows, place, rows_in_pieces
from evidence_desk.ui.pieces import Pieces, at_once, parts

_FEW = 500
"""Up to so many changed rows are put in their place one by one; for more all are put in order anew."""


class KeptRows:
    """Rows by number and in clip order; of one exhibit alone as well."""

    def __init__(self) -> None:
        self.rows: tuple[ObservationRow, ...] = ()
        self.loose = 0
        """How many of them have no link."""
        self._ordered: list[ObservationRow] = []
        self._of: dict[str, list[ObservationRow]] = {}
        self._by_number: dict[str, ObservationRow] = {}
        self._ending: dict[tuple[str, int | None], dict[str, ObservationRow]] = {}
        self._terms: Mapping[str, Term] = {}
        self._links: tuple[Link, ...] = ()
        self._here: tuple[str, tuple[ObservationRow, ...]] | None = None

    def read(
        self,
        observations: Sequence[Observation],
        terms: Mapping[str, Term],
        links: tuple[Link, ...],
        written: frozenset[str] | None = None,
        find: Callable[[Collection[str]], Iterable[Record]] | None = None,
    ) -> tuple[ObservationRow, ...]:
        """Return a row for each observation in clip order; unchanged records are the very same objects as before.

        `written` holds the number of every record written since the last reading; without it they are looked for.
        `find` gives records by their numbers, withdrawn ones too; without it they are looked for among all.
        """
        known = bool(self._by_number) and terms == self._terms
        changed = self._changed(observations, links, written) if known else None
        if changed is None or len(changed) > _FEW:
            return at_once(self.in_pieces(observations, terms, links))
        if changed:
            for number in changed & self._by_number.keys():
                self._leave(self._by_number.pop(number))
            mine = [li for li in links if li.origin in changed]
            fresh = [o for o in (find(changed) if find is not None else observations) if o.number in changed]
            for row in build_rows([o for o in fresh if isinstance(o, Observation) and o.in_force], terms, mine):
                self._take(row)
                insort(self._ordered, row, key=place)
                insort(self._of.setdefault(row.observation.exhibit, []), row, key=place)
            self.rows, self._here = tuple(self._ordered), None
        self._terms, self._links = terms, links
        return self.rows

    def in_pieces(
        self, observations: Sequence[Observation], terms: Mapping[str, Term], links: tuple[Link, ...]
    ) -> Pieces[tuple[ObservationRow, ...]]:
        """Make every row anew, piece by piece; see `read`. What was known stays known until the end."""
        made = KeptRows()
        for part in parts((yield from rows_in_pieces(observations, terms, links))):
            for _, row in part:
                made._take(row)
                made._ordered.append(row)
                made._of.setdefault(row.observation.exhibit, []).append(row)
            yield
        self.loose, self._by_number, self._ending = made.loose, made._by_number, made._ending
        self._ordered, self._of, self._here = made._ordered, made._of, None
        self.rows, self._terms, self._links = tuple(made._ordered), terms, links
        return self.rows

    def _take(self, row: ObservationRow) -> None:
        self._by_number[row.observation.number] = row
        self.loose += not row.relations
        self._ending.setdefault(_end(row), {})[row.observation.number] = row

    def _leave(self, row: ObservationRow) -> None:
        self.loose -= not row.relations
        del self._ending[_end(row)][row.observation.number]
        for ordered in (self._ordered, self._of[row.observation.exhibit]):
            del ordered[bisect_left(ordered, place(row), key=place)]

    def _changed(
        self, observations: Sequence[Observation], links: tuple[Link, ...], written: frozenset[str] | None
    ) -> set[str]:
        """Return the numbers of the observations that came, went, changed or are linked otherwise."""
        known = self._by_number
        if written is not None:
            mine = {number for number in written if kind_of(number) is OBSERVATION}
            return mine | (self._linked_anew(links) & known.keys())
        changed = {o.number for o in observations if (row := known.get(o.number)) is None or row.observation is not o}
        if len(known) + len(changed - known.keys()) != len(observations):
            changed |= known.keys() - {o.number for o in observations}
        return changed | (self._linked_anew(links) & known.keys())

    def _linked_anew(self, links: tuple[Link, ...]) -> set[str]:
        """Return the origins of the links that came, went or changed."""
        if links is self._links:
            return set()
        before, now = {id(li) for li in self._links}, {id(li) for li in links}
        return {li.origin for li in self._links if id(li) not in now} | {
            li.origin for li in links if id(li) not in before
        }

    def row(self, number: str) -> ObservationRow | None:
        """Return the row of an observation, None where there is none."""
        return self._by_number.get(number)

    def of_exhibit(self, exhibit: str) -> tuple[ObservationRow, ...]:
        """Return the rows of one exhibit in clip order."""
        if self._here is None or self._here[0] != exhibit:
            self._here = (exhibit, tuple(self._of.get(exhibit, ())))
        return self._here[1]

    def at_edges(self, exhibit: str, n: int) -> tuple[ObservationRow, ...]:
        """Return the rows of an exhibit that begin or end at frame n, in clip order."""
        rows = self.of_exhibit(exhibit)
        begin = rows[bisect_left(rows, n, key=_first) : bisect_right(rows, n, key=_first)]
        ending = self._ending.get((exhibit, n), {}).values()
        return tuple(sorted({row.observation.number: row for row in (*begin, *ending)}.values(), key=place))

    def after(self, record: Observation) -> Iterator[ObservationRow]:
        """Return the rows of its exhibit that follow an observation in clip order."""
        rows, row = self.of_exhibit(record.exhibit), self._by_number[record.number]
        return (rows[at] for at in range(bisect_left(rows, place(row), key=place) + 1, len(rows)))

    def neighbour(self, exhibit: str, selected: str, n: int, direction: int) -> Observation | None:
        """Return the next (`direction` 1) or previous (-1) observation of an exhibit that has frames, in clip order.

        Seen from frame n, where the person looks; of several that begin at n from the selected one. None at either end.
        """
        rows = self.of_exhibit(exhibit)
        first, after = bisect_left(rows, n, key=_first), bisect_right(rows, n, key=_first)
        place = next((i for i in range(first, after) if rows[i].observation.number == selected), None)
        target = place + direction if place is not None else after if direction > 0 else first - 1
        found = rows[target].observation if 0 <= target < len(rows) else None
        return found if found is not None and found.first_frame is not None else None


def _end(row: ObservationRow) -> tuple[str, int | None]:
    return row.observation.exhibit, row.observation.last_frame


def _first(row: ObservationRow) -> int:
    first = row.observation.first_frame
    return sys.maxsize if first is None else first
