"""The place of one room in the window: what needs more than the window has, as larger text may, scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class RoomFrame(QScrollArea):
    """Gives its room all of the window, and never less than its parts need at the text size in use."""

    def __init__(self, room: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(room)
