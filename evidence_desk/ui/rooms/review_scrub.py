"""Sound while stepping: each frame that a step brings lets the samples be heard that belong to it."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from evidence_desk.media.sound_questions import SoundWish
from evidence_desk.media.sound_track import SoundPiece, SoundTrack
from evidence_desk.services.sound import samples_of_frame
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.quick_tasks import QuickTasks
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.session import Session


class StepSound(QObject):
    """Off until asked for. One piece is fetched at a time and the newest step wins, so that a held key is not late."""

    def __init__(
        self, context: RoomContext, desk: ClipDesk, track: Callable[[], SoundTrack | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._track = context, desk, track
        self.on = False
        self._heard: tuple[str, int] = ("", -1)
        self._quick = QuickTasks(self)
        self._busy = False
        self._next: Shown | None = None
        desk.showing.connect(self._stepped)

    def _stepped(self, shown: Shown) -> None:
        desk = self._desk
        if not self.on or desk.playing or desk.sound.silent or desk.sound.no_player:
            return
        if (shown.exhibit, shown.n) == self._heard:
            return
        self._heard = (shown.exhibit, shown.n)
        if self._busy:
            self._next = shown
        else:
            self._fetch(shown)

    def _fetch(self, shown: Shown) -> None:
        clip, track = self._desk.clip, self._track()
        span = None
        if clip is not None and track is not None and clip.exhibit.number == shown.exhibit:
            span = samples_of_frame(track, clip.clock, shown.n)
        if clip is None or track is None or span is None:
            return
        self._busy = True
        task = partial(_piece, self._context.session, clip.path, track, span)
        self._quick.start(task, partial(self._fetched, clip.path, clip.table.stream))

    def _fetched(self, path: Path, stream: int, wave_file: bytes | None) -> None:
        self._busy = False
        clip, waiting = self._desk.clip, self._next
        self._next = None
        if waiting is not None:
            self._fetch(waiting)
        elif wave_file is not None and clip is not None and clip.path == path and not self._desk.playing:
            self._desk.live.piece(path, stream, wave_file, self._desk.sound.volume)


def _piece(session: Session, path: Path, track: SoundTrack, span: tuple[int, int]) -> bytes:
    """Return samples as the bytes of a WAV file."""
    # The process for the eye has this file open; that for jobs may be in the middle of a long one.
    return wave_bytes(session.worker.sound(path, track, *span, SoundWish.QUICK))


def wave_bytes(piece: SoundPiece) -> bytes:
    """Return a piece of 16-bit samples as the bytes of a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(piece.channels)
        file.setsampwidth(2)
        file.setframerate(piece.rate)
        file.writeframes(piece.pcm)
    return out.getvalue()
