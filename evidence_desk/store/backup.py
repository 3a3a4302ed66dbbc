"""Whole copies of the case file by SQLite's backup interface: consistent while the case is open."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from evidence_desk.store.paths import CasePaths

KEPT = 10


def copy_database(connection: sqlite3.Connection, target: Path) -> None:
    """Write the state of the database now to `target`, as one closed file; an existing file is replaced whole."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        copy = sqlite3.connect(part)
        try:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def keep_backup(connection: sqlite3.Connection, paths: CasePaths, label: str, at: str) -> Path:
    """Put a backup into the case's folder, named by its moment (UTC) and why; the oldest beyond KEPT go."""
    moment = at.replace(":", "").replace("-", "").split(".")[0]
    paths.backups.mkdir(exist_ok=True)
    target = paths.backups / f"case-{moment}Z-{label}.db"
    copy_database(connection, target)
    for old in sorted(paths.backups.glob("case-*.db"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return target
