"""The case clock under real keys: set at a frame, shown at the others, taken back, refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_clock_is_set_at_a_frame_and_runs_with_the_frames(hands: Hands) -> None:  # noqa: F811
    clocks, strip = hands.room.centre.clocks, hands.room.centre.case_clock
    assert clocks.case.reading.value == "–"
    hands.press(Key.Key_Right, SHIFT)
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_T, CTRL | SHIFT)
    assert strip.isVisible()
    hands.type("tomorrow")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert "is no date with a time" in strip.note.text()
    strip.moment.clear()
    hands.type("2025-05-04 14:41:07")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    hands.type("0.5")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    hands.type("A clock on the wall")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert not strip.isVisible()
    exhibit = hands.case.queries.exhibit("EX-001")
    assert (exhibit.clock_frame, exhibit.clock_time) == (10, "2025-05-04T14:41:07.000000Z")
    assert (exhibit.clock_uncertainty_ms, exhibit.clock_basis) == (500, "A clock on the wall")
    clip = hands.room.clip.clip
    assert clip is not None
    assert exhibit.clock_hash == clip.table.hash_of(10)
    hands.press(Key.Key_Home)
    assert clocks.case.reading.value == "14:41:06.600"
    assert clocks.case.reading.after == "± 500 ms"
    assert clocks.case.reading.copies == "4 May 2025, 14:41:06.600 UTC ± 500 ms"
    clocks.case.click()
    assert QApplication.clipboard().text() == clocks.case.reading.copies
    hands.context.session.undo()
    assert hands.case.queries.exhibit("EX-001").clock_time == ""
    assert clocks.case.reading.value == "–"
    clocks.case.click()
    assert strip.isVisible()
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert not strip.isVisible()
    assert hands.room.centre.viewer.hasFocus()


def test_what_is_typed_for_the_clock_waits_for_the_next_asking(hands: Hands) -> None:  # noqa: F811
    strip, drafts = hands.room.centre.case_clock, hands.case.drafts
    hands.press(Key.Key_Right, SHIFT)
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_T, CTRL | SHIFT)
    hands.type("2025-05-04 14:41:07")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    hands.bot.waitUntil(lambda: drafts.get("clock:EX-001") is not None, timeout=800)
    hands.room.case_clock._opened()  # as after a kill: nobody kept it, nobody left it
    hands.press(Key.Key_Home)
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_T, CTRL | SHIFT)
    assert strip.moment.text() == "2025-05-04 14:41:07"
    assert "10" in strip.title.text(), "it was typed for that frame and for no other"
    assert "not kept yet" in strip.note.text_whole()
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    exhibit = hands.case.queries.exhibit("EX-001")
    assert (exhibit.clock_frame, exhibit.clock_time) == (10, "2025-05-04T14:41:07.000000Z")
    assert drafts.get("clock:EX-001") is None
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_T, CTRL | SHIFT)
    hands.type("2026")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    hands.bot.waitUntil(lambda: drafts.get("clock:EX-001") is not None, timeout=800)
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert drafts.get("clock:EX-001") is None
