"""The whole clip in one row: where each lane has marks. Of a lane that did not change nothing is looked for again."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from evidence_desk.ui.widgets.timeline_bars import color_of
from evidence_desk.ui.widgets.timeline_lanes import COVERAGE, Lane
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_scale import TimeScale
from evidence_desk.ui.widgets.timeline_shelf import LaneShelf

_FEW = 2000
"""Marks up to which each is drawn; of more the pixels that hold any."""
_Runs = list[tuple[int, int]]


class Overview:
    """Keeps for each lane of many marks which pixels hold any."""

    def __init__(self) -> None:
        self._runs: dict[str, tuple[tuple[int, float, float], _Runs]] = {}

    def paint(self, p: QPainter, sheet: Sheet, row: Row, shelf: LaneShelf) -> None:
        """Draw every mark of the clip in its category's colour; `sheet` shows the whole clip."""
        shown = [lane for lane in shelf.shown if lane.kind != COVERAGE]
        step = (row.height - 7) / max(len(shown), 1)
        for i, lane in enumerate(shown):
            y, high = row.top + 3 + i * step, max(step, 1.5)
            if len(lane.bars) > _FEW:
                color = color_of(sheet.theme, lane.bars[0])
                for x, wide in self._runs_of(lane, shelf.state_of(lane), sheet.scale):
                    p.fillRect(QRectF(sheet.left + x, y, wide, high), color)
                continue
            for bar in lane.bars:
                a = sheet.x(bar.start)
                p.fillRect(QRectF(a, y, max(sheet.x(bar.end) - a, 1.5), high), color_of(sheet.theme, bar))

    def _runs_of(self, lane: Lane, state: int, scale: TimeScale) -> _Runs:
        wanted = (state, scale.width, scale.length)
        held = self._runs.get(lane.key)
        if held is None or held[0] != wanted:
            held = self._runs[lane.key] = (wanted, _runs(lane, scale))
        return held[1]


def _runs(lane: Lane, scale: TimeScale) -> _Runs:
    """Return the runs of pixels, as (first, how many), that marks touch."""
    found: _Runs = []
    for x in range(math.floor(scale.width)):
        if lane.index.count(scale.seconds(x), scale.seconds(x + 1)):
            if found and sum(found[-1]) == x:
                found[-1] = (found[-1][0], found[-1][1] + 1)
            else:
                found.append((x, 1))
    return found
