"""The place of one room in the window: where larger text needs more than the window has, the room scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from evidence_desk.ui.theme import current_theme

# What a room needs at 100 % is what the smallest window gives it; at 200 % what was found by looking at the rooms.
_USUAL = (1180, 560)
_DOUBLE = (1920, 900)


class RoomFrame(QScrollArea):
    """Gives its room all of the window, and never less than the text size asks for."""

    def __init__(self, room: QWidget) -> None:
        self._room = room
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(room)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit anew after a change of theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        larger = current_theme().scale - 100
        width, height = (a + (b - a) * larger // 100 for a, b in zip(_USUAL, _DOUBLE, strict=True))
        self._room.setMinimumSize(width if larger else 0, height if larger else 0)
