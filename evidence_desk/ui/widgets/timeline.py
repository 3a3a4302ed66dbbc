"""The timeline under the hand: mouse, wheel and keyboard over what `timeline_canvas` paints."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from evidence_desk.ui.theme import lane_height
from evidence_desk.ui.widgets import timeline_access, timeline_bars
from evidence_desk.ui.widgets.timeline_content import ZOOM
from evidence_desk.ui.widgets.timeline_drag import Drag, Part, snap_frame
from evidence_desk.ui.widgets.timeline_lanes import OBSERVATION, Bar
from evidence_desk.ui.widgets.timeline_paint import exact
from evidence_desk.ui.widgets.timeline_pointed import PointedTimeline
from evidence_desk.ui.widgets.timeline_scale import TimeScale
from evidence_desk.ui.widgets.timeline_sound_range import SoundRangeHand

_SNAP = 7
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


class Timeline(PointedTimeline):
    """The timeline a person works with.

    Signals: `seek(frame)`; `picked(record number)`; `span_moved(observation number, first frame, last frame)` once an
    edge, or the whole of it, was let go; `lane_asked(key of the lane or row, place on the screen)` when its name is
    clicked; `height_asked(steps)` lanes are to be higher, or lower; `lane_reached(int)` the keyboard is on that lane of
    those shown; and those of what it stands on.
    """

    seek = Signal(int)
    picked = Signal(str)
    span_moved = Signal(str, int, int)
    lane_asked = Signal(str, QPoint)
    height_asked = Signal(int)
    lane_reached = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self._dragging = ""
        self._held: Drag | None = None
        self._turned = 0.0
        self.writable = False
        self.sound_range = SoundRangeHand(self, self._sheet)
        timeline_access.install()

    # -------------------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the frame under the pointer; on a mark select it, on its edge take hold of it."""
        self._end_hover()
        place = event.position()
        row = self.row_at(place.y())
        if self._scale is None or row is None or self._clock is None:
            return
        if place.x() < self._label_width():
            key = self.shelf.shown[row.lane].key if row.lane >= 0 else row.kind
            self.lane_asked.emit(key, event.globalPosition().toPoint())
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        bar = self.bar_at(place)
        part = self._part_at(place, bar)
        if bar is not None:
            self.picked.emit(bar.number)
        if bar is not None and part is not None:
            self._held = Drag(bar, part, self._frame_at(place.x()), bar.first, bar.last)
            self.grabKeyboard()  # so that Esc lets go of it, wherever the keyboard is
            return
        self._dragging = "overview" if row.kind == "overview" else "playhead"
        self._drag_to(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; otherwise show what lies under the pointer."""
        place = event.position()
        if self._held is not None:
            self._move_held(place.x(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return
        if self._dragging:
            self._drag_to(place)
            return
        part = self._part_at(place, self.bar_at(place))
        sizing = part in ("first", "last")
        self.setCursor(Qt.CursorShape.SizeHorCursor if sizing else Qt.CursorShape.ArrowCursor)
        if self._show_hover(place):
            QToolTip.hideText()
            return
        text = self._hint(place)
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag; what was held stays where it was let go, once the room has kept it."""
        self._dragging = ""
        held = self._held
        self._let_go()
        if held is None:
            return
        if held.moved:
            self.span_moved.emit(held.bar.number, held.first, held.last)
        else:
            self.seek.emit(held.edge if held.part != "whole" else held.taken)

    # ------------------------------------------------------------------------------------------------------- editing

    def _part_at(self, place: QPointF, bar: Bar | None) -> Part | None:
        """Return what of a bar is taken hold of at a place: an edge, or the whole of the selected one."""
        if bar is None or not self.writable or bar.heard:
            return None
        found = self.shelf.place_of(bar.number)
        lane = self.shelf.shown[found[0]] if found is not None else None
        if lane is None or lane.kind != OBSERVATION or self.shelf.is_locked(lane):
            return None
        rect, chosen, pad = self.rect_of(bar), bar.number == self._selected, lane_height("hit_pad")
        if rect.width() < 4 * pad:
            edges = rect.center().x(), rect.center().x()
        else:
            edges = rect.left() + pad, rect.right() - pad
        if place.x() < edges[0] or place.x() > edges[1] or edges[0] == edges[1]:
            narrow = edges[0] == edges[1] and not chosen
            return None if narrow else "first" if place.x() < edges[0] else "last"
        return "whole" if chosen else None

    def _move_held(self, x: float, free: bool) -> None:
        held, scale, clock = self._held, self._scale, self._clock
        if held is None or scale is None or clock is None:
            return
        n, snapped = self._frame_at(x), None
        if not free and held.part != "whole":
            seconds, reach = scale.seconds(x - self._label_width()), _SNAP / scale.width * scale.span
            others = [m for m in (held.bar.first, *self._marks) if m is not None]
            found = snap_frame(held, seconds, reach, clock, self.shelf.shown, others)
            if found is not None:
                n, snapped = found
        now = held.to(n, len(clock), snapped)
        if now != held:
            self._held = now
            self.update()
            self.seek.emit(now.edge)

    def _let_go(self) -> None:
        self.releaseKeyboard()
        self.show_held(None)

    def show_held(self, held: Drag | None) -> None:
        """Show where a mark would lie that is being moved, None once it lies there."""
        self._held = held
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw over everything what is being moved, where it would lie, and what it snaps to."""
        super().paintEvent(event)
        sheet = self._sheet()
        if sheet is not None and self.sound_range.span is not None:
            p = QPainter(self)
            self.sound_range.paint(p, sheet, self._rows)
            p.end()
        if self._held is not None and sheet is not None:
            place = self.shelf.place_of(self._held.bar.number)
            row = next((r for r in self._rows if place is not None and r.lane == place[0]), None)
            if row is not None:
                p = QPainter(self)
                timeline_bars.held(p, sheet, row, self.shelf.shown[row.lane], self._held)
                p.end()

    def _drag_to(self, place: QPointF) -> None:
        if self._scale is None or self._clock is None:
            return
        x = place.x() - self._label_width()
        if self._dragging == "overview":
            middle = TimeScale.whole(self._scale.length, self._scale.width).seconds(x)
            if self._scale.is_whole:
                self.seek.emit(self._clock.frame_at(exact(middle)))
            else:
                self.use_scale(self._scale.moved_to(middle - self._scale.span / 2))
            return
        self.seek.emit(self._clock.frame_at(exact(self._scale.seconds(x))))

    def go_to(self, x: float) -> None:
        """Ask for the frame on screen at a place of the widget."""
        self.seek.emit(self._frame_at(x))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, or sideways, pan; with Ctrl make the lanes higher or lower."""
        if self._scale is None:
            return
        delta = event.angleDelta()
        steps = (delta.y() or delta.x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += steps  # fine wheels turn by parts of a step
            self.height_asked.emit(int(self._turned))
            self._turned -= int(self._turned)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            self.use_scale(self._scale.panned(-steps * self._scale.width * 0.12))
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

    def _is_ours(self, event: QKeyEvent) -> bool:
        if self._held is not None and event.key() == Qt.Key.Key_Escape:
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return plain and event.key() in _KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down change the lane, left and right the item, Enter selects it."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
            return
        lane, item = self._current
        match event.key():
            case Qt.Key.Key_Escape:
                self._let_go()
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
            self.use_scale(self._scale.showing(bar.start))
        self.lane_reached.emit(self._current[0])
        self.update()
        self._describe()
