"""A step of many edits that is worked out in pieces: what it leaves is what the step at once leaves, or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.domain.errors import DiskFull, EvidenceDeskError, Refused, StaleRevision
from evidence_desk.domain.records import Observation
from evidence_desk.services import commands as c
from evidence_desk.services.bus import ManyEdits, Outcome
from evidence_desk.services.case import Case
from evidence_desk.services.commands import records
from evidence_desk.store.audit import check_chain
from evidence_desk.store.rehearsal import Rehearsal
from evidence_desk.ui.models.bulk_fields import bulk_fields
from tests.unit.conftest import frame, ticking

_COUNT = 12


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few edits are a piece."""
    monkeypatch.setattr(records, "_PIECE", 3)


@pytest.fixture
def many(with_frames: Case) -> Case:
    """A case with many observations; one has a region, one is linked, one was edited already."""
    with_frames.bus.run(
        c.batch("Add", [c.add_observation("EX-001", "note", frame(i), statement=f"No. {i}") for i in range(_COUNT)])
    )
    with_frames.bus.run(c.edit("OB-004", {"statement": "Троє 🙂", "attributes": {"arm": "left"}}))
    with_frames.bus.run(c.add_region("OB-002", c.RegionDraft(1, f"{1:064x}", (16, 16, 160, 160))))
    return with_frames


def _set(case: Case, value: str = "high") -> ManyEdits:
    made = c.batch("Set", [c.edit(o.number, {"certainty": value}, o.revision) for o in case.queries.observations()])
    assert isinstance(made, ManyEdits)
    return made


def _end(pieces: Generator[int, None, Outcome]) -> Outcome:
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def _run_in_pieces(case: Case, step: ManyEdits) -> Outcome:
    return _end(case.bus.run_by_and_by(step))


def _tried(act: Callable[[], Outcome]) -> Outcome | str:
    """Return what came of it, or why it was refused."""
    try:
        return act()
    except EvidenceDeskError as error:
        return f"{type(error).__name__}: {error}"


def _all(place: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the case file."""
    with closing(sqlite3.connect(place / "case.db")) as file:
        tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {table: file.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in tables}


def _values(case: Case) -> set[str]:
    return {seen.certainty for seen in case.queries.observations()}


def _chain(case: Case) -> int:
    faults, count, _ = check_chain(case.store.events())
    assert not faults
    return count


def _whole_way(observations: tuple[Observation, ...], case: Case) -> Iterator[ManyEdits]:
    """Steps that read what they wrote, and each field of the bulk bar with each value that it offers."""
    values = ({"certainty": "low"}, {"statement": "Other words"}, {"certainty": "high"})
    twice = [c.edit("OB-001", value) for value in values]
    drawn = c.edit("RG-001", {"label": "Gate"}), c.edit("OB-002", {"certainty": "low"}, 1)
    longer, shorter = (c.edit("OB-002", {"last_frame": n, "last_hash": f"{n:064x}"}) for n in (5, 1))
    moved = longer, c.edit("RG-001", {"frame": 4, "frame_hash": f"{4:064x}"}), shorter  # and so refused
    for steps in (twice, drawn, moved):
        step = c.batch("Several of one", steps)
        assert isinstance(step, ManyEdits)
        yield step
    terms = {term.id: term for term in case.queries.terms()}
    for field in bulk_fields(observations, terms):
        for value, _ in field.offered or (("some words: Троє 🙂", ""),):
            steps = [
                c.edit(seen.number, change, seen.revision)
                for seen in case.queries.observations()
                if (change := field.change(seen, value))
            ]
            if steps:
                whole = c.batch(f"Set {field.label}", steps)
                assert isinstance(whole, ManyEdits)
                yield whole


def test_it_writes_byte_for_byte_what_the_step_at_once_writes(many: Case, tmp_path: Path) -> None:
    place = many.folder
    many.close()
    shutil.copytree(place, tmp_path / "other.edcase")
    at_once, by_and_by = (
        Case.open(folder, "Reviewer A", clock=ticking()) for folder in (place, tmp_path / "other.edcase")
    )
    try:
        assert _all(at_once.folder) == _all(by_and_by.folder)
        begun, steps = _chain(at_once), 0
        for step in _whole_way(at_once.queries.observations(), at_once):
            here, there = _tried(partial(at_once.bus.run, step)), _tried(partial(_run_in_pieces, by_and_by, step))
            assert here == there
            if isinstance(here, str):
                continue
            steps += 1
            assert by_and_by.bus.history == at_once.bus.history
            if steps % 3 == 0:
                assert at_once.bus.undo() == _end(by_and_by.bus.step_by_and_by(undoing=True))
                assert at_once.bus.redo() == _end(by_and_by.bus.step_by_and_by(undoing=False))
            assert by_and_by.queries.observations() == at_once.queries.observations()
        while at_once.bus.history:
            assert at_once.bus.undo() == _end(by_and_by.bus.step_by_and_by(undoing=True))
        assert steps > 20
        assert _all(by_and_by.folder) == _all(at_once.folder)
        assert _chain(by_and_by) > begun + steps
        with closing(Case.open(by_and_by.folder, "", write=False)) as again:
            assert again.queries.observations() == by_and_by.queries.observations(), "what is at hand is what is kept"
    finally:
        for case in (at_once, by_and_by):
            case.close()


def test_left_before_its_end_it_has_changed_nothing(many: Case) -> None:
    before, history = _all(many.folder), many.bus.history
    pieces = many.bus.run_by_and_by(_set(many))
    for _ in range(_COUNT // 3):
        next(pieces)
        assert not many.store.transaction_guard()(), "nothing is open between two pieces"
        assert _all(many.folder) == before
    pieces.close()
    assert (_all(many.folder), many.bus.history) == (before, history)


def test_what_is_kept_meanwhile_stands_and_the_step_is_worked_out_anew(many: Case) -> None:
    pieces = many.bus.run_by_and_by(_set(many))
    next(pieces)
    many.bus.run(c.add_question("Who is it?", "A record"))
    outcome = _end(pieces)
    assert len(outcome.numbers) == _COUNT
    assert _values(many) == {"high"}
    assert [q.text for q in many.queries.questions()] == ["Who is it?"]
    _chain(many)
    assert many.bus.undo_label == "Set OB-001"


def test_a_record_that_was_changed_meanwhile_is_not_written_over(many: Case) -> None:
    pieces = many.bus.run_by_and_by(_set(many))
    next(pieces)
    many.bus.run(c.edit("OB-001", {"certainty": "low"}))
    before = _all(many.folder)
    with pytest.raises(StaleRevision, match="OB-001 was changed meanwhile"):
        _end(pieces)
    assert _all(many.folder) == before


def test_a_step_on_top_of_the_one_taken_back_is_refused_in_words(many: Case) -> None:
    many.bus.run(_set(many))
    pieces = many.bus.step_by_and_by(undoing=True)
    next(pieces)
    many.bus.run(c.add_question("Who is it?", "A record"))
    with pytest.raises(Refused, match="cannot be taken back or done again: Another step was kept meanwhile"):
        _end(pieces)
    assert _values(many) == {"high"}
    assert many.bus.undo_label.startswith("Add question"), "both steps can be taken back still"
    many.bus.undo()
    _end(many.bus.step_by_and_by(undoing=True))
    assert _values(many) == {""}


def test_only_edits_are_worked_out_beforehand(many: Case) -> None:
    many.bus.run(c.batch("Withdraw", [c.withdraw("OB-007", "seen twice"), c.edit("OB-008", {"certainty": "low"})]))
    assert many.bus.many_edits(undoing=True) == 0
    many.bus.undo()
    many.bus.run(_set(many))
    assert many.bus.many_edits(undoing=True) == _COUNT


def test_where_the_disk_is_full_nothing_is_kept_and_undo_is_as_it_was(
    many: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    many.bus.run(_set(many))
    before, history, hand_over = _all(many.folder), many.bus.history, Rehearsal.hand_over

    def full(step: Rehearsal, connection: sqlite3.Connection, head: tuple[int, str]) -> None:
        hand_over(step, connection, head)
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Rehearsal, "hand_over", full)
    for pieces in (many.bus.run_by_and_by(_set(many, "low")), many.bus.step_by_and_by(undoing=True)):
        with pytest.raises(DiskFull):
            _end(pieces)
        assert (_all(many.folder), many.bus.history) == (before, history)
    monkeypatch.undo()
    _end(many.bus.step_by_and_by(undoing=True))
    assert _values(many) == {""}


_KILLED = """
import os, sqlite3, sys
from pathlib import Path
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.store import rehearsal
case, when = Case.open(Path(sys.argv[1]), "Reviewer A", log=False), sys.argv[2]
written = 0
class Cursor(sqlite3.Cursor):
    def executemany(self, statement, rows):
        global written
        done = super().executemany(statement, rows)
        written += 1
        if (when, written) == ("rows", 1) or (when, written) == ("events", 2):
            os._exit(9)
        return done
connection = case.store._connection
type(connection).cursor = lambda self, factory=Cursor: sqlite3.Connection.cursor(self, factory)
case.bus.subscribe(lambda _: os._exit(9))
step = c.batch("Set", [c.edit(o.number, {"certainty": "high"}, o.revision) for o in case.queries.observations()])
for _ in case.bus.run_by_and_by(step):
    if when == "pieces":
        os._exit(9)
os._exit(1)
"""


@pytest.mark.parametrize(("when", "kept"), [("pieces", ""), ("rows", ""), ("events", ""), ("kept", "high")])
def test_killed_at_any_moment_all_of_it_is_kept_or_none(many: Case, when: str, kept: str) -> None:
    place, events = many.folder, _chain(many)
    many.close()
    root = str(Path(__file__).resolve().parents[2])
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(place), when], env={**os.environ, "PYTHONPATH": root}, check=False
    )
    assert ended.returncode == 9, "it was killed where it should be"
    with closing(Case.open(place, "Reviewer A", log=False)) as again:
        assert _values(again) == {kept}
        assert _chain(again) == events + (_COUNT if kept else 0)
