"""The timeline under the hand: mouse, wheel and keyboard over what `timeline_canvas` paints."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from evidence_desk.domain.time import clock as clock_text
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets import timeline_access
from evidence_desk.ui.widgets.timeline_canvas import TimelineCanvas
from evidence_desk.ui.widgets.timeline_content import ZOOM, frames_text
from evidence_desk.ui.widgets.timeline_scale import TimeScale

_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Equal,
    Qt.Key.Key_Minus,
)


class Timeline(TimelineCanvas):
    """The timeline a person works with.

    Signals: `seek(frame)`, `picked(observation number)`, and those of the canvas.
    """

    seek = Signal(int)
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self._dragging = ""
        timeline_access.install()

    # -------------------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the frame under the pointer; on a bar also select it."""
        if self._scale is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        row = next((r for r in self._rows if r.top <= place.y() < r.bottom), None)
        if row is None or place.x() < self._label_width():
            return
        self._dragging = "overview" if row.kind == "overview" else "playhead"
        bar = self.bar_at(place) if row.lane >= 0 else None
        if bar is not None:
            self.picked.emit(bar.number)
        self._drag_to(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead or the visible part; otherwise say what lies under the pointer."""
        if self._dragging:
            self._drag_to(event.position())
            return
        text = self._hint(event.position())
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        self._dragging = ""

    def _drag_to(self, place: QPointF) -> None:
        if self._scale is None or self._clock is None:
            return
        x = place.x() - self._label_width()
        if self._dragging == "overview":
            middle = TimeScale.whole(self._scale.length, self._scale.width).seconds(x)
            if self._scale.is_whole:
                self.seek.emit(self._clock.frame_at(_exact(middle)))
            else:
                self._use_scale(self._scale.moved_to(middle - self._scale.span / 2))
            return
        self.seek.emit(self._clock.frame_at(_exact(self._scale.seconds(x))))

    def _hint(self, place: QPointF) -> str:
        bar = self.bar_at(place)
        if bar is not None:
            return f"{bar.number} {bar.label}, {frames_text(bar.first, bar.last)}"
        row = next((r for r in self._rows if r.top <= place.y() < r.bottom), None)
        if row is None or self._clock is None or self._scale is None or place.x() < self._label_width():
            return ""
        seconds = self._scale.seconds(place.x() - self._label_width())
        if row.kind in ("waveform", "spectrogram"):
            return self._sound.hint(row, place.y(), seconds)
        n = self._clock.frame_at(_exact(seconds))
        if row.kind == "frame_timing":
            ms = float(self._clock.duration(n) * self._clock.time_base * 1000)
            return tr("Frame {n} lasts {ms} ms", n=number(n), ms=f"{ms:.1f}")
        if row.kind in ("ruler", "filmstrip"):
            return tr("Frame {n}, {time}", n=number(n), time=clock_text(self._clock.at(n)))
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, or sideways, pan."""
        if self._scale is None:
            return
        delta = event.angleDelta()
        steps = (delta.y() or delta.x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            self._use_scale(self._scale.panned(-steps * self._scale.width * 0.12))
        else:
            self.zoom(ZOOM**steps, event.position().x() - self._label_width())
        event.accept()

    # ----------------------------------------------------------------------------------------------------- keyboard

    def event(self, event: QEvent) -> bool:
        """Take the arrow keys from the window's shortcuts while the keyboard is in here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _is_ours(event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return plain and event.key() in _KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down change the lane, left and right the item, Enter selects it."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
            return
        lane, item = self._current
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                lane = min(max(lane + step, 0), max(len(self.shelf.shown) - 1, 0))
                self._current = (lane, self._nearest_item(lane))
            case Qt.Key.Key_Left:
                self._current = (lane, max(item - 1, 0))
            case Qt.Key.Key_Right:
                last = len(self.shelf.shown[lane].bars) - 1 if lane < len(self.shelf.shown) else 0
                self._current = (lane, max(min(item + 1, last), 0))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case _:
                self._choose_current()
        self._show_current()

    def _nearest_item(self, lane: int) -> int:
        if lane >= len(self.shelf.shown) or self._clock is None:
            return 0
        here = float(self._clock.at(self._n))
        return self.shelf.shown[lane].index.nearest(here)

    def _choose_current(self) -> None:
        bar = self.current_bar()
        if bar is not None:
            self.picked.emit(bar.number)
            self.seek.emit(bar.first)

    def _show_current(self) -> None:
        bar = self.current_bar()
        if bar is not None and self._scale is not None:
            self._use_scale(self._scale.showing(bar.start))
        self.update()
        self._describe()


def _exact(seconds: float) -> Fraction:
    return Fraction(seconds).limit_denominator(1_000_000_000)
