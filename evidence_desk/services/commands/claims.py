"""Sources with their text, claims as verbatim quotations of it, and the propositions a claim is split into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.errors import NotFound, Refused
from evidence_desk.domain.records import Source
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.records import AddRecord
from evidence_desk.store.writer import CaseWriter


def add_source(**fields: Any) -> Command:
    """Add a source; `title` is needed, the other names are those of `domain.records.Source`."""
    text = str(fields.get("text", ""))
    return AddRecord("source", {**fields, "text": text.replace("\r\n", "\n").replace("\r", "\n")})


def add_claim(
    source: str, quote: str, at: int | None = None, claimant: str = "", dated: str = "", **fields: Any
) -> Command:
    """Add a claim whose quotation stands in the source; `at`, its first character, is needed where it stands twice."""
    return AddClaim(source, quote, at, {"claimant": claimant, "dated": dated, **fields})


def split_claim(claim: str, text: str, type: str, testable: str = "", note: str = "") -> Command:  # noqa: A002
    """Add a proposition to a claim."""
    return AddRecord("proposition", {"claim": claim, "text": text, "type": type, "testable": testable, "note": note})


@dataclass(frozen=True, slots=True)
class AddClaim:
    """Finds the place of the quotation at the moment of writing, in the text as it is stored."""

    source: str
    quote: str
    at: int | None
    fields: dict[str, Any]

    @property
    def label(self) -> str:
        """Name the step."""
        return "Add claim"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the claim with its place; raises NotFound where the quotation does not stand there."""
        source = writer.get(self.source)
        if not isinstance(source, Source):
            raise Refused(f"{self.source} is no source. Nothing was written.")
        start = place_of(source, self.quote, self.at)
        values = {
            **self.fields,
            "source": self.source,
            "quote": self.quote,
            "start": start,
            "end": start + len(self.quote),
        }
        values["claimant"] = values["claimant"] or source.author or source.publisher
        values["dated"] = values["dated"] or source.dated
        return AddRecord("claim", values).apply(writer)


def place_of(source: Source, quote: str, at: int | None) -> int:
    """Return where the quotation begins in the source's text, in characters; refuses an absent or doubtful place."""
    if not quote.strip():
        raise Refused("A claim needs its quotation. Nothing was written.")
    if at is not None:
        if source.text[at : at + len(quote)] != quote:
            raise NotFound(f"The quotation does not stand at character {at} of {source.number}. Nothing was written.")
        return at
    first = source.text.find(quote)
    if first < 0:
        raise NotFound(
            f"The quotation was not found in the text of {source.number}. Nothing was written. "
            "It has to stand there letter by letter."
        )
    second = source.text.find(quote, first + 1)
    if second >= 0:
        raise Refused(
            f"The quotation stands more than once in {source.number}, first at characters {first} and {second}. "
            "Nothing was written. Say which one with its first character."
        )
    return first
