"""Which tracked places of a region a person looked at, from the log and the coverage: it outlives the window.

A place counts as looked at by whoever had its frame exactly on screen, at rest and uncovered, since the place came to
be. Where that is in doubt it does not count, and is looked at once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidence_desk.domain.coverage import STEPPED, Looked
from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import TRACKED, Points, key_frames_of
from evidence_desk.services.case import Case
from evidence_desk.store.audit import Event

Place = tuple[int, Points]


def looked_at_before(case: Case, region: Region, exhibit: str) -> frozenset[Place]:
    """Return frame and points of the tracked key frames that the one who works now has looked at."""
    if not any(k.by == TRACKED for k in key_frames_of(region)):
        return frozenset()
    since = standing_since(case.queries.events(record=region.number))
    stretches = [s for s in case.coverage.stretches(exhibit) if s.how == STEPPED and s.actor == case.actor]
    return frozenset(place for place, moment in since.items() if _was_on_screen(stretches, place[0], moment))


def standing_since(events: Iterable[Event]) -> dict[Place, str]:
    """Return since when (UTC) each tracked place has stood unbroken, from the events of one region in order."""
    since: dict[Place, str] = {}
    for event in events:
        if event.after is not None and "key_frames" in event.after:
            now = {_place(k) for k in event.after["key_frames"] or () if k.get("by") == TRACKED}
            since = {place: since.get(place, event.at) for place in now}
    return since


def _place(key: dict[str, Any]) -> Place:
    return int(key["frame"]), tuple(int(v) for v in key["points"])


def _was_on_screen(stretches: Iterable[Looked], n: int, moment: str) -> bool:
    # A stretch tells when it began, not when each of its frames was there: one that began earlier is in doubt.
    return any(s.began_at >= moment and s.frames >> n & 1 for s in stretches)
