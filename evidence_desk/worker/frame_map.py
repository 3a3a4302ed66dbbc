"""Which packet gives which frames, where the key packets are, and which packet lies at a place in the file.

In arrays, looked up by halving: a table of a million frames costs some milliseconds and a few bytes a frame.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evidence_desk.domain.frames import NO_PACKET, FrameTable, PacketFlag


class FrameMap:
    """Looks up a frame table from the side of its packets."""

    def __init__(self, table: FrameTable) -> None:
        self._table = table
        flags = np.frombuffer(table.packets.flags, np.uint8)
        self.keys: list[int] = np.flatnonzero(flags & PacketFlag.KEY).tolist()
        packets = np.frombuffer(table.frames.packet, np.uint32)
        self._order: npt.NDArray[np.int64] | None = None
        self._packets: Sequence[int] = table.frames.packet
        if len(packets) and not bool(np.all(packets[1:] >= packets[:-1])):
            self._order = np.argsort(packets, kind="stable")
            self._packets = packets[self._order].data
        self._places: tuple[memoryview[int], npt.NDArray[np.int64]] | None = None

    def rows(self, packet: int) -> list[int]:
        """Return the numbers of the frames that the packet gives, in the order of showing; mostly one."""
        if packet == NO_PACKET:
            return []
        first = bisect_left(self._packets, packet)
        last = first
        while last < len(self._packets) and self._packets[last] == packet:
            last += 1
        if self._order is None:
            return list(range(first, last))
        return [int(n) for n in self._order[first:last]]

    def home(self, n: int) -> int:
        """Return the place in `keys` of the last key decoded before frame n and shown no later than it; -1 for none."""
        at = bisect_right(self.keys, self._table.frames.packet[n]) - 1
        while at >= 0:
            shown = self.rows(self.keys[at])
            if not shown or shown[0] <= n:
                break
            at -= 1  # frame n is a leading picture: it follows this key in the file but is shown before it
        return at

    def packets_at(self, pos: int, size: int) -> list[int]:
        """Return the ordinals of the packets that lie at that position and have that size; mostly one."""
        if self._places is None:
            positions = np.frombuffer(self._table.packets.pos, np.int64)
            order = np.argsort(positions, kind="stable")
            self._places = positions[order].data, order
        places, order = self._places
        found = order[bisect_left(places, pos) : bisect_right(places, pos)]
        sizes = self._table.packets.size
        return [int(p) for p in found if sizes[p] == size]
