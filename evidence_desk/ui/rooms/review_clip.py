"""Play by the durations of the frames: the playhead follows the pictures, so that clocks and picture never part."""

from __future__ import annotations

import time
from fractions import Fraction

from PySide6.QtCore import QObject, QTimer

from evidence_desk.services.playhead import PlayRun
from evidence_desk.ui.frame_reader import Shown, Wanted
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_places import EXACT, FAILED, LOADING, PREVIEW, Clip, ClipPlaces

__all__ = ["EXACT", "FAILED", "LOADING", "PREVIEW", "Clip", "ClipDesk"]

_AHEAD_PLAYING = 4


class ClipDesk(ClipPlaces):
    """The open clip, stepped and played. Signals: those of the places."""

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self.speed = Fraction(1)
        self._run: PlayRun | None = None
        self._waiting = False
        self._last_played = 0
        self._skipped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        self.reader.arrived.connect(self._arrived)
        self.reader.failed.connect(self._failed)
        self.reader.asked.connect(self._asked)

    # ---------------------------------------------------------------------------------------------------------- play

    @property
    def playing(self) -> bool:
        """Tell whether play is on."""
        return self._run is not None

    def toggle(self) -> None:
        """Play, or stop at the frame that is on screen."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from here to the out mark or the end, each frame for as long as the clip says."""
        if self.clip is None or self.head is None or self.playing:
            return
        if self.head.at_last:
            self.head = self.head.to(self.head.mark_in or 0)
        out = self.head.mark_out
        last = out if out is not None and out > self.head.n else self.head.count - 1
        self._run = PlayRun(self.clip.clock, self.head.n, time.monotonic_ns(), self.speed, last)
        self._last_played = self.head.n
        self._waiting = self._skipped = False
        self.played.emit(True)
        self._tick()

    def pause(self) -> None:
        """Stop at the frame on screen; that frame is asked for again so that it stands there exactly."""
        if self._run is None:
            return
        self._run = None
        self._timer.stop()
        self.played.emit(False)
        if self.clip is not None and self.head is not None:
            self._set_state(LOADING)
            self.moved.emit(self.head)
            self.reader.request(Wanted(self.clip.exhibit.number, self.clip.path, self.clip.table, self.head.n))

    def set_speed(self, speed: Fraction) -> None:
        """Play at another speed from now on."""
        self.speed = speed
        if self.playing and self.clip is not None and self.head is not None and self._run is not None:
            self._run = PlayRun(self.clip.clock, self.head.n, time.monotonic_ns(), speed, self._run.last)

    def _tick(self) -> None:
        if self._run is None or self.clip is None or self._waiting:
            return
        now = time.monotonic_ns()
        due = self._run.frame_due(now)
        if due == self.n and self._run.finished(now):
            self.pause()
            return
        if due == self.n and due != self._run.start:
            self._wake()
            return
        # One picture at a time: asking for the next before this one is here would only delay both.
        self._waiting = True
        wanted = Wanted(self.clip.exhibit.number, self.clip.path, self.clip.table, due, 1, _AHEAD_PLAYING)
        self.reader.request(wanted)

    def _wake(self) -> None:
        if self._run is not None:
            wait = self._run.wait_ns(self.n, time.monotonic_ns()) // 1_000_000
            self._timer.start(max(int(wait), 1))

    # ------------------------------------------------------------------------------------------------------ pictures

    def _arrived(self, shown: Shown) -> None:
        if self.clip is None or self.head is None or shown.exhibit != self.clip.exhibit.number:
            return
        if not self.playing:
            if shown.n == self.head.n:
                self.showing.emit(shown)
                self._set_state(EXACT if shown.picture.exact else FAILED)
            return
        # While playing the playhead follows the picture, so that clocks and picture are always of one frame.
        self._waiting = False
        # Once a frame was left out the sign stays until play ends: one that came and went would be overlooked.
        self._skipped = self._skipped or shown.n - self._last_played > 1
        self._last_played = shown.n
        self.head = self.head.to(shown.n)
        self._set_state(PREVIEW if self._skipped else EXACT)
        self.showing.emit(shown)
        self.moved.emit(self.head)
        self._wake()

    def _failed(self, exhibit: str, n: int, _message: str) -> None:
        if self.clip is None or exhibit != self.clip.exhibit.number:
            return
        self._waiting = False
        if self.playing and self.head is not None:
            self.head = self.head.to(n)
            self.pause()
        self._set_state(FAILED)

    def _asked(self, exhibit: str, _n: int) -> None:
        if not self.playing and self.clip is not None and exhibit == self.clip.exhibit.number:
            self._set_state(LOADING)
