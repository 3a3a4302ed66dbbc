"""Taking real media in: what decoding finds is kept, and a file that kills the worker harms neither desk nor case."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_desk.domain.errors import Cancelled
from evidence_desk.jobs import CallbackContext, NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.services.verify import verify_case
from tests.contract.clips import Clip, make_clip

DOUBLES = Path(__file__).with_name("worker_doubles.py")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = Case.create(tmp_path / "yard", "Yard", "Reviewer A")
    yield made
    made.close()


def _received(case: Case, file: Path) -> tuple[intake.Received, str]:
    received = intake.receive(case.paths, file, case.known_hashes(), NullContext())
    return received, case.bus.run(c.add_exhibit(received)).numbers[0]


@pytest.mark.parametrize("kind", ["crash", "hang"])
def test_a_file_that_the_worker_does_not_survive_is_kept_and_marked(case: Case, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "hostile.mp4"
    file.write_bytes(b"hostile bytes")
    received, number = _received(case, file)
    with MediaWorker(silence=0.5, command=[sys.executable, str(DOUBLES), kind]) as worker:
        examination = intake.examine(worker, case.paths, received, NullContext())
    case.bus.run(c.record_examination(number, examination))
    exhibit = case.queries.exhibit(number)
    assert exhibit.condition == "unreadable"
    assert "hostile.mp4" in exhibit.condition_note
    assert case.paths.exhibit_file(exhibit).read_bytes() == b"hostile bytes"
    case.close()
    with MediaWorker() as worker:
        assert verify_case(case.folder, worker).same


def test_an_examination_that_is_stopped_leaves_the_exhibit_and_no_table(case: Case, tmp_path: Path) -> None:
    received, number = _received(case, make_clip(tmp_path / "clip.mp4", Clip(frames=900)))
    context = CallbackContext()
    context.stop()
    with MediaWorker() as worker, pytest.raises(Cancelled):
        intake.examine(worker, case.paths, received, context)
    assert list(case.paths.derived.rglob("*.edft")) == []
    assert case.queries.exhibit(number).condition == "not examined"


def test_derived_data_can_be_deleted_and_is_made_again_the_same(case: Case, tmp_path: Path) -> None:
    received, number = _received(case, make_clip(tmp_path / "clip.mp4", Clip(frames=20)))
    with MediaWorker() as worker:
        case.bus.run(c.record_examination(number, intake.examine(worker, case.paths, received, NullContext())))
        exhibit = case.queries.exhibit(number)
        place = case.paths.frame_table(exhibit)
        before = place.read_bytes()
        for spoil in (place.unlink, lambda: place.write_bytes(b"spoiled")):
            spoil()
            table = intake.table_of(worker, case.paths, exhibit, NullContext())
            assert table.digest() == exhibit.frames_digest
            assert place.read_bytes() == before


def test_the_examination_counts_by_decoding_not_by_the_header(case: Case, tmp_path: Path) -> None:
    stamps = (0, 40, 80, 200, 210, 400)
    clip = make_clip(tmp_path / "clip.mkv", Clip(frames=6, stamps=stamps, sound=True))
    received, number = _received(case, clip)
    with MediaWorker() as worker:
        examination = intake.examine(worker, case.paths, received, NullContext())
    case.bus.run(c.record_examination(number, examination))
    exhibit = case.queries.exhibit(number)
    assert (exhibit.kind, exhibit.frames, exhibit.variable_rate) == ("video", 6, True)
    assert (exhibit.first_pts, exhibit.last_pts, exhibit.time_base) == (0, 400, "1/1000")
    assert exhibit.facts is not None
    assert exhibit.facts["timing"]["stamps_increase"] is True
