"""Folding the log into records: what the rows must be if every change came through the one door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidence_desk.domain.records import KINDS, Record, kind_named, plain
from evidence_desk.store.audit import Event
from evidence_desk.store.canonical import canonical, safe
from evidence_desk.store.rows import from_plain

Records = dict[str, dict[str, Any]]
"""Plain records by number."""


def fold(events: Iterable[Event]) -> Records:
    """Return every record as the content events leave it; fields younger than an event take their defaults."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for event in events:
        if not event.content or not isinstance(event.after, dict):
            continue  # an event that was altered: the chain says so
        _, values = found.get(event.record, (event.kind, {}))
        found[event.record] = (event.kind, {**values, **event.after})
    return {number: _whole(kind, values) for number, (kind, values) in found.items()}


def stored(records: Iterable[Record]) -> Records:
    """Return records as plain values by number."""
    return {r.number: safe(plain(r)) for r in records}


def differences(expected: Mapping[str, Mapping[str, Any]], actual: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return one line for each record that is missing, unknown to the log, or other than the log left it."""
    lines = [f"{n}: the log knows it, its row is missing" for n in expected if n not in actual]
    lines += [f"{n}: a row that the log does not know" for n in actual if n not in expected]
    for number in expected:
        if number not in actual or canonical(expected[number]) == canonical(actual[number]):
            continue
        names = [f for f in actual[number] if canonical(actual[number][f]) != canonical(expected[number].get(f))]
        lines.append(f"{number}: {', '.join(names) or 'a field'} differs from the log")
    return tuple(sorted(lines))


def _whole(kind_name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    known = {k.name for k in KINDS}
    if kind_name not in known:
        return dict(values)
    kind = kind_named(kind_name)
    columns = kind.columns()
    if set(values) - set(columns):
        return dict(values)
    try:
        record = from_plain(kind, values)
    except TypeError:
        # An event that was altered so that a needed field is gone: the comparison will say so.
        return dict(values)
    whole: dict[str, Any] = safe(plain(record))
    return whole
