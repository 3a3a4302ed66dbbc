"""Version 6: of a sound that was heard it is noted which stream of the file it was."""

from __future__ import annotations

import sqlite3

VERSION = 6
WHY = "What was heard is noted with the sound stream it came from."


def apply(connection: sqlite3.Connection) -> None:
    """Add the column; of what was heard before nobody knows the stream."""
    connection.execute("ALTER TABLE coverage ADD COLUMN stream INTEGER")
