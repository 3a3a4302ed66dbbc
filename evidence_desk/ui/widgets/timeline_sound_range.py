"""The range of sound on the waveform: shown for the observation at hand, drawn by dragging, its ends pulled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from evidence_desk.ui.widgets.timeline_paint import Row, Sheet

if TYPE_CHECKING:
    from evidence_desk.ui.widgets.timeline import Timeline

_REACH, _STILL = 5.0, 3.0
_ROWS = ("waveform", "spectrogram")
_FILL_ALPHA = 0.22
Span = tuple[float, float]
"""Seconds from frame 0: places on a screen; whoever keeps them takes the samples there."""


class SoundRangeHand(QObject):
    """Takes the mouse on the rows of sound while `active`; with Shift, and for a bare click, the playhead keeps it.

    Signals: `moving(begin, end)` while it is drawn, `chosen(begin, end)` once it was let go; seconds from frame 0.
    """

    moving = Signal(float, float)
    chosen = Signal(float, float)

    def __init__(self, timeline: Timeline, sheet: Callable[[], Sheet | None]) -> None:
        super().__init__(timeline)
        self._timeline, self._sheet = timeline, sheet
        self.active = False
        self._span: Span | None = None
        self._anchor: float | None = None
        self._from = 0.0
        self._drawn: Span | None = None
        timeline.installEventFilter(self)

    def show(self, span: Span | None) -> None:
        """Show where the range lies, None for none."""
        if span != self._span:
            self._span = span
            self._timeline.update()

    @property
    def span(self) -> Span | None:
        """Return the range as it is on screen, while it is drawn as well."""
        return self._drawn if self._drawn is not None else self._span

    def paint(self, p: QPainter, sheet: Sheet, rows: Sequence[Row]) -> None:
        """Draw the range over the rows of sound: a tint between two lines."""
        span = self.span
        found = [row for row in rows if row.kind in _ROWS]
        if span is None or not found:
            return
        top, bottom = found[0].top, found[-1].bottom
        a, b = max(sheet.x(span[0]), sheet.left - 2), min(sheet.x(span[1]), sheet.right + 2)
        if b < sheet.left or a > sheet.right:
            return
        line = sheet.theme.color("accent.line")
        fill = QColor(line)
        fill.setAlphaF(_FILL_ALPHA)
        p.save()
        p.setClipRect(QRectF(sheet.left, top, sheet.scale.width, bottom - top))
        p.fillRect(QRectF(a, top, max(b - a, 1.0), bottom - top), fill)
        p.setPen(QPen(line, 2 if self.active else 1))
        for x in (a, max(b, a + 1)):
            p.drawLine(round(x), top, round(x), bottom)
        p.restore()

    # --------------------------------------------------------------------------------------------------------- mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take from the timeline what belongs to the range."""
        if self._anchor is not None and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._end()
            event.accept()
            return True
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(event)
            case QEvent.Type.MouseMove:
                return self._move(event)
            case QEvent.Type.MouseButtonRelease:
                return self._release(event)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        sheet, place = self._sheet(), event.position()
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not self.active or sheet is None or event.button() != Qt.MouseButton.LeftButton or shifted:
            return False
        row = self._timeline.row_at(place.y())
        if row is None or row.kind not in _ROWS or place.x() < sheet.left:
            return False
        edge = self._edge_at(place.x(), sheet)
        self._from = place.x()
        if edge is not None and self._span is not None:
            self._anchor = self._span[1 - edge]
        else:
            self._anchor = self._seconds(place.x(), sheet)
        self._timeline.grabKeyboard()  # so that Esc lets go of it, wherever the keyboard is
        return True

    def _move(self, event: QMouseEvent) -> bool:
        sheet, x = self._sheet(), event.position().x()
        if sheet is None:
            return False
        if self._anchor is None:
            row = self._timeline.row_at(event.position().y())
            near = self.active and row is not None and row.kind in _ROWS and self._edge_at(x, sheet) is not None
            if near:
                self._timeline.setCursor(Qt.CursorShape.SizeHorCursor)
            return near
        if self._drawn is not None or abs(x - self._from) >= _STILL:
            now = self._seconds(x, sheet)
            self._drawn = min(self._anchor, now), max(self._anchor, now)
            self._timeline.update()
            self.moving.emit(*self._drawn)
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if self._anchor is None:
            return False
        drawn = self._drawn
        self._end()
        if drawn is not None:
            self.chosen.emit(*drawn)
        else:
            self._timeline.go_to(event.position().x())
        return True

    def _end(self) -> None:
        self._anchor = self._drawn = None
        self._timeline.releaseKeyboard()
        self._timeline.update()

    def _edge_at(self, x: float, sheet: Sheet) -> int | None:
        """Return which end of the range lies under a place: 0, 1 or None."""
        if self._span is None:
            return None
        far = [abs(sheet.x(at) - x) for at in self._span]
        nearest = 0 if far[0] < far[1] or (far[0] == far[1] and x < sheet.x(self._span[0])) else 1
        return nearest if far[nearest] <= _REACH else None

    @staticmethod
    def _seconds(x: float, sheet: Sheet) -> float:
        return sheet.scale.seconds(min(max(x, sheet.left), sheet.right) - sheet.left)
