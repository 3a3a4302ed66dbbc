"""The vocabulary of a case: categories and terms, each worded as something that can be seen or heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence_desk.domain.errors import NotFound

CATEGORIES = ("people", "marking", "posture", "object", "sound", "continuity", "place")
"""The lanes of the timeline, in order; colours and icons are the window's."""

TERM_KEYS = (*"123456789", *(f"Shift+{letter}" for letter in "QWERYPASFGJXCVB"))
"""The keys that a term may have: digits first, then Shift with a letter that no tool of the picture uses."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A further fact of a term: free text where `choices` is empty, else one of the choices."""

    id: str
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: `span` tells whether it usually lasts (interval) or happens at one frame (point).

    `key` is the one of TERM_KEYS that, in Review, makes an observation of this term; `statement` is the observable
    sentence that a one-key observation starts from; `counted` asks for min, best and max.
    """

    id: str
    category: str
    label: str
    definition: str
    key: str = ""
    icon: str = ""
    basis: str = "seen"
    span: bool = False
    counted: bool = False
    statement: str = ""
    attributes: tuple[Attribute, ...] = field(default_factory=tuple)


def term_from(data: Mapping[str, Any]) -> Term:
    """Return the term described by JSON data; KeyError or ValueError where a field is missing or wrong."""
    if data["category"] not in CATEGORIES:
        raise ValueError(f"{data['category']} is no category")
    attributes = tuple(Attribute(a["id"], a["label"], tuple(a.get("choices", ()))) for a in data.get("attributes", ()))
    return Term(
        id=data["id"],
        category=data["category"],
        label=data["label"],
        definition=data["definition"],
        key=data.get("key", ""),
        icon=data.get("icon", ""),
        basis=data.get("basis", "seen"),
        span=bool(data.get("span", False)),
        counted=bool(data.get("counted", False)),
        statement=data.get("statement", ""),
        attributes=attributes,
    )


def terms_from(data: Sequence[Mapping[str, Any]]) -> tuple[Term, ...]:
    """Return the terms of a codebook; two terms with the same id or key are refused with ValueError by name."""
    terms = tuple(term_from(d) for d in data)
    for what in ("id", "key"):
        seen: dict[str, str] = {}
        for term in terms:
            value = getattr(term, what)
            if value and value in seen:
                raise ValueError(f"{term.label} and {seen[value]} share the {what} {value}")
            seen[value] = term.label
    return terms


def find_term(terms: Sequence[Term], name: str) -> Term:
    """Return the term with that id or label, whatever the case of its letters; raises NotFound naming what there is."""
    wanted = name.strip().casefold()
    for term in terms:
        if wanted in (term.id.casefold(), term.label.casefold()):
            return term
    known = ", ".join(t.id for t in terms)
    raise NotFound(f"The codebook has no term {name}. Nothing was written. Its terms are: {known}.")
