"""How compared pictures, their captions and their difference are painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen

from evidence_desk.ui.theme import current_theme

NEAREST_ABOVE = 2.0
"""Above this zoom each stored pixel is drawn as a square."""
_DIMMED = 0.65


def difference(a: QImage, b: QImage, gain: int = 1) -> QImage:
    """Return |a - b| for each channel of each pixel, `gain` (a power of two) times as strong, held at white.

    b is stretched to the size of a. Black means the same value in both.
    """
    found = QImage(a.size(), QImage.Format.Format_RGB32)
    painter = QPainter(found)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(0, 0, a)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    if a.size() == b.size():
        painter.drawImage(0, 0, b)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(found.rect(), b)
    painter.end()
    while gain > 1:
        twice = QImage(found)
        painter = QPainter(twice)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        painter.drawImage(0, 0, found)
        painter.end()
        found, gain = twice, gain // 2
    return found


def paint_picture(painter: QPainter, place: QRectF, image: QImage, *, dim: bool = False) -> None:
    """Draw a picture into its place; from a certain size on each of its pixels is a square."""
    nearest = place.width() * painter.device().devicePixelRatioF() > NEAREST_ABOVE * image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not nearest)
    painter.setOpacity(_DIMMED if dim else 1.0)
    painter.drawImage(place, image)
    painter.setOpacity(1.0)


def hatch(color: QColor) -> QBrush:
    """Return the pattern that stands for: no frame here."""
    return QBrush(color, Qt.BrushStyle.BDiagPattern)


def paint_empty(painter: QPainter, pane: QRectF, note: str, *, hatched: bool) -> None:
    """Say in a pane why it shows no picture; hatched where the clip has no frame at that time."""
    theme = current_theme()
    if hatched:
        painter.fillRect(pane, hatch(theme.with_alpha("status.warn", 0.45)))
    painter.setFont(theme.ui_font("body"))
    room = pane.adjusted(16, 16, -16, -16)
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    area = painter.boundingRect(room, flags, note).adjusted(-10, -6, 10, 6)
    painter.fillRect(area, theme.with_alpha("picture.label_bg", 0.86))
    painter.setPen(theme.color("picture.label_text"))
    painter.drawText(room, flags, note)


def paint_caption(painter: QPainter, pane: QRectF, text: str, *, warn: bool = False, right: bool = False) -> None:
    """Write which picture this is into a lower corner of its pane."""
    if not text:
        return
    theme = current_theme()
    font = theme.ui_font("small", numbers=True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, pane.width() - 32)
    width, height = metrics.horizontalAdvance(shown) + 14, metrics.height() + 6
    left = pane.right() - width - 8 if right else pane.left() + 8
    area = QRectF(left, pane.bottom() - height - 8, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.with_alpha("picture.label_bg", 0.86))
    painter.drawRoundedRect(area, 3, 3)
    painter.setPen(QColor("#e3bd55") if warn else theme.color("picture.label_text"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)


def paint_divider(painter: QPainter, x: float, height: float) -> None:
    """Draw the line of the wipe with its handle, white in a black halo as a region."""
    theme = current_theme()
    for path, width in (("picture.region_halo", 3.5), ("picture.region", 1.5)):
        painter.setPen(QPen(theme.color(path), width))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("picture.region_halo"), 1.5))
    painter.setBrush(theme.color("picture.region"))
    painter.drawEllipse(QPointF(x, height / 2), 6, 6)
