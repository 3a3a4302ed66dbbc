"""How a region is drawn over the picture: a white line in a black halo, handles and a label that stays inside."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from evidence_desk.ui.theme import Theme
from evidence_desk.ui.widgets.picture_geometry import Box

HANDLE = 6.0
GRIP = 12.0
"""How near to a handle a press takes hold of it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A region as the viewer shows it. `key` tells that the frame on screen is the one it was drawn on."""

    number: str
    observation: str
    box: Box
    frame: int
    label: str = ""
    key: bool = True
    of_selected: bool = False


def handle_places(rect: QRectF) -> dict[str, QPointF]:
    """Return the eight handles by their side: n, ne, e, se, s, sw, w, nw."""
    c = rect.center()
    return {
        "nw": rect.topLeft(),
        "n": QPointF(c.x(), rect.top()),
        "ne": rect.topRight(),
        "e": QPointF(rect.right(), c.y()),
        "se": rect.bottomRight(),
        "s": QPointF(c.x(), rect.bottom()),
        "sw": rect.bottomLeft(),
        "w": QPointF(rect.left(), c.y()),
    }


def handle_at(rect: QRectF, place: QPointF) -> str:
    """Return the handle that a press takes hold of, "" for none."""
    for side, at in handle_places(rect).items():
        if abs(place.x() - at.x()) <= GRIP / 2 and abs(place.y() - at.y()) <= GRIP / 2:
            return side
    return ""


def resized(rect: QRectF, side: str, place: QPointF) -> QRectF:
    """Return the rectangle after its handle was dragged to a place."""
    out = QRectF(rect)
    if "n" in side:
        out.setTop(place.y())
    if "s" in side:
        out.setBottom(place.y())
    if "w" in side:
        out.setLeft(place.x())
    if "e" in side:
        out.setRight(place.x())
    return out.normalized()


def paint_shape(p: QPainter, theme: Theme, rect: QRectF, shape: Shape, chosen: bool) -> None:
    """Draw one region at a rectangle in widget pixels."""
    line = theme.color("picture.region_selected" if shape.of_selected else "picture.region")
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    halo = theme.color("picture.region_halo")
    halo.setAlphaF(0.75)
    p.setPen(QPen(halo, 3.5))
    p.drawRect(rect)
    pen = QPen(line, 1.5)
    if not shape.key:
        pen.setDashPattern([4, 3])
    p.setPen(pen)
    p.drawRect(rect)
    if chosen and shape.key:
        paint_handles(p, theme, rect)


def paint_handles(p: QPainter, theme: Theme, rect: QRectF) -> None:
    """Draw the eight handles of the chosen region."""
    p.setPen(QPen(theme.color("picture.region_selected"), 1))
    p.setBrush(theme.color("picture.region"))
    for at in handle_places(rect).values():
        p.drawRect(QRectF(at.x() - HANDLE / 2, at.y() - HANDLE / 2, HANDLE, HANDLE))


def paint_label(p: QPainter, theme: Theme, rect: QRectF, text: str, picture: QRectF) -> None:
    """Draw the label above a region, or wherever it stays inside the picture."""
    font = theme.ui_font("small", QFont.Weight.Medium)
    p.setFont(font)
    metrics = QFontMetricsF(font)
    size = metrics.size(Qt.TextFlag.TextSingleLine, text)
    width, height = size.width() + 13, size.height() + 5
    x = min(max(rect.left() - 1, picture.left()), picture.right() - width)
    y = rect.top() - height - 5
    if y < picture.top():
        y = min(rect.bottom() + 5, picture.bottom() - height)
    ground = theme.color("picture.label_bg")
    ground.setAlphaF(0.86)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ground)
    room = QRectF(x, y, width, height)
    p.drawRoundedRect(room, 3, 3)
    p.setPen(theme.color("picture.label_text"))
    p.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
