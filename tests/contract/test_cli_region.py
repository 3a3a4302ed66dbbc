"""`region` on the command line: drawn, tracked, moved, accepted, and verified with every key frame's hash."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.cli import main
from tests.contract.clips import Clip, make_clip
from tests.contract.test_tracking import SIDE, _around, clip

__all__ = ["clip"]


@dataclass
class Done:
    """What a command line said."""

    stdout: str
    stderr: str


@pytest.fixture
def run(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Run one command line on a case with the wandering target and an observation on frames 0 to 110."""
    case = str(tmp_path / "yard.edcase")
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")

    def desk(*words: str, status: int = 0) -> Done:
        found = main([w.replace("CASE", case) for w in words])
        said = capsys.readouterr()
        assert found == status, said.out + said.err
        return Done(said.out, said.err)

    desk("new", "CASE", "--title", "Yard")
    desk("add", "CASE", str(clip))
    desk("observe", "CASE", "EX-001", "--frames", "0..110", "--term", "figure")
    return desk


def test_a_region_is_tracked_until_it_is_lost_and_accepted(run: Callable[..., Done]) -> None:
    def keys() -> dict[int, Any]:
        found = json.loads(run("list", "CASE", "regions", "--json").stdout)
        rows = found if isinstance(found, list) else found["regions"]
        return {k["frame"]: k for k in rows[0]["key_frames"]}

    x, y = (v // 16 for v in _around(0)[:2])
    run("region", "CASE", "add", "OB-001", "--frame", "0", "--box", f"{x},{y},{SIDE},{SIDE}")
    told = run("region", "CASE", "track", "RG-001", "--from", "0", "--to", "110").stderr
    assert "the target was lost at frame 10" in told
    assert "frames tracked, not yet looked at" in told
    made = keys()
    assert set(range(99)) <= set(made) <= set(range(102))
    assert made[50]["by"] == "tracked"
    # Where it was lost tracking proposes that it is not in the picture, so that nothing is put in between later.
    lost = made[max(made)]
    assert (lost["by"], lost["outside"], made[50].get("outside")) == ("tracked", True, None)
    assert all("pts" in k for k in made.values())
    run("region", "CASE", "key", "RG-001", "--frame", "50", "--box", "10,10,40,40")
    run("region", "CASE", "accept", "RG-001", "--frames", "1..49")
    after = keys()
    assert [after[n]["by"] for n in (0, 1, 49, 50, 51)] == ["drawn", "confirmed", "confirmed", "drawn", "tracked"]
    refused = run("region", "CASE", "accept", "RG-001", "--frames", "1..49", status=1).stderr
    assert "no tracked key frame there" in refused
    run("region", "CASE", "key", "RG-001", "--frame", "50", "--remove")
    assert 50 not in keys()
    run("region", "CASE", "key", "RG-001", "--frame", "105", "--box", "10,10,40,40")
    run("region", "CASE", "key", "RG-001", "--frame", "60", "--outside")

    def at(n: int) -> Any:
        return json.loads(run("region", "CASE", "at", "RG-001", "--frame", str(n), "--json").stdout)

    assert (at(59)["how"], at(59)["stands"]) == ("key", True)
    assert at(60) == {"region": "RG-001", "frame": 60, "stands": False, "how": "outside", "by": "drawn", "from": 60}
    assert at(104) | {"from": 0} == {
        "region": "RG-001", "frame": 104, "stands": False, "how": "outside", "by": "tracked", "from": 0,
    }  # fmt: skip
    assert at(105)["points"] == [10, 10, 40, 40]
    bad = run("region", "CASE", "key", "RG-001", "--frame", "70", "--outside", "--box", "1,1,2,2", status=2)
    assert "has no place" in bad.stderr
    run("region", "CASE", "add", "OB-001", "--frame", "3", "--shape", "polygon", "--points", "1,1 9,1 5,9.5")
    run("region", "CASE", "life", "RG-002", "span")
    bad = run("region", "CASE", "add", "OB-001", "--frame", "3", "--shape", "arrow", "--points", "1,1", status=1)
    assert "An arrow has 2 points" in bad.stderr
    assert run("verify", "CASE").stdout.splitlines()[0] == "same"


def test_a_region_moves_evenly_in_time_where_the_frame_rate_varies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamps = (0, 40, 80, 480, 520, 560, 600, 1000)
    file, case = make_clip(tmp_path / "varying.mkv", Clip(frames=8, stamps=stamps)), str(tmp_path / "v.edcase")
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")

    def desk(*words: str) -> str:
        found = main([*words])
        said = capsys.readouterr()
        assert found == 0, said.out + said.err
        return said.out

    desk("new", case, "--title", "V")
    desk("add", case, str(file))
    desk("observe", case, "EX-001", "--frames", "0..7", "--term", "figure")
    desk("region", case, "add", "OB-001", "--frame", "0", "--box", "0,0,16,16")
    desk("region", case, "key", "RG-001", "--frame", "7", "--box", "50,0,16,16")
    found = [json.loads(desk("region", case, "at", "RG-001", "--frame", str(n), "--json")) for n in range(8)]
    # 50 pixels in 1000 ms: one in 20 ms, wherever the frames lie; to the nearest sixteenth.
    assert [f["points"][0] for f in found] == [stamp / 20 for stamp in stamps]
    assert [f["by_time"] for f in found] == [False, *[True] * 6, False]
