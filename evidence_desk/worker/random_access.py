"""Frame n by seeking, and never another picture: found by the ordinal of its packet, confirmed by its hash.

The decoder carries a packet's place in the file through to the picture (PyAV's `copy_opaque`), and the frame table says
which frame number that is. A picture whose hash is not the table's is thrown away and the decoder is started earlier:
one key frame, then three, seven, … and in the end at the start of the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.video.frame import VideoFrame

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import HASH_SIZE, NO_PACKET, FrameTable
from evidence_desk.worker.frame_window import FrameWindow
from evidence_desk.worker.hashing import FrameHasher
from evidence_desk.worker.packet_source import PacketSource
from evidence_desk.worker.sequential import FRAME_THREADS, ONE_THREAD, SLICE_THREADS, Beat, carried_ordinal

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
        self._source = PacketSource(path, table)
        self._frames_of: dict[int, list[int]] = defaultdict(list)
        for n, packet in enumerate(table.frames.packet):
            if packet != NO_PACKET:
                self._frames_of[packet].append(n)
        self._margins: dict[int, int] = {}
        # As the table's pass decoded: one thread where there is damage. Slice threads answer sooner than frame threads;
        # the others are tried where these do not give the recorded picture.
        self._modes = (ONE_THREAD,) if table.damage else (SLICE_THREADS, ONE_THREAD, FRAME_THREADS)
        self._threads = self._modes[0]
        self._count: int | None = None
        self._last_out = -1
        self._given: dict[int, int] = {}

    @property
    def sar(self) -> Fraction:
        """Pixel aspect by container and codec; 1 where neither names one. Known once a frame was reached."""
        return self._source.sar

    def set_window(self, budget: int) -> None:
        """Change how many bytes of pictures are kept."""
        self._window.set_budget(budget)

    def close(self) -> None:
        """Close the file and drop every picture."""
        self._window.clear()
        self._source.close()

    def forget(self) -> None:
        """Drop the pictures kept and the decoder's place, so that the next frame is reached by a seek of its own."""
        self._window.clear()
        self._source.stop()

    def digest(self, frame: VideoFrame) -> str:
        """Return the frame's hash in hex."""
        return self._hasher.digest(frame).hex()

    def reach(self, n: int, beat: Beat) -> Reached:
        """Return frame n, exact wherever the file allows; raises MediaUnreadable where it cannot be decoded at all."""
        try:
            return self._reach(n, beat)
        except BaseException:
            self._source.stop()  # stopped half way: the decoder's place is not to be trusted
            raise

    def _reach(self, n: int, beat: Beat) -> Reached:
        frame = self._window.get(n)
        if frame is None:
            frame = self._onward(n, beat)
        if frame is not None and self._confirmed(n, frame):
            return Reached(n, frame, exact=True)
        self._window.drop(n)
        for threads in self._modes:
            if threads != self._threads:
                self._threads = threads
                self._source.close()
            for start in self._starts(n):
                self._window.clear()
                frame = self._decode_from(start, n, beat) or frame
                if frame is not None and self._confirmed(n, frame):
                    return Reached(n, frame, exact=True)
        self._source.close()
        self._threads = self._modes[0]
        if frame is None:
            name = Path(self._path).name
            raise MediaUnreadable(f"Frame {n} of {name} could not be decoded again. Nothing was changed.")
        return Reached(n, frame, exact=False, note="the decoded picture differs from the recorded hash")

    def _confirmed(self, n: int, frame: VideoFrame) -> bool:
        hashes = self._table.hashes
        if not hashes or self._window.is_confirmed(n, frame):
            return True
        same = self._hasher.digest(frame) == hashes[n * HASH_SIZE : (n + 1) * HASH_SIZE]
        if same:
            self._window.confirm(n, frame)
        return same

    # ------------------------------------------------------------------------------------------------- where to start

    def _home_key(self, n: int) -> int:
        """Return the place (in the list of keys) of the last key that is decoded before frame n and shown no later."""
        keys = self._source.keys
        at = bisect_right(keys, self._table.frames.packet[n]) - 1
        while at >= 0:
            shown = self._frames_of.get(keys[at])
            if not shown or shown[0] <= n:
                break
            at -= 1  # frame n is a leading picture: it follows this key in the file but is shown before it
        return at

    def _margin(self, home: int) -> int:
        """Return how many keys before its own the decoder starts, as learnt from frames of the same key."""
        return self._margins.get(home, int(self._source.loose))

    def _starts(self, n: int) -> Iterator[int]:
        """Yield packet ordinals to start at, nearest first; `_START` is the start of the file."""
        home = self._home_key(n)
        margin = self._margin(home)
        while home - margin >= 0:
            self._margins[home] = margin
            yield self._source.keys[home - margin]
            margin = 2 * margin + 1
        self._margins[home] = margin
        yield _START

    # ---------------------------------------------------------------------------------------------------- decoding

    def _onward(self, n: int, beat: Beat) -> VideoFrame | None:
        """Go on from where the decoder stands, if that is behind the place a seek would start at; None if it is not."""
        if not self._source.is_open:
            self._open()
        home = self._home_key(n)
        margin = self._margin(home)
        start = self._source.keys[home - margin] if home >= margin else 0
        if not self._source.runs or self._last_out >= n or self._source.next < start:
            return None
        return self._run_to(n, beat)

    def _decode_from(self, start: int, n: int, beat: Beat) -> VideoFrame | None:
        if start != _START and self._source.seek(start, beat):
            self._begin(None)
        else:
            self._open()
        return self._run_to(n, beat)

    def _open(self) -> None:
        self._source.open(self._threads)
        self._begin(0)

    def _begin(self, count: int | None) -> None:
        self._count = count
        self._last_out = -1
        self._given.clear()

    def _run_to(self, n: int, beat: Beat) -> VideoFrame | None:
        """Decode until frame n comes out; None when the stream ends or passes it."""
        total = max(1, self._table.packet_count)
        while self._last_out < n:
            frames = self._source.decode_next()
            if frames is None:
                break
            for frame in frames:
                number = self._number(frame)
                if number is not None:
                    self._window.put(number, frame, n)
                    self._last_out = max(self._last_out, number)
            beat(min(self._source.next, total), total)
        return self._window.get(n)

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
