"""Setting a field in many observations at once: the window is used meanwhile, and all of it is kept or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from evidence_desk.domain.errors import DiskFull
from evidence_desk.services import commands as c
from evidence_desk.services.commands import records
from evidence_desk.store.rehearsal import Rehearsal
from evidence_desk.ui import by_and_by, pieces, records_panel
from evidence_desk.ui.records_panel import RecordsPanel
from tests.qt import test_many_records
from tests.qt.rooms import CONTROL, press

panel = test_many_records.panel
_ALL = "300 observations chosen"


@pytest.fixture
def choosing(qtbot: Any, panel: RecordsPanel, monkeypatch: pytest.MonkeyPatch) -> RecordsPanel:
    """The panel with all observations chosen, and a value that none of them has; a few edits fill a turn."""
    monkeypatch.setattr(by_and_by, "SLICE_S", 0.0)
    monkeypatch.setattr(pieces, "PIECE", 20)
    monkeypatch.setattr(records_panel, "AT_ONCE", 20)
    monkeypatch.setattr(records, "_PIECE", 20)
    panel.table.setFocus()
    press(Qt.Key.Key_A, CONTROL)
    qtbot.waitUntil(lambda: panel.bulk.note.text() == _ALL)
    panel.bulk.value.set_value("high")
    panel.bulk.value.activated.emit(panel.bulk.value.currentIndex())
    qtbot.waitUntil(panel.bulk.set.isEnabled)
    return panel


def _certainties(panel: RecordsPanel) -> set[str]:
    return {seen.certainty for seen in panel._session.case.queries.observations()}


def _under_way(qtbot: Any, panel: RecordsPanel) -> None:
    panel.bulk.set.click()
    assert panel._session.long_step.is_at_work
    assert _certainties(panel) == {""}, "nothing yet"
    qtbot.waitUntil(lambda: "100 of 300" in panel.bulk.note.text() or "120 of 300" in panel.bulk.note.text())


def _ended(panel: RecordsPanel) -> bool:
    return not panel._session.long_step.is_at_work and panel.is_known


def test_it_says_how_far_it_is_and_can_be_cancelled_with_nothing_changed(qtbot: Any, choosing: RecordsPanel) -> None:
    events = len(choosing._session.case.store.events())
    _under_way(qtbot, choosing)
    bar = choosing.bulk
    assert (bar.cancel.isVisible(), bar.set.isEnabled(), bar.undo.isVisible()) == (True, False, False)
    bar.cancel.click()
    assert not choosing._session.long_step.is_at_work
    qtbot.waitUntil(bar.set.isEnabled)
    assert (bar.note.text(), bar.cancel.isVisible()) == (_ALL, False)
    assert (_certainties(choosing), len(choosing._session.case.store.events())) == ({""}, events)


def test_it_is_one_step_that_is_taken_back_by_and_by(qtbot: Any, choosing: RecordsPanel) -> None:
    history, noticed = choosing._session.case.bus.history, QSignalSpy(choosing._session.noticed)
    _under_way(qtbot, choosing)
    qtbot.waitUntil(lambda: choosing.bulk.note.text() == "Certainty: 300 observations set")
    assert _certainties(choosing) == {"high"}
    assert len(choosing._session.case.bus.history) == len(history) + 1
    assert noticed.at(noticed.count() - 1)[0] == "Certainty: 300 observations set"
    choosing._session.undo()
    assert _certainties(choosing) == {"high"}, "not yet"
    assert choosing.bulk.cancel.isVisible(), "this can be cancelled too"
    qtbot.waitUntil(lambda: _ended(choosing))
    assert _certainties(choosing) == {""}
    assert choosing._session.case.bus.history == history
    choosing._session.redo(at_once=True)
    assert _certainties(choosing) == {"high"}


def test_another_step_meanwhile_is_kept_and_undo_waits_in_words(qtbot: Any, choosing: RecordsPanel) -> None:
    session = choosing._session
    noticed = QSignalSpy(session.noticed)
    _under_way(qtbot, choosing)
    assert not session.undo()
    assert "still being set" in noticed.at(0)[0]
    session.run(c.add_question("Who is it?", "A record"))
    qtbot.waitUntil(lambda: _ended(choosing))
    assert (_certainties(choosing), len(session.case.queries.questions())) == ({"high"}, 1)


def test_a_record_changed_meanwhile_is_told_and_nothing_is_set(qtbot: Any, choosing: RecordsPanel) -> None:
    failed = QSignalSpy(choosing._session.failed)
    _under_way(qtbot, choosing)
    choosing._session.run(c.edit("OB-007", {"statement": "otherwise"}))
    qtbot.waitUntil(lambda: _ended(choosing))
    assert [str(failed.at(i)[0]) for i in range(failed.count())] == [
        "OB-007 was changed meanwhile (revision 2, not 1). Nothing was written over it."
    ]
    assert _certainties(choosing) == {""}
    assert not choosing.bulk.cancel.isVisible()


def test_what_was_asked_for_is_kept_before_the_case_closes(qtbot: Any, choosing: RecordsPanel) -> None:
    _under_way(qtbot, choosing)
    case, seen = choosing._session.case, []
    choosing._session.case_closing.connect(lambda: seen.append({o.certainty for o in case.queries.observations()}))
    choosing._session.close()
    assert seen == [{"high"}]
    QApplication.processEvents()


def test_where_the_disk_is_full_it_can_be_asked_for_again(
    qtbot: Any, choosing: RecordsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = QSignalSpy(choosing._session.failed)

    def full(*_: object) -> None:
        raise DiskFull("no room")

    with monkeypatch.context() as room:
        room.setattr(Rehearsal, "hand_over", full)
        choosing.bulk.set.click()
        qtbot.waitUntil(lambda: failed.count() == 1)
    qtbot.waitUntil(choosing.bulk.set.isEnabled)
    choosing.bulk.set.click()
    qtbot.waitUntil(lambda: choosing.bulk.note.text() == "Certainty: 300 observations set")
