"""A window that is ended by force while somebody steps opens its panels and its frame again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.qt.review_case import make_review_case

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.mark.timeout(90)
def test_an_open_panel_and_the_frame_outlive_a_kill(repository: Path, tmp_path: Path) -> None:
    case = make_review_case(tmp_path / "made")
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    environment = {
        **os.environ,
        **dict.fromkeys(names, str(tmp_path)),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(repository),
    }
    script = str(repository / "tests" / "journeys" / "place_keeper.py")
    for round_, expected in (("first", "kept"), ("again", "adjustments True frame True")):
        with subprocess.Popen(
            [sys.executable, script, str(case), str(tmp_path / "settings.json"), round_],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as desk:
            try:
                assert desk.stdout is not None
                assert desk.stdout.readline().strip() == expected
            finally:
                desk.send_signal(signal.SIGKILL)
