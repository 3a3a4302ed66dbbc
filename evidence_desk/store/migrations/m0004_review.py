"""Version 4: what the review room keeps: case clock, views, key frames, shared moments, and what was looked at."""

from __future__ import annotations

import sqlite3

VERSION = 4
WHY = (
    "Regions last and move from key frame to key frame, observations keep how the picture was shown, exhibits have a "
    "case clock and distressing spans, two exhibits share moments, and the case knows which frames were on screen."
)

_STATEMENTS = (
    "ALTER TABLE exhibits ADD COLUMN distressing_spans TEXT",
    "ALTER TABLE exhibits ADD COLUMN clock_frame INTEGER",
    "ALTER TABLE exhibits ADD COLUMN clock_time TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE exhibits ADD COLUMN clock_uncertainty_ms INTEGER",
    "ALTER TABLE exhibits ADD COLUMN clock_basis TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE observations ADD COLUMN presence_reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE observations ADD COLUMN seen_as TEXT",
    "ALTER TABLE regions ADD COLUMN life TEXT NOT NULL DEFAULT 'frame'",
    "ALTER TABLE regions ADD COLUMN key_frames TEXT",
    "ALTER TABLE regions ADD COLUMN purpose TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE codebooks ADD COLUMN categories TEXT",
    """CREATE TABLE syncs (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        exhibit_a TEXT NOT NULL,
        exhibit_b TEXT NOT NULL,
        moments TEXT,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    """CREATE TRIGGER syncs_no_delete BEFORE DELETE ON syncs
        BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END""",
    # No record and no event: what was on screen is added up beside the log, by whom, how and when.
    # `shown` says which frames from first to last were, where not all; `covered` that a cover was lifted for them.
    """CREATE TABLE coverage (
        id INTEGER PRIMARY KEY,
        exhibit TEXT NOT NULL,
        actor TEXT NOT NULL,
        how TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        shown BLOB,
        speed TEXT NOT NULL DEFAULT '',
        zoom INTEGER,
        covered INTEGER NOT NULL DEFAULT 0,
        began_at TEXT NOT NULL,
        ended_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX coverage_by_exhibit ON coverage (exhibit)",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns and tables."""
    for statement in _STATEMENTS:
        connection.execute(statement)
