"""Decoding where the reviewer goes next, while nothing is asked for: a few pictures ahead, and the stretch behind.

Stepping backward into a stretch that is not decoded costs the whole way from its key frame. It is hidden by starting
that early enough, reckoned from the pace of the steps and of the decoder, and no earlier: what is decoded too early
takes the room of pictures that would not have to be decoded twice.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from evidence_desk.worker.decoder_run import DecoderRun
from evidence_desk.worker.frame_access import FrameAccess
from evidence_desk.worker.hashing import FrameHasher

_HURRIED_SECONDS = 0.012  # between requests: no key repeats as fast
_A_STEP = 4  # frames: while a key is held some may be passed over
_AHEAD = 8
_HASHES_ON = 4
_SETTLED_SECONDS = 0.03
_DWELL_SECONDS = 0.15
_NEAR = 48
_EARLY = 4
_SPARE = 9  # pictures kept on the other side of the target, and the target


class Pace:
    """Where the reviewer is, which way the steps lead (-1, 0, 1) and how fast."""

    def __init__(self) -> None:
        self.target = 0
        self.direction = 0
        self.serial = 0
        self.answered_at = 0.0
        self._asked_at = 0.0
        self.interval = 0.033

    @property
    def hurried(self) -> bool:
        """Tell whether requests follow one another without rest, as in play and in passes."""
        return self.interval < _HURRIED_SECONDS

    def asked(self, n: int, now: float) -> None:
        """Note a request for frame n at a time in seconds of a steady clock."""
        away = n - self.target
        if away and abs(away) <= _A_STEP:
            self.direction = 1 if away > 0 else -1
            took = min(0.5, max(0.001, now - self._asked_at)) / abs(away)
            self.interval += (took - self.interval) / 8
        elif away:
            self.direction = 0
        self.target, self._asked_at = n, now
        self.answered_at = now
        self.serial += 1


@dataclass(frozen=True, slots=True)
class _Goal:
    """A frame to decode to, by which decoder, and the lowest frame worth keeping on the way."""

    run: DecoderRun
    n: int
    low: int


class _Interrupted(Exception):
    """A request waits."""


class Lookahead:
    """The thread that looks ahead. It holds the turn for one packet at a time and gives way to every request."""

    def __init__(self, access: FrameAccess, pace: Pace) -> None:
        self._access = access
        self._pace = pace
        self._hasher = FrameHasher()
        self._awake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._resting = True
        self._given_up = False
        self._stuck_at = -1

    def wake(self) -> None:
        """Look ahead from the last request on."""
        if self._given_up or self._closing:
            return
        self._resting = False
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="lookahead", daemon=True)
            self._thread.start()
        self._awake.set()

    def rest(self) -> None:
        """Do nothing until woken; call while holding the turn where a packet under way matters."""
        self._resting = True

    def close(self) -> None:
        """End the thread; a packet that is being decoded is waited for."""
        self._closing = True
        self._awake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        wait: float | None = None
        while True:
            self._awake.wait(wait)
            self._awake.clear()
            if self._closing:
                return
            try:
                wait = 0.0
                while wait == 0.0 and not self._closing:
                    wait = self._work()
            except Exception:  # noqa: BLE001 - whatever a decoder throws, and want of memory: requests go on without
                self._given_up = True
                with self._access.turns.second:
                    self._access.stop()
                return

    def _work(self) -> float | None:
        """Do one small thing and return after how many seconds to look again; None: not before the next request."""
        if self._resting or self._stuck_at == self._pace.serial:
            return None
        if self._hash_next():
            return 0.0
        goal = self._goal()
        if isinstance(goal, _Goal):
            self._advance(goal)
            return 0.0
        if goal is None and self._access.second.source.is_open:
            with self._access.turns.second:
                self._access.second.close()
        return goal

    def _hash_next(self) -> bool:
        """Take the hash of one picture that is likely asked for next; tell whether there was one to take."""
        access, pace = self._access, self._pace
        serial, direction = pace.serial, pace.direction or 1
        on = _HASHES_ON
        if direction > 0 and access.window.top(pace.target, 2) < pace.target + 2:
            on = 0  # decoding is what the steps wait for; the request takes the hash itself meanwhile
        for k in range(1, on + 1):
            n = pace.target + k * direction
            frame = access.window.get(n)
            if frame is not None and not access.window.is_confirmed(n, frame):
                if not 0 <= n < len(access.table) or not access.confirmed(n, frame, self._hasher):
                    self._stuck_at = serial  # the request for it will look for the right one
                return True
        return False

    def _goal(self) -> _Goal | float | None:
        """Return what to decode next, or after how many seconds to look again, None for nothing."""
        access, pace = self._access, self._pace
        target, direction, idle = pace.target, pace.direction, time.monotonic() - pace.answered_at
        if access.window.get(target) is None:
            return None
        if direction < 0:
            return self._behind(target, direction)
        if direction == 0 and idle < _SETTLED_SECONDS:
            return _SETTLED_SECONDS - idle
        ahead = min(_AHEAD, access.window.capacity // 4)
        on = access.window.top(target, ahead) + 1
        if on <= target + ahead and on < len(access.table):
            return _Goal(access.main, on, on)
        return _DWELL_SECONDS - idle if idle < _DWELL_SECONDS else self._behind(target, direction)

    def _behind(self, target: int, direction: int) -> _Goal | None:
        """Return the stretch before the lowest picture kept, where it is time to decode it and there is room."""
        access, capacity = self._access, self._access.window.capacity
        bottom = access.window.bottom(target)
        room = capacity - (target - bottom) - _SPARE
        if bottom == 0 or room < 2:
            return None
        if direction < 0:
            return (
                _Goal(access.main, bottom - 1, bottom - room) if target - bottom <= self._lead(bottom, room) else None
            )
        # The second decoder: the first stays where the next step forward finds it. Its share is small because the
        # library frees a decoder's memory only when the decoder is closed.
        low = bottom - min(room, capacity // 4)
        return _Goal(access.second, bottom - 1, low) if target - bottom <= _NEAR else None

    def _lead(self, bottom: int, room: int) -> int:
        """Return how many steps before the lowest picture decoding has to begin to be there in time.

        A stretch of which all pictures find room is begun early: none of them will be decoded twice.
        """
        access, capacity = self._access, self._access.window.capacity
        start = access.start_for(bottom - 1)
        rows = access.map.rows(start) if start >= 0 else [0]
        pictures = bottom - (rows[0] if rows else 0)
        steps = int(pictures * access.main.seconds / self._pace.interval) + _EARLY
        return min(steps, capacity // 2) if pictures > room else max(steps, capacity // 3)

    def _advance(self, goal: _Goal) -> None:
        access, run = self._access, goal.run
        serial = self._pace.serial
        with access.turns.second:
            if self._resting or self._closing or access.window.get(goal.n) is not None:
                return  # a request was quicker
            start = access.start_for(goal.n)
            try:
                if not run.stands_before(goal.n, start):
                    access.begin(run, start, self._give_way)
                numbered = run.step()
            except _Interrupted:
                run.stop()
                return
            for number, frame in numbered or ():
                if number >= goal.low:
                    access.window.put(number, frame)
            if numbered is None or (run.last_out >= goal.n and access.window.get(goal.n) is None):
                self._stuck_at = serial

    def _give_way(self, done: int, total: int) -> None:  # noqa: ARG002 - a beat, heard while a place is sought
        if self._access.turns.wanted or self._closing:
            raise _Interrupted
