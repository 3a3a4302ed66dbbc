"""What happens when the program itself fails: the log keeps the trace, the person gets a calm line."""

from __future__ import annotations

import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QObject, Signal

from evidence_desk import __version__
from evidence_desk.ui.translate import tr

_log = logging.getLogger("evidence_desk")
_LOG_BYTES = 1_000_000


def log_folder() -> Path:
    """Return the folder of the log."""
    return Path(platformdirs.user_log_dir("evidence-desk", appauthor=False))


def start_log() -> Path | None:
    """Write warnings and errors to a file that is rolled over; None where no file can be written."""
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "desk.log", maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    return folder / "desk.log"


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return the text of a report: versions and the trace, without the person's home folder in it."""
    lines = "".join(traceback.format_exception(kind, error, trace)).replace(str(Path.home()), "~")
    return f"Evidence Desk {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{lines}"


class CrashHook(QObject):
    """Takes what nobody caught, on any thread, and shows it once on the window's thread.

    Signals: `failed(str report)`.
    """

    failed = Signal(str)

    def __init__(self, show: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._seen: set[str] = set()
        self._showing = False
        self.failed.connect(self._tell)

    def install(self) -> None:
        """Take the place of Python's own handlers."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log a failure and have it shown; Ctrl+C at the terminal ends the program as usual."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(kind, error, trace)
        _log.error("the program failed: %s", text)
        self.failed.emit(text)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def _tell(self, text: str) -> None:
        # A failure in a repaint would come with every frame: each is shown once, and never two at a time.
        if text in self._seen or self._showing:
            return
        self._seen.add(text)
        self._showing = True
        try:
            self._show(text)
        finally:
            self._showing = False


def words() -> tuple[str, str]:
    """Return title and text of the dialog."""
    return (
        tr("Something in the program failed"),
        tr(
            "The case is safe: every change is written whole or not at all. You can go on. If it happens again, close "
            "the case and open it anew; the log keeps the details."
        ),
    )
