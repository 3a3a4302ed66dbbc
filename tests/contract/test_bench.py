"""bench: the words the design gives it, values that can be true, and one line for what is no video."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidence_desk.cli import main
from evidence_desk.services.bench import spread
from tests.contract.clips import Clip, make_clip

Capture = pytest.CaptureFixture[str]


@pytest.mark.slow
def test_bench_prints_the_measures_by_name(capsys: Capture, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=40, bframes=2))
    assert main(["bench", str(clip), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == [
        "open_ms", "index_ms", "index_mb_s", "step_forward_ms", "step_back_ms", "seek_ms", "decode_fps", "peak_mb",
    ]  # fmt: skip
    assert list(found["step_forward_ms"]) == list(found["seek_ms"]) == ["median", "p95"]
    assert list(found["step_back_ms"]) == ["median", "p95", "amortised"]
    assert all(0 < found[name]["median"] <= found[name]["p95"] for name in ("step_forward_ms", "seek_ms"))
    assert all(found[name] > 0 for name in ("open_ms", "index_ms", "index_mb_s", "decode_fps"))
    assert 40 < found["peak_mb"] < 4000


@pytest.mark.slow
def test_one_frame_has_no_steps_and_still_an_answer(capsys: Capture, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=1))
    assert main(["bench", str(clip)]) == 0
    assert "0 steps" in capsys.readouterr().out


def test_what_is_no_video_is_refused_in_one_line(capsys: Capture, tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no film")
    assert main(["bench", str(text)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "text.mp4" in said.err


def test_spread_is_median_and_nearest_rank() -> None:
    found = spread([n / 1000 for n in range(1, 101)])
    assert found.median == pytest.approx(50.5)
    assert found.p95 == pytest.approx(95.0)
    assert spread([]).to_json() == {"median": 0.0, "p95": 0.0}


def test_a_file_and_the_desk_are_not_measured_at_once(capsys: Capture, tmp_path: Path) -> None:
    assert main(["bench", "--desk", str(tmp_path / "clip.mp4")]) == 2
    assert "--desk" in capsys.readouterr().err
    assert main(["bench"]) == 2


def test_the_window_says_when_it_is_painted() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "evidence_desk", "--until-painted"],
        capture_output=True, text=True, timeout=60, env=environment, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "painted\n")
