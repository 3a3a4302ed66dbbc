"""Finds the spans of a lane by time, so that a hundred thousand of them cost no more than those that are in view."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from evidence_desk.ui.pieces import Pieces, at_once, parts


class SpanIndex:
    """Spans of seconds by their place in the sequence given, which is in order of their beginnings.

    Spans are kept apart by length, each class twice as long as the one before: what is in view of one class then lies
    in one run of it, however long the longest span of the lane is.
    """

    __slots__ = ("_classes", "ends", "starts")

    def __init__(self, spans: Iterable[tuple[float, float]]) -> None:
        at_once(self._fill(list(spans)))

    @classmethod
    def in_pieces(cls, spans: Sequence[tuple[float, float]]) -> Pieces[SpanIndex]:
        """Make an index piece by piece."""
        made = cls(())
        yield from made._fill(spans)
        return made

    def _fill(self, spans: Sequence[tuple[float, float]]) -> Pieces[None]:
        classes: dict[int, tuple[list[float], list[int]]] = {}
        self.starts: list[float] = []
        self.ends: list[float] = []
        for part in parts(spans):
            for place, (start, end) in enumerate(part, len(self.starts)):
                starts, places = classes.setdefault(_class_of(end - start), ([], []))
                starts.append(start)
                places.append(place)
            self.starts += [start for start, _ in part]
            self.ends += [end for _, end in part]
            yield
        self.ends.sort()
        self._classes = tuple((2.0**size, starts, places) for size, (starts, places) in sorted(classes.items()))

    def __len__(self) -> int:
        return len(self.starts)

    def between(self, start: float, end: float) -> list[int]:
        """Return the places, in order, of the spans that may touch a stretch of seconds; a few may end just before."""
        found: list[int] = []
        for reach, starts, places in self._classes:
            found += places[bisect_left(starts, start - reach) : bisect_right(starts, end)]
        if len(self._classes) > 1:
            found.sort()
        return found

    def count(self, start: float, end: float) -> int:
        """Return how many spans touch a stretch of seconds, its end left out."""
        return max(bisect_left(self.starts, end) - bisect_right(self.ends, start), 0)

    def nearest(self, at: float) -> int:
        """Return the place of the span whose beginning is nearest to a moment, 0 where there is none."""
        after = bisect_left(self.starts, at)
        near = [i for i in (after - 1, after) if 0 <= i < len(self.starts)]
        return min(near, key=lambda i: abs(self.starts[i] - at), default=0)

    def nearest_edge(self, at: float) -> float | None:
        """Return the beginning or end nearest to a moment; None where there is no span."""
        found = [*_beside(self.starts, at), *_beside(self.ends, at)]
        return min(found, key=lambda edge: abs(edge - at), default=None)


def _class_of(length: float) -> int:
    return math.frexp(max(length, 0.001))[1]


def _beside(values: Sequence[float], at: float) -> list[float]:
    after = bisect_left(values, at)
    return [values[i] for i in (after - 1, after) if 0 <= i < len(values)]
