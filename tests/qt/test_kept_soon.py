"""What is kept of a room's look lies on the disk a moment after it changed, also while one steps on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from evidence_desk.ui.kept_places import read_kept
from evidence_desk.ui.rooms import review_resume
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room
from tests.qt.test_review_resume import opened_again

Key = Qt.Key


def test_a_panel_is_kept_soon_and_found_open_though_nothing_was_closed(
    hands: Hands,  # noqa: F811
    qtbot: Any,
    monkeypatch: Any,
) -> None:
    key = f"review/{hands.case.queries.sheet().uid}"
    hands.room.resume._pause.setInterval(300)
    hands.press(Key.Key_H)
    assert hands.room.adjust.header.isChecked()
    for _ in range(8):
        hands.press(Key.Key_Right)
        qtbot.wait(60)
    found = read_kept(key)
    assert found.get("adjust") is True, "kept while one steps on"
    assert found["frames"]["EX-001"][0] > 0
    # Ended by force: nothing is told to keep anything.
    monkeypatch.setattr(review_resume.Resume, "keep_now", lambda _: None)
    again = opened_again(hands, qtbot)
    try:
        assert again.room.adjust.header.isChecked()
    finally:
        again.room.release()
