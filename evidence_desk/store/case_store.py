"""One open case file: reading rows, and the transaction in which a writer changes records and logs it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from evidence_desk.domain.errors import CaseError, CaseReadOnly, DiskFull, NotFound, Refused
from evidence_desk.domain.records import KINDS, Kind, Record
from evidence_desk.store import database
from evidence_desk.store.audit import Event
from evidence_desk.store.backup import copy_database, keep_backup, keep_state
from evidence_desk.store.canonical import parsed
from evidence_desk.store.case_lock import CaseLock
from evidence_desk.store.coverage import CoverageRows
from evidence_desk.store.drafts import DraftRows
from evidence_desk.store.migrations import CURRENT, migrate
from evidence_desk.store.paths import CasePaths
from evidence_desk.store.rehearsal import Rehearsal
from evidence_desk.store.rows import from_row
from evidence_desk.store.writer import CaseWriter


class CaseStore:
    """The database of one case and, when it may write, its lock."""

    def __init__(self, paths: CasePaths, opened: database.Opened, lock: CaseLock | None) -> None:
        self.paths = paths
        self.note = opened.note
        self.upgraded: tuple[int, int] | None = None
        self._connection = opened.connection
        self._temporary = opened.temporary
        self._lock = lock
        self._db = Database(opened.connection)

    @classmethod
    def create(cls, paths: CasePaths, actor: str, at: str) -> CaseStore:
        """Make the folders and an empty case file and hold its lock."""
        paths.make()
        lock = CaseLock(paths.lock)
        lock.acquire(actor, at)
        try:
            opened = database.open_to_write(paths, new=True)
            try:
                migrate(opened.connection)
            except sqlite3.OperationalError as error:
                opened.connection.close()
                raise DiskFull(f"The case file could not be made ({error}). Nothing was made. Make room.") from error
        except BaseException:
            lock.release()
            raise
        return cls(paths, opened, lock)

    @classmethod
    def open_to_write(cls, paths: CasePaths, actor: str, at: str) -> CaseStore:
        """Take the lock, open, back up and upgrade an older file; raises CaseInUse, CaseError, NewerVersion OSError."""
        paths.refuse_links()
        lock = CaseLock(paths.lock)
        lock.acquire(actor, at)
        try:
            opened = database.open_to_write(paths)
            store = cls(paths, opened, lock)
            if store.version < CURRENT:
                store.upgraded = _upgrade(opened.connection, paths, at)
            _refuse_foreign_code(opened.connection, paths)
        except BaseException:
            lock.release()
            raise
        return store

    @classmethod
    def open_to_read(cls, paths: CasePaths) -> CaseStore:
        """Open without the lock; raises CaseError, NewerVersion."""
        paths.refuse_links()
        return cls(paths, database.open_to_read(paths), None)

    def take(self) -> None:
        """Let the thread that calls this use the store from now on, and no other; it was opened on another."""
        self._connection.take()

    @property
    def read_only(self) -> bool:
        """Tell whether this store holds no lock and so cannot write."""
        return self._lock is None

    @property
    def coverage(self) -> CoverageRows:
        """Return the table of what was on screen, which is no record."""
        return CoverageRows(self._connection, not self.read_only)

    @property
    def drafts(self) -> DraftRows:
        """Return the table of what was typed and is no record yet."""
        return DraftRows(self._connection, not self.read_only)

    @property
    def version(self) -> int:
        """Return the version of the case file."""
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextlib.contextmanager
    def writing(self, actor: str, at: str, cause: str) -> Iterator[CaseWriter]:
        """Give a writer whose changes and events are committed together at the end, or not at all."""
        if self.read_only:
            raise CaseReadOnly("The case is open to read. Nothing was changed. Open it for writing to change it.")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield CaseWriter(self._connection, actor, at, cause)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            if "full" in str(error) or "I/O" in str(error):
                raise DiskFull(
                    f"The case file could not be written ({error}). The last change was not kept; everything before "
                    "it is safe. Make room and enter it again."
                ) from error
            raise
        except (sqlite3.IntegrityError, OverflowError) as error:
            raise Refused(f"The change does not fit the case file ({error}). Nothing was written.") from error

    def rehearsing(self, actor: str, at: str, cause: str) -> Rehearsal:
        """Return what works out a step of edits and writes nothing; `keep` writes it."""
        if self.read_only:
            raise CaseReadOnly("The case is open to read. Nothing was changed. Open it for writing to change it.")
        return Rehearsal(self._connection, actor, at, cause)

    def keep(self, step: Rehearsal) -> None:
        """Write a step that was worked out, whole or not at all; raises Overtaken where another was kept meanwhile."""
        with self.writing(step.actor, step.at, "do") as writer:
            step.hand_over(self._connection, writer.head())

    def record(self, kind: Kind, number: str) -> Record:
        """Return the record with that number; raises NotFound."""
        rows = list(self._db.query(f"SELECT * FROM {kind.table} WHERE number = :n", {"n": number}))
        if not rows:
            raise NotFound(f"The case has no {kind.name} {number}. Nothing was changed.")
        return from_row(kind, rows[0])

    def records(self, kind: Kind, where: str = "", values: Sequence[str] = ()) -> tuple[Record, ...]:
        """Return the records of a kind in the order they were made; `where` names columns, it is never user text."""
        condition = f" WHERE {where}" if where else ""
        rows = self._db.query(f"SELECT * FROM {kind.table}{condition} ORDER BY rowid", list(values))
        return tuple(from_row(kind, row) for row in rows)

    def events(self, where: str = "", values: Sequence[str | int] = (), *, newest: int = 0) -> tuple[Event, ...]:
        """Return events in order; with `newest` only that many of the last."""
        condition = f" WHERE {where}" if where else ""
        tail = f" ORDER BY seq DESC LIMIT {int(newest)}" if newest else " ORDER BY seq"
        found = [_event(row) for row in self._db.query(f"SELECT * FROM events{condition}{tail}", list(values))]
        return tuple(reversed(found)) if newest else tuple(found)

    def schema(self) -> dict[str, str]:
        """Return the statements of all tables, indexes and triggers by name, white space folded."""
        rows = self._db.query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        return {row["name"]: " ".join(row["sql"].split()) for row in rows}

    def written_elsewhere(self) -> int:
        """Return a figure that changes when another connection has written to the file, and with nothing else."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def count(self, kind: Kind) -> int:
        """Return how many records of a kind are in force."""
        found = self._connection.execute(f"SELECT count(*) FROM {kind.table} WHERE withdrawn = ''")
        return int(found.fetchone()[0])

    def numbers(self) -> frozenset[str]:
        """Return the numbers of all records, withdrawn ones too."""
        return frozenset(row["number"] for k in KINDS for row in self._db.query(f"SELECT number FROM {k.table}"))

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the case file, also while it is open for writing."""
        copy_database(self._connection, target)

    def back_up(self, label: str, at: str) -> Path:
        """Keep a backup in the case's own folder."""
        return keep_backup(self._connection, self.paths, label, at)

    def back_up_state(self, at: str) -> Path | None:
        """Keep a backup of the records as they are, None where one lies there already; raises DiskFull, CaseError."""
        try:
            return keep_state(self._connection, self.paths, at)
        except (sqlite3.Error, OSError) as error:
            raise CaseError(f"No backup of the case file was made ({error}). The case is safe.") from error

    def transaction_guard(self) -> Callable[[], bool]:
        """Return a test that tells whether a transaction is open: a command must never be run inside another."""
        return lambda: self._connection.in_transaction

    def close(self) -> None:
        """Fold the write-ahead log in, so that a closed case is one database file, and let the lock go."""
        if not self.read_only:
            with contextlib.suppress(sqlite3.OperationalError):
                # Another window that reads keeps the log alive; it is folded in at the next close.
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)


def _upgrade(connection: sqlite3.Connection, paths: CasePaths, at: str) -> tuple[int, int]:
    """Back up and bring up an older case file; one that cannot be is left at the last whole step and closed."""
    try:
        keep_backup(connection, paths, f"before-version-{CURRENT}", at)
        return migrate(connection)
    except (sqlite3.Error, OSError) as error:
        connection.close()
        raise CaseError(
            f"{paths.folder.name} could not be brought up to version {CURRENT} ({error}). What it holds is safe. "
            "Make room, or open it to read."
        ) from error


def expected_schema() -> dict[str, str]:
    """Return the schema of a fresh case file of the current version, in the form of `CaseStore.schema`."""
    return _of_a_fresh_file("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")


_CODE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"


def _refuse_foreign_code(connection: sqlite3.Connection, paths: CasePaths) -> None:
    """Refuse to write to a file whose triggers are not ours: they would act with every change of a record."""
    found = {name: " ".join(sql.split()) for name, sql in connection.execute(_CODE)}
    if found != _of_a_fresh_file(_CODE):
        connection.close()
        raise CaseError(
            f"The case file of {paths.folder.name} was changed from outside: its triggers are not those of the desk. "
            "Nothing was written. Open it to read, and run verify."
        )


def _of_a_fresh_file(question: str) -> dict[str, str]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return {name: " ".join(sql.split()) for name, sql in connection.execute(question)}
    finally:
        connection.close()


def _event(row: dict[str, object]) -> Event:
    values = {name: row[name] for name in ("seq", "at", "actor", "action", "record", "kind", "cause", "prev", "hash")}
    return Event(
        **values,  # type: ignore[arg-type]
        content=bool(row["content"]),
        before=_told(row["before"]),
        after=_told(row["after"]),
    )


def _told(text: object) -> Any:
    """Return what a column of an event says; text that is no JSON any more stays text, and its hash will not fit."""
    try:
        return parsed(None if text is None else str(text))
    except ValueError:
        return text
