"""The lines of marks on a plate: white casing, black core, broken as the mark came to be on its frame."""

from __future__ import annotations

import math
from typing import Any

from reportlab.lib.colors import white

from evidence_desk.domain.dossier import Mark
from evidence_desk.export.pdf.styles import INK

_HEAD = 5.0
_CROSS = 4.0
_BROKEN = {"dash-dot": [5.0, 1.4, 0.8, 1.4], "dashed": [2.4, 1.8], "dotted": [0.8, 1.2]}
"""Lengths in points; a solid line is not broken."""
Spot = tuple[float, float]


class MarkPen:
    """Draws marks on a picture that lies at `left`, `bottom` and is `wide` by `high` points."""

    def __init__(self, canvas: Any, left: float, bottom: float, wide: float, high: float) -> None:
        self._canvas, self._left, self._bottom, self._wide, self._high = canvas, left, bottom, wide, high

    def at(self, across: Any, down: Any) -> Spot:
        """Return the place on the page of fractions of the picture."""
        return self._left + float(across) * self._wide, self._bottom + (1 - float(down)) * self._high

    def draw(self, mark: Mark) -> None:
        """Draw the line of one mark."""
        c = self._canvas
        c.saveState()
        for colour, line in ((white, 1.9), (INK, 0.8)):
            c.setStrokeColor(colour)
            c.setLineWidth(line)
            c.setDash(_BROKEN.get(mark.line, []) if colour is INK else [])
            self._line(mark)
        c.restoreState()

    def name_place(self, mark: Mark) -> Spot:
        """Return where a mark's name goes: its upper left corner, or the end of a callout's line."""
        if mark.kind == "callout" and len(mark.spots) == 2:
            return self.at(*mark.spots[1])
        return self.at(mark.x, mark.y)

    def middle(self, mark: Mark) -> Spot:
        """Return the middle of a mark."""
        return self.at(mark.x + mark.width / 2, mark.y + mark.height / 2)

    def _line(self, mark: Mark) -> None:
        c = self._canvas
        left, top = self.at(mark.x, mark.y)
        right, foot = self.at(mark.x + mark.width, mark.y + mark.height)
        spots = [self.at(*spot) for spot in mark.spots]
        if mark.kind == "box":
            c.rect(left, foot, right - left, top - foot, stroke=1, fill=0)
        elif mark.kind == "ellipse":
            c.ellipse(left, foot, right, top, stroke=1, fill=0)
        elif mark.kind in ("point", "text"):
            self._cross(spots[0])
        else:
            self._run(spots, closed=mark.kind == "polygon")
            if mark.kind == "arrow":
                self._head(spots[0], spots[1])
            elif mark.kind == "callout":
                c.circle(*spots[0], 1.6, stroke=1, fill=0)

    def _run(self, spots: list[Spot], *, closed: bool) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*spots[0])
        for spot in spots[1:]:
            path.lineTo(*spot)
        if closed:
            path.close()
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _cross(self, at: Spot) -> None:
        x, y = at
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            self._canvas.line(x + dx * 1.2, y + dy * 1.2, x + dx * _CROSS, y + dy * _CROSS)

    def _head(self, tail: Spot, tip: Spot) -> None:
        angle = math.atan2(tail[1] - tip[1], tail[0] - tip[0])
        for turn in (0.45, -0.45):
            self._canvas.line(*tip, tip[0] + _HEAD * math.cos(angle + turn), tip[1] + _HEAD * math.sin(angle + turn))
