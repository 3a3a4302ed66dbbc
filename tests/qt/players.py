"""Stand-ins for the player process: one that is not there, and one that shows made pictures when it is told to."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from evidence_desk.media.player import Ended, Failed, NativePicture, Opened, Played, Player, PlayerEvent


class NoPlayer(Player):
    """libvlc is not there: the desk plays by itself."""

    def __init__(self, heard: Callable[[PlayerEvent], None]) -> None:
        super().__init__(heard)
        self.told = heard

    def open(self, path: Path, stream: int | None) -> None:
        self.told(Failed("missing", "there is no libvlc on this system"))


class ScriptedPlayer(Player):
    """Keeps what it was told; a test lets it show frames by their hash, end, or fail."""

    made: ScriptedPlayer

    def __init__(self, heard: Callable[[PlayerEvent], None]) -> None:
        super().__init__(heard)
        ScriptedPlayer.made = self
        self.told = heard
        self.calls: list[tuple[Any, ...]] = []
        self.runs = 0
        self.shown = 0
        self.holds: dict[int, NativePicture] = {}
        self.file: Path | None = None

    @property
    def path(self) -> Path | None:
        return self.file

    def open(self, path: Path, stream: int | None) -> None:
        self.file = path
        self.told(Opened(0, sound=True))

    def play(self, at: Fraction, rate: Fraction, **words: Any) -> int:
        self.runs += 1
        self.calls.append(("play", at, rate, words["silent"], words["volume"]))
        return self.runs

    def seek(self, at: Fraction) -> int:
        self.runs += 1
        self.calls.append(("seek", at))
        return self.runs

    def set_rate(self, rate: Fraction) -> None:
        self.calls.append(("rate", rate))

    def set_sound(self, volume: int, mute: bool) -> None:
        self.calls.append(("sound", volume, mute))

    def hold(self) -> None:
        self.calls.append(("hold",))

    def piece(self, wave: bytes, volume: int) -> None:
        self.calls.append(("piece", wave[:4], len(wave), volume))

    def native(self, number: int, seconds: float = 2.0) -> NativePicture | None:
        return self.holds.get(number)

    def close(self) -> None:
        self.file = None

    def show(self, digest: str, run: int | None = None, size: tuple[int, int] = (48, 32)) -> None:
        """Put a grey picture on screen that carries this hash."""
        self.shown += 1
        width, height = size
        pixels = bytes((90, 90, 90, 255)) * (width * height)
        self.told(Played(self.shown, self.runs if run is None else run, width, height, pixels, digest, 0))

    def end(self) -> None:
        """Come to the end of the file."""
        self.told(Ended(self.runs))

    def fail(self, kind: str) -> None:
        """Go wrong."""
        self.file = None
        self.told(Failed(kind, "The player stopped while playing a file. Nothing was changed."))
