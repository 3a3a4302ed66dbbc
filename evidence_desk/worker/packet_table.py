"""The columns of a stream's packets, filled in the order of the file while they are read."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from evidence_desk.domain.frames import NO_STAMP, PacketColumns
from evidence_desk.worker.field_pictures import FieldPairs


class PacketRecorder:
    """Fills the packet columns, and keeps where the sound ends."""

    def __init__(self) -> None:
        """Begin with empty columns."""
        self.columns = columns = PacketColumns()
        # Bound once: looking them up for every packet would cost more than what they do.
        self._appends = (columns.pts.append, columns.dts.append, columns.pos.append, columns.size.append)
        self._append_flags = columns.flags.append
        self._count = 0
        self._sound: dict[int, tuple[int, Fraction]] = {}

    def note(self, packet: Packet[Any]) -> int:
        """Add a packet of the picture stream and return its ordinal."""
        add_pts, add_dts, add_pos, add_size = self._appends
        pts, dts, pos = packet.pts, packet.dts, packet.pos
        add_pts(NO_STAMP if pts is None else pts)
        add_dts(NO_STAMP if dts is None else dts)
        add_pos(NO_STAMP if pos is None else pos)
        add_size(packet.size)
        # Each is False or True: the bits of PacketFlag's KEY, DISCARD and CORRUPT, without making a flag a packet.
        self._append_flags(packet.is_keyframe | packet.is_discard << 1 | packet.is_corrupt << 2)
        self._count += 1
        return self._count - 1

    def note_sound(self, packet: Packet[Any]) -> None:
        """Remember where a packet of sound ends."""
        pts = packet.pts
        if pts is None:
            return
        end = pts + (packet.duration or 0)
        known = self._sound.get(packet.stream_index)
        if known is None or end > known[0]:
            self._sound[packet.stream_index] = (end, packet.time_base)

    @property
    def sound_end(self) -> Fraction | None:
        """The end of the longest sound stream in seconds, None where no packet of sound had a stamp."""
        return max((ticks * base for ticks, base in self._sound.values()), default=None)


class PacketReader:
    """The packets of a picture stream and of all sound, in the order of the file; reading errors end it calmly."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        """Begin where the container stands."""
        self.error = ""
        self._container = container
        self._streams = (stream, *container.streams.audio)

    def __iter__(self) -> Iterator[Packet[Any]]:
        """Yield the packets; afterwards `error` says why the file could not be read to its end, "" if it could.

        The demuxer ends with empty packets that only drain decoders. They are not given out: whatever stream they are
        for, they say that they are of stream 0.
        """
        try:
            for packet in self._demuxed():
                if not packet.size and not real_packet(packet):
                    return
                yield packet
        except av.error.FFmpegError as error:
            refuse_without_memory(error)
            self.error = error.strerror or "it cannot be read to its end"

    def _demuxed(self) -> Iterator[Packet[Any]]:
        while True:
            try:
                yield from self._container.demux(*self._streams)
            except IndexError:
                # PyAV 18 ends at a packet of a stream that begins in mid-file; asked again, it goes on behind that one.
                continue
            return


def refuse_without_memory(error: av.error.FFmpegError) -> None:
    """Raise MemoryError where that was the trouble: it must not pass for damage of the file."""
    if error.errno == errno.ENOMEM:
        raise MemoryError from error


def real_packet(packet: Packet[Any]) -> bool:
    """Tell whether the packet came from the file; the demuxer ends with an empty one that only drains the decoder."""
    return packet.size > 0 or packet.pos is not None or packet.dts is not None


def shown_by_packet(codec: str, extradata: bytes = b"") -> Callable[[Packet[Any]], bool] | None:
    """Return what tells, packet by packet in the order of the file, whether one gives a frame of its own.

    None where every packet that holds data does. `codec` is the decoder's canonical name, `extradata` its extra data.
    """
    if codec == "h264" and (pairs := FieldPairs(extradata)).possible:
        return lambda packet: packet.size > 0 and pairs.begins_frame(packet)
    return _SHOWN.get(codec)


def _vp8_shown(packet: Packet[Any]) -> bool:
    """Read show_frame, the fifth bit of the frame tag (RFC 6386, 9.1)."""
    return packet.size > 0 and bool(memoryview(packet)[0] & 0x10)


def _vp9_shown(packet: Packet[Any]) -> bool:
    """Read show_existing_frame and show_frame (VP9 bitstream specification 6.2); a superframe always shows one."""
    if not packet.size:
        return False
    data = memoryview(packet)
    first = data[0]
    if data[-1] & 0xE0 == 0xC0:
        return True
    if first & 0x30 == 0x30:  # profile 3 has one more bit before them
        return bool(first & 0x04 or first & 0x01)
    return bool(first & 0x08 or first & 0x02)


_SHOWN: dict[str, Callable[[Packet[Any]], bool]] = {"vp8": _vp8_shown, "vp9": _vp9_shown}
