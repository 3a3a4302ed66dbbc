"""Regions as marks of the dossier: where each stands on a printed frame, turned as the picture is, and why there."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from evidence_desk.domain.dossier import Mark
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit, Observation, Region
from evidence_desk.domain.regions import (
    BETWEEN,
    CONFIRMED,
    FRAMED,
    HELD,
    TRACKED,
    UNITS,
    Placed,
    bounds,
    counted_words,
    key_frames_of,
    placed,
    present,
    stamp_at,
)
from evidence_desk.services import dossier_facts

Spot = tuple[Fraction, Fraction]


def frames_wanted(regions: Iterable[Region]) -> list[tuple[int, str]]:
    """Return number and hash of the frames to print: where each region was drawn, and where one that moves ends."""
    wanted: dict[tuple[int, str], None] = {}
    for region in regions:
        wanted[region.frame, region.frame_hash] = None
        last = present(key_frames_of(region))[-1]
        wanted[last.frame, last.hash] = None
    return sorted(wanted)


def regions_on(
    regions: Iterable[Region], observation: Observation, n: int, table: FrameTable
) -> tuple[tuple[Region, Placed], ...]:
    """Return the regions of an observation that stand on frame `n` of the table, and where."""
    first, last = observation.first_frame, observation.last_frame
    span = (first, last) if first is not None and last is not None else None
    found = ((r, placed(r, n, span, stamp_at(table, n))) for r in regions)
    return tuple((r, here) for r, here in found if here is not None)


def mark_of(exhibit: Exhibit, region: Region, here: Placed) -> Mark:
    """Return a region as fractions of the picture after mirroring and turning for display."""
    x, y, width, height = bounds(region.shape, here.points)
    corners = [_shown(exhibit, x, y), _shown(exhibit, x + width, y + height)]
    left, right = sorted(spot[0] for spot in corners)
    top, foot = sorted(spot[1] for spot in corners)
    spots: tuple[Spot, ...] = ()
    if region.shape not in FRAMED:
        spots = tuple(_shown(exhibit, *pair) for pair in zip(here.points[0::2], here.points[1::2], strict=True))
    how = "; ".join(w for w in (_standing(here), counted_words(region)) if w)
    return Mark(left, top, right - left, foot - top, region.label, region.shape, spots, _line(here), how)


def _line(here: Placed) -> str:
    if here.by == TRACKED:
        return "dotted"
    if here.how == BETWEEN:
        return "dashed"
    return "dash-dot" if here.by == CONFIRMED else "solid"


def _standing(here: Placed) -> str:
    if here.how == BETWEEN:
        return "between tracked frames" if here.by == TRACKED else "between key frames"
    if here.by == TRACKED:
        return "tracked, not yet looked at"
    if here.by == CONFIRMED:
        return "tracked, accepted after looking"
    return "unmoved since it was drawn" if here.how == HELD else ""


def _shown(exhibit: Exhibit, x: int, y: int) -> Spot:
    """Return where a native place lies on the displayed picture, as fractions of its width and height."""
    across = Fraction(x, UNITS) / (exhibit.width or 1)
    down = Fraction(y, UNITS) / (exhibit.height or 1)
    if dossier_facts.mirrored(exhibit):
        across = 1 - across
    for _ in range(exhibit.rotation // 90 % 4):
        across, down = 1 - down, across
    return across, down
