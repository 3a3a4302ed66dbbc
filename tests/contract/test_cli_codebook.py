"""`codebook` on the command line: shown, written to a file, taken in as a new version, refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.cli import main
from evidence_desk.domain.codebook import vocabulary_from

Capture = pytest.CaptureFixture[str]


def call(*arguments: object) -> int:
    return main([str(a) for a in arguments])


def told(capsys: Capture, *arguments: object) -> Any:
    capsys.readouterr()
    assert call(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")
    place = tmp_path / "yard.edcase"
    assert call("new", place, "--title", "Yard", "--codebook", "crowd") == 0
    return place


def test_show_export_change_import(case: Path, tmp_path: Path, capsys: Capture) -> None:
    book = told(capsys, "codebook", case, "show")
    assert vocabulary_from(book).name == "crowd"
    file = tmp_path / "book.json"
    assert call("codebook", case, "export", "-o", file) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == book
    assert call("codebook", case, "export", "-o", file) == 1
    book["terms"][0]["label"] = "Head count"
    file.write_text(json.dumps(book), encoding="utf-8")
    assert told(capsys, "codebook", case, "import", file)["version"] == "1.1"
    assert told(capsys, "codebook", case, "show")["terms"][0]["label"] == "Head count"
    versions = told(capsys, "codebook", case, "show", "--versions")
    assert [(v["codebook"], v["observations"]) for v in versions] == [("crowd 1.0", 0), ("crowd 1.1", 0)]
    assert told(capsys, "codebook", case, "import", "strikes")["name"] == "strikes"
    capsys.readouterr()
    assert call("codebook", case, "show") == 0
    assert "flash" in capsys.readouterr().out
    assert call("verify", case) == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [("{", "not JSON"), ("[]", "no codebook"), ('{"name": "a", "version": "1", "terms": []}', "at least one term")],
)
def test_what_is_no_codebook_is_refused_in_one_line(
    case: Path, tmp_path: Path, capsys: Capture, text: str, line: str
) -> None:
    file = tmp_path / "book.json"
    file.write_text(text, encoding="utf-8")
    before = told(capsys, "list", case, "events")
    assert call("codebook", case, "import", file) == 1
    told_ = capsys.readouterr().err
    assert line in told_
    assert told_.count("\n") == 1
    assert call("codebook", case, "import", "nothing") == 1
    assert told(capsys, "list", case, "events") == before
