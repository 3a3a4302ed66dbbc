"""One pass over a sound stream from start to end: every block counted and checked, levels taken."""

from __future__ import annotations

import hashlib
import struct
import zlib
from array import array
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.packet import Packet

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.domain.sound import SoundFacts
from evidence_desk.media.sound_track import SoundTrack
from evidence_desk.worker import pcm
from evidence_desk.worker.opening import decoder_text
from evidence_desk.worker.sequential import Beat, carried_ordinal, real_packet
from evidence_desk.worker.sound_levels import BANDS, FACTOR, SpectrumBuilder, WaveBuilder, wave_hop
from evidence_desk.worker.sound_source import FARTHEST_STAMP, SoundSource, SoundTable

_SKIP = struct.Struct("<II")  # samples to leave out at the start and at the end of a packet (AV_PKT_DATA_SKIP_SAMPLES)
SLACK = Fraction(1, 500)
"""A stamp this far (or two ticks) from where the samples before it end is rounding; farther off it is a gap."""
_AT_ONCE = 1 << 16


def read_track(path: str, wanted: int | None, sha256: str, beat: Beat) -> SoundTrack:
    """Return what the pass found; raises MediaUnreadable where there is no sound that decodes."""
    source = SoundSource(path, wanted)
    try:
        done = _Pass(source)
        done.run(beat)
        if done.first is None:
            raise MediaUnreadable(f"No sound can be decoded from {source.name}. Nothing was changed.")
        return done.track(sha256)
    finally:
        source.close()


class _Pass:
    """The state of one pass."""

    def __init__(self, source: SoundSource) -> None:
        self._source = source
        self._table = SoundTable()
        self._digest = hashlib.sha256()
        self.first: AudioFrame | None = None
        self._format = ""
        self._time_base = source.stream.time_base or Fraction(1, 1)
        self._samples = self._measured = 0
        self._runs = (array("q"), array("q"), array("q"))
        self._run_start: Fraction | None = None
        self._shape = ("", 0, 0)
        self._changes = self._bad = self._priming = self._trimmed = self._absurd = self._unstamped = 0
        self._held: list[pcm.Pcm] = []
        self._wave: WaveBuilder | None = None
        self._spectrum: SpectrumBuilder | None = None

    def run(self, beat: Beat) -> None:
        """Decode everything."""
        source, total, read = self._source, self._source.size, 0
        for packet in source.packets():
            ordinal = self._table.note_packet(packet) if real_packet(packet) else -1
            self._note_skips(packet)
            frames = source.decode(packet, ordinal)
            if frames is None:
                self._bad += 1
            for frame in frames or ():
                if frame.samples:
                    self._note(frame)
            read = max(read, packet.pos or 0)
            beat(min(read, total), total)
        if source.read_error and self.first is not None:
            for frame in source.stream.decode(None):
                self._note(frame)
        self._measure()

    def _note_skips(self, packet: Packet[Any]) -> None:
        for side in packet.iter_sidedata():
            data = bytes(side)
            if side.data_type == "skip_samples" and len(data) >= _SKIP.size:
                start, end = _SKIP.unpack_from(data)
                self._priming += start if self.first is None else 0
                self._trimmed += end

    def _note(self, frame: AudioFrame) -> None:
        data = pcm.native(frame)
        if self.first is None:
            self.first = frame
            self._format = pcm.format_name(data)
            self._time_base = frame.time_base or self._time_base
            self._wave = WaveBuilder(wave_hop(frame.sample_rate))
            self._spectrum = SpectrumBuilder(frame.sample_rate)
        self._note_stamp(frame)
        raw = data.data.cast("B")
        self._digest.update(raw)
        self._table.samples.append(len(data))
        self._table.packet.append(carried_ordinal(frame))
        self._table.check.append(zlib.crc32(raw))
        self._samples += len(data)
        if self._held and (self._held[0].shape[1:], self._held[0].dtype) != (data.shape[1:], data.dtype):
            self._measure()
        self._held.append(data)
        if self._samples - self._measured >= _AT_ONCE:
            self._measure()

    def _measure(self) -> None:
        """Take the levels of the blocks that wait: many at once cost less than one by one."""
        if self._held and self._wave is not None and self._spectrum is not None:
            data = np.concatenate(self._held)
            self._wave.add(pcm.to_s16(data))
            self._spectrum.add(pcm.to_mono(data))
        self._held, self._measured = [], self._samples

    def _note_stamp(self, frame: AudioFrame) -> None:
        """Open a new run where the stamp does not follow on, or where rate, format or channels change."""
        shape = (frame.format.name, frame.sample_rate, frame.layout.nb_channels)
        changed = shape != self._shape
        self._changes += changed and bool(self._shape[0])
        self._shape = shape
        pts = frame.pts
        if pts is not None and abs(pts) > FARTHEST_STAMP:
            self._absurd += 1
            pts = None
        if pts is None:
            self._unstamped += 1
            if changed:
                self._open_run(NO_STAMP, frame.sample_rate)
            return
        if not changed and self._run_start is not None:
            said = pts * self._time_base
            due = self._run_start + Fraction(self._samples - self._runs[0][-1], frame.sample_rate)
            if abs(said - due) <= max(SLACK, 2 * self._time_base):
                return
        self._open_run(pts, frame.sample_rate)

    def _open_run(self, pts: int, rate: int) -> None:
        for column, value in zip(self._runs, (self._samples, pts, rate), strict=True):
            column.append(value)
        self._run_start = pts * self._time_base if pts != NO_STAMP else None

    # --------------------------------------------------------------------------------------------------- what it gives

    def track(self, sha256: str) -> SoundTrack:
        """Return what was found."""
        assert self._wave is not None
        assert self._spectrum is not None
        parts = {"table": self._table.pack()}
        for name, column in zip(("run_first", "run_pts", "run_rate"), self._runs, strict=True):
            parts[name] = np.asarray(column, dtype="<i8").tobytes()
        waves, spectra = self._wave.levels(), self._spectrum.levels()
        for i, level in enumerate(waves):
            parts |= {f"wave_{i}_{name}": part for name, part in zip(("low", "high", "rms"), level, strict=True)}
        parts |= {f"spectrum_{i}": part for i, part in enumerate(spectra)}
        hops = {
            "factor": FACTOR,
            "wave_hop": self._wave.hop,
            "wave_levels": len(waves),
            "spectrum_hop": self._spectrum.hop,
            "spectrum_levels": len(spectra),
            "window": self._spectrum.size,
            "bands": BANDS,
        }
        return SoundTrack(self._facts(), sha256, hops, parts)

    def _facts(self) -> SoundFacts:
        first, stream = self.first, self._source.stream
        assert first is not None
        return SoundFacts(
            stream=stream.index,
            streams=tuple(s.index for s in self._source.container.streams.audio),
            codec=stream.codec_context.codec.canonical_name,
            decoder=decoder_text(stream),
            time_base=self._time_base,
            rate=first.sample_rate,
            channels=first.layout.nb_channels,
            layout=first.layout.name,
            sample_format=self._format,
            samples=self._samples,
            packets=len(self._table.pos),
            priming=self._priming,
            trimmed=self._trimmed,
            pcm_sha256=self._digest.hexdigest(),
            damage=" ".join(self._damage()),
            notes=tuple(self._notes()),
        )

    def _damage(self) -> Iterator[str]:
        if self._source.read_error:
            yield f"The file could not be read to its end ({self._source.read_error})."
        if self._bad:
            yield f"{self._bad} of {len(self._table.pos)} packets of sound did not decode."

    def _notes(self) -> Iterator[str]:
        blocks = len(self._table.samples)
        if self._absurd:
            yield f"{self._absurd} of {blocks} blocks of sound carry a stamp beyond any clock; they follow on instead."
        missing = self._unstamped - self._absurd
        if missing:
            yield f"{missing} of {blocks} blocks of sound have no stamp; they are laid after the one before."
        if self._changes:
            yield (
                f"Rate, format or channels of the sound change in mid-stream ({self._changes} times): samples are"
                " counted as decoded."
            )
