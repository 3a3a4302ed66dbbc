"""The Intake room: files in, duplicates, damage, stopping, the acquisition record, the case sheet."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QMainWindow

from evidence_desk.domain.errors import Cancelled
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.services.intake import Examination, Received, receive
from evidence_desk.ui import intake_queue
from evidence_desk.ui.models.container_facts import all_facts, main_facts
from evidence_desk.ui.models.intake_table import ROW_ROLE, IntakeRow
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.intake import IntakeRoom
from evidence_desk.ui.widgets.forms import FormRow
from tests.contract.clips import Clip, make_clip
from tests.made_frames import found_in, frames_of, sha
from tests.qt.rooms import CONTROL, Stage, focus, press, stage, write_text
from tests.qt.sample_records import FACTS, fill


@pytest.fixture
def desk(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> Stage:
    return stage(host, room_context, tmp_path, fill)


@pytest.fixture
def empty(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> Stage:
    return stage(host, room_context, tmp_path, None)


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> dict[str, Examination]:
    """Examinations by file name, instead of decoding; a name that is not listed is found in order with 5 frames."""
    found: dict[str, Examination] = {}

    def examine(worker: object, paths: object, received: Received, ctx: JobContext) -> Examination:
        usual = Examination("ok", "", "video", {"frames": 5, "width": 64, "height": 48}, FACTS)
        return found.get(received.received_name, usual)

    monkeypatch.setattr(intake_queue, "examine", examine)
    monkeypatch.setattr(intake_queue, "outline", lambda *_: None)
    return found


@dataclass
class Slow:
    """An outline of twelve frames, and an examination that goes on until `gate` is set and counts eleven."""

    gate: threading.Event
    calls: list[str]

    def outline(self, worker: object, paths: object, received: Received, ctx: JobContext) -> Examination:
        self.calls.append(f"outline {received.received_name}")
        pts = [40 * n for n in range(12)]
        return found_in(frames_of([f"p{n}" for n in range(12)], pts, provisional=True))

    def examine(self, worker: object, paths: object, received: Received, ctx: JobContext) -> Examination:
        self.calls.append(f"examine {received.received_name}")
        while not self.gate.wait(0.01):
            ctx.progress(40, 100)
        return found_in(frames_of([f"p{n}" for n in range(1, 12)], [40 * n for n in range(1, 12)]))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow(threading.Event(), [])
    monkeypatch.setattr(intake_queue, "outline", made.outline)
    monkeypatch.setattr(intake_queue, "examine", made.examine)
    return made


def rows(room: IntakeRoom) -> list[IntakeRow]:
    return [room.model.index(place, 0).data(ROW_ROLE) for place in range(room.model.rowCount())]


def settled(room: IntakeRoom, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not room.queue.arrivals(), timeout=20_000)


def files(folder: Path, *names: str) -> list[Path]:
    made = [folder / name for name in names]
    for file in made:
        file.write_bytes(file.name.encode() * 20)
    return made


def test_files_become_exhibits_in_the_order_they_were_named(
    empty: Stage, examined: dict[str, Examination], prompter: Any, tmp_path: Path, qtbot: Any
) -> None:
    room = empty.show("intake", IntakeRoom)
    prompter.paths.append(files(tmp_path, "clip one.mp4", "Клип.mp4", "مقطع.mp4", "\U0001f4f7.mp4"))
    press(Qt.Key.Key_I, CONTROL)
    settled(room, qtbot)
    assert [(row.number, row.file, row.state) for row in rows(room)] == [
        ("EX-001", "clip one.mp4", "Indexed, 5 frames"),
        ("EX-002", "Клип.mp4", "Indexed, 5 frames"),
        ("EX-003", "مقطع.mp4", "Indexed, 5 frames"),
        ("EX-004", "\U0001f4f7.mp4", "Indexed, 5 frames"),
    ]
    assert empty.refused == []
    exhibit = empty.case.queries.exhibits()[0]
    assert empty.case.paths.exhibit_file(exhibit).read_bytes() == b"clip one.mp4" * 20


def test_a_real_clip_is_counted_by_decoding(empty: Stage, tmp_path: Path, qtbot: Any) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=12))
    room = empty.show("intake", IntakeRoom)
    room.take_in([clip])
    settled(room, qtbot)
    (exhibit,) = empty.case.queries.exhibits()
    assert exhibit.condition == "ok"
    assert exhibit.frames
    assert empty.case.paths.frame_table(exhibit).is_file()
    qtbot.waitUntil(lambda: room.thumbnails.picture("EX-001") is not None, timeout=20_000)
    facts = {fact.name: fact.value for fact in main_facts(exhibit)}
    assert facts["Frames, counted"].startswith(str(exhibit.frames))


def test_a_real_clip_is_listed_by_its_packets_then_counted(
    empty: Stage, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOMENTS_PIXELS", 0)
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=12, bframes=2))
    room = empty.show("intake", IntakeRoom)
    room.take_in([clip])
    settled(room, qtbot)
    (exhibit,) = empty.case.queries.exhibits()
    assert (exhibit.provisional, exhibit.condition) == (False, "ok")
    events = empty.case.queries.events(record="EX-001")
    assert [e.action for e in events] == ["exhibit.add", "exhibit.edit", "exhibit.confirm-frames"]
    assert events[1].after is not None
    assert (events[1].after["provisional"], events[1].after["frames"]) == (True, exhibit.frames)
    assert intake.thumbs_of(empty.case.paths, exhibit) is not None


def test_dropped_folders_give_all_their_files_but_hidden_ones(
    empty: Stage, examined: dict[str, Examination], tmp_path: Path, qtbot: Any
) -> None:
    folder = tmp_path / "drop"
    (folder / "inner").mkdir(parents=True)
    files(folder, "b.mp4", ".hidden")
    files(folder / "inner", "a.mp4")
    room = empty.show("intake", IntakeRoom)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    room.list.drop_zone.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settled(room, qtbot)
    assert [row.file for row in rows(room)] == ["b.mp4", "a.mp4"]


def test_the_same_bytes_are_named_and_not_taken_twice(
    empty: Stage, examined: dict[str, Examination], tmp_path: Path, qtbot: Any
) -> None:
    (first,) = files(tmp_path, "clip.mp4")
    again = tmp_path / "copy.mp4"
    again.write_bytes(first.read_bytes())
    room = empty.show("intake", IntakeRoom)
    room.take_in([first, again])
    settled(room, qtbot)
    assert len(empty.case.queries.exhibits()) == 1
    banner = room.list.messages.banner("duplicate EX-001")
    assert banner.accessibleName() == "copy.mp4 is already in the case as EX-001."
    assert "What is safe:" in banner.accessibleDescription()
    assert list(empty.case.paths.staging.iterdir()) == []


def test_damage_and_refusal_are_told_with_what_is_safe(
    empty: Stage, examined: dict[str, Examination], tmp_path: Path, qtbot: Any
) -> None:
    examined["torn.mp4"] = Examination("damaged", "3 of 9 frames did not decode cleanly", "video", {"frames": 9}, FACTS)
    examined["text.mp4"] = Examination("unreadable", "It is no media file", "other")
    (tmp_path / "empty.mp4").touch()
    room = empty.show("intake", IntakeRoom)
    room.take_in([*files(tmp_path, "torn.mp4", "text.mp4"), tmp_path / "empty.mp4"])
    settled(room, qtbot)
    assert [(row.state, row.tone) for row in rows(room)] == [("Damaged, 9 frames read", "look"), ("Unreadable", "look")]
    shown = {key.partition(" ")[0]: room.list.messages.banner(key) for key in room.list.messages.shown()}
    assert set(shown) == {"condition", "refused"}
    assert len(room.list.messages.shown()) == 3
    assert "under its SHA-256" in room.list.messages.banner("condition EX-001").accessibleDescription()


def test_a_stopped_examination_leaves_an_exhibit_that_can_be_examined_again(
    empty: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: Any
) -> None:
    def slow(worker: object, paths: object, received: Received, ctx: JobContext) -> Examination:
        for done in range(1, 2000):
            ctx.progress(done, 2000)
            time.sleep(0.005)
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(intake_queue, "examine", slow)
    monkeypatch.setattr(intake_queue, "outline", lambda *_: None)
    room = empty.show("intake", IntakeRoom)
    room.take_in(files(tmp_path, "one.mp4", "two.mp4"))
    wanted = ["Examining", "Waits for examination"]
    qtbot.waitUntil(lambda: [row.state for row in rows(room)] == wanted and rows(room)[0].share >= 0, timeout=10_000)
    room.table.select_number("EX-001")
    focus(room.table)
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(room)[0].state == "Not examined", timeout=10_000)
    room.queue.cancel_all()
    settled(room, qtbot)
    assert [e.condition for e in empty.case.queries.exhibits()] == ["not examined", "not examined"]
    monkeypatch.setattr(intake_queue, "examine", lambda *_: Examination("ok", "", "video", {"frames": 3}, FACTS))
    room.table.examine_asked.emit("EX-001")
    settled(room, qtbot)
    assert rows(room)[0].state == "Indexed, 3 frames"


def test_a_long_file_can_be_reviewed_before_its_frames_are_counted(
    empty: Stage, slow: Slow, tmp_path: Path, qtbot: Any
) -> None:
    room = empty.show("intake", IntakeRoom)
    room.take_in(files(tmp_path, "long.mp4", "longer.mp4"))
    qtbot.waitUntil(lambda: [e.provisional for e in empty.case.queries.exhibits()] == [True, True], timeout=10_000)
    qtbot.waitUntil(lambda: "counting, 40" in rows(room)[0].detail, timeout=10_000)
    assert [row.state for row in rows(room)] == ["Provisional, 12 frames"] * 2
    assert "Provisional, 12 frames, counting" in rows(room)[0].spoken()
    assert rows(room)[1].detail == "waits to be counted"
    assert slow.calls == ["outline long.mp4", "examine long.mp4", "outline longer.mp4"], "outlines do not wait"
    seen = FrameRef("", 0, 5, 200, Fraction(1, 1000), sha("p5"), "made up", provisional=True)
    empty.case.bus.run(c.add_observation("EX-001", "note", seen))
    slow.gate.set()
    settled(room, qtbot)
    assert [row.state for row in rows(room)] == ["Indexed, 11 frames"] * 2
    (observation,) = empty.case.queries.observations()
    assert (observation.first_frame, observation.anchor) == (4, "")
    assert empty.refused == []


def test_a_count_that_the_end_of_the_desk_cut_short_is_taken_up_again(
    empty: Stage, slow: Slow, tmp_path: Path, qtbot: Any
) -> None:
    room = empty.show("intake", IntakeRoom)
    room.take_in(files(tmp_path, "long.mp4"))
    qtbot.waitUntil(lambda: "examine long.mp4" in slow.calls, timeout=10_000)
    room.release()
    exhibit = empty.case.queries.exhibit("EX-001")
    assert (exhibit.provisional, exhibit.condition) == (True, "not examined")
    slow.calls.clear()
    slow.gate.set()
    again = empty.show("intake", IntakeRoom)
    settled(again, qtbot)
    assert slow.calls == ["examine long.mp4"], "its packets are not read twice"
    assert rows(again)[0].state == "Indexed, 11 frames"


def test_a_file_registered_and_never_outlined_is_taken_up_from_there(
    host: QMainWindow, room_context: RoomContext, slow: Slow, tmp_path: Path, qtbot: Any
) -> None:
    def ended_at_once(case: Case) -> None:
        (file,) = files(tmp_path, "long.mp4")
        case.bus.run(c.add_exhibit(receive(case.paths, file, {}, NullContext())))

    desk = stage(host, room_context, tmp_path, ended_at_once)
    slow.gate.set()
    room = desk.show("intake", IntakeRoom)
    settled(room, qtbot)
    assert slow.calls == ["outline long.mp4", "examine long.mp4"]
    assert rows(room)[0].state == "Indexed, 11 frames"


def test_a_stopped_receipt_leaves_nothing(
    empty: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: Any
) -> None:
    def slow(*arguments: Any) -> Received:
        ctx: JobContext = arguments[-1]
        while True:
            ctx.progress(1, 100)
            time.sleep(0.005)

    monkeypatch.setattr(intake_queue, "receive", slow)
    room = empty.show("intake", IntakeRoom)
    room.take_in(files(tmp_path, "one.mp4", "two.mp4"))
    qtbot.waitUntil(lambda: bool(rows(room)) and rows(room)[0].state == "Receiving", timeout=10_000)
    room.queue.cancel_all()
    settled(room, qtbot)
    assert empty.case.queries.exhibits() == ()
    assert issubclass(Cancelled, Exception)


def test_the_acquisition_is_kept_by_keys_and_taken_back_by_undo(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    room.table.select_number("EX-002")
    press(Qt.Key.Key_F2)
    page = room.side.form._items.field("page_source")
    assert isinstance(page, QLineEdit)
    focus(page)
    write_text("EX-003")
    assert room.side.form.footer.note.text_whole() == "Not kept yet"
    press(Qt.Key.Key_Return, CONTROL)
    acquisition = desk.case.queries.acquisition_of("EX-002")
    assert acquisition is not None
    assert (acquisition.page_source, acquisition.source_url) == ("EX-003", "https://video.example/2")
    assert "2 of 8" in [label.text() for label in room.side.form.findChildren(QLabel)]
    assert room.side.form.meter.accessibleName().startswith(
        "Acquisition, 2 of 8 items recorded, missing full-page capture"
    )
    desk.context.session.undo()
    assert page.text() == ""


def test_title_and_collector_are_a_step_each(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    room.table.select_number("EX-004")
    before = len(desk.case.bus.history)
    for name, text in (("title", "Re-upload"), ("collected_by", "Collector C")):
        field = room.side.form._details.field(name)
        assert isinstance(field, QLineEdit)
        focus(field)
        write_text(text)
    press(Qt.Key.Key_Return, CONTROL)
    assert len(desk.case.bus.history) == before + 2
    assert desk.case.queries.exhibit("EX-004").title == "Re-upload"
    desk.context.session.undo()
    assert desk.case.queries.exhibit("EX-004").title == "Re-upload"
    desk.context.session.undo()
    assert desk.case.queries.exhibit("EX-004").title == "kestrel-ground-repost.mp4"


def test_an_exhibit_is_marked_as_distressing_by_key_and_unmarked_by_undo(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    room.table.select_number("EX-002")
    box = room.side.form._details.field("distressing")
    assert isinstance(box, QCheckBox)
    assert (box.accessibleName(), box.isChecked()) == ("Distressing: Covered and muted at first", False)
    assert "until you ask" in box.toolTip()
    focus(box)
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    assert desk.case.queries.exhibit("EX-002").distressing is True, "a choice is kept at once"
    room.table.select_number("EX-001")
    assert not box.isChecked()
    desk.context.session.undo()
    assert desk.case.queries.exhibit("EX-002").distressing is False


def test_parts_are_marked_as_distressing_by_their_frames(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    room.table.select_number("EX-001")
    parts = room.side.form._details.field("distressing_spans")
    assert isinstance(parts, QLineEdit)
    focus(parts)
    write_text("20-24, 3")
    press(Qt.Key.Key_Return, CONTROL)
    kept = ({"first": 3, "last": 3}, {"first": 20, "last": 24})
    assert desk.case.queries.exhibit("EX-001").distressing_spans == kept
    assert parts.text() == "3, 20-24"
    assert desk.context.session.safe_view.covers("EX-001", 21)
    focus(parts)
    press(Qt.Key.Key_End)
    write_text(" and on")
    press(Qt.Key.Key_Return, CONTROL)
    row = room.side.form._details.row("distressing_spans")
    assert isinstance(row, FormRow)
    assert [row.note.text()] == ["20-24 and on is no part of a clip. Write first and last frame, as 120-180, 300-310."]
    assert desk.case.queries.exhibit("EX-001").distressing_spans == kept


def test_what_was_typed_is_kept_when_another_exhibit_is_chosen(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    room.table.select_number("EX-001")
    tool = room.side.form._details.field("tool")
    assert isinstance(tool, QLineEdit)
    focus(tool)
    write_text("saver 2.1")
    focus(room.table)
    press(Qt.Key.Key_Down)
    kept = desk.case.queries.acquisition_of("EX-001")
    assert kept is not None
    assert kept.tool == "saver 2.1"
    assert room.side.form.exhibit == "EX-002"


def test_the_hash_is_copied_whole(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    room.table.select_number("EX-001")
    focus(room.table)
    press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == desk.case.queries.exhibit("EX-001").sha256


def test_rows_are_read_out_as_sentences(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    spoken = [row.spoken() for row in rows(room)]
    assert spoken[0].startswith("EX-001, Ground-level clip, kestrel-ground.mp4, ")
    assert spoken[0].endswith("Indexed, 3\u202f604 frames, acquisition 5 of 8")
    assert "no title yet" in spoken[3]


def test_facts_ask_for_a_look_only_where_something_is_not_as_usual(desk: Stage) -> None:
    facts = {fact.name: fact for fact in main_facts(desk.case.queries.exhibit("EX-001"))}
    assert {name for name, fact in facts.items() if fact.look} == {"Frame rate", "Picture ends before sound"}
    assert facts["Frame rate"].value == "Variable, 24.9 to 30.0 per s"
    assert facts["Picture ends before sound"].value == "0.413\u202fs"
    assert facts["Sound"].value == "aac 44.1\u202fkHz, 00:02:00.668"
    assert ("streams[1].codec", "aac") in {(fact.name, fact.value) for fact in all_facts(FACTS)}


def test_the_case_sheet_is_kept_and_refuses_what_cannot_be(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    press(Qt.Key.Key_I, CONTROL, Qt.KeyboardModifier.ShiftModifier)
    title = room.side.sheet_form.fields.field("title")
    zone = room.side.sheet_form.fields.field("time_zone")
    assert isinstance(title, QLineEdit)
    assert isinstance(zone, QLineEdit)
    assert title.hasFocus()
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return, CONTROL)
    assert desk.case.queries.sheet().title == "Exercise Kestrel"
    write_text("Exercise Heron")
    zone.setText("Nowhere/Land")
    press(Qt.Key.Key_Return, CONTROL)
    sheet = desk.case.queries.sheet()
    assert (sheet.title, sheet.time_zone) == ("Exercise Heron", "UTC"), "each field by itself"
    draft = desk.case.drafts.get("sheet")
    assert draft is not None
    assert draft.body["values"] == {"time_zone": "Nowhere/Land"}
    zone.setText("Europe/Vienna")
    room.side.sheet_form.people._add_empty()
    write_text("Reviewer B")
    press(Qt.Key.Key_Return, CONTROL)
    sheet = desk.case.queries.sheet()
    assert (sheet.title, sheet.time_zone) == ("Exercise Heron", "Europe/Vienna")
    assert sheet.people == ({"name": "Reviewer B", "role": ""},)


def test_a_vault_file_that_is_gone_is_shown_so(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> None:
    desk = stage(host, room_context, tmp_path, fill)
    desk.case.paths.exhibit_file(desk.case.queries.exhibit("EX-002")).unlink()
    room = desk.show("intake", IntakeRoom)
    assert rows(room)[1].state == "Missing from the vault"


def test_a_case_open_to_read_takes_nothing_in(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> None:
    desk = stage(host, room_context, tmp_path, fill, write=False)
    room = desk.show("intake", IntakeRoom)
    assert not room.list.drop_zone.isVisible()
    assert not room.side.form.footer.isVisible()
    assert isinstance(room.side.form._items.field("source_url"), QLabel)
    assert isinstance(room.side.sheet_form.fields.field("title"), QLabel)
    room.take_in(files(tmp_path, "clip.mp4"))
    assert room.queue.arrivals() == ()
    menu = room.table.menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Open in Review", "Copy the SHA-256"]


def test_an_exhibit_is_withdrawn_with_a_reason_or_refused_by_name(desk: Stage, prompter: Any) -> None:
    room = desk.show("intake", IntakeRoom)

    def answer(dialog: Any) -> bool:
        dialog.findChild(QLineEdit).setText("taken in by mistake")
        return True

    prompter.dialogs += [answer, answer]
    room.table.select_number("EX-004")
    press(Qt.Key.Key_Delete, CONTROL)
    assert [row.number for row in rows(room)] == ["EX-001", "EX-002", "EX-003"]
    desk.context.session.undo()
    assert len(rows(room)) == 4
    room.table.select_number("EX-001")
    press(Qt.Key.Key_Delete, CONTROL)
    assert len(rows(room)) == 4
    assert "EX-001 carries OB-001" in desk.refused[0]


def test_keys_step_through_exhibits_and_enter_opens_one(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    asked: list[tuple[str, int]] = []
    desk.context.session.go_to_asked.connect(lambda number, frame: asked.append((number, frame)))
    press(Qt.Key.Key_Down, CONTROL)
    assert desk.context.session.exhibit == "EX-002"
    press(Qt.Key.Key_Up, CONTROL)
    assert room.side.form.exhibit == "EX-001"
    focus(room.table)
    press(Qt.Key.Key_Return)
    assert asked == [("EX-001", 0)]


def test_all_fields_meanings_and_history_are_asked_for(desk: Stage, prompter: Any) -> None:
    room = desk.show("intake", IntakeRoom)
    prompter.dialogs += [lambda dialog: True] * 3
    room.list.facts.all_asked.emit()
    room.side.help_asked.emit()
    press(Qt.Key.Key_H, CONTROL)
    assert prompter.asked == ["What the container of EX-001 says", "What the items mean", "History of EX-001"]


def test_the_menu_of_a_row_offers_what_can_be_done(desk: Stage) -> None:
    room = desk.show("intake", IntakeRoom)
    menu = room.table.menu()
    assert menu is not None
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Open in Review", "Copy the SHA-256", "Examine again", "Withdraw…"]


def test_a_sheet_with_something_not_kept_is_what_the_room_begins_with(
    host: QMainWindow, room_context: RoomContext, tmp_path: Path
) -> None:
    desk = stage(host, room_context, tmp_path, fill)
    desk.case.drafts.put("sheet", {"revision": 1, "values": {"time_zone": "Nowhere/Land"}})
    room = desk.show("intake", IntakeRoom)
    assert room.side.sheet_form.isVisible()
    zone = room.side.sheet_form.fields.field("time_zone")
    assert isinstance(zone, QLineEdit)
    assert zone.text() == "Nowhere/Land"
