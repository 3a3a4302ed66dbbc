"""The main job by keys alone, in the real program on a screen that nobody sees: own clip to PDF."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("keyboard_driver.py")


@pytest.mark.journey
@pytest.mark.slow
def test_from_own_clip_to_pdf_by_keys_alone(
    virtual_screen: str, repository: Path, tmp_path: Path, desk_command: list[str]
) -> None:
    clip = tmp_path / "own clip 1.mp4"
    shutil.copyfile(repository / "resources" / "exercises" / "kestrel" / "kestrel-above.mp4", clip)
    before = clip.read_bytes()
    home = tmp_path / "home"
    home.mkdir()
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA")
    environment = {
        **os.environ,
        **dict.fromkeys(names, str(home)),
        "DISPLAY": virtual_screen,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(repository),
    }
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(clip), str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=240,
        check=False,
    )
    assert done.stdout.strip(), done.stderr
    facts = json.loads(done.stdout.strip().splitlines()[-1])
    assert facts["failure"] == ""
    assert done.returncode == 0, done.stderr
    assert (facts["frames"], facts["condition"], facts["observation"]) == (416, "ok", 13)
    assert (facts["quote"], facts["start"]) == ("several people raised their arms", 12)
    assert facts["link"][:2] == ["OB-001", "CL-001"]
    assert (tmp_path / "journey.pdf").read_bytes().startswith(b"%PDF-")
    assert clip.read_bytes() == before
    # Opened, stepped, played, drawn and exported: no decoder was ever loaded into the desk.
    assert facts["decoders"] == []
    assert "Traceback" not in done.stderr

    case = tmp_path / "Yard at noon.edcase"
    assert not (case / "case.db-wal").exists()
    checked = subprocess.run(
        [*desk_command, "verify", str(case)],
        capture_output=True,
        text=True,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        timeout=120,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.splitlines()[0] == "same"
