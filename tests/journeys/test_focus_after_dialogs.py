"""Keys that the X server sends act again after a dialog has closed, with no window manager to give the focus back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.journey]


@pytest.fixture
def desk(virtual_screen: str, repository: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The window of `focus_desk`, ready, and its screen."""
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed (sudo apt-get install xdotool)")
    environment = {
        **os.environ,
        "DISPLAY": virtual_screen,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(repository),
        "HOME": str(tmp_path),
    }
    script = str(repository / "tests" / "journeys" / "focus_desk.py")
    with subprocess.Popen(
        [sys.executable, script], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, virtual_screen
        finally:
            process.kill()


def said(process: subprocess.Popen[str], wanted: str) -> None:
    """Read until the window says something; fail when it says something else."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == wanted


@pytest.mark.timeout(60)
def test_keys_act_again_after_every_kind_of_dialog(desk: tuple[subprocess.Popen[str], str]) -> None:
    process, screen = desk
    environment = {**os.environ, "DISPLAY": screen}

    def press(key: str) -> None:
        subprocess.run(["xdotool", "key", key], env=environment, check=True)

    said(process, "ready")
    for key in "dfo":
        press(key)
        said(process, f"key {key}")
        said(process, "asking")
        press("Escape")
        said(process, "closed")
        press("m")
        said(process, "key m")
