"""Fetches pictures on its own thread, so that the window never waits for a decoder. The newest request wins.

A frame at which the process that opens media stops is asked for once more, and then left to a person to try again.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from evidence_desk.domain.errors import EvidenceDeskError, WorkerLost
from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.pictures import AS_IS, Picture, PictureView

KEEP_BYTES = 96 * 1024 * 1024
"""How much of decoded pictures is kept beside the worker's window: a dozen of full HD, for the steps to and fro.

The worker decodes on by itself while nobody asks. Fetching ahead from here as well made stepping slower, since the
next request then waited for a picture that nobody wanted yet; only play asks for it.
"""


_NEWEST = "newest"
Key = tuple[str, int, PictureView]


class PictureSource(Protocol):
    """What the reader asks: the media worker, or what stands in for it in a test."""

    def picture(
        self,
        path: Path,
        table: FrameTable,
        n: int,
        max_size: tuple[int, int] | None = None,
        *,
        view: PictureView = AS_IS,
    ) -> Picture:
        """Return frame n in display orientation, shown as `view` says."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request. `exhibit` is the record number; `ahead` frames in `direction` are fetched while nothing is asked."""

    exhibit: str
    path: Path
    table: FrameTable
    n: int
    direction: int = 1
    ahead: int = 0
    view: PictureView = AS_IS

    def key(self, n: int) -> Key:
        """Return what a picture of frame n is kept under."""
        return self.exhibit, n, self.view


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as it goes on screen, with the identity it came with."""

    exhibit: str
    n: int
    image: QImage
    picture: Picture
    view: PictureView = AS_IS


class FrameReader(QObject):
    """Owns the thread that talks to the picture source.

    Signals: `arrived(Shown)` the picture that was asked for last; `passed(Shown)` one that was asked for before and is
    late, as while a step key is held; `failed(exhibit, n, message)`; `asked(exhibit, n)` after a request that has to be
    decoded first; `stopped(exhibit, n)` the process that opens media stopped or hung at that frame and was replaced.
    All are delivered on the window's thread.
    """

    arrived = Signal(object)
    passed = Signal(object)
    failed = Signal(str, int, str)
    asked = Signal(str, int)
    stopped = Signal(str, int)

    def __init__(self, source: Callable[[], PictureSource], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_source = source
        self._wanted: tuple[Wanted, bool] | None = None  # the flag: already on its way to the screen
        self._current: Wanted | None = None
        self._ready = threading.Condition()
        self._closing = False
        self._kept: OrderedDict[Key, Shown] = OrderedDict()
        self._kept_bytes = 0
        self._deadly: Counter[tuple[str, int]] = Counter()
        self._thread = threading.Thread(target=self._serve, name="frame-reader", daemon=True)
        self._thread.start()

    def request(self, wanted: Wanted) -> None:
        """Ask for a picture; an earlier request that has not begun is dropped. Returns at once."""
        with self._ready:
            held = self._kept.get(wanted.key(wanted.n))
            self._current = wanted
            self._wanted = (wanted, held is not None)
            self._ready.notify()
        if held is None:
            self.asked.emit(wanted.exhibit, wanted.n)
        else:
            self.arrived.emit(held)

    def forget(self) -> None:
        """Drop every kept picture and what is asked, as when another case is opened or frames were counted."""
        with self._ready:
            self._wanted = self._current = None
            self._kept.clear()
            self._kept_bytes = 0
            self._deadly.clear()

    def stopped_at(self, exhibit: str, n: int) -> bool:
        """Tell whether the process that opens media stopped at that frame."""
        with self._ready:
            return self._deadly[exhibit, n] > 0

    def close(self) -> None:
        """Stop the thread; a picture being decoded is waited for, at most two seconds."""
        with self._ready:
            self._closing = True
            self._ready.notify()
        self._thread.join(2.0)

    def _serve(self) -> None:
        while True:
            with self._ready:
                while self._wanted is None and not self._closing:
                    self._ready.wait()
                if self._closing:
                    return
                taken, self._wanted = self._wanted, None
            if taken is None:
                continue
            wanted, told = taken
            if not told:
                self._answer(wanted)
            self._fetch_ahead(wanted)

    def _answer(self, wanted: Wanted) -> None:
        try:
            with self._ready:
                held = self._kept.get(wanted.key(wanted.n))
            shown = held or self._decode_or_again(wanted)
        except (EvidenceDeskError, OSError) as error:
            if self._place_of(wanted) == _NEWEST:
                self.failed.emit(wanted.exhibit, wanted.n, str(error))
            return
        match self._place_of(wanted):
            case "newest":
                self.arrived.emit(shown)
            case "late":
                self.passed.emit(shown)

    def _fetch_ahead(self, wanted: Wanted) -> None:
        for k in range(1, wanted.ahead + 1):
            n = wanted.n + k * wanted.direction
            with self._ready:
                newer = self._wanted is not None or self._closing
                held = wanted.key(n) in self._kept
                deadly = self._deadly[wanted.exhibit, n] > 0
            if newer or deadly or not 0 <= n < len(wanted.table):
                return
            if held:
                continue
            try:
                self._decode(wanted, n)
            except (EvidenceDeskError, OSError):
                return  # it is told when that frame is asked for

    def _decode_or_again(self, wanted: Wanted) -> Shown:
        """Decode; once more by itself where the process stopped, unless it stopped at this very frame before."""
        known = self.stopped_at(wanted.exhibit, wanted.n)
        try:
            return self._decode(wanted, wanted.n)
        except WorkerLost:
            if known or self._place_of(wanted) != _NEWEST:
                raise
        return self._decode(wanted, wanted.n)

    def _decode(self, wanted: Wanted, n: int) -> Shown:
        try:
            # Asked for each time: a process that died is replaced by another one.
            picture = self._make_source().picture(wanted.path, wanted.table, n, view=wanted.view)
        except WorkerLost:
            with self._ready:
                self._deadly[wanted.exhibit, n] += 1
            self.stopped.emit(wanted.exhibit, n)
            raise
        # The image uses the picture's own bytes, which it keeps alive: what arrives can be painted as it is.
        image = QImage(picture.bgra, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
        shown = Shown(wanted.exhibit, n, image, picture, wanted.view)
        self._keep(wanted.key(n), shown)
        return shown

    def _keep(self, key: Key, shown: Shown) -> None:
        with self._ready:
            before = self._kept.pop(key, None)
            self._kept_bytes -= before.image.sizeInBytes() if before is not None else 0
            self._kept[key] = shown
            self._kept_bytes += shown.image.sizeInBytes()
            while self._kept_bytes > KEEP_BYTES and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_bytes -= dropped.image.sizeInBytes()

    def _place_of(self, wanted: Wanted) -> str:
        """Tell whether a request is the newest, late, or of no interest because the reader closes."""
        with self._ready:
            if self._closing or self._current is None:
                return ""
            now = self._current
            return _NEWEST if now.key(now.n) == wanted.key(wanted.n) else "late"
