"""The table of records where they are many: read piece by piece, never for longer than a moment at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui import by_and_by, pieces, records_panel
from evidence_desk.ui.models.record_rows import FRAMES, NUMBER, WORDS
from evidence_desk.ui.panels import record_table
from evidence_desk.ui.records_panel import RecordsPanel
from evidence_desk.ui.rooms import RoomContext
from tests.qt import sample_records
from tests.qt.rooms import CONTROL, press
from tests.unit.conftest import frame

_COUNT = 300


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few records fill a turn of the window."""
    monkeypatch.setattr(by_and_by, "SLICE_S", 0.0)
    monkeypatch.setattr(pieces, "PIECE", 20)
    monkeypatch.setattr(records_panel, "AT_ONCE", 20)


@pytest.fixture
def panel(qtbot: Any, host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> RecordsPanel:
    case = Case.create(tmp_path / "kestrel", "Kestrel", "Reviewer A")
    exhibit = sample_records.add_exhibit(case, "clip.mp4", "Clip")
    words = ("gate", "yard", "porch")
    made = [c.add_observation(exhibit, "note", frame(_COUNT - i), statement=words[i % 3]) for i in range(_COUNT)]
    case.bus.run(c.batch("Add", made))
    room_context.session.open(case)
    host.resize(1440, 900)
    host.show()
    shown = RecordsPanel(host, room_context.session)
    shown.open()
    qtbot.waitUntil(lambda: not shown.is_at_work)
    return shown


def _numbers(panel: RecordsPanel) -> list[str]:
    return [r.number for r in panel.rows.arranged.records]


def test_it_says_that_it_reads_until_the_count_is_true_and_the_last_wish_wins(
    qtbot: Any, panel: RecordsPanel, slow: None
) -> None:
    assert panel.count.text() == "300 of 300"
    panel.words.setText("gate")
    panel._arrange()
    assert panel.count.text() == "reading…"
    qtbot.wait(1)
    panel.words.setText("yard")
    panel.table.sort_by(WORDS)
    qtbot.waitUntil(lambda: panel.is_known)
    assert panel.count.text() == "100 of 300"
    assert {r.statement for r in panel.rows.arranged.records} == {"yard"}  # type: ignore[attr-defined]


def test_esc_leaves_what_is_being_read(qtbot: Any, panel: RecordsPanel, slow: None) -> None:
    panel.table.sort_by(FRAMES)
    assert (panel.isVisible(), panel.is_at_work) == (True, True)
    press(Qt.Key.Key_Escape)
    assert (panel.isVisible(), panel.is_at_work) == (False, False)
    panel.open()
    qtbot.waitUntil(lambda: panel.is_known)
    assert _numbers(panel)[0] == "OB-300", "what was asked for holds when it is opened again"


def test_all_are_chosen_as_one_range_and_told_by_and_by(qtbot: Any, panel: RecordsPanel, slow: None) -> None:
    panel.table.setFocus()
    press(Qt.Key.Key_A, CONTROL)
    assert panel.table.chosen_ranges() == [(0, _COUNT - 1)]
    assert "300 observations" not in panel.bulk.note.text()
    qtbot.waitUntil(lambda: panel.bulk.note.text() == "300 observations chosen")
    panel.bulk.value.set_value("high")
    panel.bulk.value.activated.emit(panel.bulk.value.currentIndex())
    assert panel.bulk.note.text() == "reading…"
    assert not panel.bulk.set.isEnabled(), "not before it is known what differs"
    qtbot.waitUntil(panel.bulk.set.isEnabled)
    panel.bulk.set.click()
    qtbot.waitUntil(lambda: panel.bulk.note.text() == "Certainty: 300 observations set")
    assert {o.certainty for o in panel._session.case.queries.observations()} == {"high"}
    press(Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: QApplication.clipboard().text().count("\n") == _COUNT - 1)


def test_a_refresh_leaves_the_chosen_rows_and_the_place(qtbot: Any, panel: RecordsPanel, slow: None) -> None:
    table = panel.table
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (120, 121, 200):
        table.selectionModel().select(panel.rows.index(row, NUMBER), flags)
    chosen = [r.number for r in table.chosen_records()]
    assert "OB-201" in chosen
    table.scrollTo(panel.rows.index(150, NUMBER), table.ScrollHint.PositionAtTop)
    qtbot.waitUntil(lambda: table.rowAt(0) == 150)
    panel._session.run(c.edit("OB-007", {"statement": "otherwise"}))
    assert not panel.is_known
    qtbot.waitUntil(lambda: panel.is_known)
    assert [r.number for r in table.chosen_records()] == chosen
    assert table.rowAt(0) == 150
    table.sort_by(NUMBER, down=True)
    qtbot.waitUntil(lambda: panel.is_known)
    assert [r.number for r in table.chosen_records()] == chosen[::-1]


def test_rows_chosen_while_it_is_read_are_those_that_stay(qtbot: Any, panel: RecordsPanel, slow: None) -> None:
    panel.table.sort_by(NUMBER, down=True)
    qtbot.wait(1)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    panel.table.selectionModel().select(panel.rows.index(41, NUMBER), flags)
    assert not panel.is_known
    qtbot.waitUntil(lambda: panel.is_known)
    assert [r.number for r in panel.table.chosen_records()] == ["OB-042"]


def test_rows_too_scattered_to_stay_chosen_are_said_to_be_so(
    qtbot: Any, panel: RecordsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    panel._session.noticed.connect(lambda text, _: told.append(text))
    monkeypatch.setattr(record_table, "MOST_RANGES", 50)
    monkeypatch.setattr("evidence_desk.ui.records_panel.MOST_RANGES", 50)
    panel.words.setText("gate")
    panel._arrange()
    panel.table.selectAll()
    panel.words.clear()
    panel._arrange()
    assert told == ["What was chosen lies in too many places now; choose it anew."]
    assert len(panel.table.chosen_records()) == 1
