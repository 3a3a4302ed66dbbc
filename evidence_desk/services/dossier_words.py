"""The words of the dossier's observations: each in the version of the codebook under which it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence_desk.domain.codebook import Term, categories_from, terms_from
from evidence_desk.domain.records import Observation
from evidence_desk.services.queries import Queries


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of every version that the case has held, by version and id; `in_force` names the one in force."""

    in_force: str
    terms: Mapping[str, Mapping[str, Term]]

    @classmethod
    def of(cls, queries: Queries) -> Words:
        """Return the words of a case."""
        terms = {
            f"{book.name} {book.version}": {t.id: t for t in terms_from(book.terms, categories_from(book.categories))}
            for book in queries.codebooks()
        }
        book = queries.codebook()
        return cls(f"{book.name} {book.version}", terms)

    def term(self, observation: Observation) -> Term:
        """Return the term as it was worded for the observation; the bare id where no version has it."""
        versions = (self.terms.get(observation.codebook, {}), self.terms[self.in_force])
        found = next((version[observation.term] for version in versions if observation.term in version), None)
        return found or Term(observation.term, "continuity", observation.term, "")

    def facts(self, observation: Observation) -> tuple[tuple[str, str], ...]:
        """Return the further facts of an observation, with their labels and units, in the order of their ids."""
        attributes = {a.id: a for a in self.term(observation).attributes}
        found = []
        for id_, value in sorted((observation.attributes or {}).items()):
            defined = attributes.get(id_)
            label, unit = (defined.label, defined.unit) if defined is not None else (id_, "")
            found.append((label, f"{value} {unit}".strip()))
        if observation.codebook not in ("", self.in_force):
            found.append(("Worded by", observation.codebook))
        return tuple(found)

    def told(self, observations: Sequence[Observation]) -> str:
        """Return which codebook the case uses, and which earlier versions its observations keep."""
        kept = sorted({o.codebook for o in observations if o.codebook not in ("", self.in_force)})
        return (
            f"{self.in_force}; observations made under {' and '.join(kept)} keep its words" if kept else self.in_force
        )
