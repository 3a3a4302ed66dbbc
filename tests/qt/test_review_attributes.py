"""Attributes by letters right after a one-key mark, under real hands."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key


def _key_with_choices(hands: Hands) -> tuple[Key, str, tuple[str, ...]]:  # noqa: F811
    for term in hands.room.observe.terms.values():
        offered = [a for a in term.attributes if a.offered]
        if offered and len(term.key) == 1 and term.key.isdigit():
            return Key(Key.Key_0 + int(term.key)), offered[0].id, offered[0].offered
    raise AssertionError("no term with a key offers words")


def test_letters_choose_tab_goes_on_esc_leaves(hands: Hands) -> None:  # noqa: F811
    key, attribute, offered = _key_with_choices(hands)
    strip = hands.room.attributes.strip
    hands.press(key)
    assert strip.isVisible()
    assert strip.hasFocus()
    count = len(hands.observations())
    hands.press(Key.Key_Q)
    assert hands.observations()[-1].attributes == {attribute: offered[1]}
    assert strip.isVisible(), "Q is the magnifier's only while the strip is away"
    hands.press(Key.Key_Q)
    assert not hands.observations()[-1].attributes, "the same letter takes it back"
    hands.press(Key.Key_A)
    hands.press(Key.Key_Tab)
    assert strip.isVisible()
    hands.press(Key.Key_B)
    assert hands.room.centre.viewer.tool == "box", "a tool is taken as ever"
    hands.press(Key.Key_Escape)
    assert strip.isHidden()
    assert hands.room.centre.viewer.hasFocus()
    assert hands.observations()[-1].attributes == {attribute: offered[0]}
    assert len(hands.observations()) == count


def test_stepping_on_leaves_the_strip_and_the_next_key_marks(hands: Hands) -> None:  # noqa: F811
    key, _, _ = _key_with_choices(hands)
    hands.press(key)
    n, count = hands.room.clip.n, len(hands.observations())
    hands.press(Key.Key_Right)
    assert hands.room.clip.n == n + 1
    assert hands.room.attributes.strip.isHidden()
    hands.press(Key.Key_M)
    assert len(hands.observations()) == count + 1
