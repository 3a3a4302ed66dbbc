"""Opening a case on a thread: one at a time, the newest wish wins, and no case is left open that nobody took."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.ui.collecting import settle, uncollected
from evidence_desk.ui.job_runner import Job, JobRunner
from evidence_desk.ui.translate import tr

if TYPE_CHECKING:
    from evidence_desk.services.case import Case

Open = Callable[[JobContext], "Case"]
Taken = Callable[["Case"], None]


class CaseOpening(QObject):
    """Signals: `changed(str name)` what is being opened, "" for nothing any more."""

    changed = Signal(str)

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._turn = threading.Lock()
        self._made: list[Case] = []
        self._job: Job | None = None
        self._wish = 0
        self.place: Path | None = None
        """What is being opened, None for nothing."""

    def start(self, place: Path, open_: Open, then: Taken, failed: Callable[[EvidenceDeskError], None]) -> None:
        """Open the case at `place` by `open_(ctx)`; what is being opened already is left for it."""
        self.stop()
        self._wish += 1
        self.place = place
        self._job = self._runner.start(
            tr("Open {name}", name=place.name),
            partial(self._open, open_),
            self,
            partial(self._opened, self._wish, then),
            partial(self._failed, self._wish, failed),
            background=True,
        )
        self.changed.emit(place.name)

    def stop(self) -> None:
        """Leave what is being opened; what it holds is let go."""
        if self._job is not None:
            self._runner.cancel(self._job.id)
            self._end()
            self.changed.emit("")
        self.close_untaken()

    def _end(self) -> None:
        self._job, self.place = None, None
        self._wish += 1

    def close_untaken(self) -> None:
        """Close what was opened for nobody: the one it was for has gone, or wished for another."""
        while self._made:
            case = self._made.pop()
            case.take()
            case.close()

    def _open(self, open_: Open, ctx: JobContext) -> Case:
        """Open on this thread. One at a time: a case that is being closed would be met as held by another window."""
        with self._turn:
            ctx.progress(0, 0)
            with uncollected():  # what is read stays, and the window would wait for the search too
                case = open_(ctx)
                settle()
            try:
                ctx.progress(1, 1)
            except BaseException:
                case.close()
                raise
            self._made.append(case)
        return case

    def _opened(self, wish: int, then: Taken, case: Case) -> None:
        if case not in self._made:
            return
        if wish != self._wish:
            self.close_untaken()
            return
        self._made.remove(case)
        case.take()
        self._end()
        then(case)
        self.changed.emit("")  # last: what says what is being opened stands until the case is shown

    def _failed(self, wish: int, failed: Callable[[EvidenceDeskError], None], error: EvidenceDeskError) -> None:
        if wish == self._wish:
            self._end()
            self.changed.emit("")
            if not isinstance(error, Cancelled):
                failed(error)
