"""The dossier says how each observation was seen, and shows an adjusted picture only beside the clean one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from evidence_desk.domain.dossier import Dossier
from evidence_desk.domain.records import Observation
from evidence_desk.export.pdf import write_pdf
from evidence_desk.jobs import NullContext
from evidence_desk.media.adjustments import Adjustments
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.media.seen_as import SeenAs
from evidence_desk.services import commands as c
from evidence_desk.services import dossier
from evidence_desk.services.case import Case
from evidence_desk.training.worked_case import frame_ref
from tests.contract import export_case

pytestmark = pytest.mark.skipif(not export_case.has_ffmpeg(), reason="ffmpeg is not installed")

LIFTED = SeenAs(PictureView(adjust=Adjustments(gamma=180, turn=90)), 200, (40, 30))


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, worker: MediaWorker) -> Iterator[Case]:
    """Return a case with one observation made on the picture as it is, one on an adjusted one, one without a word."""
    folder = tmp_path_factory.mktemp("seen")
    made = Case.create(folder / "seen", "Seen as", "Reviewer A")
    export_case.take_in(made, worker, export_case.make_clip(folder, "clip.mp4"))
    exhibit, table = export_case.table_of(made, worker, "EX-001")
    for n, kept in ((2, SeenAs(AS_IS, 54).to_json()), (5, LIFTED.to_json()), (8, None)):
        made.bus.run(c.add_observation("EX-001", "note", frame_ref(exhibit, table, n), statement="x", seen_as=kept))
    yield made
    made.close()


@pytest.fixture(scope="module")
def value(case: Case, worker: MediaWorker) -> Dossier:
    return dossier.build(case, worker, dossier.DossierOptions(), NullContext())


def test_the_clean_picture_stays_and_the_other_stands_beside_it(
    case: Case, worker: MediaWorker, value: Dossier
) -> None:
    plain, lifted, silent = value.seen
    assert plain.seen_as == "original pixels; at 54 %, whole picture"
    assert (plain.as_seen, silent.as_seen, silent.seen_as) == (None, None, "")
    assert lifted.seen_as == "adjusted: gamma 1.80, turned 90°; at 200 % around pixel 40, 30"
    exhibit, table = export_case.table_of(case, worker, "EX-001")
    file = case.paths.exhibit_file(exhibit)
    assert lifted.plates[0].png == worker.still(file, table, 5, max_width=1000)
    assert lifted.plates[0].seen_as == ""
    other = lifted.as_seen
    assert other is not None
    assert other.frame_hash == table.hash_of(5)
    assert (other.width, other.height) == (lifted.plates[0].height, lifted.plates[0].width)
    with Image.open(io.BytesIO(other.png)) as picture:
        assert "gamma 1.80" in picture.info["Adjusted"]
        assert picture.info["Frame hash SHA-256"] == table.hash_of(5)
    [named] = [t for t in value.techniques if t.name == "Display adjustments"]
    assert named.used_for == lifted.observation.number


def test_the_pages_carry_both_pictures_and_the_words(value: Dossier, tmp_path: Path) -> None:
    target = tmp_path / "dossier.pdf"
    write_pdf(value, target, NullContext())
    with pikepdf.open(target) as document:
        kinds = [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        # Three clean stills, and one as it was seen.
        assert sorted((int(o.Width), int(o.Height)) for o in kinds) == [(120, 160)] + [(160, 120)] * 3


def test_the_record_keeps_it_through_edit_and_undo(case: Case, value: Dossier) -> None:
    number = value.seen[1].observation.number
    case.bus.run(c.edit(number, {"statement": "y"}))
    kept = case.queries.get(number)
    assert isinstance(kept, Observation)
    assert SeenAs.from_json(kept.seen_as) == LIFTED
    case.bus.undo()
    again = case.queries.get(number)
    assert isinstance(again, Observation)
    assert (again.statement, SeenAs.from_json(again.seen_as)) == ("x", LIFTED)
