"""Two clips on one time: moments that both show, how well they agree, and which frame goes with which.

A moment is marked on the first frame of each clip that shows it. So it happened after the frame before and by that
frame, in both: the bounds here follow from this alone. Times are exact seconds from frame 0 of each clip.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.time import clock, fraction_text
from evidence_desk.domain.timing import Irregular, change_bounds, timing_of

SAME_SPEED, DRIFT, DISAGREE = "same speed", "drift", "disagree"
"""What the moments allow: both clips run alike; only at different speeds; no straight line goes through all of them."""
SLOWEST, FASTEST = Fraction(1, 2), Fraction(2)
"""Speeds of one clip by the other that are thought of at all."""
MOST_MOMENTS = 20
"""More moments than this tell nothing new of a straight line."""

SHOWN, BEFORE, AFTER, GAP = "shown", "before", "after", "gap"
"""How a clip stands to a moment: a frame is on screen, it has not begun, it has ended, time is missing in it."""

Corner = tuple[Fraction | None, Fraction]


@dataclass(frozen=True, slots=True)
class Marked:
    """One side of a moment: the frame that shows it first, its time, and that of the frame before (None: no bound)."""

    n: int
    at: Fraction
    after: Fraction | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """What two clips both show.

    A `led` one was marked while an earlier moment put both pictures where they stood: it repeats that moment and is
    no evidence for it, so that it neither narrows the offset nor checks it.
    """

    a: Marked
    b: Marked
    what: str = ""
    led: bool = False

    @property
    def offset(self) -> Fraction:
        """Seconds by which the clip time of B is ahead of that of A, by the marked frames."""
        return self.b.at - self.a.at

    def low(self, rate: Fraction) -> Fraction | None:
        """Return the least offset that the frames allow where B runs `rate` times as fast; None: unbounded."""
        return None if self.b.after is None else self.b.after - rate * self.a.at

    def high(self, rate: Fraction) -> Fraction | None:
        """Return the greatest offset that the frames allow; None: unbounded."""
        return None if self.a.after is None else self.b.at - rate * self.a.after


@dataclass(frozen=True, slots=True)
class Drift:
    """Seconds that B gains on A in each second of A: by least squares, and between which bounds the frames allow."""

    best: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def shown(self) -> bool:
        """Tell whether the frames exclude that both clips run alike."""
        return (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)


@dataclass(frozen=True, slots=True)
class Fit:
    """The line `time in B = offset + rate * time in A` through the moments, and the corners of what else is allowed."""

    moments: tuple[Moment, ...]
    model: str
    offset: Fraction
    rate: Fraction
    corners: tuple[tuple[Corner, Corner], ...]
    drift: Drift | None

    @property
    def counted(self) -> tuple[Moment, ...]:
        """The moments that the line rests on: those found on their own, else all."""
        return _counted(self.moments)

    @property
    def first(self) -> Fraction:
        """The time in A of the first moment that counts: there the offset is told."""
        return self.counted[0].a.at

    @property
    def residuals(self) -> tuple[Fraction, ...]:
        """Seconds by which each moment of B lies behind the line; by construction 0 where `checked` is false."""
        return tuple(m.b.at - self.at(m.a.at) for m in self.moments)

    @property
    def largest(self) -> Fraction:
        """The largest residual of the moments that count, without its sign."""
        return max(abs(m.b.at - self.at(m.a.at)) for m in self.counted)

    @property
    def checked(self) -> bool:
        """Tell whether there are more moments than the line needs, so that residuals say something."""
        return len({m.a.n for m in self.counted}) > (2 if self.model == DRIFT else 1)

    def at(self, seconds: Fraction) -> Fraction:
        """Return the time in B at a time in A."""
        return self.offset + self.rate * seconds

    def back(self, seconds: Fraction) -> Fraction:
        """Return the time in A at a time in B."""
        return (seconds - self.offset) / self.rate

    def bounds(self, seconds: Fraction) -> tuple[Fraction | None, Fraction | None]:
        """Return between which times of B a time in A lies, as far as the frames allow; None: unbounded."""
        lows = [None if low is None else low + rate * seconds for (low, rate), _ in self.corners]
        highs = [None if high is None else high + rate * seconds for _, (high, rate) in self.corners]
        least = None if None in lows else min(value for value in lows if value is not None)
        most = None if None in highs else max(value for value in highs if value is not None)
        return least, most


def marked(table: FrameTable, n: int) -> Marked:
    """Return frame n as one side of a moment; IndexError where there is no such frame."""
    bounds = change_bounds(table, n)
    return Marked(n, table.time_of(n), None if bounds.after is None else bounds.after.at, bounds.exact)


def moments_of(values: Iterable[Mapping[str, Any]], a: FrameTable, b: FrameTable) -> tuple[Moment, ...]:
    """Return the moments of a record with the times of their frames; IndexError where a frame is not there."""
    return tuple(
        Moment(marked(a, v["a_frame"]), marked(b, v["b_frame"]), str(v.get("what", "")), bool(v.get("led")))
        for v in values
    )


def fit(moments: Sequence[Moment]) -> Fit:
    """Return the line through at least one moment; ValueError for none.

    Both clips are taken to run alike as long as the frames allow it, by the mean offset (least squares), held within
    what they allow. Else the slope is that of least squares, held likewise. Where no line meets all moments the mean
    offset stays, with bounds as wide as the moments lie apart. Moments that were `led` there do not count.
    """
    if not moments:
        raise ValueError("no moments")
    every, kept, one = tuple(moments), _counted(moments), Fraction(1)
    rates = _rates(kept)
    drift = _drift(kept, rates)
    low, high = _low(kept, one), _high(kept, one)
    if low is None or high is None or low <= high:
        return Fit(every, SAME_SPEED, _held(_mean(kept, one), low, high), one, (((low, one), (high, one)),), drift)
    if rates and drift is not None:
        rate = _held(1 + drift.best, rates[0], rates[-1])
        corners = tuple(((_low(kept, r), r), (_high(kept, r), r)) for r in (*rates, rate))
        offset = _held(_mean(kept, rate), _low(kept, rate), _high(kept, rate))
        return Fit(every, DRIFT, offset, rate, corners, drift)
    lows, highs = [m.low(one) for m in kept], [m.high(one) for m in kept]
    least = None if None in lows else min(v for v in lows if v is not None)
    most = None if None in highs else max(v for v in highs if v is not None)
    return Fit(every, DISAGREE, _mean(kept, one), one, (((least, one), (most, one)),), drift)


def _counted(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    return tuple(m for m in moments if not m.led) or tuple(moments)


def _low(moments: Sequence[Moment], rate: Fraction) -> Fraction | None:
    return max((v for m in moments if (v := m.low(rate)) is not None), default=None)


def _high(moments: Sequence[Moment], rate: Fraction) -> Fraction | None:
    return min((v for m in moments if (v := m.high(rate)) is not None), default=None)


def _mean(moments: Sequence[Moment], rate: Fraction) -> Fraction:
    return sum((m.b.at - rate * m.a.at for m in moments), Fraction(0)) / len(moments)


def _held(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    above = value if low is None else max(value, low)
    return above if high is None else min(above, high)


def _rates(moments: Sequence[Moment]) -> list[Fraction]:
    """Return the speeds at which the region of all allowed lines has its corners, from the least to the greatest.

    Each bound is a straight line over the speed; the region between the highest low and the lowest high one is convex,
    so its corners lie where two of them cross, or at the limits of speed.
    """
    lines = [(m.b.after, m.a.at) for m in moments if m.b.after is not None]
    lines += [(m.b.at, m.a.after) for m in moments if m.a.after is not None]
    crossings = {(p - q) / (s - t) for (p, s), (q, t) in combinations(lines, 2) if s != t}
    found = []
    for rate in sorted({SLOWEST, FASTEST, *(r for r in crossings if SLOWEST < r < FASTEST)}):
        low, high = _low(moments, rate), _high(moments, rate)
        if low is None or high is None or low <= high:
            found.append(rate)
    return found


def _drift(moments: Sequence[Moment], rates: Sequence[Fraction]) -> Drift | None:
    """Return the slope by least squares, None where all moments lie at one time of A."""
    count = len(moments)
    mean_a = sum((m.a.at for m in moments), Fraction(0)) / count
    mean_b = sum((m.b.at for m in moments), Fraction(0)) / count
    spread = sum(((m.a.at - mean_a) ** 2 for m in moments), Fraction(0))
    if not spread:
        return None
    slope = sum(((m.a.at - mean_a) * (m.b.at - mean_b) for m in moments), Fraction(0)) / spread
    low = rates[0] - 1 if rates and rates[0] > SLOWEST else None
    high = rates[-1] - 1 if rates and rates[-1] < FASTEST else None
    return Drift(slope - 1, low, high)


@dataclass(frozen=True, slots=True)
class Extent:
    """When a clip has pictures: from 0 to `end` but for its gaps, each from and to a time, in order."""

    end: Fraction
    gaps: tuple[tuple[Fraction, Fraction], ...] = ()

    @classmethod
    def of(cls, table: FrameTable) -> Extent:
        """Return when the clip of a frame table has pictures; a gap begins one usual step after the frame before it."""
        timing = timing_of(table)
        step = timing.usual * table.time_base
        cut = [n for n in timing.places if Irregular.GAP in timing.at(n) and n + 1 < len(table)]
        return cls(table.duration, tuple((table.time_of(n) + step, table.time_of(n + 1)) for n in cut))

    def at(self, seconds: Fraction) -> str:
        """Return how the clip stands to that time: SHOWN, BEFORE, AFTER or GAP."""
        if seconds < 0:
            return BEFORE
        if seconds >= self.end:
            return AFTER
        place = bisect_right(self.gaps, (seconds, self.end)) - 1
        return GAP if place >= 0 and seconds < self.gaps[place][1] else SHOWN

    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Return the stretches with pictures."""
        edges = [Fraction(0), *(edge for gap in self.gaps for edge in gap), self.end]
        return tuple((first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last)


@dataclass(frozen=True, slots=True)
class Match:
    """What B shows at a time: the frame, between which frames it lies (None: unbounded), and how B stands to the time.

    Where B has no frame then, `n` is the nearest that it has.
    """

    n: int
    first: int | None
    last: int | None
    place: str
    seconds: Fraction


def match(fitted: Fit, seconds: Fraction, b: FrameTable, extent: Extent) -> Match:
    """Return what B shows at a time of A."""
    there = fitted.at(seconds)
    low, high = fitted.bounds(seconds)
    first = None if low is None else b.frame_at(low)
    last = None if high is None else b.frame_at(high)
    return Match(b.frame_at(there), first, last, extent.at(there), there)


def flipped(values: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the moments of a record as seen from its other exhibit."""
    swap = {"a_frame": "b_frame", "a_hash": "b_hash", "b_frame": "a_frame", "b_hash": "a_hash"}
    return tuple({swap.get(name, name): value for name, value in v.items()} for v in values)


def milliseconds(seconds: Fraction) -> str:
    """Return signed milliseconds with one decimal for people, rounded half up: `+3.3`."""
    tenths = int(abs(seconds) * 10_000 + Fraction(1, 2))
    sign = "" if not tenths else "-" if seconds < 0 else "+"
    return f"{sign}{tenths // 10}.{tenths % 10}"


def unsigned(seconds: Fraction) -> str:
    """Return milliseconds without their sign, for what is a distance."""
    return milliseconds(seconds).lstrip("+-")


def bounds_words(fitted: Fit, seconds: Fraction) -> str:
    """Return between which values the frames hold the offset at a time of A: `between -20.0 and +53.3 ms`."""
    low, high = fitted.bounds(seconds)
    if low is not None and high is not None:
        return f"by the frames between {milliseconds(low - seconds)} and {milliseconds(high - seconds)} ms"
    if low is not None:
        return f"by the frames at least {milliseconds(low - seconds)} ms"
    return "not bounded by any frame" if high is None else f"by the frames at most {milliseconds(high - seconds)} ms"


def offset_told(fitted: Fit) -> str:
    """Return by how much B is ahead of A at the first moment that counts, with its bounds."""
    at = fitted.first
    where = "" if fitted.rate == 1 else f" at {clock(at)}"
    return f"{milliseconds(fitted.at(at) - at)} ms{where}, {bounds_words(fitted, at)}"


def drift_words(drift: Drift) -> str:
    """Return the drift for people, in milliseconds a minute."""
    low = "unbounded" if drift.low is None else milliseconds(drift.low * 60)
    high = "unbounded" if drift.high is None else milliseconds(drift.high * 60)
    none = "" if drift.shown else "; so none is established"
    return f"{milliseconds(drift.best * 60)} ms a minute, the frames allow {low} to {high}{none}"


def led_words(fitted: Fit) -> str:
    """Return how many moments say nothing of their own, "" for none."""
    led = len(fitted.moments) - len(fitted.counted)
    one = "1 moment was marked where the others had put both pictures and does"
    many = f"{led} moments were marked where the others had put both pictures and do"
    return f" {one if led == 1 else many} not count." if led else ""


def verdict_words(fitted: Fit) -> str:
    """Return in a sentence or two what the moments allow to say."""
    return _verdict(fitted) + led_words(fitted)


def _verdict(fitted: Fit) -> str:
    if fitted.model == DISAGREE:
        return "The moments do not agree: one is marked on another event, or time is missing in a clip."
    if fitted.model == DRIFT:
        apart = "The moments agree only if the clips run at different speeds."
        return apart if fitted.checked else f"{apart} Two moments fit any speed: a third would check it."
    if not fitted.checked:
        return "One moment: nothing checks it yet. Mark a second one, far from it."
    return "The moments agree within the frames that bound them."


def fit_json(fitted: Fit) -> dict[str, Any]:
    """Return offset, rate, residuals and drift by name; exact seconds as `num/den`."""
    drift = fitted.drift
    low, high = fitted.bounds(Fraction(0))

    def text(value: Fraction | None) -> str | None:
        return None if value is None else fraction_text(value)

    return {
        "model": fitted.model,
        "offset": text(fitted.offset),
        "offset_low": text(low),
        "offset_high": text(high),
        "rate": text(fitted.rate),
        "checked": fitted.checked,
        "largest_residual": text(fitted.largest),
        "residuals": [text(r) for r in fitted.residuals],
        "led": [m.led for m in fitted.moments],
        "drift": None
        if drift is None
        else {"best": text(drift.best), "low": text(drift.low), "high": text(drift.high), "shown": drift.shown},
        "words": verdict_words(fitted),
    }
