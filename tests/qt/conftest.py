"""What the tests of the window share: a themed application, scripted answers, a bare window with its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from evidence_desk.settings import Settings, SettingsFile
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.actions.specs import SPECS, room_specs
from evidence_desk.ui.job_runner import JobRunner
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.rooms import ROOMS, RoomContext
from evidence_desk.ui.session import Session
from evidence_desk.ui.theme import apply_theme, current_theme
from evidence_desk.ui.widgets.messages import Toasts
from evidence_desk.wiring import Workers
from tests.qt.players import NoPlayer


class ScriptedPrompter(Prompter):
    """Answers from lists, in order; an unexpected question fails the test by its title."""

    def __init__(self) -> None:
        super().__init__(None)
        self.choices: list[int | None] = []
        self.lines: list[str | None] = []
        self.paths: list[Any] = []
        self.dialogs: list[Callable[[Any], bool]] = []
        self.asked: list[str] = []

    def choose(self, title: str, text: str, actions: Sequence[str], stay: str = "") -> int | None:
        self.asked.append(f"{title}: {text}")
        return self.choices.pop(0)

    def ask_line(self, title: str, label: str, action: str, value: str = "", needed: bool = True) -> str | None:
        self.asked.append(title)
        return self.lines.pop(0)

    def run(self, dialog: QDialog) -> bool:
        """Hand the dialog to the next scripted answerer, which fills it and tells whether it accepts."""
        self.asked.append(dialog.windowTitle())
        answered = self.dialogs.pop(0)(dialog)
        dialog.deleteLater()
        return answered

    def open_files(self, title: str, folder: Path | None = None, kinds: str = "") -> tuple[Path, ...]:
        self.asked.append(title)
        return tuple(self.paths.pop(0))

    def open_file(self, title: str, folder: Path | None = None, kinds: str = "") -> Path | None:
        return self._path(title)

    def open_folder(self, title: str, folder: Path | None = None) -> Path | None:
        return self._path(title)

    def save_file(self, title: str, proposed: Path, kinds: str = "") -> Path | None:
        return self._path(title)

    def _path(self, title: str) -> Path | None:
        self.asked.append(title)
        found: Path | None = self.paths.pop(0)
        return found


@pytest.fixture(autouse=True)
def _nothing_stays(qapp: QApplication) -> Iterator[None]:
    """Delete now what a test left to be deleted later: widgets that stay slow down every later switch of theme."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path) -> None:
    """Keep where the work stood apart from every other test: their cases are copies of one another."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "places"))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[None]:
    """The dark theme at 100 %, whatever the test before left."""
    apply_theme("dark", 100)
    yield
    apply_theme("dark", 100)


@pytest.fixture
def prompter() -> ScriptedPrompter:
    """A prompter that answers from its lists."""
    return ScriptedPrompter()


@pytest.fixture
def settings_file(tmp_path: Path) -> SettingsFile:
    """Settings of a known actor, in a file of this test."""
    settings = SettingsFile(tmp_path / "settings.json")
    settings.put(Settings(actor="Reviewer A", role="first reviewer", folder=str(tmp_path)))
    return settings


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Worker processes that are ended after the test; none is started unless asked for."""
    made = Workers(make_player=NoPlayer)
    yield made
    made.close()


@pytest.fixture
def host(qtbot: Any, theme: None) -> QMainWindow:
    """A bare window for parts under test."""
    window = QMainWindow()
    window.resize(1280, 720)
    window.setCentralWidget(QWidget())
    qtbot.addWidget(window)
    return window


@pytest.fixture
def room_context(
    host: QMainWindow, prompter: ScriptedPrompter, settings_file: SettingsFile, workers: Workers
) -> Iterator[RoomContext]:
    """All that a room is given, without the main window: put the room on `host` and bring the actions to its scope."""
    session = Session(workers, host)
    runner = JobRunner(host)
    specs = (*SPECS, *room_specs((room.id, room.title, room.icon, room.key) for room in ROOMS))
    actions = ActionRegistry(host, specs)
    actions.set_conditions({"case": lambda: session.is_open, "write": lambda: session.writable})
    yield RoomContext(session, runner, actions, current_theme, prompter, Toasts(host), settings_file)
    runner.close()
    session.close()
