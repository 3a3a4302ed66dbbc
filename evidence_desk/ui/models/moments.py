"""Moments as people read them: day, month in letters, and always the zone."""

from __future__ import annotations

from evidence_desk.domain.time import parse_utc

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment_text(utc: str) -> str:
    """Return a stored UTC moment as `20 Nov 2026, 09:12 UTC`; a text that names no moment is returned as it is."""
    try:
        moment = parse_utc(utc)
    except ValueError:
        return utc
    # The months stand here and not in the locale: a record reads the same on every computer.
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"
