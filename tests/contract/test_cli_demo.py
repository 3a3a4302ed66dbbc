"""The sample case by the command line: built end to end without a display, and opened again while it verifies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.cli import main

Capture = pytest.CaptureFixture[str]


def _data(capsys: Capture, *arguments: str) -> Any:
    capsys.readouterr()
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_sample_case_is_whole_and_the_same_one_is_opened_again(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    made = _data(capsys, "demo")
    assert list(made) == ["case", "dossier", "package"]
    assert Path(made["dossier"]).read_bytes().startswith(b"%PDF-")
    assert (Path(made["package"]) / "data" / "dossier.pdf").is_file()
    counts = {kind: len(_data(capsys, "list", made["case"], kind)) for kind in ("exhibits", "observations", "claims")}
    assert counts["exhibits"] == 3
    assert counts["observations"] >= 15
    assert counts["claims"] >= 6
    for kind in ("links", "questions", "sources"):
        assert _data(capsys, "list", made["case"], kind)
    assert {e["actor"] for e in _data(capsys, "list", made["case"], "events")} == {"Sample reviewer"}
    capsys.readouterr()
    assert main(["demo", "--open"]) == 0
    said = capsys.readouterr()
    assert made["case"] in said.out, "the sample that still verifies is taken again"
    assert said.err == "There is no display here, so no window was opened.\n"
    home = Path(made["case"]).parent
    assert main(["demo", "--out", str(home)]) == 1
    assert "exists already" in capsys.readouterr().err
