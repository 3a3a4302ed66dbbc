"""Play with the desk's own decoder, without sound, forwards or backwards: each frame for as long as the clip says."""

from __future__ import annotations

import time
from fractions import Fraction

from PySide6.QtCore import QObject, QTimer

from evidence_desk.services.playhead import PlayRun
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_places import FAILED, LOADING, PREVIEW, ClipPlaces

_AHEAD_PLAYING = 4


class OwnPlay(ClipPlaces):
    """The open clip, stepped and played without sound. Signals: those of the places."""

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(context, parent)
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

    @property
    def playing(self) -> bool:
        """Tell whether play is on."""
        return self._run is not None

    def _begin_own(self, speed: Fraction, last: int) -> None:
        """Play from here to frame `last` at a signed speed."""
        if self.clip is None or self.head is None:
            return
        self._run = PlayRun(self.clip.clock, self.head.n, time.monotonic_ns(), speed, last)
        self._last_played = self.head.n
        self._waiting = self._skipped = False
        self._tick()

    def _end_own(self) -> None:
        self._run = None
        self._timer.stop()

    def _finished_own(self) -> None:
        """The last frame of a run has been on screen for its time."""
        self.pause()

    def _show_here(self) -> None:
        """Ask for the frame at the playhead, so that it stands there exactly."""
        if self.clip is not None and self.head is not None:
            self._set_state(LOADING)
            self.moved.emit(self.head)
            self.reader.request(self.wanted(self.clip, self.head.n))

    def _tick(self) -> None:
        if self._run is None or self.clip is None or self._waiting:
            return
        now = time.monotonic_ns()
        due = self._run.frame_due(now)
        if due == self.n and self._run.finished(now):
            self._finished_own()
            return
        if due == self.n and due != self._run.start:
            self._wake()
            return
        # One picture at a time: asking for the next before this one is here would only delay both.
        self._waiting = True
        clip, direction = self.clip, self._run.direction
        self.reader.request(self.wanted(clip, due, direction, _AHEAD_PLAYING))

    def _wake(self) -> None:
        if self._run is not None:
            wait = self._run.wait_ns(self.n, time.monotonic_ns()) // 1_000_000
            self._timer.start(max(int(wait), 1))

    # ------------------------------------------------------------------------------------------------------ pictures

    def _arrived(self, shown: Shown) -> None:
        if self.clip is None or self.head is None or shown.exhibit != self.clip.exhibit.number:
            return
        if self._run is None:
            if not self.playing and shown.n == self.head.n:
                self.showing.emit(shown)
                self._set_state(self.state_of(shown))
            return
        # While playing the playhead follows the picture, so that clocks and picture are always of one frame.
        self._waiting = False
        # Once a frame was left out the sign stays until play ends: one that came and went would be overlooked.
        self._skipped = self._skipped or abs(shown.n - self._last_played) > 1
        self._last_played = shown.n
        self.head = self.head.to(shown.n)
        state = self.state_of(shown)
        self._set_state(PREVIEW if self._skipped else state)
        self.showing.emit(shown)
        self.moved.emit(self.head)
        self._wake()

    def _failed(self, exhibit: str, n: int, _message: str) -> None:
        if self.clip is None or exhibit != self.clip.exhibit.number:
            return
        self._waiting = False
        if self._run is not None and self.head is not None:
            self.head = self.head.to(n)
            self.pause()
        self._set_state(FAILED)

    def _asked(self, exhibit: str, _n: int) -> None:
        if not self.playing and self.clip is not None and exhibit == self.clip.exhibit.number:
            self._set_state(LOADING)
