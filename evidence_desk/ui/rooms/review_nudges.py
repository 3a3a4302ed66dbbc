"""Regions moved a little by key: shown at once, kept as one step when the key rests or anything else is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer

from evidence_desk.ui.widgets.region_shapes import Shape
from evidence_desk.ui.widgets.viewer import Viewer

_REST_MS = 600


@dataclass(frozen=True, slots=True)
class _Nudged:
    region: str
    frame: int
    points: tuple[int, ...]


class Nudges(QObject):
    """Holds what is not kept yet; `keep` takes number, frame and points of a region once it rests."""

    def __init__(self, viewer: Viewer, keep: Callable[[str, int, tuple[int, ...]], None]) -> None:
        super().__init__(viewer)
        self._viewer, self._keep = viewer, keep
        self._held: _Nudged | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.flush)
        viewer.region_nudged.connect(self._nudged)
        viewer.hand_off.connect(self.flush)
        viewer.region_picked.connect(self.flush)

    def _nudged(self, region: str, points: tuple[int, ...]) -> None:
        shape = next((s for s in self._viewer.shapes if s.number == region), None)
        if shape is None:
            return
        if self._held is not None and (self._held.region, self._held.frame) != (region, shape.frame):
            self.flush()
        self._held = _Nudged(region, shape.frame, points)
        self._viewer.set_shapes([self.laid(s) for s in self._viewer.shapes])
        self._rest.start()

    def laid(self, shape: Shape) -> Shape:
        """Return a shape where it was nudged to."""
        held = self._held
        if held is None or (held.region, held.frame) != (shape.number, shape.frame):
            return shape
        return replace(shape, points=held.points)

    def flush(self, _: object = None) -> None:
        """Keep what was nudged."""
        self._rest.stop()
        held, self._held = self._held, None
        if held is not None:
            self._keep(held.region, held.frame, held.points)
