"""Where the window lies, kept apart from all other settings; in a file of Qt's own form."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

_KEY = "window/geometry"
_FRAME = 48
"""Room for title and edges, which nobody knows before the window is shown."""


def restore_place(window: QMainWindow, usual: tuple[int, int]) -> None:
    """Put a window where it was, else make it as large as usual, and not larger than the screen.

    A laptop shows the whole window at its first start too: where its frame would not fit any more it fills the screen.
    """
    geometry = _places().value(_KEY)
    if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
        room = window.screen().availableSize()
        window.resize(min(usual[0], room.width()), min(usual[1], room.height()))
        if framed() and (room.width() < usual[0] + _FRAME or room.height() < usual[1] + _FRAME):
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def framed() -> bool:
    """Tell whether windows have frames here: those of an unseen screen have none."""
    return QGuiApplication.platformName() not in ("offscreen", "minimal")


def keep_place(window: QMainWindow) -> None:
    """Keep where a window lies; one that fills the screen keeps where it was before."""
    if not window.isFullScreen():
        _places().setValue(_KEY, window.saveGeometry())


def _places() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "evidence-desk", "window")
