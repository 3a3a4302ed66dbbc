"""The vocabulary of a case: categories and terms, each worded as something that can be seen or heard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence_desk.domain.controlled_values import BASES
from evidence_desk.domain.errors import NotFound

CATEGORIES = ("people", "marking", "posture", "object", "sound", "continuity", "place")
"""The lanes of a codebook that names none of its own, in order; their words give the colours there are."""

TERM_KEYS = (*"123456789", *(f"Shift+{letter}" for letter in "QWERYPASFGJXCVB"))
"""The keys that a term may have: digits first, then Shift with a letter that no tool of the picture uses."""

TEXT, CHOICE, NUMBER, YES_NO = "text", "choice", "number", "yes-no"
ATTRIBUTE_KINDS = (TEXT, CHOICE, NUMBER, YES_NO)
YES_NO_WORDS = ("yes", "no", "not decidable")
"""What a yes-no fact may say: not to know is an answer too."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"[+\-\u2212]?\d+([.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A further fact of a term: `kind` is one of ATTRIBUTE_KINDS; `unit` stands behind a number."""

    id: str
    label: str
    choices: tuple[str, ...] = ()
    kind: str = TEXT
    unit: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the words to choose from, empty where the fact is written."""
        return YES_NO_WORDS if self.kind == YES_NO else self.choices


@dataclass(frozen=True, slots=True)
class Category:
    """A lane of the timeline; `colour` is one of CATEGORIES, whose tones differ in both themes; the icon tells too."""

    id: str
    label: str
    colour: str
    icon: str


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: `span` tells whether it usually lasts (interval) or happens at one frame (point).

    `key` is the one of TERM_KEYS that, in Review, makes an observation of this term; `statement` is the observable
    sentence that a one-key observation starts from; `counted` asks for min, best and max; `example` tells a case of it,
    and a near miss where that helps.
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
    example: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A whole codebook as it is exchanged: a file, or what a case holds."""

    name: str
    version: str
    title: str
    categories: tuple[Category, ...]
    terms: tuple[Term, ...]


USUAL_CATEGORIES = (
    Category("people", "People", "people", "ph.users-three"),
    Category("marking", "Marking", "marking", "ph.tag-simple"),
    Category("posture", "Posture", "posture", "ph.hand-palm"),
    Category("object", "Object", "object", "ph.cube"),
    Category("sound", "Sound", "sound", "ph.ear"),
    Category("continuity", "Continuity", "continuity", "ph.scissors"),
    Category("place", "Place", "place", "ph.map-pin"),
)
"""The lanes of a codebook that names none."""


def attribute_from(data: Mapping[str, Any]) -> Attribute:
    """Return the attribute described by JSON data; KeyError or ValueError where a field is missing or wrong."""
    choices = tuple(str(choice) for choice in data.get("choices", ()))
    kind = data.get("kind") or (CHOICE if choices else TEXT)
    name = str(data["label"])
    if kind not in ATTRIBUTE_KINDS:
        raise ValueError(f"{name} has no kind {kind}; there are {', '.join(ATTRIBUTE_KINDS)}")
    if kind == CHOICE and len(choices) < 2:
        raise ValueError(f"{name} is a choice and offers fewer than two")
    if choices and kind != CHOICE:
        raise ValueError(f"{name} is no choice and offers some")
    if len(set(choices)) < len(choices) or any(not choice.strip() for choice in choices):
        raise ValueError(f"the choices of {name} are empty or not all different")
    return Attribute(_id(data["id"]), _said(name, "an attribute"), choices, kind, str(data.get("unit", "")))


def category_from(data: Mapping[str, Any]) -> Category:
    """Return the category described by JSON data; KeyError or ValueError where a field is missing or wrong."""
    label = _said(str(data["label"]), "a category")
    colour = data.get("colour") or CATEGORIES[0]
    if colour not in CATEGORIES:
        raise ValueError(f"{label} has no colour {colour}; there are {', '.join(CATEGORIES)}")
    return Category(_id(data["id"]), label, colour, str(data.get("icon", "")))


def term_from(data: Mapping[str, Any]) -> Term:
    """Return the term described by JSON data; KeyError or ValueError where a field is missing or wrong."""
    label = _said(str(data["label"]), "a term")
    attributes = tuple(attribute_from(a) for a in data.get("attributes", ()))
    _refuse_twins(attributes, "id", label)
    return Term(
        id=_id(data["id"]),
        category=data["category"],
        label=label,
        definition=data["definition"],
        key=data.get("key", ""),
        icon=data.get("icon", ""),
        basis=data.get("basis", "seen"),
        span=bool(data.get("span", False)),
        counted=bool(data.get("counted", False)),
        statement=data.get("statement", ""),
        attributes=attributes,
        example=data.get("example", ""),
    )


def terms_from(
    data: Sequence[Mapping[str, Any]], categories: Iterable[Category] = USUAL_CATEGORIES
) -> tuple[Term, ...]:
    """Return the terms of a codebook with these categories.

    Two terms with the same id or key, and a term outside the categories, are refused with ValueError by name.
    """
    terms = tuple(term_from(d) for d in data)
    known = {category.id for category in categories}
    for term in terms:
        if term.category not in known:
            raise ValueError(f"{term.label} is in no category of the codebook ({term.category})")
        if term.basis not in BASES:
            raise ValueError(f"{term.label} has no basis {term.basis}; there are {', '.join(BASES)}")
        if term.key and term.key not in TERM_KEYS:
            raise ValueError(f"{term.label} has the key {term.key}; a term has a digit or one of {TERM_KEYS[9]} …")
    for what in ("id", "key", "label"):
        _refuse_twins(terms, what, "")
    return terms


def categories_from(data: Sequence[Mapping[str, Any]]) -> tuple[Category, ...]:
    """Return the categories of a codebook, the usual ones where it names none; ValueError as `terms_from`."""
    found = tuple(category_from(d) for d in data)
    _refuse_twins(found, "id", "")
    _refuse_twins(found, "label", "")
    return found or USUAL_CATEGORIES


def vocabulary_from(data: Mapping[str, Any]) -> Vocabulary:
    """Return the codebook that JSON data describe; ValueError, in words for people, where they describe none."""
    try:
        categories = categories_from(data.get("categories") or ())
        terms = terms_from(data["terms"], categories)
        name, version = str(data["name"]).strip(), str(data["version"]).strip()
        title = str(data.get("title") or name)
    except KeyError as error:
        raise ValueError(f"the field {error.args[0]} is missing") from None
    except (TypeError, AttributeError):
        raise ValueError("it is no codebook: name, version, categories and terms are expected") from None
    if not name or not version:
        raise ValueError("it needs a name and a version")
    if not terms:
        raise ValueError("it needs at least one term")
    return Vocabulary(name, version, title, categories, terms)


def vocabulary_to(book: Vocabulary) -> dict[str, Any]:
    """Return a codebook as JSON data; `vocabulary_from` reads the same back."""
    return {
        "name": book.name,
        "version": book.version,
        "title": book.title,
        "categories": [_plain(category) for category in book.categories],
        "terms": [{**_plain(term), "attributes": [_plain(a) for a in term.attributes]} for term in book.terms],
    }


def next_version(version: str) -> str:
    """Return the version after one: the last number in it is one more, `1.0` gives `1.1`, `draft` gives `draft.1`."""
    found = re.search(r"(\d+)(\D*)$", version)
    if found is None:
        return f"{version}.1"
    return f"{version[: found.start()]}{int(found[1]) + 1}{found[2]}"


def attribute_problem(attribute: Attribute, value: str) -> str:
    """Return one sentence on why a value is none for the attribute, "" where it is one or nothing is stated."""
    if not value:
        return ""
    if attribute.kind == CHOICE and value not in attribute.choices:
        return f"{attribute.label} is one of {', '.join(attribute.choices)}, not {value}."
    if attribute.kind == YES_NO and value not in YES_NO_WORDS:
        return f"{attribute.label} is yes, no or not decidable, not {value}."
    if attribute.kind == NUMBER and not _NUMBER.fullmatch(value):
        return f"{attribute.label} is a number, not {value}."
    return ""


def find_term(terms: Sequence[Term], name: str) -> Term:
    """Return the term with that id or label, whatever the case of its letters; raises NotFound naming what there is."""
    wanted = name.strip().casefold()
    for term in terms:
        if wanted in (term.id.casefold(), term.label.casefold()):
            return term
    known = ", ".join(t.id for t in terms)
    raise NotFound(f"The codebook has no term {name}. Nothing was written. Its terms are: {known}.")


def id_from(label: str, taken: Iterable[str]) -> str:
    """Return an id for a label, not among those taken: `Long object held` gives `long-object-held`."""
    words = "-".join(re.findall(r"[a-z0-9]+", label.casefold())) or "entry"
    used, found, count = set(taken), words, 2
    while found in used:
        found, count = f"{words}-{count}", count + 1
    return found


def _plain(value: Term | Category | Attribute) -> dict[str, Any]:
    names = (name for name in value.__dataclass_fields__ if name != "attributes")
    return {name: list(v) if isinstance(v := getattr(value, name), tuple) else v for name in names}


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(f"{value} is no id: small letters, digits and dashes")
    return value


def _said(label: str, what: str) -> str:
    if not label.strip():
        raise ValueError(f"{what} needs a name")
    return label.strip()


def _refuse_twins(entries: Sequence[Term | Category | Attribute], what: str, of: str) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        value = getattr(entry, what)
        if value and value in seen:
            where = f" of {of}" if of else ""
            raise ValueError(f"{entry.label} and {seen[value]}{where} share the {what} {value}")
        seen[value] = entry.label
