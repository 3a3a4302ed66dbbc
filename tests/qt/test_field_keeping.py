"""Nothing typed is lost: fields are kept one by one, what cannot be kept is put aside and found again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from evidence_desk.domain.records import Observation
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui import field_keeping
from evidence_desk.ui.rooms.review import ReviewRoom
from tests.full_disk import no_room
from tests.qt.test_review import CTRL, SHIFT, Hands, Key, examined, hands, workers

__all__ = ["examined", "hands", "workers"]

ARABIC = "شخصان يرفعان أيديهما"


@pytest.fixture(autouse=True)
def _short_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is long in a test."""
    monkeypatch.setattr(field_keeping, "IDLE_MS", 200)


def record(hands: Hands, number: str = "OB-001") -> Observation:
    found = hands.case.queries.get(number)
    assert isinstance(found, Observation)
    return found


def write(text: str) -> None:
    """Give text to what has the focus as an input method does: the test library types Latin letters alone."""
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    focus = QApplication.focusWidget()
    assert focus is not None
    QCoreApplication.sendEvent(focus, done)


def reopened(hands: Hands) -> ReviewRoom:
    """Build the room anew on the same case, as after a kill: nobody told the old one to keep anything."""
    hands.room._released = True
    room = ReviewRoom(hands.context)
    hands.bot.addWidget(room)
    hands.bot.waitUntil(lambda: room.clip.clip is not None, timeout=8000)
    return room


def test_a_pause_keeps_the_field_and_takes_nothing_away(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.room.focus_form()
    field = hands.room.form.fields.statement
    before = len(hands.case.queries.events())
    hands.type("Two figures")
    assert hands.room.observe.keeping.waiting, "not at every key"
    hands.bot.waitUntil(lambda: record(hands).statement == "Two figures")
    assert QApplication.focusWidget() is field
    assert field.textCursor().position() == len("Two figures")
    assert hands.room.form.footer.note.text_whole().startswith("Kept ")
    assert not hands.room.form.dirty
    assert hands.case.bus.undo_label == "Edit what is seen of OB-001"
    hands.type(" raise")
    hands.bot.waitUntil(lambda: record(hands).statement == "Two figures raise")
    assert len(hands.case.queries.events()) == before + 2


def test_fields_are_kept_when_left_choices_at_once_and_undone_one_by_one(hands: Hands) -> None:
    hands.press(Key.Key_M)
    fields = hands.room.form.fields
    hands.room.focus_form()
    hands.type("A figure stands.")
    hands.bot.keyClick(fields.statement, Key.Key_Tab)
    hands.bot.waitUntil(lambda: record(hands).statement == "A figure stands.")
    fields.legibility.focus_first()
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Space)
    hands.bot.waitUntil(lambda: record(hands).legibility != "")
    assert hands.case.bus.history[-2:] == ("Edit what is seen of OB-001", "Edit legibility of OB-001")
    hands.context.session.undo()
    assert (record(hands).legibility, fields.legibility.value()) == ("", "")
    assert record(hands).statement == "A figure stands."
    hands.context.session.undo()
    assert (record(hands).statement, fields.statement.toPlainText()) == ("", "")
    hands.bot.wait(300)
    assert record(hands).statement == "", "what was taken back is not typed again"


def test_numbers_wait_until_they_are_left_and_are_put_aside_meanwhile(hands: Hands) -> None:
    hands.press(Key.Key_M)
    last = hands.room.form.fields.frames.last
    last.setFocus()
    last.selectAll()
    hands.type("1")
    hands.bot.waitUntil(lambda: hands.case.drafts.get("observation:OB-001") is not None)
    assert record(hands).last_frame == 0
    hands.type("2")
    hands.bot.keyClick(last, Key.Key_Tab)
    hands.bot.waitUntil(lambda: record(hands).last_frame == 12)
    assert hands.case.drafts.get("observation:OB-001") is None


def test_what_cannot_be_kept_is_said_and_there_again(hands: Hands) -> None:
    hands.press(Key.Key_M)
    fields = hands.room.form.fields
    fields.frames.last.setFocus()
    fields.frames.last.selectAll()
    hands.type("900")
    hands.room.focus_form()
    write(f"{ARABIC} surrendering")
    hands.bot.waitUntil(lambda: hands.room.form.footer.note.text_whole() != "")
    assert "60 frames" in fields.rows["frames"].note.text() or fields.rows["frames"].note.text()
    assert (record(hands).statement, record(hands).last_frame) == ("", 0)
    room = reopened(hands)
    assert not room.form.strip.isVisibleTo(room)
    room.observe.select("OB-001")
    assert room.form.fields.statement.toPlainText() == f"{ARABIC} surrendering"
    assert room.form.fields.frames.last.text() == "900"
    assert room.form.strip.words.text().startswith("Begun on ")
    hands.bot.wait(300)
    assert (record(hands).statement, record(hands).last_frame) == ("", 0), "found again is not kept yet"
    room.form.strip.discard.click()
    assert (room.form.fields.statement.toPlainText(), room.form.fields.frames.last.text()) == ("", "0")
    assert hands.case.drafts.of("") == ()
    assert not room.form.strip.isVisibleTo(room)
    room.release()


def test_a_word_without_a_reason_waits_and_is_kept_with_one(hands: Hands) -> None:
    hands.press(Key.Key_M)
    fields = hands.room.form.fields
    hands.room.focus_form()
    hands.type("Three are surrendering")
    hands.bot.waitUntil(lambda: hands.case.drafts.get("observation:OB-001") is not None)
    assert record(hands).statement == ""
    assert "reason" in hands.room.form.footer.note.text_whole()
    fields.guard.ask_reason()
    assert QApplication.focusWidget() is fields.guard.reason_line
    hands.type("Said aloud")
    assert fields.guard.reason_line.text() == "Said aloud"
    hands.bot.wait(300)
    draft = hands.case.drafts.get("observation:OB-001")
    assert draft is not None
    assert draft.body["state"]["statement"] == ["Three are surrendering", "", "Said aloud"]
    hands.bot.keyClick(fields.guard.reason_line, Key.Key_Return)
    hands.bot.waitUntil(lambda: record(hands).statement == "Three are surrendering")
    assert record(hands).guard_reason == "Said aloud"
    assert hands.case.drafts.of("") == ()


def test_a_new_observation_left_with_a_word_without_a_reason_is_put_aside_and_asks_again(hands: Hands) -> None:
    said: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_M)
    hands.press(Key.Key_M, SHIFT)
    fields = hands.room.form.fields
    fields.statement.setFocus()
    hands.type("He was shot")
    hands.room.observe.select("OB-001")
    assert [o.number for o in hands.observations()] == ["OB-001"]
    assert [text for text in said if text.startswith("Put aside, not kept: ")]
    hands.room.centre.viewer.setFocus()
    hands.press(Key.Key_M, SHIFT)
    assert fields.statement.toPlainText() == "He was shot"
    hands.room.keep()
    assert len(hands.observations()) == 1, "it asks for a reason first"
    hands.room.keep()
    assert [o.statement for o in hands.observations()] == ["", "He was shot"]


def test_a_new_observation_is_there_again_with_its_box(hands: Hands) -> None:
    hands.press(Key.Key_M, SHIFT)
    hands.room.focus_form()
    write(ARABIC)
    hands.room.centre.viewer.setFocus()
    hands.press(Key.Key_B)
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Return)
    assert hands.observations() == ()
    room = reopened(hands)
    assert room.form.is_new
    assert room.form.fields.statement.toPlainText() == ARABIC
    assert room.form.strip.words.text().startswith("Begun on ")
    assert len(room.observe.new_regions) == 1
    assert room.unkept() == "", "no question is needed: it goes on waiting"
    assert room.observe.keep()
    (kept,) = hands.observations()
    assert kept.statement == ARABIC
    assert len(hands.case.queries.regions(kept.number)) == 1
    assert hands.case.drafts.of("") == ()
    room.release()


def test_a_draft_of_a_withdrawn_observation_is_told_and_waits(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.room.focus_form()
    hands.type("Three are surrendering")
    hands.bot.waitUntil(lambda: hands.case.drafts.get("observation:OB-001") is not None)
    hands.case.bus.run(c.withdraw("OB-001", "Entered twice."))
    strip = hands.room.form.strip
    assert "OB-001 was withdrawn" in strip.words.text()
    assert "Three are surrendering" in strip.words.text()
    hands.context.session.undo()
    hands.room.observe.select("OB-001")
    assert hands.room.form.fields.statement.toPlainText() == "Three are surrendering"
    hands.case.bus.run(c.edit("OB-001", {"alternatives": "Waving"}))
    assert reopened_says(hands).startswith("Begun on ")


def reopened_says(hands: Hands) -> str:
    room = reopened(hands)
    room.observe.select("OB-001")
    text = room.form.strip.words.text()
    assert "OB-001 was changed meanwhile" in text
    room.release()
    return text


def test_nothing_is_kept_while_an_input_method_composes(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.room.focus_form()
    field = hands.room.form.fields.statement
    hands.type("a ")
    compose = QInputMethodEvent("にほ", [])
    QCoreApplication.sendEvent(field, compose)
    hands.bot.wait(300)
    assert record(hands).statement == ""
    write("日本")
    hands.bot.waitUntil(lambda: record(hands).statement == "a 日本")


def test_undo_takes_back_the_typing_first_and_then_the_steps_of_the_case(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.room.focus_form()
    hands.type("Seen")
    hands.bot.waitUntil(lambda: record(hands).statement == "Seen")
    field = hands.room.form.fields.statement
    hands.bot.keyClick(field, Key.Key_Z, CTRL)
    assert field.toPlainText() == ""
    assert record(hands).statement == "Seen"
    hands.bot.waitUntil(lambda: record(hands).statement == "")


def test_a_change_from_elsewhere_leaves_alone_what_is_being_typed(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.room.focus_form()
    hands.type("Half a sen")
    hands.case.bus.run(c.edit("OB-001", {"certainty": "moderate", "statement": "From elsewhere"}))
    fields = hands.room.form.fields
    assert fields.statement.toPlainText() == "Half a sen"
    assert fields.certainty.value() == "moderate"
    hands.bot.waitUntil(lambda: record(hands).statement == "Half a sen")


def test_another_observation_mid_word_loses_nothing(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.press(Key.Key_M)
    hands.room.focus_form()
    hands.type("Mid wo")
    assert hands.room.observe.select("OB-001")
    assert record(hands, "OB-002").statement == "Mid wo"
    hands.room.focus_form()
    hands.type("is surrendering")
    assert hands.room.observe.select("OB-002")
    assert record(hands).statement == ""
    assert hands.room.observe.select("OB-001")
    assert hands.room.form.fields.statement.toPlainText() == "is surrendering"


def test_a_link_that_was_begun_is_there_again(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.press(Key.Key_L, SHIFT)
    hands.room.form.picker.because.setFocus()
    hands.type("both hands are")
    hands.bot.waitUntil(lambda: hands.case.drafts.get("link:OB-001") is not None)
    room = reopened(hands)
    focus = QApplication.focusWidget()
    room.observe.select("OB-001")
    assert room.form.picker.because.text() == "both hands are"
    assert QApplication.focusWidget() is focus
    room.form.picker.accept()
    assert [link.because for link in hands.case.queries.links()] == ["both hands are"]
    assert hands.case.drafts.of("") == ()
    room.release()


def test_a_case_that_is_open_to_read_keeps_nothing(hands: Hands, tmp_path: Any) -> None:
    hands.press(Key.Key_M)
    hands.case.drafts.put("observation:OB-001", {"revision": 1, "state": {"statement": ["Typed", ""]}})
    reader = Case.open(hands.case.folder, "Reviewer B", write=False)
    hands.context.session._case = reader
    room = reopened(hands)
    room.observe.select("OB-001")
    assert room.form.fields.statement.toPlainText() == ""
    assert not room.form.strip.isVisibleTo(room)
    assert room.form.fields.statement.isReadOnly()
    room.release()
    reader.close()
    hands.context.session._case = hands.case


def test_a_new_form_into_which_nothing_was_entered_is_no_record(hands: Hands) -> None:
    hands.press(Key.Key_M, SHIFT)
    hands.room.centre.viewer.setFocus()
    hands.press(Key.Key_Right)
    hands.press(Key.Key_3)
    (kept,) = hands.observations()
    assert (kept.term, kept.first_frame) == ("arms-raised", 1)
    assert hands.case.drafts.of("") == ()
    hands.press(Key.Key_M, SHIFT)
    hands.room.focus_form()
    hands.type("Seen")
    assert hands.room.observe.select(kept.number)
    assert [o.statement for o in hands.observations()] == [kept.statement, "Seen"], "what was typed is kept"


def test_an_observation_that_was_taken_back_lets_its_form_go(hands: Hands) -> None:
    hands.press(Key.Key_M)
    hands.room.focus_form()
    hands.type("Three are surrendering")
    hands.context.session.undo()
    assert hands.observations() == ()
    assert not hands.room.form.dirty
    assert "Three are surrendering" in hands.room.form.strip.words.text()
    hands.room.centre.viewer.setFocus()
    hands.press(Key.Key_3)
    assert [o.term for o in hands.observations()] == ["arms-raised"]


def test_what_a_full_disk_refused_is_kept_once_there_is_room(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_keeping, "AGAIN_MS", 100)
    hands.press(Key.Key_M)
    hands.room.focus_form()
    note = hands.room.form.footer.note
    with no_room(hands.case):
        write("Two figures " * 400)
        hands.bot.waitUntil(lambda: "could not be put aside" in note.text_whole())
        assert record(hands).statement == ""
    hands.bot.waitUntil(lambda: record(hands).statement.startswith("Two figures"))
    assert note.text_whole().startswith("Kept "), "nobody pressed a key, and nothing tells of a full disk any more"
    assert not hands.case.drafts.problem
