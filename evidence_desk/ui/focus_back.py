"""The keyboard goes back to where it was before a dialog or an overlay; where that is gone, to the room's own place.

Neither is left to Qt alone: without a window manager nobody gives the keyboard to another window once a dialog has
closed, and among several windows a window manager may choose another than the one that was in use.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@runtime_checkable
class TakesFocus(Protocol):
    """A window that knows where its keyboard belongs at last."""

    def take_focus(self) -> None:
        """Put the keyboard there."""


class FocusBefore:
    """Remembers where the keyboard is; `window` is asked to take it where that part is gone later."""

    def __init__(self, window: QWidget | None) -> None:
        self._window = window
        self._part = QApplication.focusWidget()
        if self._part is None and window is not None:
            self._part = window.focusWidget()

    def give_back(self) -> None:
        """Put the keyboard there again, in front; nothing where a modal window still stands."""
        if QApplication.activeModalWidget() is not None:
            return
        part, window = self._part, self._window
        if part is not None and isValid(part) and part.isVisible() and part.isEnabled():
            _bring_forward(part.window())
            part.setFocus(Qt.FocusReason.OtherFocusReason)
        elif window is not None and isValid(window) and window.isVisible():
            _bring_forward(window)
            if isinstance(window, TakesFocus):
                window.take_focus()


def _bring_forward(window: QWidget) -> None:
    if not window.isActiveWindow():
        window.activateWindow()
