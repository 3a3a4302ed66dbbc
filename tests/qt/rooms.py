"""A room on a bare window, with a case under it, ready for real keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from evidence_desk.services.case import Case
from evidence_desk.ui.rooms import ROOMS, RoomContext
from evidence_desk.ui.rooms.room import Room

T = TypeVar("T", bound=Room)


@dataclass
class Stage:
    """The window, what the room was given, and the case."""

    host: QMainWindow
    context: RoomContext
    case: Case
    refused: list[str]

    def show(self, id_: str, kind: type[T]) -> T:
        """Build a room as the window does and show it."""
        room = next(spec for spec in ROOMS if spec.id == id_).build(self.context)
        assert isinstance(room, kind)
        room.build_on()
        self.host.setCentralWidget(room)
        self.context.actions.set_room(id_)
        self.context.actions.room_is_built(id_)
        self.host.show()
        self.host.activateWindow()
        room.enter()
        QApplication.processEvents()
        return room


def stage(
    host: QMainWindow, context: RoomContext, folder: Path, fill: Callable[[Case], Any] | None, write: bool = True
) -> Stage:
    """Make a case, fill it, and open it in the session; with `write` off it is opened to read."""
    case = Case.create(folder / "exercise", "Exercise Kestrel", "Reviewer A")
    if fill is not None:
        fill(case)
    if not write:
        place = case.folder
        case.close()
        case = Case.open(place, "Reviewer A", write=False)
    refused: list[str] = []
    context.session.failed.connect(lambda error: refused.append(str(error)))
    context.session.open(case)
    return Stage(host, context, case, refused)


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key, held)


def write_text(text: str) -> None:
    """Type text where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)


def focus(widget: QWidget) -> None:
    """Put the focus on a part, as Tab or a click would."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert widget.hasFocus()


CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
