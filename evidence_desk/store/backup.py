"""Whole copies of the case file by SQLite's backup interface: consistent while the case is open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from evidence_desk.domain.errors import DiskFull
from evidence_desk.store.paths import CasePaths

KEPT = 10
NEWEST = 5
"""So many of the newest are kept whatever their day; of earlier days the last one of each."""
_MOST_BYTES, _LEAST = 1 << 30, 2
_SPARE = 64 << 20
"""Room left free on the disk beside a backup: the database and its log have to go on."""


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
    """Put a backup into the case's folder, named by its moment (UTC) and why; those that are not spared go."""
    moment = at.replace(":", "").replace("-", "").split(".")[0]
    paths.backups.mkdir(exist_ok=True)
    target = paths.backups / f"case-{moment}Z-{label}.db"
    copy_database(connection, target)
    there = sorted(paths.backups.glob("case-*.db"))
    for old in set(there) - set(spared([(file, file.stat().st_size) for file in there])):
        old.unlink(missing_ok=True)
    return target


def keep_state(connection: sqlite3.Connection, paths: CasePaths, at: str) -> Path | None:
    """Put a backup of the records as they are now there, unless one of the same state lies there; None then.

    Raises DiskFull where it would leave too little room; nothing is written then.
    """
    newest = connection.execute("SELECT max(seq) FROM events WHERE content").fetchone()[0]
    label = f"event-{newest}"
    if newest is None or any(paths.backups.glob(f"case-*-{label}.db")):
        return None
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    needed, free = pages * size, shutil.disk_usage(paths.folder).free
    if needed + _SPARE > free:
        raise DiskFull(
            f"No backup of the case file was made: it takes {needed:,} bytes, {_SPARE:,} have to stay free, and "
            f"{free:,} are free. The case is safe. Make room."
        )
    return keep_backup(connection, paths, label, at)


def where_backups_lie(paths: CasePaths) -> str:
    """Return one sentence on what to do where the case file cannot be read."""
    found = sorted(paths.backups.glob("case-*.db"))
    if not found:
        return "There is no backup of it in the case."
    return (
        f"Its last backup is backups/{found[-1].name}: keep the damaged case.db, and case.db-wal where there is one, "
        "aside and put a copy of that backup in the place of case.db."
    )


def spared(files: Sequence[tuple[Path, int]]) -> tuple[Path, ...]:
    """Return which of the backups, oldest first with their sizes in bytes, are kept.

    The newest ones, the last one of each earlier day, at most KEPT; the oldest of them go where all take more than a
    gibibyte, but never the last two.
    """
    last_of_day = {file.name[:13]: (file, size) for file, size in files}
    wanted = dict((*last_of_day.values(), *files[-NEWEST:]))
    kept = sorted(wanted)[-KEPT:]
    while len(kept) > _LEAST and sum(wanted[file] for file in kept) > _MOST_BYTES:
        kept.pop(0)
    return tuple(kept)
