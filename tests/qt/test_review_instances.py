"""Marks of those that are counted, under real hands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from evidence_desk.services import commands
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
    said: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_C, CTRL | SHIFT)
    assert said == [f"{number} counts 3, by its marks; min set to 3; max set to 3"]
    after = hands.observations()[-1]
    assert (after.count_min, after.count_best, after.count_max) == (3, 3, 3)
    hands.room.escape()
    assert viewer.tool == "select"
    hands.press(Key.Key_D)
    hands.bot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=viewer.mapFromScene(QPointF(30, 30)))
    assert hands.case.queries.regions()[-1].purpose == "", "a point of another tool counts nothing"


def test_a_bound_that_gives_way_is_told_and_can_be_taken_back(hands: Hands) -> None:  # noqa: F811
    viewer, session, said = hands.room.centre.viewer, hands.context.session, []
    hands.press(Key.Key_1)
    number = hands.observations()[-1].number
    hands.press(Key.Key_O, SHIFT)
    for x in (20, 40, 60):
        hands.bot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=viewer.mapFromScene(QPointF(x, 20)))
    hands.press(Key.Key_C, CTRL | SHIFT)
    session.run(commands.withdraw(hands.case.queries.regions()[-1].number, "Twice the same figure"))
    kept = hands.observations()[-1]
    assert (kept.count_min, kept.count_best, kept.count_max) == (3, 3, 3), "a mark less changes no count by itself"
    session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_C, CTRL | SHIFT)
    assert said == [f"{number} counts 2, by its marks; min was 3, is now 2"]
    session.undo()
    kept = hands.observations()[-1]
    assert (kept.count_min, kept.count_best, kept.count_max) == (3, 3, 3)
