"""The focus across two windows: the window into which the desk puts the focus comes to the front.

Qt lets the focus stay in the window that is in use, so that a key which leads into a form of the other window would
lead nowhere, and what is typed for that form would act on the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget


class FocusAcross(QObject):
    """Watches windows that belong together; each must have been shown once."""

    def __init__(self, windows: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._windows = tuple(windows)
        for window in self._windows:
            handle = window.windowHandle()
            if handle is not None:
                handle.focusObjectChanged.connect(partial(self._moved, window))

    def _moved(self, window: QWidget, part: QObject | None) -> None:
        active = QApplication.activeWindow()
        if active is None or active is window or active not in self._windows or not isinstance(part, QWidget):
            return
        if part.window() is window and window.isVisible() and QApplication.activeModalWidget() is None:
            window.activateWindow()
