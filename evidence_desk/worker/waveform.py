"""The loudness of a file's sound over time: lowest and highest sample of each short stretch."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from evidence_desk.worker.opening import open_media
from evidence_desk.worker.sequential import Beat

Samples = npt.NDArray[np.int16]

BUCKETS_PER_SECOND = 100
_RATE = 48_000
_CHUNK = _RATE // BUCKETS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Peaks:
    """Peaks of the first sound stream, mixed to one channel: int16 pairs (lowest, highest) from `start` seconds on."""

    stream: int
    start: Fraction
    peaks: array[int]
    rate: int
    channels: int
    codec: str


def read_peaks(path: str, beat: Beat) -> Peaks | None:
    """Return the peaks, None where no sound decodes; raises MediaUnreadable where the file does not open."""
    container = open_media(path)
    try:
        return _peaks(container, Path(path).stat().st_size or 1, beat) if container.streams.audio else None
    finally:
        container.close()


def _peaks(container: InputContainer, total: int, beat: Beat) -> Peaks | None:
    stream = container.streams.audio[0]
    resampler = AudioResampler(format="s16", layout="mono", rate=_RATE)
    out: array[int] = array("h")
    rest: Samples = np.empty(0, np.int16)
    start: Fraction | None = None
    for packet in _packets(container, stream):
        for frame in _decoded(packet):
            if start is None:
                start = Fraction(frame.pts or 0) * (frame.time_base or Fraction(1, _RATE))
            for piece in resampler.resample(frame):
                rest = _fold(np.concatenate([rest, piece.to_ndarray().reshape(-1)]), out)
        beat(min(packet.pos or 0, total), total)
    if start is None:
        return None
    if rest.size:
        out.extend((int(rest.min()), int(rest.max())))
    context = stream.codec_context
    return Peaks(stream.index, start, out, context.sample_rate, context.channels, context.name)


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    """Yield packets to the end of the file, or to where it cannot be read on."""
    with contextlib.suppress(av.error.FFmpegError):
        yield from container.demux(stream)


def _decoded(packet: Packet[AudioStream]) -> list[AudioFrame]:
    try:
        return packet.decode()
    except av.error.FFmpegError:
        return []  # a hole in the sound; what follows is placed by the samples that do decode


def _fold(samples: Samples, out: array[int]) -> Samples:
    """Append the peaks of every whole stretch to `out` and return the samples left over."""
    whole = samples.size // _CHUNK
    if whole:
        stretches = samples[: whole * _CHUNK].reshape(whole, _CHUNK)
        pairs = np.stack([stretches.min(axis=1), stretches.max(axis=1)], axis=1)
        out.frombytes(pairs.astype(np.int16).tobytes())
    return samples[whole * _CHUNK :]
