"""Opening the case file: safe settings, who may write, and what a read-only place asks for."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from evidence_desk.domain.errors import CaseError, NewerVersion
from evidence_desk.store.backup import where_backups_lie
from evidence_desk.store.connection import CaseConnection, connect
from evidence_desk.store.migrations import CURRENT, migrate
from evidence_desk.store.paths import CasePaths

APPLICATION_ID = 0x45444B31
"""`EDK1`: tells a case file from any other SQLite file."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection, and what had to be done to get it ("" where nothing)."""

    connection: CaseConnection
    note: str = ""
    temporary: Path | None = None


def open_to_write(paths: CasePaths, *, new: bool = False) -> Opened:
    """Open the case file for the one writer, in WAL mode with full synchronisation; raises CaseError, NewerVersion."""
    if not new and not paths.database.is_file():
        raise CaseError(
            f"{paths.folder.name} holds no case.db. Nothing was changed. Choose a folder that ends in .edcase."
        )
    connection = _connect(f"file:{_uri(paths.database)}?mode={'rwc' if new else 'rw'}")
    try:
        if new:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            _check(connection, paths)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _damaged(paths, error) from error
    except BaseException:
        connection.close()
        raise
    return Opened(connection)


def open_to_read(paths: CasePaths) -> Opened:
    """Open the case file to read, also on media that cannot be written.

    Beside a running writer the ordinary read mode works. A case of an older version is shown through a private copy
    that is upgraded, since reading changes nothing. On read-only media a case without a write-ahead log opens
    immutable; one with a log is copied with it to a private folder, since `immutable` beside a log drops rows.
    """
    if not paths.database.is_file():
        raise CaseError(f"{paths.folder.name} holds no case.db. Choose a folder that ends in .edcase.")
    log = paths.database.with_name("case.db-wal")
    try:
        connection = _connect(f"file:{_uri(paths.database)}?mode=ro")
        try:
            _check(connection, paths)
        except sqlite3.OperationalError:
            connection.close()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise _damaged(paths, error) from error
        except BaseException:
            connection.close()
            raise
        else:
            return _to_read(connection)
        if not (log.is_file() and log.stat().st_size):
            connection = _connect(f"file:{_uri(paths.database)}?mode=ro&immutable=1")
            _check(connection, paths)
            return _to_read(connection, "opened to read from a place that cannot be written")
        return _open_copy(paths, log)
    except sqlite3.DatabaseError as error:
        raise _damaged(paths, error) from error


def _open_copy(paths: CasePaths, log: Path) -> Opened:
    folder = Path(tempfile.mkdtemp(prefix="evidence-desk-"))
    for part in (paths.database, log):
        shutil.copyfile(part, folder / part.name)
    connection = _connect(f"file:{_uri(folder / 'case.db')}?mode=rw")
    _check(connection, paths)
    migrate(connection)
    connection.execute("PRAGMA query_only = ON")
    note = "the case was not closed cleanly and its place cannot be written: a private copy is shown"
    return Opened(connection, note, folder)


def _to_read(connection: CaseConnection, note: str = "") -> Opened:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version == CURRENT:
        connection.execute("PRAGMA query_only = ON")
        return Opened(connection, note)
    folder = Path(tempfile.mkdtemp(prefix="evidence-desk-"))
    copy = _connect(f"file:{_uri(folder / 'case.db')}?mode=rwc")
    connection.backup(copy)
    connection.close()
    migrate(copy)
    copy.execute("PRAGMA query_only = ON")
    older = f"written by an older version of the desk (case version {version}): an upgraded private copy is shown"
    return Opened(copy, f"{note}; {older}" if note else older, folder)


def _uri(path: Path) -> str:
    return quote(str(path.resolve()), safe="/:\\")


def _connect(uri: str) -> CaseConnection:
    connection = connect(uri, timeout_s=5.0)
    connection.row_factory = sqlite3.Row
    # A case may come from a stranger: no schema functions, checked cells, no memory map.
    for setting in (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
    ):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _check(connection: sqlite3.Connection, paths: CasePaths) -> None:
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if found != APPLICATION_ID:
        raise CaseError(f"{paths.folder.name} is not a case of the desk. Nothing was changed.")
    if version > CURRENT:
        raise NewerVersion(
            f"{paths.folder.name} was written by a newer version of the desk (case version {version}, this desk knows "
            f"{CURRENT}). Nothing was changed. Open it with that version."
        )
    report = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if report != "ok":
        raise sqlite3.DatabaseError(report)


def _damaged(paths: CasePaths, error: Exception) -> CaseError:
    return CaseError(
        f"The case file of {paths.folder.name} cannot be read ({error}). The exhibits are untouched. "
        + where_backups_lie(paths)
    )
