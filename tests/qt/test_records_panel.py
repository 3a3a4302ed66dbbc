"""The table of all records: found by any word, put in order, changed together as one step, gone to by Enter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.domain.records import Observation
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui import by_and_by
from evidence_desk.ui.models.bulk_fields import bulk_fields, shared_attributes
from evidence_desk.ui.models.record_rows import COUNT, FRAMES, NUMBER
from evidence_desk.ui.records_panel import RecordsPanel
from evidence_desk.ui.rooms import RoomContext
from tests.qt import sample_records
from tests.qt.rooms import CONTROL, SHIFT, press, write_text


@pytest.fixture(autouse=True)
def in_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few records are read in one turn of the window, however busy the machine is."""
    monkeypatch.setattr(by_and_by, "SLICE_S", 60.0)


@pytest.fixture
def panel(qtbot: Any, host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> RecordsPanel:
    case = Case.create(tmp_path / "kestrel", "Kestrel", "Reviewer A")
    sample_records.fill(case)
    room_context.session.open(case)
    host.resize(1440, 900)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    made = RecordsPanel(host, room_context.session)
    made.open()
    qtbot.waitUntil(lambda: not made.is_at_work)
    return made


def _numbers(panel: RecordsPanel) -> list[str]:
    return [r.number for r in panel.rows.arranged.records]


def _find(qtbot: Any, panel: RecordsPanel, text: str) -> list[str]:
    panel.words.clear()
    panel.words.setFocus()
    write_text(text)
    press(Qt.Key.Key_Return)
    return _numbers(panel)


def test_words_of_any_field_narrow_it_and_enter_goes_there(qtbot: Any, panel: RecordsPanel) -> None:
    asked: list[str] = []
    panel._session.record_asked.connect(asked.append)
    assert panel.words.hasFocus()
    assert _numbers(panel) == ["OB-001", "OB-002", "OB-003", "OB-004"]
    assert _find(qtbot, panel, "lying STILL") == ["OB-002"]
    assert panel.count.text() == "1 of 4"
    assert panel.table.hasFocus()
    panel.kinds.set_value("everything")
    panel.refresh()
    assert _find(qtbot, panel, "dozen") == ["CL-003", "CL-003.1"]
    assert panel.table.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert asked == ["CL-003.1"]
    assert not panel.isVisible()


def test_what_is_linked_or_withdrawn_can_be_left_out_or_let_in(panel: RecordsPanel) -> None:
    panel.no_link.setChecked(True)
    assert _numbers(panel) == ["OB-004"]
    panel.no_link.setChecked(False)
    panel._session.run(c.withdraw("OB-004", "Seen twice"))
    assert _numbers(panel) == ["OB-001", "OB-002", "OB-003"]
    panel.withdrawn.setChecked(True)
    assert _numbers(panel)[-1] == "OB-004"
    spoken = panel.rows.data(panel.rows.index(3, NUMBER), Qt.ItemDataRole.AccessibleTextRole)
    assert "withdrawn: Seen twice" in str(spoken)


def test_figures_are_put_in_order_as_figures_and_what_is_empty_last(panel: RecordsPanel) -> None:
    panel.table.sort_by(COUNT)
    assert _numbers(panel) == ["OB-001", "OB-003", "OB-002", "OB-004"]
    assert panel.order.value() == str(COUNT), "the list beside names the same column"
    panel.table.sort_by(FRAMES)
    assert _numbers(panel) == ["OB-001", "OB-004", "OB-002", "OB-003"]
    panel.table.sort_by(NUMBER, down=True)
    assert _numbers(panel) == ["OB-004", "OB-003", "OB-002", "OB-001"]


def test_several_are_set_as_one_step_and_stay_chosen(panel: RecordsPanel) -> None:
    session = panel._session
    session.run(c.edit("OB-002", {"certainty": "high"}))
    panel.table.setFocus()
    press(Qt.Key.Key_Home)
    for _ in range(2):
        press(Qt.Key.Key_Down, SHIFT)
    assert len(panel.table.chosen_records()) == 3
    assert not panel.bulk.set.isEnabled(), "no value is chosen yet: a click too many sets nothing"
    panel.bulk.value.set_value("high")
    panel.bulk.value.activated.emit(panel.bulk.value.currentIndex())
    before = len(session.case.bus.history)
    panel.bulk.set.click()
    held = {seen.number: seen.certainty for seen in session.case.queries.observations()}
    assert held == {"OB-001": "high", "OB-002": "high", "OB-003": "high", "OB-004": ""}
    assert session.case.bus.history[before:] == ("Set certainty of 2 observations, first OB-001",)
    assert [r.number for r in panel.table.chosen_records()] == ["OB-001", "OB-002", "OB-003"]
    assert not panel.bulk.set.isEnabled(), "nothing differs any more"
    session.undo()
    held = {seen.number: seen.certainty for seen in session.case.queries.observations()}
    assert held == {"OB-001": "", "OB-002": "high", "OB-003": "", "OB-004": ""}


def _set(panel: RecordsPanel, field: str, value: str) -> None:
    panel.bulk.field.set_value(field)
    panel.bulk.field.activated.emit(panel.bulk.field.currentIndex())
    if panel.bulk.value.isHidden():
        panel.bulk.typed.setFocus()
        write_text(value)
        press(Qt.Key.Key_Return)
    else:
        panel.bulk.value.set_value(value)
        panel.bulk.value.activated.emit(panel.bulk.value.currentIndex())
        panel.bulk.set.click()


def test_presence_with_its_reason_and_words_are_set_for_several_and_taken_back_there(panel: RecordsPanel) -> None:
    session = panel._session
    panel.table.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down, SHIFT)
    before = session.case.queries.observations()
    _set(panel, "presence", "cannot be assessed\x1foccluded")
    now = session.case.queries.observations()
    assert [(o.presence, o.presence_reason) for o in now[:2]] == [("cannot be assessed", "occluded")] * 2
    assert now[2:] == before[2:]
    assert panel.bulk.note.text() == "Presence: 2 observations set"
    first, second = session.case.queries.observations()[:2]
    panel.bulk.show_chosen([first], [first])
    assert panel.bulk.note.text() == "1 observation chosen, nothing differs"
    panel.bulk.show_chosen([first, second], [first, second])
    assert panel.bulk.note.text() == "Presence: 2 observations set", "it stays while the table is read anew"
    assert panel.table.hasFocus(), "Ctrl+Z there takes back the change, not the words of the filter"
    session.undo()
    assert "set" not in panel.bulk.note.text(), "it was taken back by Ctrl+Z"
    session.redo()
    panel.bulk.say_done("done")
    panel.bulk.undo.click()
    assert [(o.presence, o.statement) for o in session.case.queries.observations()] == [
        (o.presence, o.statement) for o in before
    ]
    _set(panel, "words after", "Seen from the left.")
    told = [o.statement for o in session.case.queries.observations()]
    assert told[:2] == [f"{o.statement} Seen from the left." for o in before[:2]]
    assert not panel.bulk.set.isEnabled(), "the same words are not put behind twice"
    _set(panel, "statement", "Two shots are fired")
    assert {o.statement for o in session.case.queries.observations()[:2]} == {"Two shots are fired"}


def test_only_facts_that_all_terms_share_are_offered() -> None:
    words = ("left", "right")
    terms = {
        "a": Term("a", "people", "A", "", attributes=(Attribute("arm", "Arm", words), Attribute("colour", "Colour"))),
        "b": Term("b", "people", "B", "", attributes=(Attribute("colour", "Colour"), Attribute("arm", "Arm", words))),
        "c": Term("c", "people", "C", "", attributes=(Attribute("arm", "Arm", ("up",)), Attribute("colour", "Colour"))),
    }
    of = {name: Observation(uid=name, number=f"OB-{name}", exhibit="EX-001", term=name) for name in terms}
    assert [f.id for f in shared_attributes([of["a"], of["b"]], terms)] == ["arm", "colour"]
    assert [f.id for f in shared_attributes([of["a"], of["b"], of["c"]], terms)] == ["colour"]
    assert shared_attributes([], terms) == ()
    arm = next(f for f in bulk_fields([of["a"], of["b"]], terms) if f.label == "Arm")
    assert arm.offered is not None
    assert [value for value, _ in arm.offered] == ["", "left", "right"]
    assert arm.change(of["a"], "left") == {"attributes": {"arm": "left"}}
    held = replace(of["a"], attributes={"arm": "left"})
    assert (arm.change(held, "left"), arm.change(held, "")) == ({}, {"attributes": None})


def test_rows_are_copied_with_tabs(panel: RecordsPanel) -> None:
    panel.table.setFocus()
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[1].split("\t")[2:6] == ["EX-002", "212", "People lying still, seen from above", "9/11/13"]


def test_a_case_that_is_closed_leaves_nothing(panel: RecordsPanel) -> None:
    panel._session.close()
    assert not panel.isVisible()
    assert panel.rows.total == 0


def test_a_screen_reader_meets_the_record_first_and_then_each_cell_with_its_column(panel: RecordsPanel) -> None:
    reader = QAccessible.queryAccessibleInterface(panel.table)
    assert reader.role() == QAccessible.Role.Table
    cells = [panel.rows.index(1, column) for column in (NUMBER, FRAMES, COUNT)]
    spoken = [str(panel.rows.data(cell, Qt.ItemDataRole.AccessibleTextRole)) for cell in cells]
    assert spoken[0].startswith("OB-002, ")
    assert spoken[1].startswith("Frames: ")
    assert spoken[2].startswith("Count: ")
