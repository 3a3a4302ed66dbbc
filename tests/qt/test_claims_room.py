"""The Claims room by keyboard: source, passage, claim, propositions, links, questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow

from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui.models.claim_tree import TALLY_ROLE
from evidence_desk.ui.panels.record_fields import TextField, WordCombo
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims import ClaimsRoom
from evidence_desk.ui.rooms.claims_side import ClaimsSide
from tests.qt.rooms import ALT, CONTROL, SHIFT, Stage, focus, press, stage, write_text
from tests.qt.sample_records import ARABIC, STATEMENT, fill


@pytest.fixture
def desk(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> Stage:
    return stage(host, room_context, tmp_path, fill)


@pytest.fixture
def empty(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> Stage:
    return stage(host, room_context, tmp_path, None)


def select_words(room: ClaimsRoom, quote: str) -> None:
    """Select a passage with the keys: the caret goes to its start, Shift and Right to its end."""
    focus(room.reader.text)
    cursor = room.reader.text.textCursor()
    cursor.setPosition(room.reader.text.toPlainText().index(quote))
    # Qt counts UTF-16 units, Python characters: the texts here have none beyond the first plane before the passage.
    room.reader.text.setTextCursor(cursor)
    forward = Qt.Key.Key_Right if quote.isascii() else Qt.Key.Key_Left
    for _ in range(len(quote)):
        press(forward, SHIFT)


def test_from_an_empty_case_to_a_linked_proposition_by_keyboard(empty: Stage) -> None:
    room = empty.show("claims", ClaimsRoom)
    queries = empty.case.queries

    press(Qt.Key.Key_S, CONTROL, ALT)
    write_text("Statement of the ministry")
    assert room.side.form is not None
    text = room.side.form.fields.field("text")
    assert isinstance(text, TextField)
    text.setPlainText(STATEMENT)
    press(Qt.Key.Key_Return, CONTROL)
    (source,) = queries.sources()
    assert (source.title, source.text) == ("Statement of the ministry", STATEMENT)

    quote = "At least 10 prisoners were executed"
    select_words(room, quote)
    press(Qt.Key.Key_C, CONTROL, ALT)
    press(Qt.Key.Key_Return, CONTROL)
    (claim,) = queries.claims()
    assert claim.quote == quote
    assert source.text[claim.start : claim.end] == quote

    press(Qt.Key.Key_P, CONTROL, ALT)
    write_text("At least 10 people")
    press(Qt.Key.Key_Return, CONTROL)
    (proposition,) = queries.propositions()
    assert (proposition.number, proposition.text) == ("CL-001.1", "At least 10 people")
    assert room.board.isVisible()

    press(Qt.Key.Key_L, SHIFT)
    assert room.side.picker.origin() == "SR-001"
    focus(room.side.picker.because)
    write_text("it says so itself")
    press(Qt.Key.Key_Return, CONTROL)
    (link,) = queries.links()
    assert (link.origin, link.target, link.relation, link.because) == (
        "SR-001", "CL-001.1", "supports", "it says so itself",
    )  # fmt: skip
    assert room.board.columns["supports"].model.rowCount() == 1


@pytest.mark.parametrize(("number", "quote"), [("SR-001", "The videos are new"), ("SR-002", "تاريخ التصوير")])
def test_a_selected_passage_is_quoted_word_for_word_with_its_place(desk: Stage, number: str, quote: str) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select(number)
    select_words(room, quote)
    assert room.reader.selection() is not None
    press(Qt.Key.Key_C, CONTROL, ALT)
    press(Qt.Key.Key_Return, CONTROL)
    kept = desk.case.queries.claims()[-1]
    source = desk.case.queries.get(number)
    assert kept.quote == quote
    assert source.text[kept.start : kept.end] == quote  # type: ignore[attr-defined]


def test_a_place_behind_an_emoji_is_counted_in_characters(desk: Stage) -> None:
    text = "\U0001f4f7\U0001f4f7 seen from above"
    number = desk.case.bus.run(c.add_source(title="Caption", text=text)).numbers[0]
    room = desk.show("claims", ClaimsRoom)
    room.select(number)
    cursor = room.reader.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    cursor.setPosition(5)
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    room.reader.text.setTextCursor(cursor)
    assert room.reader.selection() == (3, "seen from above")


def test_without_a_selection_the_reader_says_how_to_select(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("SR-001")
    press(Qt.Key.Key_C, CONTROL, ALT)
    assert len(desk.case.queries.claims()) == 3
    assert any("Shift and the arrows" in label.text() for label in room.reader.findChildren(QLabel))


def test_a_text_that_runs_right_to_left_is_shown_so(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("SR-002")
    assert room.reader.text.toPlainText() == ARABIC
    block = room.reader.text.document().firstBlock()
    assert block.textDirection() == Qt.LayoutDirection.RightToLeft


def test_a_link_is_not_kept_without_its_because(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.2")
    before = len(desk.case.queries.links())
    press(Qt.Key.Key_L, SHIFT)
    press(Qt.Key.Key_Return, CONTROL)
    assert len(desk.case.queries.links()) == before
    assert room.side.picker.because.hasFocus()
    press(Qt.Key.Key_Escape)
    assert room.escape() or not room.side.busy()


def test_from_the_filter_of_a_link_keys_choose_the_record_and_go_on_to_the_reason(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.2")
    press(Qt.Key.Key_L, SHIFT)
    picker = room.side.picker
    assert picker.wanted.hasFocus()
    first = picker.origin()
    press(Qt.Key.Key_Down)
    assert picker.origin() not in ("", first)
    press(Qt.Key.Key_Up)
    assert picker.origin() == first
    press(Qt.Key.Key_Return)
    assert picker.because.hasFocus()
    picker.because.setPlainText("It is seen there.")
    picker.wanted.setText("no such record")
    press(Qt.Key.Key_Return, CONTROL)
    assert picker.wanted.hasFocus(), "where the choice is made, not an empty list"


def test_the_board_shows_each_relation_in_its_place(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    board = room.board
    counts = {relation: column.model.rowCount() for relation, column in (board.columns | board.rows).items()}
    assert counts == {"supports": 1, "contradicts": 1, "fits": 1, "missing": 2, "unclear": 1, "context": 1}
    spoken = board.columns["contradicts"].model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Contradicts, OB-001, EX-001, frame 301, People visible near the wall, count 6 to 7, best 6, "
        "if both clips show one event, this one shows fewer than 10"
    )


def test_arrows_walk_the_columns_and_the_side_shows_the_link(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    focus(room.board.columns["supports"].list)
    press(Qt.Key.Key_Right)
    assert room.board.columns["contradicts"].list.hasFocus()
    assert room.side.form is not None
    assert room.side.form.number == "LK-002"


def test_counts_are_drawn_beside_each_other_and_never_added(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    assert room.board.chart.isVisible()
    sentences = room.board.chart.sentences()
    assert sentences == (
        "Claimed, CL-001.1: “At least 10”",
        "Claimed, CL-002.1: “More than 10”",
        "Claimed, CL-003.1: “Around a dozen”",
        "Observed, OB-001, EX-001, frame 301: 6 to 7, best 6",
        "Observed, OB-002, EX-002, frame 212: 9 to 13, best 11",
        "Observed, OB-003, EX-002, frames 388 to 400: 8 to 12, best 10",
    )
    focus(room.board.chart)
    press(Qt.Key.Key_Down)
    assert room.board.chart.accessibleDescription() == sentences[1]
    room.select("CL-001.2")
    assert not room.board.chart.isVisible()


def test_a_quotation_is_never_edited_but_who_said_it_is(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001")
    form = room.side.form
    assert form is not None
    assert isinstance(form.fields.field("quote"), QLabel)
    press(Qt.Key.Key_F2)
    assert form.fields.field("claimant").hasFocus()
    press(Qt.Key.Key_A, CONTROL)
    write_text("Office of Party A")
    press(Qt.Key.Key_Return, CONTROL)
    assert desk.case.queries.claims()[0].claimant == "Office of Party A"
    desk.context.session.undo()
    assert desk.case.queries.claims()[0].claimant == "Ministry of Party A"
    said_by = form.fields.field("claimant")
    assert isinstance(said_by, QLineEdit)
    assert said_by.text() == "Ministry of Party A"


def test_a_proposition_changes_its_type_and_its_history_says_so(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.2")
    assert room.side.form is not None
    combo = room.side.form.fields.field("type")
    assert isinstance(combo, WordCombo)
    combo.set_value("cause")
    room.side.keep()
    assert desk.case.queries.propositions()[1].type == "cause"
    assert "edited (type)" in room.side.form._history.text()


def test_a_claim_is_withdrawn_with_all_that_hangs_on_it_and_comes_back_by_undo(desk: Stage, prompter: Any) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001")

    def answer(dialog: Any) -> bool:
        assert "5 links go with it." in [label.text() for label in dialog.findChildren(QLabel)]
        write = dialog.findChild(QLineEdit)
        write.setText("quoted twice")
        return True

    prompter.dialogs.append(answer)
    press(Qt.Key.Key_Delete, CONTROL)
    queries = desk.case.queries
    assert [claim.number for claim in queries.claims()] == ["CL-002", "CL-003"]
    assert queries.links(target="CL-001.1") == ()
    assert room.list.claims.rowCount() == 2
    desk.context.session.undo()
    assert len(queries.claims()) == 3
    assert len(queries.links(target="CL-001.1")) == 5


def test_a_question_stands_in_the_missing_column(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-002.1")
    press(Qt.Key.Key_Q, CONTROL, ALT)
    write_text("Is a band under the sleeves?")
    press(Qt.Key.Key_Return, CONTROL)
    question = desk.case.queries.questions()[-1]
    assert (question.text, question.bears_on) == ("Is a band under the sleeves?", "CL-002.1")
    assert room.board.columns["missing"].model.rowCount() == 1
    tally = room.list.claims.index_of("CL-002.1").data(TALLY_ROLE)
    assert tally == {"contradicts": 1, "missing": 1}


def test_what_cannot_be_kept_is_said_in_the_form(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    assert room.side.form is not None
    text = room.side.form.fields.field("text")
    assert isinstance(text, TextField)
    text.setPlainText("  ")
    room.side.keep()
    assert desk.case.queries.propositions()[0].text == "At least 10 people"
    assert "needs its text" in room.side.form.fields.problems()
    draft = desk.case.drafts.get("record:CL-001.1")
    assert draft is not None, "what was typed waits"
    room.side.strip.discard.click()
    assert text.toPlainText() == "At least 10 people"
    assert desk.case.drafts.of("") == ()


def test_the_filter_narrows_and_says_when_nothing_matches(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    press(Qt.Key.Key_F, CONTROL)
    write_text("restrained")
    assert room.list.claims.rowCount() == 1
    write_text(" nothing")
    assert room.list.claims.rowCount() == 0
    assert any(label.text() == "Nothing matches." and label.isVisible() for label in room.list.findChildren(QLabel))


def test_a_text_file_becomes_the_text_of_a_source(empty: Stage, prompter: Any, tmp_path: Path) -> None:
    file = tmp_path / "заявление.txt"
    file.write_text("Не менее 10 человек.", encoding="utf-8")
    room = empty.show("claims", ClaimsRoom)
    press(Qt.Key.Key_S, CONTROL, ALT)
    prompter.paths.append(file)
    room.side._extra("load")
    press(Qt.Key.Key_Return, CONTROL)
    (source,) = empty.case.queries.sources()
    assert (source.title, source.text) == ("заявление", "Не менее 10 человек.")


def test_a_file_that_is_no_text_is_told_from_one_that_is(empty: Stage, prompter: Any, tmp_path: Path) -> None:
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\xff\xfe\x00\xd8")
    room = empty.show("claims", ClaimsRoom)
    room.new_source()
    prompter.paths.append(file)
    room.side._extra("load")
    assert room.side.form is not None
    assert "is no UTF-8 text" in room.side.form._problem.text()


def test_a_case_open_to_read_shows_text_and_no_button_that_writes(
    host: QMainWindow, room_context: RoomContext, tmp_path: Path
) -> None:
    desk = stage(host, room_context, tmp_path, fill, write=False)
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    assert room.side.form is not None
    assert isinstance(room.side.form.fields.field("text"), QLabel)
    assert not room.side.form.footer.isVisible()
    assert not room.list.add.isVisible()
    assert not any(column.add.isVisible() for column in room.board.columns.values())
    press(Qt.Key.Key_L, SHIFT)
    assert not room.side.busy()
    room.select("SR-001")
    assert not room.reader.make.isVisible()
    case: Case = desk.case
    assert case.read_only


def test_any_record_of_the_room_can_be_asked_for(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    for number, shown in (("LK-003", "CL-001.1"), ("QN-002", "CL-001.1"), ("SR-003", "SR-003"), ("CL-003", "CL-003")):
        room.show_record(number)
        assert room._shown == shown
        assert room.side.form is not None
        assert room.side.form.number == number
    room.show_record("CL-099")
    assert room._shown == "CL-003"


def test_the_way_from_a_proposition_to_its_passage_and_back(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-002.1")
    room.board.source_asked.emit()
    assert room.reader.source == "SR-001"
    assert room.side.form is not None
    assert room.side.form.number == "CL-002"
    room._section_chosen("claims")
    assert room.board.isVisible()
    room.list.add_asked.emit()
    assert room.reader.text.hasFocus()


def test_opening_a_card_asks_for_what_it_shows(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    asked: list[str] = []
    desk.context.session.record_asked.connect(asked.append)
    room.select("CL-001.1")
    focus(room.board.columns["supports"].list)
    press(Qt.Key.Key_Return)
    assert asked == ["OB-002"]


def test_the_caret_in_a_marked_passage_shows_its_claim(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("SR-001")
    focus(room.reader.text)
    cursor = room.reader.text.textCursor()
    cursor.setPosition(STATEMENT.index("prisoners"))
    room.reader.text.setTextCursor(cursor)
    assert room.side.form is not None
    assert room.side.form.number == "CL-001"


def test_a_new_record_that_is_left_waits_and_is_there_when_it_is_begun_again(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.new_source()
    write_text("Half a source")
    assert room.unkept() == ""
    assert room.escape()
    assert len(desk.case.queries.sources()) == 3
    room.new_source()
    assert room.side.form is not None
    assert room.side.form.fields.values()["title"] == "Half a source"
    assert room.side.strip.words.text().startswith("Begun on ")
    room.side.strip.discard.click()
    assert desk.case.drafts.of("") == ()
    room.new_source()
    assert room.side.form.fields.values()["title"] == ""


def test_a_claim_that_was_begun_is_there_again_after_a_kill(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    quote = desk.case.queries.sources()[0].text[:12]
    room.side.begin_claim("SR-001", 0, quote)
    assert room.side.form is not None
    speaker = room.side.form.fields.field("claimant")
    assert isinstance(speaker, QLineEdit)
    focus(speaker)
    write_text("A spokesman")
    focus(room.side.form.fields.field("note"))
    QApplication.processEvents()
    again = ClaimsSide(desk.context)
    again.resume()
    assert again.form is not None
    assert again.form.fields.values()["claimant"] == "A spokesman"
    again.keep()
    assert [c.claimant for c in desk.case.queries.claims() if c.quote == quote] == ["A spokesman"]
    assert desk.case.drafts.of("") == ()
    again.deleteLater()


def test_a_field_is_kept_when_it_is_left_and_the_focus_stays(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    form = room.side.form
    assert form is not None
    text, note = form.fields.field("text"), form.fields.field("note")
    focus(text)
    write_text("12 of them. ")
    focus(note)
    QApplication.processEvents()
    assert desk.case.queries.propositions()[0].text.startswith("12 of them. ")
    assert desk.case.bus.undo_label.endswith(" of CL-001.1")
    assert room.side.form is form
    assert note.hasFocus()
    assert form.footer.note.text_whole().startswith("Kept ")
    desk.context.session.undo()
    assert desk.case.queries.propositions()[0].text == "At least 10 people"
    assert isinstance(text, TextField)
    assert text.toPlainText() == "At least 10 people"


def test_the_history_of_the_record_is_shown_whole(desk: Stage, prompter: Any) -> None:
    desk.show("claims", ClaimsRoom).select("CL-001")
    prompter.dialogs.append(lambda dialog: True)
    press(Qt.Key.Key_H, CONTROL)
    assert prompter.asked == ["History of CL-001"]


def test_what_is_refused_on_the_way_to_another_record_is_said_above_it(desk: Stage) -> None:
    room = desk.show("claims", ClaimsRoom)
    room.select("CL-001.1")
    assert room.side.form is not None
    text = room.side.form.fields.field("text")
    assert isinstance(text, TextField)
    text.setPlainText("")
    room.select("CL-002.1")
    assert desk.case.queries.propositions()[0].text == "At least 10 people"
    assert "needs its text" in room.side.banners.banner("refused").accessibleDescription()
