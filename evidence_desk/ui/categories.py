"""The categories of the codebook in force, as the window shows them: order, name, colour and icon.

Set once a case is open and again when its codebook changes; between cases the usual ones hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence_desk.domain.codebook import CATEGORIES, USUAL_CATEGORIES, Category
from evidence_desk.ui.translate import tr

_in_force: dict[str, Category] = {category.id: category for category in USUAL_CATEGORIES}


def set_categories(categories: Sequence[Category] = USUAL_CATEGORIES) -> None:
    """Let these be the categories from now on."""
    _in_force.clear()
    _in_force.update({category.id: category for category in categories})


def in_order(used: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the used categories in the order of the lanes; those that no codebook names come last."""
    wanted = set(used)
    known = [id_ for id_ in _in_force if id_ in wanted]
    return (*known, *sorted(wanted.difference(known)))


def category_name(id_: str) -> str:
    """Return the name of a category for people."""
    return tr(_in_force[id_].label) if id_ in _in_force else id_


def category_icon(id_: str) -> str:
    """Return the icon of a category, a plain one where it has none."""
    return (_in_force[id_].icon if id_ in _in_force else "") or "ph.dots-three"


def colour_path(id_: str) -> str:
    """Return the token of a category's colour: `category.posture`, secondary text where it is none."""
    colour = _in_force[id_].colour if id_ in _in_force else ""
    return f"category.{colour}" if colour in CATEGORIES else "text.secondary"
