"""A decoder and its place in the stream: pictures come out one packet after the other, each with its frame number."""

from __future__ import annotations

import time

from av.video.frame import VideoFrame

from evidence_desk.domain.frames import FrameTable
from evidence_desk.worker.frame_map import FrameMap
from evidence_desk.worker.packet_source import PacketSource
from evidence_desk.worker.sequential import Beat, carried_ordinal

FILE_START = -1


class DecoderRun:
    """Decodes from a chosen packet on. Not safe for two threads at once."""

    def __init__(self, path: str, table: FrameTable, frames: FrameMap) -> None:
        self.source = PacketSource(path, table, frames)
        self._map = frames
        self._counts = not table.provisional
        self._count: int | None = None
        self._given: dict[int, int] = {}
        self.last_out = -1
        self.decoded = 0
        self.seconds = 0.01
        """What decoding one packet took of late."""

    def stands_before(self, n: int, start: int) -> bool:
        """Tell whether frame n is still to come and going on is no longer than a seek to packet `start`."""
        return self.source.runs and self.last_out < n and self.source.next >= max(start, 0)

    def begin(self, start: int, threads: str, beat: Beat) -> None:
        """Make packet `start` the next one, or the file's start where it is FILE_START or cannot be sought."""
        if start != FILE_START and not self.source.is_open:
            self._open(threads)
        if start == FILE_START or not self.source.seek(start, beat):
            self._open(threads)
        else:
            self._set_out(None)

    def step(self) -> list[tuple[int, VideoFrame]] | None:
        """Decode one packet and return the pictures it gave by number; None at the end of the stream."""
        began = time.monotonic()
        frames = self.source.decode_next()
        if frames is None:
            return None
        self.seconds += (time.monotonic() - began - self.seconds) / 16
        self.decoded += len(frames)
        numbered: list[tuple[int, VideoFrame]] = []
        for frame in frames:
            number = self._number(frame)
            if number is not None:
                numbered.append((number, frame))
                self.last_out = max(self.last_out, number)
        return numbered

    def stop(self) -> None:
        """Forget the place, as after being stopped half way."""
        self.source.stop()

    def close(self) -> None:
        """Close the file and free the decoder."""
        self.source.close()

    def _open(self, threads: str) -> None:
        self.source.open(threads)
        self._set_out(0 if self._counts else None)

    def _set_out(self, count: int | None) -> None:
        self._count = count
        self.last_out = -1
        self._given.clear()

    def _number(self, frame: VideoFrame) -> int | None:
        """Return the frame's number: from the file's start by counting, the definition itself; else by its packet.

        The k-th picture of one packet is the k-th row of that packet. Numbers of a provisional table are those of its
        packets from the start on.
        """
        if self._count is not None:
            self._count += 1
            return self._count - 1
        packet = carried_ordinal(frame)
        rows = self._map.rows(packet)
        given = self._given.get(packet, 0)
        self._given[packet] = given + 1
        return rows[given] if given < len(rows) else None
