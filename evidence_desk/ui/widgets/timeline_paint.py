"""How each row of the timeline is drawn. Functions only: what to draw comes in, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.theme import Theme, icon_sign
from evidence_desk.ui.widgets.timeline_lanes import Bar, Lane
from evidence_desk.ui.widgets.timeline_scale import TimeScale, ruler_label

CATEGORY_ICONS: Mapping[str, str] = {
    "people": "ph.users-three",
    "marking": "ph.tag-simple",
    "posture": "ph.hand-palm",
    "object": "ph.cube",
    "sound": "ph.ear",
    "continuity": "ph.scissors",
    "place": "ph.map-pin",
}
SLOW = Fraction(3, 2)
"""A frame counts as long from this many usual durations on."""
_LEAST_WORD = 40.0
GAP = 8.0
"""From this many usual durations on it is a gap."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline: `lane` is the index of the lane it shows, -1 for the fixed rows."""

    kind: str
    top: int
    height: int
    lane: int = -1

    @property
    def bottom(self) -> int:
        """Return the first pixel below the row."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every row is drawn on: the theme, the visible part of the clip, where it begins."""

    theme: Theme
    scale: TimeScale
    left: float
    clock: FrameClock

    def x(self, seconds: float) -> float:
        """Return the widget's pixel of a moment."""
        return self.left + self.scale.x(seconds)

    @property
    def right(self) -> float:
        """Return the first pixel right of the rows."""
        return self.left + self.scale.width


def row_label(p: QPainter, sheet: Sheet, row: Row, label: tuple[str, str, str, str]) -> None:
    """Draw icon, name and count at the left of a row; `label` is (icon or "", icon colour, name, count or "")."""
    theme = sheet.theme
    icon, icon_color, name, count = label
    # The spectrogram has its name at the top: the legend stands below it.
    high = row.height if row.kind != "spectrogram" else min(row.height, theme.px(22))
    p.setFont(theme.ui_font("caption", numbers=True))
    x = 12.0
    if icon:
        size = float(theme.px(13))
        paint_sign(p, QRectF(x, row.top + (high - size) / 2, size, size), icon_sign(icon), theme.color(icon_color))
        x += size + 6
    align = Qt.AlignmentFlag.AlignVCenter
    p.setPen(theme.color("text.secondary"))
    room = QRectF(x, row.top, sheet.left - x - (30 if count else 4), high)
    p.drawText(room, align, p.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width())))
    if count:
        p.setPen(theme.color("text.tertiary"))
        p.drawText(QRectF(0, row.top, sheet.left - 9, row.height), align | Qt.AlignmentFlag.AlignRight, count)


def row_rule(p: QPainter, sheet: Sheet, row: Row) -> None:
    """Draw the hair line under a row."""
    p.setPen(QPen(sheet.theme.color("line.hair"), 1))
    p.drawLine(QPointF(0, row.bottom - 0.5), QPointF(sheet.right, row.bottom - 0.5))


def overview(p: QPainter, sheet: Sheet, row: Row, lanes: Sequence[Lane]) -> None:
    """Draw every bar of the clip in its category's colour, and the part that is visible below."""
    theme, whole = sheet.theme, TimeScale.whole(sheet.scale.length, sheet.scale.width)
    usable = row.height - 7
    step = usable / max(len(lanes), 1)
    for i, lane in enumerate(lanes):
        color = theme.category_color(lane.category)
        for bar in lane.bars:
            a, b = whole.x(bar.start), max(whole.x(bar.end), whole.x(bar.start) + 1.5)
            p.fillRect(QRectF(sheet.left + a, row.top + 3 + i * step, b - a, max(step, 1.5)), color)
    if not sheet.scale.is_whole:
        a, b = whole.x(sheet.scale.start), whole.x(sheet.scale.end)
        frame = QRectF(sheet.left + a, row.top, max(b - a, 4), row.height - 1).adjusted(0.5, 0.5, -0.5, -0.5)
        p.fillRect(frame, theme.with_alpha("accent.line", 0.12))
        p.setPen(QPen(theme.color("accent.line"), 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(frame, 2, 2)


def ruler(p: QPainter, sheet: Sheet, row: Row) -> None:
    """Draw the ticks and times of the visible part."""
    theme, step = sheet.theme, sheet.scale.step()
    p.setFont(theme.ui_font("caption", numbers=True))
    base = row.top + row.height * 0.65
    for seconds, major in sheet.scale.ticks():
        x = round(sheet.x(seconds)) + 0.5
        p.setPen(QPen(theme.color("line.control" if major else "line.strong"), 1))
        p.drawLine(QPointF(x, row.bottom - (8 if major else 5)), QPointF(x, row.bottom - 1))
        if major:
            p.setPen(theme.color("text.secondary"))
            p.drawText(QPointF(x + 4, base), ruler_label(seconds, step))


def marks(p: QPainter, sheet: Sheet, row: Row, span: tuple[float, float]) -> None:
    """Draw the range from in to out at the foot of the ruler."""
    a, b = sheet.x(span[0]), sheet.x(span[1])
    p.fillRect(QRectF(a, row.bottom - 3, max(b - a, 2), 2.5), sheet.theme.color("accent.line"))


def filmstrip_slots(sheet: Sheet, height: float, aspect: float) -> list[tuple[float, float, int]]:
    """Return (x, width, frame) of each place of the filmstrip; a place belongs to a moment, so panning keeps them."""
    width = max(height * aspect, 12.0)
    seconds = width / sheet.scale.width * sheet.scale.span
    k = int(sheet.scale.start / seconds)
    slots: list[tuple[float, float, int]] = []
    while k * seconds < min(sheet.scale.end, sheet.scale.length):
        at = sheet.clock.frame_at(_exact(k * seconds))
        slots.append((sheet.x(k * seconds), width, at))
        k += 1
    return slots


def filmstrip(p: QPainter, sheet: Sheet, row: Row, aspect: float, pictures: Mapping[int, QPixmap]) -> None:
    """Draw the small pictures that have arrived; a place whose picture has not is left empty."""
    height = row.height - 3.0
    p.save()
    p.setClipRect(QRectF(sheet.left, row.top, sheet.scale.width, row.height))
    p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for x, width, n in filmstrip_slots(sheet, height, aspect):
        room = QRectF(x, row.top + 1, width - 1, height)
        picture = pictures.get(n)
        if picture is None:
            p.fillRect(room, sheet.theme.color("surface.field"))
        else:
            p.drawPixmap(room, picture, QRectF(picture.rect()))
    p.restore()


def timing(p: QPainter, sheet: Sheet, row: Row, unusual: Sequence[tuple[int, float, bool]]) -> None:
    """Draw a column per frame or per few pixels; `unusual` has (frame, usual durations it lasts, stamp goes back)."""
    theme = sheet.theme
    foot = row.bottom - 2.0
    per_frame = sheet.scale.width * float(sheet.clock.length) / max(len(sheet.clock), 1) / sheet.scale.span
    pitch = max(per_frame, 3.0)
    ok = theme.color("timeline.timing_ok")
    x = sheet.left
    if per_frame > 3.0:
        first, last = (sheet.clock.frame_at(_exact(s)) for s in (sheet.scale.start, sheet.scale.end))
        for n in range(first, last + 1):
            a = sheet.x(float(sheet.clock.at(n)))
            b = sheet.x(float(sheet.clock.at(n) + sheet.clock.duration(n) * sheet.clock.time_base))
            if b > sheet.left:
                left = max(a, sheet.left)
                p.fillRect(QRectF(left, foot - 4, max(b - left - 1, 1), 4), ok)
    else:
        end = min(sheet.right, sheet.x(sheet.scale.length))
        while x < end:
            p.fillRect(QRectF(x, foot - 4, pitch - 1, 4), ok)
            x += pitch
    for n, times, back in unusual:
        a = sheet.x(float(sheet.clock.at(n)))
        b = sheet.x(float(sheet.clock.at(n) + sheet.clock.duration(n) * sheet.clock.time_base))
        if b < sheet.left or a > sheet.right:
            continue
        a = max(a, sheet.left)
        bad = back or times >= GAP
        tall = min(4 * times, row.height - 4.0) if not back else row.height - 4.0
        color = theme.color("timeline.timing_gap" if bad else "timeline.timing_long")
        p.fillRect(QRectF(a, foot - tall, max(b - a - 1, 2), tall), color)


def bar_rect(sheet: Sheet, row: Row, lane: Lane, bar: Bar) -> QRectF:
    """Return where a bar is drawn; a point is three pixels wide."""
    each = (row.height - 5.0) / lane.rows
    a, b = sheet.x(bar.start), sheet.x(bar.end)
    wide = 3.0 if bar.is_point else max(b - a, 3.0)
    return QRectF(a, row.top + 2.5 + bar.row * each, wide, each - (1 if lane.rows > 1 else 0))


def lane_bars(p: QPainter, sheet: Sheet, row: Row, lane: Lane, selected: str) -> None:
    """Draw the bars of a lane: interval filled, point as a stroke, looked for and not seen dashed."""
    p.save()
    p.setClipRect(QRectF(sheet.left, row.top, sheet.scale.width, row.height))
    p.setFont(sheet.theme.ui_font("caption"))
    color = sheet.theme.category_color(lane.category)
    rects = [bar_rect(sheet, row, lane, bar) for bar in lane.bars]
    for bar, rect in zip(lane.bars, rects, strict=True):
        if rect.right() < sheet.left or rect.left() > sheet.right:
            continue
        _bar(p, sheet.theme, (bar, rect), color, bar.number == selected)
        _bar_text(p, sheet, bar, rect, rects)
    p.restore()


def _bar(p: QPainter, theme: Theme, placed: tuple[Bar, QRectF], color: QColor, chosen: bool) -> None:
    bar, rect = placed
    line = theme.color("accent.line") if chosen else color
    if bar.is_point:
        p.fillRect(rect, line)
        if chosen:
            p.setPen(QPen(line, 1))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(rect.adjusted(-2.5, -0.5, 2.5, 0.5))
        return
    fill = QColor(color)
    fill.setAlphaF(0.42 if chosen else 0.2)
    pen = QPen(line, 1.6 if chosen else 1)
    if bar.negative:
        pen.setDashPattern([4, 3])
        p.setBrush(Qt.BrushStyle.NoBrush)
    else:
        p.setBrush(fill)
    p.setPen(pen)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    p.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _bar_text(p: QPainter, sheet: Sheet, bar: Bar, rect: QRectF, others: Sequence[QRectF]) -> None:
    metrics = QFontMetricsF(p.font())
    wide = metrics.horizontalAdvance(bar.label)
    if metrics.height() > rect.height() + 4:
        return
    p.setPen(sheet.theme.color("text.primary"))
    inside = QRectF(max(rect.left(), sheet.left) + 6, rect.top(), 0, rect.height())
    inside.setRight(rect.right() - 3)
    if inside.width() >= min(wide, _LEAST_WORD):
        shown = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, inside.width())
        p.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)
        return
    beside = QRectF(rect.right() + 5, rect.top(), wide + 2, rect.height())
    if beside.right() > sheet.right:
        beside.moveRight(rect.left() - 5)
    if not any(r.intersects(beside) for r in others if r != rect):
        p.drawText(beside, Qt.AlignmentFlag.AlignVCenter, bar.label)


def playhead(p: QPainter, sheet: Sheet, rows: Sequence[Row], seconds: float) -> None:
    """Draw the line of the frame that is shown, its handle in the ruler, and its place in the overview."""
    theme = sheet.theme
    top = next(r for r in rows if r.kind == "ruler")
    first = next(r for r in rows if r.kind == "overview")
    whole = TimeScale.whole(sheet.scale.length, sheet.scale.width)
    p.fillRect(
        QRectF(sheet.left + whole.x(seconds) - 1, first.top + 1, 2, first.height - 3), theme.color("text.primary")
    )
    x = sheet.x(seconds)
    if not sheet.left - 1 <= x <= sheet.right:
        return
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(theme.color("accent.line"))
    y = top.top
    p.drawPolygon(
        QPolygonF([QPointF(x + dx, y + dy) for dx, dy in ((-5.5, 0), (5.5, 0), (5.5, 7), (0, 12.5), (-5.5, 7))])
    )
    p.fillRect(QRectF(x - 0.7, y + 8, 1.4, rows[-1].bottom - y - 8), theme.color("accent.line"))


def _exact(seconds: float) -> Fraction:
    return Fraction(seconds).limit_denominator(1_000_000_000)
