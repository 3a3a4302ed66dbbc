"""The eight items of an acquisition record and how many of them are held.

Modelled on the collection items of the Berkeley Protocol (paras 153-155): address, page source, full-page capture,
embedded media, embedded metadata, context, collection data, hash at collection.
"""

from __future__ import annotations

from dataclasses import dataclass

from evidence_desk.domain.records import Acquisition


@dataclass(frozen=True, slots=True)
class Item:
    """One of the eight: its name and the fields that all have to be filled."""

    name: str
    fields: tuple[str, ...]


ITEMS: tuple[Item, ...] = (
    Item("target URL", ("source_url",)),
    Item("page source", ("page_source",)),
    Item("full-page capture", ("page_capture",)),
    Item("embedded media", ("embedded_media",)),
    Item("embedded metadata", ("embedded_metadata",)),
    Item("context", ("context",)),
    Item("collection data", ("collected_by", "collected_at", "method")),
    Item("hash at collection", ("hash_at_collection",)),
)


def held(acquisition: Acquisition | None) -> tuple[bool, ...]:
    """Return for each of the eight items whether all of its fields are filled."""
    if acquisition is None:
        return (False,) * len(ITEMS)
    return tuple(all(str(getattr(acquisition, f)).strip() for f in item.fields) for item in ITEMS)


def completeness(acquisition: Acquisition | None) -> int:
    """Return how many of the eight items are recorded, 0 to 8."""
    return sum(held(acquisition))


def missing(acquisition: Acquisition | None) -> tuple[str, ...]:
    """Return the names of the items that are not recorded, in order."""
    return tuple(item.name for item, has in zip(ITEMS, held(acquisition), strict=True) if not has)
