"""The two methods that change a record. Each writes the row and its event, so that neither can be without the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import uuid6

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.errors import NotFound, StaleRevision
from evidence_desk.domain.records import PROPOSITION, Kind, Record, kind_of, plain
from evidence_desk.store.audit import ZERO, Event, event_hash
from evidence_desk.store.canonical import canonical_text
from evidence_desk.store.rows import from_plain, from_row, to_row


class CaseWriter:
    """Changes records inside one transaction of `CaseStore.writing`, as one actor, at one moment, for one cause."""

    def __init__(self, connection: sqlite3.Connection, actor: str, at: str, cause: str) -> None:
        self._connection = connection
        self._actor = actor
        self._at = at
        self._cause = cause
        self._areas: set[Area] = set()
        self.numbers: list[str] = []

    @property
    def actor(self) -> str:
        """Who acts."""
        return self._actor

    @property
    def at(self) -> str:
        """The moment of this change, UTC."""
        return self._at

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(frozenset(self._areas | {Area.EVENTS}), frozenset(self.numbers))

    def get(self, number: str) -> Record:
        """Return a record by its number; raises NotFound."""
        kind = kind_of(number)
        found = None if kind is None else self.find(kind, "number", number)
        if not found:
            raise NotFound(f"The case has no record {number}. Nothing was changed.")
        return found[0]

    def find(self, kind: Kind, column: str, value: str) -> tuple[Record, ...]:
        """Return the records whose column holds the value, withdrawn ones too."""
        if column not in kind.columns():
            raise KeyError(column)
        rows = self._connection.execute(f"SELECT * FROM {kind.table} WHERE {column} = ? ORDER BY rowid", (value,))
        return tuple(from_row(kind, row) for row in rows)

    def insert(self, kind: Kind, values: Mapping[str, Any]) -> Record:
        """Add a record: uid, number, revision, actor and moment are set here; returns it as stored."""
        record = from_plain(
            kind,
            {
                **values,
                "uid": str(uuid6.uuid7()),
                "number": self._next_number(kind, values),
                "created_at": self._at,
                "created_by": self._actor,
                "changed_at": self._at,
                "changed_by": self._actor,
            },
        )
        row = to_row(record)
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        self._connection.execute(f"INSERT INTO {kind.table} ({names}) VALUES ({marks})", tuple(row.values()))
        self._log(f"{kind.name}.add", record.number, kind.name, None, plain(record))
        self._touch(kind, record.number)
        return record

    def update(self, kind: Kind, before: Record, changes: Mapping[str, Any], action: str) -> Record:
        """Change fields of a record whose revision must still be `before.revision`; returns it as stored."""
        now = self.find(kind, "number", before.number)
        if not now or now[0].revision != before.revision:
            raise StaleRevision(
                f"{before.number} was changed meanwhile (revision {now[0].revision if now else 0}). "
                "Your change was not written over it. Look at it again."
            )
        stamped = {
            **changes,
            "revision": before.revision + 1,
            "changed_at": self._at,
            "changed_by": self._actor,
        }
        ready: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stamped.items()}
        after = replace(before, **ready)
        row = to_row(after)
        assignments = ", ".join(f"{name} = ?" for name in stamped)
        values = (*(row[name] for name in stamped), before.uid)
        self._write(f"UPDATE {kind.table} SET {assignments} WHERE uid = ?", values)
        old, new = plain(before), plain(after)
        self._log(
            f"{kind.name}.{action}",
            before.number,
            kind.name,
            {name: old[name] for name in stamped},
            {name: new[name] for name in stamped},
        )
        self._touch(kind, before.number)
        return after

    def note(self, action: str, record: str, details: Mapping[str, Any]) -> None:
        """Log something that changed no record: opened, exported, verified."""
        self._log(action, record, "", None, dict(details))
        self._areas.add(Area.EVENTS)

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the newest event: every change of a record moves it."""
        last = self._connection.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        return (last["seq"], last["hash"]) if last else (0, ZERO)

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        self._connection.execute(statement, values)

    def _touch(self, kind: Kind, number: str) -> None:
        self._areas.add(kind.area)
        self.numbers.append(number)

    def _next_number(self, kind: Kind, values: Mapping[str, Any]) -> str:
        if kind is PROPOSITION:
            claim = str(values["claim"])
            return f"{claim}.{self._count(claim)}"
        return f"{kind.prefix}-{self._count(kind.prefix):03d}"

    def _count(self, prefix: str) -> int:
        # A counter of its own: a number is never given twice, whatever becomes of its record.
        row = self._connection.execute(
            "INSERT INTO counters (prefix, last) VALUES (?, 1) "
            "ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last",
            (prefix,),
        ).fetchone()
        return int(row[0])

    def _log(
        self, action: str, record: str, kind: str, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> str:
        """Chain an event and return its hash."""
        seq, prev = self.head()
        event = Event(
            seq=seq + 1,
            at=self._at,
            actor=self._actor,
            action=action,
            record=record,
            kind=kind,
            cause=self._cause,
            content=bool(kind),
            before=before,
            after=after,
            prev=prev,
            hash="",
        )
        sealed = event.sealed()
        row = {
            **sealed,
            "content": int(event.content),
            "before": None if before is None else canonical_text(before),
            "after": None if after is None else canonical_text(after),
            "hash": event_hash(sealed),
        }
        names = ", ".join(row)
        self._write(f"INSERT INTO events ({names}) VALUES ({', '.join('?' for _ in row)})", tuple(row.values()))
        return str(row["hash"])
