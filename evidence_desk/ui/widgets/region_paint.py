"""How a region is drawn over the picture: a white line in a black halo, handles and a label that stays inside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from evidence_desk.domain.regions import CONFIRMED, TRACKED
from evidence_desk.ui.theme import Theme
from evidence_desk.ui.widgets.region_shapes import ABSENT, DISC, Shape, handles, outline

HANDLE = 6.0
_DASHES, _DOTS, _DASH_DOT = [4, 3], [1, 2.5], [8, 2.5, 1.2, 2.5]

_WORDS_AT = {"text": 8.0, "point": 14.0}
"""How far right of its place a shape's own words begin; those of a point are the number of one that is counted."""


def paint_shape(p: QPainter, theme: Theme, places: Sequence[QPointF], shape: Shape, chosen: bool) -> None:
    """Draw one region at places in widget pixels.

    The line is solid where a person drew it, dash-dot where one accepted it, dashed between, dotted where only tracked.
    """
    if shape.how == ABSENT:
        return
    line = theme.color("picture.region_selected" if shape.of_selected else "picture.region")
    halo = theme.color("picture.region_halo")
    halo.setAlphaF(0.75)
    path = outline(shape.kind, places)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(halo, 3.5))
    p.drawPath(path)
    pen = QPen(line, 1.5)
    if not shape.solid:
        pen.setDashPattern(_DOTS if shape.by == TRACKED else _DASHES)
    elif shape.by == CONFIRMED:
        pen.setDashPattern(_DASH_DOT)
    p.setPen(pen)
    p.drawPath(path)
    if shape.kind == "callout" and len(places) == 2:
        _paint_disc(p, theme, places[1], shape.words, line)
    elif shape.kind in _WORDS_AT and shape.words:
        _paint_words(p, theme, places[0] + QPointF(_WORDS_AT[shape.kind], 0), shape.words)
    if chosen and shape.editable:
        paint_handles(p, theme, tuple(handles(shape.kind, places).values()))


def paint_handles(p: QPainter, theme: Theme, places: Sequence[QPointF]) -> None:
    """Draw the handles of the chosen region."""
    p.setPen(QPen(theme.color("picture.region_selected"), 1))
    p.setBrush(theme.color("picture.region"))
    for at in places:
        p.drawRect(QRectF(at.x() - HANDLE / 2, at.y() - HANDLE / 2, HANDLE, HANDLE))


def paint_held(p: QPainter, theme: Theme, at: QPointF) -> None:
    """Draw a ring around the corner that the keyboard holds."""
    halo = theme.color("picture.region_halo")
    p.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((halo, 4.0), (theme.color("picture.region_selected"), 2.0)):
        p.setPen(QPen(color, width))
        p.drawEllipse(at, HANDLE + 2, HANDLE + 2)


def _paint_disc(p: QPainter, theme: Theme, at: QPointF, words: str, line: QColor) -> None:
    """Draw a callout's number on its disc, and what else it says beside it."""
    number, _, rest = words.partition(" ")
    radius = theme.px(round(DISC))
    p.setPen(QPen(line, 1.5))
    p.setBrush(theme.color("picture.label_bg"))
    p.drawEllipse(at, radius, radius)
    p.setFont(theme.ui_font("small", QFont.Weight.DemiBold))
    p.setPen(theme.color("picture.label_text"))
    p.drawText(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius), Qt.AlignmentFlag.AlignCenter, number)
    if rest:
        _paint_words(p, theme, at + QPointF(radius + 3, 0), rest)


def _paint_words(p: QPainter, theme: Theme, at: QPointF, text: str) -> None:
    """Draw words to the right of a place."""
    _paint_ground(p, theme, _beside(theme, at, text), theme.ui_font("small", QFont.Weight.Medium), text)


def _beside(theme: Theme, at: QPointF, text: str) -> QRectF:
    size = _room_of(theme, text)
    return QRectF(at.x(), at.y() - size.height() / 2, size.width(), size.height())


def _room_of(theme: Theme, text: str) -> QSizeF:
    size = QFontMetricsF(theme.ui_font("small", QFont.Weight.Medium)).size(Qt.TextFlag.TextSingleLine, text)
    return QSizeF(size.width() + 13, size.height() + 5)


def words_room(theme: Theme, places: Sequence[QPointF], shape: Shape) -> QRectF:
    """Return where a shape's own words are, so that no label is laid over them; empty where it has none."""
    if shape.how == ABSENT or not shape.words:
        return QRectF()
    if shape.kind in _WORDS_AT:
        return _beside(theme, places[0] + QPointF(_WORDS_AT[shape.kind], 0), shape.words)
    if shape.kind != "callout" or len(places) != 2:
        return QRectF()
    radius, rest = theme.px(round(DISC)), shape.words.partition(" ")[2]
    disc = QRectF(places[1].x() - radius, places[1].y() - radius, 2 * radius, 2 * radius)
    return disc.united(_beside(theme, places[1] + QPointF(radius + 3, 0), rest)) if rest else disc


def paint_label(
    p: QPainter, theme: Theme, rect: QRectF, text: str, picture: QRectF, busy: Sequence[QRectF] = ()
) -> QRectF:
    """Draw the label above a region, or wherever it stays inside the picture and off `busy` places; return where."""
    room = label_room(_room_of(theme, text), rect, picture, busy)
    _paint_ground(p, theme, room, theme.ui_font("small", QFont.Weight.Medium), text)
    return room


def label_room(size: QSizeF, rect: QRectF, picture: QRectF, busy: Sequence[QRectF]) -> QRectF:
    """Return where a label of that size goes: above the region, below it, right or left, the first that is free."""
    width, height = size.width(), size.height()

    def held(x: float, y: float) -> QRectF:
        x = max(min(x, picture.right() - width), picture.left())
        return QRectF(x, max(min(y, picture.bottom() - height), picture.top()), width, height)

    above, below = held(rect.left() - 1, rect.top() - height - 5), held(rect.left() - 1, rect.bottom() + 5)
    first = [above, below] if rect.top() - height - 5 >= picture.top() else [below, above]
    middle = rect.center().y() - height / 2
    places = [*first, held(rect.right() + 5, middle), held(rect.left() - width - 5, middle)]
    free = (place for place in places if not any(place.intersects(other) for other in busy))
    return next(free, places[0])


def _paint_ground(p: QPainter, theme: Theme, room: QRectF, font: QFont, text: str) -> None:
    ground = theme.color("picture.label_bg")
    ground.setAlphaF(0.86)
    p.setFont(font)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ground)
    p.drawRoundedRect(room, 3, 3)
    p.setPen(theme.color("picture.label_text"))
    p.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
