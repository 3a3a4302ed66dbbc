"""The desk's hold on the process that plays: what it is told, what it says, and what becomes of it when it dies.

It plays one file in real time with sound. Which frame a picture is, the picture's hash says, or else a comparison with
decoded frames (`MediaWorker.match`); the player's own clock is good for a first guess only.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.media.player_ring import take
from evidence_desk.media.protocol import Message
from evidence_desk.media.worker_process import GONE, WorkerProcess

SILENCE_SECONDS = 10.0
START_SECONDS = 20.0
SPEEDS_OF_PLAYER = (Fraction(1, 10), Fraction(4))
"""The slowest and the fastest speed at which the player is used."""
_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Played:
    """One picture on its way to the screen, four bytes a pixel (BGRX), upright, with square pixels.

    `number` counts pictures, `run` the starts; `digest` is the hash of the native picture in hex, "" where it was not
    taken; `at_ms` is what the player's clock says, good for a guess.
    """

    number: int
    run: int
    width: int
    height: int
    bgra: bytes = field(repr=False)
    digest: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class NativePicture:
    """A picture of play as the stream has it: its planes packed one after the other, in ffmpeg's pixel format."""

    format: str
    width: int
    height: int
    digest: str
    planes: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """The file is open: microseconds at which the container begins, and whether it has sound."""

    start_us: int
    sound: bool


@dataclass(frozen=True, slots=True)
class SoundFound:
    """Whether the sound of a run has found a way out of the machine, and of which stream it is where that is known."""

    run: int
    works: bool
    stream: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A run has come to the end of the file."""

    run: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The player cannot go on: `missing` libvlc, a `refused` file, or it `died`; with one line for people."""

    kind: str
    message: str


PlayerEvent = Played | Opened | SoundFound | Ended | Failed


class Player:
    """Plays one file at a time; the process is started with the file and ended with it. No call here waits."""

    def __init__(
        self,
        heard: Callable[[PlayerEvent], None],
        *,
        sound_output: str = "",
        silence: float = SILENCE_SECONDS,
        command: Sequence[str] | None = None,
    ) -> None:
        """Start nothing yet. `heard` is called on a thread of this player.

        `sound_output` names a module of VLC's other than the usual; `silence` is how long, in seconds, nothing may move
        while a run is on; `command` is for tests.
        """
        self._heard = heard
        self._command = [*(command or player_command()), *([f"--sound={sound_output}"] if sound_output else [])]
        self._silence = silence
        self._process: WorkerProcess | None = None
        self._path: Path | None = None
        self._run = 0
        self._patience: float | None = None
        self._native: dict[int, NativePicture | None] = {}
        self._answered = threading.Condition()

    @property
    def path(self) -> Path | None:
        """The file that is open, None where none is or the process is gone."""
        return self._path if self._process is not None else None

    @property
    def pid(self) -> int:
        """Process id, 0 where there is no process."""
        return self._process.pid if self._process is not None else 0

    def open(self, path: Path, stream: int | None) -> None:
        """Start a process for a file; `Opened` or `Failed` follows. The same file again is no news."""
        if self._process is not None and self._path == path and self._process.alive:
            return
        self.close()
        self._path = path
        self._process = process = WorkerProcess(self._command)
        process.tell(Message({"op": "open", "path": str(path.absolute()), "stream": stream}))
        threading.Thread(target=self._listen, args=(process,), name="player", daemon=True).start()

    def play(  # noqa: PLR0913 - where and how to play, all but two by name
        self,
        at: Fraction,
        rate: Fraction,
        *,
        silent: bool,
        volume: int = 100,
        sound_stream: int | None = None,
        view: PictureView = AS_IS,
        slowest: float = 0.0,
    ) -> int:
        """Begin a run at a time of the container in seconds and return its number.

        `silent` plays without any sound; `volume` is percent; `sound_stream` is the absolute index of the stream to be
        heard, the file's first without one; of `view` field and tone mapping are done, nothing is
        deinterlaced. `slowest` is the longest time in seconds between two pictures of the file, so that a long pause
        in it is not taken for a player that hangs.
        """
        self._run += 1
        self._patience = self._silence + slowest / float(rate)
        words: dict[str, Any] = {"at_ms": _ms(at), "rate": float(rate), "silent": silent, "volume": volume}
        words |= {"view": view.to_json(), "sound_stream": sound_stream}
        self._tell("play", run=self._run, **words)
        return self._run

    def seek(self, at: Fraction) -> int:
        """Go on from another time of the container in seconds, as a run of its own; return its number."""
        self._run += 1
        self._tell("seek", run=self._run, at_ms=_ms(at))
        return self._run

    def set_rate(self, rate: Fraction) -> None:
        """Play faster or slower from now on."""
        self._tell("rate", rate=float(rate))

    def set_sound(self, volume: int, mute: bool) -> None:
        """Set the volume in percent, and whether anything is heard; works on runs that are not silent."""
        self._tell("sound", volume=volume, mute=mute)

    def hold(self) -> None:
        """Stand still; the last pictures can still be asked for."""
        self._patience = None
        self._tell("hold")

    def stop(self) -> None:
        """End the run."""
        self._patience = None
        self._tell("stop")

    def piece(self, wave: bytes, volume: int) -> None:
        """Let a short piece of sound be heard: the bytes of a WAV file, at a volume in percent."""
        if self._process is not None:
            self._process.tell(Message({"op": "piece", "volume": volume}, wave))

    def native(self, number: int, seconds: float = 2.0) -> NativePicture | None:
        """Return a picture shown before as the stream has it, None where it is no longer kept. Waits for the answer."""
        with self._answered:
            self._native.pop(number, None)
            self._tell("native", number=number)
            self._answered.wait_for(lambda: number in self._native or self._process is None, seconds)
            return self._native.pop(number, None)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        self._patience = None
        if process is not None:
            process.end()
        with self._answered:
            self._native.clear()
            self._answered.notify_all()

    def _tell(self, op: str, **words: Any) -> None:
        if self._process is not None:
            self._process.tell(Message({"op": op, **words}))

    # ------------------------------------------------------------------------------------------------------ listening

    def _listen(self, process: WorkerProcess) -> None:
        moved = time.monotonic()
        while process is self._process:
            reply = process.receive(_POLL_SECONDS)
            if reply is GONE:
                self._lost(process, "stopped")
                return
            if isinstance(reply, Message):
                moved = time.monotonic()
                try:
                    self._take(process, reply)
                except (KeyError, TypeError, ValueError):
                    self._lost(process, "sent what is no answer")
                    return
            elif self._patience is None:
                moved = time.monotonic()
            elif time.monotonic() - moved > self._patience:
                self._lost(process, f"showed nothing for {self._patience:.0f} seconds")
                return

    def _lost(self, process: WorkerProcess, what: str) -> None:
        if process is not self._process:
            return  # it was ended on purpose
        name = self._path.name if self._path is not None else ""
        self.close()
        self._heard(Failed("died", f"The player {what} while playing {name}. Nothing was changed."))

    def _take(self, process: WorkerProcess, reply: Message) -> None:
        head = reply.head
        match head["event"]:
            case "picture":
                self._take_picture(process, head)
            case "native":
                self._take_native(reply)
            case "opened":
                self._heard(Opened(int(head["start_us"]), bool(head["sound"])))
            case "sound":
                stream = head.get("stream")
                self._heard(SoundFound(int(head["run"]), bool(head["works"]), None if stream is None else int(stream)))
            case "ended":
                self._patience = None
                self._heard(Ended(int(head["run"])))
            case "missing" | "failed" as event:
                self._patience = None
                words = " ".join(str(head["message"]).split())[:500]
                self._heard(Failed("missing" if event == "missing" else "refused", words))

    def _take_picture(self, process: WorkerProcess, head: dict[str, Any]) -> None:
        width, height, number = int(head["width"]), int(head["height"]), int(head["number"])
        bgra = take(process.memory, number, width * height * 4)
        if bgra is not None:  # else a newer one has taken its place: it comes next
            digest = str(head["digest"])
            self._heard(Played(number, int(head["run"]), width, height, bgra, digest, int(head["at_ms"])))

    def _take_native(self, reply: Message) -> None:
        head, found = reply.head, None
        if head["format"]:
            width, height = (int(v) for v in head["size"])
            found = NativePicture(str(head["format"]), width, height, str(head["digest"]), reply.blob)
        with self._answered:
            self._native[int(head["number"])] = found
            self._answered.notify_all()


def available(command: Sequence[str] | None = None) -> str:
    """Return "" where play with sound can be had, else why not. Asks a process, which a broken libvlc may take down."""
    process = WorkerProcess([*(command or player_command()), "--check"], behind=True)
    try:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            reply = process.receive(_POLL_SECONDS)
            if isinstance(reply, Message):
                return "" if reply.head.get("event") == "ready" else str(reply.head.get("message", "no word"))[:500]
            if reply is GONE:
                return "libvlc ended the process that tried it"
        return "libvlc gave no sign of life"
    finally:
        process.end()


def player_command() -> list[str]:
    """Return the command that starts a player."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--player"]
    return [sys.executable, "-P", "-m", "evidence_desk", "--player"]


def _ms(seconds: Fraction) -> int:
    if seconds < 0:
        return 0
    # Rounded down: a time just before a picture finds that picture, one just after it finds the next.
    return int(seconds * 1000)
