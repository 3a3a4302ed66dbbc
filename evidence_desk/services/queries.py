"""Reading a case: every question a room, an export or the command line asks, answered with frozen records."""

from __future__ import annotations

from typing import TypeVar, cast

from evidence_desk.domain.codebook import Category, Term, categories_from, find_term, terms_from
from evidence_desk.domain.errors import CaseError, NotFound
from evidence_desk.domain.records import (
    ACQUISITION,
    CASE_SHEET,
    CLAIM,
    CODEBOOK,
    EXHIBIT,
    KINDS,
    LINK,
    OBSERVATION,
    PROPOSITION,
    QUESTION,
    REGION,
    SOURCE,
    SYNC,
    Acquisition,
    CaseSheet,
    Claim,
    Codebook,
    Exhibit,
    Kind,
    Link,
    Observation,
    Proposition,
    Question,
    Record,
    Region,
    Source,
    Sync,
    kind_of,
)
from evidence_desk.jobs import JobContext
from evidence_desk.services.records_at_hand import RecordsAtHand
from evidence_desk.store.audit import Event
from evidence_desk.store.case_store import CaseStore

R = TypeVar("R", bound=Record)


class Queries:
    """Reads of one open case. Withdrawn records are left out unless they are asked for."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self.at_hand = RecordsAtHand(store)
        self._terms: tuple[Codebook, tuple[Term, ...]] | None = None

    def read_ahead(self, ctx: JobContext) -> None:
        """Read every record once, so that no question waits for it later. A job; raises Cancelled."""
        for done, kind in enumerate(KINDS):
            ctx.progress(done, len(KINDS))
            self.at_hand.every(kind)

    def sheet(self) -> CaseSheet:
        """Return the case sheet."""
        found = self._all(CASE_SHEET, CaseSheet)
        if not found:
            raise CaseError("The case has no case sheet. Its file was changed from outside. Run verify on it.")
        return found[0]

    def codebook(self) -> Codebook:
        """Return the codebook in force, the last one taken in."""
        found = self._all(CODEBOOK, Codebook)
        if not found:
            raise CaseError("The case has no codebook. Its file was changed from outside. Run verify on it.")
        return found[-1]

    def codebooks(self) -> tuple[Codebook, ...]:
        """Return every version of the codebook that the case has held, the one in force last."""
        return self._all(CODEBOOK, Codebook)

    def categories(self) -> tuple[Category, ...]:
        """Return the categories of the codebook in force, in the order of the lanes."""
        return categories_from(self.codebook().categories)

    def terms(self) -> tuple[Term, ...]:
        """Return the terms of the codebook in force."""
        book = self.codebook()
        if self._terms is None or self._terms[0] is not book:
            self._terms = (book, terms_from(book.terms, categories_from(book.categories)))
        return self._terms[1]

    def term(self, term_id: str) -> Term:
        """Return a term by its id or label; raises NotFound."""
        return find_term(self.terms(), term_id)

    def exhibits(self, withdrawn: bool = False) -> tuple[Exhibit, ...]:
        """Return the exhibits in the order they were taken in."""
        return self._all(EXHIBIT, Exhibit, withdrawn=withdrawn)

    def exhibit(self, number: str) -> Exhibit:
        """Return one exhibit; raises NotFound."""
        found = self._store.record(EXHIBIT, number)
        assert isinstance(found, Exhibit)
        return found

    def acquisitions(self) -> tuple[Acquisition, ...]:
        """Return the acquisition records."""
        return self._all(ACQUISITION, Acquisition)

    def acquisition_of(self, exhibit: str) -> Acquisition | None:
        """Return how an exhibit came to be held, or None where nothing is recorded."""
        found = self._all(ACQUISITION, Acquisition, "exhibit = ?", (exhibit,))
        return found[0] if found else None

    def sources(self, withdrawn: bool = False) -> tuple[Source, ...]:
        """Return the sources."""
        return self._all(SOURCE, Source, withdrawn=withdrawn)

    def claims(self, source: str | None = None, withdrawn: bool = False) -> tuple[Claim, ...]:
        """Return the claims, of one source or all."""
        return self._of(CLAIM, Claim, "source", source, withdrawn)

    def propositions(self, claim: str | None = None, withdrawn: bool = False) -> tuple[Proposition, ...]:
        """Return the propositions, of one claim or all."""
        return self._of(PROPOSITION, Proposition, "claim", claim, withdrawn)

    def observations(self, exhibit: str | None = None, withdrawn: bool = False) -> tuple[Observation, ...]:
        """Return the observations, on one exhibit or all."""
        return self._of(OBSERVATION, Observation, "exhibit", exhibit, withdrawn)

    def regions(self, observation: str | None = None, withdrawn: bool = False) -> tuple[Region, ...]:
        """Return the regions, of one observation or all."""
        return self._of(REGION, Region, "observation", observation, withdrawn)

    def links(self, origin: str | None = None, target: str | None = None, withdrawn: bool = False) -> tuple[Link, ...]:
        """Return the links from `origin`, to `target`, or all."""
        found = self._of(
            LINK, Link, "target" if origin is None else "origin", target if origin is None else origin, withdrawn
        )
        return found if target is None else tuple(li for li in found if li.target == target)

    def questions(self, withdrawn: bool = False) -> tuple[Question, ...]:
        """Return the open questions."""
        return self._all(QUESTION, Question, withdrawn=withdrawn)

    def syncs(self, withdrawn: bool = False) -> tuple[Sync, ...]:
        """Return the synchronisations: moments that two exhibits share."""
        return self._all(SYNC, Sync, withdrawn=withdrawn)

    def count(self, kind: Kind) -> int:
        """Return how many records of a kind are in force, without reading them."""
        return self.at_hand.count(kind)

    def every(self, kind: Kind) -> tuple[Record, ...]:
        """Return all records of a kind, withdrawn ones too."""
        return self.at_hand.every(kind)

    def get(self, number: str) -> Record:
        """Return any record by its number; raises NotFound."""
        kind = kind_of(number)
        if kind is None:
            raise NotFound(
                f"{number} is no record number. Numbers look like {', '.join(k.prefix + '-001' for k in KINDS[1:4])}."
            )
        return self._store.record(kind, number)

    def events(self, limit: int | None = None, record: str | None = None) -> tuple[Event, ...]:
        """Return the log in order; `limit` keeps the newest, `record` those of one record."""
        where, values = ("record = ?", (record,)) if record is not None else ("", ())
        return self._store.events(where, values, newest=limit or 0)

    def head(self) -> Event | None:
        """Return the last event."""
        found = self._store.events(newest=1)
        return found[-1] if found else None

    def last_of_case(self, action: str) -> Event | None:
        """Return the newest event of an action of the whole case, as an export is; None where there is none.

        Such events name no record: the index by record finds them however long the log is.
        """
        found = self._store.events("record = '' AND action = ?", (action,), newest=1)
        return found[-1] if found else None

    def content_head(self) -> Event | None:
        """Return the last event that changed a record: what dossiers print, since opening and exporting change none."""
        found = self._store.events("content = 1", newest=1)
        return found[-1] if found else None

    def _of(self, kind: Kind, record: type[R], column: str, value: str | None, withdrawn: bool) -> tuple[R, ...]:
        if value is None:
            return self._all(kind, record, withdrawn=withdrawn)
        return self._all(kind, record, f"{column} = ?", (value,), withdrawn=withdrawn)

    def _all(
        self, kind: Kind, record: type[R], where: str = "", values: tuple[str, ...] = (), *, withdrawn: bool = False
    ) -> tuple[R, ...]:
        if not where:
            kept = self.at_hand.every(kind) if withdrawn else self.at_hand.in_force(kind)
            return cast(tuple[R, ...], kept)
        found = self._store.records(kind, where, values)
        return tuple(r for r in found if isinstance(r, record) and (withdrawn or r.in_force))
