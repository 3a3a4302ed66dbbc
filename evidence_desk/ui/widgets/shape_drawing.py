"""What a hand has drawn so far with one tool, in widget pixels; it knows presses and moves, no records."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF

from evidence_desk.ui.widgets.region_shapes import Places

SELECT, BOX = "select", "box"
DRAGGED = ("box", "ellipse", "arrow", "callout")
CLICKED = ("point", "text")
CORNERED = {"polygon": 3, "polyline": 2}
"""Tools that take corner after corner, with the fewest."""
TOOLS = (SELECT, *DRAGGED, *CLICKED, *CORNERED)
_LEAST = 3.0
_NEAR_FIRST = 9.0
_BADGE = QPointF(44, -36)
"""Where a callout's number goes when it was clicked and not dragged."""


class ShapeDrawing:
    """One shape that is being drawn. `press`, `release` and `finish` return its places once it is whole."""

    def __init__(self) -> None:
        self.tool = SELECT
        self.stay = False
        self._places: Places = []
        self._hover: QPointF | None = None

    def take(self, tool: str) -> None:
        """Begin anew with a tool."""
        self.tool = tool
        self.clear()

    def clear(self) -> None:
        """Forget what was drawn so far."""
        self._places, self._hover = [], None

    @property
    def began(self) -> bool:
        """Tell whether something is being drawn."""
        return bool(self._places)

    def shown(self) -> Places:
        """Return the places to paint now: what was drawn, and where the hand is."""
        if self.tool in CORNERED and self._places and self._hover is not None:
            return [*self._places, self._hover]
        return list(self._places)

    def press(self, at: QPointF) -> Places | None:
        """Begin, or lay a corner; a press on the first corner of a polygon closes it."""
        if self.tool not in CORNERED:
            self._places = [at, at] if self.tool in DRAGGED else [at]
            return None
        closes = self.tool == "polygon" and len(self._places) >= 3
        if closes and QLineF(self._places[0], at).length() <= _NEAR_FIRST:
            return self.finish()
        if not self._places or QLineF(self._places[-1], at).length() >= _LEAST:
            self._places.append(at)
        return None

    def move(self, at: QPointF) -> bool:
        """Follow the hand; tell whether there is something new to paint."""
        if self.tool in CORNERED:
            self._hover = at
        elif self.tool in DRAGGED and self._places:
            self._places[1] = at
        return bool(self._places)

    def release(self, at: QPointF) -> Places | None:
        """End a drag or a click."""
        if self.tool in CORNERED or not self._places:
            return None
        places = [self._places[0], at] if self.tool in DRAGGED else [at]
        self.clear()
        if len(places) == 2 and QLineF(places[0], places[1]).length() < _LEAST:
            return [places[0], places[0] + _BADGE] if self.tool == "callout" else None
        return places

    def finish(self) -> Places | None:
        """End a shape of corners; None while it has too few."""
        if len(self._places) < CORNERED.get(self.tool, len(self._places) + 1):
            return None
        places = list(self._places)
        self.clear()
        return places

    def drop_last(self) -> bool:
        """Take the last corner back; tell whether there was one."""
        if self.tool in CORNERED and self._places:
            self._places.pop()
            return True
        return False


def laid(tool: str, size: tuple[float, float]) -> Places:
    """Return a shape laid in the middle of a picture of that size, for hands on the keyboard."""
    across, down = size[0] / 8, size[1] / 8
    middle = QPointF(size[0] / 2, size[1] / 2)
    a, b = middle - QPointF(across, down), middle + QPointF(across, down)
    if tool in CLICKED:
        return [middle]
    if tool == "polygon":
        return [QPointF(middle.x(), a.y()), b, QPointF(a.x(), b.y())]
    if tool == "callout":
        return [middle, QPointF(b.x(), a.y())]
    return [a, b]
