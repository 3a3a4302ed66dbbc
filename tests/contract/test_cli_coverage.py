"""`coverage` on the command line: what was on screen, by whom, and what was not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidence_desk.cli import main
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import dossier
from evidence_desk.services.case import Case
from evidence_desk.services.coverage import looked_at
from tests.contract.clips import Clip, make_clip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    clip, other = (make_clip(folder / f"{n}.mp4", Clip(frames=30, shade=n)) for n in (40, 90))
    case = folder / "yard.edcase"
    for arguments in (("new", case, "--title", "Yard"), ("add", case, clip, other)):
        assert main([*map(str, arguments), "--as", "Reviewer A"]) == 0
    opened = Case.open(case, "Reviewer A", log=False)
    for n in range(10):
        opened.coverage.saw("EX-001", n, zoom=100)
    for n in range(8, 20, 2):
        opened.coverage.saw("EX-001", n, speed="2", zoom=100)
    opened.coverage.heard("EX-001", 8, 18, speed="2")
    opened.close()
    return case


def test_the_figures_and_what_was_not_looked_at(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", str(place), "EX-001", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["frames"], told["stepped"], told["played_only"], told["not_looked_at"]) == (30, 10, 5, 15)
    assert told["not_looked_at_spans"] == [[11, 11], [13, 13], [15, 15], [17, 17], [19, 29]]
    assert told["spans"][0] == [0, 9, "stepped"]
    assert told["heard"] == 11
    assert [one["actor"] for one in told["by"]] == ["Reviewer A"]
    assert {s["speed"] for s in told["stretches"]} == {"", "2"}
    assert all(s["began_at"] <= s["ended_at"] for s in told["stretches"])


def test_people_read_one_line_for_each_exhibit(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", str(place)]) == 0
    out = capsys.readouterr().out
    assert "EX-001  of 30 frames 10 stepped, 5 played, 15 not looked at" in out
    assert "EX-002  none of 30 frames looked at\n" in out
    assert "11, 13, 15, 17, 19 to 29" in out
    assert main(["coverage", str(place), "EX-009"]) == 1


def test_the_dossier_says_who_looked_at_what(place: Path) -> None:
    case = Case.open(place, "Reviewer A", write=False)
    lines = [looked_at(case.coverage, exhibit) for exhibit in case.queries.exhibits()]
    with MediaWorker() as worker:
        built = dossier.build(case, worker, dossier.DossierOptions(), NullContext())
    case.close()
    assert [text.partition(". ")[0] for _, text in lines[0]] == [
        "Reviewer A: of 30 frames 10 stepped, 5 played, 15 not looked at"
    ]
    assert lines[1] == (), "nobody looked at it yet"
    assert [sheet.facts[-1] == lines[0][0] for sheet in built.exhibits] == [True, False]


_KILLED = """
import os, signal, sys
from pathlib import Path
from evidence_desk.services.case import Case
case = Case.open(Path(sys.argv[1]), "Reviewer B")
for n in range(25):
    case.coverage.saw("EX-002", n)
case.coverage.flush()
case.coverage.saw("EX-002", 25)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_loses_only_what_was_on_screen_since_the_last_write(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(place)], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert main(["coverage", str(place), "EX-002", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["spans"], told["by"][0]["actor"]) == ([[0, 24, "stepped"]], "Reviewer B")
