"""Any samples of a sound stream, equal bit for bit to those of the pass from start to end.

Most decoders need some packets before the wanted one to swing in; a few never do after a seek (dither and noise drawn
from a generator that started with the file). So nothing is believed: every block that is given out has the CRC-32 that
the pass noted for it, else decoding starts farther back, at last at the start of the file, and what was needed is kept
in mind for the next piece.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, chain, pairwise
from pathlib import Path
from zlib import crc32

import av.error
import numpy as np
from av.audio.stream import AudioStream
from av.packet import Packet

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.worker import pcm
from evidence_desk.worker.sequential import Beat, carried_ordinal, real_packet
from evidence_desk.worker.sound_source import SoundSource, SoundTable, place_of

MARGINS = (3, 16, 96)
"""Packets decoded before the wanted one: AAC, Vorbis and AC-3 need one or two, MP3's reservoir up to nine or so."""
_NEAR = 128
"""So many packets are decoded on rather than sought over."""
_KEPT_BYTES = 32 << 20
_SECONDS_BACK = (0, 1, 8, 60)
_FARTHEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Heard:
    """Samples as decoded, shape (count, channels); `exact` tells that every block is that of the whole pass."""

    data: pcm.Pcm
    exact: bool


class SoundReader:
    """Reads one sound stream of one file; keeps it open, and the blocks decoded last."""

    def __init__(self, path: str, stream: int, table: SoundTable) -> None:
        self._path, self._wanted, self._table = path, stream, table
        self._firsts = array("q", accumulate(table.samples, initial=0))
        in_order = all(a <= b for a, b in pairwise(table.packet)) and all(a <= b for a, b in pairwise(table.pos))
        carried = max(table.packet, default=0) < len(table.pos)
        self._seekable = in_order and carried and any(pts != NO_STAMP for pts in table.pts)
        self._source: SoundSource | None = None
        self._packets: Iterator[Packet[AudioStream]] | None = None
        self._next = 0  # ordinal of the packet that comes next
        self._block = 0  # the block that comes next, where decoding runs from the start; -1 after a seek
        self._last = (-2, 0)  # ordinal of the packet decoded last, and how many blocks it has given
        self._margin = 0
        self._kept: OrderedDict[int, pcm.Pcm] = OrderedDict()
        self._bytes = 0

    def close(self) -> None:
        """Close the file."""
        self._packets = None
        if self._source is not None:
            self._source.close()
        self._source = None

    @property
    def margin(self) -> int | None:
        """Packets of margin that are known to be enough so far; None where decoding has to run from the start."""
        return MARGINS[self._margin] if self._margin < len(MARGINS) else None

    def read(self, first: int, count: int, quick: bool, beat: Beat) -> Heard:
        """Return the samples first to first + count, fewer at the end of the stream or where channels change.

        With `quick` a piece may be inexact rather than decoded from the start. Raises MediaUnreadable.
        """
        end_sample = min(first + count, self._firsts[-1])
        if not 0 <= first < end_sample:
            return Heard(np.empty((0, 1), np.int16), True)
        begin, end = bisect_right(self._firsts, first) - 1, bisect_left(self._firsts, end_sample)
        found = {b: self._kept[b] for b in range(begin, end) if b in self._kept}
        exact = len(found) == end - begin or self._fetch(begin, end, found, quick, beat)
        blocks = [found[begin]]
        for b in range(begin + 1, end):
            if found[b].shape[1:] != blocks[0].shape[1:] or found[b].dtype != blocks[0].dtype:
                break
            blocks.append(found[b])
        data = np.concatenate(blocks)
        offset = first - self._firsts[begin]
        return Heard(data[offset : offset + end_sample - first], exact)

    def _fetch(self, begin: int, end: int, found: dict[int, pcm.Pcm], quick: bool, beat: Beat) -> bool:
        """Decode the blocks from `begin` up to `end` into `found`, and tell whether all are those of the whole pass."""
        wanted = self._table.packet[begin]
        if self._goes_on(wanted) and self._decode(begin, end, found, beat):
            return True
        if self._seekable:
            for i in range(0 if quick else self._margin, len(MARGINS)):
                if wanted <= MARGINS[i] or not self._seek(wanted - MARGINS[i], wanted, beat):
                    continue
                if self._decode(begin, end, found, beat):
                    self._margin = max(self._margin, i)
                    return True
                if quick and self._fits(found, begin, end):
                    return False
            if wanted > MARGINS[-1]:
                self._margin = len(MARGINS)
        self._open()
        if self._decode(begin, end, found, beat):
            return True
        if not self._fits(found, begin, end):
            name = Path(self._path).name
            raise MediaUnreadable(f"The sound of {name} did not decode there as it did before. Nothing was changed.")
        return False

    def _fits(self, found: dict[int, pcm.Pcm], begin: int, end: int) -> bool:
        return all(b in found and len(found[b]) == self._table.samples[b] for b in range(begin, end))

    # ------------------------------------------------------------------------------------------------------- decoding

    def _goes_on(self, wanted: int) -> bool:
        """Tell whether decoding from here is the way to a packet: it is near, or no seek gives the right samples."""
        if self._packets is None or self._next > wanted:
            return False
        return wanted - self._next <= _NEAR or (self._block >= 0 and self._margin >= len(MARGINS))

    def _decode(self, begin: int, end: int, found: dict[int, pcm.Pcm], beat: Beat) -> bool:
        """Decode on until block `end` is reached; tell whether every block asked for has its recorded CRC-32."""
        source, table = self._source, self._table
        assert source is not None
        right = {b for b in range(begin, end) if b in self._kept}
        last = table.packet[end - 1]
        while self._packets is not None and len(right) < end - begin:
            packet = next(self._packets, None)
            if packet is None:
                self._packets = None
                break
            ordinal = self._next
            self._next += real_packet(packet)
            beat(ordinal, len(table.pos))
            for frame in source.decode(packet, ordinal) or ():
                block = self._number(carried_ordinal(frame)) if frame.samples else -1
                if not 0 <= block < len(table.samples):
                    continue
                data = pcm.native(frame)
                true = len(data) == table.samples[block] and crc32(data.data.cast("B")) == table.check[block]
                if true:
                    self._keep(block, data)
                if begin <= block < end and block not in right:
                    found[block] = data
                    if true:
                        right.add(block)
            if self._block >= end or (self._block < 0 and self._last[0] > last):
                break
        return len(right) == end - begin

    def _number(self, ordinal: int) -> int:
        """Return which block a decoded frame is: counted where decoding began at the start, else by its packet."""
        self._last = (ordinal, self._last[1] + 1 if ordinal == self._last[0] else 0)
        if self._block >= 0:
            self._block += 1
            return self._block - 1
        block = bisect_left(self._table.packet, ordinal) + self._last[1]
        return block if block < len(self._table.packet) and self._table.packet[block] == ordinal else -1

    def _keep(self, block: int, data: pcm.Pcm) -> None:
        if block in self._kept:
            self._kept.move_to_end(block)
            return
        self._kept[block] = data
        self._bytes += data.nbytes
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes

    # -------------------------------------------------------------------------------------------------------- places

    def _open(self) -> SoundSource:
        """Open the file afresh: the same state as in the pass."""
        self.close()
        self._source = SoundSource(self._path, self._wanted)
        self._packets = self._source.packets()
        self._next, self._block, self._last = 0, 0, (-2, 0)
        return self._source

    def _seek(self, start: int, wanted: int, beat: Beat) -> bool:
        """Come before packet `start`, at the latest before `wanted`; False where the demuxer does not get there."""
        source = self._source or self._open()
        stamp = next((p for p in self._table.pts[start::-1] if p != NO_STAMP), NO_STAMP)
        if stamp == NO_STAMP:
            return False
        time_base = source.stream.time_base or Fraction(1)
        for seconds in _SECONDS_BACK:
            self._packets = None
            try:
                source.container.seek(max(int(stamp - seconds / time_base), -_FARTHEST), stream=source.stream)
            except av.error.FFmpegError:
                return False
            if self._land(source, start, wanted, beat):
                self._block, self._last = -1, (-2, 0)
                return True
        return False

    def _land(self, source: SoundSource, start: int, wanted: int, beat: Beat) -> bool:
        """Read packets without decoding them until `start`; False where the first known one lies after `wanted`."""
        packets = source.packets()
        for packet in packets:
            if not real_packet(packet):
                return False
            beat(start, len(self._table.pos))
            ordinal = self._ordinal(packet)
            if ordinal is None:
                continue
            if ordinal > wanted:
                return False
            if ordinal >= start:
                self._packets, self._next = chain((packet,), packets), ordinal
                return True
        return False

    def _ordinal(self, packet: Packet[AudioStream]) -> int | None:
        """Return which packet of the table this is; None where none or several have its place, size and bytes."""
        table, (pos, size, check) = self._table, place_of(packet)
        first, last = bisect_left(table.pos, pos), bisect_right(table.pos, pos)
        same = [i for i in range(first, last) if table.size[i] == size and table.crc[i] == check]
        if len(same) > 1:
            same = [i for i in same if table.pts[i] == packet.pts]
        return same[0] if len(same) == 1 else None
