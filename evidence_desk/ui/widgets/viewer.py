"""The picture under the mouse: regions drawn on it, moved, pulled at their corners; and panning."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.region_corners import corner_added, corner_taken
from evidence_desk.ui.widgets.region_hands import RegionHands
from evidence_desk.ui.widgets.region_keys import side_at
from evidence_desk.ui.widgets.region_shapes import ABSENT, GRIP, Places, Shape, handle_at, is_hit, pulled
from evidence_desk.ui.widgets.shape_drawing import SELECT


class Viewer(RegionHands):
    """The picture with its regions, under mouse and keyboard. Signals: those of the hands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pan: QPoint | None = None
        super().__init__(parent)

    # -------------------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, move, resize or pan."""
        place = event.position()
        self.hand_off.emit()
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
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and self._change_corner(shape, places, place):
                return
            handle = handle_at(shape.kind, places, place)
            if handle:
                self._editing = (handle, places, place)
                return
        there = [s for s in self._shapes if s.how != ABSENT]
        hit = next((s for s in reversed(there) if is_hit(s.kind, self.shape_places(s), place)), None)
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

    def _change_corner(self, shape: Shape, places: Places, at: QPointF) -> bool:
        """Take away the corner under the hand, or put one into the line there; tell whether it was for a corner."""
        name = handle_at(shape.kind, places, at)
        side = side_at(shape.kind, places, at, GRIP / 2)
        if name.isdecimal():
            self._hand_over(shape, corner_taken(shape.kind, shape.points, int(name)))
        elif side is not None:
            x, y = self._native("point", [at])
            self._hand_over(shape, corner_added(shape.kind, shape.points, side, (x, y)))
        return bool(name) or side is not None
