"""What can be done to any record: add, edit, withdraw with what hangs on it, restore, and several as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence_desk.domain.errors import NotFound, Refused, StaleRevision
from evidence_desk.domain.records import (
    CLAIM,
    EXHIBIT,
    LINK,
    OBSERVATION,
    PROPOSITION,
    REGION,
    SOURCE,
    Kind,
    Record,
    kind_named,
    kind_of,
)
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.rules import FIXED, validate
from evidence_desk.store.writer import CaseWriter

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
}


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
        return Withdraw(record.number, "Undone.")


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes fields of a record; `expected` is the revision it was read at, None for whatever it is now."""

    number: str
    values: Mapping[str, Any]
    expected: int | None = None
    free: bool = field(default=False, repr=False)

    @property
    def label(self) -> str:
        """Name the step."""
        return "Edit"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the fields that differ; the inverse writes back what was there."""
        kind, before = _current(writer, self.number, self.expected)
        unknown = [name for name in self.values if name not in kind.columns()]
        if unknown:
            raise Refused(f"A {kind.name} has no field {unknown[0]}. Nothing was changed.")
        fixed = [
            name for name in self.values if name in FIXED[""] or (name in FIXED.get(kind.name, ()) and not self.free)
        ]
        if fixed:
            raise Refused(f"The field {fixed[0]} of {self.number} is never changed. Nothing was changed.")
        changed = {n: v for n, v in self.values.items() if _stored(getattr(before, n)) != _stored(v)}
        if not changed:
            raise Refused(f"Nothing differs in {self.number}. Nothing was changed.")
        if not before.in_force:
            raise Refused(f"{self.number} is withdrawn. Nothing was changed. Restore it first.")
        after = writer.update(kind, before, changed, "edit")
        validate(writer, kind, after)
        old = {name: getattr(before, name) for name in changed}
        return Edit(self.number, old, after.revision, free=True)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraws a record, and the links, regions and propositions that stand only on it, with a reason."""

    number: str
    reason: str
    expected: int | None = None

    @property
    def label(self) -> str:
        """Name the step."""
        return "Withdraw"

    def apply(self, writer: CaseWriter) -> Command:
        """Mark the records; the inverse restores exactly those."""
        if not self.reason.strip():
            raise Refused(f"Withdrawing {self.number} needs a reason. Nothing was changed.")
        kind, before = _current(writer, self.number, self.expected)
        if not before.in_force:
            raise Refused(f"{self.number} is already withdrawn. Nothing was changed.")
        if kind.name in ("case", "codebook", "acquisition"):
            raise Refused(f"The {kind.name} record is edited, not withdrawn. Nothing was changed.")
        _refuse_if_cited(writer, kind, self.number)
        done = []
        for part_kind, part in ((kind, before), *_hanging(writer, kind, self.number)):
            reason = self.reason.strip() if part is before else f"With {self.number}: {self.reason.strip()}"
            after = writer.update(part_kind, part, {"withdrawn": reason}, "withdraw")
            done.append((after.number, after.revision))
        return Restore(self.number, tuple(done))


@dataclass(frozen=True, slots=True)
class Restore:
    """Puts withdrawn records back in force; `parts` are numbers with the revisions they must still have."""

    number: str
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def label(self) -> str:
        """Name the step."""
        return "Restore"

    def apply(self, writer: CaseWriter) -> Command:
        """Clear the marks; the inverse withdraws again with the same reason."""
        reason = ""
        for number, revision in self.parts or ((self.number, 0),):
            kind, before = _current(writer, number, revision or None)
            if before.in_force:
                raise Refused(f"{number} is not withdrawn. Nothing was changed.")
            reason = reason or before.withdrawn
            validate(writer, kind, writer.update(kind, before, {"withdrawn": ""}, "restore"))
        return Withdraw(self.number, reason)


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


def edit(number: str, values: Mapping[str, Any], expected: int | None = None) -> Command:
    """Change fields of a record."""
    return Edit(number, values, expected)


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


def _hanging(writer: CaseWriter, kind: Kind, number: str) -> tuple[tuple[Kind, Record], ...]:
    """Return the records in force that stand only on this one."""
    found: list[tuple[Kind, Record]] = []
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
    return tuple((k, r) for k, r in found if r.in_force)


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
