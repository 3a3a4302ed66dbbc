"""What every test gets: a home of its own, no window on the person's screen, and the places tests look in."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

# Before any module of ours asks for a folder of the user: nothing of a test may land in, or depend on, a real home.
_HOME = Path(tempfile.mkdtemp(prefix="evidence-desk-tests-"))
_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "config",
    "LOCALAPPDATA": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}
for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)
for _name in ("EVIDENCE_DESK_ACTOR", "WAYLAND_DISPLAY", "DISPLAY"):
    os.environ.pop(_name, None)
os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's root."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_media() -> Path:
    """The folder of measured video files beside the checkout, where there is one."""
    folder = REPOSITORY.parent / "shared" / "media"
    if not folder.is_dir():
        pytest.skip("the measured video files (../shared/media) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def virtual_screen() -> Iterator[str]:
    """The DISPLAY of a screen that nobody sees (1920x1080); the started program needs QT_QPA_PLATFORM=xcb beside it."""
    program = shutil.which("Xvfb")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Xvfb is missing although this is CI; packaging/test.py installs it")
        pytest.skip("Xvfb is not installed (sudo apt-get install xvfb)")
    reading, writing = os.pipe()
    arguments = ["-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-dpi", "96"]
    with subprocess.Popen(
        [program, *arguments], pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        try:
            assert number, "Xvfb did not start"
            yield f":{number}"
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def desk_command() -> list[str]:
    """The start of a command line that runs the desk as a person's shell would."""
    return [sys.executable, "-P", "-m", "evidence_desk"]
