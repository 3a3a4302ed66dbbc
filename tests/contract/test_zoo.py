"""Odd files of every kind that ffmpeg and a knife can make: the desk's frames are ffmpeg's, in whatever order.

A share of the zoo is checked here; `tests/benchmarks/exactness.py` checks all of it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.media.client import MediaWorker
from tests.contract import frame_check, zoo
from tests.contract.clips import Clip, make_clip
from tests.contract.zoo_formats import ZOO

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")

# One in so many kinds of a group, so that the whole stays within half a minute.
SHARE = {"pixel formats": 6, "many groups": 6, "several streams": 2, "fields": 1, "edit lists": 2, "damaged": 3}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> dict[str, list[dict[str, Any]]]:
    """One child process checks them all: each start of one costs as much as a dozen files."""
    words = [f"{group}={SHARE.get(group, 3)}" for group in ZOO]
    command = [sys.executable, "-m", "tests.contract.zoo_run", str(tmp_path_factory.mktemp("zoo")), *words]
    done = subprocess.run(command, cwd=repository, check=False, capture_output=True, text=True, timeout=280)
    found: dict[str, list[dict[str, Any]]] = {group: [] for group in ZOO}
    for line in map(json.loads, done.stdout.splitlines()):
        found[line["group"]].append(line)
    assert done.returncode == 0, done.stderr[-500:]
    return found


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("group", ZOO)
def test_group(findings: dict[str, list[dict[str, Any]]], group: str) -> None:
    found = findings[group]
    assert len(found) == len(ZOO[group][:: SHARE.get(group, 3)])
    skipped = [line["name"] for line in found if "skipped" in line]
    assert {line["name"]: line["faults"] for line in found if line.get("faults")} == {}
    checked = [line for line in found if "skipped" not in line]
    assert all(line["seeks"] == line["seeks_exact"] for line in checked if not line["damaged"])
    if skipped:
        pytest.skip(f"this ffmpeg cannot make {', '.join(skipped)}; the rest is exact")


def test_every_kind_has_a_name_of_its_own() -> None:
    names = [kind.name for kinds in ZOO.values() for kind in kinds]
    assert len(names) == len(set(names))
    assert len(names) > 300


def test_the_check_sees_another_picture_and_another_stamp(tmp_path: Path) -> None:
    file = make_clip(tmp_path / "clip.mp4", Clip(frames=12))
    right = zoo.truth(file)
    swapped = [*right[:3], (right[3][0], right[4][1]), *right[4:]]
    late = [*right[:3], (10**6, right[3][1]), *right[4:]]
    with MediaWorker() as worker:
        assert frame_check.check(worker, file, right).faults == []
        assert "differ" in frame_check.check(worker, file, swapped).faults[0]
        assert "stamps" in frame_check.check(worker, file, late).faults[0]
        assert "for 11" in frame_check.check(worker, file, right[:-1]).faults[0]
