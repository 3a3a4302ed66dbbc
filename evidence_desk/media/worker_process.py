"""One run of the process that opens media: its pipes, the thread that listens, the picture memory, what it holds."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from mmap import mmap
from pathlib import Path
from typing import BinaryIO

from evidence_desk.domain import errors
from evidence_desk.media import picture_memory
from evidence_desk.media.protections import Protections, protections_from
from evidence_desk.media.protocol import Message, ProtocolError, read_message, write_message


class Gone:
    """Stands for the end of the worker's replies."""


GONE = Gone()
BEHIND = 10
"""Niceness of a process that gives way: a tenth of the processor's time where it is wanted by others."""
_MOST_UNREAD = 64
_LONGEST_LINE = 2000


class NoAnswer(Exception):
    """The worker's reply makes no sense; the text says in what way, to stand behind "The process ... "."""


class WorkerProcess:
    """One run of the worker: its pipes, the thread that listens, the picture memory, the tables it holds."""

    def __init__(self, command: Sequence[str] | None, *, behind: bool = False) -> None:
        """Start the process; `ready` is set once it waits for a request, `protections` once it was given a file.

        One that runs `behind` gives way to whatever somebody looks at, from its start on.
        """
        self.protections: Protections | None = None
        self.ready = threading.Event()
        self.ready_at = 0.0
        self.memory, word, descriptor = picture_memory.create()
        self.tables: set[int] = set()
        self._number = 0
        self._to_send: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._replies: queue.Queue[Message | Gone] = queue.Queue(_MOST_UNREAD)
        self._ended = threading.Event()
        try:
            self._process = subprocess.Popen(
                [*(command or worker_command()), word],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                close_fds=True,
                pass_fds=() if descriptor is None else (descriptor,),
            )
        except OSError:
            self.memory.close()
            raise
        finally:
            if descriptor is not None:
                os.close(descriptor)
        if behind:
            _give_way(self._process.pid)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: BinaryIO = self._process.stdin  # type: ignore[assignment]  # a binary pipe
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._sender = threading.Thread(target=self._send_all, daemon=True)
        self._listener.start()
        self._sender.start()

    @property
    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, message: Message) -> int:
        """Send a request and return the number that its replies carry. A worker that does not read keeps nobody."""
        self._number += 1
        self._to_send.put(Message({**message.head, "id": self._number}, message.blob))
        return self._number

    def tell(self, message: Message) -> None:
        """Send a message that has no reply."""
        self._to_send.put(message)

    def receive(self, seconds: float) -> Message | Gone | None:
        """Return the next reply, `GONE` after the last, None when there is none within the time."""
        try:
            return self._replies.get(timeout=seconds)
        except queue.Empty:
            return None

    def end(self) -> None:
        """Kill the process and release its pipes; safe to call twice."""
        self._ended.set()
        self._to_send.put(None)
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._sender.join(2)
        with contextlib.suppress(OSError, ValueError):
            self._requests.close()
        self._listener.join(2)
        if self._process.stdout is not None:
            self._process.stdout.close()
        with contextlib.suppress(BufferError):
            self.memory.close()

    def _send_all(self) -> None:
        while (message := self._to_send.get()) is not None:
            try:
                write_message(self._requests, message)
            except (OSError, ValueError):
                return  # the end of its replies tells that it is gone

    def _listen(self, replies: BinaryIO) -> None:
        message: Message | Gone | None = None
        while message is not GONE:
            try:
                reply = read_message(replies)
                if reply is not None and "ready" in reply.head:
                    self.ready_at = time.monotonic()
                    self.ready.set()
                    continue
                if reply is not None and "confined" in reply.head:
                    self.protections = protections_from(reply.head["confined"])
                    continue
                message = reply or GONE
            except (ProtocolError, OSError, KeyError, TypeError, ValueError):
                message = GONE
            while not self._ended.is_set():  # a flood of replies that nobody asked for waits in the pipe
                with contextlib.suppress(queue.Full):
                    self._replies.put(message, timeout=0.2)
                    break


def opened(reply: Message, process: WorkerProcess) -> Message:
    """Return the reply with its bytes, or raise the error it carries as the desk's own; raises NoAnswer too."""
    head = reply.head
    if "error" in head:
        kind = getattr(errors, str(head["error"]), errors.WorkerFailed)
        known = isinstance(kind, type) and issubclass(kind, errors.EvidenceDeskError)
        words = " ".join(str(head.get("message", "")).split())[:_LONGEST_LINE]
        error = (kind if known else errors.WorkerFailed)(words)
        if head.get("trace"):
            error.add_note(str(head["trace"]))
        raise error
    size = head.get("in_memory")
    if size is None:
        return reply
    if not isinstance(size, int) or not 0 <= size <= len(process.memory):
        raise NoAnswer("sent a picture of a wrong size")
    return Message(head, _copy(process.memory, size))


def progress_of(reply: Message) -> tuple[int, int]:
    """Return how far the worker is and of how much; raises NoAnswer where it said neither."""
    try:
        done, total = reply.head["progress"]
        return int(done), int(total)
    except (TypeError, ValueError, OverflowError) as error:
        raise NoAnswer("sent no sensible answer") from error


def _copy(memory: mmap, size: int) -> bytes:
    return memory[:size]


def worker_command() -> list[str]:
    """Return the command that starts a worker."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    # -P: a file in the working folder that is named like a library is never loaded.
    return [sys.executable, "-P", "-m", "evidence_desk", "--worker"]


def _give_way(pid: int) -> None:
    """Let a process have what others leave of the processors; its threads begin as it does."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # it may have ended already
            os.setpriority(os.PRIO_PROCESS, pid, BEHIND)


def environment() -> dict[str, str]:
    """Return the worker's environment: where the program lies, few memory arenas, no threads that start at import."""
    home = str(Path(__file__).resolve().parents[2])
    rest = os.environ.get("PYTHONPATH", "")
    path = f"{home}{os.pathsep}{rest}" if rest else home
    return {**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
