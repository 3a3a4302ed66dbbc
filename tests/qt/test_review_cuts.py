"""From cut to cut: recorded ones and those a detector points at; where there is none, that is said."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from evidence_desk.domain.codebook import Term
from evidence_desk.services import commands as c
from evidence_desk.ui.rooms.review_cuts import is_cut, neighbour
from evidence_desk.ui.widgets.timeline_lanes import CUTS, Mark
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


def test_a_term_is_about_cuts_by_a_word_of_its_id() -> None:
    assert is_cut(Term("cut", "continuity", "Cut", ""))
    assert is_cut(Term("hard-cut", "edits", "Hard cut", ""))
    assert not is_cut(Term("cutting-tool", "object", "Cutting tool", ""))
    assert not is_cut(None)
    assert (neighbour([3, 9], 3, 1), neighbour([3, 9], 3, -1), neighbour([], 3, 1)) == (9, None, None)


def test_recorded_and_pointed_at_cuts_are_visited_in_order(hands: Hands) -> None:  # noqa: F811
    said: list[Any] = []
    hands.room.session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_Right, ALT)
    assert (hands.n, said) == (0, ["No cut is recorded or pointed at in EX-001"])
    clip = hands.room.clip.clip
    assert clip is not None
    for n, presence in ((30, "observed"), (40, "looked for, not seen")):
        made = c.add_observation("EX-001", "cut", clip.ref(n), clip.ref(n), presence=presence)
        assert hands.room.session.run(made) is not None
    hands.room.centre.timeline.set_extra(CUTS, [Mark("", "cut", 12, 12, "brightness")])
    hands.press(Key.Key_Right, ALT)
    assert hands.n == 12
    hands.press(Key.Key_Right, ALT)
    assert (hands.n, hands.room.observe.current) == (30, "OB-001")
    hands.press(Key.Key_Right, ALT)
    assert hands.n == 30, "what was looked for and not seen is no cut"
    assert said[-1] == "No cut is recorded or pointed at after this frame of EX-001"
    hands.press(Key.Key_Left, ALT)
    assert hands.n == 12
