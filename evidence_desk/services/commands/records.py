"""What can be done to any record: add, edit, withdraw with what hangs on it, restore, and several as one step."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence_desk.domain.errors import NotFound, Refused, StaleRevision
from evidence_desk.domain.records import (
    ACQUISITION,
    CLAIM,
    EXHIBIT,
    LINK,
    OBSERVATION,
    PROPOSITION,
    REGION,
    SOURCE,
    SYNC,
    Kind,
    Link,
    Record,
    Sync,
    kind_named,
    kind_of,
)
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.rules import FIXED, validate
from evidence_desk.store.writer import CaseWriter

BINDING = frozenset({"first_frame", "last_frame", "first_hash", "last_hash"})
"""Fields that bind an observation to its frames; how they stand is said by its `anchor`."""

NAMES = {
    "case": "case sheet",
    "exhibit": "exhibit",
    "acquisition": "acquisition of",
    "source": "source",
    "claim": "claim",
    "proposition": "proposition",
    "observation": "observation",
    "region": "region",
    "link": "link",
    "question": "question",
    "codebook": "codebook",
    "sync": "synchronisation",
}

_PIECE = 8
"""So many edits at a time: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class AddRecord:
    """Adds one record and, with it, records that hang on it (their `parent` field is filled with its number)."""

    kind: str
    values: Mapping[str, Any]
    children: tuple[tuple[str, str, Mapping[str, Any]], ...] = ()

    @property
    def label(self) -> str:
        """Name the step."""
        return f"Add {NAMES[self.kind]}"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the record and its children; the inverse withdraws them."""
        record = _insert(writer, kind_named(self.kind), self.values)
        for kind, parent_field, values in self.children:
            _insert(writer, kind_named(kind), {**values, parent_field: record.number})
        return Withdraw(record.number, "Undone.", undoing=True)


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes fields of a record; `expected` is the revision it was read at, None for whatever it is now.

    An inverse carries in `left` what its step left in the fields: it is refused where that no longer stands. A revision
    could not tell, since taking back and doing again are steps of their own. `step` names it by the field it is about.
    """

    number: str
    values: Mapping[str, Any]
    expected: int | None = None
    left: Mapping[str, Any] | None = field(default=None, repr=False)
    step: str = "Edit"

    @property
    def label(self) -> str:
        """Name the step."""
        return self.step

    def apply(self, writer: CaseWriter) -> Command:
        """Write the fields that differ; the inverse writes back what was there."""
        kind, before = _current(writer, self.number, self.expected)
        unknown = [name for name in self.values if name not in kind.columns()]
        if unknown:
            raise Refused(f"A {kind.name} has no field {unknown[0]}. Nothing was changed.")
        own = () if self.left is not None else FIXED.get(kind.name, ())
        fixed = [name for name in self.values if name in FIXED[""] or name in own]
        if fixed:
            raise Refused(f"The field {fixed[0]} of {self.number} is never changed. Nothing was changed.")
        for name, value in (self.left or {}).items():
            if _stored(getattr(before, name)) != _stored(value):
                raise StaleRevision(f"{self.number} was changed meanwhile ({name}). Nothing was written over it.")
        changed = {n: v for n, v in self.values.items() if _stored(getattr(before, n)) != _stored(v)}
        if not changed:
            raise Refused(f"Nothing differs in {self.number}. Nothing was changed.")
        if not before.in_force:
            raise Refused(f"{self.number} is withdrawn. Nothing was changed. Restore it first.")
        after = writer.update(kind, before, changed, "edit")
        validate(writer, kind, after)
        old = {name: getattr(before, name) for name in changed}
        # Numbers of before the count must not come back after it, also where the count left these very ones.
        watched = (*changed, "anchor") if BINDING.intersection(changed) else tuple(changed)
        return Edit(self.number, old, left={name: getattr(after, name) for name in watched})


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraws a record, and the links, regions and propositions that stand only on it, with a reason.

    `undoing` marks the inverse of a step that made the record: it may also take back what a person only edits.
    """

    number: str
    reason: str
    undoing: bool = field(default=False, repr=False)

    @property
    def label(self) -> str:
        """Name the step."""
        return "Withdraw"

    def apply(self, writer: CaseWriter) -> Command:
        """Mark the records; the inverse restores exactly those."""
        if not self.reason.strip():
            raise Refused(f"Withdrawing {self.number} needs a reason. Nothing was changed.")
        kind, before = _current(writer, self.number, None)
        if not before.in_force:
            raise Refused(f"{self.number} is already withdrawn. Nothing was changed.")
        if kind.name in ("case", "codebook", "acquisition") and not self.undoing:
            raise Refused(f"The {kind.name} record is edited, not withdrawn. Nothing was changed.")
        _refuse_if_cited(writer, kind, self.number)
        done = []
        for part_kind, part in ((kind, before), *_hanging(writer, kind, self.number)):
            reason = self.reason.strip() if part is before else _with(self.number, self.reason.strip())
            done.append((part.number, writer.update(part_kind, part, {"withdrawn": reason}, "withdraw").withdrawn))
        return Restore(self.number, tuple(done))


@dataclass(frozen=True, slots=True)
class Restore:
    """Puts a withdrawn record back in force, with what was withdrawn only because of it.

    `parts` of an inverse are the numbers with the reasons they must still carry.
    """

    number: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """Name the step."""
        return "Restore"

    def apply(self, writer: CaseWriter) -> Command:
        """Clear the marks; the inverse withdraws again with the same reason."""
        kind, main = _current(writer, self.number, None)
        for number, reason in self.parts or ((self.number, main.withdrawn),):
            _restore_one(writer, number, reason)
        if not self.parts:
            because = _with(self.number, main.withdrawn)
            for part_kind, part in _hanging(writer, kind, self.number, in_force=False):
                if part.withdrawn == because and _ends_stand(writer, part):
                    _restore_one(writer, part.number, because, part_kind)
        return Withdraw(self.number, main.withdrawn, undoing=True)


@dataclass(frozen=True, slots=True)
class Batch:
    """Several commands as one step, one transaction."""

    name: str
    commands: tuple[Command, ...]

    @property
    def label(self) -> str:
        """Name the step."""
        return self.name

    def apply(self, writer: CaseWriter) -> Command:
        """Apply all in order; the inverse applies their inverses from the last to the first."""
        inverses = [command.apply(writer) for command in self.commands]
        return Batch(self.name, tuple(reversed(inverses)))

    @property
    def edits(self) -> int:
        """Return how many edits it is; 0 where it is anything else too."""
        return len(self.commands) if all(isinstance(command, Edit) for command in self.commands) else 0

    def in_pieces(self, writer: CaseWriter) -> Generator[int, None, Command]:
        """Apply all in order and return the inverse; yields how many are done."""
        inverses: list[Command] = []
        for command in self.commands:
            inverses.append(command.apply(writer))
            if len(inverses) % _PIECE == 0:
                yield len(inverses)
        return Batch(self.name, tuple(reversed(inverses)))


def edit(number: str, values: Mapping[str, Any], expected: int | None = None, step: str = "Edit") -> Command:
    """Change fields of a record; `step` is what the history calls it, before the record's number."""
    return Edit(number, values, expected, step=step)


def withdraw(number: str, reason: str) -> Command:
    """Withdraw a record with a reason."""
    return Withdraw(number, reason)


def restore(number: str) -> Command:
    """Put a withdrawn record back in force."""
    return Restore(number)


def batch(label: str, commands: Sequence[Command]) -> Command:
    """Run several commands as one step."""
    return Batch(label, tuple(commands))


def _insert(writer: CaseWriter, kind: Kind, values: Mapping[str, Any]) -> Record:
    record = writer.insert(kind, values)
    validate(writer, kind, record)
    return record


def _current(writer: CaseWriter, number: str, expected: int | None) -> tuple[Kind, Record]:
    kind = kind_of(number)
    if kind is None:
        raise NotFound(f"{number} is no record number. Nothing was changed.")
    record = writer.get(number)
    if expected is not None and record.revision != expected:
        raise StaleRevision(
            f"{number} was changed meanwhile (revision {record.revision}, not {expected}). Nothing was written over it."
        )
    return kind, record


def _stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _with(number: str, reason: str) -> str:
    return f"With {number}: {reason}"


def _restore_one(writer: CaseWriter, number: str, reason: str, kind: Kind | None = None) -> None:
    found, before = _current(writer, number, None)
    if before.in_force:
        raise Refused(f"{number} is not withdrawn. Nothing was changed.")
    if before.withdrawn != reason:
        raise StaleRevision(f"{number} was withdrawn meanwhile for another reason. Nothing was changed.")
    validate(writer, kind or found, writer.update(kind or found, before, {"withdrawn": ""}, "restore"))


def _ends_stand(writer: CaseWriter, part: Record) -> bool:
    """Tell whether a link or synchronisation has both of its ends in force again; else it stands on one alone."""
    ends = {Link: ("origin", "target"), Sync: ("exhibit_a", "exhibit_b")}.get(type(part), ())
    return all(writer.get(getattr(part, end)).in_force for end in ends)


def _hanging(writer: CaseWriter, kind: Kind, number: str, *, in_force: bool = True) -> tuple[tuple[Kind, Record], ...]:
    """Return the records, in force or withdrawn, that stand only on this one."""
    found: list[tuple[Kind, Record]] = []
    if kind is EXHIBIT:
        found += [(ACQUISITION, a) for a in writer.find(ACQUISITION, "exhibit", number)]
        found += [(SYNC, s) for side in ("exhibit_a", "exhibit_b") for s in writer.find(SYNC, side, number)]
    if kind is OBSERVATION:
        found += [(REGION, r) for r in writer.find(REGION, "observation", number)]
    if kind is CLAIM:
        for proposition in writer.find(PROPOSITION, "claim", number):
            found += [
                (PROPOSITION, proposition),
                *((LINK, li) for li in writer.find(LINK, "target", proposition.number)),
            ]
    if kind in (CLAIM, PROPOSITION):
        found += [(LINK, li) for li in writer.find(LINK, "target", number)]
    if kind in (OBSERVATION, EXHIBIT, SOURCE):
        found += [(LINK, li) for li in writer.find(LINK, "origin", number)]
    return tuple((k, r) for k, r in found if r.in_force == in_force)


def _refuse_if_cited(writer: CaseWriter, kind: Kind, number: str) -> None:
    dependents = {EXHIBIT.name: (OBSERVATION, "exhibit"), SOURCE.name: (CLAIM, "source")}.get(kind.name)
    if dependents is None:
        return
    standing = [r.number for r in writer.find(dependents[0], dependents[1], number) if r.in_force]
    if standing:
        raise Refused(
            f"{number} carries {', '.join(standing[:5])}{' and more' if len(standing) > 5 else ''}. "
            "Nothing was changed. Withdraw those first."
        )
