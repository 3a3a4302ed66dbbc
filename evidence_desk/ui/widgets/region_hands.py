"""The picture with a region in hand: which one is chosen, which tool is taken, and the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.regions import FRAMED, Points, held_inside
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.preview_view import PreviewView
from evidence_desk.ui.widgets.region_keys import ARROWS, AWAY
from evidence_desk.ui.widgets.region_shapes import Places, Shape, framing
from evidence_desk.ui.widgets.shape_drawing import SELECT, laid
from evidence_desk.ui.widgets.words_field import WordsField

_SILENT = (Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Meta)


class RegionHands(PreviewView):
    """What mouse and keyboard share: the chosen region, the tool in hand, and what the keyboard does with both.

    Signals: `shape_drawn(str, tuple)` its kind and points in stored units; `region_picked(str)`, "" for none;
    `region_moved(str, tuple)`; `region_nudged(str, tuple)` a little, by key, and more may come; `hand_off()`
    another key or button than that; `words_asked(str region)`; `withdraw_asked(str region)`; `tool_changed(str)`; and
    those of the picture.
    """

    shape_drawn = Signal(str, object)
    region_picked = Signal(str)
    region_moved = Signal(str, object)
    region_nudged = Signal(str, object)
    hand_off = Signal()
    words_asked = Signal(str)
    withdraw_asked = Signal(str)
    tool_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._keep_tool = False
        self._held = False
        self._writable = True
        self._editing: tuple[str, Places, QPointF] | None = None
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
        """Take Alt with arrows and Delete from the window's shortcuts while a region is chosen, Enter while drawing."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._wants(event):
                event.accept()
                return True
            if event.key() not in _SILENT:
                self.hand_off.emit()
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if self._drawing.tool != SELECT and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return True
        if self._drawing.began and key == Qt.Key.Key_Backspace:
            return True
        shape = self._chosen_shape()
        return shape is not None and self._keys.wants(shape, key, event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and arrows move the region or its held corner (Shift: ten pixels), Delete withdraws, Enter lays a shape.

        While a corner is held Delete takes it away and Insert puts one behind it. While corners are laid Enter ends the
        shape and Backspace takes the last one back.
        """
        key = Qt.Key(event.key())
        if not self._wants(event) or self._geometry is None:
            event.ignore()
        elif key == Qt.Key.Key_Backspace and self._drawing.began:
            self._drawing.drop_last()
            self.viewport().update()
        elif key in ARROWS or key in AWAY or key == Qt.Key.Key_Insert:
            self._change_by_key(key, event.modifiers(), self._geometry)
        elif self._drawing.began:
            self._give(self._drawing.finish())
        else:
            size = self._geometry.shown
            to_widget = self.viewportTransform()
            middle = laid(self._drawing.tool, (size.width(), size.height()))
            self._keep_tool = False
            self._give([to_widget.map(place) for place in middle])

    def _change_by_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, geometry: PictureGeometry) -> None:
        shape = self._chosen_shape()
        if shape is None or not self._writable:
            return
        if key in AWAY and self._keys.held(shape) < 0:
            self.withdraw_asked.emit(shape.number)
        elif shape.editable and key in ARROWS:
            points = self._keys.moved(shape, geometry, key, modifiers)
            if points != shape.points:
                self.region_nudged.emit(shape.number, points)
        elif shape.editable:
            self._hand_over(shape, self._keys.without(shape) if key in AWAY else self._keys.with_one_more(shape))

    def _hand_over(self, shape: Shape, points: Points | None) -> None:
        if points is not None:
            self.hand_off.emit()
            self.region_moved.emit(shape.number, points)

    def hold_next_corner(self) -> int:
        """Let the keyboard hold the next corner of the chosen region; return which, -1 for the whole of it."""
        shape = self._chosen_shape()
        held = self._keys.next_corner(shape) if shape is not None and shape.editable else -1
        self._describe()
        self.viewport().update()
        return held

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
