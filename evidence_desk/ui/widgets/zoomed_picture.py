"""How close the picture is looked at: zoom within bounds, single pixels with their grid, and the place that is kept."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.widgets.picture_view import PictureView

LEAST, MOST = 0.05, 32.0
"""The bounds of zoom, in pixels of the screen for each pixel of the picture: 5 % to 3200 %."""
GRID_FROM = 8.0
"""The zoom from which the borders of stored pixels are drawn: closer, they would hide more than they tell."""
PAN_SHARE = 0.1
SMOOTHINGS = ("auto", "squares", "smooth")
"""Stored pixels as squares above 200 %, always, or never."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the picture is looked at: fitted, or at a zoom with a point of the picture in the middle."""

    fit: bool
    zoom: float
    x: float
    y: float


class ZoomedPicture(PictureView):
    """The picture at any zoom. Signals: `view_changed()` zoom or place is another; those of the picture."""

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._smoothing = SMOOTHINGS[0]
        self._grid = True
        self._kept: tuple[QSizeF, Look] | None = None
        super().__init__(parent)

    # -------------------------------------------------------------------------------------------------- zoom and place

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or reduce within the bounds; the place `at` (in the widget) stays under the hand."""
        now = self._zoom()
        wanted = min(max(now * factor, LEAST), MOST)
        if wanted != now:
            super().zoom_by(wanted / now, at)

    def zoom_to(self, factor: float) -> None:
        """Show the picture at a factor within the bounds, the middle of what is seen in the middle again."""
        if self._geometry is None:
            return
        middle = QPointF(self.viewport().rect().center())
        seen = self.mapToScene(middle.toPoint())
        super().zoom_to(min(max(factor, LEAST), MOST))
        self._move_to(seen, middle)

    def pan(self, right: int, down: int) -> None:
        """Move what is seen by tenths of the widget; a fitted picture stays."""
        if self._geometry is None or self._fit:
            return
        room, scale = self.viewport().size(), self.transform().m11()
        seen = self.sceneRect()
        dx, dy = right * PAN_SHARE * room.width() / scale, down * PAN_SHARE * room.height() / scale
        self._move_to(seen.center() + QPointF(dx, dy), QPointF(room.width() / 2, room.height() / 2))

    def look(self) -> Look:
        """Return which part is looked at."""
        middle = self.sceneRect().center()
        return Look(self._fit, self._zoom(), middle.x(), middle.y())

    def take_look(self, look: Look) -> None:
        """Look at a part again."""
        if self._geometry is None:
            return
        if look.fit:
            self.fit()
            return
        super().zoom_to(min(max(look.zoom, LEAST), MOST))
        self._move_to(QPointF(look.x, look.y), QPointF(self.viewport().rect().center()))

    def clear(self, title: str = "", text: str = "", icon: str = "exhibit_video") -> None:
        """Show no picture; the place is taken again with the next one of the same size."""
        if self._geometry is not None:
            self._kept = (self._geometry.shown, self.look())
        super().clear(title, text, icon)

    def set_picture(self, shown: Shown, count: int) -> None:
        """Put a picture on screen, looked at as the one before it where both have one size."""
        first = self._geometry is None
        super().set_picture(shown, count)
        if first and self._kept is not None and self._geometry is not None and self._kept[0] == self._geometry.shown:
            self.take_look(self._kept[1])

    def _set_scale(self, scale: float) -> None:
        super()._set_scale(scale)
        if self._smoothing != SMOOTHINGS[0]:
            squares = self._smoothing == "squares"
            mode = Qt.TransformationMode.FastTransformation if squares else Qt.TransformationMode.SmoothTransformation
            self._item.setTransformationMode(mode)
        self.view_changed.emit()

    def _move_to(self, scene: QPointF, place: QPointF) -> None:
        super()._move_to(scene, place)
        self.view_changed.emit()

    # ------------------------------------------------------------------------------------------------------- pixels

    def shown_image(self) -> QImage:
        """Return the picture on screen as it may be shown, a null image where there is none."""
        shown = self._shown
        return QImage() if shown is None else self._may_show(shown.exhibit, shown.n, shown.image)

    @property
    def smoothing(self) -> str:
        """Return how pixels are drawn, one of SMOOTHINGS."""
        return self._smoothing

    def set_smoothing(self, smoothing: str) -> None:
        """Draw pixels another way."""
        self._smoothing = smoothing
        self._set_scale(self.transform().m11())
        self.viewport().update()

    @property
    def grid(self) -> bool:
        """Tell whether the borders of pixels are drawn where it is close enough."""
        return self._grid

    def set_grid(self, shown: bool) -> None:
        """Draw the borders of stored pixels from 800 % on, or never."""
        self._grid = shown
        self.viewport().update()

    def grid_shown(self) -> bool:
        """Tell whether the borders of pixels are drawn now."""
        reduced = self._shown is None or self._item.opacity() == 0
        return self._grid and not reduced and self._geometry is not None and self._zoom() >= GRID_FROM

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw the borders of stored pixels, light and dark in turn so that they show on any picture."""
        super().drawForeground(painter, rect)
        geometry, rect = self._geometry, QRectF(rect)
        if geometry is None or not self.grid_shown():
            return
        size, sideways = geometry.shown, geometry.rotation % 180 != 0
        across, down = (geometry.height, geometry.width) if sideways else (geometry.width, geometry.height)
        seen = rect.intersected(QRectF(0, 0, size.width(), size.height()))
        wide, high = size.width() / across, size.height() / down
        lines = [
            QLineF(k * wide, seen.top(), k * wide, seen.bottom())
            for k in range(int(seen.left() / wide), int(seen.right() / wide) + 2)
            if k <= across
        ]
        lines += [
            QLineF(seen.left(), k * high, seen.right(), k * high)
            for k in range(int(seen.top() / high), int(seen.bottom() / high) + 2)
            if k <= down
        ]
        for name, style in (("picture.region_halo", Qt.PenStyle.SolidLine), ("picture.region", Qt.PenStyle.DotLine)):
            color = current_theme().color(name)
            color.setAlphaF(0.35)
            painter.setPen(QPen(color, 0, style))
            painter.drawLines(lines)
