"""Following what a rectangle holds from frame to frame, and saying when it is lost.

Each step finds the place anew in two ways that have to agree. Points on a grid are followed by pyramidal Lucas-Kanade
flow there and back; those that do not come back to where they began are left out, and the medians of the rest give
movement and change of size (the median flow of Kalal, Mikolajczyk and Matas, "Forward-Backward Error", ICPR 2010). Then
the place is compared, by normalised cross-correlation of the luma, with the step before and with the frame where a
person put the rectangle: where either no longer resembles it the target is lost, rather than guessed.

The same frames give the same places: one thread, no randomness, and only integers leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from evidence_desk.worker.random_access import ExactReader
from evidence_desk.worker.sequential import Beat

cv2.setNumThreads(1)

UNITS = 16
GRID = 10
"""Points on each side of the grid."""
LEAST_POINTS = 8
MOST_RETURN = 1.0
"""Pixels by which a point that is followed there and back may miss its start."""
LIKE_BEFORE, LIKE_FIRST = 0.55, 0.35
"""Least correlation with the step before, and with the frame where a person put the rectangle."""
_SIZE_STEP = 1.08
"""Most by which width and height may change from one frame to the next."""
_LARGEST = 160
"""Longest side, in pixels, at which a target is compared; a larger one is reduced: detail adds time, not certainty."""
_MARGIN = 24
_NUDGE = 3
"""Pixels around the place found in which the first picture may fit better; this keeps small errors from adding up."""

Luma = npt.NDArray[np.uint8]
Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Track:
    """Places by frame, each x, y, width and height in 1/16 pixel; `lost` says why it ended early, "" where it did not.

    `lost_at` is the first frame where the target was not found, -1 where it was found on all.
    """

    places: tuple[tuple[int, tuple[int, int, int, int]], ...]
    lost: str = ""
    lost_at: int = -1


def follow(
    reader: ExactReader,
    first: tuple[int, tuple[int, int, int, int]],
    start: tuple[int, tuple[int, int, int, int]],
    end: int,
    beat: Beat,
) -> Track:
    """Follow the rectangle that stands at `start` frame by frame to frame `end`, forwards or backwards.

    `first` is the frame and rectangle that a person drew, by which the target is known; both rectangles in 1/16 native
    pixel. Raises MediaUnreadable where a frame cannot be decoded.
    """
    pattern = _patch(_luma(reader.reach(first[0], beat, look_ahead=False).frame), _floats(first[1]))
    n, place = start[0], _floats(start[1])
    before = _luma(reader.reach(n, beat, look_ahead=False).frame)
    if pattern is None or float(pattern.std()) < 1.0:
        return Track((), "there is nothing in it that stands out from its surroundings", n)
    step, total = (1 if end > n else -1), abs(end - n)
    found: list[tuple[int, tuple[int, int, int, int]]] = []
    for done in range(total):
        beat(done, total)
        n += step
        now = _luma(reader.reach(n, beat, look_ahead=False).frame)
        if now.shape != before.shape:
            return Track(tuple(found), "the picture changes its size", n)
        reached, lost = _stepped(before, now, place, pattern)
        if reached is None:
            return Track(tuple(found), lost, n)
        place, before = reached, now
        found.append((n, _sixteenths(place, now.shape)))
    return Track(tuple(found))


def _stepped(before: Luma, now: Luma, place: Place, pattern: Luma) -> tuple[Place | None, str]:
    """Return the place on the next picture, or None and why it is lost."""
    moved = _flow(before, now, place) or _searched(before, now, place)
    if moved is None:
        return None, "too little of it could be followed"
    old, new = _patch(before, place), _patch(now, moved)
    if old is None or new is None or not _inside(moved, now.shape):
        return None, "it leaves the picture"
    if _likeness(old, new) < LIKE_BEFORE:
        return None, "it no longer looks as it did the frame before"
    moved = _nudged(now, moved, pattern)
    new = _patch(now, moved)
    if new is None or _likeness(pattern, new) < LIKE_FIRST:
        return None, "it no longer looks as it did where it was drawn"
    return moved, ""


def _flow(before: Luma, now: Luma, place: Place) -> Place | None:
    """Return the place by median flow, None where too few points come back to where they began."""
    x, y, w, h = place
    left, top, a = _around(before, place, _MARGIN)
    b = _around(now, place, _MARGIN)[2]
    reduce = min(1.0, _LARGEST * 2 / max(a.shape))
    if reduce < 1.0:
        a, b = _reduced(a, reduce), _reduced(b, reduce)
    across, down = (
        np.linspace(x - left + w * 0.05, x - left + w * 0.95, GRID),
        np.linspace(y - top + h * 0.05, y - top + h * 0.95, GRID),
    )
    grid = np.array([(p, q) for q in down for p in across], np.float32).reshape(-1, 1, 2) * np.float32(reduce)
    anew: Any = None
    there, seen, _ = cv2.calcOpticalFlowPyrLK(a, b, grid, anew, winSize=(11, 11), maxLevel=3)
    back, again, _ = cv2.calcOpticalFlowPyrLK(b, a, there, anew, winSize=(11, 11), maxLevel=3)
    missed = np.linalg.norm((back - grid).reshape(-1, 2), axis=1)
    good = (seen.ravel() == 1) & (again.ravel() == 1) & (missed <= MOST_RETURN)
    if int(good.sum()) < LEAST_POINTS:
        return None
    p, q = grid.reshape(-1, 2)[good], there.reshape(-1, 2)[good]
    shift = np.median(q - p, axis=0) / reduce
    pairs = np.array([(i, j) for i in range(len(p)) for j in range(i)])
    apart = np.linalg.norm(p[pairs[:, 0]] - p[pairs[:, 1]], axis=1)
    grown = np.linalg.norm(q[pairs[:, 0]] - q[pairs[:, 1]], axis=1)
    scale = float(np.clip(np.median(grown / apart), 1 / _SIZE_STEP, _SIZE_STEP))
    return _scaled(x + float(shift[0]), y + float(shift[1]), w, h, scale)


def _searched(before: Luma, now: Luma, place: Place) -> Place | None:
    """Return the place where the picture of the step before fits best nearby: for what is too plain for flow."""
    old = _cut(before, place)
    if old is None or float(old.std()) < 1.0:
        return None
    left, top, room = _around(now, place, max(_MARGIN, int(max(place[2:]) / 2)))
    if room.shape[0] < old.shape[0] or room.shape[1] < old.shape[1]:
        return None
    _, best, _, at = cv2.minMaxLoc(cv2.matchTemplate(room, old, cv2.TM_CCOEFF_NORMED))
    if best < LIKE_BEFORE:
        return None
    return left + float(at[0]) + place[0] % 1, top + float(at[1]) + place[1] % 1, place[2], place[3]


def _nudged(now: Luma, place: Place, pattern: Luma) -> Place:
    """Return the place moved by a few pixels to where the first picture fits best, if it fits clearly."""
    best, found = _likeness_at(now, place, pattern), place
    if best < LIKE_FIRST:
        return place
    x, y, w, h = place
    start = best
    for dy in range(-_NUDGE, _NUDGE + 1):
        for dx in range(-_NUDGE, _NUDGE + 1):
            tried = (x + dx, y + dy, w, h)
            value = _likeness_at(now, tried, pattern) if _inside(tried, now.shape) else -1.0
            if value > best + 1e-6 and value > start + 0.02:
                best, found = value, tried
    return found


def _likeness_at(luma: Luma, place: Place, pattern: Luma) -> float:
    patch = _patch(luma, place)
    return -1.0 if patch is None else _likeness(pattern, patch)


def _likeness(a: Luma, b: Luma) -> float:
    """Return the normalised cross-correlation of two patches of one size, -1 to 1."""
    if a.shape != b.shape:
        b = cv2.resize(b, (a.shape[1], a.shape[0]), interpolation=cv2.INTER_AREA).astype(np.uint8)
    if float(a.std()) < 1.0 or float(b.std()) < 1.0:
        return -1.0
    return float(cv2.matchTemplate(b, a, cv2.TM_CCOEFF_NORMED)[0, 0])


def _patch(luma: Luma, place: Place) -> Luma | None:
    """Return what the rectangle holds at the size in which it is compared, None where nothing of it is left."""
    cut = _cut(luma, place)
    if cut is None:
        return None
    reduce = min(1.0, _LARGEST / max(cut.shape))
    return cut if reduce >= 1.0 else _reduced(cut, reduce)


def _cut(luma: Luma, place: Place) -> Luma | None:
    x, y, w, h = place
    high, wide = luma.shape
    left, top = max(0, round(x)), max(0, round(y))
    right, foot = min(wide, round(x + w)), min(high, round(y + h))
    return luma[top:foot, left:right] if right - left >= 4 and foot - top >= 4 else None


def _around(luma: Luma, place: Place, margin: int) -> tuple[int, int, Luma]:
    """Return the surroundings of a rectangle, with their left and top."""
    x, y, w, h = place
    high, wide = luma.shape
    reach = margin + round(max(w, h) / 2)
    left, top = max(0, int(x) - reach), max(0, int(y) - reach)
    right, foot = min(wide, int(x + w) + reach + 1), min(high, int(y + h) + reach + 1)
    return left, top, np.ascontiguousarray(luma[top:foot, left:right])


def _inside(place: Place, shape: tuple[int, ...]) -> bool:
    """Tell whether at least three quarters of a rectangle lie in the picture."""
    x, y, w, h = place
    wide = min(x + w, shape[1]) - max(x, 0.0)
    high = min(y + h, shape[0]) - max(y, 0.0)
    return wide > 0 and high > 0 and wide * high >= 0.75 * w * h


def _reduced(luma: Luma, by: float) -> Luma:
    size = max(4, round(luma.shape[1] * by)), max(4, round(luma.shape[0] * by))
    return cv2.resize(luma, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _scaled(x: float, y: float, w: float, h: float, scale: float) -> Place:
    return x + w * (1 - scale) / 2, y + h * (1 - scale) / 2, w * scale, h * scale


def _luma(frame: VideoFrame) -> Luma:
    return np.asarray(frame.reformat(format="gray").to_ndarray(), np.uint8)


def _floats(rect: tuple[int, int, int, int]) -> Place:
    x, y, w, h = rect
    return x / UNITS, y / UNITS, w / UNITS, h / UNITS


def _sixteenths(place: Place, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return the rectangle in 1/16 pixel, cut to the picture."""
    x, y, w, h = (round(v * UNITS) for v in place)
    right, foot = min(x + w, shape[1] * UNITS), min(y + h, shape[0] * UNITS)
    left, top = max(x, 0), max(y, 0)
    return left, top, max(1, right - left), max(1, foot - top)
