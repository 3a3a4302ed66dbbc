"""The session: what is open and selected, commands with their refusals, undo and redo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_desk import wiring
from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.errors import CaseError, EvidenceDeskError
from evidence_desk.services import commands
from evidence_desk.ui.session import Session
from evidence_desk.wiring import Workers


@pytest.fixture
def session(qtbot: Any, workers: Workers, tmp_path: Path) -> Iterator[Session]:
    made = Session(workers)
    made.open(wiring.create_case(tmp_path / "one", "One", "Reviewer A"))
    yield made
    made.close()


def test_without_a_case_there_is_none(qtbot: Any, workers: Workers) -> None:
    session = Session(workers)
    assert not session.is_open
    assert not session.writable
    with pytest.raises(CaseError, match="No case is open"):
        _ = session.case


def test_a_command_is_told_and_saved(qtbot: Any, session: Session) -> None:
    seen: list[Changes] = []
    session.changed.connect(seen.append)
    with qtbot.waitSignals([session.saved, session.noticed]):
        outcome = session.run(commands.add_source(title="Post"), "Source kept")
    assert outcome is not None
    assert outcome.numbers[0] == "SR-001"
    assert any(changes.touches(Area.SOURCES) for changes in seen)


def test_a_refusal_is_one_line_and_writes_nothing(qtbot: Any, session: Session) -> None:
    before = len(session.case.queries.events())
    with qtbot.waitSignal(session.failed) as caught:
        assert session.run(commands.add_source(title="")) is None
    assert isinstance(caught.args[0], EvidenceDeskError)
    assert len(session.case.queries.events()) == before


def test_undo_and_redo(qtbot: Any, session: Session) -> None:
    session.run(commands.add_source(title="Post"))
    with qtbot.waitSignal(session.noticed) as caught:
        session.undo()
    assert caught.args[0].startswith("Undone: ")
    assert session.case.queries.sources() == ()
    session.redo()
    assert len(session.case.queries.sources()) == 1
    with qtbot.waitSignal(session.noticed) as caught:
        session.redo()
    assert caught.args[0] == "There is nothing to redo."


def test_selection_is_told_once(qtbot: Any, session: Session) -> None:
    told: list[str] = []
    session.exhibit_selected.connect(told.append)
    session.select_exhibit("EX-001")
    session.select_exhibit("EX-001")
    assert told == ["EX-001"]
    assert session.exhibit == "EX-001"


def test_closing_tells_before_and_after(qtbot: Any, session: Session) -> None:
    told: list[tuple[str, bool]] = []
    session.case_closing.connect(lambda: told.append(("closing", session.is_open)))
    session.case_closed.connect(lambda: told.append(("closed", session.is_open)))
    session.close()
    assert told == [("closing", True), ("closed", False)]


def test_no_worker_is_started_by_opening(session: Session, workers: Workers) -> None:
    assert workers._running == {}
