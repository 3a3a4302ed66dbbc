"""What an observation of each term asks for is made before the term is used: no key needs to wait for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence_desk.domain.codebook import Term
from evidence_desk.ui.panels.observation_fields import ObservationFields


def pieces(fields: ObservationFields, terms: Mapping[str, Term]) -> Iterator[None]:
    """Make the parts of the form that these terms need; stops after each."""
    if not fields.term.count():
        fields.set_terms(terms)
        yield
    yield from fields.attributes.prepare(terms.values())
