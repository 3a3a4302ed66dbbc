"""A connection to a case file that one thread uses at a time, and that is handed from one to another."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any


class CaseConnection(sqlite3.Connection):
    """Refuses every thread but the one that holds it, as SQLite's own check does; unlike that, it can be handed on.

    A case is opened and checked on a thread of its own, since that may take a while, and used on the window's.
    Python's check has to be off for that (`check_same_thread`); this one stands in its place.
    """

    _holder = 0

    def take(self) -> None:
        """Let the thread that calls this be the one that uses the connection from now on."""
        self._holder = threading.get_ident()

    def cursor(self, *args: Any, **named: Any) -> Any:
        """As in SQLite; raises sqlite3.ProgrammingError on a thread that does not hold the connection."""
        self._refuse_others()
        return super().cursor(*args, **named)

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """As in SQLite; raises sqlite3.ProgrammingError on a thread that does not hold the connection."""
        self._refuse_others()
        return super().execute(*args)

    def _refuse_others(self) -> None:
        if self._holder != threading.get_ident():
            raise sqlite3.ProgrammingError("the case is held by another thread")


def connect(uri: str, timeout_s: float) -> CaseConnection:
    """Open an SQLite file by its URI, in autocommit mode; the calling thread holds it."""
    made = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=timeout_s, check_same_thread=False, factory=CaseConnection
    )
    made.take()
    return made
