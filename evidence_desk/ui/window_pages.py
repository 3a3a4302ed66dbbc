"""What stands in the middle of the window: the welcome page, what is being opened, or the rooms."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.opening_page import OpeningPage
from evidence_desk.ui.welcome import Welcome


class WindowPages(QStackedWidget):
    """One of the three at a time."""

    def __init__(self, registry: ActionRegistry) -> None:
        super().__init__()
        self.welcome = Welcome(registry)
        self.opening = OpeningPage()
        self.rooms = QStackedWidget()
        for page in (self.welcome, self.opening, self.rooms):
            self.addWidget(page)

    def show_rooms(self) -> None:
        """Show the room."""
        self.setCurrentWidget(self.rooms)

    def show_welcome(self) -> None:
        """Show the welcome page and put the keyboard there."""
        self.setCurrentWidget(self.welcome)
        self.welcome.take_focus()

    def show_opening(self, name: str) -> None:
        """Say what is being opened; with "" it is no more, and the welcome page comes back."""
        if not name:
            self.show_welcome()
            return
        self.opening.tell(name)
        self.setCurrentWidget(self.opening)
        self.opening.take_focus()
