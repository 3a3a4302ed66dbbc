"""Where each sound stream begins: the stamp of its first sample, and how many the decoder leaves out before it."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av.error
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from evidence_desk.worker.opening import open_media
from evidence_desk.worker.sound_source import FARTHEST_STAMP, HIGHEST_RATE, MOST_CHANNELS

_SKIP = struct.Struct("<II")
_MOST_PACKETS = 1000
_MOST_STREAMS = 8


@dataclass(frozen=True, slots=True)
class SoundStart:
    """`at` is in seconds on the container's clock, None where no sample with a stamp decodes near the start."""

    at: Fraction | None
    priming: int


def sound_starts(path: str) -> dict[int, SoundStart]:
    """Return the beginning of each sound stream by its index, read off the first packets; raises MediaUnreadable.

    Packets of every stream are read, so that a stream without packets does not cost the whole file.
    """
    container = open_media(path)
    try:
        waiting = {s.index: 0 for s in container.streams.audio[:_MOST_STREAMS] if _sane(s)}
        found: dict[int, SoundStart] = {}
        packets = container.demux()
        for _ in range(_MOST_PACKETS):
            # IndexError: a stream that begins in mid-file, of which PyAV knows nothing.
            with contextlib.suppress(av.error.FFmpegError, IndexError):
                packet = next(packets, None)
                if packet is None or not waiting:
                    break
                if packet.stream_index in waiting:
                    _take(packet, waiting, found)
        return found
    finally:
        container.close()


def _sane(stream: AudioStream) -> bool:
    context: AudioCodecContext | None = stream.codec_context  # none where there is no decoder
    return context is not None and context.sample_rate <= HIGHEST_RATE and context.channels <= MOST_CHANNELS


def _take(packet: Packet[Any], waiting: dict[int, int], found: dict[int, SoundStart]) -> None:
    """Note what the packet has left out, and its first sample where it gives one; then its stream is done."""
    index = packet.stream_index
    for side in packet.iter_sidedata():
        data = bytes(side)
        if side.data_type == "skip_samples" and len(data) >= _SKIP.size:
            waiting[index] += _SKIP.unpack_from(data)[0]
    frames: list[object] = list(packet.decode())
    for frame in frames:
        if isinstance(frame, AudioFrame) and index in waiting:
            stamped = frame.pts is not None and abs(frame.pts) <= FARTHEST_STAMP and frame.time_base is not None
            at = Fraction(frame.pts or 0) * (frame.time_base or 1) if stamped else None
            found[index] = SoundStart(at, waiting.pop(index))
