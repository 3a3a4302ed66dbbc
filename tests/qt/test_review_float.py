"""The picture in its own window: keys act there as in the room, everything comes home, its place is kept and seen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.domain.errors import Refused
from evidence_desk.ui.panels.picture_window import FULL, MAXIMISED, NORMAL, TITLE, PictureWindow, Place, opening_place
from evidence_desk.ui.physical_keys import PhysicalKeys
from evidence_desk.ui.widgets.messages import Banner, Toast
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room
from tests.qt.test_review_resume import opened_again

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ONE, TWO = QRect(0, 0, 1920, 1080), QRect(1920, 0, 2560, 1440)
MAIN = QRect(100, 100, 1440, 900)


def test_the_window_opens_where_it_can_be_seen() -> None:
    first = opening_place(None, (ONE, TWO), MAIN)
    assert first.state == MAXIMISED
    assert TWO.contains(first.rect)
    alone = opening_place(None, (ONE,), MAIN)
    assert alone.state == NORMAL
    assert ONE.contains(alone.rect)
    left = QRect(-1920, 0, 1920, 1080)
    there = Place(QRect(-1800, 50, 800, 600), FULL)
    assert opening_place(there, (ONE, left), MAIN) == there, "a screen may lie left of the first one"
    gone = opening_place(Place(QRect(2000, 50, 800, 600), FULL), (ONE,), MAIN)
    assert ONE.contains(gone.rect)
    assert gone.state == NORMAL, "it must not cover the only screen at the start"
    half_off = opening_place(Place(QRect(1920 - 400, 700, 800, 600)), (ONE,), MAIN)
    assert ONE.contains(half_off.rect)
    assert half_off.rect.size() == QRect(0, 0, 800, 600).size()
    large = opening_place(Place(QRect(0, 0, 5000, 3000)), (ONE,), MAIN)
    assert large.rect == ONE.adjusted(0, TITLE, 0, 0), "its title can be reached"
    wide = opening_place(None, (QRect(0, 0, 2880, 900),), QRect(0, 0, 1440, 900))
    assert (wide.rect.left(), wide.rect.width()) == (1440, 1440), "where there is room beside the main window"
    assert opening_place(None, (), MAIN).rect == MAIN
    for odd in (None, {}, {"rect": [1, 2, 3]}, {"rect": [1, 2, 0, 4]}, {"rect": ["a", 1, 2, 3]}, {"rect": 5}):
        assert Place.from_json(odd) is None
    assert Place.from_json(there.to_json()) == there


@pytest.fixture
def out(hands: Hands, qtbot: Any) -> PictureWindow:  # noqa: F811
    """The picture taken out by its key, its window in use."""
    hands.context.actions.bind("go.level_up", hands.room.escape)
    hands.context.actions.bind("view.next_panel", hands.room.next_panel)
    hands.press(Key.Key_F, CTRL | ALT | SHIFT)
    window = hands.room.float.window
    assert window is not None
    qtbot.waitUntil(lambda: window.isActiveWindow() and hands.room.centre.viewer.hasFocus(), timeout=3000)
    return window


def test_keys_act_in_its_window_and_all_comes_home(hands: Hands, out: PictureWindow, qtbot: Any) -> None:  # noqa: F811
    room, viewer = hands.room, hands.room.centre.viewer
    assert viewer.window() is room.centre.clocks.window() is out is not room.window()
    assert room.centre.timeline.window() is room.window()
    assert hands.context.actions.action("view.float").isChecked()
    assert out.windowTitle() == "Picture of EX-001"
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Right, SHIFT)
    assert hands.n == 11
    hands.press(Key.Key_M)
    assert len(hands.observations()) == 1
    hands.press(Key.Key_G)
    hands.type("30")
    hands.press(Key.Key_Return)
    assert hands.n == 30
    hands.press(Key.Key_Escape)
    assert not out.isVisible()
    assert viewer.window() is room.window()
    column = room.centre.column
    assert [column.indexOf(p) for p in (room.centre.header, room.centre.pages)] == [0, 1]
    assert room.centre.lines.indexOf(room.centre.clocks) == 1
    qtbot.waitUntil(viewer.hasFocus, timeout=3000)
    hands.press(Key.Key_Left)
    assert hands.n == 29
    assert not hands.context.actions.action("view.float").isChecked()
    hands.press(Key.Key_F, CTRL | ALT | SHIFT)
    out.close()
    assert viewer.window() is room.window(), "closing the window brings the picture back, it is never lost"


def test_the_focus_goes_to_the_window_of_its_part(hands: Hands, out: PictureWindow, qtbot: Any) -> None:  # noqa: F811
    room = hands.room
    hands.press(Key.Key_M)
    hands.press(Key.Key_F2)
    statement = QApplication.focusWidget
    qtbot.waitUntil(lambda: room.window().isActiveWindow(), timeout=3000)
    focus = statement()
    assert focus is not None
    assert room.form.isAncestorOf(focus)
    before = hands.n
    hands.type("l")
    assert hands.n == before
    assert not room.clip.playing, "a letter typed into the form must not act on the picture"
    hands.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: out.isActiveWindow() and room.centre.viewer.hasFocus(), timeout=3000)
    hands.press(Key.Key_F6)
    qtbot.waitUntil(lambda: room.window().isActiveWindow() and room.centre.timeline.hasFocus(), timeout=3000)
    assert out.isVisible()


def test_full_screen_is_for_the_picture_that_is_in_use(hands: Hands, out: PictureWindow) -> None:  # noqa: F811
    hands.press(Key.Key_F)
    assert out.isFullScreen()
    assert not hands.room.window().isFullScreen()
    hands.press(Key.Key_Escape)
    assert not out.isFullScreen()
    assert out.isVisible(), "the first Esc leaves full screen alone"


def test_drawing_zoom_cover_and_compare_work_there(hands: Hands, out: PictureWindow, qtbot: Any) -> None:  # noqa: F811
    room, viewer = hands.room, hands.room.centre.viewer
    hands.press(Key.Key_M)
    hands.press(Key.Key_B)
    a, b = QPoint(200, 150), QPoint(300, 220)
    view = viewer.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=a)
    qtbot.mouseMove(view, b)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=b)
    assert len(hands.case.queries.regions()) == 1
    before = viewer.look().zoom
    hands.press(Key.Key_Plus, CTRL)
    assert viewer.look().zoom > before
    hands.context.actions.trigger("view.compare_keep")
    assert room.compare.desk.on
    assert room.compare.panel.window() is out
    assert room.compare.panel.isVisible()
    hands.press(Key.Key_Escape)
    assert not hands.context.actions.action("view.compare").isChecked()
    assert out.isVisible(), "Esc leaves the comparison first"
    hands.press(Key.Key_I)
    hands.press(Key.Key_O)
    hands.press(Key.Key_X, CTRL | ALT)
    assert viewer.is_covered


def test_letters_act_by_their_place_there_too(
    hands: Hands,  # noqa: F811
    out: PictureWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("evidence_desk.ui.physical_keys.latin_sign", lambda _event: "M")
    watching = PhysicalKeys(hands.context.actions, hands.room.window())
    cyrillic = QKeyEvent(QKeyEvent.Type.KeyPress, 0x044C, Qt.KeyboardModifier.NoModifier, "ь")
    assert watching.eventFilter(hands.room.centre.viewer, cyrillic)
    assert len(hands.observations()) == 1
    watching.deleteLater()


def test_it_goes_with_its_room_and_is_found_again(hands: Hands, out: PictureWindow, qtbot: Any) -> None:  # noqa: F811
    room = hands.room
    room.leave()
    assert not out.isVisible()
    room.enter()
    assert out.isVisible()
    out.setGeometry(90, 80, 500, 400)
    host = room.window()
    assert isinstance(host, QMainWindow)
    again = opened_again(hands, qtbot)
    try:
        window = again.room.float.window
        assert window is not None
        assert window.isVisible()
        assert window is not out
        assert again.room.centre.viewer.window() is window
        assert window.geometry() == QRect(90, 80, 500, 400)
        again.room.float.bring_home()
        third = opened_again(again, qtbot)
        assert third.room.float.window is None
        third.room.release()
    finally:
        again.room.release()


def test_without_its_screen_it_opens_on_one_that_is_there(hands: Hands, out: PictureWindow, qtbot: Any) -> None:  # noqa: F811
    hands.room.float._place = Place(QRect(9000, 40, 800, 600), FULL)
    again = opened_again(hands, qtbot)
    try:
        window = again.room.float.window
        assert window is not None
        assert not window.isFullScreen()
        assert QApplication.primaryScreen().availableGeometry().intersects(window.geometry())
    finally:
        again.room.release()


def test_what_is_said_and_refused_is_read_beside_the_picture(hands: Hands, out: PictureWindow) -> None:  # noqa: F811
    hands.press(Key.Key_M)
    hands.bot.waitUntil(lambda: any(toast.isVisible() for toast in out.findChildren(Toast)))
    (toast,) = (toast for toast in out.findChildren(Toast) if toast.isVisible())
    assert hands.room.centre.pages.geometry().contains(toast.geometry()), "no clock and no control is covered"
    hands.context.session.failed.emit(Refused("OB-001 cannot be split at frame 0. Nothing was changed."))
    (shown,) = out.findChildren(Banner)
    assert shown.isVisible()
    hands.press(Key.Key_Escape)
    assert not any(banner.isVisible() for banner in out.findChildren(Banner))
