"""The desk's hold on the one process that opens media: asks, waits, watches, and starts it again when it dies.

The worker's errors arrive as the desk's own; a worker that stops or falls silent becomes `WorkerFailed` with one line
that names the file, and the next request starts a new one. The case is never within the worker's reach.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from array import array
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from mmap import mmap
from pathlib import Path
from typing import Any, BinaryIO

from evidence_desk.domain import errors
from evidence_desk.domain.frames import FrameRow, FrameTable
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.media import frame_store, picture_memory
from evidence_desk.media.pictures import Picture, Waveform
from evidence_desk.media.probe_facts import Probe, probe_from
from evidence_desk.media.protocol import Message, ProtocolError, read_message, write_message

SILENCE_SECONDS = 30.0
_POLL_SECONDS = 0.05
_CANCEL_SECONDS = 2.0
_UNKNOWN_TABLE = "unknown table"


class MediaWorker:
    """Owns the worker process. Safe to use from several threads: one request is answered at a time."""

    def __init__(self, *, silence: float = SILENCE_SECONDS, command: Sequence[str] | None = None) -> None:
        """Start nothing yet. `silence` is how long, in seconds, the worker may say nothing; `command` is for tests."""
        self._silence = silence
        self._command = list(command) if command is not None else None
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._keys: weakref.WeakKeyDictionary[FrameTable, int] = weakref.WeakKeyDictionary()
        self._next_key = 1
        self._closed = False
        self.starts = 0
        atexit.register(_close_if_alive, weakref.ref(self))

    def __enter__(self) -> MediaWorker:
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

    # ---------------------------------------------------------------------------------------------------- whole files

    def probe(self, path: Path, ctx: JobContext | None = None) -> Probe:
        """Return what the file says of itself; raises MediaUnreadable, WorkerFailed, Cancelled."""
        return probe_from(self._ask("probe", path, ctx).head["probe"])

    def index(
        self,
        path: Path,
        stream: int | None = None,
        hashes: bool = True,
        ctx: JobContext | None = None,
        sha256: str = "",
    ) -> FrameTable:
        """Decode the whole stream once and return its table, every frame hashed.

        `stream` is ffmpeg's absolute index, by default the first that is no cover; `sha256` spares hashing the file
        where it is known. Raises MediaUnreadable, WorkerFailed, Cancelled.
        """
        reply = self._ask("index", path, ctx, stream=stream, hashes=hashes, sha256=sha256)
        return frame_store.unpack(reply.blob)

    def waveform(self, path: Path, ctx: JobContext | None = None) -> Waveform | None:
        """Return the peaks of the first sound stream, None where there is none that decodes."""
        reply = self._ask("waveform", path, ctx)
        sound = reply.head["sound"]
        if sound is None:
            return None
        peaks = array("h")
        peaks.frombytes(reply.blob)
        return Waveform(**{**sound, "start": Fraction(sound["start"]), "peaks": peaks})

    # --------------------------------------------------------------------------------------------------- single frames

    def frames_at(
        self, path: Path, table: FrameTable | None, numbers: Sequence[int], ctx: JobContext | None = None
    ) -> list[FrameRow]:
        """Reach each frame by a seek of its own, in the order given, and return its row with the hash found there.

        Without a table the stream is decoded once to make it. Raises FrameOutOfRange, and MediaUnreadable where a frame
        could not be reached as the table has it.
        """
        known = table if table is not None else self.index(path, ctx=ctx)
        found = self.reached_at(path, known, numbers, ctx)
        for row, exact in found:
            if not exact:
                raise errors.MediaUnreadable(
                    f"Frame {row.n} of {path.name} decodes to another picture than the recorded one."
                    " Nothing was changed."
                )
        return [row for row, _ in found]

    def reached_at(
        self, path: Path, table: FrameTable, numbers: Sequence[int], ctx: JobContext | None = None
    ) -> list[tuple[FrameRow, bool]]:
        """Return each row with the hash found there, and whether it is the one in the table."""
        reply = self._ask_frame("frames_at", path, table, ctx, frames=list(numbers))
        return [(replace(table.row(n), hash=digest), bool(exact)) for n, digest, exact, _ in reply.head["rows"]]

    def picture(
        self,
        path: Path,
        table: FrameTable,
        n: int,
        max_size: tuple[int, int] | None = None,
        ctx: JobContext | None = None,
    ) -> Picture:
        """Return frame n as RGB for display, no larger than `max_size`; raises FrameOutOfRange, MediaUnreadable."""
        reply = self._ask_frame("picture", path, table, ctx, n=n, max=list(max_size) if max_size else None)
        head = reply.head
        return Picture(
            width=head["width"],
            height=head["height"],
            rgb=reply.blob,
            native_width=head["native"][0],
            native_height=head["native"][1],
            rotation=head["rotation"],
            mirrored=head["mirrored"],
            sar=Fraction(head["sar"]),
            n=head["n"],
            pts=head["pts"],
            hash=head["hash"],
            exact=head["exact"],
            note=head["note"],
        )

    def still(
        self,
        path: Path,
        table: FrameTable,
        n: int,
        box: tuple[int, int, int, int] | None = None,
        max_width: int | None = None,
        ctx: JobContext | None = None,
    ) -> bytes:
        """Return frame n as PNG with its identity in text chunks; the same request gives the same bytes.

        `box` is x, y, width, height in native pixels before rotation. Raises MediaUnreadable where the frame could not
        be had exactly: a still is never made of another picture.
        """
        reply = self._ask_frame("still", path, table, ctx, n=n, box=list(box) if box else None, max_width=max_width)
        return reply.blob

    def thumbnail(self, path: Path, table: FrameTable, n: int, height: int, ctx: JobContext | None = None) -> bytes:
        """Return frame n as a small PNG, at most `height` pixels high."""
        return self._ask_frame("thumbnail", path, table, ctx, n=n, height=height).blob

    # --------------------------------------------------------------------------------------------------------- asking

    def _ask_frame(self, op: str, path: Path, table: FrameTable, ctx: JobContext | None, **words: Any) -> Message:
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

    def _ask(self, op: str, path: Path, ctx: JobContext | None, **words: Any) -> Message:
        with self._lock:
            head = {"op": op, "path": str(path.absolute()), **words}
            return self._exchange(self._running(), Message(head), path, ctx or NullContext())

    def _running(self) -> _Process:
        if self._closed:
            raise errors.WorkerFailed("The process that opens media was closed.")
        if self._process is None or not self._process.alive:
            if self._process is not None:
                self._process.end()
            self._process = _Process(self._command)
            self.starts += 1
        return self._process

    def _exchange(self, process: _Process, message: Message, path: Path, ctx: JobContext) -> Message:
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
                    return _opened(reply, process)
                done, total = reply.head["progress"]
                self._report(process, number, ctx, int(done), int(total))
            elif reply is _GONE:
                raise self._failed(process, name, "stopped")
            elif time.monotonic() - heard > self._silence:
                raise self._failed(process, name, f"gave no sign of life for {self._silence:g} seconds")
            elif ctx.cancelled:
                self._give_up(process, number)
                raise errors.Cancelled("Stopped. Nothing was left half made.")

    def _report(self, process: _Process, number: int, ctx: JobContext, done: int, total: int) -> None:
        try:
            ctx.progress(done, total)
        except BaseException:
            self._give_up(process, number)
            raise

    def _give_up(self, process: _Process, number: int) -> None:
        """Ask the worker to leave the request; one that does not answer soon is ended and replaced."""
        process.send(Message({"op": "cancel", "id": number}), numbered=False)
        end = time.monotonic() + _CANCEL_SECONDS
        while time.monotonic() < end:
            reply = process.receive(_POLL_SECONDS)
            if reply is _GONE:
                break
            if isinstance(reply, Message) and reply.head.get("id") == number and "progress" not in reply.head:
                return
        self._process = None
        process.end()

    def _failed(self, process: _Process, name: str, what: str) -> errors.WorkerFailed:
        self._process = None
        process.end()
        return errors.WorkerFailed(
            f"The process that opens media {what} while reading {name}."
            " Nothing was changed; the next request starts a new one."
        )


class _Gone:
    """Stands for the end of the worker's replies."""


_GONE = _Gone()


class _Process:
    """One run of the worker: its pipes, the thread that listens, the picture memory, the tables it holds."""

    def __init__(self, command: list[str] | None) -> None:
        self.memory, word, descriptor = picture_memory.create()
        self.tables: set[int] = set()
        self._number = 0
        self._replies: queue.SimpleQueue[Message | _Gone] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [*(command or _worker_command()), word],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            close_fds=True,
            pass_fds=() if descriptor is None else (descriptor,),
        )
        if descriptor is not None:
            os.close(descriptor)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: BinaryIO = self._process.stdin  # type: ignore[assignment]  # a binary pipe
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()

    @property
    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.poll() is None

    def send(self, message: Message, *, numbered: bool = True) -> int | None:
        """Send a message, giving it a number that its replies carry; None where the process is gone."""
        if numbered:
            self._number += 1
            message = Message({**message.head, "id": self._number}, message.blob)
        try:
            write_message(self._requests, message)
        except (OSError, ValueError):
            return None
        return self._number

    def receive(self, seconds: float) -> Message | _Gone | None:
        """Return the next reply, `_GONE` after the last, None when there is none within the time."""
        try:
            return self._replies.get(timeout=seconds)
        except queue.Empty:
            return None

    def end(self) -> None:
        """Kill the process and release its pipes; safe to call twice."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError, ValueError):
            self._requests.close()
        self._listener.join(2)
        if self._process.stdout is not None:
            self._process.stdout.close()
        with contextlib.suppress(BufferError):
            self.memory.close()

    def _listen(self, replies: BinaryIO) -> None:
        while True:
            try:
                message = read_message(replies)
            except (ProtocolError, OSError, ValueError):
                message = None
            if message is None:
                self._replies.put(_GONE)
                return
            self._replies.put(message)


def _opened(reply: Message, process: _Process) -> Message:
    """Return the reply with its bytes, or raise the error it carries as the desk's own."""
    head = reply.head
    if "error" in head:
        kind = getattr(errors, str(head["error"]), errors.WorkerFailed)
        known = isinstance(kind, type) and issubclass(kind, errors.EvidenceDeskError)
        error = (kind if known else errors.WorkerFailed)(str(head.get("message", "")))
        if head.get("trace"):
            error.add_note(str(head["trace"]))
        raise error
    size = head.get("in_memory")
    if size is None:
        return reply
    if not isinstance(size, int) or not 0 <= size <= len(process.memory):
        raise errors.WorkerFailed("The process that opens media sent a picture of a wrong size. Nothing was changed.")
    return Message(head, _copy(process.memory, size))


def _copy(memory: mmap, size: int) -> bytes:
    return memory[:size]


def _worker_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    # -P: a file in the working folder that is named like a library is never loaded.
    return [sys.executable, "-P", "-m", "evidence_desk", "--worker"]


def _environment() -> dict[str, str]:
    """Return the worker's environment: where the program lies, and one memory arena instead of one per thread."""
    home = str(Path(__file__).resolve().parents[2])
    rest = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{rest}" if rest else home, "MALLOC_ARENA_MAX": "2"}


def _close_if_alive(reference: weakref.ref[MediaWorker]) -> None:
    worker = reference()
    if worker is not None:
        worker.close()
