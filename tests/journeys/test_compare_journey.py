"""Two clips of one scene under keys that the X server sends: compared, tied by two flashes, stepped together."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.contract.clips import painted
from tests.journeys.test_real_keys import Hands

pytestmark = [pytest.mark.journey, pytest.mark.slow]

FLASHES_MS = (800, 2015)
LATER_MS = 300
"""The second clip begins so much later: what it shows at t was t + 300 ms in the first."""


def filmed(path: Path, frames: int, step_ms: int, begins_ms: int, shade: int) -> Path:
    """Write a clip of moving shapes in which two flashes light up every frame for 90 ms."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for n in range(frames):
            at = n * step_ms + begins_ms
            lit = any(flash <= at < flash + 90 for flash in FLASHES_MS)
            picture = np.clip(painted(at // 40, 160, 96, shade) // 2 + (120 if lit else 0), 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = n * step_ms, Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.fixture
def hands(virtual_screen: str, repository: Path, tmp_path: Path, desk_command: list[str]) -> Iterator[Hands]:
    """The desk on a case of two clips, with a person's name known to it."""
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed (sudo apt-get install xdotool)")
    home = tmp_path / "home"
    home.mkdir()
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    environment = {**os.environ, **dict.fromkeys(names, str(home)), "PYTHONPATH": str(repository)}
    case = tmp_path / "Pair.edcase"
    ground = filmed(tmp_path / "ground.mp4", 60, 40, 0, 0)
    roof = filmed(tmp_path / "roof.mp4", 70, 30, LATER_MS, 90)
    for words in (["new", str(case), "--title", "Pair"], ["add", str(case), str(ground), str(roof)]):
        subprocess.run([*desk_command, *words, "--as", "Reviewer A"], env=environment, check=True, capture_output=True)
    environment |= {"DISPLAY": virtual_screen, "QT_QPA_PLATFORM": "xcb"}
    made = Hands([*desk_command], environment, tmp_path, opening=case)
    yield made
    made.desk.kill()
    made.desk.wait(10)


def test_two_clips_are_tied_by_two_flashes_and_stepped_together(hands: Hands, tmp_path: Path) -> None:
    case = tmp_path / "Pair.edcase"
    hands.front("Who is working")
    hands.type("Reviewer A")
    hands.press("Return")
    hands.front("Pair")
    hands.press("ctrl+2")
    at_rest(hands)
    hands.press("g")
    hands.type("20")
    hands.press("Return")
    at_rest(hands)
    hands.press("u")
    at_rest(hands)
    # At 0.8 s the second clip shows its frame 26; the flash, which both show, lies nine frames before it there.
    hands.press(*["ctrl+Prior"] * 9)
    at_rest(hands)
    hands.picture("1-side-by-side")
    hands.press("F8")
    hands.until("the shared moment", lambda: hands.records(case, "syncs"))
    hands.press("g")
    hands.type("51")
    hands.press("Return")
    at_rest(hands)
    hands.picture("2-stepped-together")
    # The first moment put the second clip there. It is looked at by itself, a frame on and back, before it is marked.
    hands.press("ctrl+Next", "ctrl+Prior")
    at_rest(hands)
    hands.press("F8")
    hands.until("the second moment", lambda: len(hands.records(case, "syncs")[0]["moments"]) == 2)
    for name in ("3-wipe", "4-difference", "5-in-turn"):
        hands.press("F9")
        time.sleep(0.5)
        hands.picture(name)
    hands.press("F9", "Home")
    time.sleep(0.5)
    hands.picture("6-no-frame-yet")

    (record,) = hands.records(case, "syncs")
    assert [(m["a_frame"], m["b_frame"], "led" in m) for m in record["moments"]] == [(20, 17, False), (51, 58, False)]
    shown = json.loads(_said(hands, "sync", str(case), "show", "SY-001", "--at", "0", "--at", "40", "--json"))
    assert shown["model"] == "same speed"
    assert [Fraction(r) for r in shown["residuals"]] == [Fraction(5, 1000), Fraction(-5, 1000)]
    low, high = Fraction(shown["offset_low"]), Fraction(shown["offset_high"])
    assert low <= -Fraction(LATER_MS, 1000) <= high
    assert [v["place"] for v in shown["beside"]] == ["before", "shown"]
    hands.press("Escape", "ctrl+q")
    assert hands.desk.wait(20) == 0
    assert _said(hands, "verify", str(case)).splitlines()[0] == "same"


def at_rest(hands: Hands) -> None:
    """Wait until the screen stays as it is: nothing outside the window tells when a picture has come."""
    time.sleep(1.5)
    if shutil.which("import") is None:
        time.sleep(2.5)
        return
    before, same = b"", 0
    for _ in range(40):
        now = subprocess.run(
            ["import", "-window", "root", "rgb:-"], env=hands.environment, capture_output=True, check=False
        ).stdout
        same = same + 1 if now == before else 0
        if same >= 3:
            return
        before = now
        time.sleep(0.25)


def _said(hands: Hands, *words: str) -> str:
    environment = {**hands.environment, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*hands.command, *words], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout
