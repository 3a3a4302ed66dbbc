"""What the desk asks of sound: the track of one pass, and samples by their numbers."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from evidence_desk.domain import errors
from evidence_desk.jobs import JobContext
from evidence_desk.media import sound_track
from evidence_desk.media.asking import AskingWorker, answered
from evidence_desk.media.protocol import Message
from evidence_desk.media.sound_track import SoundPiece, SoundTrack
from evidence_desk.media.sound_view import FinePart

MOST_VALUES = 1 << 23
"""Samples times channels of the longest piece: 87 seconds of stereo at 48 kHz, 16 MB."""
WIDTHS = {"u8": 1, "s16": 2, "s32": 4, "s64": 8, "f32": 4, "f64": 8}
"""Bytes of one value in each sample format."""
_UNKNOWN = "unknown sound"


class SoundWish(Enum):
    """How samples are wanted."""

    EXACT = "exact"
    """16 bits, exact, however far back decoding has to start."""
    NATIVE = "native"
    """Exact, in the decoder's own format: what the hash of the samples is made of."""
    QUICK = "quick"
    """16 bits at once, to be heard: where a decoder gives other samples after a seek, `exact` is False."""


class SoundQuestions(AskingWorker):
    """The questions about sound."""

    @answered
    def sound_track(
        self, path: Path, stream: int | None = None, ctx: JobContext | None = None, sha256: str = ""
    ) -> SoundTrack:
        """Decode a sound stream once and return its facts, clock, waveform and spectrogram.

        `stream` is ffmpeg's absolute index, by default the first sound stream; `sha256` is kept as it is given. Raises
        MediaUnreadable where there is no sound that decodes, WorkerFailed, Cancelled.
        """
        return sound_track.unpack(self.ask("sound_track", path, ctx, stream=stream, sha256=sha256).blob)

    @answered
    def sound(
        self,
        path: Path,
        of: SoundTrack | int | None,
        first: int,
        count: int,
        wish: SoundWish = SoundWish.EXACT,
        ctx: JobContext | None = None,
    ) -> SoundPiece:
        """Return `count` samples from sample `first` on: the very samples of the decode from start to end.

        `of` is the track; where only a stream's index is given, or None for the first sound stream, the stream is
        decoded once to make it. The piece is shorter at the end of the stream, at a gap in its stamps, and at most
        MOST_VALUES large. Raises MediaUnreadable, WorkerFailed, Cancelled, FrameOutOfRange.
        """
        known = of if isinstance(of, SoundTrack) else self.sound_track(path, of, ctx)
        facts = known.facts
        if not 0 <= first < facts.samples:
            raise errors.FrameOutOfRange(
                f"There is no sample {first}: the sound of {path.name} has {facts.samples}, 0 to {facts.samples - 1}."
            )
        run = known.clock.run_of(first)
        count = min(count, run.first + run.count - first, MOST_VALUES // facts.channels)
        words: dict[str, Any] = {"stream": facts.stream, "first": first, "count": count, "wish": wish.value}
        reply = self._ask_sound("sound", path, known, ctx, words)
        head = reply.head
        given, channels = int(head["count"]), int(head["channels"])
        if not 1 <= given <= count or len(reply.blob) != given * channels * WIDTHS[str(head["format"])]:
            raise ValueError("the samples are not as many as their count says")
        return SoundPiece(
            stream=facts.stream,
            rate=run.rate,
            channels=channels,
            first=first,
            count=given,
            at=known.clock.at(first),
            time_base=facts.time_base,
            sample_format=str(head["format"]),
            pcm=reply.blob,
            exact=bool(head["exact"]),
            note="" if head["exact"] else "the decoder gives other samples after a seek than from the start",
        )

    @answered
    def sound_wave(
        self, path: Path, track: SoundTrack, span: tuple[int, int], hop: int, ctx: JobContext | None = None
    ) -> FinePart:
        """Return the peaks of every `hop` samples from `span[0]` up to `span[1]`, fewer where that is very much sound.

        They are to be drawn, closer than the pyramid: a decoder that makes its own noise may give another one than in
        the pass. Raises as `sound`.
        """
        first, last = span[0], min(span[1], span[0] + MOST_VALUES // track.facts.channels)
        words = {"stream": track.facts.stream, "first": first, "count": last - first, "hop": hop}
        reply = self._ask_sound("sound_wave", path, track, ctx, words)
        low, high, _ = reply.head["sizes"]
        blob = reply.blob
        parts = (blob[:low], blob[low : low + high], blob[low + high :])
        return FinePart(first, sound_track.wave_level(hop, *parts))

    def _ask_sound(
        self, op: str, path: Path, track: SoundTrack, ctx: JobContext | None, words: dict[str, Any]
    ) -> Message:
        """Ask about samples; the worker is given the track's table where it does not hold it."""
        try:
            return self.ask(op, path, ctx, **words)
        except errors.WorkerFailed as error:
            if str(error) != _UNKNOWN:
                raise
        self.ask("sound_table", path, ctx, blob=track.table, stream=track.facts.stream)
        return self.ask(op, path, ctx, **words)
