"""What a screen reader is told on a step."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was announced, as to a screen reader that runs."""
    found: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: found.append(event.message()) if isinstance(event, QAccessibleAnnouncementEvent) else None,
    )
    return found


def test_each_place_of_rest_is_said_once_with_what_begins_and_ends_there(
    hands: Hands,  # noqa: F811
    said: list[str],
    qtbot: Any,
) -> None:
    hands.press(Key.Key_Right)
    qtbot.waitUntil(lambda: "Frame 1" in said)
    hands.press(Key.Key_I)
    for _ in range(4):
        hands.press(Key.Key_Right)
    qtbot.waitUntil(lambda: "Frame 5" in said)
    hands.press(Key.Key_O)
    hands.press(Key.Key_3)
    number = hands.observations()[-1].number
    said.clear()
    hands.press(Key.Key_Left)
    qtbot.waitUntil(lambda: "Frame 4" in said)
    hands.press(Key.Key_Right)
    qtbot.waitUntil(lambda: f"Frame 5, {number} Arms raised ends" in said)
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Right)
    qtbot.waitUntil(lambda: f"Frame 1, {number} Arms raised begins" in said)
    assert not any(s.startswith("Frame 3") for s in said), "a step that is gone on from at once is not said"


def test_the_picture_says_where_it_is_when_it_is_asked(hands: Hands) -> None:  # noqa: F811
    hands.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    interface = QAccessible.queryAccessibleInterface(hands.room.centre.viewer)
    assert interface.text(QAccessible.Text.Name) == "Picture, EX-001, frame 10 of 60, exact"
