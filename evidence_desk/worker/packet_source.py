"""The stream's packets from a chosen one on, each with its place in the file's order.

A packet met after a seek is recognised by its position and size. Stamps only tell the demuxer where to go; where it
lands is read off the packets, and what lies before the wanted one is read past without being decoded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import NO_PACKET, NO_STAMP, FrameTable
from evidence_desk.worker.frame_map import FrameMap
from evidence_desk.worker.opening import choose_stream, open_media, release
from evidence_desk.worker.sequential import SLICE_THREADS, Beat, real_packet, refuse_without_memory

# Program and transport streams give the first picture after a seek a neighbour's stamp, or leave references out:
# the decoder starts one key frame earlier there.
_LOOSE_FORMATS = {"mpegts", "mpeg", "mpegvideo", "vob"}
_MOST_STRANGERS = 64
_KEYS_BACK = (0, 1, 2, 5)


class PacketSource:
    """Reads one stream of one file; `next` is the ordinal of the packet that `decode_next` will decode."""

    def __init__(self, path: str, table: FrameTable, frames: FrameMap) -> None:
        packets = table.packets
        self._path = path
        self._table = table
        self._map = frames
        self._stamps = [packets.dts, packets.pts]
        self._container: InputContainer | None = None
        self._stream: VideoStream | None = None
        self._packets: Iterator[Packet[Any]] | None = None
        self._known = True
        self._primed = False
        self.next = 0
        self.loose = False
        self.sar = Fraction(1)

    @property
    def is_open(self) -> bool:
        """Tell whether the file is open."""
        return self._container is not None

    @property
    def runs(self) -> bool:
        """Tell whether there may be more to decode from here."""
        return self._packets is not None

    def stop(self) -> None:
        """Forget the place: the next frame is reached by a seek."""
        self._packets = None

    def close(self) -> None:
        """Close the file."""
        self._packets = None
        if self._container is not None:
            release(self._container, self._stream)
        self._container = self._stream = None

    def open(self, threads: str = SLICE_THREADS) -> None:
        """Open the file afresh at its start: the same state as in the pass that made the table."""
        self.close()
        container = open_media(self._path)
        try:
            stream = choose_stream(container, self._table.stream, Path(self._path).name)
        except MediaUnreadable:
            container.close()
            raise
        stream.thread_type = threads
        stream.codec_context.copy_opaque = True
        self._container, self._stream = container, stream
        self.loose = bool(_LOOSE_FORMATS & set(container.format.name.split(",")))
        self.sar = stream.sample_aspect_ratio or Fraction(1)
        self._packets = _read(container, stream)
        self.next = 0
        self._known, self._primed = True, False

    def decode_next(self) -> list[VideoFrame] | None:
        """Decode one packet and return the pictures it gave, each carrying its packet's ordinal; None at the end."""
        packet = next(self._packets, None) if self._packets is not None else None
        if packet is None:
            self._packets = None
            return None
        if real_packet(packet):
            ordinal = self._ordinal(packet)
            packet.opaque = [NO_PACKET if ordinal is None else ordinal]
            self.next = self.next + 1 if ordinal is None else ordinal + 1
            if not packet.size:
                return []
        try:
            frames = packet.decode()
        except av.error.FFmpegError as error:
            refuse_without_memory(error)
            return []  # the damaged packets are those the table already names
        self._primed = self._primed or bool(frames)
        return frames

    def seek(self, start: int, beat: Beat) -> bool:
        """Make packet `start` the next one; False where only the file's start is left."""
        container, stream = self._container, self._stream
        if container is None or stream is None:
            return False
        self._prime(beat)
        keys = self._map.keys
        at = bisect_right(keys, start) - 1
        for back in _KEYS_BACK:
            if at < back:
                break
            for stamps in tuple(self._stamps):
                stamp = stamps[keys[at - back]]
                if stamp != NO_STAMP and self._lands_before(container, stream, stamp, start, beat):
                    self._stamps.sort(key=lambda s: s is not stamps)  # what worked is tried first next time
                    return True
        return False

    def _prime(self, beat: Beat) -> None:
        """Decode the first picture once: some decoders learn the encoder's habits from the stream's first packet."""
        while not self._primed and self.decode_next() is not None:
            beat(0, 1)
        self._primed = True

    def _lands_before(self, container: InputContainer, stream: VideoStream, stamp: int, start: int, beat: Beat) -> bool:
        """Seek to `stamp` and read on to packet `start`; False where the demuxer lands behind it or loses its way."""
        try:
            container.seek(stamp, stream=stream)
        except av.error.FFmpegError:
            return False
        packets = _read(container, stream)
        self._known = False
        strangers = 0
        for packet in packets:
            ordinal = self._ordinal(packet) if real_packet(packet) else NO_PACKET
            if ordinal is None:
                strangers += 1
                if strangers > _MOST_STRANGERS:
                    return False
                continue
            if ordinal >= start:
                self._packets = _again(packet, packets)
                self._known, self.next = True, ordinal
                return ordinal == start
            self._known, self.next = True, ordinal + 1
            beat(0, 1)
        return False

    def _ordinal(self, packet: Packet[Any]) -> int | None:
        """Return the packet's place in the file's order: the expected one if it fits, else by position and size."""
        columns = self._table.packets
        expected = self.next
        pos = NO_STAMP if packet.pos is None else packet.pos
        fits = expected < len(columns.size) and columns.size[expected] == packet.size
        if fits and self._known and columns.pos[expected] in (pos, NO_STAMP):
            return expected
        same = self._map.packets_at(pos, packet.size)
        if len(same) > 1:
            same = [p for p in same if columns.pts[p] == (NO_STAMP if packet.pts is None else packet.pts)]
        return same[0] if len(same) == 1 else None


def _again(packet: Packet[Any], rest: Iterator[Packet[Any]]) -> Iterator[Packet[Any]]:
    yield packet
    yield from rest


def _read(container: InputContainer, stream: VideoStream) -> Iterator[Packet[Any]]:
    """Yield the stream's packets; a file that cannot be read on ends with the packet that drains the decoder."""
    packets = container.demux(stream)
    packet: Packet[Any] | None
    while True:
        try:
            packet = next(packets, None)
        except IndexError:
            packets = container.demux(stream)  # PyAV, met by a stream that begins in mid-file: it goes on behind that
            continue
        except av.error.FFmpegError:
            drain: Packet[Any] = Packet()
            drain.stream = stream
            yield drain
            return
        if packet is None:
            return
        yield packet
