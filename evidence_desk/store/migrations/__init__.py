"""Ordered, frozen steps between versions of the case file; each runs with its version bump in one transaction."""

from __future__ import annotations

import sqlite3
from typing import Protocol

from evidence_desk.store.migrations import (
    m0001_first,
    m0002_reposts_and_readings,
    m0003_provisional_frames,
    m0004_review,
    m0005_drafts,
    m0006_sound_heard,
)


class Step(Protocol):
    """One migration: the version it leads to, why, and what it does inside the caller's transaction."""

    VERSION: int
    WHY: str

    def apply(self, connection: sqlite3.Connection) -> None:
        """Change the tables."""
        ...


STEPS: tuple[Step, ...] = (
    m0001_first,
    m0002_reposts_and_readings,
    m0003_provisional_frames,
    m0004_review,
    m0005_drafts,
    m0006_sound_heard,
)
"""All steps, in order; a new one is a new module and one line here."""

CURRENT = STEPS[-1].VERSION


def migrate(connection: sqlite3.Connection, target: int = CURRENT) -> tuple[int, int]:
    """Bring an open database up to `target`; returns the version before and after. Each step is one transaction."""
    first = version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for step in STEPS:
        if version < step.VERSION <= target:
            connection.execute("BEGIN IMMEDIATE")
            try:
                step.apply(connection)
                connection.execute(f"PRAGMA user_version = {step.VERSION}")
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            version = step.VERSION
    return first, version
