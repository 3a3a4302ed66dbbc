"""What was read once is kept in step: with this window's commands, with undo, and with what another wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_desk.domain.errors import StaleRevision
from evidence_desk.domain.records import KINDS
from evidence_desk.services import commands
from evidence_desk.services.case import Case
from evidence_desk.services.queries import Queries


def _case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "yard", "Yard", "Reviewer A")


def _source(case: Case, title: str) -> str:
    return case.bus.run(commands.add_source(title=title, kind="article", text=f"{title} says what was seen.")).numbers[
        0
    ]


def _stored(case: Case) -> dict[str, object]:
    return {kind.name: case.store.records(kind) for kind in KINDS}


def _at_hand(case: Case) -> dict[str, object]:
    return {kind.name: case.queries.every(kind) for kind in KINDS}


def test_what_is_at_hand_is_what_is_stored_after_every_kind_of_step(tmp_path: Path) -> None:
    case = _case(tmp_path)
    assert _at_hand(case) == _stored(case)
    mark = case.queries.at_hand.mark()
    first, second = _source(case, "Note one"), _source(case, "Note two")
    assert case.queries.at_hand.written_since(mark) == frozenset((first, second))
    assert case.queries.at_hand.written_since(case.queries.at_hand.mark()) == frozenset()
    assert [s.number for s in case.queries.sources()] == [first, second]
    case.bus.run(commands.edit(first, {"title": "Another title"}))
    assert [s.title for s in case.queries.sources()] == ["Another title", "Note two"]
    case.bus.run(commands.withdraw(first, "entered twice"))
    assert [s.number for s in case.queries.sources()] == [second]
    assert len(case.queries.sources(withdrawn=True)) == 2
    assert _at_hand(case) == _stored(case)
    for step in (case.bus.undo, case.bus.undo, case.bus.redo, case.bus.undo):
        step()
        assert _at_hand(case) == _stored(case)
    assert [s.title for s in case.queries.sources()] == ["Note one", "Note two"]
    assert [s.number for s in case.queries.sources()] == [first, second]
    case.close()


def test_a_refused_command_changes_nothing_at_hand(tmp_path: Path) -> None:
    case = _case(tmp_path)
    first = _source(case, "Note one")
    before = case.queries.get(first)
    case.bus.run(commands.edit(first, {"title": "Another title"}))
    with pytest.raises(StaleRevision):
        case.bus.run(commands.edit(first, {"title": "A third"}, before.revision))
    assert _at_hand(case) == _stored(case)
    case.close()


def test_what_another_window_wrote_is_seen_by_one_that_reads(tmp_path: Path) -> None:
    writer = _case(tmp_path)
    _source(writer, "Note one")
    reader = Case.open(writer.folder, "Reviewer B", write=False)
    assert len(reader.queries.sources()) == 1
    mark = reader.queries.at_hand.mark()
    second = _source(writer, "Note two")
    assert [s.number for s in reader.queries.sources()][-1] == second
    assert reader.queries.at_hand.written_since(mark) is None
    reader.close()
    writer.close()


def test_terms_follow_the_codebook_in_force(tmp_path: Path) -> None:
    case = _case(tmp_path)
    assert case.queries.terms() is case.queries.terms()
    assert case.queries.terms() == Queries(case.store).terms()
    case.close()
