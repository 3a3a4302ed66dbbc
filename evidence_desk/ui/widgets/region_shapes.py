"""Regions as the viewer holds them, and their outlines, handles and hits in widget pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from evidence_desk.domain.regions import BETWEEN, DRAWN, FRAMED, HELD, KEY, TRACKED, bounds
from evidence_desk.ui.widgets.picture_geometry import Box

ELSEWHERE, ABSENT = "elsewhere", "absent"
"""Shown here to say where it is on another frame, or that it is not in the picture; neither can be taken hold of.

What is absent has no outline: its label stands where it was last.
"""
GRIP = 12.0
"""How near to a handle a press takes hold of it."""
_NEAR = 10.0
DISC = 9.0
"""Radius of a callout's number."""
_CROSS = 9.0
_HEAD = 12.0
Places = list[QPointF]


@dataclass(frozen=True, slots=True)
class Shape:
    """A region as the viewer shows it: `points` in stored units, `kind` its shape.

    `how` tells why it stands here (`domain.regions`), or that it stands ELSEWHERE; `by` how its key frame came about.
    """

    number: str
    observation: str
    points: tuple[int, ...]
    frame: int
    label: str = ""
    how: str = KEY
    of_selected: bool = False
    kind: str = "box"
    by: str = DRAWN
    words: str = ""

    @property
    def box(self) -> Box:
        """Return the rectangle around it, in stored units."""
        return bounds(self.kind, self.points)

    @property
    def editable(self) -> bool:
        """Tell whether a hand may move it here."""
        return self.how not in (ELSEWHERE, ABSENT)

    @property
    def solid(self) -> bool:
        """Tell whether a person put it just here: drawn solid; dashed otherwise."""
        return self.how in (KEY, HELD) and self.by != TRACKED

    @property
    def is_between(self) -> bool:
        """Tell whether it was worked out from key frames on both sides."""
        return self.how == BETWEEN


def framing(places: Sequence[QPointF]) -> QRectF:
    """Return the rectangle around places; of two corners, the rectangle between them."""
    across, down = [p.x() for p in places], [p.y() for p in places]
    return QRectF(QPointF(min(across), min(down)), QPointF(max(across), max(down)))


def outline(kind: str, places: Sequence[QPointF]) -> QPainterPath:
    """Return the line of a shape; a box and an ellipse are told by two opposite corners."""
    path = QPainterPath()
    if not places:
        return path
    if kind == "ellipse":
        path.addEllipse(framing(places))
    elif kind == "box":
        path.addRect(framing(places))
    elif kind == "point":
        _cross(path, places[0])
    elif kind == "text":
        path.addEllipse(places[0], 2.5, 2.5)
    else:
        path.addPolygon(QPolygonF(list(places)))
        if kind == "polygon":
            path.closeSubpath()
        elif kind == "arrow" and len(places) == 2:
            _head(path, places[0], places[1])
        elif kind == "callout" and len(places) == 2:
            path = _leader(places[0], places[1])
    return path


def _cross(path: QPainterPath, at: QPointF) -> None:
    path.addEllipse(at, _CROSS * 0.6, _CROSS * 0.6)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(at.x() + dx * _CROSS * 0.35, at.y() + dy * _CROSS * 0.35)
        path.lineTo(at.x() + dx * _CROSS * 1.4, at.y() + dy * _CROSS * 1.4)


def _head(path: QPainterPath, tail: QPointF, tip: QPointF) -> None:
    line = QLineF(tip, tail)
    line.setLength(min(_HEAD, line.length()))
    for turn in (26.0, -26.0):
        wing = QLineF(line)
        wing.setAngle(line.angle() + turn)
        path.moveTo(tip)
        path.lineTo(wing.p2())


def _leader(target: QPointF, badge: QPointF) -> QPainterPath:
    """Return the line from a callout's disc to what it points at, with a small ring there."""
    path = QPainterPath()
    line = QLineF(badge, target)
    if line.length() > DISC:
        path.moveTo(line.pointAt(DISC / line.length()))
        path.lineTo(target)
    path.addEllipse(target, 3, 3)
    return path


def handles(kind: str, places: Sequence[QPointF]) -> dict[str, QPointF]:
    """Return the handles by name: n, ne, e … of a rectangle, 0, 1, 2 … of a shape's points."""
    if kind not in FRAMED:
        return {str(i): place for i, place in enumerate(places)}
    rect = framing(places)
    c = rect.center()
    return {
        "nw": rect.topLeft(),
        "n": QPointF(c.x(), rect.top()),
        "ne": rect.topRight(),
        "e": QPointF(rect.right(), c.y()),
        "se": rect.bottomRight(),
        "s": QPointF(c.x(), rect.bottom()),
        "sw": rect.bottomLeft(),
        "w": QPointF(rect.left(), c.y()),
    }


def handle_at(kind: str, places: Sequence[QPointF], at: QPointF) -> str:
    """Return the handle that a press takes hold of, "" for none."""
    for name, place in handles(kind, places).items():
        if abs(place.x() - at.x()) <= GRIP / 2 and abs(place.y() - at.y()) <= GRIP / 2:
            return name
    return ""


def pulled(kind: str, places: Sequence[QPointF], handle: str, at: QPointF) -> Places:
    """Return the places after a handle was dragged."""
    if kind not in FRAMED:
        return [at if str(i) == handle else place for i, place in enumerate(places)]
    out = QRectF(framing(places))
    if "n" in handle:
        out.setTop(at.y())
    if "s" in handle:
        out.setBottom(at.y())
    if "w" in handle:
        out.setLeft(at.x())
    if "e" in handle:
        out.setRight(at.x())
    out = out.normalized()
    return [out.topLeft(), out.bottomRight()]


def is_hit(kind: str, places: Sequence[QPointF], at: QPointF) -> bool:
    """Tell whether a press at a place means this shape: inside a closed one, near the line of any other."""
    if not places:
        return False
    if kind in ("point", "text", "callout") and any(QLineF(p, at).length() <= _NEAR for p in places):
        return True
    path = outline(kind, places)
    if kind in (*FRAMED, "polygon") and path.contains(at):
        return True
    stroker = QPainterPathStroker()
    stroker.setWidth(_NEAR)
    return stroker.createStroke(path).contains(at)
