"""A case whose desk was closed before the frames of a long file were counted: every way out says so, none breaks."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.cli import main
from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from tests.contract.clips import Clip, make_clip

Capture = pytest.CaptureFixture[str]
FRAMES = 24


@pytest.fixture(autouse=True)
def acting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviewer A acts."""
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case: EX-001 is provisional, OB-001 cites its frames 4 and 6."""
    place = tmp_path_factory.mktemp("long")
    case = Case.create(place / "yard", "Yard", "Reviewer A")
    clip = make_clip(place / "long.mp4", Clip(frames=FRAMES, gop=8, bframes=2))
    received = intake.receive(case.paths, clip, {}, NullContext())
    case.bus.run(c.add_exhibit(received))
    with pytest.MonkeyPatch.context() as patch, MediaWorker() as worker:
        patch.setattr(intake, "MOMENTS_PIXELS", 0)
        listed = intake.outline(worker, case.paths, received, NullContext())
    assert listed is not None
    assert listed.provisional
    case.bus.run(c.record_findings("EX-001", listed))
    case.close()
    assert main(["observe", str(case.folder), "EX-001", "--frames", "4..6", "--term", "note", "--box", "8,8,16,16",
                 "--note", "A mark", "--as", "Reviewer A"]) == 0  # fmt: skip
    return case.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the case for one test."""
    shutil.copytree(made, tmp_path / "yard.edcase")
    return tmp_path / "yard.edcase"


def data(capsys: Capture, *arguments: object) -> Any:
    """Run a command that must succeed with --json and return what it printed."""
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def outcome(capsys: Capture, *arguments: object) -> tuple[int, str]:
    """Run a command; return its exit status and all it printed."""
    capsys.readouterr()
    status = main([*map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out + said.err


def pages(pdf: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (sudo apt-get install poppler-utils)")
    run = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
    return " ".join(run.stdout.decode("utf-8").split())


def test_what_is_observed_carries_the_hash_that_decoding_gives(folder: Path, capsys: Capture) -> None:
    (exhibit,) = data(capsys, "list", folder, "exhibits")
    assert (exhibit["provisional"], exhibit["condition"], exhibit["frames"]) == (True, "not examined", FRAMES)
    (observation,) = data(capsys, "list", folder, "observations")
    assert observation["anchor"] == "provisional"
    rows = data(capsys, "frames", folder / "exhibits" / Path(exhibit["vault_path"]).relative_to("exhibits"), "--hash")
    assert observation["first_hash"] == rows["frames"][4]["hash"]
    assert observation["last_hash"] == rows["frames"][6]["hash"]
    status, said = outcome(capsys, "list", folder, "exhibits")
    assert status == 0
    assert f"{FRAMES} provisional" in said


def test_frames_of_it_are_counted_for_whoever_asks(folder: Path, capsys: Capture) -> None:
    status, said = outcome(capsys, "frames", f"{folder}:EX-001", "--at", "4")
    assert status == 0
    assert "not counted in the case yet; they are counted here" in said


def test_verify_finds_the_pictures_and_calls_the_numbers_unchecked(folder: Path, capsys: Capture) -> None:
    status, said = outcome(capsys, "verify", folder)
    assert status == 0, said
    assert "not checked: EX-001 frames - frame numbers are provisional" in said
    assert "all 3 cited pictures are there, 0 under another number" in said


def test_dossier_and_package_say_provisional_and_are_made(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["export", str(folder), "--format", "pdf", "-o", str(tmp_path / "d.pdf")]) == 0
    text = pages(tmp_path / "d.pdf")
    assert "Frame numbers are provisional" in text
    assert f"{FRAMES} expected from the packets" in text
    assert "frame number provisional" in text
    assert main(["export", str(folder), "--format", "package", "-o", str(tmp_path / "package")]) == 0
    stills = json.loads((tmp_path / "package" / "data" / "stills" / "stills.json").read_text(encoding="utf-8"))
    assert {s["frame_number"] for s in stills} == {"provisional"}
    status, said = outcome(capsys, "verify", tmp_path / "package")
    assert status == 0, said
    assert "not checked: EX-001 stills" in said


def test_examine_counts_the_frames_and_finds_what_was_observed(folder: Path, capsys: Capture) -> None:
    exhibit = data(capsys, "exhibit", folder, "examine", "EX-001")
    assert (exhibit["provisional"], exhibit["condition"], exhibit["frames"]) == (False, "ok", FRAMES)
    (observation,) = data(capsys, "list", folder, "observations")
    assert (observation["first_frame"], observation["anchor"]) == (4, "")
    events = data(capsys, "list", folder, "events")
    assert [e["action"] for e in events][-3:] == ["exhibit.confirm-frames", "observation.re-anchor", "region.re-anchor"]
    status, said = outcome(capsys, "verify", folder)
    assert status == 0
    assert "same: EX-001 frames" in said


def test_the_case_clock_stands_on_its_picture_through_the_count(folder: Path, capsys: Capture) -> None:
    clock = ["--clock-frame", "5", "--clock-time", "2025-05-04T14:41:07Z"]
    before = data(capsys, "exhibit", folder, "edit", "EX-001", *clock)
    case = Case.open(folder, "Reviewer A")
    # As if the packets had promised a picture that is no longer there once all are decoded, so that numbers move.
    case.bus.run(c.edit("EX-001", {"clock_frame": 6}))
    case.close()
    exhibit = data(capsys, "exhibit", folder, "examine", "EX-001")
    assert (exhibit["clock_frame"], exhibit["clock_hash"]) == (5, before["clock_hash"])
    status, said = outcome(capsys, "verify", folder)
    assert status == 0, said


def test_a_case_clock_whose_picture_is_gone_is_taken_away_and_that_is_said(folder: Path, capsys: Capture) -> None:
    case = Case.open(folder, "Reviewer A")
    clock = {"clock_frame": 11, "clock_time": "2025-05-04T14:41:07Z", "clock_hash": "ab" * 32}
    case.bus.run(c.edit("EX-001", clock))
    case.close()
    status, said = outcome(capsys, "verify", folder)
    assert status == 1
    assert "EX-001 frame 11" in said
    exhibit = data(capsys, "exhibit", folder, "examine", "EX-001")
    assert (exhibit["clock_frame"], exhibit["clock_time"], exhibit["clock_hash"]) == (None, "", "")
    assert "The case clock was taken away: its picture, frame 11 before" in exhibit["facts"]["confirmation"]
    assert outcome(capsys, "verify", folder)[0] == 0


def test_what_is_not_among_the_counted_frames_is_told_everywhere_and_breaks_nothing(
    folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    case = Case.open(folder, "Reviewer A")
    exhibit = case.queries.exhibit("EX-001")
    table = intake.table_of(MediaWorker(), case.paths, exhibit, NullContext())
    strange = replace(c_ref(exhibit, table), frame_hash="ab" * 32)
    case.bus.run(c.add_observation("EX-001", "note", strange, statement="Gone"))
    case.close()
    status, said = outcome(capsys, "verify", folder)
    assert status == 1, "a cited picture that does not decode differs, also before the count"
    assert "cited pictures are not among the decoded frames: OB-002 frame 2" in said
    data(capsys, "exhibit", folder, "examine", "EX-001")
    observations = {o["number"]: o for o in data(capsys, "list", folder, "observations")}
    assert (observations["OB-002"]["anchor"], observations["OB-002"]["first_frame"]) == (NOT_FOUND, 2)
    assert observations["OB-001"]["anchor"] == ""
    status, said = outcome(capsys, "verify", folder)
    assert status == 0, said
    assert "not checked: EX-001 citations" in said
    assert "OB-002" in said
    assert main(["export", str(folder), "--format", "pdf", "-o", str(tmp_path / "d.pdf")]) == 0
    assert "OB-002: recorded before the frames were counted" in pages(tmp_path / "d.pdf")
    assert main(["export", str(folder), "--format", "package", "-o", str(tmp_path / "p")]) == 0
    status, said = outcome(capsys, "verify", tmp_path / "p")
    assert status == 0, said


def c_ref(exhibit: Any, table: Any) -> Any:
    """Return the identity of frame 2 but for its picture."""
    from evidence_desk.domain.time import FrameRef

    return FrameRef(exhibit.sha256, table.stream, 2, table.pts(2), table.time_base, "", table.decoder, True)
