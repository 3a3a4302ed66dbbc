"""Version 3: frames that are not counted yet, anchors of what was seen on them, the flag of distressing exhibits."""

from __future__ import annotations

import sqlite3

VERSION = 3
WHY = (
    "An exhibit can be reviewed before its frames are counted, what is seen then is found again by its frame hash; "
    "an exhibit may be marked as distressing."
)

_STATEMENTS = (
    "ALTER TABLE exhibits ADD COLUMN distressing INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE exhibits ADD COLUMN provisional INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE observations ADD COLUMN anchor TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE regions ADD COLUMN anchor TEXT NOT NULL DEFAULT ''",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns."""
    for statement in _STATEMENTS:
        connection.execute(statement)
