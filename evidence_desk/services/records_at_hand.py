"""The records of a case that were read once, kept in step with what is written: a read costs what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evidence_desk.domain.records import Kind, Record, kind_of
from evidence_desk.store.case_store import CaseStore


@dataclass(slots=True)
class _Kept:
    """The records of one kind in the order they were made; `in_force` is made when it is asked for."""

    records: dict[str, Record]
    in_force: tuple[Record, ...] | None = None

    def take(self, record: Record) -> None:
        """Put a record in its place: a new one is the last, since none is ever deleted."""
        fresh = record.number not in self.records
        self.records[record.number] = record
        if fresh and record.in_force and self.in_force is not None:
            self.in_force = (*self.in_force, record)
        else:
            self.in_force = None


class RecordsAtHand:
    """Whoever writes on this connection names the records with `changed`; what another wrote empties it all."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._kinds: dict[Kind, _Kept] = {}
        self._stand: object = None
        self._written: list[str] = []
        self._begun = 0

    def mark(self) -> tuple[int, int]:
        """Return where the writing stands now, for `written_since`."""
        return self._begun, len(self._written)

    def written_since(self, mark: tuple[int, int]) -> frozenset[str] | None:
        """Return the numbers written since a mark was taken; None where another wrote: anything may have changed."""
        begun, length = mark
        return frozenset(self._written[length:]) if begun == self._begun else None

    def every(self, kind: Kind) -> tuple[Record, ...]:
        """Return every record of a kind, withdrawn ones too, in the order they were made."""
        return tuple(self._kept(kind).records.values())

    def in_force(self, kind: Kind) -> tuple[Record, ...]:
        """Return the records of a kind that are not withdrawn, in the order they were made."""
        kept = self._kept(kind)
        if kept.in_force is None:
            kept.in_force = tuple(record for record in kept.records.values() if record.in_force)
        return kept.in_force

    def count(self, kind: Kind) -> int:
        """Return how many records of a kind are not withdrawn; where they were not read they are only counted."""
        return len(self.in_force(kind)) if kind in self._kinds else self._store.count(kind)

    def of_numbers(self, numbers: Iterable[str]) -> list[Record]:
        """Return these records, withdrawn ones too, in no order; a number that there is not is passed over."""
        found: list[Record] = []
        of_kind: dict[Kind, list[str]] = {}
        for number in numbers:
            kind = kind_of(number)
            if kind is not None:
                of_kind.setdefault(kind, []).append(number)
        for kind, wanted in of_kind.items():
            records = self._kept(kind).records
            found += [records[number] for number in wanted if number in records]
        return found

    def changed(self, numbers: frozenset[str], as_kept: Mapping[str, Record] = MappingProxyType({})) -> None:
        """Take these records of the kinds that were read before: as they were just kept, or else read anew."""
        made = sorted(numbers, key=lambda number: (len(number), number))
        self._written += made
        for number in made:
            kind = kind_of(number)
            kept = self._kinds.get(kind) if kind is not None else None
            if kind is not None and kept is not None:
                kept.take(as_kept.get(number) or self._store.record(kind, number))

    def _kept(self, kind: Kind) -> _Kept:
        stand = self._store.written_elsewhere()
        if stand != self._stand:
            self._kinds.clear()
            self._written.clear()
            self._begun += 1
            self._stand = stand
        if kind not in self._kinds:
            self._kinds[kind] = _Kept({record.number: record for record in self._store.records(kind)})
        return self._kinds[kind]
