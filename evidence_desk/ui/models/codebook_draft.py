"""A codebook while it is being changed: nothing of it is kept before the whole is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from evidence_desk.domain.codebook import (
    ATTRIBUTE_KINDS,
    CATEGORIES,
    TEXT,
    Attribute,
    Category,
    Term,
    Vocabulary,
    id_from,
    next_version,
    vocabulary_from,
    vocabulary_to,
)
from evidence_desk.domain.errors import Refused
from evidence_desk.ui.translate import plural, tr

Named = TypeVar("Named", Term, Category)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a category, or a term in it."""

    id: str
    is_category: bool


class CodebookDraft:
    """Holds the codebook as it stands in the editor; `used` tells how many observations use each term."""

    def __init__(self, book: Vocabulary, used: Mapping[str, int]) -> None:
        self._before, self.book, self.used = book, book, dict(used)
        self._new: set[str] = set()

    @property
    def differs(self) -> bool:
        """Tell whether anything was changed."""
        return self.book != self._before

    @property
    def version(self) -> str:
        """The version as which it will be kept."""
        same_name = self.book.name == self._before.name
        return next_version(self._before.version) if same_name else self.book.version

    def entries(self) -> tuple[Entry, ...]:
        """Return every category with its terms below it, in order."""
        found: list[Entry] = []
        for category in self.book.categories:
            found.append(Entry(category.id, True))
            found += [Entry(term.id, False) for term in self.book.terms if term.category == category.id]
        return tuple(found)

    def term(self, id_: str) -> Term:
        """Return a term; StopIteration is a defect of the caller."""
        return next(term for term in self.book.terms if term.id == id_)

    def category(self, id_: str) -> Category:
        """Return a category."""
        return next(category for category in self.book.categories if category.id == id_)

    def problem(self) -> str:
        """Say what keeps the codebook from being kept, "" for nothing."""
        lost = sorted(id_ for id_ in self.used if id_ not in {term.id for term in self.book.terms})
        if lost:
            return tr(
                "{term} is used by {count} and has to stay: give it another wording instead.",
                term=lost[0],
                count=self.uses(lost[0]),
            )
        try:
            vocabulary_from(vocabulary_to(self.book))
        except ValueError as error:
            return f"{str(error)[:1].upper()}{str(error)[1:]}."
        undefined = next((term.label for term in self.book.terms if not term.definition.strip()), "")
        return tr("{term} has no definition.", term=undefined) if undefined else ""

    def uses(self, id_: str) -> str:
        """Tell how many observations use a term."""
        return plural(self.used.get(id_, 0), "1 observation", "{count} observations")

    def set_term(self, id_: str, **changes: Any) -> None:
        """Change fields of a term; Refused where the key is another term's, naming it."""
        key = changes.get("key", "")
        holder = next((t for t in self.book.terms if key and t.key == key and t.id != id_), None)
        if holder is not None:
            raise Refused(tr("{key} is the key of {term}.", key=key, term=holder.label))
        terms = tuple(replace(term, **changes) if term.id == id_ else term for term in self.book.terms)
        self.book = replace(self.book, terms=terms)

    def set_category(self, id_: str, **changes: Any) -> None:
        """Change fields of a category."""
        categories = tuple(replace(c, **changes) if c.id == id_ else c for c in self.book.categories)
        self.book = replace(self.book, categories=categories)

    def add_term(self, category: str) -> str:
        """Add a term at the end of a category and return its id."""
        taken = {term.label for term in self.book.terms}
        label = _free(tr("New term"), taken)
        id_ = id_from(label, (term.id for term in self.book.terms))
        icon = self.category(category).icon
        self.book = replace(self.book, terms=(*self.book.terms, Term(id_, category, label, "", icon=icon)))
        self._new.add(id_)
        return id_

    def add_category(self) -> str:
        """Add a category at the end, in the colour that fewest have, and return its id."""
        label = _free(tr("New category"), {category.label for category in self.book.categories})
        id_ = id_from(label, (category.id for category in self.book.categories))
        worn = [category.colour for category in self.book.categories]
        colour = min(CATEGORIES, key=worn.count)
        made = Category(id_, label, colour, "ph.tag-simple")
        self.book = replace(self.book, categories=(*self.book.categories, made))
        self._new.add(id_)
        return id_

    def remove(self, entry: Entry) -> None:
        """Take an entry away; Refused for a term in use, and for a category that holds terms or is the last."""
        if entry.is_category:
            if any(term.category == entry.id for term in self.book.terms):
                raise Refused(tr("{name} holds terms. Move or remove them first.", name=self.category(entry.id).label))
            if len(self.book.categories) == 1:
                raise Refused(tr("A codebook has at least one category."))
            left = tuple(category for category in self.book.categories if category.id != entry.id)
            self.book = replace(self.book, categories=left)
            return
        if self.used.get(entry.id):
            name = self.term(entry.id).label
            raise Refused(tr("{name} is used by {count} and stays.", name=name, count=self.uses(entry.id)))
        self.book = replace(self.book, terms=tuple(term for term in self.book.terms if term.id != entry.id))

    def move(self, entry: Entry, by: int) -> None:
        """Move a category among the categories, or a term among those of its category."""
        if entry.is_category:
            self.book = replace(
                self.book, categories=_moved(self.book.categories, self.category(entry.id), by, lambda _: True)
            )
            return
        term = self.term(entry.id)
        terms = _moved(self.book.terms, term, by, lambda other: other.category == term.category)
        self.book = replace(self.book, terms=terms)

    def named(self) -> Vocabulary:
        """Return the codebook, what is new in it under ids made from its names as they are now."""
        categories = _named(self.book.categories, self._new)
        terms = _named(self.book.terms, self._new)
        renamed = {c.id: new.id for c, new in zip(self.book.categories, categories, strict=True)}
        placed = tuple(replace(term, category=renamed[term.category]) for term in terms)
        return replace(self.book, categories=categories, terms=placed)

    def take(self, book: Vocabulary) -> None:
        """Put another codebook in the place of this one, as read from a file."""
        self.book, self._new = book, set()

    def take_back(self) -> None:
        """Be the codebook in force again."""
        self.take(self._before)

    def state(self) -> dict[str, Any]:
        """Return what JSON can hold of it, half made as it may be; `restore` reads it back."""
        return {"base": self._base(), "book": vocabulary_to(self.book), "new": sorted(self._new)}

    def restore(self, state: Mapping[str, Any]) -> bool:
        """Take what was put aside; False, and nothing changes, where it makes no sense."""
        found = half_made(state.get("book"))
        new = state.get("new")
        if found is None or not isinstance(new, list):
            return False
        self.book, self._new = found, {str(id_) for id_ in new}
        return True

    def is_of_another(self, state: Mapping[str, Any]) -> bool:
        """Tell whether what was put aside was begun on another version than the one in force."""
        return state.get("base") != self._base()

    def _base(self) -> str:
        return f"{self._before.name} {self._before.version}"


def half_made(data: object) -> Vocabulary | None:
    """Return the codebook in the data of `vocabulary_to` also where rules are broken that it must keep in the end.

    None where it is no codebook at all: a case may come from a stranger.
    """
    if not isinstance(data, dict):
        return None
    try:
        categories = tuple(_texts(Category, c) for c in data["categories"])
        terms = tuple(_texts(Term, t) for t in data["terms"])
        name, version, title = (str(data[key]) for key in ("name", "version", "title"))
    except (KeyError, TypeError, AttributeError):
        return None
    known, ids = {category.id for category in categories}, {term.id for term in terms}
    if not known or (len(known), len(ids)) != (len(categories), len(terms)):
        return None
    if any(term.category not in known for term in terms):
        return None
    return Vocabulary(name, version, title, categories, terms)


def _texts(kind: type[Any], data: Mapping[str, Any]) -> Any:
    """Return an entry or a fact of it: words as words, what is yes or no as that, facts and choices one by one."""
    values: dict[str, Any] = {}
    for name in kind.__dataclass_fields__:
        value = data[name]
        if name == "attributes":
            values[name] = tuple(_texts(Attribute, fact) for fact in value)
        elif name == "choices":
            values[name] = tuple(str(choice) for choice in value)
        else:
            values[name] = value if isinstance(value, bool) and name in ("span", "counted") else str(value)
    if values.get("kind", TEXT) not in ATTRIBUTE_KINDS or values.get("colour", CATEGORIES[0]) not in CATEGORIES:
        raise TypeError(f"{kind.__name__} is none")
    return kind(**values)


def _named(entries: tuple[Named, ...], new: set[str]) -> tuple[Named, ...]:
    taken = {entry.id for entry in entries if entry.id not in new}
    found = []
    for entry in entries:
        kept = replace(entry, id=id_from(entry.label, taken)) if entry.id in new else entry
        taken.add(kept.id)
        found.append(kept)
    return tuple(found)


def _free(label: str, taken: set[str]) -> str:
    found, count = label, 2
    while found in taken:
        found, count = f"{label} {count}", count + 1
    return found


def _moved(entries: tuple[Any, ...], entry: Any, by: int, beside: Any) -> tuple[Any, ...]:
    """Change places with the next entry in the direction `by` that stands beside it in the list."""
    here = entries.index(entry)
    places = range(here + 1, len(entries)) if by > 0 else range(here - 1, -1, -1)
    there = next((place for place in places if beside(entries[place])), here)
    changed = list(entries)
    changed[here], changed[there] = changed[there], changed[here]
    return tuple(changed)
