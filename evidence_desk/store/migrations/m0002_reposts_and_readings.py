"""Version 2: re-posts of an exhibit, and other readings and kept words of an observation. Frozen once released."""

from __future__ import annotations

import sqlite3

VERSION = 2
WHY = "An exhibit may be a re-post of another; an observation keeps other readings and the reason for a kept word."

_STATEMENTS = (
    "ALTER TABLE exhibits ADD COLUMN repost_of TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE exhibits ADD COLUMN description TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE observations ADD COLUMN alternatives TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE observations ADD COLUMN guard_reason TEXT NOT NULL DEFAULT ''",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns."""
    for statement in _STATEMENTS:
        connection.execute(statement)
