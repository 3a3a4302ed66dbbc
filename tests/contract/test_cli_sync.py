"""`sync` on the command line: two real clips, their moments, residuals, and what the other shows beside a frame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.cli import main
from tests.contract.clips import Clip, make_clip

Capture = pytest.CaptureFixture[str]


def call(*arguments: object) -> int:
    return main([str(a) for a in arguments])


@pytest.fixture(autouse=True)
def acting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two clips, 40 frames of 40 ms and 30 of 50 ms; the first test ties them, the others write nothing."""
    tmp_path = tmp_path_factory.mktemp("sync")
    who = ("--as", "Reviewer A")
    stamps = tuple(n * 40 for n in range(40))
    other = tuple(n * 50 for n in range(30))
    a = make_clip(tmp_path / "a.mp4", Clip(frames=40, stamps=stamps))
    b = make_clip(tmp_path / "b.mp4", Clip(frames=30, stamps=other, shade=90))
    place = tmp_path / "yard.edcase"
    assert call("new", place, "--title", "Yard", *who) == 0
    assert call("add", place, a, b, *who) == 0
    return place


def told(capsys: Capture, *arguments: object) -> Any:
    capsys.readouterr()
    assert call(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_add_mark_show_unmark_and_verify(case: Path, capsys: Capture) -> None:
    assert told(capsys, "sync", case, "add", "EX-001", "EX-002", "--moment", "20=8:flash")["number"] == "SY-001"
    assert call("sync", case, "mark", "SY-001", "--moment", "35=20: a step ") == 0
    shown = told(capsys, "sync", case, "show", "SY-001", "--at", "0", "--at", "20", "--at", "39")
    assert [m["what"] for m in shown["moments"]] == ["flash", "a step"]
    assert shown["offset"] == "-2/5"
    assert shown["residuals"] == ["0/1", "0/1"]
    assert [(v["place"], v["other"]) for v in shown["beside"]] == [("before", None), ("shown", 8), ("shown", 23)]
    back = told(capsys, "sync", case, "show", "SY-001", "--from", "EX-002", "--at", "8")
    assert back["beside"][0]["other"] == 20
    assert [s["number"] for s in told(capsys, "list", case, "syncs")] == ["SY-001"]
    capsys.readouterr()
    assert call("sync", case, "show") == 0
    assert "time in EX-002 = time in EX-001 -400.0 ms" in capsys.readouterr().out
    assert call("verify", case) == 0
    assert "2 citations" in capsys.readouterr().out
    pdf = case.parent / "dossier.pdf"
    assert call("export", case, "--format", "pdf", "-o", pdf) == 0
    assert pdf.stat().st_size > 10_000
    assert call("sync", case, "unmark", "SY-001", "1") == 0
    assert call("sync", case, "unmark", "SY-001", "1") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("add", "EX-001", "EX-002", "--moment", "20-8"), 2, "N=M[:WHAT]"),
        (("add", "EX-001", "EX-002", "--moment", "20=30"), 1, "EX-002 has no frame 30"),
        (("add", "EX-001", "EX-001", "--moment", "2=3"), 1, "not one with itself"),
        (("mark", "SY-009", "--moment", "2=3"), 1, "SY-009"),
        (("mark", "EX-001", "--moment", "2=3"), 1, "no synchronisation"),
    ],
)
def test_what_is_wrong_is_one_line(
    case: Path, capsys: Capture, arguments: tuple[str, ...], code: int, why: str
) -> None:
    capsys.readouterr()
    assert call("sync", case, *arguments) == code
    error = capsys.readouterr().err
    assert why in error
    assert "Traceback" not in error
