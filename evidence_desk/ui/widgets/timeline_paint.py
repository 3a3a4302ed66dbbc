"""How each row of the timeline is drawn. Functions only: what to draw comes in, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.theme import Theme, icon_sign
from evidence_desk.ui.widgets.timeline_scale import TimeScale, ruler_label

SLOW = Fraction(3, 2)
"""A frame counts as long from this many usual durations on."""
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


def switches(p: QPainter, sheet: Sheet, row: Row, signs: Sequence[str]) -> None:
    """Draw the signs of a lane that is locked or shown alone, left of its count."""
    size = float(sheet.theme.px(12))
    for i, sign in enumerate(signs):
        place = QRectF(sheet.left - 30 - (i + 1) * (size + 3), row.top + (row.height - size) / 2, size, size)
        paint_sign(p, place, sign, sheet.theme.color("text.primary"))


def row_rule(p: QPainter, sheet: Sheet, row: Row) -> None:
    """Draw the hair line under a row."""
    p.setPen(QPen(sheet.theme.color("line.hair"), 1))
    p.drawLine(QPointF(0, row.bottom - 0.5), QPointF(sheet.right, row.bottom - 0.5))


def visible_part(p: QPainter, sheet: Sheet, row: Row) -> None:
    """Draw in the overview which part of the clip is visible below."""
    if sheet.scale.is_whole:
        return
    theme, whole = sheet.theme, TimeScale.whole(sheet.scale.length, sheet.scale.width)
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
        at = sheet.clock.frame_at(exact(k * seconds))
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


def exact(seconds: float) -> Fraction:
    """Return a place on the screen as the moment that frames are looked up by."""
    return Fraction(seconds).limit_denominator(1_000_000_000)
