"""What a codebook must be, and what an observation may say in its terms."""

from __future__ import annotations

from collections import deque

from evidence_desk.domain.codebook import (
    Term,
    Vocabulary,
    attribute_problem,
    find_term,
    vocabulary_from,
)
from evidence_desk.domain.errors import NotFound, Refused
from evidence_desk.domain.records import CODEBOOK, Codebook, Observation
from evidence_desk.store.writer import CaseWriter

_read: deque[tuple[Codebook, Vocabulary]] = deque(maxlen=4)
"""Those read last: of a step that changes many observations each one asks for them."""


def vocabulary_of(record: Codebook) -> Vocabulary:
    """Return the codebook that a record holds; raises Refused where it cannot be used."""
    for known, vocabulary in _read:
        if known == record:
            return vocabulary
    data = {
        "name": record.name,
        "version": record.version,
        "title": record.title,
        "categories": record.categories,
        "terms": record.terms,
    }
    try:
        found = vocabulary_from(data)
    except ValueError as error:
        raise Refused(f"The codebook {record.name} cannot be used: {error}. Nothing was written.") from error
    _read.append((record, found))
    return found


def codebooks_in_force(writer: CaseWriter) -> tuple[Codebook, ...]:
    """Return every version that the case has held, the one in force last; raises NotFound where there is none."""
    found = tuple(c for c in writer.find(CODEBOOK, "withdrawn", "") if isinstance(c, Codebook))
    if not found:
        raise NotFound("The case has no codebook. Nothing was written.")
    return found


def version_text(record: Codebook) -> str:
    """Return how observations name a codebook: `custody 1.0`."""
    return f"{record.name} {record.version}"


def check_terms(writer: CaseWriter, record: Observation) -> None:
    """Refuse a term, or the value of a fact, that neither the observation's version nor the one in force knows.

    An observation keeps the version under which it was made: what was right then stays right.
    """
    known = _terms_for(writer, record)
    terms = [term for term in known if term.id == record.term]
    if not terms:
        find_term(known, record.term)
        raise Refused(f"{record.term} is a label; the record keeps the term's id. Nothing was written.")
    for id_, value in (record.attributes or {}).items():
        # A fact that no version names is a word of its own: it is kept as written.
        defined = [attribute for term in terms for attribute in term.attributes if attribute.id == id_]
        problems = [attribute_problem(attribute, str(value)) for attribute in defined]
        if problems and all(problems):
            raise Refused(f"{problems[0]} Nothing was written.")


def _terms_for(writer: CaseWriter, record: Observation) -> tuple[Term, ...]:
    books = codebooks_in_force(writer)
    own = next((book for book in books if version_text(book) == record.codebook), books[-1])
    newest = vocabulary_of(books[-1]).terms
    return newest if own is books[-1] else (*newest, *vocabulary_of(own).terms)
