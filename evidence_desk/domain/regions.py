"""Regions: shapes on frames, how long they last, and where each stands on a frame between its key frames.

Coordinates are integers in 1/16 pixel of the native picture before rotation and aspect, from its top left. A box and an
ellipse are (x, y, width, height), half open; every other shape is x and y of its points in turn. `placed` is the one
answer to where a region stands on a frame: window, dossier and command line all ask it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Region

UNITS = 16
"""Parts of a native pixel in which regions are stored."""

FRAMED = ("box", "ellipse")
"""Shapes that are told by the rectangle around them."""
MOST_CORNERS = 200
CORNERS: Mapping[str, tuple[int, int]] = {
    "polygon": (3, MOST_CORNERS),
    "polyline": (2, MOST_CORNERS),
    "arrow": (2, 2),
    "point": (1, 1),
    "callout": (2, 2),
    "text": (1, 1),
}
"""The fewest and the most points of every other shape.

An arrow goes from its first point to its second; a callout points at its first and has its number at the second; a text
begins at its point.
"""
WORDED = ("callout", "text")
"""Shapes that are nothing without their label: a callout's begins with its number."""
MOST_KEY_FRAMES = 2000

DRAWN, TRACKED, CONFIRMED = "drawn", "tracked", "confirmed"
MAKERS = (DRAWN, TRACKED, CONFIRMED)
"""How a key frame came about: drawn by hand, followed by the machine, or followed and then accepted by a person."""

KEY, HELD, BETWEEN = "key", "held", "between"

Rect = tuple[int, int, int, int]
Points = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """Where a region stands on one frame, bound to that frame by its hash; `by` is one of MAKERS.

    One that is `outside` says that the region is not in the picture from here until the next key frame; its points are
    where it stood last. `pts` is the frame's stamp where the region moves by time (`stamp_at`), None where by number.
    """

    frame: int
    hash: str
    points: Points
    by: str = DRAWN
    outside: bool = False
    pts: int | None = None

    def values(self) -> dict[str, Any]:
        """Return it as it is stored; what does not apply is left out."""
        data: dict[str, Any] = {"frame": self.frame, "hash": self.hash, "points": list(self.points), "by": self.by}
        if self.outside:
            data["outside"] = True
        if self.pts is not None:
            data["pts"] = self.pts
        return data


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a region stands on a frame, and why there.

    `how` is KEY where it was put on that very frame, HELD where it lasts unmoved, BETWEEN where it lies in a straight
    line between two key frames, `by_time` or by frame number; `by` is one of MAKERS, TRACKED between two of which one
    is not yet looked at.
    """

    points: Points
    how: str
    by: str = DRAWN
    by_time: bool = False


def stamp_at(table: FrameTable, n: int) -> int | None:
    """Return the stamp of frame n for movement by time; None in a table whose stamps are missing or do not rise.

    One stamp that fails makes the whole table fail: what moves by time does so on all of its frames.
    """
    return table.pts(n) if table.stamps_increase and 0 <= n < len(table) else None


def key_frames_of(region: Region) -> tuple[KeyFrame, ...]:
    """Return the region's key frames in order; the frame it was drawn on alone where it does not move."""
    if region.life != "keyed":
        return (KeyFrame(region.frame, region.frame_hash, region.points),)
    stored = region.key_frames
    known = _known.get(id(stored))
    if known is not None and known[0] is stored:
        return known[1]
    keys = tuple(_read(k) for k in stored)
    if len(keys) >= _WORTH_KNOWING:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[id(stored)] = stored, keys
    return keys


_WORTH_KNOWING, _MOST_KNOWN = 64, 32
_known: dict[int, tuple[Sequence[Mapping[str, Any]], tuple[KeyFrame, ...]]] = {}
"""Key frames as they were read from what a region stores, by its identity: it is held here, so no other has it.

At each step seven places ask for the same; a changed region is another record, with stored values of its own.
"""


def _read(k: Mapping[str, Any]) -> KeyFrame:
    points, pts = tuple(int(v) for v in k["points"]), k.get("pts")
    return KeyFrame(
        int(k["frame"]),
        str(k["hash"]),
        points,
        str(k.get("by", DRAWN)),
        k.get("outside") is True,
        None if pts is None else int(pts),
    )


def placed(region: Region, n: int, span: tuple[int, int] | None, stamp: int | None) -> Placed | None:
    """Return where a region stands on frame `n`, None where it is not there.

    `span` is the first and last frame of its observation, for a region that lasts as long; `stamp` is that of frame `n`
    (`stamp_at`). Between key frames each coordinate runs in a straight line, rounded to the nearest 1/16 pixel, halves
    upwards: by time where both key frames and the frame have a stamp, since what moves evenly does so in time and the
    steps between frames need not be equal; else by frame number.
    """
    if region.life == "frame":
        return Placed(region.points, KEY) if n == region.frame else None
    if region.life == "span":
        if n == region.frame:
            return Placed(region.points, KEY)
        return Placed(region.points, HELD) if span is not None and span[0] <= n <= span[1] else None
    return _keyed(key_frames_of(region), n, stamp)


def _keyed(keys: Sequence[KeyFrame], n: int, stamp: int | None) -> Placed | None:
    before = _last_until(keys, n)
    after = next((k for k in keys if k.frame >= n), None)
    if before is None or before.outside or after is None:
        return None
    if before.frame == n:
        return Placed(before.points, KEY, before.by)
    by = TRACKED if TRACKED in (before.by, after.by) else DRAWN
    part, whole, by_time = n - before.frame, after.frame - before.frame, False
    if before.pts is not None and after.pts is not None and stamp is not None and before.pts < stamp < after.pts:
        part, whole, by_time = stamp - before.pts, after.pts - before.pts, True
    return Placed(between(before.points, after.points, part, whole), BETWEEN, by, by_time)


def _last_until(keys: Sequence[KeyFrame], n: int) -> KeyFrame | None:
    return next((k for k in reversed(keys) if k.frame <= n), None)


def absent(region: Region, n: int) -> KeyFrame | None:
    """Return the key frame that says of frame `n` that the region is not in the picture, None where none does."""
    key = _last_until(key_frames_of(region), n) if region.life == "keyed" else None
    return key if key is not None and key.outside else None


def gaps_of(keys: Sequence[KeyFrame]) -> tuple[tuple[int, int | None], ...]:
    """Return first and last frame of each stretch in which the region is not in the picture; None for an open end."""
    found: list[tuple[int, int | None]] = []
    first: int | None = None
    for key in keys:
        if key.outside and first is None:
            first = key.frame
        elif not key.outside and first is not None:
            found.append((first, key.frame - 1))
            first = None
    return (*found, (first, None)) if first is not None else tuple(found)


def runs_of(keys: Sequence[KeyFrame]) -> tuple[tuple[int, int], ...]:
    """Return first and last frame of each stretch in which the region stands, from key frame to key frame."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for key in keys:
        if key.outside:
            if first is not None:
                found.append((first, key.frame - 1))
            first = None
        elif first is None:
            first = key.frame
    return (*found, (first, keys[-1].frame)) if first is not None else tuple(found)


def present(keys: Iterable[KeyFrame]) -> tuple[KeyFrame, ...]:
    """Return the key frames on which the region is in the picture."""
    return tuple(k for k in keys if not k.outside)


def by_time(region: Region) -> bool:
    """Tell whether a region moves by time; one that does not move yet will, where its exhibit has stamps."""
    return region.life != "keyed" or any(k.pts is not None for k in key_frames_of(region))


def between(a: Points, b: Points, part: int, whole: int) -> Points:
    """Return the points `part` of `whole` on the way from `a` to `b`, rounded to the nearest, halves upwards."""
    return tuple(p + (2 * (q - p) * part + whole) // (2 * whole) for p, q in zip(a, b, strict=True))


# ---------------------------------------------------------------------------------------------------------- geometry


def bounds(shape: str, points: Points) -> Rect:
    """Return x, y, width and height of the rectangle around a shape; 0 wide or high where it has no extent."""
    if shape in FRAMED:
        x, y, w, h = points
        return x, y, w, h
    across, down = points[0::2], points[1::2]
    return min(across), min(down), max(across) - min(across), max(down) - min(down)


def carried(shape: str, points: Points, before: Rect, after: Rect) -> Points:
    """Return the shape moved and stretched as one rectangle becomes another."""
    if shape in FRAMED:
        left, top = (
            _along(points[0], before[0], before[2], after[0], after[2]),
            _along(points[1], before[1], before[3], after[1], after[3]),
        )
        right = _along(points[0] + points[2], before[0], before[2], after[0], after[2])
        foot = _along(points[1] + points[3], before[1], before[3], after[1], after[3])
        return left, top, max(1, right - left), max(1, foot - top)
    out: list[int] = []
    for x, y in zip(points[0::2], points[1::2], strict=True):
        out += [
            _along(x, before[0], before[2], after[0], after[2]),
            _along(y, before[1], before[3], after[1], after[3]),
        ]
    return tuple(out)


def _along(value: int, start: int, length: int, new_start: int, new_length: int) -> int:
    if length <= 0:
        return value + new_start - start
    return new_start + (2 * (value - start) * new_length + length) // (2 * length)


LEAST_TARGET = 24
"""Pixels on each side of what is followed for a shape that is smaller, e.g. a point."""


def target_around(shape: str, points: Points, size: tuple[int, int]) -> Rect:
    """Return the rectangle that is followed for a shape: around it, and large enough to hold something."""
    x, y, w, h = bounds(shape, points)
    wide, high = max(w, LEAST_TARGET * UNITS), max(h, LEAST_TARGET * UNITS)
    left, top, wide, high = held_inside("box", (x + w // 2 - wide // 2, y + h // 2 - high // 2, wide, high), size)
    return left, top, wide, high


def person_key(keys: Sequence[KeyFrame], n: int) -> KeyFrame:
    """Return the key frame nearest to frame `n` that a person drew or accepted; the first of all where none is."""
    own = [k for k in present(keys) if k.by != TRACKED]
    return min(own or keys[:1], key=lambda k: (abs(k.frame - n), k.frame))


def held_inside(shape: str, points: Points, size: tuple[int, int]) -> Points:
    """Return the shape moved as little as it takes to lie in a picture of `size` native pixels, cut where too large."""
    wide, high = size[0] * UNITS, size[1] * UNITS
    if shape in FRAMED:
        x, y, w, h = points
        w, h = min(max(w, 1), wide), min(max(h, 1), high)
        return min(max(x, 0), wide - w), min(max(y, 0), high - h), w, h
    x, y, w, h = bounds(shape, points)
    dx, dy = min(max(x, 0), max(0, wide - w)) - x, min(max(y, 0), max(0, high - h)) - y
    return tuple(
        min(max(v + (dy if i % 2 else dx), 0), high if i % 2 else wide) for i, v in enumerate(points)
    )  # the last cut acts only on what is larger than the picture


# -------------------------------------------------------------------------------------------------------- key frames


def with_key(keys: Iterable[KeyFrame], key: KeyFrame) -> tuple[KeyFrame, ...]:
    """Return the key frames with this one set, in order."""
    return tuple(sorted([*(k for k in keys if k.frame != key.frame), key], key=lambda k: k.frame))


def without_key(keys: Iterable[KeyFrame], n: int) -> tuple[KeyFrame, ...]:
    """Return the key frames without that of frame `n`."""
    return tuple(k for k in keys if k.frame != n)


def tracking_end(keys: Sequence[KeyFrame], n: int, end: int) -> int:
    """Return the last frame that tracking from frame `n` towards `end` may fill: a person's key frame stops it."""
    if end >= n:
        return min((k.frame - 1 for k in keys if k.frame > n and k.by != TRACKED), default=end) if end > n else end
    return max((k.frame + 1 for k in keys if k.frame < n and k.by != TRACKED), default=end)


def with_track(
    keys: Sequence[KeyFrame], n: int, reached: int, found: Iterable[KeyFrame], *, lost: bool = False
) -> tuple[KeyFrame, ...]:
    """Return the key frames with those tracked from frame `n`; earlier tracked ones up to frame `reached` go.

    Where the target was `lost` at that frame, those behind it stay: they were never looked for. Except the rest of an
    older run that went over this place and ended by itself: it stood on what was now found otherwise.
    """
    low, high = min(n, reached), max(n, reached)
    going = {k.frame for k in keys if k.by == TRACKED and low <= k.frame <= high and k.frame != n}
    if lost:
        going |= _older_run(keys, reached, 1 if reached > n else -1)
    kept = [k for k in keys if k.frame not in going]
    taken = {k.frame for k in kept}
    return tuple(sorted([*kept, *(k for k in found if k.frame not in taken)], key=lambda k: k.frame))


def _older_run(keys: Iterable[KeyFrame], reached: int, onwards: int) -> set[int]:
    """Return the frames of the tracked run that goes on behind a frame, none where it leads to a person's key frame."""
    there = {k.frame: k for k in keys}
    run, n = set[int](), reached + onwards
    while n in there and there[n].by == TRACKED:
        run.add(n)
        if there[n].outside:
            break
        n += onwards
    return set() if n in there and there[n].by != TRACKED else run


def accepted(keys: Iterable[KeyFrame], frames: Collection[int]) -> tuple[KeyFrame, ...]:
    """Return the key frames, those tracked ones that lie on `frames` accepted."""
    return tuple(replace(k, by=CONFIRMED) if k.by == TRACKED and k.frame in frames else k for k in keys)


def frames_of(region: Region) -> tuple[int, int]:
    """Return the first and last frame on which the region was put."""
    frames = [region.frame, *(k.frame for k in key_frames_of(region))]
    return min(frames), max(frames)


def counted_words(region: Region) -> str:
    """Return in words how long a region lasts and who put it where, for print."""
    if region.life == "frame":
        return ""
    if region.life == "span":
        return "the same place throughout"
    keys = key_frames_of(region)
    here = present(keys)
    tally = [(sum(k.by == by for k in here), by) for by in MAKERS]
    words = [", ".join(f"{count} {_SAID[by]}" for count, by in tally if count)]
    if len(keys) > 1 and any(k.pts is not None for k in keys):
        words.append("between them in a straight line by time stamp")
    gaps = list(zip(gaps_of(keys), _gap_makers(keys), strict=True))
    for (first, last), by in gaps[:_TOLD]:
        until = f" to {last}" if last is not None else ""
        words.append(f"not in the picture from frame {first}{until}{_GAP_SAID[by]}")
    if len(gaps) > _TOLD:
        words.append(f"nor in {len(gaps) - _TOLD} more stretches")
    return f"frames {keys[0].frame} to {keys[-1].frame}: {'; '.join(words)}" if keys else ""


_TOLD = 8
"""Stretches without the region that print names; the data hold all."""


def _gap_makers(keys: Sequence[KeyFrame]) -> list[str]:
    return [k.by for i, k in enumerate(keys) if k.outside and not (i and keys[i - 1].outside)]


_SAID = {DRAWN: "drawn", TRACKED: "tracked and not looked at", CONFIRMED: "tracked and accepted"}
_GAP_SAID = {DRAWN: "", TRACKED: " (lost by tracking, not looked at)", CONFIRMED: " (lost by tracking, accepted)"}
