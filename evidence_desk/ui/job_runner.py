"""Runs long work on threads and brings its result back to the window's thread.

A task is a plain function `(ctx) -> value` that writes no record and touches no widget. Its result is delivered only
while the owner lives; every thread is joined when the window closes.
"""

from __future__ import annotations

import itertools
import logging
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.jobs import JobContext

_log = logging.getLogger(__name__)

Task = Callable[[JobContext], Any]
Then = Callable[[Any], None]
Failed = Callable[[EvidenceDeskError], None]

# 0.05 s: a bar repainted faster only slows the work it reports on.
_REPORT_EVERY_S = 0.05
# One decodes, one hashes; more would only fight for the same disk and cores.
_THREADS = 2
# What a person waits for at the picture (a frame table, small pictures, a waveform) never stands behind those. Some of
# them wait for the process that has their file; enough are left to open another exhibit meanwhile.
_BACKGROUND_THREADS = 4
# Python's usual 5 ms: while a thread computes, each of the hundreds of calls in which Qt asks Python to paint a part
# would wait that long for its turn, and a window of a moment would stand still for a second.
_TURN_S = 0.0005


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobView:
    """What the window shows of a job; `left_s` is None until it can be told.

    Background work is made anew at any time (small pictures, waveforms): nobody is asked before it is stopped.
    """

    id: int
    title: str
    state: JobState
    done: int
    total: int
    note: str
    left_s: float | None
    background: bool = False

    @property
    def active(self) -> bool:
        """Tell whether the job still waits or runs."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)


class Job:
    """One piece of work, handed back by `JobRunner.start`; it can be stopped."""

    def __init__(
        self, number: int, title: str, owner: QObject, report: Callable[[], None], background: bool = False
    ) -> None:
        self.id, self.title, self.background = number, title, background
        self._owner = owner
        self._report = report
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._state = JobState.QUEUED
        self._progress: tuple[int, int, str] = (0, 0, "")
        self._stage = (0.0, 0)
        self._reported = 0.0

    @property
    def cancelled(self) -> bool:
        """Tell whether a person asked the job to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next report."""
        self._stop.set()

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Take a report from the task; raises `Cancelled` once a person asked to stop."""
        if self._stop.is_set():
            raise Cancelled(f"{self.title} was stopped. Nothing was left half made.")
        now = time.monotonic()
        with self._lock:
            if done < self._progress[0] or total != self._progress[1]:
                # Another stage has begun, in other units: what is left is reckoned from here.
                self._stage = (now, done)
            self._progress = (done, total, note)
            if now - self._reported < _REPORT_EVERY_S:
                return
            self._reported = now
        self._report()

    def view(self) -> JobView:
        """Return how far the job is."""
        with self._lock:
            done, total, note = self._progress
            state, (began, start) = self._state, self._stage
        spent = time.monotonic() - began if began else 0.0
        known = state == JobState.RUNNING and done > start and spent > 0.5
        left = spent * (total - done) / (done - start) if known else None
        return JobView(self.id, self.title, state, done, total, note, left, self.background)

    def owner_lives(self) -> bool:
        """Tell whether the owner is still there to take the result."""
        return bool(shiboken6.isValid(self._owner))

    def begin(self) -> None:
        """Mark the job as running."""
        with self._lock:
            self._state, self._stage = JobState.RUNNING, (time.monotonic(), 0)

    def end(self, state: JobState, note: str = "") -> None:
        """Mark the job as ended; a note replaces the last report's."""
        with self._lock:
            self._state = state
            done, total, last = self._progress
            self._progress = (done, total, note or last)


class _Outcome:
    """Result or failure of a task, on its way to the window's thread."""

    __slots__ = ("error", "failed", "job", "result", "then")

    def __init__(self, job: Job, then: Then | None, failed: Failed | None) -> None:
        self.job, self.then, self.failed = job, then, failed
        self.result: Any = None
        self.error: EvidenceDeskError | None = None


class JobRunner(QObject):
    """Owns the threads.

    Signals: `changed()` a job began, reported or ended; `failed(str title, EvidenceDeskError)` a job failed and its
    caller gave no `failed`; `finished(int id)` after the result was delivered.
    """

    changed = Signal()
    failed = Signal(str, object)
    finished = Signal(int)
    _arrived = Signal(object)
    _reported = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN_S)
        self._pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="job")
        self._background = ThreadPoolExecutor(max_workers=_BACKGROUND_THREADS, thread_name_prefix="background")
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._futures: dict[int, Future[None]] = {}
        self._closed = False
        self._arrived.connect(self._deliver)
        # Reports come from the job's thread; this slot is the runner's, so it is called on the window's thread, and
        # whoever listens to `changed`, be it a plain function, is called there too.
        self._reported.connect(self._tell)

    def start(
        self,
        title: str,
        task: Task,
        owner: QObject,
        then: Then | None = None,
        failed: Failed | None = None,
        *,
        background: bool = False,
    ) -> Job:
        """Run `task(ctx)` on a thread; `then(result)` or `failed(error)` is called on the window's thread.

        Nothing is called once `owner` is gone. `failed` also gets `Cancelled`; without it a failure goes to the
        signal of that name and a cancelled job ends quietly.
        """
        if self._closed:
            raise EvidenceDeskError(f"{title} was not started: the desk is closing.")
        job = Job(next(self._numbers), title, owner, self._reported.emit, background)
        self._jobs[job.id] = job
        outcome = _Outcome(job, then, failed)
        self._futures[job.id] = (self._background if background else self._pool).submit(self._run, task, outcome)
        self.changed.emit()
        return job

    def jobs(self) -> tuple[JobView, ...]:
        """Return the jobs that wait, run or have failed, oldest first."""
        return tuple(job.view() for job in self._jobs.values())

    def active(self) -> tuple[JobView, ...]:
        """Return the jobs that wait or run, oldest first."""
        return tuple(view for view in self.jobs() if view.active)

    def cancel(self, number: int) -> None:
        """Ask one job to stop; a job that has ended is only taken off the list."""
        job = self._jobs.get(number)
        if job is None:
            return
        job.cancel()
        future = self._futures.get(number)
        if not job.view().active or (future is not None and future.cancel()):
            self._forget(number)
        self.changed.emit()

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for number in tuple(self._jobs):
            self.cancel(number)

    def close(self) -> None:
        """Stop every job and join the threads; nothing is delivered afterwards."""
        self._closed = True
        self.cancel_all()
        for pool in (self._pool, self._background):
            pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, task: Task, outcome: _Outcome) -> None:
        job = outcome.job
        job.begin()
        try:
            outcome.result = task(job)
            job.end(JobState.DONE)
        except Cancelled as error:
            outcome.error = error
            job.end(JobState.CANCELLED)
        except EvidenceDeskError as error:
            outcome.error = error
            job.end(JobState.FAILED, str(error))
        except Exception as error:  # noqa: BLE001 - the boundary: whatever a task does, the window stays
            _log.exception("job failed: %s", job.title)
            outcome.error = EvidenceDeskError(
                f"{job.title} stopped because of an error in the program ({type(error).__name__}: {error}). "
                "The case is safe: nothing was written. Try again; the log tells more."
            )
            job.end(JobState.FAILED, str(outcome.error))
        if not self._closed:
            self._arrived.emit(outcome)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        job, error = outcome.job, outcome.error
        if self._closed:
            return
        if error is None or isinstance(error, Cancelled) or outcome.failed is not None:
            self._forget(job.id)
        self.changed.emit()
        try:
            if not job.owner_lives():
                return
            if error is None:
                if outcome.then is not None:
                    outcome.then(outcome.result)
            elif outcome.failed is not None:
                outcome.failed(error)
            elif not isinstance(error, Cancelled):
                self.failed.emit(job.title, error)
        finally:
            self.finished.emit(job.id)

    @Slot()
    def _tell(self) -> None:
        if not self._closed:
            self.changed.emit()

    def _forget(self, number: int) -> None:
        self._jobs.pop(number, None)
        self._futures.pop(number, None)
