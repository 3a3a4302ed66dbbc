"""Asking the process that opens media: one request at a time, watched, and the process replaced when it dies.

The worker's errors arrive as the desk's own; a worker that stops or falls silent becomes `WorkerFailed` with one line
that names the file, and the next request starts a new one. The case is never within the worker's reach.
"""

from __future__ import annotations

import atexit
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from evidence_desk.domain import errors
from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.media import frame_store
from evidence_desk.media.protocol import Message
from evidence_desk.media.worker_process import GONE, WorkerProcess, opened

SILENCE_SECONDS = 30.0
_POLL_SECONDS = 0.05
_CANCEL_SECONDS = 2.0
_UNKNOWN_TABLE = "unknown table"


class AskingWorker:
    """Owns the worker process. Safe to use from several threads: one request is answered at a time."""

    def __init__(self, *, silence: float = SILENCE_SECONDS, command: Sequence[str] | None = None) -> None:
        """Start nothing yet. `silence` is how long, in seconds, the worker may say nothing; `command` is for tests."""
        self._silence = silence
        self._command = list(command) if command is not None else None
        self._lock = threading.Lock()
        self._process: WorkerProcess | None = None
        self._keys: weakref.WeakKeyDictionary[FrameTable, int] = weakref.WeakKeyDictionary()
        self._next_key = 1
        self._closed = False
        self.starts = 0
        atexit.register(_close_if_alive, weakref.ref(self))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End the worker process; further requests are refused with WorkerFailed."""
        self._closed = True
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def ask_frame(self, op: str, path: Path, table: FrameTable, ctx: JobContext | None, **words: Any) -> Message:
        """Ask about frames of a table, which is sent along where the worker does not hold it; return the answer."""
        key = self._keys.get(table)
        if key is None:
            key = self._keys[table] = self._next_key
            self._next_key += 1
        with self._lock:
            for last in (False, True):
                process = self._running()
                if key not in process.tables:
                    blob = frame_store.pack(table)
                    self._exchange(process, Message({"op": "table", "key": key}, blob), path, NullContext())
                    process.tables.add(key)
                try:
                    head = {"op": op, "path": str(path.absolute()), "table": key, **words}
                    return self._exchange(process, Message(head), path, ctx or NullContext())
                except errors.WorkerFailed as error:
                    if last or str(error) != _UNKNOWN_TABLE:
                        raise
                    process.tables.discard(key)  # the worker keeps a few tables only
        raise AssertionError("unreachable")

    def ask(self, op: str, path: Path, ctx: JobContext | None, **words: Any) -> Message:
        """Ask about a whole file and return the answer; raises what the worker refused, WorkerFailed, Cancelled."""
        with self._lock:
            head = {"op": op, "path": str(path.absolute()), **words}
            return self._exchange(self._running(), Message(head), path, ctx or NullContext())

    def _running(self) -> WorkerProcess:
        if self._closed:
            raise errors.WorkerFailed("The process that opens media was closed.")
        if self._process is None or not self._process.alive:
            if self._process is not None:
                self._process.end()
            self._process = WorkerProcess(self._command)
            self.starts += 1
        return self._process

    def _exchange(self, process: WorkerProcess, message: Message, path: Path, ctx: JobContext) -> Message:
        """Send one request and wait for its answer, passing progress on; a failure ends the process."""
        name = path.name
        number = process.send(message)
        if number is None:
            raise self._failed(process, name, "stopped")
        heard = time.monotonic()
        while True:
            reply = process.receive(_POLL_SECONDS)
            if isinstance(reply, Message):
                heard = time.monotonic()
                if reply.head.get("id") != number:
                    continue  # the rest of a request that was given up
                if "progress" not in reply.head:
                    return opened(reply, process)
                done, total = reply.head["progress"]
                self._report(process, number, ctx, int(done), int(total))
            elif reply is GONE:
                raise self._failed(process, name, "stopped")
            elif time.monotonic() - heard > self._silence:
                raise self._failed(process, name, f"gave no sign of life for {self._silence:g} seconds")
            elif ctx.cancelled:
                self._give_up(process, number)
                raise errors.Cancelled("Stopped. Nothing was left half made.")

    def _report(self, process: WorkerProcess, number: int, ctx: JobContext, done: int, total: int) -> None:
        try:
            ctx.progress(done, total)
        except BaseException:
            self._give_up(process, number)
            raise

    def _give_up(self, process: WorkerProcess, number: int) -> None:
        """Ask the worker to leave the request; one that does not answer soon is ended and replaced."""
        process.send(Message({"op": "cancel", "id": number}), numbered=False)
        end = time.monotonic() + _CANCEL_SECONDS
        while time.monotonic() < end:
            reply = process.receive(_POLL_SECONDS)
            if reply is GONE:
                break
            if isinstance(reply, Message) and reply.head.get("id") == number and "progress" not in reply.head:
                return
        self._process = None
        process.end()

    def _failed(self, process: WorkerProcess, name: str, what: str) -> errors.WorkerFailed:
        self._process = None
        process.end()
        return errors.WorkerFailed(
            f"The process that opens media {what} while reading {name}."
            " Nothing was changed; the next request starts a new one."
        )


def _close_if_alive(reference: weakref.ref[AskingWorker]) -> None:
    worker = reference()
    if worker is not None:
        worker.close()
