"""What the time stamps of a clip say, frame by frame: steps, gaps, repeats, faults, and the bounds of an event's time.

All of it is read off the frame table; nothing is decoded. Ticks are whole numbers in the stream's time base.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from enum import IntFlag
from fractions import Fraction
from itertools import compress, count, pairwise
from operator import eq, sub
from typing import Any

from evidence_desk.domain.frames import HASH_SIZE, NO_STAMP, FrameFlag, FrameTable
from evidence_desk.domain.time import clock, fraction_text

UNEVEN = Fraction(1, 10)
"""A step is irregular where it differs from the usual one by more than this share of it, and by more than one tick."""
MISSING_TIME = Fraction(3, 2)
"""A step of an even clip is a gap where it is at least so many usual steps long."""
MOSTLY_EVEN = Fraction(9, 10)
"""A clip is called even where at least this share of its steps is regular."""


class Irregular(IntFlag):
    """What is not as usual at a frame. A step belongs to the frame that it begins at."""

    NO_STAMP = 1
    SAME_STAMP = 2
    BACKWARDS = 4
    LONG_STEP = 8
    SHORT_STEP = 16
    GAP = 32
    SAME_PICTURE = 64
    DAMAGED = 128
    AFTER_DAMAGE = 256


REGULAR = Irregular(0)

WORDS: dict[Irregular, str] = {
    Irregular.NO_STAMP: "no time stamp",
    Irregular.SAME_STAMP: "same time stamp as the frame before",
    Irregular.BACKWARDS: "time stamp before that of the frame before",
    Irregular.LONG_STEP: "longer step than usual",
    Irregular.SHORT_STEP: "shorter step than usual",
    Irregular.GAP: "time is missing after this frame",
    Irregular.SAME_PICTURE: "same picture as the frame before",
    Irregular.DAMAGED: "damaged",
    Irregular.AFTER_DAMAGE: "leans on a damaged frame",
}


def irregular_words(found: Irregular) -> tuple[str, ...]:
    """Return what is not as usual in words, one for each kind."""
    return tuple(words for kind, words in WORDS.items() if kind in found)


@dataclass(frozen=True, slots=True)
class Timing:
    """The whole clip. `counts` has a number for each kind of irregularity; `marks` one value of it for each frame.

    `usual`, `shortest` and `longest` are steps in ticks between frames whose stamps rise, 0 where there are none;
    `missing` is the time that gaps leave without a picture, in ticks. `first_pts` is the container's, None where frame
    0 has none. `provisional` says that the frames were not decoded yet.
    """

    frames: int
    declared: int
    time_base: Fraction
    first_pts: int | None
    usual: int
    shortest: int
    longest: int
    even: bool
    missing: int
    counts: dict[Irregular, int]
    marks: array[int]
    provisional: bool

    @property
    def places(self) -> list[int]:
        """Return the numbers of all frames at which something is not as usual."""
        return list(compress(count(), self.marks))

    def at(self, n: int) -> Irregular:
        """Return what is not as usual at frame n."""
        return Irregular(self.marks[n])

    def neighbour(self, n: int, direction: int) -> int | None:
        """Return the next (`direction` 1) or previous (-1) irregular frame seen from frame n, None where there is none.

        Of frames that follow one another with the same irregularities only the first counts: a damaged stretch is one
        place.
        """
        marks = self.marks
        at = n + direction
        while 0 <= at < len(marks):
            if marks[at] and (at == 0 or marks[at] != marks[at - 1]):
                return at
            at += direction
        return None

    def to_json(self) -> dict[str, Any]:
        """Return counts and steps by name; times in seconds as `num/den`."""
        base = self.time_base
        return {
            "frames": self.frames,
            "declared_frames": self.declared or None,
            "provisional": self.provisional,
            "time_base": fraction_text(base),
            "first_pts": self.first_pts,
            "usual_step": self.usual,
            "shortest_step": self.shortest,
            "longest_step": self.longest,
            "even": self.even,
            "missing_time": fraction_text(self.missing * base),
            "counts": {(kind.name or "").lower(): number for kind, number in self.counts.items()},
        }


def timing_of(table: FrameTable) -> Timing:
    """Return the timing of a clip; a million frames take about a second."""
    pts, durations = table.frames.pts, table.frames.duration
    total = len(pts)
    marks = array("H", bytes(2 * total))
    # A list: the distance to a missing stamp has more than 64 bits.
    steps = list(map(sub, memoryview(pts)[1:], pts))
    known = NO_STAMP not in pts
    rising = [s for s in steps if s > 0] if known else _rising(pts)
    usual = Counter(rising).most_common(1)[0][0] if rising else 0
    missing = _mark_steps(marks, pts, durations, steps, usual, _is_even(rising, usual))
    if table.hashes:
        _mark_repeats(marks, table.hashes)
    for flag, kind in ((FrameFlag.DAMAGED, Irregular.DAMAGED), (FrameFlag.AFTER_DAMAGE, Irregular.AFTER_DAMAGE)):
        for n in table.flagged(flag):
            marks[n] |= kind
    seen = Counter(marks)
    counts = {kind: sum(times for value, times in seen.items() if value & kind) for kind in Irregular}
    return Timing(
        total,
        table.declared_frames,
        table.time_base,
        table.pts(0) if total else None,
        usual,
        min(rising, default=0),
        max(rising, default=0),
        _is_even(rising, usual),
        missing,
        counts,
        marks,
        table.provisional,
    )


def _rising(pts: array[int]) -> list[int]:
    return [b - a for a, b in zip(pts, memoryview(pts)[1:], strict=False) if b > a and a != NO_STAMP]


def _is_uneven(step: int, usual: int) -> bool:
    off = abs(step - usual)
    return off > 1 and off > UNEVEN * usual


def _is_even(rising: list[int], usual: int) -> bool:
    regular = sum(times for step, times in Counter(rising).items() if not _is_uneven(step, usual))
    return regular >= MOSTLY_EVEN * len(rising)


def _mark_steps(
    marks: array[int], pts: array[int], durations: array[int], steps: list[int], usual: int, even: bool
) -> int:
    """Mark what stamps and steps show, and return the ticks that no picture covers."""
    missing = 0
    # A step is judged once for each length it has: nearly all of them are alike.
    odd = {step for step in set(steps) if step <= 0 or _is_uneven(step, usual)}
    stated_short = _stated_shorter(durations, steps)
    if pts and pts[0] == NO_STAMP:
        marks[0] |= Irregular.NO_STAMP
    look = (step in odd or short for step, short in zip(steps, stated_short, strict=True))
    for n in compress(count(), look):
        here, after, step = pts[n], pts[n + 1], steps[n]
        if after == NO_STAMP:
            marks[n + 1] |= Irregular.NO_STAMP
        elif here == NO_STAMP:
            continue
        elif step <= 0:
            marks[n + 1] |= Irregular.BACKWARDS if step else Irregular.SAME_STAMP
        else:
            if _is_uneven(step, usual):
                marks[n] |= Irregular.LONG_STEP if step > usual else Irregular.SHORT_STEP
            covered = durations[n] if stated_short[n] else usual
            if _is_uneven(step, covered) and (stated_short[n] or (even and step >= MISSING_TIME * usual)):
                marks[n] |= Irregular.GAP
                missing += step - covered
    for n in range(1, len(pts) if NO_STAMP in pts else 0):
        if pts[n] == NO_STAMP:
            marks[n] |= Irregular.NO_STAMP
    return missing


def _stated_shorter(durations: array[int], steps: list[int]) -> list[bool]:
    """Tell for each step whether the container says that the frame before it lasts less than half of it.

    Where it says so of many frames its durations are no measure of anything (as of one tick throughout): of none then.
    """
    shorter = [0 < 2 * stated < step for stated, step in zip(durations, steps, strict=False)]
    return shorter if sum(shorter) <= (1 - MOSTLY_EVEN) * len(shorter) else [False] * len(shorter)


def _mark_repeats(marks: array[int], hashes: bytes) -> None:
    # Compared 8 bytes at a time first: equal pictures are rare, equal beginnings of different hashes rarer.
    heads = memoryview(hashes).cast("Q")[:: HASH_SIZE // 8]
    for n in compress(count(1), map(eq, heads[1:], heads)):
        at = n * HASH_SIZE
        if hashes[at : at + HASH_SIZE] == hashes[at - HASH_SIZE : at]:
            marks[n] |= Irregular.SAME_PICTURE


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a stretch of time: the frame that gives it, and its time in seconds from frame 0."""

    n: int
    at: Fraction


@dataclass(frozen=True, slots=True)
class TimeBounds:
    """Between which two frames something happened: after `after`, by `by`. None where no frame bounds it.

    `exact` tells whether both times rest on the container's stamps; `note` says why an end is missing or not exact.
    """

    after: Bound | None
    by: Bound | None
    exact: bool
    note: str = ""

    @property
    def length(self) -> Fraction | None:
        """Seconds between the two ends, None where one is missing."""
        return self.by.at - self.after.at if self.after is not None and self.by is not None else None

    def words(self) -> str:
        """Return the bounds for people, times rounded to a millisecond."""
        about = "" if self.exact else "about "
        if self.after is None and self.by is None:
            return self.note or "not bounded by any frame"
        if self.after is None and self.by is not None:
            return f"by frame {self.by.n} at {about}{clock(self.by.at)}; no earlier frame"
        if self.by is None and self.after is not None:
            return f"after frame {self.after.n} at {about}{clock(self.after.at)}; no later frame"
        assert self.after is not None
        assert self.by is not None
        return (
            f"after frame {self.after.n} at {about}{clock(self.after.at)},"
            f" by frame {self.by.n} at {about}{clock(self.by.at)}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return both ends with exact times in seconds from frame 0 as `num/den`."""
        ends = {
            name: None if end is None else {"frame": end.n, "time": fraction_text(end.at)}
            for name, end in (("after", self.after), ("by", self.by))
        }
        return {**ends, "exact": self.exact, "note": self.note}


def change_bounds(table: FrameTable, n: int) -> TimeBounds:
    """Return when that which frame n shows first, or no longer, came about: after frame n−1 and by frame n.

    n may be the number of frames, for what ends with the clip. A frame without a stamp bounds nothing by itself: the
    nearest stamped one before or after it does, so that the bounds are wider but hold. Where the stamps around do not
    rise, times are worked out from durations and called about. Raises IndexError outside 0 to the number of frames.
    """
    total = len(table)
    if not 0 <= n <= total or not total:
        raise IndexError(n)
    pts = table.frames.pts
    if table.stamps_increase:
        after = Bound(n - 1, table.time_of(n - 1)) if n else None
        by = Bound(n, table.time_of(n)) if n < total else None
        return TimeBounds(after, by, exact=True, note=_end_note(after, by))
    before = next((k for k in range(n - 1, -1, -1) if pts[k] != NO_STAMP), None)
    later = next((k for k in range(n, total) if pts[k] != NO_STAMP), None)
    first = pts[0]
    sound = first != NO_STAMP and _rises(pts, before, later)
    if not sound:
        # By frame numbers it is sure, by time it is not: the neighbours themselves, at the times worked out.
        after = Bound(n - 1, table.time_of(n - 1)) if n else None
        by = Bound(n, table.time_of(n)) if n < total else None
        note = "the container's time stamps do not rise here; the times are worked out from durations"
        return TimeBounds(after, by, exact=False, note=note)
    base = table.time_base
    after = None if before is None else Bound(before, (pts[before] - first) * base)
    by = None if later is None else Bound(later, (pts[later] - first) * base)
    near = (before is None or before == n - 1) and (later is None or later == n)
    note = _end_note(after, by) if near else "frames between carry no time stamp, so the bounds are wider"
    return TimeBounds(after, by, exact=True, note=note)


def _rises(pts: array[int], before: int | None, later: int | None) -> bool:
    """Tell whether every known stamp up to the first bound lies before it, so that it can be trusted in order."""
    if before is not None and later is not None and pts[before] >= pts[later]:
        return False
    end = max(k for k in (before, later, 0) if k is not None)
    known = [value for value in pts[: end + 1] if value != NO_STAMP]
    return all(a < b for a, b in pairwise(known))


def _end_note(after: Bound | None, by: Bound | None) -> str:
    if after is None:
        return "it is there in the first frame: when it began is not bounded"
    return "" if by is not None else "it is there in the last frame: when it ended is not bounded"


@dataclass(frozen=True, slots=True)
class SpanBounds:
    """When that which frames `first` to `last` show began and ended."""

    began: TimeBounds
    ended: TimeBounds

    def words(self) -> str:
        """Return both ends for people, times rounded to a millisecond."""
        return f"began {self.began.words()}; ended {self.ended.words()}"


def span_bounds(table: FrameTable, first: int, last: int) -> SpanBounds:
    """Return the bounds of what is seen from frame `first` to frame `last`, both with it."""
    return SpanBounds(change_bounds(table, first), change_bounds(table, last + 1))


@dataclass(frozen=True, slots=True)
class FrameTiming:
    """One frame's timing. `stated` is its duration by the container, None where it states none; `measured` the step to
    the next frame's stamp, None for the last frame or where a stamp is missing; both in ticks."""

    n: int
    pts: int | None
    time: Fraction
    time_exact: bool
    stated: int | None
    measured: int | None
    irregular: Irregular
    bounds: TimeBounds


def frame_timing(table: FrameTable, n: int, irregular: Irregular = REGULAR) -> FrameTiming:
    """Return the timing of frame n; IndexError where there is none. `irregular` is what `timing_of` found there."""
    here = table.pts(n)
    after = table.pts(n + 1) if n + 1 < len(table) else None
    return FrameTiming(
        n,
        here,
        table.time_of(n),
        table.time_is_exact,
        table.frames.duration[n] or None,
        after - here if here is not None and after is not None else None,
        irregular,
        change_bounds(table, n),
    )
