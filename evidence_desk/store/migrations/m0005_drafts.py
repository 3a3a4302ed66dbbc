"""Version 5: what was typed and is no record yet outlives the window; the case clock is bound to a picture."""

from __future__ import annotations

import sqlite3

VERSION = 5
WHY = "What was typed and not kept yet is found again, and the frame of a case clock is known by its hash as well."

_STATEMENTS = (
    "ALTER TABLE exhibits ADD COLUMN clock_hash TEXT NOT NULL DEFAULT ''",
    # No record and no event: what a person began and neither kept nor threw away. `key` names the form it belongs to.
    """CREATE TABLE drafts (
        key TEXT PRIMARY KEY,
        actor TEXT NOT NULL,
        began_at TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT""",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the column and the table."""
    for statement in _STATEMENTS:
        connection.execute(statement)
