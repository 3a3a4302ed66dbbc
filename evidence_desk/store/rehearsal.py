"""A step of many edits, worked out before it is written: it may take its time, since nothing is open meanwhile.

All that a step costs but the writing itself is done here, in pieces: reading, the rules, the chain of its events. What
comes of it is a list of rows, put into the case in one transaction, and only where the log still ends as it did when
this began: every change of a record is an event, so none was changed in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from evidence_desk.domain.errors import EvidenceDeskError, Refused
from evidence_desk.domain.records import Kind, Record
from evidence_desk.store.writer import CaseWriter

_Queue = list[tuple[str, list[tuple[Any, ...]]]]
"""Statements, each with the rows of values it is done with, in order."""
_EVENT = "INSERT INTO events "


class Overtaken(EvidenceDeskError):
    """Another step was kept while this one was worked out: it is to be worked out anew."""


class Rehearsal(CaseWriter):
    """Takes edits as a writer does, reads its own, and writes nothing. `records` are those changed, by number."""

    def __init__(self, connection: sqlite3.Connection, actor: str, at: str, cause: str) -> None:
        super().__init__(connection, actor, at, cause)
        self.records: dict[str, Record] = {}
        self._of_kind: dict[str, dict[str, Record]] = {}
        self._read: dict[tuple[str, str, str], tuple[Record, ...]] = {}
        self._rows: _Queue = []
        self._events: _Queue = []
        self._begun = self._now = super().head()

    @property
    def is_overtaken(self) -> bool:
        """Tell whether another step was kept since this began."""
        return super().head() != self._begun

    def find(self, kind: Kind, column: str, value: str) -> tuple[Record, ...]:
        """Return the records whose column holds the value as this step left them, withdrawn ones too."""
        if column == "number" and value in self.records:
            return (self.records[value],)
        asked = (kind.name, column, value)
        if asked not in self._read:
            self._read[asked] = super().find(kind, column, value)
        found = self._read[asked]
        mine = self._of_kind.get(kind.name)
        if column == "number" or not mine:
            return found
        here = {**{record.number: record for record in found}, **mine}
        return tuple(record for record in here.values() if getattr(record, column) == value)

    def insert(self, kind: Kind, values: Mapping[str, Any]) -> Record:  # noqa: ARG002 - as a writer takes it
        """Refuse: a number is given once, and only by what is kept."""
        raise Refused(f"A new {kind.name} is not worked out beforehand. Nothing was changed.")

    def update(self, kind: Kind, before: Record, changes: Mapping[str, Any], action: str) -> Record:
        """Note the change of a record whose revision must still be `before.revision`; returns it as it will be."""
        after = super().update(kind, before, changes, action)
        self.records[after.number] = self._of_kind.setdefault(kind.name, {})[after.number] = after
        return after

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the newest event, of this step or of the case."""
        return self._now

    def hand_over(self, connection: sqlite3.Connection, head: tuple[int, str]) -> None:
        """Write all of it in the transaction that is open, whose log ends at `head`; raises Overtaken."""
        if head != self._begun:
            raise Overtaken("Another step was kept meanwhile. Nothing was changed. Do it once more.")
        for statement, rows in (*self._rows, *self._events):
            written = connection.cursor().executemany(statement, rows).rowcount
            if written != len(rows):
                raise Overtaken("The records are not as they were read. Nothing was changed. Do it once more.")

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        # In the order of the edits, which may be of one record; those of many are mostly written alike.
        queue = self._events if statement.startswith(_EVENT) else self._rows
        if not queue or queue[-1][0] != statement:
            queue.append((statement, []))
        queue[-1][1].append(values)

    def _log(
        self, action: str, record: str, kind: str, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> str:
        self._now = (self._now[0] + 1, super()._log(action, record, kind, before, after))
        return self._now[1]
