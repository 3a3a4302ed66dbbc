"""Records to rows and back: tuples and objects are canonical JSON in their column, truth values are 0 or 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_origin, get_type_hints

from evidence_desk.domain.errors import CaseError, Refused
from evidence_desk.domain.records import Kind, Record
from evidence_desk.store.canonical import canonical_text, parsed

_KNOWN: dict[str, dict[str, str]] = {}


def _shapes(record: type[Record]) -> dict[str, str]:
    """Return how each field is stored: `json`, `tuple`, `bool` or `plain`."""
    if record.__name__ in _KNOWN:
        return _KNOWN[record.__name__]
    shapes = _KNOWN[record.__name__] = {}
    for name, hint in get_type_hints(record).items():
        if get_origin(hint) is tuple:
            shapes[name] = "tuple"
        elif "dict" in str(hint):
            shapes[name] = "json"
        else:
            shapes[name] = "bool" if hint is bool else "plain"
    return shapes


def to_row(record: Record) -> dict[str, Any]:
    """Return the record as column values."""
    row: dict[str, Any] = {}
    for name, shape in ((f.name, _shapes(type(record))[f.name]) for f in fields(record)):
        value = getattr(record, name)
        if shape in ("json", "tuple"):
            row[name] = None if value is None else canonical_text(value)
        else:
            row[name] = int(value) if shape == "bool" else value
            if isinstance(value, str) and not _is_text(value):
                raise Refused(f"The field {name} holds bytes that are no text. Nothing was written. Type it again.")
    return row


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def from_row(kind: Kind, row: Mapping[str, Any]) -> Record:
    """Return the record that a row holds; raises CaseError where the row was spoiled from outside."""
    try:
        return from_plain(kind, {n: _read(_shapes(kind.record)[n], row[n]) for n in kind.columns()})
    except (ValueError, TypeError, LookupError) as error:
        raise CaseError(
            f"The {kind.name} {row['number']} cannot be read: its row was changed from outside ({error}). "
            "The exhibits are untouched. Earlier states of the case file may lie in the case's folder backups."
        ) from error


def from_plain(kind: Kind, values: Mapping[str, Any]) -> Record:
    """Return the record with these field values; fields that are not named take their defaults."""
    shapes = _shapes(kind.record)
    ready: dict[str, Any] = {n: tuple(v) if shapes[n] == "tuple" else v for n, v in values.items()}
    return kind.record(**ready)


def _read(shape: str, value: Any) -> Any:
    if shape == "tuple":
        return tuple(parsed(value) or ())
    if shape == "json":
        return parsed(value)
    return bool(value) if shape == "bool" else value
