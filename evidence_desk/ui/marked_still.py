"""A still with what was drawn on it, and under it the words that say which frame it is. It is never the one cited."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter, QTextOption

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.regions import BETWEEN, CONFIRMED, FRAMED, TRACKED
from evidence_desk.ui.theme import Theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets import region_paint
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.region_shapes import ABSENT, ELSEWHERE, Places, Shape, framing

_USUAL_HEIGHT = 720
"""Lines and letters are as on a picture this high; on a higher one they grow with it."""
_LEAST_WIDTH, _MARGIN = 560, 12
_DOTS_PER_METRE = 3780
"""96 dots an inch, so that letters are as large on every machine."""


def drawn_here(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return the regions that stand on the frame itself: none shown only because it is elsewhere or absent."""
    return tuple(shape for shape in shapes if shape.how not in (ELSEWHERE, ABSENT))


def marked_png(clean: bytes, shapes: Sequence[Shape], geometry: PictureGeometry, caption: Sequence[str]) -> bytes:
    """Return the still `clean` (PNG) with `shapes` drawn over it and `caption` beneath, as PNG.

    The text chunks of the clean still are kept; *Marked* and *To be cited* say that this is not it. Raises
    MediaUnreadable where `clean` is no picture.
    """
    picture = QImage.fromData(clean)
    if picture.isNull():
        raise MediaUnreadable(tr("The still could not be read again. Nothing was written; try once more."))
    times = max(1.0, picture.height() / _USUAL_HEIGHT)
    size = QRectF(0, 0, picture.width() / times, picture.height() / times)
    theme = Theme("dark")
    words = "\n".join(
        (*caption, *_legend(shapes), tr("Lines and words were added; the clean still is the one to cite."))
    )
    width = max(size.width(), float(_LEAST_WIDTH))
    room = _words_room(theme, words, width)
    sheet = QImage(round(width * times), round((size.height() + room) * times), QImage.Format.Format_RGB32)
    sheet.setDotsPerMeterX(_DOTS_PER_METRE)
    sheet.setDotsPerMeterY(_DOTS_PER_METRE)
    sheet.fill(QColor("black"))
    painter = QPainter(sheet)
    painter.drawImage(QPointF((sheet.width() - picture.width()) // 2, 0), picture)
    painter.scale(times, times)
    painter.save()
    painter.translate((width - size.width()) / 2, 0)
    _draw(painter, theme, shapes, lambda shape: _places(shape, geometry, times), size)
    painter.restore()
    painter.setFont(_font(theme))
    painter.setPen(QColor("white"))
    painter.drawText(QRectF(_MARGIN, size.height() + _MARGIN, width - 2 * _MARGIN, room), words, _wrapped())
    painter.end()
    for key in picture.textKeys():
        sheet.setText(key, picture.text(key))
    sheet.setText("Marked", "regions drawn over the picture; caption beneath")
    sheet.setText("To be cited", "no; the clean still beside this one is")
    return _as_png(sheet)


def _draw(
    painter: QPainter, theme: Theme, shapes: Sequence[Shape], places: Callable[[Shape], Places], size: QRectF
) -> None:
    for shape in shapes:
        region_paint.paint_shape(painter, theme, places(shape), shape, False)
    busy = [region_paint.words_room(theme, places(shape), shape) for shape in shapes]
    labelled: set[str] = set()
    for shape in shapes:
        if shape.label and shape.label not in labelled:
            labelled.add(shape.label)
            busy.append(region_paint.paint_label(painter, theme, framing(places(shape)), shape.label, size, busy))


def _places(shape: Shape, geometry: PictureGeometry, times: float) -> Places:
    if shape.kind in FRAMED:
        rect = geometry.to_shown(shape.box)
        return [rect.topLeft() / times, rect.bottomRight() / times]
    return [place / times for place in geometry.points_to_shown(shape.points)]


def _legend(shapes: Sequence[Shape]) -> list[str]:
    """Say what each kind of line means that is there."""
    kinds = {
        tr("solid: drawn by a person"): any(s.solid and s.by != CONFIRMED for s in shapes),
        tr("dash-dot: tracked, and accepted by a person"): any(s.solid and s.by == CONFIRMED for s in shapes),
        tr("dashed: between two key frames"): any(s.how == BETWEEN and s.by != TRACKED for s in shapes),
        tr("dotted: tracked, not looked at yet"): any(not s.solid and s.by == TRACKED for s in shapes),
    }
    said = [words for words, there in kinds.items() if there]
    return [tr("Lines: {kinds}.", kinds="; ".join(said))] if said else []


def _font(theme: Theme) -> QFont:
    return theme.ui_font("small")


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _words_room(theme: Theme, words: str, width: float) -> float:
    """Return how high the words stand, with their margins, at that width."""
    probe = QImage(1, 1, QImage.Format.Format_RGB32)
    probe.setDotsPerMeterX(_DOTS_PER_METRE)
    probe.setDotsPerMeterY(_DOTS_PER_METRE)
    painter = QPainter(probe)
    painter.setFont(_font(theme))
    wide = QRectF(0, 0, width - 2 * _MARGIN, 100_000)
    high = painter.boundingRect(wide, words, _wrapped()).height()
    painter.end()
    return high + 2 * _MARGIN


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(held.data())
