"""From a case to its dossier: what is printed is resolved from the records and from the exact frames they cite."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from evidence_desk.domain.dossier import Dossier
from evidence_desk.domain.records import Exhibit, Region
from evidence_desk.domain.regions import KEY, Placed
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import dossier
from evidence_desk.services.case import Case
from evidence_desk.services.dossier_marks import mark_of
from evidence_desk.training.worked_case import frame_ref
from tests.contract import export_case

pytestmark = pytest.mark.skipif(not export_case.has_ffmpeg(), reason="ffmpeg makes the clips of these tests")


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    """One process that opens media."""
    with MediaWorker() as made:
        yield made


@pytest.fixture(scope="module")
def case(worker: MediaWorker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case with one clip, one span with a small mark, one point, a claim, a link and a question."""
    folder = tmp_path_factory.mktemp("dossier")
    made = Case.create(folder / "k", "Yard", "Reviewer A", sheet={"mandate": "Say what is seen."})
    export_case.take_in(made, worker, export_case.make_clip(folder, "clip.mp4", "640x480"))
    exhibit, table = export_case.table_of(made, worker, "EX-001")
    small = c.RegionDraft(6, table.hash_of(6), (16 * 100, 16 * 60, 16 * 20, 16 * 10), label="a small box")
    first, last = frame_ref(exhibit, table, 4), frame_ref(exhibit, table, 9)
    count = (5, 6, 7)
    made.bus.run(c.add_observation("EX-001", "count-of-people", first, last, count=count, regions=[small]))
    made.bus.run(
        c.add_observation("EX-001", "landmark", frame_ref(exhibit, table, 20), statement="A box shot from above")
    )
    made.bus.run(c.add_source(title="Post", text="At least 10 people were there.", dated="2031-05-09"))
    made.bus.run(c.add_claim("SR-001", "At least 10 people", claimant="Party A"))
    made.bus.run(c.split_claim("CL-001", "At least 10 people were there", "how-many"))
    made.bus.run(c.add_link("OB-001", "CL-001.1", "contradicts", "seven at most"))
    made.bus.run(c.add_question("On what day?", "An earlier upload", bears_on="CL-001.1"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def value(case: Case, worker: MediaWorker) -> Dossier:
    """The dossier of that case."""
    return dossier.build(case, worker, dossier.DossierOptions(), NullContext())


def picture(png: bytes) -> Image.Image:
    """Return the opened picture."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_each_cited_frame_is_there_once_with_its_identity(case: Case, worker: MediaWorker, value: Dossier) -> None:
    _, table = export_case.table_of(case, worker, "EX-001")
    assert [p.n for p in value.frames] == [4, 6, 9, 20]
    for plate in value.frames:
        assert plate.frame_hash == table.hash_of(plate.n)
        assert plate.total == 24
        assert plate.pts == table.pts(plate.n)
    # 6 and 20 stand on plates; 4 and 9 only on the frame sheet, where less is enough.
    assert {p.n: p.width for p in value.frames} == {4: 560, 6: 640, 9: 560, 20: 640}
    assert [p.scale for p in value.frames][:2] == ["whole frame, scaled 0.88", "whole frame"]


def test_a_small_mark_is_also_shown_by_its_own_pixels(case: Case, worker: MediaWorker, value: Dossier) -> None:
    exhibit, table = export_case.table_of(case, worker, "EX-001")
    [plate] = value.seen[0].plates
    assert (plate.marks[0].x, plate.marks[0].height) == (Fraction(100, 640), Fraction(10, 480))
    [detail] = plate.details
    assert detail.words == "72×72 px at 74,29; 4×"
    whole = picture(worker.still(case.paths.exhibit_file(exhibit), table, 6))
    expected = whole.crop((74, 29, 146, 101)).resize((288, 288), Image.Resampling.NEAREST)
    assert picture(detail.png).tobytes() == expected.tobytes()
    assert value.seen[1].plates[0].details == ()


def test_boards_counts_and_limits_come_from_the_records(value: Dossier) -> None:
    [entry] = value.claims
    [board] = entry.boards
    assert [(r.record, r.because) for r in board.of("contradicts")] == [("OB-001", "seven at most")]
    assert not board.of("supports")
    assert [q.number for q in board.missing] == ["QN-001"]
    assert [(x.number, x.count.low) for x in value.stated] == [("CL-001.1", 10)]
    assert any("page source" in line for line in value.limits)
    assert any(x.what == "taken into the case; hash taken" for x in value.exhibits[0].custody)
    assert [(number, word) for number, word, _ in value.kept_words] == [("OB-002", "shot")]
    assert value.head.seq == value.event_count
    assert {t.name for t in value.techniques} >= {"Frame hash", "Count by a person"}


def test_the_same_records_give_the_same_dossier(
    case: Case, worker: MediaWorker, value: Dossier, tmp_path: Path
) -> None:
    assert dossier.build(case, worker, dossier.DossierOptions(), NullContext()) == value


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        (0, ("1/8", "1/4", "1/4", "1/2")),
        (90, ("1/4", "1/8", "1/2", "1/4")),
        (180, ("5/8", "1/4", "1/4", "1/2")),
        (270, ("1/4", "5/8", "1/2", "1/4")),
    ],
)
def test_a_mark_turns_with_its_picture(value: Dossier, rotation: int, expected: tuple[str, ...]) -> None:
    exhibit: Exhibit = replace(value.exhibits[0].exhibit, width=80, height=40, rotation=rotation)
    points = (16 * 10, 16 * 10, 16 * 20, 16 * 20)
    region = Region(uid="r", number="RG-1", observation="OB-001", shape="box", frame=0, frame_hash="", points=points)
    mark = mark_of(exhibit, region, Placed(points, KEY))
    assert (mark.x, mark.y, mark.width, mark.height) == tuple(Fraction(x) for x in expected)
