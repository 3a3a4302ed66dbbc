"""Asking the processes that open media: one request at a time for each file, watched; who dies is replaced.

The worker's errors arrive as the desk's own; a worker that stops or falls silent becomes `WorkerFailed` with one line
that names the file, and the next request starts a new one. The case is never within the worker's reach.
"""

from __future__ import annotations

import atexit
import functools
import struct
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

from evidence_desk.domain import errors
from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.media import frame_store
from evidence_desk.media.protections import Protections
from evidence_desk.media.protocol import Message
from evidence_desk.media.worker_pool import Seat, WorkerPool
from evidence_desk.media.worker_process import GONE, NoAnswer, WorkerProcess, opened, progress_of

SILENCE_SECONDS = 10.0
WINDOW_MB = 512
# How many times longer a process may be silent until it has loaded its libraries: a busy machine is no hostile file.
_STARTING = 3
_POLL_SECONDS = 0.05
_CANCEL_SECONDS = 2.0
_UNKNOWN_TABLE = "unknown table"


_NONSENSE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)
_P = ParamSpec("_P")
_T = TypeVar("_T")
_W = TypeVar("_W", bound="AskingWorker")
Question = Callable[Concatenate[_W, Path, _P], _T]
"""A method that asks about the file at a path."""


def answered(question: Question[_W, _P, _T]) -> Question[_W, _P, _T]:
    """Make an answer that cannot be read into WorkerLost: a worker that a file took over may send anything.

    For methods that take the file's path first and read the reply's fields; the process is ended.
    """

    @functools.wraps(question)
    def ask(self: _W, path: Path, *args: _P.args, **words: _P.kwargs) -> _T:
        try:
            return question(self, path, *args, **words)
        except _NONSENSE as error:
            raise self.distrusted(path) from error

    return cast("Question[_W, _P, _T]", ask)


class AskingWorker:
    """Owns the worker processes. Safe to use from several threads: requests for one file are answered one by one."""

    def __init__(
        self,
        *,
        window_mb: int = WINDOW_MB,
        spare: bool = False,
        spare_after: float = 0.0,
        behind: bool = False,
        silence: float = SILENCE_SECONDS,
        command: Sequence[str] | None = None,
    ) -> None:
        """Start nothing yet.

        `window_mb` is what the pictures that are kept may take, of all files together; with `spare` a process waits
        warm from the first answer on, or so many seconds after one. With `behind` they give way to others, see
        WorkerProcess. `silence` is how long, in seconds, a worker may say nothing; `command` is for
        tests.
        """
        self._silence = silence
        self._pool = WorkerPool(command, window_mb, spare=spare, spare_after=spare_after, behind=behind)
        self._key_lock = threading.Lock()
        self._keys: weakref.WeakKeyDictionary[FrameTable, int] = weakref.WeakKeyDictionary()
        self._next_key = 1
        atexit.register(_close_if_alive, weakref.ref(self))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @property
    def starts(self) -> int:
        """How many processes were given a file so far: one for each file, one more for each that was lost."""
        return self._pool.starts

    @property
    def lost(self) -> int:
        """How many processes died, fell silent or sent what is no answer."""
        return self._pool.lost

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of all workers that run now, the waiting one included."""
        return self._pool.pids

    def protections(self, kind: str = "decoder") -> Protections:
        """Return what holds a "decoder" or a "player", as a process that locks itself in for the question reports it.

        Raises WorkerFailed.
        """
        nothing = Path()
        with self._pool.seat(nothing) as seat:
            self._exchange(seat, Message({"op": "protections", "path": "", "kind": kind}), nothing, NullContext())
            known = seat.process.protections if seat.process is not None else None
            self._pool.drop(seat)
        if known is None:
            raise errors.WorkerFailed("The process that opens media did not say what holds it.")
        return known

    def warm(self, seconds: float = 0.0) -> bool:
        """Start a process that waits for its file, unless one waits; tell whether it was ready within so long."""
        waiting = self._pool.warm()
        return waiting is not None and waiting.ready.wait(seconds)

    def close(self) -> None:
        """End the worker processes; further requests are refused with WorkerFailed."""
        self._pool.close()

    def ask_frame(
        self, op: str, path: Path, table: FrameTable, ctx: JobContext | None, blob: bytes = b"", **words: Any
    ) -> Message:
        """Ask about frames of a table, which is sent along where the worker does not hold it; return the answer."""
        key = self._key(table)
        with self._pool.seat(path) as seat:
            for last in (False, True):
                process = self._pool.running(seat)
                if key not in process.tables:
                    head = {"op": "table", "path": str(path.absolute()), "key": key}
                    self._exchange(seat, Message(head, frame_store.pack(table)), path, NullContext())
                    process.tables.add(key)
                try:
                    head = {"op": op, "path": str(path.absolute()), "table": key, **words}
                    return self._exchange(seat, Message(head, blob), path, ctx or NullContext())
                except errors.WorkerFailed as error:
                    if last or str(error) != _UNKNOWN_TABLE:
                        raise
                    process.tables.discard(key)  # the worker keeps a few tables only
        raise AssertionError("unreachable")

    def ask(self, op: str, path: Path, ctx: JobContext | None, blob: bytes = b"", **words: Any) -> Message:
        """Ask about a whole file and return the answer; raises what the worker refused, WorkerFailed, Cancelled."""
        with self._pool.seat(path) as seat:
            head = {"op": op, "path": str(path.absolute()), **words}
            return self._exchange(seat, Message(head, blob), path, ctx or NullContext())

    def _key(self, table: FrameTable) -> int:
        with self._key_lock:
            key = self._keys.get(table)
            if key is None:
                key = self._keys[table] = self._next_key
                self._next_key += 1
            return key

    def distrusted(self, path: Path) -> errors.WorkerLost:
        """End the file's process because its answer makes no sense, and return the error that says so."""
        with self._pool.seat(path) as seat:
            return self._failed(seat, path.name, "sent no sensible answer")

    def _exchange(self, seat: Seat, message: Message, path: Path, ctx: JobContext) -> Message:
        """Send one request and wait for its answer, passing progress on; a failure ends the process."""
        name = path.name
        process = self._pool.running(seat)
        number = process.send(message)
        heard = time.monotonic()
        while True:
            reply = process.receive(_POLL_SECONDS)
            if isinstance(reply, Message) and reply.head.get("id") == number:
                heard = time.monotonic()
                try:
                    if "progress" not in reply.head:
                        return opened(reply, process)
                    progress = progress_of(reply)
                except NoAnswer as error:
                    raise self._failed(seat, name, str(error)) from error
                self._report(seat, process, number, ctx, progress)
            elif reply is GONE:
                raise self._failed(seat, name, "stopped" if process.ready.is_set() else "did not start")
            elif time.monotonic() - max(heard, process.ready_at) > self._allowed(process):
                raise self._failed(seat, name, f"gave no sign of life for {self._silence:g} seconds")
            elif ctx.cancelled:
                self._give_up(seat, process, number)
                raise errors.Cancelled("Stopped. Nothing was left half made.")

    def _allowed(self, process: WorkerProcess) -> float:
        return self._silence * (1 if process.ready.is_set() else _STARTING)

    def _report(
        self, seat: Seat, process: WorkerProcess, number: int, ctx: JobContext, progress: tuple[int, int]
    ) -> None:
        try:
            ctx.progress(*progress)
        except BaseException:
            self._give_up(seat, process, number)
            raise

    def _give_up(self, seat: Seat, process: WorkerProcess, number: int) -> None:
        """Ask the worker to leave the request; one that does not answer soon is ended and replaced."""
        process.tell(Message({"op": "cancel", "id": number}))
        end = time.monotonic() + _CANCEL_SECONDS
        while time.monotonic() < end:
            reply = process.receive(_POLL_SECONDS)
            if reply is GONE:
                break
            if isinstance(reply, Message) and reply.head.get("id") == number and "progress" not in reply.head:
                return
        self._pool.drop(seat)

    def _failed(self, seat: Seat, name: str, what: str) -> errors.WorkerLost:
        self._pool.lose(seat)
        return errors.WorkerLost(
            f"The process that opens media {what} while reading {' '.join(name.split())}."
            " Nothing was changed; the next request starts a new one."
        )


def _close_if_alive(reference: weakref.ref[AskingWorker]) -> None:
    worker = reference()
    if worker is not None:
        worker.close()
