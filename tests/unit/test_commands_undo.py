"""Whatever is done, undone and done again: the rows are what the log says, and nothing is lost on the way."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_desk.domain.errors import EvidenceDeskError, Refused, StaleRevision
from evidence_desk.domain.records import KINDS, plain
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import NullContext
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.bus import Command
from evidence_desk.services.case import Case
from evidence_desk.store import replay
from evidence_desk.store.audit import check_chain

FrameOf = Callable[[int], FrameRef]
STAMPS = {"revision", "changed_at", "changed_by"}
TEXT = "Three men raised their hands. Later three men were led away."
CHANGES = ({"title": "Other"}, {"note": "A note"}, {"text": "Other text"}, {"certainty": "low"}, {"because": "Other"})
STEPS = st.lists(st.tuples(st.sampled_from(
    ("source", "claim", "split", "observe", "region", "link", "question", "exhibit", "acquisition", "sheet", "batch",
     "edit", "edit", "edit", "withdraw", "withdraw", "restore", "undo", "undo", "redo", "redo", "note")
), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=28)  # fmt: skip


def _rows(case: Case) -> dict[str, dict[str, Any]]:
    return replay.stored(r for kind in KINDS for r in case.store.records(kind))


def _content(case: Case) -> dict[str, dict[str, Any]]:
    """Return what the records in force say, without their stamps."""
    return {
        number: {name: value for name, value in row.items() if name not in STAMPS}
        for number, row in _rows(case).items()
        if not row["withdrawn"]
    }


def _holds(case: Case) -> None:
    events = case.store.events()
    assert check_chain(events)[0] == ()
    assert replay.differences(replay.fold(events), _rows(case)) == ()


class Desk:
    """Does one drawn step at a time on a case; what the rules refuse changes nothing."""

    def __init__(self, place: Path, frame_ref: FrameOf) -> None:
        self._place = place
        self._frame = frame_ref
        self.case = Case.create(place / "yard", "Yard", "Reviewer A")

    def step(self, what: str, a: int, b: int) -> None:
        before = _rows(self.case), len(self.case.store.events()), self.case.bus.history
        try:
            if what == "undo":
                self.case.bus.undo()
            elif what == "redo":
                self.case.bus.redo()
            elif what == "note":
                self.case.bus.log("case.verified", {"n": a})
            else:
                self.case.bus.run(self._command(what, a, b))
        except StaleRevision:
            raise
        except EvidenceDeskError:
            assert what not in ("undo", "redo"), "in one window every step can be taken back and done again"
            assert (_rows(self.case), len(self.case.store.events()), self.case.bus.history) == before

    def _any(self, kinds: str, a: int) -> str:
        numbers = sorted(n for n in self.case.store.numbers() if n.split("-")[0] in kinds.split())
        return numbers[a % len(numbers)] if numbers else "SR-999"

    def _command(self, what: str, a: int, b: int) -> Command:
        every = "EX SR CL OB LK QN RG"
        steps: dict[str, Callable[[], Command]] = {
            "source": lambda: c.add_source(title=f"Source {a}", text=TEXT),
            "claim": lambda: c.add_claim(self._any("SR", a), "three men" if a % 2 else "raised their hands"),
            "split": lambda: c.split_claim(self._any("CL", a), f"Part {b}", "how-many"),
            "observe": lambda: self._observe(a, b),
            "region": lambda: c.add_region(self._any("OB", a), c.RegionDraft(b, "0" * 64, (0, 0, 16, 16))),
            "link": lambda: c.add_link(self._any("OB EX SR", a), self._any("CL", b), "fits", "Because"),
            "question": lambda: c.add_question(f"Question {a}?", "A record"),
            "exhibit": lambda: self._exhibit(a),
            "acquisition": lambda: c.set_acquisition(self._any("EX", a), {"note": f"Note {b}"}),
            "sheet": lambda: c.edit_sheet({"scope": f"Scope {a}", "people": [{"name": f"Reviewer {b}"}]}),
            "edit": lambda: c.edit(self._any(f"{every} AQ CS", a * 10 + b), CHANGES[a % len(CHANGES)]),
            "withdraw": lambda: c.withdraw(self._any(every, a * 10 + b), "Not needed"),
            "restore": lambda: c.restore(self._any(every, a * 10 + b)),
            "batch": lambda: self._batch(a, b),
        }
        return steps[what]()

    def _observe(self, a: int, b: int) -> Command:
        drafts = [c.RegionDraft(a, "0" * 64, (16, 16, 32, 32))]
        first, last = self._frame(a), self._frame(a + b)
        return c.add_observation(self._any("EX", b), "note", first, last, regions=drafts)

    def _batch(self, a: int, b: int) -> Command:
        number = self._any("SR QN", a)
        name = "title" if number.startswith("SR") else "text"
        edits = [c.edit(number, {name: f"{mark}{b}"}) for mark in "BC"]
        return c.batch("Several", [c.add_question("Batched?", "A record"), *edits])

    def _exhibit(self, a: int) -> Command:
        file = self._place / f"{a % 4}.bin"
        file.write_bytes(b"bytes %d" % (a % 4))
        received = intake.receive(self.case.paths, file, {}, NullContext())
        return c.batch("Take in", [c.add_exhibit(received), _Counted()])


class _Counted:
    """Gives the newest exhibit made-up frames, as an examination would."""

    label = "Examine"

    def apply(self, writer: Any) -> Command:
        fields = {"frames": 20, "width": 64, "height": 48}
        return c.record_examination(writer.numbers[0], intake.Examination("ok", fields=fields)).apply(writer)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_keeps_log_and_rows_together_and_can_be_taken_back_and_done_again(
    frame_ref: FrameOf, steps: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Path(place), frame_ref)
        case = desk.case
        try:
            empty = _content(case)
            for step in steps:
                desk.step(*step)
            _holds(case)
            while case.bus.redo():
                pass
            full, done = _content(case), len(case.bus.history)
            for _ in range(2):
                taken_back = 0
                while case.bus.undo():
                    taken_back += 1
                assert taken_back == done
                assert _content(case) == empty
                _holds(case)
                while case.bus.redo():
                    pass
                assert _content(case) == full
            _holds(case)
            assert len(case.bus.history) == done
        finally:
            case.close()


def test_edits_and_withdrawal_of_one_record_go_back_and_forth_whole(case: Case) -> None:
    run, bus = case.bus.run, case.bus
    run(c.add_source(title="One", text=TEXT))
    run(c.edit("SR-001", {"title": "Two"}))
    run(c.edit("SR-001", {"title": "Three", "note": "n"}))
    run(c.withdraw("SR-001", "Twice"))
    seen = []
    while bus.undo():
        source = next(s for s in case.queries.sources(withdrawn=True))
        seen.append((source.title, source.in_force))
    assert seen == [("Three", True), ("Two", True), ("One", True), ("One", False)]
    seen.clear()
    while bus.redo():
        source = next(s for s in case.queries.sources(withdrawn=True))
        seen.append((source.title, source.in_force))
    assert seen == [("One", True), ("Two", True), ("Three", True), ("Three", False)]
    causes = [e.cause for e in case.queries.events(record="SR-001")]
    assert causes == ["do"] * 4 + ["undo"] * 4 + ["redo"] * 4


def test_a_batch_that_changes_one_record_twice_is_taken_back_whole(case: Case) -> None:
    case.bus.run(c.add_question("One?", "A record"))
    case.bus.run(c.batch("Twice", [c.edit("QN-001", {"text": "Two?"}), c.edit("QN-001", {"text": "Three?"})]))
    assert case.queries.questions()[0].text == "Three?"
    case.bus.undo()
    assert case.queries.questions()[0].text == "One?"
    case.bus.redo()
    assert case.queries.questions()[0].text == "Three?"


def test_a_batch_is_written_whole_or_not_at_all(case: Case) -> None:
    before = len(case.queries.events())
    with pytest.raises(EvidenceDeskError, match="has no record QN-009"):
        case.bus.run(c.batch("Several", [c.add_question("One?", "A record"), c.edit("QN-009", {"text": "x"})]))
    assert case.queries.questions(withdrawn=True) == ()
    assert len(case.queries.events()) == before
    assert case.bus.run(c.add_question("Two?", "A record")).numbers == ("QN-001",)


def test_an_edit_of_what_changed_meanwhile_is_refused(case: Case) -> None:
    case.bus.run(c.add_question("One?", "A record"))
    read = case.queries.questions()[0].revision
    case.bus.run(c.edit("QN-001", {"text": "Two?"}, expected=read))
    with pytest.raises(StaleRevision, match=r"revision 2, not 1"):
        case.bus.run(c.edit("QN-001", {"text": "Three?"}, expected=read))
    assert case.queries.questions()[0].text == "Two?"


def test_an_undo_of_what_was_changed_by_another_hand_is_refused_and_dropped(case: Case) -> None:
    from evidence_desk.services.bus import CommandBus

    case.bus.run(c.add_question("One?", "A record"))
    case.bus.run(c.edit("QN-001", {"text": "Two?"}))
    other = CommandBus(case.store, "Reviewer B", lambda: "2026-05-05T10:00:00.000000Z")
    other.run(c.edit("QN-001", {"text": "Three?"}))
    with pytest.raises(Refused, match=r"cannot be taken back .* changed meanwhile"):
        case.bus.undo()
    assert case.queries.questions()[0].text == "Three?"
    assert case.bus.history == ("Add question QN-001",)


def test_labels_name_what_would_be_taken_back_and_done_again(case: Case) -> None:
    bus = case.bus
    assert (bus.undo_label, bus.redo_label, bus.undo(), bus.redo()) == ("", "", None, None)
    bus.run(c.add_question("One?", "A record"))
    bus.run(c.withdraw("QN-001", "Not needed"))
    assert (bus.undo_label, bus.redo_label) == ("Withdraw QN-001", "")
    bus.undo()
    assert (bus.undo_label, bus.redo_label) == ("Add question QN-001", "Withdraw QN-001")
    bus.run(c.add_question("Two?", "A record"))
    assert bus.redo_label == ""


def test_withdrawing_takes_along_what_stands_only_on_it_and_restoring_brings_it_back(
    with_frames: Case, frame_ref: FrameOf
) -> None:
    case = with_frames
    run = case.bus.run
    run(c.add_claim("SR-001", "raised their hands"))
    run(c.split_claim("CL-001", "Hands were raised", "what-happened"))
    draft = c.RegionDraft(3, "0" * 64, (0, 0, 16, 16))
    run(c.add_observation("EX-001", "arms-raised", frame_ref(3), regions=[draft]))
    run(c.add_link("OB-001", "CL-001.1", "supports", "Both arms"))
    run(c.add_link("OB-001", "CL-001", "context", "Same place"))
    run(c.withdraw("LK-002", "Said twice"))
    outcome = run(c.withdraw("OB-001", "Another figure"))
    assert outcome.numbers == ("OB-001", "RG-001", "LK-001")
    assert case.queries.get("RG-001").withdrawn == "With OB-001: Another figure"
    with pytest.raises(Refused, match="already withdrawn"):
        run(c.withdraw("OB-001", "Again"))
    with pytest.raises(Refused, match="OB-001 is withdrawn"):
        run(c.add_region("OB-001", draft))
    assert run(c.restore("OB-001")).numbers == ("OB-001", "RG-001", "LK-001")
    assert not case.queries.get("LK-002").in_force
    run(c.withdraw("OB-001", "Another figure"))
    run(c.withdraw("CL-001", "Quoted wrongly"))
    assert run(c.restore("OB-001")).numbers == ("OB-001", "RG-001"), "the link's other end is still withdrawn"


@pytest.mark.parametrize(("number", "line"), [("EX-001", "EX-001 carries OB-001"), ("SR-001", "SR-001 carries CL-001")])
def test_what_others_rest_on_is_not_withdrawn(with_frames: Case, frame_ref: FrameOf, number: str, line: str) -> None:
    with_frames.bus.run(c.add_claim("SR-001", "raised their hands"))
    with_frames.bus.run(c.add_observation("EX-001", "note", frame_ref(1)))
    with pytest.raises(Refused, match=line):
        with_frames.bus.run(c.withdraw(number, "Not needed"))


@pytest.mark.parametrize("number", ["CS-001", "CB-001", "AQ-001"])
def test_what_every_case_has_is_edited_never_withdrawn(with_frames: Case, number: str) -> None:
    with pytest.raises(Refused, match="is edited, not withdrawn"):
        with_frames.bus.run(c.withdraw(number, "Not needed"))


def test_listeners_hear_what_was_touched_after_the_commit_and_a_failing_one_harms_nothing(
    case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[tuple[list[str], int]] = []

    def fail(changes: object) -> None:
        raise RuntimeError("a view with a bug")

    case.bus.subscribe(fail)
    end = case.bus.subscribe(lambda ch: heard.append((sorted(ch.numbers), len(case.queries.questions()))))
    case.bus.run(c.add_question("One?", "A record"))
    case.bus.undo()
    end()
    end()
    case.bus.redo()
    assert heard == [(["QN-001"], 1), (["QN-001"], 0)]
    assert "a listener failed" in caplog.text


def test_every_field_of_every_record_goes_through_a_row_and_back(with_frames: Case, frame_ref: FrameOf) -> None:
    case = with_frames
    case.bus.run(c.add_observation(
        "EX-001", "note", frame_ref(1), frame_ref(2), statement="Ряд فيديو 🙂", count=(0, 1, 2**53 + 1),
        attributes={"на кому": "قميص"}, sound=(1, 2, "1/44100"), alternatives="A shadow", guard_reason="Quoted",
    ))  # fmt: skip
    stored = case.queries.observations()[0]
    assert (stored.statement, stored.count_max, stored.attributes) == ("Ряд فيديو 🙂", 2**53 + 1, {"на кому": "قميص"})
    assert (stored.sound_start, stored.sound_end, stored.sound_time_base) == (1, 2, "1/44100")
    assert plain(stored)["guard_reason"] == "Quoted"
    _holds(case)
