"""The picture under the hand: regions drawn on it, tools, mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.widgets import region_paint
from evidence_desk.ui.widgets.picture_geometry import UNITS, Box
from evidence_desk.ui.widgets.preview_view import PreviewView
from evidence_desk.ui.widgets.region_paint import Shape
from evidence_desk.ui.widgets.region_view import BOX, SELECT

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Viewer(PreviewView):
    """The picture with its regions.

    Signals: `box_drawn(Box)` in stored units; `region_picked(str)`, "" for none; `region_moved(str, Box)`;
    `withdraw_asked(str region)`; `tool_changed(str)`; and those of the picture.
    """

    box_drawn = Signal(object)
    region_picked = Signal(str)
    region_moved = Signal(str, object)
    withdraw_asked = Signal(str)
    tool_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._keep_tool = False
        self._writable = True
        self._editing: tuple[str, QRectF, QPointF] | None = None
        self._pan: QPoint | None = None
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_writable(self, writable: bool) -> None:
        """Allow or forbid drawing and moving regions."""
        self._writable = writable

    # ------------------------------------------------------------------------------------------------------ regions

    @property
    def tool(self) -> str:
        """Return the tool in hand: `select` or `box`."""
        return self._tool

    @property
    def chosen_region(self) -> str:
        """Return the number of the region that the keyboard works on, "" for none."""
        return self._chosen

    def set_tool(self, tool: str) -> None:
        """Take a tool in hand."""
        self._tool = tool if self._writable else SELECT
        self._live, self._editing = None, None
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if self._tool == BOX else Qt.CursorShape.ArrowCursor)
        self.tool_changed.emit(self._tool)
        self.viewport().update()

    def set_shapes(self, shapes: Sequence[Shape]) -> None:
        """Show these regions; the chosen one is kept where it is still among them."""
        self._shapes = tuple(shapes)
        if self._chosen not in {s.number for s in shapes}:
            self._chosen = ""
        self._describe()
        self.viewport().update()

    def choose_region(self, region: str) -> None:
        """Let the keyboard work on a region, "" for none."""
        if region != self._chosen:
            self._chosen = region
            self.region_picked.emit(region)
            self._describe()
            self.viewport().update()

    # -------------------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, move, resize or pan."""
        place = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = place.toPoint()
            return
        if event.button() != Qt.MouseButton.LeftButton or self._geometry is None:
            return
        if self._tool == BOX:
            self._keep_tool = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._editing = ("draw", QRectF(place, place), place)
            return
        shape = self._chosen_shape()
        if shape is not None and shape.key and self._writable:
            side = region_paint.handle_at(self.shape_rect(shape), place)
            if side:
                self._editing = (side, self.shape_rect(shape), place)
                return
        hit = next((s for s in reversed(self._shapes) if self.shape_rect(s).contains(place)), None)
        self.choose_region(hit.number if hit is not None else "")
        if hit is None:
            self._pan = place.toPoint()
        elif hit.key and self._writable:
            self._editing = ("move", self.shape_rect(hit), place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing, moving, resizing or panning."""
        place = event.position()
        if self._pan is not None:
            delta = place.toPoint() - self._pan
            self._pan = place.toPoint()
            if not self._fit:
                seen, scale = self.sceneRect(), self.transform().m11()
                self.setSceneRect(seen.translated(-delta.x() / scale, -delta.y() / scale))
            return
        if self._editing is None:
            return
        kind, rect, began = self._editing
        if kind == "draw":
            self._live = QRectF(began, place).normalized()
        elif kind == "move":
            moved = place - began
            self._live = rect.translated(moved) if moved.manhattanLength() >= 2 or self._live is not None else None
        else:
            self._live = region_paint.resized(rect, kind, place)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hand over what was drawn or moved."""
        self._pan = None
        editing, live = self._editing, self._live
        self._editing = self._live = None
        self.viewport().update()
        if editing is None or live is None or self._geometry is None:
            return
        scene = self._to_scene(live)
        if editing[0] == "draw":
            scene = self._geometry.cut(scene)
            if scene.width() >= 1 and scene.height() >= 1:
                self._give_box(self._geometry.to_native(scene))
        elif self._chosen:
            if editing[0] != "move":
                scene = self._geometry.cut(scene)
            self.region_moved.emit(self._chosen, self._geometry.to_native(scene))

    def _give_box(self, box: Box) -> None:
        if not self._keep_tool:
            self.set_tool(SELECT)
        self._keep_tool = False
        self.box_drawn.emit(box)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """There is no menu here; the tools stand beside the picture."""
        event.accept()

    # ----------------------------------------------------------------------------------------------------- keyboard

    def event(self, event: QEvent) -> bool:
        """Take arrows and Delete from the window's shortcuts while a region is chosen, Enter while the box tool is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if self._tool == BOX and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return True
        if not self._chosen or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return key in _ARROWS or key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the region (Shift: ten pixels, Alt: its far corner), Delete withdraws, Enter lays a box."""
        key = Qt.Key(event.key())
        if not self._wants(event) or self._geometry is None:
            event.ignore()
            return
        if key in _ARROWS:
            self._move_by_key(_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdraw_asked.emit(self._chosen)
        else:
            whole = self._geometry.shown
            middle = QRectF(0, 0, whole.width() / 4, whole.height() / 4)
            middle.moveCenter(QPointF(whole.width() / 2, whole.height() / 2))
            self._keep_tool = False
            self._give_box(self._geometry.to_native(middle))

    def _move_by_key(self, arrow: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        shape = self._chosen_shape()
        if shape is None or self._geometry is None or not shape.key or not self._writable:
            return
        far = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        dx, dy = self._geometry.native_step(arrow[0] * far, arrow[1] * far)
        x, y, w, h = shape.box
        if modifiers & Qt.KeyboardModifier.AltModifier:
            moved = (x, y, w + dx * UNITS, h + dy * UNITS)
        else:
            moved = (x + dx * UNITS, y + dy * UNITS, w, h)
        box = self._geometry.held(moved)
        if box != shape.box:
            self.region_moved.emit(shape.number, box)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the regions, then leaves the picture."""
        numbers = [s.number for s in self._shapes]
        if numbers:
            place = numbers.index(self._chosen) if self._chosen in numbers else (-1 if forward else len(numbers))
            place += 1 if forward else -1
            if 0 <= place < len(numbers):
                self.choose_region(numbers[place])
                return True
        self.choose_region("")
        return super().focusNextPrevChild(forward)
