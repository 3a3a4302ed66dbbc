"""Which frame is this picture? Found by comparing it with decoded frames around the place where it should be.

The picture comes from another decoder (the player's). Where both decode alike one frame is equal bit for bit; where
they round otherwise the nearest by mean absolute difference is taken, if it is near and clearly nearer than the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.worker.player_pictures import planes_of
from evidence_desk.worker.random_access import ExactReader
from evidence_desk.worker.sequential import Beat

FIRST_REACH = 12
MOST_REACH = 96
NEAR = 3.0
"""Mean absolute difference of the luma, in steps of 8 bits, up to which a picture may be a frame decoded otherwise."""
_CLEARLY = 0.75  # the second best has to be that much further away, as a share

Planes = list[npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Match:
    """The frame found: `equal` bit for bit, else `near`; neither says that it is only the nearest by place.

    `difference` is the mean absolute difference of the luma in steps of 8 bits.
    """

    n: int
    equal: bool
    near: bool
    difference: float


def find_frame(reader: ExactReader, count: int, wanted: VideoFrame, near_n: int, beat: Beat) -> Match:
    """Return the frame that `wanted` shows; of equal ones the nearest to `near_n`.

    Looks at frames further and further away until one is equal bit for bit, or clearly the nearest; raises
    MediaUnreadable where none of them can be decoded.
    """
    planes = planes_of(wanted)
    best: dict[int, float] = {}
    done = 0
    for ring in _rings(near_n, count):
        equal = []
        for n in ring:
            beat(done, 2 * MOST_REACH)
            done += 1
            try:
                frame = reader.reach(n, beat).frame
            except MediaUnreadable:
                continue
            best[n] = _difference(planes, wanted, frame)
            if best[n] == 0.0 and _equal(planes, frame):
                equal.append(n)
        if equal:
            return Match(min(equal, key=lambda k: abs(k - near_n)), equal=True, near=True, difference=0.0)
        if _decided(best):
            break
    if not best:
        raise MediaUnreadable("No frame near the picture on screen can be decoded. Nothing was changed.")
    n = min(best, key=lambda k: (best[k], abs(k - near_n)))
    return Match(n, equal=False, near=_decided(best), difference=best[n])


def picture_from(pixel_format: str, size: tuple[int, int], planes: bytes) -> VideoFrame:
    """Return a picture made of packed planes; raises MediaUnreadable where they are not of that size."""
    frame = VideoFrame(*size, pixel_format)
    at = 0
    for rows in planes_of(frame):
        taken = rows.shape[0] * rows.shape[1] * rows.itemsize
        if len(planes) < at + taken:
            raise MediaUnreadable("The picture on screen did not come whole. Nothing was changed.")
        rows[:] = np.frombuffer(planes, rows.dtype, rows.size, at).reshape(rows.shape)
        at += taken
    return frame


def _rings(near_n: int, count: int) -> Iterator[list[int]]:
    """Yield frames further and further away, each ring in rising order, as the decoder runs quickest."""
    near_n = min(max(near_n, 0), count - 1)
    reach = FIRST_REACH
    seen: set[int] = set()
    while reach <= MOST_REACH:
        ring = [n for n in range(max(near_n - reach, 0), min(near_n + reach + 1, count)) if n not in seen]
        if not ring:
            return
        yield ring
        seen.update(ring)
        reach *= 2


def _decided(best: dict[int, float]) -> bool:
    """Tell whether the nearest is near, and clearly nearer than any other that is not next to it in likeness."""
    ordered = sorted(best.values())
    return bool(ordered) and ordered[0] <= NEAR and (len(ordered) == 1 or ordered[0] <= _CLEARLY * ordered[1])


def _difference(planes: Planes, wanted: VideoFrame, frame: VideoFrame) -> float:
    """Return how far the luma of two pictures lies apart on average, in steps of 8 bits; infinite for other sizes."""
    theirs = planes_of(frame)[0] if _planar(frame) else planes_of(frame.reformat(format="gray"))[0]
    ours = planes[0]
    if theirs.shape != ours.shape:
        return float("inf")
    # Scaled to eight bits where the depths differ.
    depth = wanted.format.components[0].bits - (frame.format.components[0].bits if _planar(frame) else 8)
    a, b = ours, theirs
    if depth > 0:
        a = (ours >> depth).astype(theirs.dtype)
    elif depth < 0:
        b = (theirs >> -depth).astype(ours.dtype)
    bits = min(wanted.format.components[0].bits, frame.format.components[0].bits if _planar(frame) else 8)
    return float(np.mean(np.maximum(a, b) - np.minimum(a, b), dtype=np.float64)) / (1 << (bits - 8))


def _equal(planes: Planes, frame: VideoFrame) -> bool:
    if not _planar(frame):
        return False
    theirs = planes_of(frame)
    return len(theirs) == len(planes) and all(np.array_equal(a, b) for a, b in zip(planes, theirs, strict=True))


def _planar(frame: VideoFrame) -> bool:
    """Tell whether each plane holds one kind of sample, in one or two bytes each."""
    parts = frame.format.components
    return len({part.plane for part in parts}) == len(parts) and all(8 <= part.bits <= 16 for part in parts)
