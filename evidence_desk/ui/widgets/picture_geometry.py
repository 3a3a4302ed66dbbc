"""From the pixels as stored to the picture as shown, and back: aspect, mirror, rotation.

Regions are kept in 1/16 pixel of the native picture, so that no display choice ever changes a record.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from evidence_desk.domain.regions import UNITS
from evidence_desk.media.pictures import Picture

Box = tuple[int, int, int, int]
LEVEL = (1.0, 0.0, 0.0, 0.0)
"""The tilt of a picture that is not tilted."""


@dataclass(frozen=True, slots=True)
class PictureGeometry:
    """How a native picture becomes the shown one: stretched by `sar`, mirrored left to right, then turned clockwise.

    `shift` is how far a stabilised picture was moved after that, in shown pixels, and `tilt` how it was turned, scaled
    and moved (`media.pictures.Picture`). Both differ from frame to frame, and the place of the picture on screen does
    not depend on them. Rectangles stay upright under a tilt: their middle goes along, and their size with its scale.
    """

    width: int
    height: int
    rotation: int = 0
    mirrored: bool = False
    sar: Fraction = Fraction(1)
    shift: tuple[int, int] = field(default=(0, 0), compare=False)
    tilt: tuple[float, float, float, float] = field(default=LEVEL, compare=False)

    @property
    def stretched(self) -> QSizeF:
        """Return the size after the pixel aspect: it only ever enlarges, as the worker does."""
        if self.sar > 1:
            return QSizeF(round(self.width * self.sar), self.height)
        return QSizeF(self.width, round(self.height / self.sar))

    @property
    def shown(self) -> QSizeF:
        """Return the size on screen at 100 %."""
        size = self.stretched
        return size.transposed() if self.rotation % 180 else size

    def transform(self) -> QTransform:
        """Return the mapping from native pixels to shown pixels."""
        return self._upright() if self.tilt == LEVEL else self._upright() * self._tilt()

    def _tilt(self) -> QTransform:
        a, b, right, down = self.tilt
        return QTransform(a, b, -b, a, right, down)

    def _upright(self) -> QTransform:
        size, shown = self.stretched, self.shown
        t = QTransform()
        t.translate(shown.width() / 2 + self.shift[0], shown.height() / 2 + self.shift[1])
        t.rotate(self.rotation)
        if self.mirrored:
            t.scale(-1, 1)
        t.translate(-size.width() / 2, -size.height() / 2)
        t.scale(size.width() / self.width, size.height() / self.height)
        return t

    def to_shown(self, box: Box) -> QRectF:
        """Return where a stored box lies on the shown picture."""
        x, y, w, h = (v / UNITS for v in box)
        return _carried(self._upright().mapRect(QRectF(x, y, w, h)), self._tilt())

    def to_native(self, shown: QRectF) -> Box:
        """Return the stored box for a rectangle on the shown picture, held inside the picture, at least one pixel."""
        inverse, _ = self._upright().inverted()
        back, _ = self._tilt().inverted()
        native = inverse.mapRect(_carried(shown.normalized(), back))
        return self.held(
            (
                round(native.x() * UNITS),
                round(native.y() * UNITS),
                round(native.width() * UNITS),
                round(native.height() * UNITS),
            )
        )

    def points_to_shown(self, points: Sequence[int]) -> list[QPointF]:
        """Return where stored points (x and y in turn) lie on the shown picture."""
        t = self.transform()
        return [t.map(QPointF(x / UNITS, y / UNITS)) for x, y in zip(points[0::2], points[1::2], strict=True)]

    def points_to_native(self, shown: Sequence[QPointF]) -> tuple[int, ...]:
        """Return the stored points for places on the shown picture, wherever they lie."""
        inverse, _ = self.transform().inverted()
        native = [inverse.map(place) for place in shown]
        return tuple(round(v * UNITS) for place in native for v in (place.x(), place.y()))

    def held(self, box: Box) -> Box:
        """Return the box moved and cut so that it lies inside the native picture and is at least one pixel."""
        whole_w, whole_h = self.width * UNITS, self.height * UNITS
        w, h = min(max(box[2], UNITS), whole_w), min(max(box[3], UNITS), whole_h)
        return min(max(box[0], 0), whole_w - w), min(max(box[1], 0), whole_h - h), w, h

    def cut(self, shown: QRectF) -> QRectF:
        """Return the part of a rectangle that lies on the shown picture."""
        return shown.normalized().intersected(QRectF(QPointF(0, 0), self.shown))

    def native_step(self, dx: int, dy: int) -> tuple[int, int]:
        """Return a step of whole pixels on screen as a step in native pixels."""
        inverse, _ = self._upright().inverted()
        a, b = inverse.map(QPointF(0, 0)), inverse.map(QPointF(dx, dy))
        return _sign(b.x() - a.x()) * max(abs(dx), abs(dy)), _sign(b.y() - a.y()) * max(abs(dx), abs(dy))


def geometry_of(picture: Picture) -> PictureGeometry:
    """Return how the native picture became this one; a reduced picture was moved by fewer pixels than its place."""
    turn = picture.rotation, picture.mirrored, Fraction(picture.sar or 1)
    plain = PictureGeometry(picture.native_width, picture.native_height, *turn)
    larger = plain.shown.width() / picture.width
    across, down = (round(v * larger) for v in picture.shift)
    a, b, right, foot = picture.tilt
    return replace(plain, shift=(across, down), tilt=(a, b, right * larger, foot * larger))


def _carried(rect: QRectF, by: QTransform) -> QRectF:
    """Return an upright rectangle whose middle and size went along with a tilt."""
    if by.isIdentity():
        return rect
    scale = math.hypot(by.m11(), by.m12())
    out = QRectF(0, 0, rect.width() * scale, rect.height() * scale)
    out.moveCenter(by.map(rect.center()))
    return out


def _sign(value: float) -> int:
    return 0 if abs(value) < 1e-9 else 1 if value > 0 else -1
