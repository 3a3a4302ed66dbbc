"""A case is opened on a thread: the window lives, can leave it, and takes the newest wish."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer

from evidence_desk import wiring
from evidence_desk.domain.errors import Cancelled
from evidence_desk.jobs import CallbackContext, JobContext
from evidence_desk.services.case import Case
from evidence_desk.settings import SettingsFile
from evidence_desk.store.connection import CaseConnection
from evidence_desk.ui.case_flow import FAILED
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.wiring import Workers
from tests.qt.conftest import ScriptedPrompter
from tests.qt.test_shell_window import PLAIN

Gate = Callable[[], None]


@pytest.fixture
def window(
    qtbot: Any, theme: None, prompter: ScriptedPrompter, settings_file: SettingsFile, workers: Workers
) -> Iterator[MainWindow]:
    made = MainWindow(settings_file, workers, prompter, PLAIN)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Opening goes on only once the event is set; it can be stopped meanwhile."""
    go, really = threading.Event(), wiring.open_case

    def slowly(folder: Path, actor: str, write: bool = True, ctx: JobContext | None = None) -> Case:
        assert threading.current_thread() is not threading.main_thread()
        while not go.wait(0.005):
            if ctx is not None:
                ctx.progress(0, 0)
        return really(folder, actor, write, ctx)

    monkeypatch.setattr(wiring, "open_case", slowly)
    yield go
    go.set()


def _case(folder: Path, name: str) -> Path:
    case = wiring.create_case(folder / name, f"Exercise {name}", "Reviewer A")
    case.close()
    return case.folder


def _is_free(folder: Path) -> bool:
    """Tell whether nobody holds a case: it opens for writing, as one file without a log beside it."""
    if (folder / "case.db-wal").exists():
        return False
    case = Case.open(folder, "Reviewer Z", fall_back=True, log=False)
    case.close()
    return not case.read_only_reason


def test_the_window_lives_while_a_case_is_opened(
    qtbot: Any, window: MainWindow, held: threading.Event, tmp_path: Path
) -> None:
    turns: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(1))
    timer.start(1)
    window.open_path(_case(tmp_path, "Kestrel"))
    assert window.opening.isVisible()
    assert window.opening.title.text() == "Opening Kestrel.edcase…"
    assert [job.title for job in window.runner.active()] == ["Open Kestrel.edcase"]
    qtbot.waitUntil(lambda: len(turns) > 20)
    assert not window.session.is_open
    welcomed: list[int] = []
    window._pages.currentChanged.connect(lambda at: welcomed.append(at) if at == 0 else None)
    held.set()
    qtbot.waitUntil(lambda: window.session.is_open)
    assert welcomed == []
    assert window._pages.rooms.isVisible()
    assert not window.opening.isVisible()
    assert window.session.writable
    assert not window.runner.active()


def test_escape_leaves_the_opening_and_the_case_is_free(
    qtbot: Any, window: MainWindow, held: threading.Event, tmp_path: Path
) -> None:
    folder = _case(tmp_path, "Kestrel")
    window.open_path(folder)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.welcome.isVisible()
    qtbot.waitUntil(lambda: not window.runner.active())
    assert not window.session.is_open
    assert _is_free(folder)


def test_the_newest_wish_wins_and_the_same_one_is_begun_once(
    qtbot: Any, window: MainWindow, held: threading.Event, tmp_path: Path
) -> None:
    first, second = _case(tmp_path, "Kestrel"), _case(tmp_path, "Plover")
    window.open_path(first)
    window.open_path(first)
    assert len(window.runner.active()) == 1
    window.open_path(second)
    window.open_path(first)
    window.open_path(second)
    held.set()
    qtbot.waitUntil(lambda: window.session.is_open)
    qtbot.waitUntil(lambda: not window.runner.active())
    assert window.session.case.folder == second
    assert window.session.writable
    assert _is_free(first)


def test_closing_the_window_meanwhile_leaves_no_case_open(
    qtbot: Any, window: MainWindow, held: threading.Event, tmp_path: Path
) -> None:
    folder = _case(tmp_path, "Kestrel")
    window.open_path(folder)
    assert window.close()
    assert _is_free(folder)


def test_a_case_that_was_opened_for_nobody_is_closed(
    qtbot: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder, ready = _case(tmp_path, "Kestrel"), threading.Event()
    window.open_path(folder)
    # It is open on its thread; the window's thread has not come to take it yet.
    while not window.flow.opening._made:
        ready.wait(0.002)
    window.flow.opening.stop()
    qtbot.waitUntil(lambda: not window.runner.active())
    assert not window.session.is_open
    assert _is_free(folder)


@pytest.mark.parametrize(("spoil", "says"), [("damage", "cannot be read"), ("newer", "newer version")])
def test_what_cannot_be_opened_says_why_on_the_welcome_page(
    qtbot: Any, window: MainWindow, tmp_path: Path, spoil: str, says: str
) -> None:
    folder = _case(tmp_path, "Kestrel")
    if spoil == "damage":
        (folder / "case.db").write_bytes(b"no database at all" * 100)
    else:
        base = sqlite3.connect(folder / "case.db")
        base.execute("PRAGMA user_version = 999")
        base.close()
    window.open_path(folder)
    qtbot.waitUntil(lambda: window.flow.opening.place is None)
    assert window.welcome.isVisible()
    banner = window.banners.banner(FAILED)
    assert says in f"{banner.accessibleName()} {banner.accessibleDescription()}"
    assert not window.session.is_open


def test_a_job_that_is_stopped_while_the_log_is_read_closes_the_case(tmp_path: Path) -> None:
    folder = _case(tmp_path, "Kestrel")
    seen: list[int] = []

    def stop(done: int, total: int, note: str) -> None:
        seen.append(done)
        ctx.stop()

    ctx = CallbackContext(stop)
    with pytest.raises(Cancelled):
        Case.open(folder, "Reviewer A", ctx=ctx)
    assert seen == [0]
    assert _is_free(folder)


def test_a_connection_refuses_every_thread_but_the_one_that_took_it(tmp_path: Path) -> None:
    case = Case.open(_case(tmp_path, "Kestrel"), "Reviewer A")
    refused: list[Exception] = []

    def read(take: bool) -> None:
        try:
            if take:
                case.take()
            case.queries.sheet()
        except sqlite3.ProgrammingError as error:
            refused.append(error)

    for take, count in ((False, 1), (True, 1)):
        other = threading.Thread(target=read, args=(take,))
        other.start()
        other.join()
        assert len(refused) == count
    assert isinstance(case.store._connection, CaseConnection)
    with pytest.raises(sqlite3.ProgrammingError):
        case.queries.sheet()
    case.take()
    assert case.queries.sheet().title == "Exercise Kestrel"
    case.close()
