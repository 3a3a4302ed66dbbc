"""Going on where one left: the exhibit, its frame, the zoom, the view and the panels of the case come again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.media.pictures import PictureView
from evidence_desk.ui.kept_places import keep, read_kept, whole_numbers
from evidence_desk.ui.rooms.review import ReviewRoom
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def opened_again(hands: Hands, qtbot: Any) -> Hands:  # noqa: F811
    """Close the room and build it anew, as when the case is opened another day."""
    context, host = hands.context, hands.room.window()
    assert isinstance(host, QMainWindow)
    hands.room.release()
    context.actions.unbind_rooms(("review",))
    context.session._exhibit = "EX-001"
    room = ReviewRoom(context)
    host.setCentralWidget(room)
    room.enter()
    QApplication.processEvents()
    again = Hands(qtbot, room, hands.case, context)
    again.settled()
    return again


def test_all_stands_as_it_was_left(hands: Hands, qtbot: Any) -> None:  # noqa: F811
    hands.press(Key.Key_Right, SHIFT)
    hands.press(Key.Key_Down, CTRL)
    hands.room.clip.set_view(PictureView(tone_map=False))
    hands.press(Key.Key_Right)
    hands.room.centre.viewer.zoom_to(3)
    hands.room.centre.viewer.pan(1, 2)
    hands.room.timing.header.setChecked(True)
    look = hands.room.centre.viewer.look()
    again = opened_again(hands, qtbot)
    try:
        assert again.context.session.exhibit == "EX-002"
        assert again.n == 1
        qtbot.waitUntil(lambda: again.room.centre.viewer.look().zoom == 3)
        found = again.room.centre.viewer.look()
        assert (round(found.x), round(found.y)) == (round(look.x), round(look.y))
        assert not again.room.clip.view.tone_map
        assert again.room.timing.header.isChecked()
        assert again.context.actions.trigger("go.prev_exhibit")
        qtbot.waitUntil(lambda: (again.context.session.exhibit, again.n) == ("EX-001", 10), timeout=8000)
    finally:
        again.room.release()


def test_places_that_make_no_sense_are_left_out(hands: Hands, qtbot: Any) -> None:  # noqa: F811
    key = f"review/{hands.case.queries.sheet().uid}"
    hands.room.release()
    frames = {"EX-001": [3, 7], "EX-009": [1, 2], "EX-002": "five"}
    views = {"EX-001": {"adjust": {"gamma": "green"}, "field": 7}}
    keep(
        key,
        {"exhibit": "EX-044", "frames": frames, "views": views, "widths": [1, -4], "heights": 3, "look": {"zoom": "x"}},
    )
    again = opened_again(hands, qtbot)
    try:
        assert (again.context.session.exhibit, again.n) == ("EX-001", 0), "it has another count of frames now"
    finally:
        again.room.release()
    assert read_kept("nothing of this name") == {}
    assert whole_numbers([1, 2], 3) == []
