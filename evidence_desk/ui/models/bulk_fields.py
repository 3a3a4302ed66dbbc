"""What can be set in several observations at once, which values it takes, and what of each record then changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.domain.controlled_values import (
    BASES,
    CERTAINTIES,
    LEGIBILITIES,
    NOT_ASSESSABLE,
    PRESENCE_REASONS,
    PRESENCES,
)
from evidence_desk.domain.records import Observation
from evidence_desk.ui.panels.observation_parts import words_of
from evidence_desk.ui.translate import tr

Change = Callable[[Observation, str], Mapping[str, Any]]
_ATTRIBUTE = "attribute:"
_PART = "\x1f"
"""Between a presence and its reason in one value."""


@dataclass(frozen=True, slots=True)
class BulkField:
    """One field: `offered` are its (value, words), None where words are typed; `change` tells what a value changes."""

    id: str
    label: str
    offered: tuple[tuple[str, str], ...] | None
    change: Change


def bulk_fields(chosen: Sequence[Observation], terms: Mapping[str, Term]) -> tuple[BulkField, ...]:
    """Return the fields that can be set in all of these: the common ones, and the facts that their terms share."""
    not_stated = (("", tr("Not stated")),)
    plain = (
        ("certainty", tr("Certainty"), (*not_stated, *words_of(CERTAINTIES))),
        ("legibility", tr("Legibility"), (*not_stated, *words_of(LEGIBILITIES))),
        ("basis", tr("Basis"), words_of(BASES)),
        ("term", tr("Term"), tuple((term.id, term.label) for term in terms.values())),
    )
    fields = [BulkField(name, words, offered, _setter(name)) for name, words, offered in plain]
    fields.append(BulkField("presence", tr("Presence"), _presences(), _presence))
    fields.append(BulkField("statement", tr("Words, in place of those there"), None, _words))
    fields.append(BulkField("words after", tr("Words, after those there"), None, _words_after))
    for fact in shared_attributes(chosen, terms):
        offered = (*not_stated, *words_of(fact.offered)) if fact.offered else None
        fields.append(BulkField(f"{_ATTRIBUTE}{fact.id}", fact.label, offered, _fact(fact.id)))
    return tuple(fields)


def shared_attributes(chosen: Sequence[Observation], terms: Mapping[str, Term]) -> tuple[Attribute, ...]:
    """Return the facts that every chosen observation's term asks for alike, in the order of the first term."""
    asked = [terms[name].attributes if name in terms else () for name in dict.fromkeys(seen.term for seen in chosen)]
    if not asked:
        return ()
    return tuple(fact for fact in asked[0] if all(_alike(fact, other) for other in asked[1:]))


def _alike(fact: Attribute, others: Sequence[Attribute]) -> bool:
    return any(o.id == fact.id and o.kind == fact.kind and o.offered == fact.offered for o in others)


def _presences() -> tuple[tuple[str, str], ...]:
    found = []
    for presence, words in words_of(PRESENCES):
        found.append((presence, words))
        if presence == NOT_ASSESSABLE:
            for reason, why in words_of(PRESENCE_REASONS):
                found.append((f"{presence}{_PART}{reason}", f"{words}: {why.lower()}"))
    return tuple(found)


def _setter(name: str) -> Change:
    return lambda seen, value: {name: value} if getattr(seen, name) != value else {}


def _presence(seen: Observation, value: str) -> Mapping[str, Any]:
    presence, _, reason = value.partition(_PART)
    if (seen.presence, seen.presence_reason) == (presence, reason):
        return {}
    return {"presence": presence, "presence_reason": reason}


def _words(seen: Observation, value: str) -> Mapping[str, Any]:
    # The reason for a word that was kept belongs to the words that go.
    return {"statement": value, "guard_reason": ""} if value and seen.statement != value else {}


def _words_after(seen: Observation, value: str) -> Mapping[str, Any]:
    return {"statement": f"{seen.statement} {value}" if seen.statement else value} if value else {}


def _fact(name: str) -> Change:
    def change(seen: Observation, value: str) -> Mapping[str, Any]:
        held = {str(k): str(v) for k, v in (seen.attributes or {}).items()}
        now = {k: v for k, v in {**held, name: value}.items() if v}
        return {"attributes": now or None} if now != held else {}

    return change
