"""Twenty observations in a clip of sixty seconds, by keys that the X server sends and by nothing else."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_real_keys import Hands

pytestmark = [pytest.mark.journey, pytest.mark.slow]

FRAMES, RATE = 1500, 25
TONES_S = (12, 31)
"""Where a tone of half a second begins."""
FORM_OPENS_S, PLAYED_S = 0.3, 0.7
SAID = "They walk away from the camera"
TOWER = "A tower stands behind the wall"
PLAYED = ("OB-015", "OB-016")
"""Made where play was stopped, wherever that was."""
EXPECTED = [
    ("stick", 0, 0),
    ("movement", 2, 2),
    ("contact", 12, 12),
    ("count-of-people", 100, 100),
    ("line", 100, 150),
    ("cloud", 151, 161),
    ("cut", 250, 250),
    ("picture-ends", 250, 250),
    ("long-object", 251, 251),
    ("impulsive-sound", 300, 300),
    ("impulsive-sound", 325, 325),
    ("landmark", 350, 350),
    ("shield", 375, 375),
    ("face-covered", 400, 400),
    ("stick", 900, 900),
    ("picture-ends", 1499, 1499),
    ("movement", 3, 3),
    ("note", 4, 4),
]


class CountingHands(Hands):
    """Counts what is pressed: a combination is one key."""

    keys = 0

    def press(self, *keys: str) -> None:
        """Press key combinations, one after the other."""
        self.keys += len(keys)
        super().press(*keys)

    def type(self, text: str) -> None:
        """Type text."""
        self.keys += len(text)
        super().type(text)

    def to(self, place: str) -> None:
        """Go to a frame or a time."""
        self.press("g")
        self.type(place)
        self.press("Return")


@pytest.fixture
def environment(virtual_screen: str, repository: Path, tmp_path: Path) -> dict[str, str]:
    """A home of its own and the unseen screen."""
    for needed, package in (("xdotool", "xdotool"), ("ffmpeg", "ffmpeg")):
        if shutil.which(needed) is None:
            pytest.skip(f"{needed} is not installed (sudo apt-get install {package})")
    home = tmp_path / "home"
    home.mkdir()
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    return {
        **os.environ,
        **dict.fromkeys(names, str(home)),
        "PYTHONPATH": str(repository),
        "DISPLAY": virtual_screen,
        "QT_QPA_PLATFORM": "xcb",
    }


@pytest.fixture
def case(environment: dict[str, str], tmp_path: Path, desk_command: list[str]) -> Path:
    """A case with one clip of a minute, in which two tones sound, and a claim that can be linked to."""
    clip, folder, text = tmp_path / "minute.mp4", tmp_path / "Minute.edcase", tmp_path / "statement.txt"
    text.write_text("They stood with their arms raised.", encoding="utf-8")
    tones = "+".join(f"0.4*sin(2*PI*880*t)*between(t,{at},{at}.5)" for at in TONES_S)
    pictures = ["-f", "lavfi", "-i", f"testsrc2=s=320x180:r={RATE}:d={FRAMES // RATE}"]
    sound = ["-f", "lavfi", "-i", f"aevalsrc='{tones}':s=48000:d={FRAMES // RATE}"]
    packed = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run(["ffmpeg", "-v", "error", *pictures, *sound, *packed, str(clip)], check=True)
    for words in (
        ["new", folder, "--title", "Minute", "--codebook", "crowd"],
        ["add", folder, clip],
        ["source", folder, "add", "--title", "Statement", "--text", text],
        ["claim", folder, "add", "--source", "SR-001", "--quote", "arms raised"],
    ):
        command = [*desk_command, *map(str, words), "--as", "Reviewer A"]
        subprocess.run(command, env={**environment, "QT_QPA_PLATFORM": "offscreen"}, check=True, capture_output=True)
    return folder


@pytest.fixture
def hands(environment: dict[str, str], case: Path, tmp_path: Path, desk_command: list[str]) -> Iterator[CountingHands]:
    """The desk on the case, with a person at the keys."""
    made = CountingHands(desk_command, environment, tmp_path, opening=case)
    yield made
    made.desk.kill()
    made.desk.wait(10)


def rows(case: Path, table: str) -> list[dict[str, Any]]:
    """Return the records in force in the order of their numbers, read beside the open desk."""
    with sqlite3.connect(f"file:{case}/case.db?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        found = db.execute(f"SELECT * FROM {table} WHERE withdrawn = '' ORDER BY number").fetchall()
    return [dict(row) for row in found]


def test_twenty_observations_by_keys_alone(
    hands: CountingHands, case: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    def mark(count: int, *keys: str) -> list[dict[str, Any]]:
        """Press, wait until there are so many observations, and return them."""
        hands.press(*keys)
        hands.until(f"{count} observations", lambda: len(rows(case, "observations")) >= count)
        found = rows(case, "observations")
        assert len(found) == count
        return found

    def on_record(number: int, field: str, value: object) -> None:
        hands.until(f"{field} {value}", lambda: rows(case, "observations")[number - 1][field] == value)

    def pressed_once() -> bool:
        """Nothing outside tells when the room takes keys: press, and again only where nothing came of it."""
        hands.press("4")
        end = time.monotonic() + 8
        while time.monotonic() < end and not rows(case, "observations"):
            time.sleep(0.05)
        return bool(rows(case, "observations"))

    hands.front("Who is working")
    hands.type("Reviewer A")
    hands.press("Return")
    hands.front("Minute")
    hands.press("ctrl+2")
    hands.picture("0-review")
    hands.keys = 0

    # One key is one observation; letters state what its term asks for, right after it.
    hands.until("the room", pressed_once)
    hands.press("a")
    mark(2, "Right", "Right", "2", "q", "Tab", "a")
    mark(3, "Shift+Right", "Shift+C", "a", "Tab", "q", "Tab", "a")
    # A count is a number and Enter.
    hands.to("100")
    mark(4, "1")
    hands.press("a", "x", "3", "Return")
    on_record(4, "count_max", 3)
    # Spans from I to O.
    hands.press("i")
    hands.to("150")
    mark(6, "o", "3", "Right", "i", "Shift+Right", "o", "7")
    hands.press("q")
    hands.picture("1-spans")
    # Two marks on one frame, a step and a third, typed faster than the picture comes.
    hands.to("10s")
    mark(9, "8", "9", "Right", "5")
    hands.press("r", "Escape")
    # What is heard, where the tone begins.
    hands.to("00:00:12")
    mark(10, "Shift+V")
    # Where exactly it sounds: a time and how long, nudged by a millisecond and by a sample.
    hands.press("Alt+a")
    hands.type("12")
    hands.press("Tab")
    hands.type("+0.5")
    hands.press("Up", "Shift+Down", "Return")
    # Alt+M is the last term again; Shift+M asks for another, with words.
    mark(11, "Next", "Alt+m")
    hands.press("Next", "Shift+M")
    time.sleep(FORM_OPENS_S)
    hands.type("land")
    hands.press("F2")
    hands.type(TOWER)
    mark(12, "ctrl+Return")
    # Looked for and not seen; cannot be assessed, and why.
    hands.press("Next", "Shift+N")
    time.sleep(FORM_OPENS_S)
    hands.type("shi")
    mark(13, "ctrl+Return")
    hands.press("Next", "Alt+n")
    time.sleep(FORM_OPENS_S)
    hands.type("cov")
    hands.press("Alt+n")
    hands.type("occ")
    mark(14, "ctrl+Return")
    hands.picture("2-not-assessed")
    # Play and pause: the frame on screen is the one that is kept.
    hands.press("space")
    time.sleep(PLAYED_S)
    mark(15, "space", "6")
    hands.press("a", "Tab", "a", "Escape", "l")
    time.sleep(PLAYED_S)
    mark(16, "k", "8")
    # A region by keys: laid in the middle, chosen, moved, sized.
    hands.to("900")
    mark(17, "4")
    hands.press("Escape", "b", "Return")
    hands.until("the region", lambda: rows(case, "regions"))
    hands.press("Alt+Right", "Alt+Right", "Alt+Home", "Alt+Home", "Alt+Home", "Alt+Down", "Escape")
    # A link to a claim.
    hands.press("Shift+L", "Tab", "Tab")
    hands.type("the object is above the head")
    hands.press("Return")
    hands.until("the link", lambda: rows(case, "links"))
    hands.picture("3-linked")
    mark(18, "End", "9")
    # Back to an earlier one, other words for it, Esc to the picture, and on from there.
    hands.press("Home", "ctrl+Right", "F2", "ctrl+a")
    hands.type(SAID)
    hands.press("Escape")
    mark(19, "Right", "2")
    # Taken back, done again, and the twentieth.
    hands.press("Escape", "ctrl+z")
    hands.until("nineteen less one", lambda: len(rows(case, "observations")) == 18)
    mark(19, "ctrl+shift+z")
    made = mark(20, "Right", "m")
    hands.picture("4-twenty")
    pressed = hands.keys
    hands.press("Escape", "ctrl+q")
    assert hands.desk.wait(20) == 0
    print(f"{pressed} keys for 20 observations")  # noqa: T201 - shown by pytest -s, for those who measure

    assert [(o["term"], o["first_frame"], o["last_frame"]) for o in made if o["number"] not in PLAYED] == EXPECTED
    assert [o["statement"] for o in made if o["term"] in ("movement", "landmark")][:2] == [SAID, TOWER]
    facts = {o["number"]: json.loads(o["attributes"]) for o in made if o["attributes"]}
    assert facts["OB-001"] == {"movement": "raised"}
    assert facts["OB-002"] == {"direction": "away", "pace": "walking"}
    assert facts["OB-003"] == {"with": "hand", "where": "arm", "repeated": "once"}
    assert facts["OB-009"] == {"directed": "to the ground"}
    assert facts["OB-015"] == {"towards": "a figure", "lands": "seen"}
    assert [made[3][f"count_{which}"] for which in ("min", "best", "max")] == [3, 3, 3]
    assert [o["presence"] for o in made[12:14]] == ["looked for, not seen", "cannot be assessed"]
    assert (made[13]["presence_reason"], made[13]["statement"]) == ("occluded", "")
    # Half a second at 48 kHz, a millisecond longer, a sample shorter.
    heard = made[9]
    assert [heard[f"sound_{name}"] for name in ("start", "end", "time_base")] == [576000, 600047, "1/48000"]
    (region,) = rows(case, "regions")
    # A box of half the picture lies in its middle; two pixels to the right, one taller.
    assert (region["observation"], region["frame"]) == ("OB-017", 900)
    x, y, wide, high = (value / 16 for value in json.loads(region["points"]))
    assert (x, y, wide, high) == (122, 67.5, 80, 46)
    (link,) = rows(case, "links")
    assert (link["origin"], link["target"]) == ("OB-017", "CL-001")

    hashes = frame_hashes(case)
    assert len(hashes) == FRAMES
    for seen in made:
        assert seen["first_hash"] == hashes[seen["first_frame"]], seen["number"]
        assert seen["last_hash"] == hashes[seen["last_frame"]], seen["number"]
    done = subprocess.run(
        [*hands.command, "verify", str(case)],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout.splitlines()[:1] == ["same"], done.stdout + done.stderr


def frame_hashes(case: Path) -> list[str]:
    """Return the SHA-256 of every picture of the clip as ffmpeg decodes it."""
    (file,) = (path for path in (case / "exhibits").rglob("*") if path.is_file())
    asked = ["-noautorotate", "-i", str(file), "-map", "0:V:0", "-autoscale", "0", "-fps_mode", "passthrough"]
    told = subprocess.run(
        ["ffmpeg", "-v", "error", *asked, "-f", "framehash", "-hash", "sha256", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.rpartition(",")[2].strip() for line in told.stdout.splitlines() if not line.startswith("#")]
