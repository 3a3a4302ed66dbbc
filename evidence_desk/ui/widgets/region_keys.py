"""A region under the keyboard: Alt and the arrows move it or the corner that is held; the steps stay with the picture.

Plain arrows always step through the frames: a record is not changed by the key that everything else is looked at with.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from evidence_desk.domain.region_corners import CHANGING, corner_added, corner_moved, corner_taken, corners_of
from evidence_desk.domain.regions import FRAMED, UNITS, Points, held_inside
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.region_shapes import Places, Shape

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ALT, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
FAR = 10


class RegionKeys:
    """Knows which corner of which region is held: `corner` is -1 while the whole of it is."""

    def __init__(self) -> None:
        self.region, self.corner = "", -1

    def held(self, shape: Shape | None) -> int:
        """Return the corner of a shape that is held, -1 for the whole."""
        if shape is None or shape.number != self.region or self.corner >= len(corners_of(shape.kind, shape.points)):
            self.region, self.corner = "", -1
        return self.corner

    def next_corner(self, shape: Shape) -> int:
        """Hold the next corner, after the last the whole again; return which."""
        count = len(corners_of(shape.kind, shape.points))
        held = self.held(shape)
        self.region, self.corner = shape.number, held + 1 if held + 1 < count and count > 1 else -1
        return self.corner

    def wants(self, shape: Shape, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Tell whether a key is for the region."""
        if modifiers & _CTRL:
            return False
        if key in ARROWS:
            return bool(modifiers & _ALT)
        return key in AWAY or (key == Qt.Key.Key_Insert and self.held(shape) >= 0)

    def place(self, shape: Shape, geometry: PictureGeometry) -> QPointF | None:
        """Return where the held corner lies on the shown picture, None while the whole is held."""
        held = self.held(shape)
        return geometry.points_to_shown(corners_of(shape.kind, shape.points)[held])[0] if held >= 0 else None

    def moved(self, shape: Shape, geometry: PictureGeometry, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Points:
        """Return the shape moved a pixel as an arrow points on screen, ten with Shift, inside the picture."""
        across, down = ARROWS[key]
        far = FAR if modifiers & _SHIFT else 1
        dx, dy = (v * UNITS for v in geometry.native_step(across * far, down * far))
        held, size = self.held(shape), (geometry.width, geometry.height)
        if held < 0:
            if shape.kind in FRAMED:
                x, y, w, h = shape.points
                return geometry.held((x + dx, y + dy, w, h))
            return held_inside(shape.kind, tuple(v + (dy if i % 2 else dx) for i, v in enumerate(shape.points)), size)
        x, y = corners_of(shape.kind, shape.points)[held]
        dx = min(max(x + dx, 0), geometry.width * UNITS) - x
        dy = min(max(y + dy, 0), geometry.height * UNITS) - y
        return corner_moved(shape.kind, shape.points, held, (dx, dy))

    def without(self, shape: Shape) -> Points | None:
        """Return the shape without the held corner, None where none is held or it has none to spare."""
        held = self.held(shape)
        return corner_taken(shape.kind, shape.points, held) if held >= 0 else None

    def with_one_more(self, shape: Shape) -> Points | None:
        """Return the shape with a corner half way from the held one to the next, None where it may have no more."""
        held = self.held(shape)
        return corner_added(shape.kind, shape.points, held) if held >= 0 else None


def side_at(kind: str, places: Places, at: QPointF, near: float) -> int | None:
    """Return after which corner a place lies on the line of a shape, None where it is no such shape or lies off it."""
    if kind not in CHANGING:
        return None
    ends = [*places[1:], places[0]] if kind == "polygon" else places[1:]
    found: list[tuple[float, int]] = []
    for i, (a, b) in enumerate(zip(places, ends, strict=False)):
        along = b - a
        length = QPointF.dotProduct(along, along)
        part = min(max(QPointF.dotProduct(at - a, along) / length, 0.0), 1.0) if length else 0.0
        off = at - (a + along * part)
        found.append((QPointF.dotProduct(off, off), i))
    nearest = min(found, default=(near * near + 1, -1))
    return nearest[1] if nearest[0] <= near * near else None
