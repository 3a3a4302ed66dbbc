"""The picture under the hand: regions drawn on it, tools, mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.regions import FRAMED, UNITS, held_inside
from evidence_desk.ui.widgets.preview_view import PreviewView
from evidence_desk.ui.widgets.region_shapes import Places, Shape, framing, handle_at, is_hit, pulled
from evidence_desk.ui.widgets.shape_drawing import SELECT, laid
from evidence_desk.ui.widgets.words_field import WordsField

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Viewer(PreviewView):
    """The picture with its regions.

    Signals: `shape_drawn(str, tuple)` its kind and points in stored units; `region_picked(str)`, "" for none;
    `region_moved(str, tuple)`; `words_asked(str region)`; `withdraw_asked(str region)`; `tool_changed(str)`; and those
    of the picture.
    """

    shape_drawn = Signal(str, object)
    region_picked = Signal(str)
    region_moved = Signal(str, object)
    words_asked = Signal(str)
    withdraw_asked = Signal(str)
    tool_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._keep_tool = False
        self._held = False
        self._writable = True
        self._editing: tuple[str, Places, QPointF] | None = None
        self._pan: QPoint | None = None
        super().__init__(parent)
        self._words = WordsField(self.viewport())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # the tools stand beside the picture
        self.setMouseTracking(True)

    @property
    def writable(self) -> bool:
        """Tell whether regions may be drawn and moved."""
        return self._writable

    def set_writable(self, writable: bool) -> None:
        """Allow or forbid drawing and moving regions."""
        self._writable = writable

    # ------------------------------------------------------------------------------------------------------ regions

    @property
    def tool(self) -> str:
        """Return the tool in hand, one of TOOLS."""
        return self._drawing.tool

    @property
    def chosen_region(self) -> str:
        """Return the number of the region that the keyboard works on, "" for none."""
        return self._chosen

    def hold_tool(self) -> None:
        """Keep the tool in hand after each shape, until another is taken."""
        self._held = True

    def set_tool(self, tool: str) -> None:
        """Take a tool in hand; what was half drawn is given up."""
        self._drawing.take(tool if self._writable else SELECT)
        self._live, self._editing, self._held = None, None, False
        draws = self._drawing.tool != SELECT
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)
        self.tool_changed.emit(self._drawing.tool)
        self.viewport().update()

    def ask_words(self, kind: str, points: tuple[int, ...], text: str, then: Callable[[str], None]) -> None:
        """Ask, on the picture, for the words of a shape that is there or about to be."""
        if self._geometry is not None:
            place = self.shape_places(Shape("", "", points, 0, kind=kind))[-1]
            self._words.ask(place.toPoint(), text, then)

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
        if self._drawing.tool != SELECT:
            self._keep_tool = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._give(self._drawing.press(place))
            self.viewport().update()
            return
        shape = self._chosen_shape()
        if shape is not None and shape.editable and self._writable:
            places = self.shape_places(shape)
            handle = handle_at(shape.kind, places, place)
            if handle:
                self._editing = (handle, places, place)
                return
        hit = next((s for s in reversed(self._shapes) if is_hit(s.kind, self.shape_places(s), place)), None)
        self.choose_region(hit.number if hit is not None else "")
        if hit is None:
            self._pan = place.toPoint()
        elif hit.editable and self._writable:
            self._editing = ("move", self.shape_places(hit), place)

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
        if self._drawing.move(place):
            self.viewport().update()
        shape = self._chosen_shape()
        if self._editing is None or shape is None:
            return
        handle, places, began = self._editing
        if handle != "move":
            self._live = pulled(shape.kind, places, handle, place)
        elif (place - began).manhattanLength() >= 2 or self._live is not None:
            self._live = [p + place - began for p in places]
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hand over what was drawn or moved."""
        self._pan = None
        editing, live, shape = self._editing, self._live, self._chosen_shape()
        self._editing = self._live = None
        self.viewport().update()
        if self._drawing.began and event.button() == Qt.MouseButton.LeftButton:
            self._give(self._drawing.release(event.position()))
        elif editing is not None and live is not None and shape is not None:
            self.region_moved.emit(shape.number, self._native(shape.kind, live, cut=editing[0] != "move"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """End a shape of corners; ask for the words of a region."""
        if self._drawing.tool != SELECT:
            self._give(self._drawing.finish())
        elif self._chosen and self._writable:
            self.words_asked.emit(self._chosen)

    def _native(self, kind: str, places: Places, *, cut: bool = True) -> tuple[int, ...]:
        """Return places of the widget as stored points inside the picture."""
        geometry = self._geometry
        assert geometry is not None
        if kind in FRAMED:
            scene = self._to_scene(framing(places))
            return geometry.to_native(geometry.cut(scene) if cut else scene)
        inverse, _ = self.viewportTransform().inverted()
        points = geometry.points_to_native([inverse.map(p) for p in places])
        return held_inside(kind, points, (geometry.width, geometry.height))

    def _give(self, places: Places | None) -> None:
        """Hand over a shape that is whole; a box or ellipse of less than a pixel is none."""
        if places is None or self._geometry is None:
            return
        kind = self._drawing.tool
        if kind in FRAMED:
            scene = self._geometry.cut(self._to_scene(framing(places)))
            if scene.width() < 1 or scene.height() < 1:
                return
        points = self._native(kind, places)
        if not self._keep_tool and not self._held:
            self.set_tool(SELECT)
        self._keep_tool = False
        self.shape_drawn.emit(kind, points)

    # ----------------------------------------------------------------------------------------------------- keyboard

    def event(self, event: QEvent) -> bool:
        """Take arrows and Delete from the window's shortcuts while a region is chosen, Enter while a tool draws."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if self._drawing.tool != SELECT and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return True
        if self._drawing.began and key == Qt.Key.Key_Backspace:
            return True
        if not self._chosen or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return key in _ARROWS or key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the region (Shift: ten pixels, Alt: its far corner), Delete withdraws, Enter lays a shape.

        While corners are laid Enter ends the shape and Backspace takes the last one back.
        """
        key = Qt.Key(event.key())
        if not self._wants(event) or self._geometry is None:
            event.ignore()
        elif key == Qt.Key.Key_Backspace and self._drawing.began:
            self._drawing.drop_last()
            self.viewport().update()
        elif key in _ARROWS:
            self._move_by_key(_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdraw_asked.emit(self._chosen)
        elif self._drawing.began:
            self._give(self._drawing.finish())
        else:
            size = self._geometry.shown
            to_widget = self.viewportTransform()
            middle = laid(self._drawing.tool, (size.width(), size.height()))
            self._keep_tool = False
            self._give([to_widget.map(place) for place in middle])

    def _move_by_key(self, arrow: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        shape = self._chosen_shape()
        if shape is None or self._geometry is None or not shape.editable or not self._writable:
            return
        far = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        dx, dy = (v * UNITS for v in self._geometry.native_step(arrow[0] * far, arrow[1] * far))
        corner = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        points: tuple[int, ...]
        if shape.kind in FRAMED:
            x, y, w, h = shape.box
            points = self._geometry.held((x, y, w + dx, h + dy) if corner else (x + dx, y + dy, w, h))
        else:
            last = len(shape.points) - 2 if corner else 0
            moved = (v + (dy if i % 2 else dx) if i >= last else v for i, v in enumerate(shape.points))
            points = held_inside(shape.kind, tuple(moved), (self._geometry.width, self._geometry.height))
        if points != shape.points:
            self.region_moved.emit(shape.number, points)

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
