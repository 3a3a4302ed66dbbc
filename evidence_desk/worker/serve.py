"""The worker's loop: takes requests one by one, answers each, reports progress, stops when told to or left alone."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
import traceback
from mmap import mmap
from pathlib import Path
from typing import Any, BinaryIO

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError, MediaUnreadable, WorkerFailed
from evidence_desk.media import picture_memory
from evidence_desk.media.protocol import Message, ProtocolError, read_message, write_message
from evidence_desk.worker.confinement import confine
from evidence_desk.worker.limits import apply_limits, probing_limit

# Often enough for a moving bar and for the desk's watchdog, seldom enough to cost nothing.
_REPORT_SECONDS = 0.1


def serve(arguments: list[str]) -> int:
    """Answer requests until the desk closes the pipe; return the exit status."""
    requests, replies = take_pipes()
    limited = apply_limits()
    from evidence_desk.worker.log_watch import LogWatch
    from evidence_desk.worker.operations import Operations

    memory = picture_memory.attach(arguments[0]) if arguments else None
    loop = _Loop(requests, replies, memory)
    operations = Operations(LogWatch())
    write_message(replies, Message({"ready": True}))
    loop.begin(operations, limited)
    while True:
        loop.answer(operations)


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to the desk and leave the usual descriptors where stray output does no harm."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(replies, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


class _Loop:
    """One request at a time; a listening thread hears cancels while one is at work."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO, memory: mmap | None) -> None:
        self._requests = requests
        self._replies = replies
        self._memory = memory
        self._queue: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._cancelled = 0
        self._current = 0
        self._reported = 0.0
        self._path: str | None = None

    def begin(self, operations: Any, limited: bool) -> None:
        """Wait for the first request that names a file, and lock this process in with it before anything else runs.

        Until then there is one thread alone: the rules about files hold only threads that start after them.
        """
        while self._path is None:
            message = self._next()
            if message.head.get("op") == "window":
                operations.set_window(int(message.head["mb"]) << 20)
            elif "path" in message.head:
                self._path = str(message.head["path"])
                asked = message.head.get("op") == "protections"  # on behalf of the player; no file is opened then
                kind = str(message.head["kind"]) if asked else "decoder"
                self._send({"confined": confine(kind, self._path, limited=limited).to_json()}, b"")
                self._queue.put(message)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Take messages until the desk goes, then end the process at once: nothing here is worth keeping."""
        while True:
            message = self._next()
            if message.head.get("op") == "cancel":
                self._cancelled = int(message.head.get("id", 0))
            else:
                self._queue.put(message)

    def _next(self) -> Message:
        try:
            message = read_message(self._requests)
        except (ProtocolError, OSError):
            message = None
        if message is None:
            os._exit(0)
        return message

    def answer(self, operations: Any) -> None:
        """Wait for one request and reply to it."""
        message = self._queue.get()
        head = message.head
        if head.get("op") == "window":
            operations.set_window(int(head["mb"]) << 20)
            return
        self._current, self._reported = int(head.get("id", 0)), time.monotonic()
        try:
            if head.get("path") != self._path:
                raise WorkerFailed("This process opens one file only, and it is another.")
            if head.get("op") == "protections":
                self._send({"id": self._current, "ok": True}, b"")
                return
            with probing_limit() if head.get("op") == "probe" else contextlib.nullcontext():
                reply, blob, in_memory = operations.run(head, message.blob, self.beat)
            reply = {"id": self._current, "ok": True, **reply}
            if in_memory and self._memory is not None and len(blob) <= len(self._memory):
                self._memory.seek(0)
                self._memory.write(blob)
                self._send({**reply, "in_memory": len(blob)}, b"")
            else:
                self._send(reply, bytes(blob))
            operations.answered()
        except EvidenceDeskError as error:
            self._send({"id": self._current, "error": type(error).__name__, "message": str(error)}, b"")
        except FileNotFoundError as error:
            self._refuse_missing(head, error)
        except MemoryError:
            self._refuse(head, "it needs more memory than one file is given")
        except Exception as error:  # noqa: BLE001 - the desk must get an answer, whatever a decoder throws
            self._refuse(head, f"{type(error).__name__}: {error}")

    def beat(self, done: int, total: int) -> None:
        """Report progress now and then; raises Cancelled when the desk asked this request to stop."""
        if self._cancelled == self._current:
            raise Cancelled("Stopped. Nothing was left half made.")
        now = time.monotonic()
        if now - self._reported >= _REPORT_SECONDS:
            self._reported = now
            self._send({"id": self._current, "progress": [done, total]}, b"")

    def _refuse_missing(self, head: dict[str, Any], error: FileNotFoundError) -> None:
        path = Path(str(head.get("path", "")))
        if path.is_file():  # another file, which a decoder looked for
            self._refuse(head, f"{type(error).__name__}: {error}")
            return
        text = f"There is no file {path.name}. What was kept of it is safe. Put it back in its place and try again."
        self._send({"id": self._current, "error": MediaUnreadable.__name__, "message": text}, b"")

    def _refuse(self, head: dict[str, Any], why: str) -> None:
        name = Path(str(head.get("path", "the file"))).name
        text = f"{name} could not be read: {' '.join(why.split())[:200]}. Nothing was changed."
        trace = traceback.format_exc(limit=20)
        self._send({"id": self._current, "error": WorkerFailed.__name__, "message": text, "trace": trace}, b"")

    def _send(self, head: dict[str, Any], blob: bytes) -> None:
        try:
            write_message(self._replies, Message(head, blob))
        except OSError:
            os._exit(0)
