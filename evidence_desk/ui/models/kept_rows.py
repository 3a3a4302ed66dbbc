"""The rows of all observations in clip order, from which only what changed is made anew."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Link, Observation
from evidence_desk.ui.models.observations import ObservationRow, build_rows

_FEW = 500
"""Up to so many changed rows are put in their place one by one; for more all are put in order anew."""


class KeptRows:
    """Rows by number and in clip order; of one exhibit alone as well."""

    def __init__(self) -> None:
        self.rows: tuple[ObservationRow, ...] = ()
        self._by_number: dict[str, ObservationRow] = {}
        self._terms: Mapping[str, Term] = {}
        self._links: tuple[Link, ...] = ()
        self._here: tuple[str, tuple[ObservationRow, ...]] | None = None

    def read(
        self, observations: Sequence[Observation], terms: Mapping[str, Term], links: tuple[Link, ...]
    ) -> tuple[ObservationRow, ...]:
        """Return a row for each observation in clip order; unchanged records are the very same objects as before."""
        known = self._by_number
        if terms != self._terms or not known:
            changed = None
        else:
            changed = {
                o.number for o in observations if (row := known.get(o.number)) is None or row.observation is not o
            }
            changed |= self._linked_anew(links) & {*known, *changed}
            if len(known) + len(changed - known.keys()) != len(observations):
                changed |= known.keys() - {o.number for o in observations}
        if changed is None or len(changed) > _FEW:
            self.rows = build_rows(observations, terms, links)
            self._by_number = {row.observation.number: row for row in self.rows}
        elif changed:
            fresh = build_rows(
                [o for o in observations if o.number in changed], terms, [li for li in links if li.origin in changed]
            )
            rows = [row for row in self.rows if row.observation.number not in changed]
            for row in fresh:
                insort(rows, row, key=_place)
            for number in changed:
                known.pop(number, None)
            known.update((row.observation.number, row) for row in fresh)
            self.rows = tuple(rows)
        self._terms, self._links, self._here = terms, links, None
        return self.rows

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
            self._here = (exhibit, tuple(row for row in self.rows if row.observation.exhibit == exhibit))
        return self._here[1]

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


def _place(row: ObservationRow) -> tuple[bool, int, str]:
    """Return the key of `playhead.in_clip_order`."""
    seen = row.observation
    return seen.first_frame is None, seen.first_frame or 0, seen.number


def _first(row: ObservationRow) -> int:
    first = row.observation.first_frame
    return sys.maxsize if first is None else first
