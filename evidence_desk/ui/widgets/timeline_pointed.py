"""What lies under the pointer: words, and a small picture of the frame."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.time import clock as clock_text
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.timeline_canvas import TimelineCanvas
from evidence_desk.ui.widgets.timeline_content import frames_text
from evidence_desk.ui.widgets.timeline_hover import HoverPicture
from evidence_desk.ui.widgets.timeline_paint import Row, exact
from evidence_desk.ui.widgets.timeline_scale import TimeScale

_PICTURED = ("overview", "ruler", "filmstrip", "coverage")


class PointedTimeline(TimelineCanvas):
    """Tells what is under the pointer. Signal: `hovered(frame)` asks for a small picture, -1 that none is wanted."""

    hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hover: HoverPicture | None = None
        self._hover_n = -1

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._end_hover()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing stands above a timeline that is not shown."""
        self._end_hover()
        super().hideEvent(event)

    def _frame_at(self, x: float) -> int:
        assert self._scale is not None
        assert self._clock is not None
        return self._clock.frame_at(exact(self._scale.seconds(x - self._label_width())))

    def _show_hover(self, place: QPointF) -> bool:
        row = self.row_at(place.y())
        if row is None or row.kind not in _PICTURED or self._clock is None or self._aspect <= 0:
            self._end_hover()
            return False
        n = self._frame_under(place.x(), row.kind)
        if n is None:
            self._end_hover()
            return False
        if self._hover is None:
            self._hover = HoverPicture(self.window())
        if n != self._hover_n:
            self._hover_n = n
            self._hover.show_words(self._frame_words(n))
            self.hovered.emit(n)
        self._stand_hover(place.x())
        return True

    def _frame_under(self, x: float, kind: str) -> int | None:
        if self._scale is None or self._clock is None or x < self._label_width():
            return None
        if kind != "overview":
            return self._frame_at(x)
        whole = TimeScale.whole(self._scale.length, self._scale.width)
        return self._clock.frame_at(exact(whole.seconds(x - self._label_width())))

    def _stand_hover(self, x: float) -> None:
        if self._hover is not None:
            window = self.window()
            # Over the viewport, not over a row that the scroll area has moved out of it.
            top = self.mapTo(window, QPoint(0, max(self.visibleRegion().boundingRect().top(), 0))).y()
            self._hover.stand_over(QPoint(self.mapTo(window, QPoint(round(x), 0)).x(), top - 6), window.width())

    def _frame_words(self, n: int) -> str:
        assert self._clock is not None
        return tr("Frame {n}, {time}", n=number(n), time=clock_text(self._clock.at(n)))

    def show_hover(self, n: int, shows: int, image: QImage) -> None:
        """Take the picture for the frame under the pointer; `shows` is the frame it is of, near that one."""
        if n != self._hover_n or self._hover is None or self._hover.isHidden():
            return
        words = self._frame_words(n)
        if shows != n:
            words = tr("{words} (picture of frame {near})", words=words, near=number(shows))
        foot = self._hover.geometry().center().x()
        self._hover.show_picture(image, words)
        self._stand_hover(self.mapFrom(self.window(), QPoint(foot, 0)).x())

    def _end_hover(self) -> None:
        if self._hover is not None and self._hover_n >= 0:
            self._hover_n = -1
            self._hover.hide()
            self.hovered.emit(-1)

    def _hint(self, place: QPointF) -> str:
        bar, row = self.bar_at(place), self.row_at(place.y())
        if bar is not None:
            return f"{bar.number} {bar.label}, {frames_text(bar.first, bar.last)}".strip()
        if row is None or self._clock is None or self._scale is None:
            return ""
        if place.x() < self._label_width():
            return tr("Click: hide, lock, or show alone") if row.kind not in ("overview", "ruler") else ""
        return self._row_hint(row, place)

    def _row_hint(self, row: Row, place: QPointF) -> str:
        assert self._clock is not None
        assert self._scale is not None
        if row.kind in ("waveform", "spectrogram"):
            return self._sound.hint(row, place.y(), self._scale.seconds(place.x() - self._label_width()))
        n = self._frame_at(place.x())
        if row.kind == "frame_timing":
            ms = float(self._clock.duration(n) * self._clock.time_base * 1000)
            return tr("Frame {n} lasts {ms} ms", n=number(n), ms=f"{ms:.1f}")
        return self._frame_words(n) if row.kind in _PICTURED else ""
