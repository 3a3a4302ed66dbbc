"""Review by keyboard: whatever takes the focus has a name and shows that it has it, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from evidence_desk.ui.theme import apply_theme
from tests.qt.seen_focus import nameless, unseen
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key


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


def test_tab_goes_once_round_and_through_the_facts_of_a_term_where_they_stand(hands: Hands) -> None:  # noqa: F811
    room = hands.room
    hands.press(Key.Key_3)
    hands.press(Key.Key_Escape)
    fields = room.form.fields
    assert fields.attributes.rows
    fields.certainty.set_value("high")
    fields.statement.setFocus()
    walked = [fields.statement]
    for _ in range(150):
        QTest.keyClick(QApplication.focusWidget() or room, Key.Key_Tab)
        here: Any = QApplication.focusWidget()
        if here is walked[0]:
            break
        walked.append(here)
    assert here is walked[0], "it comes round"
    assert len({id(part) for part in walked}) == len(walked), "each part once"
    places = [
        next(i for i, part in enumerate(walked) if place.isAncestorOf(part))
        for place in (fields.attributes, fields.legibility, fields.certainty, room.form.footer)
    ]
    assert places == sorted(places)
    chosen = next(part for part in walked if fields.certainty.isAncestorOf(part))
    assert isinstance(chosen, QAbstractButton)
    assert chosen.text() == "High", "the chosen word, not the first"
