"""probe, frames and still on the command line: exact data on stdout, one line on stderr, the right exit status."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evidence_desk.cli import main
from tests.contract.clips import Clip, make_clip
from tests.contract.test_exactness import ffmpeg_truth

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(
        tmp_path_factory.mktemp("clip") / "a clip.mp4", Clip(frames=30, gop=10, bframes=2, rotate=90, sound=True)
    )


def data(capsys: Capture, *arguments: object) -> Any:
    assert main([str(a) for a in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: Capture, *arguments: object) -> tuple[int, str]:
    status = main([str(a) for a in arguments])
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    return status, said.err


def test_frames_prints_what_ffmpeg_prints(capsys: Capture, clip: Path) -> None:
    found = data(capsys, "frames", clip, "--hash", "--json")
    assert list(found) == ["file", "sha256", "stream", "time_base", "decoder", "frames"]
    assert [list(row) for row in found["frames"]] == [["n", "pts", "duration", "time", "key", "hash"]] * 30
    assert [(row["pts"], row["hash"]) for row in found["frames"]] == ffmpeg_truth(clip)
    assert [row["n"] for row in found["frames"]] == list(range(30))
    assert (found["stream"], found["time_base"]) == (0, "1/12800")
    assert [row["time"] for row in found["frames"][:3]] == ["0.000", "0.040", "0.080"]


def test_without_hash_no_hash_is_printed(capsys: Capture, clip: Path) -> None:
    found = data(capsys, "frames", clip, "--json")
    assert "hash" not in found["frames"][0]


def test_single_frames_come_in_the_order_asked_for(capsys: Capture, clip: Path) -> None:
    everything = data(capsys, "frames", clip, "--hash", "--json")["frames"]
    some = data(capsys, "frames", clip, "--hash", "--json", "--at", "29,0,13,12,13")["frames"]
    assert some == [everything[n] for n in (29, 0, 13, 12, 13)]


def test_the_seek_test_is_repeatable_and_exact(capsys: Capture, clip: Path) -> None:
    found = data(capsys, "frames", clip, "--seek-test", 12, "--seed", 3, "--json")
    assert (found["seeks"], found["exact"], found["misses"], found["seed"]) == (12, 12, [], 3)
    assert main(["frames", str(clip), "--seek-test", "12"]) == 0
    assert capsys.readouterr().out.startswith("12 of 12 seeks exact")


def test_stamps_that_fail_carry_a_note(capsys: Capture, tmp_path: Path) -> None:
    raw = make_clip(tmp_path / "raw.h264", Clip(frames=12, bframes=2))
    rows = data(capsys, "frames", raw, "--json")["frames"]
    assert any(row["pts"] is None and "pts_note" in row for row in rows)
    times = [float(row["time"]) for row in rows]
    assert times == sorted(set(times))


def test_a_table_for_people_is_aligned(capsys: Capture, clip: Path) -> None:
    assert main(["frames", str(clip), "--hash"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = lines[lines.index("") + 2 :]
    assert len(rows) == 30
    assert len({row.index(row.split()[1]) for row in rows}) == 1


def test_probe_tells_streams_and_orientation(capsys: Capture, clip: Path) -> None:
    found = data(capsys, "probe", clip, "--json")
    assert [stream["kind"] for stream in found["streams"]] == ["video", "audio"]
    assert found["streams"][0]["rotation"] in (90, 270)
    assert found["anomalies"] == []
    assert main(["probe", str(clip)]) == 0
    text = capsys.readouterr().out
    assert "Stream 0: video" in text
    assert "clockwise" in text


def test_a_still_is_written_whole_and_names_its_frame(capsys: Capture, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "still.png"
    found = data(capsys, "still", clip, "--frame", 7, "-o", out, "--json")
    with Image.open(io.BytesIO(out.read_bytes())) as image:
        words = image.text  # type: ignore[attr-defined]  # PNG images have it
        assert image.size == (64, 96)
    assert (words["Frame"], words["Frame hash SHA-256"]) == ("7", found["hash"])
    assert found["hash"] == data(capsys, "frames", clip, "--hash", "--json", "--at", "7")["frames"][0]["hash"]
    first = out.read_bytes()
    assert main(["still", str(clip), "--frame", "7", "-o", str(out)]) == 0
    assert out.read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["still.png"]


def test_a_still_never_writes_over_another_kind_of_file(capsys: Capture, clip: Path, tmp_path: Path) -> None:
    before = clip.read_bytes()
    for out in (clip, tmp_path, tmp_path / "absent" / "still.png"):
        status, _ = refused(capsys, "still", clip, "--frame", 0, "-o", out)
        assert status == 1
    assert clip.read_bytes() == before


@pytest.mark.parametrize("command", ["probe", "frames", "still"])
@pytest.mark.parametrize("kind", ["empty", "text", "absent", "folder"])
def test_bad_input_is_one_line_and_exit_1(capsys: Capture, tmp_path: Path, command: str, kind: str) -> None:
    file = tmp_path / f"{kind}.mp4"
    if kind == "folder":
        file.mkdir()
    elif kind != "absent":
        file.write_text("" if kind == "empty" else "no film")
    more = ["--frame", "0", "-o", str(tmp_path / "still.png")] if command == "still" else []
    status, line = refused(capsys, command, file, *more)
    assert status == 1
    assert file.name in line
    assert not (tmp_path / "still.png").exists()


def test_frames_that_do_not_exist_are_refused(capsys: Capture, clip: Path, tmp_path: Path) -> None:
    assert "0 to 29" in refused(capsys, "frames", clip, "--at", "3,30")[1]
    assert "0 to 29" in refused(capsys, "still", clip, "--frame", 30, "-o", tmp_path / "still.png")[1]
    assert refused(capsys, "frames", clip, "--stream", 9)[0] == 1


@pytest.mark.parametrize(
    "wrong", [["--at", "x"], ["--seek-test", "0"], ["--at", "1", "--seek-test", "2"], ["--nonsense"]]
)
def test_wrong_usage_is_exit_2(capsys: Capture, clip: Path, wrong: list[str]) -> None:
    assert refused(capsys, "frames", clip, *wrong)[0] == 2
