"""Stills with what was drawn on them or side by side, and the words that say which frames they are. None is cited."""

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
_LEAST_WIDTH, _MARGIN, _GAP = 560, 12, 6
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
    said = (*caption, *_legend(shapes), tr("Lines and words were added; the clean still is the one to cite."))
    sheet = StillSheet((clean,), said)
    sheet.draw(lambda painter, size: _draw(painter, sheet.theme, shapes, sheet.placed(geometry), size))
    sheet.keep_texts()
    return sheet.png("regions drawn over the picture; caption beneath", "no; the clean still beside this one is")


def pair_png(first: bytes, other: bytes, caption: Sequence[str]) -> bytes:
    """Return two stills (PNG) side by side in their own pixels with `caption` beneath, as PNG.

    Raises MediaUnreadable where one of them is no picture.
    """
    said = (*caption, tr("Two stills were laid side by side; the clean stills are those to cite."))
    sheet = StillSheet((first, other), said)
    return sheet.png("two pictures side by side; caption beneath", "no; the clean stills beside this one are")


class StillSheet:
    """Stills in a row, each pixel as it is, and the caption beneath."""

    def __init__(self, stills: Sequence[bytes], caption: Sequence[str]) -> None:
        """Lay the pictures out; raises MediaUnreadable where one is none."""
        self.theme = Theme("dark")
        self._pictures = [QImage.fromData(still) for still in stills]
        if any(picture.isNull() for picture in self._pictures):
            raise MediaUnreadable(tr("The still could not be read again. Nothing was written; try once more."))
        highest = max(picture.height() for picture in self._pictures)
        self._times = times = max(1.0, highest / _USUAL_HEIGHT)
        words, gap = "\n".join(caption), round(_GAP * times)
        row = sum(picture.width() for picture in self._pictures) + gap * (len(self._pictures) - 1)
        width, high = max(row / times, float(_LEAST_WIDTH)), highest / times
        room = _words_room(self.theme, words, width)
        self._sheet = QImage(round(width * times), round((high + room) * times), QImage.Format.Format_RGB32)
        self._sheet.setDotsPerMeterX(_DOTS_PER_METRE)
        self._sheet.setDotsPerMeterY(_DOTS_PER_METRE)
        self._sheet.fill(QColor("black"))
        self._left = left = (self._sheet.width() - row) // 2
        painter = QPainter(self._sheet)
        for picture in self._pictures:
            painter.drawImage(QPointF(left, 0), picture)
            left += picture.width() + gap
        painter.scale(times, times)
        painter.setFont(_font(self.theme))
        painter.setPen(QColor("white"))
        painter.drawText(QRectF(_MARGIN, high + _MARGIN, width - 2 * _MARGIN, room), words, _wrapped())
        painter.end()

    def draw(self, paint: Callable[[QPainter, QRectF], None]) -> None:
        """Let `paint` draw over the first picture, of the size it is given."""
        first, times = self._pictures[0], self._times
        painter = QPainter(self._sheet)
        painter.translate(self._left, 0)
        painter.scale(times, times)
        paint(painter, QRectF(0, 0, first.width() / times, first.height() / times))
        painter.end()

    def placed(self, geometry: PictureGeometry) -> Callable[[Shape], Places]:
        """Return what tells where a region lies, in the units of `draw`."""
        return lambda shape: _places(shape, geometry, self._times)

    def keep_texts(self) -> None:
        """Keep what the first still says of itself."""
        for key in self._pictures[0].textKeys():
            self._sheet.setText(key, self._pictures[0].text(key))

    def png(self, marked: str, cited: str) -> bytes:
        """Return the sheet as PNG that says what was added, and whether it is to be cited."""
        self._sheet.setText("Marked", marked)
        self._sheet.setText("To be cited", cited)
        return _as_png(self._sheet)


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
