"""A mark held by the mouse: an edge or the whole of it, moved frame by frame, snapping to what lies near."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.widgets.timeline_lanes import COVERAGE, Bar, Lane

Part = Literal["first", "last", "whole"]


@dataclass(frozen=True, slots=True)
class Drag:
    """Which part of a bar is held, the frame at which it was taken, and where the bar would begin and end now."""

    bar: Bar
    part: Part
    taken: int
    first: int
    last: int
    snapped: float | None = None

    @property
    def moved(self) -> bool:
        """Tell whether letting go would change anything."""
        return (self.first, self.last) != (self.bar.first, self.bar.last)

    @property
    def edge(self) -> int:
        """Return the frame that is looked at meanwhile: the one at the edge that moves."""
        return self.last if self.part == "last" else self.first

    def to(self, n: int, count: int, snapped: float | None = None) -> Drag:
        """Return the drag with its edge at frame n, or moved by n frames from where it was taken; held in the clip."""
        first, last = self.bar.first, self.bar.last
        if self.part == "first":
            first = min(max(n, 0), last)
        elif self.part == "last":
            last = max(min(n, count - 1), first)
        else:
            by = min(max(n - self.taken, -first), count - 1 - last)
            first, last = first + by, last + by
        return replace(self, first=first, last=last, snapped=snapped)


def snap_frame(
    drag: Drag, seconds: float, reach: float, clock: FrameClock, lanes: Iterable[Lane], others: Iterable[int]
) -> tuple[int, float] | None:
    """Return the frame to snap to and the moment it lies at; None where nothing is within `reach` seconds.

    An edge snaps to the edges of marks, its own left out, and to the beginnings of the `others` (playhead, in, out).
    """
    tick = float(clock.time_base)
    moments = [clock.starts[n] * tick for n in others if 0 <= n < len(clock)]
    for lane in lanes:
        if lane.kind != COVERAGE:
            near = lane.index.between(seconds - reach, seconds + reach)
            bars = [lane.bars[i] for i in near[:200] if lane.bars[i].number != drag.bar.number]
            moments += [edge for bar in bars for edge in (bar.start, bar.end)]
    best = min(moments, key=lambda at: abs(at - seconds), default=None)
    if best is None or abs(best - seconds) > reach:
        return None
    # A moment between two frames: a beginning snaps to the frame after it, an end to the frame before it.
    after = min(max(_frame_from(clock, best), 0), len(clock) - 1)
    return (max(after - 1, 0) if drag.part == "last" and best > 0 else after), best


def _frame_from(clock: FrameClock, seconds: float) -> int:
    """Return the first frame that begins at a moment or after it, near enough for what floats leave."""
    return bisect_left(clock.starts, round(seconds / float(clock.time_base)))
