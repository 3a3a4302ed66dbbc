"""The timing inspector and the views of a picture, in the real room: what they say, their keys, what is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from evidence_desk.domain.timing import change_bounds
from evidence_desk.media.pictures import AS_IS
from tests.qt.test_review import ALT, CTRL, SHIFT, Hands, Key, examined, hands, workers

__all__ = ["examined", "hands", "workers"]

PLAIN = Qt.KeyboardModifier.NoModifier


def lines(room: Hands) -> dict[str, str]:
    """Return what the open inspector shows of the frame, by name."""
    return {row.name: row.value for row in room.room.timing.frame_lines()}


def open_timing(hands: Hands) -> None:
    hands.press(Key.Key_T)
    hands.bot.waitUntil(lambda: "irregular" in hands.room.timing.header.accessibleName(), timeout=8000)


def test_the_inspector_says_exactly_where_and_when_the_frame_stands(hands: Hands, qapp: QApplication) -> None:
    assert not hands.room.timing.body.isVisible()
    open_timing(hands)
    assert hands.room.timing.body.isVisible()
    hands.press(Key.Key_Right)
    clip = hands.room.clip.clip
    assert clip is not None
    told = lines(hands)
    assert told["Frame"] == "1 of 60, from 0"
    assert told["pts"] == str(clip.table.pts(1))
    assert told["From frame 0"] == "00:00:00.040 = 1/25 s"
    assert told["Frame hash"] == clip.table.hash_of(1)
    assert told["Shown first here"] == change_bounds(clip.table, 1).words()
    assert "after frame 0 at 00:00:00.000, by frame 1" in told["Shown first here"]
    assert "0.040 s" in told["Step to next"]
    labels = hands.room.timing.body.findChildren(QLabel)
    assert f"pts: {clip.table.pts(1)}" in {label.accessibleName() for label in labels}
    hands.room.timing.copy()
    text = qapp.clipboard().text()
    assert clip.table.hash_of(1) in text
    assert clip.exhibit.sha256 in text
    assert "Steps: " in text


def test_keys_go_from_one_irregular_frame_to_the_next(hands: Hands) -> None:
    # One frame of the clip is held ten times as long as the others; that is known only once the job is through.
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Right, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: hands.n == 30, timeout=8000)
    hands.settled()
    assert "longer step" in lines(hands)["Irregular"]
    assert "time is missing" in lines(hands)["Irregular"]
    said: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_Right, CTRL | SHIFT)
    assert hands.n == 30
    assert "No irregular frame after" in said[-1]
    hands.press(Key.Key_End)
    hands.press(Key.Key_Left, CTRL | SHIFT)
    assert hands.n == 30


def test_another_view_keeps_the_hash_says_what_it_is_and_is_kept_for_the_exhibit(hands: Hands) -> None:
    actions, signs = hands.context.actions, hands.room.centre.view_signs
    viewer = hands.room.centre.viewer
    before = viewer.shown
    assert before is not None
    assert not signs.top.isVisible()
    hands.bot.keyClick(viewer, Key.Key_U, CTRL | ALT)
    hands.bot.waitUntil(signs.top.isVisible, timeout=8000)
    field = viewer.shown
    assert field is not None
    assert field.picture.view == "top field"
    assert field.picture.hash == before.picture.hash
    assert field.picture.bgra != before.picture.bgra
    assert actions.action("view.field_top").isChecked()
    hands.bot.keyClick(viewer, Key.Key_D, CTRL | ALT | SHIFT)
    hands.bot.waitUntil(signs.woven.isVisible, timeout=8000)
    assert not signs.top.isVisible()
    assert not actions.action("view.field_top").isChecked()
    hands.press(Key.Key_Down, CTRL)
    hands.bot.waitUntil(lambda: hands.room.clip.clip is not None and hands.room.clip.clip.exhibit.number == "EX-002")
    hands.settled()
    assert hands.room.clip.view == AS_IS
    assert not signs.woven.isVisible()
    hands.press(Key.Key_Up, CTRL)
    hands.bot.waitUntil(lambda: hands.room.clip.clip is not None and hands.room.clip.clip.exhibit.number == "EX-001")
    hands.settled()
    assert actions.action("view.deinterlace").isChecked()
    hands.bot.waitUntil(signs.woven.isVisible, timeout=8000)


def test_an_observation_says_between_which_frames_it_began_and_ended(hands: Hands) -> None:
    hands.press(Key.Key_Right, SHIFT)
    hands.press(Key.Key_M)
    words = "Began after frame 9 at 00:00:00.360, by frame 10 at 00:00:00.400."
    labels = [label.text() for label in hands.room.form.findChildren(QLabel) if label.isVisible()]
    assert any(words in text and "Ended after frame 10" in text for text in labels)
