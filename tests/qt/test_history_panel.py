"""The list of steps: named, the newest first; any of them is reached by keys, and each step back is logged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from evidence_desk.domain.records import SOURCE
from evidence_desk.services import commands
from evidence_desk.services.case import Case
from evidence_desk.ui.history_panel import HistoryPanel
from evidence_desk.ui.rooms import RoomContext


@pytest.fixture
def panel(qtbot: Any, host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> HistoryPanel:
    case = Case.create(tmp_path / "steps", "Steps", "Reviewer A")
    room_context.session.open(case)
    host.show()
    return HistoryPanel(host, room_context.session)


def lines(panel: HistoryPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def test_steps_are_named_and_reached(panel: HistoryPanel, room_context: RoomContext, qtbot: Any) -> None:
    session = room_context.session
    for title in ("One", "Two", "Three"):
        session.run(commands.add_source(title=title))
    panel.open()
    assert lines(panel) == [
        "Add source SR-003, now",
        "Add source SR-002",
        "Add source SR-001",
        "As the case was opened",
    ]
    assert panel.list.hasFocus()
    before = len(session.case.queries.events())
    panel.list.setCurrentRow(2)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert [s.title for s in session.case.queries.sources()] == ["One"]
    assert lines(panel) == [
        "Add source SR-003, taken back",
        "Add source SR-002, taken back",
        "Add source SR-001, now",
        "As the case was opened",
    ]
    assert len(session.case.queries.events()) == before + 2, "each step back is an event of its own"
    panel.list.setCurrentRow(0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert [s.title for s in session.case.queries.sources()] == ["One", "Two", "Three"]
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_step_that_is_refused_ends_the_way(panel: HistoryPanel, room_context: RoomContext, qtbot: Any) -> None:
    session = room_context.session
    refused: list[str] = []
    session.failed.connect(lambda error: refused.append(str(error)))
    session.run(commands.add_source(title="One", text="Words of a speaker."))
    session.run(commands.edit("SR-001", {"title": "Uno"}))
    # As from another window of the same case: the field does not stand any more as the step left it.
    with session.case.store.writing("Reviewer B", "2026-01-01T00:00:00.000000Z", "do") as writer:
        record = writer.get("SR-001")
        writer.update(SOURCE, record, {"title": "Otherwise"}, "edit")
    panel.open()
    panel.list.setCurrentRow(panel.list.count() - 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(refused) == 1
    assert [s.title for s in session.case.queries.sources()] == ["Otherwise"]
