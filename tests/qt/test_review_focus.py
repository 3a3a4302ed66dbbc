"""Review by keyboard: whatever takes the focus has a name and shows that it has it, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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


def test_f6_comes_round_through_every_open_panel(hands: Hands) -> None:  # noqa: F811
    room = hands.room
    room.adjust.header.setChecked(True)
    hands.context.actions.trigger("view.compare")
    QApplication.processEvents()
    room.compare.panel.view.setFocus()
    places: list[Any] = []
    for _ in range(5):
        room.next_panel()
        places.append(QApplication.focusWidget())
    assert room.form.isAncestorOf(places[1]), "nothing is selected: its first button"
    assert [places[0], *places[2:]] == [
        room.centre.timeline,
        room.adjust.header,
        room.navigator.list,
        room.compare.panel.view,
    ]


def test_f6_lays_the_navigator_open_in_a_narrow_window_and_away_again(hands: Hands) -> None:  # noqa: F811
    room = hands.room
    room.window().resize(1180, 660)
    QApplication.processEvents()
    assert room.rail.isVisible()
    assert not room.navigator.isVisible()
    room.form.header.setFocus()
    for _ in range(6):
        if not room.navigator.isVisible():
            room.next_panel()
    assert room.navigator.list.hasFocus(), "there is no observation yet"
    room.next_panel()
    assert room.centre.viewer.hasFocus()
    assert not room.navigator.isVisible()
