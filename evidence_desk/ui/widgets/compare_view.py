"""Two pictures under one hand: side by side, wiped, their difference, or in turn; zoom and place are shared."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.compare_paint import (
    difference,
    paint_caption,
    paint_divider,
    paint_empty,
    paint_picture,
)
from evidence_desk.ui.widgets.compare_places import BLINK, DIFFERENCE, MODES, SIDE, WIPE, ComparePlaces, CompareSide

__all__ = ["BLINK", "DIFFERENCE", "MODES", "SIDE", "WIPE", "CompareSide", "CompareView"]

BLINK_MS = 500
"""Each picture stays half a second: two changes a second, below the three at which flashing can do harm."""


class CompareView(ComparePlaces):
    """Paints both sides.

    Signals: `divider_moved(int)` in thousandths; `flipped(str)` the side that blinks now; `painted(int, int)` the side,
    0 or 1, whose picture was painted for itself, not cut or blended, and its size in percent.
    """

    painted = Signal(int, int)
    divider_moved = Signal(int)
    flipped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setMinimumSize(320, 96)
        self._divider, self._gain = 500, 1
        self._front = 0
        self._composed: tuple[object, QImage] | None = None
        self._drag: QPointF | None = None
        self._dividing = False
        self._timer = QTimer(self)
        self._timer.setInterval(BLINK_MS)
        self._timer.timeout.connect(self.flip)
        keeper().changed.connect(self.update)
        self._describe()

    # ------------------------------------------------------------------------------------------------------- content

    @property
    def front(self) -> int:
        """Return which side blinking shows now: 0 or 1."""
        return self._front

    @property
    def same_picture(self) -> bool:
        """Tell whether both sides show pictures of one frame hash."""
        a, b = self._sides
        return bool(a.hash) and a.hash == b.hash

    def set_sides(self, a: CompareSide, b: CompareSide) -> None:
        """Show these two."""
        self._sides = (a, b)
        self._describe()
        self.update()

    def set_mode(self, mode: str) -> None:
        """Compare another way; blinking begins with side A."""
        self._mode, self._front = mode, 0
        self._run()
        self._describe()
        self.update()

    def set_divider(self, thousandths: int) -> None:
        """Move the line of the wipe; 0 shows side B alone, 1000 side A."""
        self._divider = min(max(thousandths, 0), 1000)
        self.update()

    def set_gain(self, gain: int) -> None:
        """Show differences so many times as strong; a power of two."""
        self._gain, self._composed = gain, None
        self.update()

    def flip(self) -> None:
        """Show the other side where blinking shows one."""
        if self._mode == BLINK:
            self._front = 1 - self._front
            self.flipped.emit("AB"[self._front])
            self.update()

    def flip_by_hand(self) -> None:
        """Stop blinking by itself and show the other side."""
        self._timer.stop()
        self.flip()

    def _run(self) -> None:
        (self._timer.start if self._mode == BLINK and self.isVisible() else self._timer.stop)()

    def showEvent(self, _: object) -> None:
        """Blink only while it can be seen."""
        self._run()

    def hideEvent(self, _: object) -> None:
        """Stop blinking."""
        self._timer.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the line of the wipe, or the pictures."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._drag = event.position()
        near = abs(event.position().x() - self._divider_x()) <= 8
        self._dividing = self._mode == WIPE and near and event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the line, or the pictures."""
        if self._drag is None:
            return
        if self._dividing:
            self.set_divider(round(1000 * event.position().x() / max(self.width(), 1)))
            self.divider_moved.emit(self._divider)
            return
        moved, place = event.position() - self._drag, self.place(self._side_at(self._drag))
        self._drag = event.position()
        if not place.isEmpty():
            self._middle -= QPointF(moved.x() / place.width(), moved.y() / place.height())
            self.update()

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Let go."""
        self._drag, self._dividing = None, False

    # --------------------------------------------------------------------------------------------------------- paint

    def _divider_x(self) -> float:
        return self.width() * self._divider / 1000

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint both sides in the chosen way."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), current_theme().color("picture.surround"))
        match self._mode:
            case "difference" if self._both():
                self._paint_difference(painter)
            case "wipe" if self._both():
                self._paint_wipe(painter)
            case "blink" if self._both():
                self._paint_side(painter, self._front)
            case _:
                self._paint_apart(painter)
        if self.hasFocus():
            painter.setPen(QPen(current_theme().color("accent.line"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _both(self) -> bool:
        return all(side.image is not None and not side.missing for side in self._sides)

    def _paint_apart(self, painter: QPainter) -> None:
        """Paint the sides beside one another; laid over one another, the side that has a picture, and the note."""
        if self._mode == SIDE:
            self._paint_side(painter, 0)
            self._paint_side(painter, 1)
            return
        there = next((k for k in (0, 1) if self._sides[k].image is not None and not self._sides[k].missing), 0)
        self._paint_side(painter, there)
        other = self._sides[1 - there]
        paint_caption(painter, self.pane(0), other.note or other.caption, warn=True, right=True)

    def _paint_side(self, painter: QPainter, side: int) -> None:
        shown, pane = self._sides[side], self.pane(side)
        if shown.image is None or shown.missing:
            paint_empty(painter, pane, shown.note, hatched=shown.missing)
        else:
            painter.save()
            painter.setClipRect(pane)
            place = self.place(side)
            paint_picture(painter, place, shown.image, dim=shown.awaited)
            painter.restore()
            self.painted.emit(side, round(100 * place.width() * self.devicePixelRatioF() / shown.size.width()))
        paint_caption(painter, pane, shown.caption, warn=shown.awaited)

    def _paint_wipe(self, painter: QPainter) -> None:
        x = self._divider_x()
        a, b = self._sides
        for side, clip in ((0, QRectF(0, 0, x, self.height())), (1, QRectF(x, 0, self.width() - x, self.height()))):
            image = self._sides[side].image
            if image is not None:
                painter.save()
                painter.setClipRect(clip)
                paint_picture(painter, self.place(side), image, dim=self._sides[side].awaited)
                painter.restore()
        paint_divider(painter, x, self.height())
        paint_caption(painter, self.pane(0), a.caption, warn=a.awaited)
        paint_caption(painter, self.pane(0), b.caption, warn=b.awaited, right=True)

    def _paint_difference(self, painter: QPainter) -> None:
        a, b = self._sides
        if a.image is None or b.image is None:
            return
        key = (a.image.cacheKey(), b.image.cacheKey(), self._gain)
        if self._composed is None or self._composed[0] != key:
            self._composed = (key, difference(a.image, b.image, self._gain))
        paint_picture(painter, self.place(0), self._composed[1], dim=a.awaited or b.awaited)
        text = tr("{a}  minus  {b}", a=a.caption, b=b.caption)
        if a.image.size() != b.image.size():
            text = tr("{text}  ·  stretched to the size of the first", text=text)
        paint_caption(painter, self.pane(0), text, warn=a.awaited or b.awaited)

    def _describe(self) -> None:
        words = {
            SIDE: tr("side by side"),
            WIPE: tr("wipe"),
            DIFFERENCE: tr("difference"),
            BLINK: tr("in turn"),
        }[self._mode]
        a, b = (side.note if side.missing or side.image is None else side.caption for side in self._sides)
        self.setAccessibleName(tr("Comparison, {words}: {a}; {b}", words=words, a=a, b=b))
