"""The place of one room in the window: what needs more than the window has, as larger text may, scrolls."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class RoomFrame(QScrollArea):
    """Gives its room all of the window, and never less than its parts need at the text size in use."""

    def __init__(self, room: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(room)
        # Tab brings the part it goes to into view by itself; a key that jumps to a panel has to as well.
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, focus: QWidget | None) -> None:
        # Never under a pressed mouse: what it points at would move away.
        if focus is None or not self.isAncestorOf(focus) or QApplication.mouseButtons():
            return
        part: QObject | None = focus
        while part is not None:
            if isinstance(part, QScrollArea) and part is not focus:
                part.ensureWidgetVisible(focus, 8, 8)
            part = None if part is self else part.parent()
