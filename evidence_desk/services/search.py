"""Finding records by their words, over every kind, also withdrawn ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence_desk.domain.records import OBSERVATION, Kind, Observation, Record, kind_of
from evidence_desk.services.queries import Queries
from evidence_desk.store.case_store import CaseStore
from evidence_desk.store.search import WordIndex

_NO_WORDS = frozenset(
    (
        *("uid", "revision", "created_at", "changed_at", "sha512", "vault_path", "time_base", "decoder"),
        *("frames_digest", "facts", "first_hash", "last_hash", "frame_hash", "sound_time_base"),
        *("seen_as", "key_frames", "terms", "categories"),
    )
)
"""Fields that say nothing a person would look for, or whose length would drown what does."""
SLICE = 200
"""How many records are read at once while the index is brought up to date: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds the words, and the words around the first place."""

    record: Record
    kind: Kind
    excerpt: str


class CaseSearch:
    """The words of one open case. The index follows the records by their revisions."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._index = WordIndex()
        self._known: dict[str, int] = {}
        self._labels: dict[str, str] = {}
        self._left: list[tuple[str, int]] = []

    def stale(self) -> int:
        """Look which records changed and return how many are yet to be read; `advance` reads them."""
        labels = {term.id: term.label for term in Queries(self._store).terms()}
        if labels != self._labels:
            # A term that is worded otherwise is found by its new words: what uses it is read again.
            self._labels = labels
            self._known = {n: r for n, r in self._known.items() if kind_of(n) is not OBSERVATION}
        self._left = [(n, r) for n, r in self._store.revisions().items() if self._known.get(n) != r]
        return len(self._left)

    def advance(self, count: int = SLICE) -> int:
        """Read up to `count` of the records that `stale` found and return how many are left."""
        part, self._left = self._left[:count], self._left[count:]
        by_kind: dict[str, tuple[Kind, list[str]]] = {}
        for number, _ in part:
            kind = kind_of(number)
            if kind is not None:
                by_kind.setdefault(kind.name, (kind, []))[1].append(number)
        for kind, numbers in by_kind.values():
            marks = ", ".join("?" * len(numbers))
            records = self._store.records(kind, f"number IN ({marks})", numbers)
            self._index.put((record.number, self._words(record)) for record in records)
        self._known.update(part)
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
            Hit(self._store.record(kind, hit.number), kind, hit.excerpt)
            for hit in hits
            if (kind := kinds[hit.number]) is not None
        )

    def numbers(self, text: str) -> frozenset[str]:
        """Return the numbers of the records that hold every word of `text`, as far as the index has come."""
        return frozenset(hit.number for hit in self._index.find(text, len(self._index) or 1))

    def close(self) -> None:
        """Let the index go."""
        self._index.close()

    def _words(self, record: Record) -> str:
        parts = [record.number]
        if isinstance(record, Observation):
            parts.append(self._labels.get(record.term, record.term))
        kind = kind_of(record.number)
        for name in kind.columns() if kind is not None else ():
            if name not in _NO_WORDS and name != "number":
                parts += _texts(getattr(record, name))
        return " · ".join(part for part in parts if part)


def _texts(value: object) -> Iterator[str]:
    """Return the words of a field: texts as they are, those inside lists and maps one by one, numbers not."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, Mapping):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, Iterable):
        yield from (text for part in value for text in _texts(part))
