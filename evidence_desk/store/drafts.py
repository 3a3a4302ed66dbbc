"""The table of what was typed and is no record yet: beside the records and outside the log, like coverage."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.errors import CaseError
from evidence_desk.store.canonical import canonical_text

LARGEST = 8_000_000
"""Characters of one draft: above the largest text that a source may hold; more is no draft of ours."""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """What a form held: its key, who typed it, when it was begun and last written (UTC), and the fields."""

    key: str
    actor: str
    began_at: str
    at: str
    body: Mapping[str, Any]


class DraftRows:
    """Reads and writes drafts in the open case file."""

    def __init__(self, connection: sqlite3.Connection, writable: bool) -> None:
        self._connection = connection
        self._writable = writable

    @property
    def writable(self) -> bool:
        """Tell whether the case is open for writing."""
        return self._writable

    def read(self) -> tuple[StoredDraft, ...]:
        """Return the drafts, the oldest first. A row that makes no sense is left out, and left where it is."""
        rows = self._connection.execute(
            "SELECT key, actor, began_at, at, body FROM drafts WHERE length(body) <= ? ORDER BY began_at, key",
            (LARGEST,),
        )
        return tuple(found for found in map(_draft, rows) if found is not None)

    def put(self, draft: StoredDraft) -> None:
        """Write a draft in the place of the one of the same key.

        No wait for the disk: a process that is killed loses nothing that was written, a machine that loses its power
        may lose the last seconds. Records are never written this way. Raises CaseError.
        """
        values = (draft.key, draft.actor, draft.began_at, draft.at, canonical_text(draft.body))
        self._change("INSERT OR REPLACE INTO drafts (key, actor, began_at, at, body) VALUES (?, ?, ?, ?, ?)", values)

    def remove(self, key: str) -> None:
        """Take a draft away. Raises CaseError."""
        self._change("DELETE FROM drafts WHERE key = ?", (key,))

    def _change(self, statement: str, values: tuple[str, ...]) -> None:
        if not self._writable:
            return
        try:
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise CaseError(
                f"What is typed could not be put aside ({error}). The records are safe. Keep it, or copy it elsewhere."
            ) from error
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")


def _draft(row: Any) -> StoredDraft | None:
    # A case may come from a stranger.
    try:
        body = json.loads(row["body"])
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    return StoredDraft(row["key"], row["actor"], row["began_at"], row["at"], body)
