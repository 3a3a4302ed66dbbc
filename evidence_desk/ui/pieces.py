"""Work that stops after each small piece: whoever has it done decides when it goes on; see `by_and_by`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable, Sequence
from operator import itemgetter
from typing import Any, TypeVar

T = TypeVar("T")
Pieces = Generator[None, None, T]
"""Work that returns its result at the end."""
PIECE = 2000
"""So many records at a time: a few milliseconds."""


def at_once(pieces: Pieces[T]) -> T:
    """Do all of the work now and return its result."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def parts(items: Sequence[T]) -> Iterable[Sequence[T]]:
    """Return the items, some at a time."""
    return (items[at : at + PIECE] for at in range(0, len(items), PIECE))


def sorted_in_pieces(items: Sequence[T], key: Callable[[T], Any]) -> Pieces[list[tuple[Any, T]]]:
    """Sort by a key and return each item behind its key.

    Python sorts a list in one go, so short runs are sorted, and then joined two by two.
    """
    runs: list[list[tuple[Any, T]]] = []
    for part in parts(items):
        runs.append(sorted([(key(item), item) for item in part], key=_FIRST))
        yield
    while len(runs) > 1:
        longer = []
        for at in range(0, len(runs), 2):
            longer.append((yield from joined(*runs[at : at + 2])))
        runs = longer
    return runs[0] if runs else []


def joined(one: list[tuple[Any, T]], other: Sequence[tuple[Any, T]] = ()) -> Pieces[list[tuple[Any, T]]]:
    """Join two sorted lists of pairs of key and item."""
    found: list[tuple[Any, T]] = []
    begin = 0
    for run in parts(one):
        end = bisect_left(other, run[-1][0], begin, key=_FIRST)
        found += sorted([*run, *other[begin:end]], key=_FIRST)
        begin = end
        yield
    found += other[begin:]
    return found


_FIRST = itemgetter(0)
