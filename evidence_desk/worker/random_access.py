"""Frame n by seeking, and never another picture: found by the ordinal of its packet, confirmed by its hash.

A packet met after a seek is recognised by its position and size, which gives its place in the file's order; the decoder
carries that place through to the picture (PyAV's `copy_opaque`), and the frame table says which number it is. Stamps
are used only to tell the demuxer where to go. A picture whose hash is not the table's is thrown away and the decoder is
started earlier: one key frame, then three, seven, … and in the end at the start of the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import HASH_SIZE, NO_PACKET, NO_STAMP, FrameTable, PacketFlag
from evidence_desk.worker.frame_window import FrameWindow
from evidence_desk.worker.hashing import FrameHasher
from evidence_desk.worker.opening import choose_stream, open_media, release
from evidence_desk.worker.sequential import (
    FRAME_THREADS,
    ONE_THREAD,
    SLICE_THREADS,
    Beat,
    carried_ordinal,
    real_packet,
)

# Program and transport streams give the first picture after a seek a neighbour's stamp, or leave references out:
# the decoder starts one key frame earlier there.
_LOOSE_FORMATS = {"mpegts", "mpeg", "mpegvideo", "vob"}
_START = -1


@dataclass(frozen=True, slots=True)
class Reached:
    """A decoded frame: `exact` tells whether its hash is the table's; `note` says why not, "" where it is."""

    n: int
    frame: VideoFrame
    exact: bool
    note: str = ""


class ExactReader:
    """Reaches frames of one stream by number. Keeps the decoder's place and a window of pictures for stepping."""

    def __init__(self, path: str, table: FrameTable, window: FrameWindow) -> None:
        self._path = path
        self._table = table
        self._window = window
        self._hasher = FrameHasher()
        packets = table.packets
        self._keys = [p for p, flag in enumerate(packets.flags) if flag & PacketFlag.KEY]
        self._frames_of: dict[int, list[int]] = defaultdict(list)
        for n, packet in enumerate(table.frames.packet):
            if packet != NO_PACKET:
                self._frames_of[packet].append(n)
        self._by_place: dict[tuple[int, int], list[int]] = defaultdict(list)
        for p, place in enumerate(zip(packets.pos, packets.size, strict=True)):
            self._by_place[place].append(p)
        self._margins: dict[int, int] = {}
        # As the table's pass decoded: one thread where there is damage. Slice threads answer sooner than frame threads;
        # the others are tried where these do not give the recorded picture.
        self._modes = (ONE_THREAD,) if table.damage else (SLICE_THREADS, ONE_THREAD, FRAME_THREADS)
        self._threads = self._modes[0]
        self._stamps = [packets.dts, packets.pts]
        self._container: InputContainer | None = None
        self._loose = False
        self._sar = Fraction(1)
        self._stream: VideoStream | None = None
        self._packets: Iterator[Packet[VideoStream]] | None = None
        self._next = 0
        self._packets_known = True
        self._count: int | None = None
        self._last_out = -1
        self._given: dict[int, int] = {}
        self.decoded = 0

    def close(self) -> None:
        """Close the file and drop every picture."""
        self._window.clear()
        self._close_file()

    @property
    def sar(self) -> Fraction:
        """Pixel aspect by container and codec; 1 where neither names one. Known once a frame was reached."""
        return self._sar

    def forget(self) -> None:
        """Drop the pictures kept and the decoder's place, so that the next frame is reached by a seek of its own."""
        self._window.clear()
        self._packets = None

    def reach(self, n: int, beat: Beat) -> Reached:
        """Return frame n, exact wherever the file allows; raises MediaUnreadable where it cannot be decoded at all."""
        kept = self._window.get(n)
        if kept is not None and self._confirmed(n, kept):
            return Reached(n, kept, exact=True)
        self._window.drop(n)
        frame = self._onward(n, beat)
        if frame is not None and self._confirmed(n, frame):
            return Reached(n, frame, exact=True)
        for threads in self._modes:
            if threads != self._threads:
                self._threads = threads
                self._close_file()
            for start in self._starts(n):
                self._window.clear()
                frame = self._decode_from(start, n, beat) or frame
                if frame is not None and self._confirmed(n, frame):
                    return Reached(n, frame, exact=True)
        self._close_file()
        self._threads = self._modes[0]
        if frame is None:
            raise MediaUnreadable(
                f"Frame {n} of {Path(self._path).name} could not be decoded again. Nothing was changed."
            )
        return Reached(n, frame, exact=False, note="the decoded picture differs from the recorded hash")

    def digest(self, frame: VideoFrame) -> str:
        """Return the frame's hash in hex."""
        return self._hasher.digest(frame).hex()

    # ------------------------------------------------------------------------------------------------- where to start

    def _confirmed(self, n: int, frame: VideoFrame) -> bool:
        hashes = self._table.hashes
        if not hashes or self._window.is_confirmed(n, frame):
            return True
        same = self._hasher.digest(frame) == hashes[n * HASH_SIZE : (n + 1) * HASH_SIZE]
        if same:
            self._window.confirm(n, frame)
        return same

    def _home_key(self, n: int) -> int:
        """Return the place (in the list of keys) of the last key that is decoded before frame n and shown no later."""
        packet = self._table.frames.packet[n]
        at = bisect_right(self._keys, packet) - 1
        while at >= 0:
            shown = self._frames_of.get(self._keys[at])
            if not shown or shown[0] <= n:
                break
            at -= 1  # frame n is a leading picture: it follows this key in the file but is shown before it
        return at

    def _starts(self, n: int) -> Iterator[int]:
        """Yield packet ordinals to start at, nearest first; `_START` is the start of the file."""
        home = self._home_key(n)
        margin = self._margins.get(home, int(self._loose))
        while home - margin >= 0:
            self._margins[home] = margin
            yield self._keys[home - margin]
            margin = 2 * margin + 1
        self._margins[home] = margin
        yield _START

    # ---------------------------------------------------------------------------------------------------- decoding

    def _onward(self, n: int, beat: Beat) -> VideoFrame | None:
        """Go on from where the decoder stands, if that is behind the place a seek would start at; None if it is not."""
        if self._container is None:
            self._reopen()
        home = self._home_key(n)
        margin = self._margins.get(home, int(self._loose))
        start = self._keys[home - margin] if home >= margin else 0
        if self._packets is None or self._last_out >= n or self._next < start:
            return None
        return self._run_to(n, beat)

    def _decode_from(self, start: int, n: int, beat: Beat) -> VideoFrame | None:
        if start == _START or not self._seek(start, beat):
            self._reopen()
        return self._run_to(n, beat)

    def _run_to(self, n: int, beat: Beat) -> VideoFrame | None:
        """Decode until frame n comes out; None when the stream ends or passes it."""
        total = max(1, self._table.packet_count)
        while self._packets is not None and self._last_out < n:
            packet = next(self._packets, None)
            if packet is None:
                self._packets = None
                break
            self._feed(packet, n)
            beat(min(self._next, total), total)
        return self._window.get(n)

    def _feed(self, packet: Packet[VideoStream], target: int) -> None:
        if real_packet(packet):
            ordinal = self._ordinal(packet)
            packet.opaque = [NO_PACKET if ordinal is None else ordinal]
            self._next = ordinal + 1 if ordinal is not None else self._next + 1
            if not packet.size:
                return
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            return  # the damaged packets are those the table already names
        for frame in frames:
            self.decoded += 1
            n = self._number(frame)
            if n is not None:
                self._window.put(n, frame, target)
                self._last_out = max(self._last_out, n)

    def _number(self, frame: VideoFrame) -> int | None:
        """Return the frame's number: from the file's start by counting, the definition itself; else by its packet.

        The k-th picture of one packet is the k-th row of that packet.
        """
        if self._count is not None:
            self._count += 1
            return self._count - 1
        packet = carried_ordinal(frame)
        rows = self._frames_of.get(packet, [])
        given = self._given.get(packet, 0)
        self._given[packet] = given + 1
        return rows[given] if given < len(rows) else None

    # ----------------------------------------------------------------------------------------------------- seeking

    def _ordinal(self, packet: Packet[VideoStream]) -> int | None:
        """Return the packet's place in the file's order: the expected one if it fits, else by position and size."""
        columns = self._table.packets
        expected = self._next
        pos = NO_STAMP if packet.pos is None else packet.pos
        fits = expected < len(columns.size) and columns.size[expected] == packet.size
        if fits and self._packets_known and columns.pos[expected] in (pos, NO_STAMP):
            return expected
        same = self._by_place.get((pos, packet.size), [])
        if len(same) > 1:
            same = [p for p in same if columns.pts[p] == (NO_STAMP if packet.pts is None else packet.pts)]
        return same[0] if len(same) == 1 else None

    def _seek(self, start: int, beat: Beat) -> bool:
        """Bring the demuxer to packet `start`, the next to be fed; False where only the file's start is left."""
        container, stream = self._container, self._stream
        if container is None or stream is None:
            return False
        at = bisect_right(self._keys, start) - 1
        for back in (0, 1, 2, 5):
            if at - back < 0:
                break
            for stamps in tuple(self._stamps):
                stamp = stamps[self._keys[at - back]]
                if stamp != NO_STAMP and self._lands_before(container, stream, stamp, start, beat):
                    self._stamps.sort(key=lambda s: s is not stamps)  # what worked is tried first next time
                    return True
        return False

    def _lands_before(self, container: InputContainer, stream: VideoStream, stamp: int, start: int, beat: Beat) -> bool:
        """Seek to `stamp` and read on to packet `start`; False where the demuxer lands behind it or loses its way."""
        try:
            container.seek(stamp, stream=stream)
        except av.error.FFmpegError:
            return False
        self._restart(container, stream)
        self._packets_known, self._count = False, None
        strangers = 0
        for packet in self._packets or ():
            if not real_packet(packet):
                return False
            ordinal = self._ordinal(packet)
            if ordinal is None:
                strangers += 1
                if strangers > 64:
                    return False
                continue
            self._packets_known = True
            self._next = ordinal + 1
            if ordinal > start:
                return False
            if ordinal == start:
                self._put_back(packet)
                return True
            beat(0, 1)
        return False

    def _put_back(self, packet: Packet[VideoStream]) -> None:
        rest = self._packets

        def again() -> Iterator[Packet[VideoStream]]:
            yield packet
            yield from rest or ()

        self._packets = again()
        self._next -= 1

    def _restart(self, container: InputContainer, stream: VideoStream) -> None:
        self._packets = self._read(container, stream)
        self._last_out = -1
        self._given.clear()

    def _reopen(self) -> None:
        """Open the file afresh at its start: the same state as in the pass that made the table."""
        self._close_file()
        container = open_media(self._path)
        try:
            stream = choose_stream(container, self._table.stream, Path(self._path).name)
        except MediaUnreadable:
            container.close()
            raise
        stream.thread_type = self._threads
        stream.codec_context.copy_opaque = True
        self._container, self._stream = container, stream
        self._loose = bool(_LOOSE_FORMATS & set(container.format.name.split(",")))
        self._sar = stream.sample_aspect_ratio or Fraction(1)
        self._restart(container, stream)
        self._next = self._count = 0
        self._packets_known = True

    def _close_file(self) -> None:
        self._packets = None
        if self._container is not None:
            release(self._container, self._stream)
        self._container = self._stream = None

    @staticmethod
    def _read(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
        """Yield the stream's packets; a file that cannot be read on ends with the packet that drains the decoder."""
        packets = container.demux(stream)
        packet: Packet[Any] | None
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                drain: Packet[Any] = Packet()
                drain.stream = stream
                yield drain
                return
            if packet is None:
                return
            yield packet
