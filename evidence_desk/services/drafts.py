"""Drafts of an open case: what a form holds and what is no record yet, found again after a kill or the next day.

Nothing here is a record or an event, and nothing of it goes into a dossier, a package or a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from evidence_desk.domain.errors import CaseError
from evidence_desk.domain.time import utc_now_text
from evidence_desk.store.canonical import safe
from evidence_desk.store.drafts import DraftRows, StoredDraft


class Drafts:
    """One draft for each form, known by the form's key, as `observation:OB-004` or `new:source`."""

    def __init__(self, rows: DraftRows, actor: Callable[[], str], clock: Callable[[], str] = utc_now_text) -> None:
        self._rows, self._actor, self._clock = rows, actor, clock
        self._known: dict[str, StoredDraft] | None = None
        self.problem = ""
        """Why the last draft could not be written, "" where it was."""

    def get(self, key: str) -> StoredDraft | None:
        """Return the draft of a form, None where there is none."""
        return self._all().get(key)

    def of(self, prefix: str) -> tuple[StoredDraft, ...]:
        """Return the drafts whose key begins so, the oldest first."""
        return tuple(draft for key, draft in self._all().items() if key.startswith(prefix))

    def put(self, key: str, body: Mapping[str, Any]) -> StoredDraft | None:
        """Put aside what a form holds; the moment it was begun stays. None in a case that is open to read.

        Where writing fails `problem` says why, and it is tried again with the next word.
        """
        if not self._rows.writable:
            return None
        before = self._all().get(key)
        wanted = safe(dict(body))
        if before is not None and before.body == wanted:
            self.problem = ""
            return before
        now = self._clock()
        draft = StoredDraft(key, self._actor(), before.began_at if before is not None else now, now, wanted)
        if self._try(lambda: self._rows.put(draft)):
            self._all()[key] = draft
        return draft

    def drop(self, key: str) -> None:
        """Take a draft away: it was kept or discarded."""
        if key not in self._all():
            self.problem = ""
        elif self._try(lambda: self._rows.remove(key)):
            del self._all()[key]

    def _all(self) -> dict[str, StoredDraft]:
        if self._known is None:
            self._known = {draft.key: draft for draft in self._rows.read()}
        return self._known

    def _try(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except CaseError as error:
            self.problem = str(error)
            return False
        self.problem = ""
        return True
