"""Opens one sound stream of a file and reads its packets; every other stream is left unread."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.worker.opening import open_media
from evidence_desk.worker.sequential import real_packet, refuse_without_memory

MOST_CHANNELS = 32
HIGHEST_RATE = 1_536_000
"""Ambisonics and 22.2 need 24 channels at most, the fastest recorders 768 kHz: beyond twice that it is no sound."""
FARTHEST_STAMP = 1 << 53
"""Beyond this many ticks a stamp is noise: that would be 285 years at a microsecond a tick."""


@dataclass(slots=True)
class SoundTable:
    """What one pass noted. Packets: pts, place, size and CRC-32 of their bytes. Blocks: what one packet gave.

    A block is one decoded frame: samples, ordinal of its packet (or NO_PACKET), CRC-32 of its samples as decoded.
    """

    pts: array[int] = field(default_factory=lambda: array("q"))
    pos: array[int] = field(default_factory=lambda: array("q"))
    size: array[int] = field(default_factory=lambda: array("i"))
    crc: array[int] = field(default_factory=lambda: array("I"))
    samples: array[int] = field(default_factory=lambda: array("i"))
    packet: array[int] = field(default_factory=lambda: array("I"))
    check: array[int] = field(default_factory=lambda: array("I"))

    def note_packet(self, packet: Packet[Any]) -> int:
        """Take a packet and return its ordinal."""
        place = place_of(packet)
        self.pos.append(place[0])
        self.size.append(place[1])
        self.crc.append(place[2])
        self.pts.append(NO_STAMP if packet.pts is None else packet.pts)
        return len(self.pos) - 1

    def pack(self) -> bytes:
        """Return the columns one after the other behind the two counts."""
        head = array("q", [len(self.pos), len(self.samples)]).tobytes()
        return head + b"".join(getattr(self, f.name).tobytes() for f in fields(self))

    @classmethod
    def unpack(cls, data: bytes) -> SoundTable:
        """Return the table packed in `data`; ValueError where it is cut."""
        counts = array("q")
        counts.frombytes(data[:16])
        table, at = cls(), 16
        for i, f in enumerate(fields(cls)):
            column: array[int] = getattr(table, f.name)
            end = at + column.itemsize * counts[0 if i < 4 else 1]
            if end > len(data):
                raise ValueError("a table of sound is cut")
            column.frombytes(data[at:end])
            at = end
        return table


def place_of(packet: Packet[Any]) -> tuple[int, int, int]:
    """Return what a packet is recognised by after a seek: place in the file, size, CRC-32 of its bytes."""
    return NO_STAMP if packet.pos is None else packet.pos, packet.size, zlib.crc32(bytes(packet))


class SoundSource:
    """One sound stream, read packet by packet. `ordinal` is carried by every decoded frame."""

    def __init__(self, path: str, wanted: int | None) -> None:
        """Open the stream with ffmpeg's absolute index `wanted`, or the first; raises MediaUnreadable."""
        self.name = Path(path).name
        self.container = open_media(path)
        try:
            self.stream = _chosen(self.container, wanted, self.name)
        except MediaUnreadable:
            self.container.close()
            raise
        for stream in self.container.streams:
            if stream.index != self.stream.index:
                stream.discard = Discard.all
        self.stream.codec_context.thread_type = "NONE"
        self.stream.codec_context.copy_opaque = True
        self.read_error = ""

    @property
    def size(self) -> int:
        """Bytes of the file, at least 1."""
        return max(1, self.container.size)

    def close(self) -> None:
        """Close the file."""
        self.container.close()

    def packets(self) -> Iterator[Packet[AudioStream]]:
        """Yield packets from here to the end, the last without bytes; a read error ends them and is kept."""
        packets = self.container.demux(self.stream)
        while True:
            try:
                packet = next(packets, None)
            except IndexError:
                # A stream that begins in mid-file, of which PyAV knows nothing: its first packet was just passed over.
                packets = self.container.demux(self.stream)
                continue
            except av.error.FFmpegError as error:
                refuse_without_memory(error)
                self.read_error = error.strerror or "it cannot be read to its end"
                return
            if packet is None:
                return
            yield packet

    def decode(self, packet: Packet[AudioStream], ordinal: int) -> list[AudioFrame] | None:
        """Return what the packet gives, None where it does not decode; raises MediaUnreadable for absurd sound."""
        if real_packet(packet):
            packet.opaque = [ordinal]
            if not packet.size:
                return []
        try:
            frames = packet.decode()
        except av.error.FFmpegError as error:
            refuse_without_memory(error)
            return None
        for frame in frames:
            check_shape(self.name, frame.sample_rate, frame.layout.nb_channels)
        return frames


def _chosen(container: InputContainer, wanted: int | None, name: str) -> AudioStream:
    sounds = list(container.streams.audio)
    if not sounds:
        raise MediaUnreadable(f"{name} has no sound stream. Nothing was changed.")
    chosen = next((s for s in sounds if wanted is None or s.index == wanted), None)
    if chosen is None:
        known = ", ".join(str(s.index) for s in sounds)
        raise MediaUnreadable(f"{name} has no sound stream {wanted}. Its sound streams are: {known}.")
    if chosen.codec_context is None:
        raise MediaUnreadable(f"{name}: there is no decoder for its sound stream {chosen.index}.")
    check_shape(name, chosen.codec_context.sample_rate or 1, chosen.codec_context.channels or 1)
    return chosen


def check_shape(name: str, rate: int, channels: int) -> None:
    """Refuse a rate or a number of channels that no recorder makes, before memory is asked for."""
    if not 1 <= rate <= HIGHEST_RATE:
        raise MediaUnreadable(f"The sound of {name} claims {rate} samples a second. It was not read; nothing changed.")
    if not 1 <= channels <= MOST_CHANNELS:
        raise MediaUnreadable(
            f"The sound of {name} claims {channels} channels; the desk reads up to {MOST_CHANNELS}. Nothing changed."
        )
