"""What a region has to keep to: its points, its place in the picture, its label, its key frames."""

from __future__ import annotations

from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.domain.errors import NotFound, Refused
from evidence_desk.domain.records import Exhibit, Observation, Region
from evidence_desk.domain.regions import (
    CORNERS,
    FRAMED,
    MAKERS,
    MOST_KEY_FRAMES,
    UNITS,
    WORDED,
    KeyFrame,
    Points,
    frames_of,
    key_frames_of,
)


def check_region(region: Region, observation: Observation, exhibit: Exhibit) -> None:
    """Raise Refused, in one clear line, where the region breaks a rule; its shape is a known one."""
    _shape(region, region.points, exhibit)
    if region.shape in WORDED and not region.label.strip():
        raise Refused(f"A {region.shape} needs its words. Nothing was written.")
    if NOT_FOUND in (region.anchor, observation.anchor):
        return
    _outside(region.frame, observation)
    _key_frames(region, observation, exhibit)


def reach_words(region: Region) -> str:
    """Return on which frames a region was put: `frame 4`, or `frames 4 to 90`."""
    first, last = frames_of(region)
    return f"frame {first}" if first == last else f"frames {first} to {last}"


def _outside(n: int, observation: Observation) -> None:
    first, last = observation.first_frame, observation.last_frame
    if first is None or last is None or not first <= n <= last:
        raise Refused(f"Frame {n} is not among the frames of {observation.number}. Nothing was written.")


def _shape(region: Region, points: Points, exhibit: Exhibit) -> None:
    name = f"{'An' if region.shape[0] in 'aeiou' else 'A'} {region.shape}"
    if region.shape in FRAMED:
        if len(points) != 4 or points[2] <= 0 or points[3] <= 0:
            raise Refused(f"{name} has a place, a width and a height above 0. Nothing was written.")
        across: Points = (points[0], points[0] + points[2])
        down: Points = (points[1], points[1] + points[3])
    else:
        fewest, most = CORNERS[region.shape]
        if len(points) % 2 or not fewest <= len(points) // 2 <= most:
            counted = str(fewest) if fewest == most else f"{fewest} to {most}"
            word = "point" if most == 1 else "points"
            raise Refused(f"{name} has {counted} {word}, each with x and y. Nothing was written.")
        across, down = points[0::2], points[1::2]
    if not exhibit.width or not exhibit.height:
        return
    if min(*across, *down) < 0 or max(across) > UNITS * exhibit.width or max(down) > UNITS * exhibit.height:
        raise Refused(
            f"The {region.shape} leaves the picture of {exhibit.number} ({exhibit.width} × {exhibit.height} pixels as "
            "stored). Nothing was written."
        )


def _key_frames(region: Region, observation: Observation, exhibit: Exhibit) -> None:
    if region.life != "keyed":
        if region.key_frames:
            raise Refused("Only a region that moves from key frame to key frame has them. Nothing was written.")
        return
    if exhibit.provisional:
        raise Refused(
            f"The frames of {exhibit.number} are not counted yet; a region can move from key frame to key frame once "
            "they are. Nothing was written."
        )
    keys = _read(region)
    if len(keys) > MOST_KEY_FRAMES:
        raise Refused(f"A region has {MOST_KEY_FRAMES:,} key frames at the most. Nothing was written.")
    if [k.frame for k in keys] != sorted({k.frame for k in keys}):
        raise Refused("Key frames stand in order, one for each frame. Nothing was written.")
    if (region.frame, region.points) not in {(k.frame, k.points) for k in keys}:
        raise Refused(f"The frame it was drawn on, {region.frame}, is one of its key frames. Nothing was written.")
    if keys[0].outside or any(k.outside and k.frame == region.frame for k in keys):
        raise Refused("A region is in the picture where it was drawn and on its first key frame. Nothing was written.")
    stamps = [k.pts for k in keys if k.pts is not None]
    if stamps != sorted(set(stamps)):
        raise Refused("The time stamps of key frames rise with their frames. Nothing was written.")
    for key in keys:
        _key_frame(key, region)
        _outside(key.frame, observation)
        _shape(region, key.points, exhibit)


def _key_frame(key: KeyFrame, region: Region) -> None:
    if key.by not in MAKERS:
        raise NotFound(f"{key.by or '(nothing)'} is no way a key frame comes about. Nothing was written.")
    if len(key.hash) != 64:
        raise Refused("A key frame binds its frame by its hash, which is missing. Nothing was written.")
    if len(key.points) != len(region.points):
        raise Refused("A region keeps the number of its points on every key frame. Nothing was written.")


def _read(region: Region) -> tuple[KeyFrame, ...]:
    try:
        return key_frames_of(region)
    except (KeyError, TypeError, ValueError):
        raise Refused("A key frame has frame, hash, points and by. Nothing was written.") from None
