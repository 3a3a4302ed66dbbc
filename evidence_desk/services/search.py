"""Finding records by their words, over every kind, also withdrawn ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence_desk.domain.records import KINDS, OBSERVATION, Kind, Observation, Record, kind_of
from evidence_desk.services.queries import Queries
from evidence_desk.store.search import WordIndex

_NO_WORDS = frozenset(
    (
        *("uid", "revision", "created_at", "changed_at", "sha512", "vault_path", "time_base", "decoder"),
        *("frames_digest", "facts", "first_hash", "last_hash", "frame_hash", "sound_time_base"),
        *("seen_as", "key_frames", "terms", "categories"),
    )
)
"""Fields that say nothing a person would look for, or whose length would drown what does."""
SLICE = 100
"""How many records are read at once while the index is brought up to date: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds the words, and the words around the first place."""

    record: Record
    kind: Kind
    excerpt: str


class CaseSearch:
    """The words of one open case. The index follows the records by their revisions."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._index = WordIndex()
        self._known: dict[str, int] = {}
        self._labels: dict[str, str] = {}
        self._left: list[Record] = []
        self._looked = (-1, 0)

    @property
    def part_read(self) -> tuple[int, int]:
        """Return how many records are in the index, and how many there will be."""
        return len(self._index), len(self._index) + len(self._left)

    def stale(self) -> int:
        """Look which records changed and return how many are yet to be read; `advance` reads them."""
        at_hand = self._queries.at_hand
        labels = {term.id: term.label for term in self._queries.terms()}
        written = at_hand.written_since(self._looked)
        if labels != self._labels:
            # A term that is worded otherwise is found by its new words: what uses it is read again.
            self._labels, written = labels, None
            self._known = {n: r for n, r in self._known.items() if kind_of(n) is not OBSERVATION}
        self._looked = at_hand.mark()
        if written is None:
            found = [record for kind in KINDS for record in self._queries.every(kind)]
        elif written:
            found = list({r.number: r for r in (*self._left, *at_hand.of_numbers(written))}.values())
        else:
            return len(self._left)
        if self._known:
            found = [record for record in found if self._known.get(record.number) != record.revision]
        found.reverse()  # `advance` takes from the end
        self._left = found
        return len(self._left)

    def advance(self, count: int = SLICE) -> int:
        """Read up to `count` of the records that `stale` found and return how many are left."""
        part = self._left[-count:]
        del self._left[-count:]
        self._index.put((record.number, self._words(record)) for record in part)
        self._known.update((record.number, record.revision) for record in part)
        return len(self._left)

    def find(self, text: str, limit: int = 1000) -> tuple[Hit, ...]:
        """Return the records that hold every word of `text`, best first, withdrawn ones too; the index is current."""
        self.stale()
        while self._left:
            self.advance()
        return self.found(text, limit)

    def found(self, text: str, limit: int = 1000) -> tuple[Hit, ...]:
        """Return what the index knows so far, without reading on; see `find`."""
        hits = self._index.find(text, limit)
        kinds = {hit.number: kind_of(hit.number) for hit in hits}
        return tuple(
            Hit(self._queries.get(hit.number), kind, hit.excerpt)
            for hit in hits
            if (kind := kinds[hit.number]) is not None
        )

    def numbers(self, text: str) -> frozenset[str]:
        """Return the numbers of the records that hold every word of `text`, as far as the index has come."""
        return frozenset(self._index.numbers(text))

    def each_number(self, text: str) -> Iterator[str]:
        """Return `numbers` one by one, as they are found: the index must not be read on before the end."""
        return self._index.numbers(text)

    def close(self) -> None:
        """Let the index go."""
        self._index.close()

    def _words(self, record: Record) -> str:
        parts = [record.number]
        if isinstance(record, Observation):
            parts.append(self._labels.get(record.term, record.term))
        for name in _WORDED[type(record)]:
            value = getattr(record, name)
            if value:
                parts += (" ".join(value.split()),) if isinstance(value, str) else _texts(value)
        return " · ".join(part for part in parts if part)


_WORDED = {
    kind.record: tuple(name for name in kind.columns() if name not in _NO_WORDS and name != "number") for kind in KINDS
}
"""The fields of each kind of record that may say something."""


def _texts(value: object) -> Iterator[str]:
    """Return the words of a field: texts as they are, those inside lists and maps one by one, numbers not."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, Mapping):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, Iterable):
        yield from (text for part in value for text in _texts(part))
