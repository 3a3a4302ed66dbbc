"""The frames that are not as usual, found by time, and how the lane of frame timing draws them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.widgets.timeline_paint import GAP, SLOW, Row, Sheet, exact

_BACK = 1e9


class Unusual:
    """Frames on screen for long, and those whose stamp fails: where they begin and how many usual durations they last.

    A stamp that is missing or goes back weighs more than any duration, so that the worst of a column is one `max`.
    """

    __slots__ = ("ends", "starts", "weights")

    def __init__(self, clock: FrameClock | None) -> None:
        frames = clock.unusual(SLOW) if clock is not None else []
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.weights: list[float] = []
        if clock is None:
            return
        tick, usual = float(clock.time_base), clock.usual
        for n in frames:
            ticks = clock.duration(n)
            self.starts.append(clock.starts[n] * tick)
            self.ends.append((clock.starts[n] + ticks) * tick)
            self.weights.append(_BACK if clock.backward(n) else ticks / usual)

    def between(self, start: float, end: float) -> range:
        """Return the places of those that touch a stretch of seconds."""
        return range(bisect_left(self.ends, start), bisect_right(self.starts, end))


def timing(p: QPainter, sheet: Sheet, row: Row, unusual: Unusual) -> None:
    """Draw a column per frame or per few pixels: grey usual, amber long, red a gap or a stamp that goes back."""
    theme, foot = sheet.theme, row.bottom - 2.0
    per_frame = sheet.scale.width * float(sheet.clock.length) / max(len(sheet.clock), 1) / sheet.scale.span
    ok = theme.color("timeline.timing_ok")
    tick = float(sheet.clock.time_base)
    if per_frame > 3.0:
        first, last = (sheet.clock.frame_at(exact(s)) for s in (sheet.scale.start, sheet.scale.end))
        for n in range(first, last + 1):
            a, b = (sheet.x(ticks * tick) for ticks in (sheet.clock.starts[n], _end(sheet.clock, n)))
            p.fillRect(QRectF(a, foot - 4, max(b - a - 1, 1), 4), ok)
    else:
        x, end = sheet.left, min(sheet.right, sheet.x(sheet.scale.length))
        while x < end:
            p.fillRect(QRectF(x, foot - 4, 2, 4), ok)
            x += 3.0
    found = unusual.between(sheet.scale.start, sheet.scale.end)
    if len(found) <= sheet.scale.width:
        for i in found:
            a = sheet.x(unusual.starts[i])
            _column(p, sheet, row, (a, max(sheet.x(unusual.ends[i]) - a - 1, 2)), unusual.weights[i])
        return
    per = sheet.scale.span / sheet.scale.width
    for x in range(0, int(sheet.scale.width), 2):
        begin = sheet.scale.start + x * per
        near = unusual.between(begin, begin + 2 * per)
        if near:
            _column(p, sheet, row, (sheet.left + x, 2), max(unusual.weights[near.start : near.stop]))


def _column(p: QPainter, sheet: Sheet, row: Row, place: tuple[float, float], weight: float) -> None:
    foot, most = row.bottom - 2.0, row.height - 4.0
    color = sheet.theme.color("timeline.timing_gap" if weight >= GAP else "timeline.timing_long")
    tall = min(4 * weight, most)
    p.fillRect(QRectF(place[0], foot - tall, place[1], tall), color)


def _end(clock: FrameClock, n: int) -> int:
    return clock.starts[n] + clock.duration(n)
