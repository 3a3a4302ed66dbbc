"""Whether a picture can be seen: play stops where it cannot, and only what can be seen counts as looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from evidence_desk.ui.overlay import Overlay

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def in_sight(picture: QWidget) -> bool:
    """Tell whether a picture is on screen with no overlay or dialog of the desk over it.

    What other programs lay over it nobody can tell here.
    """
    window = picture.window()
    if not picture.isVisible() or window.isMinimized() or overlay_over(window):
        return False
    dialog = QApplication.activeModalWidget()
    if dialog is None or dialog.window() is window:
        return True
    return not dialog.frameGeometry().intersects(QRect(picture.mapToGlobal(QPoint(0, 0)), picture.size()))


def overlay_over(window: QWidget) -> bool:
    """Tell whether an overlay covers a window."""
    return any(part.isVisible() for part in window.findChildren(Overlay, options=_DIRECT))


class SightWatch(QObject):
    """Calls `hidden()` when a dialog or an overlay comes over the picture or its window is minimised.

    `seen()` follows once that is over: what stood there all the time has to be painted anew to count from then on.
    """

    def __init__(
        self, picture: QWidget, hidden: Callable[[], object], seen: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._picture, self._hidden, self._seen = picture, hidden, seen

    def watch(self, window: QWidget) -> None:
        """Watch a window that the picture stands in, or may stand in later."""
        for part in (window, *window.findChildren(Overlay, options=_DIRECT)):
            part.removeEventFilter(self)  # an overlay, or the window, may be watched already
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow dialogs, overlays and the state of the window."""
        kind = event.type()
        if isinstance(watched, Overlay):
            if kind == QEvent.Type.Show and watched.window() is self._picture.window():
                self._hidden()
            elif kind == QEvent.Type.Hide:
                self._seen()
        elif kind == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            if isinstance(event.child(), Overlay):
                event.child().installEventFilter(self)
        elif kind == QEvent.Type.WindowBlocked:
            # Also where the dialog lies beside it: with the window, the key that would stop play is blocked.
            self._hidden()
        elif kind == QEvent.Type.WindowUnblocked:
            self._seen()
        elif kind == QEvent.Type.WindowStateChange and watched is self._picture.window():
            if self._picture.window().isMinimized():
                self._hidden()
            else:
                self._seen()
        return False
