"""Where the reviewer is in a clip: position, in and out, steps, "go to" texts, and which frame play has reached.

Frames are counted from 0. Every time here is an exact number of ticks or a fraction of a second.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, compress, islice, pairwise
from math import floor
from operator import sub

from evidence_desk.domain.errors import FrameOutOfRange, Refused
from evidence_desk.domain.frames import NO_STAMP, FrameTable
from evidence_desk.domain.records import Observation

NANOSECONDS = 1_000_000_000
_MOST_TYPED = 40
"""Signs of a typed place; what is longer names none, and is not said back whole."""


@dataclass(frozen=True, slots=True)
class FrameClock:
    """When each frame begins, in ticks after frame 0, never going back; `end` is where the last frame ends.

    `pts` keeps what the container states. Where a stamp is missing or does not increase, the beginning is laid after
    the frame before it by that frame's duration: good for a timeline and for play, never an identity.
    """

    time_base: Fraction
    pts: Sequence[int | None]
    starts: Sequence[int]
    end: int
    usual: int
    """The duration that most frames have, in ticks: what an unusual one is measured by."""
    longest: int = 0
    """The longest duration in ticks, told where `stated`."""
    stated: bool = False
    """Whether every frame has a stamp that comes after the one before it; then the columns are the table's own."""

    @classmethod
    def build(cls, pts: Sequence[int | None], durations: Sequence[int | None], time_base: Fraction) -> FrameClock:
        """Return the clock of a frame table's stamps and durations; ValueError where there is no frame."""
        if not pts:
            raise ValueError("a clock needs at least one frame")
        steps = Counter(b - a for a, b in pairwise(pts) if a is not None and b is not None and b > a)
        usual = _most_common(steps, durations)
        starts = [0]
        first = next((p for p in pts if p is not None), 0)
        for n in range(1, len(pts)):
            stated, held = pts[n], durations[n - 1]
            if stated is not None and stated - first > starts[-1]:
                starts.append(stated - first)
            else:
                starts.append(starts[-1] + (held if held and held > 0 else usual))
        held = durations[len(pts) - 1]
        end = starts[-1] + (held if held and held > 0 else usual)
        return cls(time_base, tuple(pts), tuple(starts), end, usual)

    @classmethod
    def of(cls, table: FrameTable) -> FrameClock:
        """Return the clock of a frame table; ValueError where it has no frames."""
        if not len(table):
            raise ValueError("a clock needs at least one frame")
        pts, durations = table.frames.pts, table.frames.duration
        stated = table.stamps_increase
        if not stated and max(pts) != NO_STAMP:
            return cls.build([None if value == NO_STAMP else value for value in pts], durations, table.time_base)
        steps: Counter[int] = Counter(map(sub, memoryview(pts)[1:], pts)) if stated else Counter()
        starts, usual = table.starts, _most_common(steps, durations)
        last = durations[-1] if durations[-1] > 0 else usual
        stamps = pts if stated else (None,) * len(table)
        return cls(table.time_base, stamps, starts, starts[-1] + last, usual, max(last, *steps, 0), stated)

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, n: int) -> Fraction:
        """Return the seconds from frame 0 to the beginning of frame n."""
        return self.starts[n] * self.time_base

    @property
    def length(self) -> Fraction:
        """Return the seconds from the beginning of frame 0 to the end of the last frame."""
        return self.end * self.time_base

    def frame_at(self, seconds: Fraction) -> int:
        """Return the frame that is on screen at that moment, held inside the clip at both ends."""
        ticks = seconds / self.time_base
        return min(max(bisect_right(self.starts, ticks) - 1, 0), len(self.starts) - 1)

    def duration(self, n: int) -> int:
        """Return the ticks for which frame n stays on screen."""
        after = self.starts[n + 1] if n + 1 < len(self.starts) else self.end
        return after - self.starts[n]

    def unusual(self, times: Fraction) -> list[int]:
        """Return the frames on screen for more than `times` the usual, and those whose stamp fails (`backward`).

        Where no frame at all has a stamp, as in a raw stream, that is no mark of a single one.
        """
        whole = floor(self.usual * times)
        if self.stated and self.longest <= whole:
            return []
        lengths = chain(map(sub, islice(self.starts, 1, None), self.starts), (self.end - self.starts[-1],))
        # A table of a million frames asks this at opening: one comparison of whole numbers a frame.
        long = compress(range(len(self)), map(whole.__lt__, lengths))
        if self.stated or (self.pts[0] is None and not any(pts is not None for pts in self.pts)):
            return list(long)
        return sorted({*long, *filter(self.backward, range(len(self)))})

    def backward(self, n: int) -> bool:
        """Tell whether the stamp of frame n is missing or does not come after the one before it."""
        if n == 0:
            return self.pts[0] is None
        here, before = self.pts[n], self.pts[n - 1]
        return here is None or (before is not None and here <= before)


def _most_common(steps: Counter[int], durations: Sequence[int | None]) -> int:
    """Return the step met most often; without any the duration met most often, else one tick."""
    if not steps:
        steps = Counter({d: times for d, times in Counter(durations).items() if d is not None and d > 0})
    return steps.most_common(1)[0][0] if steps else 1


@dataclass(frozen=True, slots=True)
class Playhead:
    """A place in a clip of `count` frames, with the in and out marks ("None" where not set)."""

    count: int
    n: int = 0
    mark_in: int | None = None
    mark_out: int | None = None

    def to(self, n: int) -> Playhead:
        """Return the playhead at frame n; raises FrameOutOfRange."""
        if not 0 <= n < self.count:
            raise FrameOutOfRange(
                f"There is no frame {n}: this exhibit has {self.count} frames, 0 to {self.count - 1}. Nothing changed."
            )
        return replace(self, n=n)

    def stepped(self, by: int) -> Playhead:
        """Return the playhead `by` frames on, stopping at the first and the last frame."""
        return replace(self, n=min(max(self.n + by, 0), self.count - 1))

    def marked_in(self, n: int | None) -> Playhead:
        """Return the playhead with the in mark set; an out mark before it is given up."""
        out = self.mark_out if n is None or self.mark_out is None or self.mark_out >= n else None
        return replace(self, mark_in=n, mark_out=out)

    def marked_out(self, n: int | None) -> Playhead:
        """Return the playhead with the out mark set; an in mark after it is given up."""
        start = self.mark_in if n is None or self.mark_in is None or self.mark_in <= n else None
        return replace(self, mark_in=start, mark_out=n)

    def unmarked(self) -> Playhead:
        """Return the playhead without in and out."""
        return replace(self, mark_in=None, mark_out=None)

    def renumbered(self, count: int, again: Callable[[int], int]) -> Playhead:
        """Return the playhead in a clip whose frames were counted anew; `again` gives a frame's number there."""
        start, out = (None if mark is None else again(mark) for mark in (self.mark_in, self.mark_out))
        return Playhead(count, again(self.n), start, out)

    @property
    def at_first(self) -> bool:
        """Tell whether there is no frame before this one."""
        return self.n == 0

    @property
    def at_last(self) -> bool:
        """Tell whether there is no frame after this one."""
        return self.n == self.count - 1

    def span(self) -> tuple[int, int]:
        """Return first and last frame of what is marked; where only one mark is set, to or from the playhead.

        A mark that lies on the wrong side of the playhead marks nothing: an end is never made a beginning.
        """
        a = self.n if self.mark_in is None else self.mark_in
        b = self.n if self.mark_out is None else self.mark_out
        return (a, b) if a <= b else (self.n, self.n)

    @property
    def marked_frames(self) -> int | None:
        """Return how many frames lie from in to out, both counted; None unless both are set."""
        if self.mark_in is None or self.mark_out is None:
            return None
        return self.mark_out - self.mark_in + 1


_SPACES = re.compile(r"[\s\u2009\u202f\u00a0]+")
_FRAME = re.compile(r"#?(\d+)")
_RELATIVE = re.compile(r"([+\-\u2212])(\d+)")
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d+))?")
_FRAMES = re.compile(r"(\d+):(\d{1,2}):(\d{1,2})[:;](\d{1,3})")
_SECONDS = re.compile(r"(\d+)(?:[.,](\d+))?s")
_PTS = re.compile(r"pts(-?\d+)", re.IGNORECASE)


def parse_goto(text: str, clock: FrameClock, n: int) -> int:
    """Return the frame that a typed text names, seen from frame n.

    Understood: `812`, `#812`, `+10`, `-3`, `00:00:27.093`, `1:02`, `27.5s`, `+1.5s`, `-0:02`, `00:00:27:03`,
    `pts 416148`. A time names the frame on screen then; a timecode names a picture by its place among those that begin
    in that second, from 0, whatever the rate. Raises Refused for a text that names nothing, FrameOutOfRange beyond the
    counted frames.
    """
    packed = _SPACES.sub("", text)
    if len(packed) > _MOST_TYPED:
        raise _names_nothing(text)
    head = Playhead(len(clock), n)
    if found := _FRAME.fullmatch(packed):
        return head.to(int(found[1])).n
    if found := _RELATIVE.fullmatch(packed):
        return head.to(n + int(found[2]) * (1 if found[1] == "+" else -1)).n
    if found := _PTS.fullmatch(packed):
        return _frame_of_pts(int(found[1]), clock)
    if found := _FRAMES.fullmatch(packed):
        hours, minutes, seconds, place = (int(part) for part in found.groups())
        return _frame_of_second(hours * 3600 + minutes * 60 + seconds, place, clock)
    way = {"+": 1, "-": -1, "\u2212": -1}.get(packed[:1], 0)
    found_seconds = _parse_seconds(packed[1:] if way else packed)
    if found_seconds is None:
        raise _names_nothing(text)
    stated, rounded = found_seconds
    at = clock.at(n) + way * stated + rounded if way else stated + rounded
    if not 0 <= at <= clock.length:
        where = "before the beginning" if at < 0 else "after the end"
        raise FrameOutOfRange(f"That time lies {where} of this exhibit. Nothing changed.")
    return clock.frame_at(at)


def _names_nothing(text: str) -> Refused:
    named = text.strip()
    named = named if len(named) <= _MOST_TYPED else f"{named[: _MOST_TYPED - 1]}…"
    return Refused(f"“{named}” names no frame or time. Write 812, +10, 00:00:27.093, +1.5s, 00:00:27:03 or pts 416148.")


def _frame_of_second(second: int, place: int, clock: FrameClock) -> int:
    first = bisect_left(clock.starts, second / clock.time_base)
    count = bisect_left(clock.starts, (second + 1) / clock.time_base) - first
    if place >= count:
        held = f"{count} pictures begin" if count != 1 else "1 picture begins"
        raise FrameOutOfRange(f"{held} in that second, counted from 0. Nothing changed.")
    return first + place


def _parse_seconds(packed: str) -> tuple[Fraction, Fraction] | None:
    """Return the seconds that a text states, and what to add since shown times are rounded; None for no time."""
    if found := _CLOCK.fullmatch(packed):
        whole = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
        return _with_decimals(whole, found[4])
    if found := _SECONDS.fullmatch(packed):
        return _with_decimals(int(found[1]), found[2])
    return None


def _with_decimals(whole: int, decimals: str | None) -> tuple[Fraction, Fraction]:
    if not decimals:
        return Fraction(whole), Fraction(0)
    # A clock shows milliseconds rounded half up: just under half a millisecond more finds the frame it was read from.
    digits = max(len(decimals), 3)
    return whole + Fraction(int(decimals), 10 ** len(decimals)), Fraction(499_999, 10 ** (digits + 6))


def _frame_of_pts(pts: int, clock: FrameClock) -> int:
    try:
        return clock.pts.index(pts)
    except ValueError:
        raise Refused(f"No frame of this exhibit has pts {pts}. Nothing changed.") from None


@dataclass(frozen=True, slots=True)
class PlayRun:
    """One run of play without sound: began at frame `start` when the wall clock read `began_ns`, up to frame `last`.

    `speed` is negative where play runs backwards; `last` is then before `start`.
    """

    clock: FrameClock
    start: int
    began_ns: int
    speed: Fraction
    last: int

    @property
    def direction(self) -> int:
        """Return 1 forwards, -1 backwards."""
        return 1 if self.speed > 0 else -1

    def _reached(self, now_ns: int) -> Fraction:
        """Return the time in the clip; backwards it begins at the end of the first frame, which is shown whole."""
        played = Fraction(max(now_ns - self.began_ns, 0), NANOSECONDS) * self.speed
        held = self.clock.duration(self.start) * self.clock.time_base if self.speed < 0 else 0
        return self.clock.at(self.start) + held + played

    def frame_due(self, now_ns: int) -> int:
        """Return the frame whose time has come, never beyond `last`."""
        if self.speed > 0:
            return min(self.clock.frame_at(self._reached(now_ns)), self.last)
        return min(max(self.clock.frame_at(self._reached(now_ns)), self.last), self.start)

    def finished(self, now_ns: int) -> bool:
        """Tell whether the last frame has been on screen for its whole duration."""
        if self.speed < 0:
            return self._reached(now_ns) <= self.clock.at(self.last)
        end = self.clock.at(self.last) + self.clock.duration(self.last) * self.clock.time_base
        return self._reached(now_ns) >= end

    def wait_ns(self, n: int, now_ns: int) -> int:
        """Return the nanoseconds until the frame that follows n in the direction of play is due, 0 if that is past."""
        edge = self.clock.at(n)
        if self.speed > 0:
            edge += self.clock.duration(n) * self.clock.time_base
        return max(int((edge - self._reached(now_ns)) / self.speed * NANOSECONDS), 0)


def in_clip_order(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the observations by first frame, then number; those without frames come last."""
    return tuple(sorted(observations, key=lambda o: (o.first_frame is None, o.first_frame or 0, o.number)))
