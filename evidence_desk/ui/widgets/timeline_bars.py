"""How marks are drawn on their lanes: bars and points, a histogram where they are too many, diamonds, what was seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from evidence_desk.domain.coverage import STEPPED
from evidence_desk.ui.theme import Theme
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.timeline_drag import Drag
from evidence_desk.ui.widgets.timeline_lanes import ACCEPTED, COVERAGE, OBSERVATION, Bar, Lane, seconds_of
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet

CROWD = 0.25
"""From this many marks a pixel on, bars are drawn as a histogram."""
_COLUMN = 3
_FULL = 6.0
"""Two to the power of this many marks in a column of the histogram reach the top; the height is a logarithm."""
_SHORT = {"looked for, not seen": "not seen", "cannot be assessed": "not assessable"}
_NARROW, _NARROW_ALPHA, _FILL_ALPHA = 6.0, 0.55, 0.2
_ROUNDED = 12
"""Bars on a piece of a lane up to which each has round corners."""
_LEAST_WORD = 40.0
_MOST_WORDS = 160
_TICK = 3.0


def bar_rect(sheet: Sheet, row: Row, lane: Lane, bar: Bar) -> QRectF:
    """Return where a bar is drawn; a point is three pixels wide."""
    each = (row.height - 5.0) / lane.rows
    a, b = sheet.x(bar.start), sheet.x(bar.end)
    wide = 3.0 if bar.is_point else max(b - a, 3.0)
    return QRectF(a, row.top + 2.5 + bar.row * each, wide, each - (1 if lane.rows > 1 else 0))


def in_view(sheet: Sheet, lane: Lane, margin: float = 0.0) -> list[int]:
    """Return the places of the lane's bars that are drawn on the sheet, with a margin of pixels on both sides."""
    more = (margin + 4) / sheet.scale.width * sheet.scale.span
    return lane.index.between(sheet.scale.start - more, sheet.scale.end + more)


def crowded(sheet: Sheet, lane: Lane) -> bool:
    """Tell whether the bars on the sheet are too many to be drawn one by one."""
    return lane.index.count(sheet.scale.start, sheet.scale.end) > sheet.scale.width * CROWD


def lane_tile(p: QPainter, sheet: Sheet, row: Row, lane: Lane) -> None:
    """Draw the marks of a lane without their words."""
    if lane.kind == COVERAGE:
        _coverage(p, sheet, row, lane)
    elif crowded(sheet, lane):
        _histogram(p, sheet, row, lane)
    elif lane.kind == OBSERVATION:
        _bars(p, sheet, row, lane)
    else:
        for place in in_view(sheet, lane, row.height):
            _diamond(p, sheet, row, lane.bars[place], False)


def lane_words(p: QPainter, sheet: Sheet, row: Row, lane: Lane, selected: int) -> None:
    """Draw what depends on the view: the words of the bars, and the selected one, by its place or -1."""
    if lane.kind == COVERAGE:
        return
    p.save()
    p.setClipRect(QRectF(sheet.left, row.top, sheet.scale.width, row.height))
    p.setFont(sheet.theme.ui_font("caption"))
    chosen = lane.bars[selected] if selected >= 0 else None
    if chosen is not None and lane.kind == OBSERVATION:
        _bar(p, sheet, (chosen, bar_rect(sheet, row, lane, chosen)), True)
    elif chosen is not None:
        _diamond(p, sheet, row, chosen, True)
    if not crowded(sheet, lane):
        places = in_view(sheet, lane, 200)
        if len(places) <= _MOST_WORDS:
            _words(p, sheet, row, lane, [lane.bars[i] for i in places], chosen)
    p.restore()


def held(p: QPainter, sheet: Sheet, row: Row, lane: Lane, drag: Drag) -> None:
    """Draw where a mark would lie that is being moved, its frames, and the moment that it snaps to."""
    start, end = seconds_of(sheet.clock, drag.first, drag.last)
    bar = replace(drag.bar, first=drag.first, last=drag.last, start=start, end=end, ticks=(), runs=())
    rect = bar_rect(sheet, row, lane, bar)
    p.save()
    p.setClipRect(QRectF(sheet.left, 0, sheet.scale.width, row.bottom + 400))
    _bar(p, sheet, (bar, rect), True)
    p.setFont(sheet.theme.ui_font("caption"))
    _words(p, sheet, row, lane, [bar])
    if drag.snapped is not None:
        p.setPen(QPen(sheet.theme.color("accent.line"), 1, Qt.PenStyle.DashLine))
        x = round(sheet.x(drag.snapped)) + 0.5
        p.drawLine(QPointF(x, 0), QPointF(x, row.bottom + 400))
    p.setFont(sheet.theme.ui_font("caption", numbers=True))
    text = f"{drag.first}\u2013{drag.last}, {frame_count(drag.last - drag.first + 1)}"
    wide = QFontMetricsF(p.font()).horizontalAdvance(text) + 12
    x = min(max(rect.left(), sheet.left), max(sheet.right - wide, sheet.left))
    box = QRectF(x, max(rect.top() - 20, 0), wide, 18)
    p.fillRect(box, sheet.theme.color("surface.overlay"))
    p.setPen(sheet.theme.color("text.primary"))
    p.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    p.restore()


def frame_count(count: int) -> str:
    """Return a number of frames in words."""
    return plural(count, "{count} frame", "{count} frames")


def color_of(theme: Theme, bar: Bar) -> QColor:
    """Return the colour of a mark: that of its category, or that of what detectors point at."""
    return theme.category_color(bar.category) if bar.category else theme.color("timeline.suggestion")


def _bars(p: QPainter, sheet: Sheet, row: Row, lane: Lane) -> None:
    """Draw the bars of a lane. There may be many: pens are set once, and edges only where they can be told apart."""
    tones: dict[str, tuple[QColor, QColor, QColor]] = {}
    places = in_view(sheet, lane)
    rounded = len(places) <= _ROUNDED
    left, right = sheet.left - 50.0, sheet.right + 50.0
    for place in places:
        bar = lane.bars[place]
        rect = bar_rect(sheet, row, lane, bar)
        if bar.negative or bar.ticks or (rounded and not bar.is_point):
            _bar(p, sheet, (bar, rect), False)
            continue
        if bar.category not in tones:
            tones[bar.category] = _tones(color_of(sheet.theme, bar))
        line, fill, narrow = tones[bar.category]
        if bar.is_point:
            p.fillRect(rect, line)
        elif rect.width() < _NARROW:
            p.fillRect(rect, narrow)
        else:
            rect.setLeft(max(rect.left(), left))
            rect.setRight(min(rect.right(), right))
            p.fillRect(rect, fill)
            p.setPen(line)
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


def _tones(line: QColor) -> tuple[QColor, QColor, QColor]:
    """Return the colour of an edge, of what it surrounds, and of a bar too narrow for an edge."""
    fill, narrow = QColor(line), QColor(line)
    fill.setAlphaF(_FILL_ALPHA)
    narrow.setAlphaF(_NARROW_ALPHA)
    return line, fill, narrow


def _bar(p: QPainter, sheet: Sheet, placed: tuple[Bar, QRectF], chosen: bool) -> None:
    bar, rect = placed
    theme = sheet.theme
    color = color_of(theme, bar)
    line = theme.color("accent.line") if chosen else color
    if bar.is_point:
        p.fillRect(rect, line)
        if chosen:
            p.setPen(QPen(line, 1))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(rect.adjusted(-2.5, -0.5, 2.5, 0.5))
        return
    fill = QColor(color)
    fill.setAlphaF(0.42 if chosen else _FILL_ALPHA)
    pen = QPen(line, 1.6 if chosen else 1)
    if bar.negative:
        pen.setDashPattern([4, 3])
        p.setBrush(Qt.BrushStyle.NoBrush)
    else:
        p.setBrush(fill)
    p.setPen(pen)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Far ends are cut: a rectangle of millions of pixels is drawn slowly, and wrongly.
    shown = rect.intersected(QRectF(sheet.left - 50, rect.top(), sheet.scale.width + 100, rect.height()))
    p.drawRoundedRect(shown.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for first, last in bar.runs:
        if first < last and first < len(sheet.clock):
            begin, end = (sheet.x(_middle(sheet, min(n, len(sheet.clock) - 1))) for n in (first, last))
            begin, end = max(begin, shown.left()), min(end, shown.right())
            if begin < end:
                p.fillRect(QRectF(begin, rect.top() + _TICK / 2 - 0.5, end - begin, 1), line)
    for n in bar.ticks:
        if bar.first <= n <= bar.last:
            p.fillRect(QRectF(sheet.x(_middle(sheet, n)) - 1, rect.top(), 2, _TICK), line)


def _middle(sheet: Sheet, n: int) -> float:
    """Return seconds from frame 0 to the middle of frame n."""
    return (sheet.clock.starts[n] + sheet.clock.duration(n) / 2) * float(sheet.clock.time_base)


def _histogram(p: QPainter, sheet: Sheet, row: Row, lane: Lane) -> None:
    """Draw how many marks lie in each few pixels: the height is the logarithm of their number."""
    color = color_of(sheet.theme, lane.bars[0]) if lane.bars else sheet.theme.color("timeline.suggestion")
    foot, most = row.bottom - 2.0, row.height - 4.0
    per = sheet.scale.span / sheet.scale.width
    for x in range(0, math.ceil(sheet.scale.width), _COLUMN):
        begin = sheet.scale.start + x * per
        count = lane.index.count(begin, begin + _COLUMN * per)
        if count:
            high = max(most * min(math.log2(1 + count) / _FULL, 1.0), 1.0)
            p.fillRect(QRectF(sheet.left + x, foot - high, _COLUMN - 0.5, high), color)


def _diamond(p: QPainter, sheet: Sheet, row: Row, bar: Bar, chosen: bool) -> None:
    """Draw a mark of a detector: filled once accepted, hollow while pending; a bar below it for a stretch."""
    theme = sheet.theme
    color = theme.color("accent.line" if chosen else "timeline.suggestion")
    x, y, half = sheet.x(bar.start) + 1.5, row.top + row.height / 2, min(row.height / 2 - 3.0, 5.0)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(color, 1.2))
    p.setBrush(color if bar.state == ACCEPTED else Qt.BrushStyle.NoBrush)
    p.drawPolygon(QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]))
    p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if not bar.is_point:
        p.fillRect(QRectF(x, row.bottom - 3, max(sheet.x(bar.end) - x, 1), 1.5), color)


def _coverage(p: QPainter, sheet: Sheet, row: Row, lane: Lane) -> None:
    """Draw what was looked at: full height stepped, low played, nothing not yet. Height tells it without colour."""
    theme, foot, most = sheet.theme, row.bottom - 2.0, row.height - 4.0
    per = sheet.scale.span / sheet.scale.width
    if len(in_view(sheet, lane)) > sheet.scale.width:
        # More stretches than pixels: a column is what most of it says, so that a gap is not painted over.
        for x in range(math.ceil(sheet.scale.width)):
            begin = sheet.scale.start + x * per
            _coverage_column(p, sheet, row, lane, (x, begin, begin + per))
        return
    for place in in_view(sheet, lane):
        bar = lane.bars[place]
        stepped = bar.state == STEPPED
        high = most if stepped else max(most * 0.45, 2.0)
        a = sheet.x(bar.start)
        color = theme.color("timeline.coverage_step" if stepped else "timeline.coverage_1x")
        p.fillRect(QRectF(a, foot - high, max(sheet.x(bar.end) - a, 0.6), high), color)


def _coverage_column(p: QPainter, sheet: Sheet, row: Row, lane: Lane, column: tuple[int, float, float]) -> None:
    x, begin, end = column
    seen = {True: 0.0, False: 0.0}
    for place in lane.index.between(begin, end):
        bar = lane.bars[place]
        seen[bar.state == STEPPED] += max(min(bar.end, end) - max(bar.start, begin), 0.0)
    if seen[True] + seen[False] < (end - begin) / 2:
        return
    stepped = seen[True] >= seen[False]
    most = row.height - 4.0
    high = most if stepped else max(most * 0.45, 2.0)
    color = sheet.theme.color("timeline.coverage_step" if stepped else "timeline.coverage_1x")
    p.fillRect(QRectF(sheet.left + x, row.bottom - 2.0 - high, 1, high), color)


def _words(p: QPainter, sheet: Sheet, row: Row, lane: Lane, bars: Sequence[Bar], first: Bar | None = None) -> None:
    metrics = QFontMetricsF(p.font())
    p.setPen(sheet.theme.color("text.primary"))
    for place, text in words_of(metrics, sheet, row, lane, bars, first):
        p.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


def words_of(
    metrics: QFontMetricsF, sheet: Sheet, row: Row, lane: Lane, bars: Sequence[Bar], first: Bar | None = None
) -> list[tuple[QRectF, str]]:
    """Return the words of bars in clip order and where they stand: in the bar, else beside it, never over one another.

    A word gives way to the ones before it and to every bar: it is cut, or left out where too little of it could be
    read; the pointer tells it. `first`, the chosen bar, gives way to no other word.
    """
    rects = [bar_rect(sheet, row, lane, bar) for bar in bars]
    if rects and metrics.height() > rects[0].height() + 4:
        return []
    order = sorted(range(len(bars)), key=lambda i: bars[i] is not first)
    found: list[tuple[QRectF, str]] = []
    taken: dict[int, list[QRectF]] = {}
    for i in order:
        bar, rect = bars[i], rects[i]
        label = f"{bar.label}, {tr(_SHORT[bar.state])}" if bar.state in _SHORT else bar.label
        wide = metrics.horizontalAdvance(label)
        beside_it = taken.setdefault(bar.row, [])
        inside = QRectF(max(rect.left(), sheet.left) + 6, rect.top(), 0, rect.height())
        inside.setRight(min(rect.right(), sheet.right) - 3)
        if lane.kind == OBSERVATION and inside.width() >= min(wide, _LEAST_WORD):
            found.append((inside, metrics.elidedText(label, Qt.TextElideMode.ElideRight, inside.width())))
            continue
        # Words reach less far than eight bars, but for the first, which may stand anywhere.
        near = [*rects[max(i - 8, 0) : i], *rects[i + 1 : i + 9], *beside_it[:1], *beside_it[-3:]]
        place = _beside(sheet, rect, wide + 2, near)
        if place is not None:
            beside_it.append(place)
            found.append((place, metrics.elidedText(label, Qt.TextElideMode.ElideRight, place.width())))
    return found


def _beside(sheet: Sheet, rect: QRectF, wide: float, near: Sequence[QRectF]) -> QRectF | None:
    """Return the place of a word beside its bar: whole at the right, else whole at the left, else cut, else none."""
    right = QRectF(rect.right() + 7, rect.top(), wide, rect.height())
    left = QRectF(rect.left() - 7 - wide, rect.top(), wide, rect.height())
    if right.right() <= sheet.right and not any(r.intersects(right) for r in near):
        return right
    if left.left() >= sheet.left and not any(r.intersects(left) for r in near):
        return left
    reach = min([r.left() - 4 for r in near if r.intersects(right)] + [sheet.right])
    right.setRight(min(right.right(), reach))
    return right if right.width() >= min(wide, _LEAST_WORD) else None
