"""A case file that cannot grow, as on a full disk: SQLite says the same then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from evidence_desk.services.case import Case


@contextmanager
def no_room(case: Case) -> Iterator[None]:
    """Let the file of an open case grow no more while the block runs."""
    connection = case.store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    most = connection.execute("PRAGMA max_page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA max_page_count = {most}")
