"""Review at every text size: what is needed to look, step and write fits a small window; nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.ui.room_frame import RoomFrame
from evidence_desk.ui.theme import apply_theme, current_theme
from evidence_desk.ui.widgets.buttons import Chip
from tests.qt.test_review import Hands, Key, examined, hands, workers  # noqa: F401 - the fixtures of the room

# What the bars of the window leave of 1280 × 720 at 100, 150 and 200 %.
LEFT = {100: (1280, 630), 150: (1280, 585), 200: (1280, 540)}


@pytest.fixture(autouse=True)
def usual_text() -> Iterator[None]:
    yield
    apply_theme("dark", 100)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("scale", LEFT)
def test_picture_steps_and_form_fit_a_small_window(hands: Hands, scale: int) -> None:  # noqa: F811
    room, host = hands.room, hands.room.window()
    closer = room.hands.closer.magnifier
    assert isinstance(host, QMainWindow)
    room.observe.open_form()
    apply_theme("dark", scale)
    frame = RoomFrame(room)
    frame.resize(*LEFT[scale])
    frame.show()
    try:
        settle()
        assert room.minimumSizeHint().width() <= LEFT[scale][0]
        assert frame.horizontalScrollBar().maximum() == 0
        assert frame.verticalScrollBar().maximum() == 0
        assert room.centre.viewer.height() >= 100
        assert room.form.fields.statement.isVisible()
        for part in (room.form.fields.term, room.form.fields.statement, room.form.footer, room.centre.clocks.hash):
            right = part.mapTo(room, part.rect().topRight()).x()
            assert 0 <= right <= room.width(), type(part).__name__
        for field in (room.centre.clocks.frame, room.centre.clocks.time, room.centre.clocks.hash):
            assert field.width() >= field.minimumSizeHint().width()
        closer.toggle()
        port = room.centre.viewer.viewport().rect()
        assert port.contains(closer.geometry()), "the words of the magnifier are seen too"
        closer.toggle()
        for panel in (room.adjust, room.timing):
            panel.header.setChecked(True)
            settle()
            assert panel.body.isVisible()
            assert frame.verticalScrollBar().maximum() == 0, type(panel).__name__
            assert frame.horizontalScrollBar().maximum() == 0, type(panel).__name__
    finally:
        host.setCentralWidget(frame.takeWidget())
        frame.deleteLater()


def test_a_sign_on_the_picture_ends_before_its_edge(hands: Hands) -> None:  # noqa: F811
    viewer, words = hands.room.centre.viewer, "Marked as distressing. Hold V to see it; a key uncovers this part."
    apply_theme("dark", 200)
    viewer.badge.say("safe_view", "Covered picture", words)
    high = viewer.badge.height()
    hands.room.window().resize(1180, 660)
    settle()
    assert viewer.viewport().rect().right() >= viewer.badge.geometry().right()
    assert viewer.badge.height() >= high, "narrower words take more lines"


def test_the_words_are_seen_when_they_get_the_keyboard_in_a_low_window(hands: Hands) -> None:  # noqa: F811
    room, host = hands.room, hands.room.window()
    assert isinstance(host, QMainWindow)
    hands.press(Key.Key_M)
    apply_theme("dark", 200)
    frame = RoomFrame(room)
    frame.resize(*LEFT[200])
    frame.show()
    try:
        room.timing.header.setChecked(True)
        settle()
        room.focus_form()
        settle()
        words, seen = room.form.fields.statement, room.form._scroll.viewport()
        assert words.hasFocus() or not frame.isActiveWindow()
        assert not room.timing.header.isChecked()
        top = words.mapTo(seen, words.rect().topLeft()).y()
        assert 0 <= top < seen.height(), "not typed blind"
    finally:
        host.setCentralWidget(frame.takeWidget())
        frame.deleteLater()


def test_the_list_over_the_picture_keeps_its_filter_whole(hands: Hands) -> None:  # noqa: F811
    room, host = hands.room, hands.room.window()
    assert isinstance(host, QMainWindow)
    for _ in range(4):
        hands.press(Key.Key_M)
    apply_theme("dark", 200)
    frame = RoomFrame(room)
    frame.resize(1280, 410)  # a banner of three lines stands above
    frame.show()
    observations = room.navigator.observations
    try:
        settle()
        assert room.rail.isVisible()
        hands.context.actions.trigger("edit.filter")
        settle()
        seen = observations.rect().translated(observations.mapTo(frame, observations.rect().topLeft()))
        assert frame.rect().contains(seen), "all of it is in sight, also where the room scrolls"
        assert observations.filter.height() >= current_theme().row("form_field") - 2
        chips = [chip for chip in observations.findChildren(Chip) if chip.isVisible()]
        assert len(chips) == 4
        for chip in chips:
            assert chip.height() >= chip.minimumSizeHint().height() - 2
            assert chip.mapTo(observations, chip.rect().topLeft()).y() >= observations.filter.geometry().bottom()
        assert observations.list.height() >= 2 * current_theme().row("two_line")
        assert not room.navigator.list.isVisible(), "no height for both"

        room.open_navigator("exhibits")
        settle()
        assert room.navigator.list.isVisible()
        assert room.navigator.list.height() >= current_theme().row("exhibit")
        assert not observations.isVisible()
        room.open_navigator("exhibits")
        assert not room.navigator.isVisible(), "the same again takes it away"

        apply_theme("dark", 100)
        frame.resize(1180, 600)
        settle()
        room.open_navigator("exhibits")
        settle()
        assert room.navigator.list.isVisible()
        assert observations.isVisible()
        frame.resize(1440, 860)
        settle()
        assert room.navigator.list.isVisible()
        assert observations.isVisible()
        assert room.navigator.folds.isVisible()
    finally:
        host.setCentralWidget(frame.takeWidget())
        frame.deleteLater()
