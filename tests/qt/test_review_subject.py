"""The focal subject: chosen by a key, stated of each mark that asks on whom, named on the picture, off at first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the room and its fixtures

Key = Qt.Key


def _press(key: Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def _facts(hands: Hands) -> list[dict[str, str]]:  # noqa: F811 - the room
    return [dict(o.attributes or {}) for o in hands.observations()]


def test_marks_that_ask_on_whom_state_the_focal_subject_until_it_is_changed(hands: Hands) -> None:  # noqa: F811
    subject = hands.room.hands.subject
    hands.press(Key.Key_4)
    assert _facts(hands) == [{}], "off until somebody chooses one"
    hands.press(Key.Key_U, Qt.KeyboardModifier.AltModifier)
    hands.type("man in a red cap")
    _press(Key.Key_Return)
    assert hands.room.centre.viewer.hasFocus()
    assert subject.strip.sign.isVisible()
    assert subject.strip.sign.text() == "On whom: man in a red cap"
    hands.press(Key.Key_Right)
    hands.press(Key.Key_4)
    hands.press(Key.Key_8)  # a cut is on nobody
    assert _facts(hands)[1:] == [{"on-whom": "man in a red cap"}, {}]
    assert subject.named() == ["man in a red cap"]
    hands.press(Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert subject.strip.line.itemText(0) == "man in a red cap"
    _press(Key.Key_Escape)
    assert subject.subject == "man in a red cap", "Esc leaves it as it was"
    hands.press(Key.Key_U, Qt.KeyboardModifier.AltModifier)
    _press(Key.Key_Delete)
    _press(Key.Key_Return)
    assert not subject.strip.sign.isVisible()
    hands.press(Key.Key_Right)
    hands.press(Key.Key_4)
    assert _facts(hands)[-1] == {}
