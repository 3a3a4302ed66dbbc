"""A window for the picture alone, and where on the screens it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_desk.ui.translate import tr

NORMAL, MAXIMISED, FULL = "normal", "maximised", "full"
LEAST = (480, 320)
TITLE = 32
"""What is left free above, in pixels: a window's place is that of its content, and the title lies over it."""
_SEEN = 4
"""A place is taken again where a quarter of it is on a screen, or covers a quarter of one: less is hard to grasp."""

Screens = Callable[[], Sequence[QRect]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window lies while it is neither maximised nor full screen, and which of the three it is."""

    rect: QRect
    state: str = NORMAL

    def to_json(self) -> dict[str, object]:
        """Return what JSON can hold of it."""
        return {"rect": [self.rect.x(), self.rect.y(), self.rect.width(), self.rect.height()], "state": self.state}

    @classmethod
    def from_json(cls, value: object) -> Place | None:
        """Return a place as it was kept, None where that makes no sense."""
        rect = value.get("rect") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(rect, list) or len(rect) != 4:
            return None
        if not all(type(n) is int and abs(n) < 1 << 20 for n in rect) or rect[2] <= 0 or rect[3] <= 0:
            return None
        state = value.get("state")
        return cls(QRect(*rect), state if state in (MAXIMISED, FULL) else NORMAL)


def screens_here() -> list[QRect]:
    """Return the room that each screen has for windows, the first screen first."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def opening_place(kept: Place | None, screens: Sequence[QRect], main: QRect) -> Place:
    """Return where the window opens, always where it can be seen.

    `main` is where the main window lies. A kept place is taken again, moved inside the screen that holds most of it.
    Else the window takes all of a screen that the main window is not on; where there is none, the room that the main
    window leaves free at a side, or the upper right. Nothing is laid over the whole of the main window's own screen.
    """
    if not screens:
        return Place(main)
    own = max(screens, key=lambda screen: _common(screen, main))
    if kept is not None:
        screen = max(screens, key=lambda screen: _common(screen, kept.rect))
        if _common(screen, kept.rect) * _SEEN >= min(_common(kept.rect, kept.rect), _common(screen, screen)):
            return Place(_inside(kept.rect, screen), kept.state if screen != own else NORMAL)
    other = next((screen for screen in screens if screen != own), None)
    if other is not None:
        return Place(_inside(QRect(other.topLeft(), other.size() * 0.9), other), MAXIMISED)
    return Place(_inside(_beside(own, main), own))


def _beside(screen: QRect, main: QRect) -> QRect:
    free = max(screen.right() - main.right(), main.left() - screen.left())
    width = free if free >= LEAST[0] else round(screen.width() * 0.55)
    rect = QRect(0, screen.top(), width, round(screen.height() * 0.6))
    left = free >= LEAST[0] and main.left() - screen.left() == free
    rect.moveLeft(screen.left() if left else screen.right() + 1 - width)
    return rect


def _common(screen: QRect, rect: QRect) -> int:
    both = screen.intersected(rect)
    return both.width() * both.height() if both.isValid() else 0


def _inside(rect: QRect, screen: QRect) -> QRect:
    """Return the rectangle moved into the screen, and cut where it is larger; its title stays on the screen too."""
    room = screen.adjusted(0, TITLE, 0, 0)
    width, height = (
        min(max(a, b), c) for a, b, c in zip(rect.size().toTuple(), LEAST, room.size().toTuple(), strict=True)
    )
    left = min(max(rect.left(), room.left()), room.left() + room.width() - width)
    top = min(max(rect.top(), room.top()), room.top() + room.height() - height)
    return QRect(left, top, width, height)


class PictureWindow(QWidget):
    """Holds the parts it is given, below one another.

    Signals: `home_asked()` a person closed it; `placed()` it was moved, resized, or is in another state.
    """

    home_asked = Signal()
    placed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("windowRoot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.set_exhibit("")

    def set_exhibit(self, number: str) -> None:
        """Name the exhibit whose picture this is, "" for none."""
        name = tr("Picture of {exhibit}", exhibit=number) if number else tr("Picture")
        self.setWindowTitle(name)
        self.setAccessibleName(name)

    def open_at(self, place: Place, active: bool) -> None:
        """Show the window at a place, in front where it is `active`."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not active)
        self.setGeometry(place.rect)
        self.set_state(place.state)
        if active:
            self.raise_()
            self.activateWindow()

    def set_state(self, state: str) -> None:
        """Show it as a window, maximised or full screen."""
        match state:
            case "full":
                self.showFullScreen()
            case "maximised":
                self.showMaximized()
            case _:
                self.showNormal()

    def place(self) -> Place:
        """Return where it lies now."""
        state = FULL if self.isFullScreen() else MAXIMISED if self.isMaximized() else NORMAL
        return Place(self.normalGeometry() if state != NORMAL else self.geometry(), state)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The picture is never closed: it goes back to its room."""
        event.ignore()
        self.home_asked.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Tell that it lies elsewhere."""
        super().moveEvent(event)
        self.placed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that it has another size."""
        super().resizeEvent(event)
        self.placed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Tell that it is full screen, or no more."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.placed.emit()
