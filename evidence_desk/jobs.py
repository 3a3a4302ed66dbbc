"""The context of long work: progress and cancel; no threads and no window toolkit here."""

from __future__ import annotations

from typing import Protocol

from evidence_desk.domain.errors import Cancelled


class JobContext(Protocol):
    """What a job is given: it reports how far it is, and learns that it should stop."""

    @property
    def cancelled(self) -> bool:
        """Tell whether a person asked the job to stop."""
        ...

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Report `done` of `total` units; raises `Cancelled` once a person asked to stop."""
        ...


class NullContext:
    """A context that nobody watches and nobody stops."""

    @property
    def cancelled(self) -> bool:
        """Never."""
        return False

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Ignore the report."""


class CallbackContext:
    """A context for the command line and tests: calls `report`, stops when `stop` was set."""

    def __init__(self, report: ProgressReport | None = None) -> None:
        self._report = report
        self._stop = False

    @property
    def cancelled(self) -> bool:
        """Tell whether `stop` was called."""
        return self._stop

    def stop(self) -> None:
        """Ask the job to end at its next report."""
        self._stop = True

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Hand the report on; raises `Cancelled` after `stop`."""
        if self._report is not None:
            self._report(done, total, note)
        if self._stop:
            raise Cancelled("Stopped. Nothing was left half made.")


class ProgressReport(Protocol):
    """A function that is told how far a job is."""

    def __call__(self, done: int, total: int, note: str) -> None:
        """Take one report."""
        ...
