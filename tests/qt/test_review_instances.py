"""Marks of those that are counted, under real hands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_each_click_marks_one_and_the_count_follows_when_asked(hands: Hands) -> None:  # noqa: F811
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_O, SHIFT)
    assert viewer.tool == "select", "there is nothing yet that counts"
    hands.press(Key.Key_1)
    number = hands.observations()[-1].number
    hands.press(Key.Key_O, SHIFT)
    for x in (20, 40, 60):
        hands.bot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=viewer.mapFromScene(QPointF(x, 20)))
    assert viewer.tool == "point", "the tool stays in hand"
    marks = hands.case.queries.regions()
    assert [(m.shape, m.purpose, m.label, m.observation) for m in marks] == [
        ("point", "instance", text, number) for text in "123"
    ]
    before = hands.observations()[-1]
    assert (before.count_min, before.count_best, before.count_max) == (None, None, None), "only if it is asked for"
    hands.press(Key.Key_C, CTRL | SHIFT)
    after = hands.observations()[-1]
    assert (after.count_min, after.count_best, after.count_max) == (3, 3, 3)
    hands.room.escape()
    assert viewer.tool == "select"
    hands.press(Key.Key_D)
    hands.bot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=viewer.mapFromScene(QPointF(30, 30)))
    assert hands.case.queries.regions()[-1].purpose == "", "a point of another tool counts nothing"
