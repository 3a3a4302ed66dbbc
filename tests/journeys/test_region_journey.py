"""A region under real keys: drawn, followed through more than 100 frames, corrected, followed again, and accepted."""

from __future__ import annotations

import subprocess
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.journeys.test_real_keys import Hands, hands

__all__ = ["hands"]

FRAMES, WIDE, HIGH = 150, 320, 192
LAST = 130
pytestmark = [pytest.mark.journey, pytest.mark.slow]


def target_at(n: int) -> tuple[int, int]:
    """Return left and top of the target, which is a quarter as wide and high as the picture, in its middle at first."""
    return round(120 + 70 * np.sin(n / 25)), round(72 + 40 * np.sin(n / 18))


def wandering(path: Path) -> Path:
    """Write a clip in which a patterned target wanders over a patterned ground."""
    random = np.random.default_rng(4)
    ground = np.kron(random.integers(60, 120, (HIGH // 8, WIDE // 8)), np.ones((8, 8))).astype(np.uint8)
    target = np.kron(random.integers(0, 256, (8, 10)), np.ones((6, 8))).astype(np.uint8)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDE, HIGH, "yuv420p"
        for n in range(FRAMES):
            picture = ground.copy()
            x, y = target_at(n)
            picture[y : y + 48, x : x + 80] = target
            frame = av.VideoFrame.from_ndarray(np.stack([picture] * 3, axis=2), format="rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def _off(key: dict[str, Any]) -> float:
    """Return by how many pixels the middle of a key frame misses the target's."""
    x, y = target_at(key["frame"])
    left, top, wide, high = (v / 16 for v in key["points"])
    return float(np.hypot(left + wide / 2 - x - 40, top + high / 2 - y - 24))


def test_a_region_is_tracked_through_a_hundred_frames_and_corrected(hands: Hands, tmp_path: Path) -> None:
    clip, case = wandering(tmp_path / "wander.mp4"), tmp_path / "Yard.edcase"
    hands.desk.kill()
    hands.desk.wait(10)
    by = ["--as", "Reviewer A"]
    for words in (["new", str(case), "--title", "Yard", *by], ["add", str(case), str(clip), *by]):
        subprocess.run([*hands.command, *words], env=hands.environment, capture_output=True, check=True, timeout=60)
    desk = Hands(hands.command, hands.environment, tmp_path, case)
    try:
        _work(desk, case)
    finally:
        desk.desk.kill()
        desk.desk.wait(10)


def _work(desk: Hands, case: Path) -> None:
    def region() -> dict[str, Any]:
        return desk.records(case, "regions")[0]

    def keys() -> dict[int, dict[str, Any]]:
        return {k["frame"]: k for k in region()["key_frames"]}

    desk.front("Who is working")
    desk.type("Reviewer A")
    desk.press("Return")
    desk.front("Yard")
    desk.press("ctrl+2")
    time.sleep(2)  # Nothing outside the window tells when the clip is on screen.
    desk.press("Escape", "i", "g")
    desk.type(str(LAST))
    desk.press("Return", "o", "1", "Home")
    desk.until("the observation", lambda: desk.records(case, "observations"))
    time.sleep(1)
    desk.press("b", "Return")
    desk.until("the region", lambda: desk.records(case, "regions"))
    time.sleep(0.5)
    desk.press("ctrl+alt+r")
    desk.until("tracking", lambda: len(region()["key_frames"]) > 100)
    found = keys()
    assert sorted(found) == list(range(LAST + 1))
    assert [found[n]["by"] for n in (0, 1, LAST)] == ["drawn", "tracked", "tracked"]
    assert max(_off(k) for k in found.values()) < 6
    desk.picture("c1-tracked")

    # Half way a person sees that it has to be moved, by two pixels to the right.
    desk.press("g")
    desk.type("60")
    desk.press("Return")
    time.sleep(1)
    desk.press("alt+Right", "alt+Right")
    desk.until("the correction", lambda: keys()[60]["by"] == "drawn" and keys()[60]["points"] != found[60]["points"])
    desk.picture("c2-corrected")
    desk.press("ctrl+alt+r")
    desk.until("tracking again", lambda: keys()[100]["points"] != found[100]["points"])
    again = keys()
    assert all(again[n] == found[n] for n in range(60))
    assert again[61]["by"] == "tracked"

    # Only what was looked at is accepted: here the three frames that are stepped to.
    desk.press("period", "period", "period")
    time.sleep(1.5)
    desk.picture("c3-looked-at")
    desk.press("ctrl+alt+a")
    desk.until("accepting", lambda: keys()[63]["by"] == "confirmed")
    after = keys()
    assert after[64]["by"] == "tracked"
    assert after[LAST]["by"] == "tracked"
    desk.picture("c4-accepted")
    desk.press("Escape", "ctrl+q")
    assert desk.desk.wait(20) == 0
    checked = subprocess.run(
        [*desk.command, "verify", str(case)],
        env={**desk.environment, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.stdout.splitlines()[:1] == ["same"], checked.stdout + checked.stderr
