"""The range in the sound of the observation at hand: the same in form and waveform, and to be heard by itself."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from evidence_desk.domain.sound_range import SoundRange, Ticks
from evidence_desk.media.sound_questions import SoundWish
from evidence_desk.media.sound_track import SoundPiece, SoundTrack
from evidence_desk.services.playhead import FrameClock
from evidence_desk.services.sound import picture_start
from evidence_desk.services.sound_places import SoundPlaces
from evidence_desk.ui.quick_tasks import QuickTasks
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip
from evidence_desk.ui.rooms.review_scrub import wave_bytes
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

ROOM = "review"
_REST_MS = 350
"""Of silence between two runs of a range, so that its beginning is heard as one."""
_SILENCE = bytes(2)


class SoundRangeHands(QObject):
    """Joins the form's row to the waveform and to the player."""

    def __init__(self, context: RoomContext, room: ReviewRoom) -> None:
        super().__init__(room)
        self._context, self._room = context, room
        self._field, self._hand = room.form.fields.sound, room.centre.timeline.sound_range
        self._quick = QuickTasks(self)
        self._heard: SoundRange | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._piece: tuple[Path, int, bytes] | None = None
        self._again.timeout.connect(self._let_hear)
        room.centre.sound.track_shown.connect(self._refresh)
        room.clip.opened.connect(self._refresh)
        room.observe.selected.connect(self._refresh)
        room.observe.reloaded.connect(self._refresh)
        room.clip.played.connect(lambda playing: self.stop() if playing else None)
        self._field.shown.connect(self._shown)
        self._field.play_asked.connect(self.hear)
        self._field.frames_asked.connect(self.take_frames)
        self._hand.moving.connect(partial(self._drawn, by_hand=False))
        self._hand.chosen.connect(self._drawn)
        room.observe.sound_of_frames = self.of_frames
        bind = partial(context.actions.bind, room=ROOM)
        bind("observe.sound_range", self.ask, self._has_form)
        bind("observe.sound_hear", self.hear, self._has_form)
        bind("observe.sound_frames", self.take_frames, self._has_form)
        self._refresh()

    # ------------------------------------------------------------------------------------------------------- showing

    def _has_form(self) -> bool:
        return self._room.form.is_new or self._room.form.record is not None

    def _clip(self) -> Clip | None:
        """Return the clip that is open, where the observation at hand is one of its exhibit."""
        clip, record = self._room.clip.clip, self._room.form.record
        return clip if clip is not None and (record is None or record.exhibit == clip.exhibit.number) else None

    def _refresh(self, _: object = None) -> None:
        clip, track = self._clip(), self._room.centre.sound.track
        if clip is None or track is None:
            self._field.set_sound(None, self._why_none(clip))
        else:
            self._field.set_sound(places_of(track, clip.clock))

    def _why_none(self, clip: Clip | None) -> str:
        record = self._room.form.record
        if clip is None:
            return tr("Open {exhibit} to state it.", exhibit=record.exhibit) if record is not None else ""
        streams = (clip.exhibit.facts or {}).get("streams", ())
        if not any(s.get("kind") == "audio" for s in streams):
            return tr("This file has no sound.")
        return tr("The sound is being read, or cannot be read.")

    def _shown(self, found: SoundRange | None) -> None:
        """Show the form's range on the waveform; what is heard changes with it."""
        places = self._field.places
        # Whether its row is shown is asked of the row itself: the form may be out of sight.
        wanted = self._has_form() and not self._room.form.fields.rows["sound"].isHidden()
        self._hand.active = wanted and places is not None and self._context.session.writable
        if found is None or places is None or not wanted:
            self._hand.show(None)
        else:
            self._hand.show((float(found.begin - places.zero), float(found.end - places.zero)))
        self._field.say_beside(self._beside_frames(found) if found is not None else "")
        if self._heard is not None and found != self._heard:
            self.stop()

    def _beside_frames(self, found: SoundRange) -> str:
        """Say where the range and the observation's frames have no moment in common, "" where they have."""
        clip, span = self._clip(), self._room.form.fields.frames.value()
        if clip is None or isinstance(span, str) or not 0 <= span[0] <= span[1] < len(clip.clock):
            return ""
        clock, zero = clip.clock, picture_start(clip.clock)
        first, last = clock.at(span[0]), clock.at(span[1]) + clock.duration(span[1]) * clock.time_base
        if found.begin - zero < last and found.end - zero > first:
            return ""
        return tr("It does not sound while its frames are seen")

    def ask(self) -> None:
        """Put the keyboard on the range, also of an observation that is not heard."""
        form = self._room.form
        form.fields.rows["sound"].show()
        form.show_part(self._field)
        self._field.begin.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.begin.selectAll()
        self._shown(self._field.range())

    # ------------------------------------------------------------------------------------------------------- changing

    def _drawn(self, begin: float, end: float, by_hand: bool = True) -> None:
        """Take what was drawn on the waveform, to the nearest samples."""
        places = self._field.places
        if places is None:
            return
        # A place on a screen becomes a sample here; from here on nothing is rounded.
        edges = [places.zero + Fraction(round(at * 1_000_000), 1_000_000) for at in (begin, end)]
        found = SoundRange(places.at(edges[0], end=False), places.at(edges[1], end=True))
        if found.begin < found.end:
            self._field.choose(found, by_hand=by_hand)

    def take_frames(self) -> None:
        """Let the range be what sounds while the observation's frames are on screen."""
        span, places = self._room.form.fields.frames.value(), self._field.places
        if isinstance(span, str) or places is None or not self._context.session.writable:
            return
        ticks = self.of_frames(*span)
        if ticks is None:
            self._context.session.noticed.emit(tr("No sound of this stream lies at these frames."), False)
            return
        self._room.form.fields.rows["sound"].show()
        self._field.choose(SoundRange.of(ticks))

    def of_frames(self, first: int, last: int) -> Ticks | None:
        """Return the samples that begin while frames `first` to `last` are on screen, None where there are none."""
        clip, track = self._room.clip.clip, self._room.centre.sound.track
        if clip is None or track is None:
            return None
        clock, start = clip.clock, picture_start(clip.clock)
        end = start + clock.at(last) + clock.duration(last) * clock.time_base
        runs = track.clock.between(start + clock.at(first), end)
        if not runs:
            return None
        return SoundRange(min(r.start for r in runs), max(r.end for r in runs)).ticks(track.facts.rate)

    # -------------------------------------------------------------------------------------------------------- hearing

    @property
    def hearing(self) -> bool:
        """Tell whether the range is being heard."""
        return self._heard is not None

    def hear(self) -> None:
        """Let the range be heard again and again; asked once more, end it."""
        if self.hearing:
            self.stop()
            return
        found, places, clip, track = (
            self._field.range(),
            self._field.places,
            self._clip(),
            self._room.centre.sound.track,
        )
        desk = self._room.clip
        if found is None or places is None or clip is None or track is None:
            self._context.session.noticed.emit(tr("There is no range in the sound to be heard."), False)
            return
        if desk.sound.silent or desk.sound.no_player:
            why = desk.sound.why_silent or tr("The sound is muted (Ctrl+M)")
            self._context.session.noticed.emit(why, False)
            return
        first, count = places.borders.samples(found)
        if not count:
            return
        desk.pause()
        self._heard = found
        task = partial(_fetch, self._context.session, clip.path, track, first, count)
        self._quick.start(task, partial(self._fetched, found, clip))

    def _fetched(self, wanted: SoundRange, clip: Clip, piece: SoundPiece | None) -> None:
        if piece is None or wanted != self._heard or self._room.clip.clip != clip:
            return
        self._piece = clip.path, clip.table.stream, wave_bytes(piece)
        self._again.setInterval(round(piece.duration * 1000) + _REST_MS)
        self._let_hear()

    def _let_hear(self) -> None:
        desk = self._room.clip
        if self._heard is None or self._piece is None or desk.playing or desk.sound.silent:
            self.stop()
            return
        desk.live.piece(*self._piece, desk.sound.volume)
        self._again.start()

    def stop(self) -> None:
        """End it; what sounds right now is cut off."""
        self._again.stop()
        heard, piece, self._heard, self._piece = self._heard, self._piece, None, None
        if heard is not None and piece is not None and not self._room.clip.playing:
            silence = SoundPiece(0, 8000, 1, 0, 1, Fraction(0), Fraction(1, 8000), "s16", _SILENCE)
            self._room.clip.live.piece(piece[0], piece[1], wave_bytes(silence), 0)


def places_of(track: SoundTrack, clock: FrameClock) -> SoundPlaces:
    """Return the places of a track beside the pictures of its file."""
    return SoundPlaces(track.clock, picture_start(clock), clock.length)


def _fetch(session: Session, path: Path, track: SoundTrack, first: int, count: int) -> SoundPiece:
    # The process for the eye has this file open; that for jobs may be in the middle of a long one.
    return session.worker.sound(path, track, first, count, SoundWish.QUICK)
