"""The actions of looking closer: one to one, pixels as squares, their grid, and moving an enlarged picture by keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.viewer import Viewer
from evidence_desk.ui.widgets.zoomed_picture import SMOOTHINGS

_PANS = {"pan_left": (-1, 0), "pan_right": (1, 0), "pan_up": (0, -1), "pan_down": (0, 1)}


class ZoomActions(QObject):
    """Binds them to the picture."""

    def __init__(self, actions: ActionRegistry, viewer: Viewer, room: str, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._viewer = actions, viewer
        actions.bind("view.zoom_one", partial(viewer.zoom_to, 1.0), room=room)
        actions.bind("view.smoothing", self._next_smoothing, room=room)
        actions.bind("view.pixel_grid", self._toggle_grid, room=room)
        for name, (right, down) in _PANS.items():
            actions.bind(f"view.{name}", partial(viewer.pan, right, down), room=room)
        self._tick()

    def _next_smoothing(self) -> None:
        place = SMOOTHINGS.index(self._viewer.smoothing)
        self._viewer.set_smoothing(SMOOTHINGS[(place + 1) % len(SMOOTHINGS)])
        self._tick()

    def _toggle_grid(self) -> None:
        self._viewer.set_grid(not self._viewer.grid)
        self._tick()

    def _tick(self) -> None:
        self._actions.action("view.pixel_grid").setChecked(self._viewer.grid)
        words = {
            "auto": tr("Pixels as squares, from 200 %"),
            "squares": tr("Pixels as squares, always"),
            "smooth": tr("Pixels smoothed"),
        }
        self._actions.set_text("view.smoothing", words[self._viewer.smoothing])
