"""Another version of the codebook: taken in whole; observations keep the version under which they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.codebook import Term, Vocabulary, next_version, vocabulary_from, vocabulary_to
from evidence_desk.domain.errors import Refused
from evidence_desk.domain.records import OBSERVATION, Observation
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.codebook_rules import codebooks_in_force, version_text, vocabulary_of
from evidence_desk.services.commands.records import AddRecord, Restore, Withdraw
from evidence_desk.store.writer import CaseWriter


@dataclass(frozen=True, slots=True)
class SetCodebook:
    """Puts a codebook in force; where its name and version were held before, the version becomes the next free one."""

    data: Mapping[str, Any]

    @property
    def label(self) -> str:
        """Name the step."""
        return "Change codebook"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the new version beside the others; the inverse puts the one before it in force again."""
        try:
            book = vocabulary_from(self.data)
        except ValueError as error:
            raise Refused(f"The codebook cannot be used: {error}. Nothing was changed.") from error
        held = codebooks_in_force(writer)
        before = vocabulary_of(held[-1])
        if (book.name, book.title, book.categories, book.terms) == (
            before.name,
            before.title,
            before.categories,
            before.terms,
        ):
            raise Refused(f"Nothing differs from {version_text(held[-1])}, which is in force. Nothing was changed.")
        _refuse_lost(writer, book.terms, version_text(held[-1]))
        taken = {version_text(record) for record in held}
        version = book.version
        while f"{book.name} {version}" in taken:
            version = next_version(version)
        done = AddRecord("codebook", {**vocabulary_to(book), "version": version}).apply(writer)
        assert isinstance(done, Withdraw)
        return TakeBackCodebook(done.number)


@dataclass(frozen=True, slots=True)
class TakeBackCodebook:
    """The inverse: refused where an observation uses a term that only this version has."""

    number: str

    @property
    def label(self) -> str:
        """Name the step."""
        return "Take back codebook"

    def apply(self, writer: CaseWriter) -> Command:
        """Withdraw the version; the inverse restores it."""
        left = [record for record in codebooks_in_force(writer) if record.number != self.number]
        if not left:
            raise Refused("A case keeps at least one codebook. Nothing was changed.")
        _refuse_lost(writer, vocabulary_of(left[-1]).terms, "this version")
        inverse = Withdraw(self.number, "Undone.", undoing=True).apply(writer)
        assert isinstance(inverse, Restore)
        return PutBackCodebook(inverse)


@dataclass(frozen=True, slots=True)
class PutBackCodebook:
    """Restores a version that was taken back; its inverse takes it back again."""

    restore: Restore

    @property
    def label(self) -> str:
        """Name the step."""
        return "Change codebook"

    def apply(self, writer: CaseWriter) -> Command:
        """Put the version in force again."""
        self.restore.apply(writer)
        return TakeBackCodebook(self.restore.number)


def set_codebook(book: Vocabulary) -> Command:
    """Put a changed or imported codebook in force as a new version."""
    return SetCodebook(vocabulary_to(book))


def _refuse_lost(writer: CaseWriter, terms: tuple[Term, ...], version: str) -> None:
    """Refuse to take away a term that an observation in force uses: it could be neither shown nor edited."""
    kept = {term.id for term in terms}
    for record in writer.find(OBSERVATION, "withdrawn", ""):
        if isinstance(record, Observation) and record.term not in kept:
            raise Refused(
                f"The term {record.term} of {version} is used by {record.number} and cannot be taken away. "
                "Nothing was changed. Give it another wording, or withdraw the observation first."
            )
