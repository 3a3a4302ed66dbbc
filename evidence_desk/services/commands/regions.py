"""What is done to a region after it was drawn: its place on a frame, how long it lasts, its key frames."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from evidence_desk.domain.errors import Refused
from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import (
    KeyFrame,
    Points,
    accepted,
    by_time,
    key_frames_of,
    with_key,
    with_track,
    without_key,
)
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.records import batch, edit

Stamps = Callable[[int], int | None]
"""Gives the stamp of a frame for movement by time, None where it has none (`domain.regions.stamp_at`)."""


def place_region(region: Region, n: int, frame_hash: str, points: Points, stamps: Stamps) -> Command:
    """Put a region somewhere on frame `n`; one that moves gets a key frame drawn there, any other is moved whole."""
    if region.life != "keyed":
        return _edit(f"Move {region.number}", region, {"points": points})
    values = _keys(region, with_key(key_frames_of(region), KeyFrame(n, frame_hash, points)), stamps)
    if n == region.frame:
        values["points"] = points
    return _edit(f"Move {region.number} on frame {n}", region, values)


def set_life(region: Region, life: str, stamps: Stamps) -> Command:
    """Let a region last for its frame, for the span of its observation, or from key frame to key frame.

    Its key frames go where it stops moving; the place it was drawn stays.
    """
    keys = key_frames_of(region) if life == "keyed" else ()
    return _edit(f"Life of {region.number}", region, {"life": life, **_keys(region, keys, stamps)})


def set_key_frame(
    region: Region, n: int, frame_hash: str, points: Points, stamps: Stamps, *, outside: bool = False
) -> Command:
    """Fix a region on frame `n`, or say that it is `outside` the picture from there until the next key frame.

    From now on it moves from key frame to key frame. Raises Refused where it would be outside on or before the first
    frame on which it stands, or on the one it was drawn on.
    """
    if outside:
        if n == region.frame or all(k.frame > n for k in key_frames_of(region)):
            raise Refused(
                f"{region.number} was drawn on frame {region.frame} and is in the picture there and on its first key "
                "frame. Nothing was written. Say on a later frame that it is not."
            )
        key = KeyFrame(n, frame_hash, points, outside=True)
        values = {"life": "keyed", **_keys(region, with_key(key_frames_of(region), key), stamps)}
        return _edit(f"{region.number} not in the picture from frame {n}", region, values)
    key = KeyFrame(n, frame_hash, points)
    values = {"life": "keyed", **_keys(region, with_key(key_frames_of(region), key), stamps)}
    if n == region.frame:
        values["points"] = points
    return _edit(f"Key frame {n} of {region.number}", region, values)


def remove_key_frame(region: Region, n: int) -> Command:
    """Take a key frame away; raises Refused for the one it was drawn on, and where there is none."""
    if region.life != "keyed" or n not in {k.frame for k in key_frames_of(region)}:
        raise Refused(f"{region.number} has no key frame {n}. Nothing was written.")
    if n == region.frame:
        raise Refused(
            f"{region.number} was drawn on frame {n}; that key frame stays. Nothing was written. Withdraw the region "
            "instead, or move it there."
        )
    return _edit(f"Remove key frame {n} of {region.number}", region, _stored(without_key(key_frames_of(region), n)))


def keep_track(
    region: Region, here: KeyFrame, reached: int, found: Iterable[KeyFrame], stamps: Stamps, *, lost: bool = False
) -> Command:
    """Keep what tracking from `here` found; what was tracked before up to frame `reached` gives way.

    `lost` says that the target was not found on that frame; see `with_track` for what lies behind it.
    """
    keys = key_frames_of(region)
    if here.frame not in {k.frame for k in keys}:
        keys = with_key(keys, here)
    values = {"life": "keyed", **_keys(region, with_track(keys, here.frame, reached, found, lost=lost), stamps)}
    return _edit(f"Track {region.number} from frame {here.frame}", region, values)


def accept_tracked(region: Region, frames: Collection[int]) -> Command:
    """Say that a person looked at tracked key frames and found the region in its place; Refused where none is left."""
    before = key_frames_of(region)
    after = accepted(before, frames)
    if after == before:
        raise Refused(f"{region.number} has no tracked key frame there that is not accepted yet. Nothing was written.")
    return _edit(f"Accept tracked frames of {region.number}", region, _stored(after))


def _keys(region: Region, keys: Iterable[KeyFrame], stamps: Stamps) -> dict[str, Any]:
    """Return key frames to be stored, with stamps; a region that has moved by frame number all along goes on so."""
    if not by_time(region):
        return _stored(keys)
    return _stored(replace(k, pts=stamps(k.frame)) if k.pts is None else k for k in keys)


def _stored(keys: Iterable[KeyFrame]) -> dict[str, Any]:
    return {"key_frames": tuple(k.values() for k in keys)}


def _edit(label: str, region: Region, values: dict[str, Any]) -> Command:
    return batch(label, (edit(region.number, values, region.revision),))
