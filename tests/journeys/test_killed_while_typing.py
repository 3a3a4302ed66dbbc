"""Words typed with real keys into a window that is ended by force: after the next start they are there again."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_real_keys import Hands
from tests.qt.review_case import make_review_case

WORDS, NEW_WORDS, HELD = "Two figures stand by a wall", "A figure kneels", "Three are surrendering"
A_PAUSE_S = 1.6

pytestmark = [pytest.mark.journey, pytest.mark.slow]


class Desk:
    """A case, and windows on it one after the other."""

    def __init__(self, command: list[str], environment: dict[str, str], pictures: Path, case: Path) -> None:
        self.command, self.environment, self.pictures, self.case = command, environment, pictures, case
        self.hands = self.start()

    def start(self) -> Hands:
        self.hands = Hands([*self.command, "--as", "Reviewer A"], self.environment, self.pictures, self.case)
        self.hands.front("Review")
        self.at_rest()
        self.hands.press("ctrl+2")
        self.at_rest()
        return self.hands

    def at_rest(self) -> None:
        """Wait until the screen stays as it is: nothing outside the window tells when the picture is there."""
        seen: list[bytes] = []

        def same() -> bool:
            time.sleep(0.8)
            self.hands.picture("now")
            picture = self.pictures / "now.png"
            seen.append(picture.read_bytes() if picture.is_file() else b"")
            return len(seen) > 1 and seen[-1] == seen[-2]

        self.hands.until("a screen at rest", same)

    def kill(self) -> None:
        self.hands.desk.kill()
        self.hands.desk.wait(10)

    def statements(self) -> list[str]:
        reader = Hands.__new__(Hands)
        reader.command, reader.environment = self.command, self.environment
        return [o["statement"] for o in reader.records(self.case, "observations")]


@pytest.fixture
def desk(virtual_screen: str, repository: Path, tmp_path: Path, desk_command: list[str]) -> Iterator[Desk]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed (sudo apt-get install xdotool)")
    home = tmp_path / "home"
    home.mkdir()
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    environment = {
        **os.environ,
        **dict.fromkeys(names, str(home)),
        "DISPLAY": virtual_screen,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(repository),
    }
    made = Desk(desk_command, environment, tmp_path, make_review_case(tmp_path / "case"))
    yield made
    made.kill()


def test_what_was_typed_outlives_kills(desk: Desk) -> None:
    hands = desk.hands
    hands.press("m")
    hands.until("the observation", desk.statements)
    hands.press("F2")
    hands.type(WORDS)
    time.sleep(A_PAUSE_S)
    hands.picture("1-kept")
    desk.kill()
    assert desk.statements() == [WORDS], "nobody pressed Keep, and it is on record"

    hands = desk.start()
    hands.press("Right")
    desk.at_rest()
    hands.press("shift+m")
    desk.at_rest()
    hands.press("F2")
    hands.type(NEW_WORDS)
    time.sleep(A_PAUSE_S)
    hands.picture("2-new")
    desk.kill()
    assert desk.statements() == [WORDS]

    hands = desk.start()
    hands.picture("3-there-again")
    hands.press("F2", "ctrl+Return")
    hands.until("the new observation", lambda: desk.statements() == [WORDS, NEW_WORDS])
    hands.press("F2", "ctrl+a")
    hands.type(HELD)
    time.sleep(A_PAUSE_S)
    hands.picture("4-held")
    desk.kill()
    assert desk.statements() == [WORDS, NEW_WORDS], "a word without its reason is not kept"

    hands = desk.start()
    hands.press("Home")
    desk.at_rest()
    hands.press("ctrl+Right")
    desk.at_rest()
    hands.picture("5-held-again")
    hands.press("F2", "ctrl+Return")
    time.sleep(0.5)
    hands.type("Said aloud")
    hands.press("Return", "ctrl+Return")
    hands.until("the word with its reason", lambda: desk.statements() == [WORDS, HELD])
