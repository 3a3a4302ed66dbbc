"""Play in Review: with sound through the player where it is there, backwards and else by the desk's own decoder.

On pause the picture on screen stays: its frame is known by its hash, or found by comparing it with decoded frames, and
the still that replaces it is that very frame.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_desk.media.match_questions import Matched
from evidence_desk.media.pictures import Picture
from evidence_desk.media.player import Failed
from evidence_desk.services.playhead import Playhead
from evidence_desk.services.shuttle import USUAL, pressed, stepped_speed
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.live_play import LivePicture, LivePlan, LivePlay
from evidence_desk.ui.quick_tasks import QuickTasks
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_own_play import OwnPlay
from evidence_desk.ui.rooms.review_places import EXACT, FAILED, LOADING, PREVIEW, SETTLED, Clip
from evidence_desk.ui.rooms.review_sound import PlaySound
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import number, tr

__all__ = ["EXACT", "FAILED", "LOADING", "PREVIEW", "SETTLED", "Clip", "ClipDesk"]

_WARM_MS = 1200
_NEAR_END = 3  # frames: a player that leaves out the very last pictures has still come to the end


class ClipDesk(OwnPlay):
    """The open clip, stepped and played.

    Signals: those of the places; `speed_changed(Fraction)` the speed of play, negative backwards.
    """

    speed_changed = Signal(object)

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self.speed = USUAL
        self.loop = False
        self._quick = QuickTasks(self)
        self.sound = PlaySound(context, self)
        self._model: Picture | None = None
        self._way = USUAL
        self._settling = 0
        self._refused: set[Path] = set()
        self.live = LivePlay(context.session.make_player, self)
        self.live.pictured.connect(self._pictured)
        self.live.passed.connect(self._finished_own)
        self.live.failed.connect(self._player_failed)
        self.live.sounded.connect(self.sound.found)
        self.sound.wished.connect(self._apply_sound)
        self.opened.connect(self._another)
        # Not at once: who walks through the list of exhibits plays none of them.
        self._warm = QTimer(self)
        self._warm.setSingleShot(True)
        self._warm.setInterval(_WARM_MS)
        self._warm.timeout.connect(self._prepare)

    @property
    def playing(self) -> bool:
        """Tell whether play is on."""
        return self._run is not None or self.live.playing

    @property
    def way(self) -> Fraction | None:
        """Return the signed speed of play, None at rest."""
        return self._way if self.playing else None

    # ----------------------------------------------------------------------------------------------- begin and end play

    def toggle(self) -> None:
        """Play, or stop at the frame that is on screen."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from here at the chosen speed, to the out mark or the end; in a loop from the in mark again."""
        if not self.playing:
            self.go_on(self.speed)

    def shuttle(self, direction: int) -> None:
        """L (1) or J (-1): play that way, faster with each press; the other way turns round."""
        self.go_on(pressed(direction, self.way))

    def set_speed(self, speed: Fraction) -> None:
        """Play at another speed from now on."""
        self.speed = speed
        way = self.way
        if way is None:
            self.speed_changed.emit(speed)
        else:
            self.go_on(speed if way > 0 else -speed)

    def faster(self, by: int) -> None:
        """Take the next speed up (1) or down (-1)."""
        self.set_speed(stepped_speed(abs(self.way or self.speed), by))

    def set_loop(self, loop: bool) -> None:
        """Play the range, or the whole clip, again and again."""
        self.loop = loop

    def go_on(self, way: Fraction) -> None:
        """Play at a signed speed, from the start of the range where play stands at its end."""
        if self.clip is None or self.head is None:
            return
        was_playing = self.playing
        if was_playing and self.live.playing and way > 0:
            self._way = way
            self.live.set_rate(way)
        else:
            self._end_run()
            self._way = way
            if not was_playing:
                self.head = self.head.to(self._first_of_run(self.head, way))
            self._begin_run()
        if self.playing and not was_playing:
            self.played.emit(True)
        self.speed_changed.emit(way)

    def _first_of_run(self, head: Playhead, way: Fraction) -> int:
        if self.loop and head.mark_in is not None and head.mark_out is not None and way > 0:
            return head.n if head.mark_in <= head.n < head.mark_out else head.mark_in
        if head.at_last and way > 0:
            return head.mark_in or 0
        return head.n

    def _last_of_run(self, head: Playhead, way: Fraction) -> int:
        if way > 0:
            out = head.mark_out
            return out if out is not None and out > head.n else head.count - 1
        start = head.mark_in
        return start if start is not None and start < head.n else 0

    def _begin_run(self) -> None:
        if self.clip is None or self.head is None:
            return
        last = self._last_of_run(self.head, self._way)
        silent = bool(self.sound.no_player) or self.clip.path in self._refused
        if self._way < 0 or silent or self._model is None:
            self._begin_own(self._way, last)
            return
        clip, sound = self.clip, self.sound
        self._skipped, self._last_played = False, self.head.n
        what = (clip.exhibit.number, clip.path, clip.table, clip.clock)
        self.live.start(
            LivePlan(
                *what, self.head.n, last, self._way, sound.silent, sound.volume, self.view, self._model, sound.stream
            )
        )

    def _end_run(self) -> LivePicture | None:
        """End whatever plays and return the picture of play that stays on screen."""
        self._settling += 1
        self._end_own()
        return self.live.freeze() if self.live.playing else None

    def pause(self) -> None:
        """Stop at the picture on screen; the frame it shows is asked for, so that it stands there exactly."""
        if not self.playing:
            return
        picture = self._end_run()
        self.played.emit(False)
        if self.clip is None or self.head is None:
            return
        if picture is None or picture.known:
            self._show_here()
        else:
            self._find(picture)

    def _finished_own(self) -> None:
        """The range has been played: from its beginning again, or rest at its last frame."""
        if not self.playing or self.head is None:
            return
        way, head = self._way, self.head
        if self.loop:
            self.head = head.to(self._loop_start(head, way))
            if self.live.playing:
                self._last_played = self.head.n
                self.live.again(self.head.n)
            else:
                self._end_own()
                self._begin_run()
            return
        self._end_run()
        last = self._last_of_run(head, way)
        self.head = head.to(last) if abs(last - head.n) <= _NEAR_END else head
        self.played.emit(False)
        self._show_here()

    @staticmethod
    def _loop_start(head: Playhead, way: Fraction) -> int:
        if way > 0:
            return head.mark_in or 0
        return head.mark_out if head.mark_out is not None else head.count - 1

    # ------------------------------------------------------------------------------------------- the picture on screen

    def _find(self, picture: LivePicture) -> None:
        """Find the frame of a picture whose hash does not tell; until then what is on screen stays, marked as such."""
        if self.clip is None or self.head is None:
            return
        self._set_state(LOADING)
        self.moved.emit(self.head)
        task = partial(_find_frame, self._context.session, self.live, self.clip, picture)
        self._quick.start(task, partial(self._found, self._settling, picture))

    def _found(self, token: int, picture: LivePicture, found: Matched | None) -> None:
        if token != self._settling or self.head is None or self.playing or self.n != picture.shown.n:
            return  # the reviewer has gone on meanwhile
        if found is not None:
            self.head = self.head.to(found.n)
        if found is None or not found.certain:
            n = number(self.head.n)
            text = tr("The picture that was on screen could not be found again; frame {n} is the nearest by time.", n=n)
            self._context.session.noticed.emit(text, False)
        self._show_here()

    def _pictured(self, picture: LivePicture) -> None:
        shown = picture.shown
        if self.clip is None or self.head is None or shown.exhibit != self.clip.exhibit.number:
            return
        self._skipped = self._skipped or shown.n - self._last_played > 1
        self._last_played = shown.n
        self.head = self.head.to(shown.n)
        self._set_state(EXACT if picture.known and not self._skipped else PREVIEW)
        self.showing.emit(shown)
        self.moved.emit(self.head)

    def _arrived(self, shown: Shown) -> None:
        if self.clip is not None and shown.exhibit == self.clip.exhibit.number:
            self._model = shown.picture
        super()._arrived(shown)

    # ---------------------------------------------------------------------------------------------- player and sound

    def _another(self) -> None:
        self._model = None
        self._warm.stop()
        if self.clip is not None:
            self.sound.begin(self.clip.exhibit)
            self._warm.start()

    def _prepare(self) -> None:
        """Have the player ready, so that Space plays at once."""
        if self.clip is not None and not self.sound.no_player and self.clip.path not in self._refused:
            self.live.prepare(self.clip.path, self.clip.table.stream)

    def _player_failed(self, failed: Failed, running: bool) -> None:
        """Go on with the desk's own player from where play stands, and say why there is no sound."""
        if failed.kind == "missing":
            self.sound.lose_player(failed.message)
        elif running:
            self._context.session.noticed.emit(tr("{why} Play goes on without sound.", why=failed.message), False)
        if failed.kind == "refused" and self.clip is not None:
            self._refused.add(self.clip.path)
        if running and self.head is not None and self._run is None:
            self._begin_own(self._way, self._last_of_run(self.head, self._way))

    def _apply_sound(self, again: bool) -> None:
        """Volume and mute; a run that was begun without any sound begins again here to have it."""
        if not self.live.playing:
            return
        if again:
            self._end_run()
            self._begin_run()
        else:
            self.live.set_sound(self.sound.volume, self.sound.silent)

    def close(self) -> None:
        """Stop play, the player and the reader; nothing is looked for any more."""
        self._end_run()
        super().close()
        self.live.close()


def _find_frame(session: Session, live: LivePlay, clip: Clip, picture: LivePicture) -> Matched | None:
    """Return the frame that a picture of play shows, None where that picture is no longer to be had."""
    native = live.native(picture.number)
    return None if native is None else session.worker.match(clip.path, clip.table, native, picture.shown.n)
