"""Starts the window: `evidence-desk` shows the welcome page, `evidence-desk CASE` opens a case.

`--as NAME` says who works."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

ACTOR_OPTION = "--as"
ACTOR_VARIABLE = "EVIDENCE_DESK_ACTOR"
"""Names who works in this run, where the option does not; it goes before whom the settings keep."""


def named_actor(argv: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return who is named for this run, "" for nobody, and the other arguments; `--as NAME` or `--as=NAME`."""
    name, others, rest = os.environ.get(ACTOR_VARIABLE, ""), [], iter(argv)
    for argument in rest:
        if argument == ACTOR_OPTION:
            name = next(rest, "")
        elif argument.startswith(f"{ACTOR_OPTION}="):
            name = argument.partition("=")[2]
        else:
            others.append(argument)
    return name.strip(), tuple(others)


def run(argv: Sequence[str], acting: str = "", until_painted: bool = False) -> int:
    """Show the window until it is closed and return the exit status; `argv` may name a case folder, and who works.

    `acting` acts in that case, this once, where nobody has said who they are. `until_painted` ends the program once
    its first page has been painted, and says so on stdout: for those who measure how long that takes.
    """
    from PySide6.QtWidgets import QApplication

    from evidence_desk import __version__
    from evidence_desk.settings import SettingsFile
    from evidence_desk.ui import crash
    from evidence_desk.ui.actions.key_guard import KeyGuard
    from evidence_desk.ui.app_filters import watch
    from evidence_desk.ui.first_paint import FirstPaint
    from evidence_desk.ui.language import install_language
    from evidence_desk.ui.main_window import MainWindow
    from evidence_desk.ui.theme import apply_theme
    from evidence_desk.wiring import Workers

    QApplication.setApplicationName("evidence-desk")
    QApplication.setApplicationDisplayName("Evidence Desk")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("evidence-desk")
    # An argument of ours is never one of Qt's.
    app = QApplication(sys.argv[:1])
    crash.start_log()
    install_language(app)
    settings = SettingsFile()
    apply_theme(settings.value.theme, settings.value.text_scale)
    guard = KeyGuard(app)
    watch(guard, guard.KINDS)
    workers = Workers(settings.value.window_mb)
    actor, places = named_actor(argv)
    window = MainWindow(settings, workers, actor=actor)
    hook = crash.CrashHook(window.show_crash, app)
    hook.install()
    # Without a Python handler a terminal's Ctrl+C would wait for the next event.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    def painted() -> None:
        if until_painted:
            sys.stdout.write("painted\n")
            sys.stdout.flush()
            app.quit()
        else:
            window.rooms.load_ahead()

    FirstPaint(window.welcome if until_painted else window, painted)
    window.show()
    window.activateWindow()
    if places:
        window.open_path(Path(places[0]).expanduser().resolve(), acting)
    if os.environ.get("EVIDENCE_DESK_BEATS"):
        from evidence_desk.ui.heartbeat import Heartbeat

        Heartbeat(Path(os.environ["EVIDENCE_DESK_BEATS"]), app)
    try:
        return app.exec()
    finally:
        workers.close()
