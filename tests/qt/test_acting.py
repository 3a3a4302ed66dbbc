"""Who works in the window: named at the start, else kept in the settings; and which arguments open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidence_desk import __main__ as start
from evidence_desk import app, cli
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.acting import Acting
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.wiring import Workers
from tests.qt.conftest import ScriptedPrompter


def test_the_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(app.ACTOR_VARIABLE, raising=False)
    assert app.named_actor(["--as", "Reviewer B", "a.edcase"]) == ("Reviewer B", ("a.edcase",))
    assert app.named_actor(["a.edcase", "--as=Reviewer B"]) == ("Reviewer B", ("a.edcase",))
    assert app.named_actor(["a.edcase"]) == ("", ("a.edcase",))
    monkeypatch.setenv(app.ACTOR_VARIABLE, "Reviewer E")
    assert app.named_actor([]) == ("Reviewer E", ())
    assert app.named_actor(["--as", "Reviewer B"]) == ("Reviewer B", ())


@pytest.mark.parametrize("window", [["--as", "B", "a.edcase"], ["--as=B", "a.edcase/"], ["--as", "B"], ["a.edcase"]])
def test_a_case_and_who_works_in_it_open_the_window(monkeypatch: pytest.MonkeyPatch, window: list[str]) -> None:
    seen: list[list[str]] = []

    def run(argv: list[str]) -> int:
        seen.append(list(argv))
        return 7

    monkeypatch.setattr(app, "run", run)
    assert start.main(window) == 7
    assert seen == [window]


@pytest.mark.parametrize("commands", [["--as"], ["--as", "B", "status"], ["status", "--as", "B"], ["--help"]])
def test_all_else_is_the_command_line(monkeypatch: pytest.MonkeyPatch, commands: list[str]) -> None:
    monkeypatch.setattr(app, "run", lambda argv: pytest.fail("the window was opened"))
    monkeypatch.setattr(cli, "main", lambda argv: 5)
    assert start.main(commands) == 5


def test_a_name_for_this_run_goes_before_the_kept_one_and_is_not_kept(settings_file: SettingsFile) -> None:
    acting = Acting(settings_file, "Reviewer B")
    assert (acting.name, acting.role, acting.text) == ("Reviewer B", "", "Reviewer B")
    assert acting.settings.actor == "Reviewer B"
    acting.keep("Reviewer B", "")  # a dialog that was left as it stood
    assert settings_file.value.actor_text == "Reviewer A, first reviewer"
    acting.keep("Reviewer C", "lead")  # what a person says in the window is kept
    assert acting.text == settings_file.value.actor_text == "Reviewer C, lead"


def test_the_window_opens_a_case_as_the_one_who_was_named(
    qtbot: Any, theme: None, workers: Workers, settings_file: SettingsFile, prompter: ScriptedPrompter, tmp_path: Path
) -> None:
    from evidence_desk import wiring

    wiring.create_case(tmp_path / "yard", "Yard", "Maker").close()
    window = MainWindow(settings_file, workers, prompter, actor="Reviewer B")
    qtbot.addWidget(window)
    window.open_path(tmp_path / "yard.edcase")
    qtbot.waitUntil(lambda: window.session.is_open)
    assert window.session.case.actor == "Reviewer B"
    assert window.top_bar.actor.text() == "Reviewer B"
    assert settings_file.value.actor == "Reviewer A"
    window.close()
