"""The processes that open media: one for each file, a few at most, and a warm one in waiting.

A process reads one file in its life, so that a file which takes it over learns nothing of another. The spare has its
libraries loaded and has seen no file: another file costs no start-up, and a process that dies is replaced at once.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence_desk.domain import errors
from evidence_desk.media.protocol import Message
from evidence_desk.media.worker_process import WorkerProcess

MOST_FILES = 3
_RECENT_SECONDS = 20.0
_IDLE_SHARE_MB = 16

FileKey = tuple[str, int, int, int]
"""Path, device, inode and change time: a file that was replaced under the same name is another file."""


class Seat:
    """The place of one file: its process, where one runs, and whether a request is at it."""

    def __init__(self) -> None:
        self.process: WorkerProcess | None = None
        self.taken = False
        self.used = 0.0
        self.told_mb = 0


class WorkerPool:
    """Gives each file a process of its own. Safe to use from several threads."""

    def __init__(
        self, command: Sequence[str] | None, window_mb: int, *, spare: bool, spare_after: float, behind: bool
    ) -> None:
        """Start nothing yet. With `spare` one process is kept ready from the first answer on, else from a second file.

        `window_mb` is what all processes together may spend on pictures they keep. `spare_after` is how long, in
        seconds, the spare is put off: starting takes a processor for half a second. See WorkerProcess for `behind`.
        """
        self._command = list(command) if command is not None else None
        self._window_mb = window_mb
        self._change = threading.Condition()
        self._seats: OrderedDict[FileKey, Seat] = OrderedDict()
        self._spare: WorkerProcess | None = None
        self._spare_from = 1 if spare else 2
        self._spare_after, self._behind = spare_after, behind
        self._putting_off = False
        self._files_seen = 0
        self._closed = False
        self.starts = 0
        self.lost = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of all that run, the spare last."""
        with self._change:
            running = [seat.process for seat in self._seats.values()] + [self._spare]
        return tuple(process.pid for process in running if process is not None and process.alive)

    @contextlib.contextmanager
    def seat(self, path: Path) -> Iterator[Seat]:
        """Give the file's seat to one request at a time; raises WorkerFailed once the pool is closed."""
        key = _key(path)
        seat, idle = self._take(key)
        for process in idle:
            process.end()
        try:
            yield seat
        finally:
            with self._change:
                seat.taken = False
                seat.used = time.monotonic()
                self._change.notify_all()
            self._keep_spare()

    def running(self, seat: Seat) -> WorkerProcess:
        """Return the seat's process, taking the spare or starting one where none runs."""
        if seat.process is not None and not seat.process.alive:
            self.lose(seat)
        if seat.process is None:
            with self._change:
                self._refuse_closed()
                process = self._warm()
                self._spare = None
                seat.process = process
                seat.told_mb = 0
                self.starts += 1
        self._share_window()
        return seat.process

    def drop(self, seat: Seat) -> None:
        """End the seat's process; the next request gets another."""
        process, seat.process = seat.process, None
        if process is not None:
            process.end()

    def lose(self, seat: Seat) -> None:
        """End the seat's process because it failed, and count it."""
        with self._change:
            self.lost += 1
        self.drop(seat)

    def warm(self) -> WorkerProcess | None:
        """Start the spare now, unless it is there, and return it; None where there is none to be had."""
        with self._change, contextlib.suppress(errors.WorkerFailed):
            return None if self._closed else self._warm()
        return None

    def _warm(self) -> WorkerProcess:
        """Return a process that waits for its file; raises WorkerFailed where the system starts none."""
        if self._spare is not None and not self._spare.alive:
            self._spare.end()
            self._spare = None
        if self._spare is None:
            try:
                self._spare = WorkerProcess(self._command, behind=self._behind)
            except OSError as error:
                raise errors.WorkerFailed(
                    f"The process that opens media could not be started ({error.strerror or error})."
                    " Nothing was changed; close other programs and try again."
                ) from error
        return self._spare

    def close(self) -> None:
        """End every process; whoever waits for an answer gets WorkerFailed."""
        with self._change:
            self._closed = True
            ended = [seat.process for seat in self._seats.values()] + [self._spare]
            self._spare = None
            self._change.notify_all()
        for process in ended:
            if process is not None:
                process.end()

    def _take(self, key: FileKey) -> tuple[Seat, list[WorkerProcess]]:
        """Wait until the file's seat is free and take it; the processes that made room are the caller's to end."""
        idle: list[WorkerProcess] = []
        with self._change:
            while True:
                self._refuse_closed()
                seat = self._seats.get(key)
                if seat is None and self._has_room(idle):
                    seat = self._seats[key] = Seat()
                    self._files_seen += 1
                if seat is not None and not seat.taken:
                    seat.taken, seat.used = True, time.monotonic()
                    self._seats.move_to_end(key)
                    return seat, idle
                self._change.wait()

    def _has_room(self, idle: list[WorkerProcess]) -> bool:
        """Tell whether another file finds a seat; the one unused for longest is given up where that helps."""
        if len(self._seats) < MOST_FILES:
            return True
        for key, seat in self._seats.items():
            if not seat.taken:
                if seat.process is not None:
                    idle.append(seat.process)
                del self._seats[key]
                return True
        return False

    def _share_window(self) -> None:
        """Tell each process its part of the memory for pictures: all to those asked lately, little to the rest."""
        now = time.monotonic()
        with self._change:
            seats = [seat for seat in self._seats.values() if seat.process is not None]
            recent = [seat for seat in seats if seat.taken or now - seat.used < _RECENT_SECONDS]
            idle_mb = min(_IDLE_SHARE_MB, self._window_mb // (2 * MOST_FILES))
            share = (self._window_mb - idle_mb * (len(seats) - len(recent))) // max(len(recent), 1)
            for seat in seats:
                mb = share if seat in recent else idle_mb
                if seat.told_mb != mb and seat.process is not None:
                    seat.told_mb = mb
                    seat.process.tell(Message({"op": "window", "mb": mb}))

    def _keep_spare(self) -> None:
        with self._change:
            wanted = self._files_seen >= self._spare_from and not self._putting_off
            self._putting_off = wanted or self._putting_off
        if not wanted:
            return
        if self._spare_after:
            later = threading.Timer(self._spare_after, self._warm_now)
            later.daemon = True
            later.start()
        else:
            self._warm_now()

    def _warm_now(self) -> None:
        with self._change:
            self._putting_off = False
        self.warm()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise errors.WorkerFailed("The process that opens media was closed.")


def _key(path: Path) -> FileKey:
    absolute = str(path.absolute())
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return absolute, 0, 0, 0
    return absolute, stat.st_dev, stat.st_ino, stat.st_ctime_ns
