"""Which records the table shows and in which order: worked out in small pieces, so that nobody waits for a hundred
thousand of them. What did not change since the last time is not done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from evidence_desk.domain.records import KINDS, LINK, OBSERVATION, Kind, Link, Observation, Record, kind_of
from evidence_desk.services.queries import Queries
from evidence_desk.services.search import CaseSearch
from evidence_desk.ui import pieces
from evidence_desk.ui.models.record_rows import (
    COUNT,
    EXHIBIT,
    FRAMES,
    NUMBER,
    Arranged,
    RowWords,
    cell,
    first_frame,
)
from evidence_desk.ui.pieces import Pieces, joined, parts, sorted_in_pieces

_LEFT_OUT = ("case", "codebook", "acquisition")
"""Kinds that stand once for a case or an exhibit: they are found with what they belong to."""
_SHOWN = (OBSERVATION, *(kind for kind in KINDS if kind.name not in _LEFT_OUT and kind is not OBSERVATION))
_FEW = 500
"""Up to so many changed records are put into an order that is known; for more all are put in order anew."""
_Key = tuple[object, ...]
_Pair = tuple[_Key, Record]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: every kind or the observations, what holds these words, only what is linked to nothing,
    withdrawn records too; in the order of a column, from its end where `down`."""

    everything: bool = False
    words: str = ""
    no_link: bool = False
    withdrawn: bool = False
    by: int = NUMBER
    down: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """The records of the last time; `kinds` of which, read when."""

    kinds: tuple[Kind, ...]
    read_at: tuple[int, int]
    labels: dict[str, str]
    links: tuple[Record, ...]
    records: tuple[Record, ...]
    words: RowWords


class Arranging:
    """Arranges the records of one case."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._held: _Held | None = None
        self._ordered: tuple[int, list[_Pair]] | None = None

    def pieces(self, wish: Wish, search: CaseSearch) -> Pieces[Arranged]:
        """Work out what a wish shows, as far as the index of words has come."""
        held = yield from self._read(_SHOWN if wish.everything else (OBSERVATION,))
        records = yield from self._in_order(held, wish.by)
        if wish.down:
            records = records[::-1]
        found: set[str] | None = None
        if wish.words:
            found = yield from _gathered(search.each_number(wish.words))
        linked = held.words.relations if wish.no_link else {}
        shown: list[Record] = []
        for part in parts(records):
            shown += [
                r
                for r in part
                if (wish.withdrawn or not r.withdrawn)
                and (found is None or r.number in found)
                and not (wish.no_link and (r.number in linked or kind_of(r.number) not in (OBSERVATION, LINK)))
            ]
            yield
        places: dict[str, int] = {}
        for part in parts(shown):
            places.update((r.number, place) for place, r in enumerate(part, len(places)))
            yield
        done, all_ = search.part_read
        return Arranged(shown, places, len(records), held.words, not wish.words or done == all_)

    def _read(self, kinds: tuple[Kind, ...]) -> Pieces[_Held]:
        """Take the records that are at hand; what was known stays as it is where nothing was written."""
        queries, before = self._queries, self._held
        labels = {term.id: term.label for term in queries.terms()}
        links = queries.at_hand.in_force(LINK)
        read_at = queries.at_hand.mark()
        same_words = before is not None and before.links is links and before.labels == labels
        written = queries.at_hand.written_since(before.read_at) if before is not None else None
        if before is not None and before.kinds == kinds and same_words and written is not None and not written:
            return before
        every = []
        for kind in kinds:
            every.append(queries.every(kind))
            yield
        relations: dict[str, set[str]] = {}
        for part in parts(links):
            for link in part:
                if isinstance(link, Link):
                    relations.setdefault(link.origin, set()).add(link.relation)
            yield
        records = tuple(chain.from_iterable(every))
        held = _Held(kinds, read_at, labels, links, records, RowWords(labels, relations))
        if before is None or before.kinds != kinds or not same_words or written is None or len(written) > _FEW:
            self._ordered = None
        elif self._ordered is not None:
            self._ordered = yield from _renewed(*self._ordered, written, held)
        self._held = held
        return held

    def _in_order(self, held: _Held, column: int) -> Pieces[Sequence[Record]]:
        if column == NUMBER:
            return held.records
        if self._ordered is None or self._ordered[0] != column:
            pairs = yield from sorted_in_pieces(held.records, key_of(column, held.words))
            self._ordered = (column, pairs)
        records: list[Record] = []
        for part in parts(self._ordered[1]):
            records += [record for _, record in part]
            yield
        return records


def _renewed(column: int, pairs: list[_Pair], written: frozenset[str], held: _Held) -> Pieces[tuple[int, list[_Pair]]]:
    """Put the few records that were written in their place among those that were not."""
    kept: list[_Pair] = []
    for part in parts(pairs):
        kept += [pair for pair in part if pair[1].number not in written]
        yield
    fresh: list[Record] = []
    for records in parts(held.records):
        fresh += [record for record in records if record.number in written]
        yield
    key = key_of(column, held.words)
    pairs = yield from joined(kept, sorted([(key(r), r) for r in fresh], key=itemgetter(0)))
    return column, pairs


def key_of(column: int, words: RowWords) -> Callable[[Record], _Key]:
    """Return the key of a column: frames and counts by their figures, words folded, empty cells last; equal ones as
    they were made."""

    def by_words(record: Record) -> _Key:
        text = cell(record, column, words).casefold()
        return not text, text, cell(record, EXHIBIT, words), first_frame(record), _made(record)

    def by_frames(record: Record) -> _Key:
        first = first_frame(record)
        return first < 0, cell(record, EXHIBIT, words), first, _made(record)

    def by_count(record: Record) -> _Key:
        best = record.count_best if isinstance(record, Observation) else None
        return best is None, best or 0, _made(record)

    return by_frames if column == FRAMES else by_count if column == COUNT else by_words


def _made(record: Record) -> tuple[int, str]:
    return len(record.number), record.number


def places_of(numbers: Iterable[str], arranged: Arranged) -> Pieces[list[tuple[int, int]]]:
    """Return where these records stand, as ranges (first row, last row) from top to bottom, hidden ones left out."""
    places: list[int] = []
    for part in parts(tuple(numbers)):
        places += [arranged.places[number] for number in part if number in arranged.places]
        yield
    places.sort()
    found: list[tuple[int, int]] = []
    for rows in parts(places):
        for place in rows:
            if found and place <= found[-1][1] + 1:
                found[-1] = (found[-1][0], place)
            else:
                found.append((place, place))
        yield
    return found


def _gathered(numbers: Iterable[str]) -> Pieces[set[str]]:
    found: set[str] = set()
    for number in numbers:
        found.add(number)
        if len(found) % pieces.PIECE == 0:
            yield
    return found
