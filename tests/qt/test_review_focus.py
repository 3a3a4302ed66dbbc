"""Review by keyboard: whatever takes the focus has a name and shows that it has it, in both themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from evidence_desk.ui.theme import apply_theme
from tests.qt.seen_focus import nameless, unseen
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room


@pytest.fixture(autouse=True)
def usual_theme() -> Iterator[None]:
    yield
    apply_theme("dark", 100)


def test_each_part_of_the_room_is_named_and_shows_its_focus(hands: Hands) -> None:  # noqa: F811
    room = hands.room
    room.observe.observe_now()
    hands.settled()
    room.form.fields.more.setChecked(True)
    room.adjust.header.setChecked(True)
    QApplication.processEvents()
    assert nameless(room) == []
    assert unseen(room) == []
    room.timing.header.setChecked(True)
    room.case_clock.ask()
    QApplication.processEvents()
    for place in (room.timing, room.centre.case_clock):
        assert nameless(place) == []
        assert unseen(place) == []
    apply_theme("light", 100)
    assert unseen(room.centre) == []
    hands.context.actions.trigger("view.compare")
    QApplication.processEvents()
    assert room.compare.panel.isVisible()
    assert nameless(room.compare.panel) == []
    assert unseen(room.compare.panel) == []
