"""Pages of which one is shown, in a place that asks for the room of that one alone."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Pages(QStackedWidget):
    """A stack that is as small as the shown page may be, not as the largest of all, and never narrower than `least`."""

    def __init__(self, least: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.currentChanged.connect(self._ask_anew)

    def minimumSizeHint(self) -> QSize:
        """Return what the shown page needs."""
        page = self.currentWidget()
        needed = page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else QSize(0, 0)
        return needed.expandedTo(QSize(self._least, 0))

    def _ask_anew(self, _: int) -> None:
        self.updateGeometry()
