"""Play through the player process: its pictures arrive here, get their frame number and go on to the screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.pictures import Picture, PictureView
from evidence_desk.media.player import Ended, Failed, NativePicture, Opened, Played, Player, PlayerEvent, SoundFound
from evidence_desk.services.live_position import LivePosition, player_seconds
from evidence_desk.services.playhead import NANOSECONDS, FrameClock
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.translate import tr

MakePlayer = Callable[[Callable[[PlayerEvent], None]], Player]

_PREROLL_NS = NANOSECONDS * 7 // 10
"""For so long after a start pictures from elsewhere are held back: the player shows one or two before it has sought."""
_ELSEWHERE = Fraction(1, 4)  # seconds


@dataclass(frozen=True, slots=True)
class LivePlan:
    """What to play: frames `start` to `last` of an exhibit, at a speed; `silent` without any sound.

    `sound_stream` is the absolute index of the stream to be heard, the file's first without one.
    `model` is a still of the clip: the pictures of play are shown as large and as turned as it is.
    """

    exhibit: str
    path: Path
    table: FrameTable
    clock: FrameClock
    start: int
    last: int
    rate: Fraction
    silent: bool
    volume: int
    view: PictureView
    model: Picture
    sound_stream: int | None = None


@dataclass(frozen=True, slots=True)
class LivePicture:
    """A picture of play on screen; `known` tells whether its hash says which frame it is, else the time that went by.

    `number` is the player's own, by which the picture can be asked for again.
    """

    shown: Shown
    number: int
    known: bool


class LivePlay(QObject):
    """Owns the player.

    Signals, all on the window's thread: `pictured(LivePicture)`; `passed()` the last frame of the plan has been on
    screen for its time; `failed(Failed, bool)` and whether a run was on; `sounded(SoundFound)` whether the sound found
    a way out, and of which stream it is.
    """

    pictured = Signal(object)
    passed = Signal()
    failed = Signal(object, bool)
    sounded = Signal(object)
    _came = Signal(object)

    def __init__(self, make: MakePlayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = make(self._from_player)
        self._lock = threading.Lock()
        self._newest: Played | None = None
        self._plan: LivePlan | None = None
        self._position: LivePosition | None = None
        self._opened: Opened | None = None
        self._run = 0
        self._at = Fraction(0)
        self._first_ns = 0
        self._settled = self._corrected = self._over = False
        self._last: LivePicture | None = None
        # Queued also from this thread: a player may answer while it is being told.
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------------------------------------------ what it is told

    @property
    def playing(self) -> bool:
        """Tell whether a run is on, or about to be."""
        return self._plan is not None

    def prepare(self, path: Path, stream: int) -> None:
        """Start the process for a file, unless it holds it: play then begins at once."""
        if self._player.path != path:
            self._opened = None
            self._player.open(path, stream)

    def start(self, plan: LivePlan) -> None:
        """Play a plan; the process is started where it does not hold the file yet."""
        self._last = None
        self.prepare(plan.path, plan.table.stream)
        self._plan = plan
        if self._opened is not None:
            self._begin()

    def set_rate(self, rate: Fraction) -> None:
        """Play faster or slower from now on."""
        if self._plan is not None and self._position is not None:
            self._plan = replace(self._plan, rate=rate)
            self._position.set_rate(rate, time.monotonic_ns())
            self._player.set_rate(rate)

    def set_sound(self, volume: int, mute: bool) -> None:
        """Set volume and mute; a run that was begun silent stays so."""
        if self._plan is not None:
            self._player.set_sound(volume, mute)

    def freeze(self) -> LivePicture | None:
        """End the run and return the picture that stays on screen; it can be asked for until the next start."""
        plan, self._plan = self._plan, None
        if plan is not None:
            self._player.hold()
        return self._last

    def again(self, start: int) -> None:
        """Go on from frame `start` within the same plan, as in a loop."""
        if self._plan is None:
            return
        self._plan = replace(self._plan, start=start)
        self._begin(seek=not self._over)

    def native(self, number: int) -> NativePicture | None:
        """Return a picture shown as the stream has it; waits for the process, so this is for jobs."""
        return self._player.native(number)

    def piece(self, path: Path, stream: int, wave: bytes, volume: int) -> None:
        """Let a short piece of sound of a file be heard; the process is started where it does not hold the file."""
        self.prepare(path, stream)
        self._player.piece(wave, volume)

    def close(self) -> None:
        """End the process."""
        self._plan, self._opened, self._last = None, None, None
        self._player.close()

    def _begin(self, seek: bool = False) -> None:
        plan, opened = self._plan, self._opened
        if plan is None or opened is None:
            return
        self._at = player_seconds(plan.table, plan.clock, plan.start, opened.start_us)
        self._position = LivePosition(plan.table, plan.clock, plan.start, plan.rate, time.monotonic_ns())
        self._settled = self._corrected = False
        self._first_ns = 0
        if seek:
            self._run = self._player.seek(self._at)
            return
        self._over = False
        longest = max(plan.clock.longest, plan.clock.usual) * plan.clock.time_base
        self._run = self._player.play(
            self._at,
            plan.rate,
            silent=plan.silent,
            volume=plan.volume,
            sound_stream=plan.sound_stream,
            view=plan.view,
            slowest=float(longest),
        )

    # ---------------------------------------------------------------------------------------------- what it is told of

    def _from_player(self, event: PlayerEvent) -> None:
        """Pass an event on to the window's thread; of pictures only the newest, so that a busy window is not buried."""
        if isinstance(event, Played):
            with self._lock:
                waiting, self._newest = self._newest, event
            if waiting is not None:
                return
        self._came.emit(event)

    def _take(self, event: PlayerEvent) -> None:
        match event:
            case Played():
                with self._lock:
                    newest, self._newest = self._newest, None
                if newest is not None and newest.run == self._run and self._plan is not None:
                    self._show(newest, self._plan)
            case Opened():
                self._opened = event
                self._begin()
            case Ended():
                if event.run == self._run and self._plan is not None:
                    self._over = True
                    if self._settled:
                        self.passed.emit()
                    else:
                        self._give_up(tr("The player cannot begin at this place of the file."))
            case SoundFound():
                if event.run == self._run and self._plan is not None:
                    self.sounded.emit(event)
            case Failed():
                running, self._plan, self._opened = self._plan is not None, None, None
                self.failed.emit(event, running)

    def _give_up(self, why: str) -> None:
        """End a run that has shown nothing, as where a file of this kind cannot be sought in."""
        self._plan = None
        self._player.hold()
        self.failed.emit(Failed("lost", why), True)

    def _show(self, played: Played, plan: LivePlan) -> None:
        if self._position is None:
            return
        now = time.monotonic_ns()
        self._first_ns = self._first_ns or now
        if not self._settled and not self._arrived_at_start(played, plan, now):
            return
        placed = self._position.place(played.digest, now)
        n = min(max(placed.n, 0), len(plan.clock) - 1)
        if n > plan.last:
            self.passed.emit()
            return
        picture = replace(
            plan.model,
            width=played.width,
            height=played.height,
            bgra=played.bgra,
            n=n,
            pts=plan.table.pts(n),
            hash=plan.table.hash_of(n),
            view=_view_words(plan),
            exact=placed.known,  # else the number is a guess by time, and the picture must not claim it
        )
        image = QImage(played.bgra, played.width, played.height, played.width * 4, QImage.Format.Format_RGB32)
        self._last = LivePicture(Shown(plan.exhibit, n, image, picture), played.number, placed.known)
        self.pictured.emit(self._last)

    def _arrived_at_start(self, played: Played, plan: LivePlan, now: int) -> bool:
        """Tell whether the player stands where it was told to begin; once it is asked to go there more exactly."""
        started = plan.clock.at(plan.start)
        placed = LivePosition(plan.table, plan.clock, plan.start, plan.rate, now).place(played.digest, now)
        off = plan.clock.at(placed.n) - started
        early = now - self._first_ns < _PREROLL_NS
        if abs(off) <= _ELSEWHERE and (placed.known or not plan.table.hashes or not early):
            self._settled = True
        elif early:
            return False
        elif not self._corrected and abs(off) > _ELSEWHERE:
            # The player's clock begins elsewhere than the container's; by how much its pictures have told.
            self._corrected, self._first_ns = True, 0
            self._run = self._player.seek(max(self._at - off, Fraction(0)))
            return False
        self._settled = True
        self._position = LivePosition(plan.table, plan.clock, placed.n, plan.rate, now)
        return True


def _view_words(plan: LivePlan) -> str:
    """Return what a badge says of the pictures of this run; not everything is done while playing."""
    if plan.view.in_play() == plan.view:
        return plan.model.view
    left_out = tr("not deinterlaced in play") if plan.view.deinterlace else ""
    return ", ".join(words for words in (left_out, plan.view.in_play().words()) if words)
