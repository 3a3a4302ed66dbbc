"""The frame table: what one decoding pass found for every picture of a stream, in columns to stay small."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntFlag
from fractions import Fraction
from itertools import accumulate, islice, repeat
from operator import gt, lt, sub

NO_STAMP = -(2**63)
"""Stands for a missing pts, dts or position in a column."""
NO_PACKET = 2**32 - 1
"""Stands for a frame whose packet is not known."""
HASH_SIZE = 32
PICTURE_TYPES = "?IPBS"


class FrameFlag(IntFlag):
    """What is known of one decoded frame beside its numbers."""

    KEY = 1
    DAMAGED = 2
    AFTER_DAMAGE = 4


NO_FLAGS = FrameFlag(0)


class PacketFlag(IntFlag):
    """What the container says of one packet."""

    KEY = 1
    DISCARD = 2
    CORRUPT = 4


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One decoded frame: `pts` and `duration` in ticks, its packet's `pos` and `size` in bytes, `hash` hex or ""."""

    n: int
    pts: int | None
    duration: int
    key: bool
    pos: int | None
    size: int
    pict_type: str
    hash: str
    flags: FrameFlag = NO_FLAGS


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What holds for the whole table: the stream, who decoded it, and what the container claimed.

    `stream` is ffmpeg's absolute index; `time_base` is seconds per tick; `nominal_step` is one frame in seconds by the
    header's rate; `audio_end` is the end of the longest sound stream in seconds; `damage` says what did not decode
    or could not be read, "" where all did; `notes` are plain sentences on the rest; `provisional` says that the rows
    were read off the packets and no picture was decoded yet: number and order may still change.
    """

    stream: int
    time_base: Fraction
    decoder: str
    sha256: str = ""
    width: int = 0
    height: int = 0
    pix_fmt: str = ""
    declared_frames: int = 0
    nominal_step: Fraction | None = None
    audio_end: Fraction | None = None
    hashed: bool = True
    damage: str = ""
    notes: tuple[str, ...] = ()
    provisional: bool = False


@dataclass(slots=True)
class FrameColumns:
    """The rows of a table, a column each; `packet` is the place of the frame's packet in the packet columns."""

    pts: array[int] = field(default_factory=lambda: array("q"))
    duration: array[int] = field(default_factory=lambda: array("q"))
    packet: array[int] = field(default_factory=lambda: array("I"))
    pict_type: array[int] = field(default_factory=lambda: array("B"))
    flags: array[int] = field(default_factory=lambda: array("B"))


@dataclass(slots=True)
class PacketColumns:
    """The stream's packets in the order of the file, as random access needs them."""

    pts: array[int] = field(default_factory=lambda: array("q"))
    dts: array[int] = field(default_factory=lambda: array("q"))
    pos: array[int] = field(default_factory=lambda: array("q"))
    size: array[int] = field(default_factory=lambda: array("I"))
    flags: array[int] = field(default_factory=lambda: array("B"))


def _known(value: int) -> int | None:
    return None if value == NO_STAMP else value


def _header_step(facts: TableFacts) -> int:
    """Return the header's length of a frame in whole ticks, else one tick."""
    return max(1, round(facts.nominal_step / facts.time_base)) if facts.nominal_step else 1


class FrameTable:
    """Every frame of one stream in output order. Frame n is row n; only n and the hash identify, time never does."""

    __slots__ = ("__weakref__", "_increasing", "_shortest_longest", "_ticks", "facts", "frames", "hashes", "packets")

    def __init__(self, facts: TableFacts, frames: FrameColumns, packets: PacketColumns, hashes: bytes) -> None:
        """Take the columns over; ValueError where their lengths do not agree."""
        count = len(frames.pts)
        lengths = {len(frames.duration), len(frames.packet), len(frames.pict_type), len(frames.flags)}
        if lengths - {count} or len(hashes) not in (0, count * HASH_SIZE):
            raise ValueError("the columns of a frame table differ in length")
        if {len(packets.dts), len(packets.pos), len(packets.size), len(packets.flags)} - {len(packets.pts)}:
            raise ValueError("the packet columns of a frame table differ in length")
        self.facts = facts
        self.frames = frames
        self.packets = packets
        self.hashes = hashes
        self._increasing: bool | None = None
        self._ticks: array[int] | None = None
        self._shortest_longest: tuple[int, int] | None = None

    def __len__(self) -> int:
        """Return the number of frames: counted by decoding, or expected from the packets where provisional."""
        return len(self.frames.pts)

    def __iter__(self) -> Iterator[FrameRow]:
        """Yield every row in order."""
        return (self.row(n) for n in range(len(self)))

    # ------------------------------------------------------------------------------------------------------ facts

    @property
    def stream(self) -> int:
        """The stream's absolute index."""
        return self.facts.stream

    @property
    def time_base(self) -> Fraction:
        """Seconds per tick."""
        return self.facts.time_base

    @property
    def decoder(self) -> str:
        """Name and version of what decoded the pictures."""
        return self.facts.decoder

    @property
    def sha256(self) -> str:
        """SHA-256 of the file, hex."""
        return self.facts.sha256

    @property
    def width(self) -> int:
        """Width of the first native picture in pixels."""
        return self.facts.width

    @property
    def height(self) -> int:
        """Height of the first native picture in pixels."""
        return self.facts.height

    @property
    def pix_fmt(self) -> str:
        """Pixel format of the first native picture."""
        return self.facts.pix_fmt

    @property
    def declared_frames(self) -> int:
        """Frames the container claims; 0 where it claims none."""
        return self.facts.declared_frames

    @property
    def packet_count(self) -> int:
        """Packets of the stream in the file."""
        return len(self.packets.pts)

    @property
    def damage(self) -> str:
        """What did not decode or could not be read, "" where all did."""
        return self.facts.damage

    @property
    def notes(self) -> tuple[str, ...]:
        """Plain sentences on what the pass met."""
        return self.facts.notes

    @property
    def provisional(self) -> bool:
        """Tell whether the rows were read off the packets only, so that a decoding pass may still change them."""
        return self.facts.provisional

    # ------------------------------------------------------------------------------------------------------- rows

    def row(self, n: int) -> FrameRow:
        """Return row n; IndexError where there is no such frame."""
        if not 0 <= n < len(self):
            raise IndexError(n)
        packet = self.frames.packet[n]
        known = packet < len(self.packets.pos)
        kind = self.frames.pict_type[n]
        flags = FrameFlag(self.frames.flags[n])
        return FrameRow(
            n=n,
            pts=self.pts(n),
            duration=self.frames.duration[n],
            key=FrameFlag.KEY in flags,
            pos=_known(self.packets.pos[packet]) if known else None,
            size=self.packets.size[packet] if known else 0,
            pict_type=PICTURE_TYPES[kind] if kind < len(PICTURE_TYPES) else "?",
            hash=self.hash_of(n),
            flags=flags,
        )

    def pts(self, n: int) -> int | None:
        """Return the container's stamp of frame n in ticks, None where it has none."""
        return _known(self.frames.pts[n])

    def hash_of(self, n: int) -> str:
        """Return the frame hash in hex, "" where none was taken."""
        return self.hashes[n * HASH_SIZE : (n + 1) * HASH_SIZE].hex()

    def find_hash(self, frame_hash: str) -> list[int]:
        """Return every frame number whose picture has that hash."""
        wanted = bytes.fromhex(frame_hash)
        found: list[int] = []
        at = self.hashes.find(wanted) if len(wanted) == HASH_SIZE else -1
        while at >= 0:
            if at % HASH_SIZE == 0:
                found.append(at // HASH_SIZE)
            at = self.hashes.find(wanted, at + 1)
        return found

    def digest(self) -> str:
        """Return the SHA-256 (hex) over all frame hashes in order, "" where none were taken."""
        return hashlib.sha256(self.hashes).hexdigest() if self.hashes else ""

    def flagged(self, flag: FrameFlag) -> list[int]:
        """Return the numbers of all frames that carry the flag."""
        flags, wanted = self.frames.flags, int(flag)  # an enum's operator would be felt over a million frames
        if not any(value & wanted for value in set(flags)):
            return []
        return [n for n, value in enumerate(flags) if value & wanted]

    # ------------------------------------------------------------------------------------------------------- time

    @property
    def stamps_increase(self) -> bool:
        """Tell whether every frame has a pts and each is later than the one before."""
        if self._increasing is None:
            pts = self.frames.pts
            # The missing stamp is the smallest number there is: among rising ones only the first can be it.
            self._increasing = not (pts and pts[0] == NO_STAMP) and all(map(lt, pts, memoryview(pts)[1:]))
        return self._increasing

    def pts_note(self, n: int) -> str:
        """Return why frame n's stamp cannot place it in time, "" where it can."""
        pts = self.frames.pts
        if pts[n] == NO_STAMP:
            return "no time stamp in the container"
        if n and pts[n - 1] != NO_STAMP and pts[n] <= pts[n - 1]:
            return "time stamp is not later than that of the frame before"
        return ""

    def time_of(self, n: int) -> Fraction:
        """Return seconds from frame 0; where stamps fail, by best effort from durations (see `time_is_exact`)."""
        if not 0 <= n < len(self):
            raise IndexError(n)
        return self._offsets()[n] * self.facts.time_base

    @property
    def starts(self) -> array[int]:
        """When each frame begins, in ticks from frame 0, strictly increasing; `time_of` without the time base."""
        return self._offsets()

    @property
    def time_is_exact(self) -> bool:
        """Tell whether `time_of` rests on the container's stamps alone."""
        return self.stamps_increase

    def frame_at(self, time: Fraction) -> int:
        """Return the frame shown at `time` seconds from frame 0: the last that starts no later, else 0."""
        if not len(self):
            raise IndexError("the table has no frames")
        ticks = time / self.facts.time_base
        return max(0, bisect_right(self._offsets(), ticks) - 1)

    @property
    def duration(self) -> Fraction:
        """Seconds from the start of frame 0 to the end of the last frame."""
        if not len(self):
            return Fraction(0)
        return self.time_of(len(self) - 1) + self._step_after(len(self) - 1) * self.facts.time_base

    @property
    def variable(self) -> bool:
        """Tell whether the steps between frames differ by more than the rounding of the time base."""
        steps = self._steps()
        return steps is not None and (steps[1] - steps[0] > 1 or 2 * steps[1] > 3 * steps[0])

    @property
    def rates(self) -> tuple[Fraction, Fraction] | None:
        """Lowest and highest frames per second between neighbouring frames; None with fewer than two frames."""
        steps = self._steps()
        if steps is None or steps[0] <= 0:
            return None
        return 1 / (steps[1] * self.facts.time_base), 1 / (steps[0] * self.facts.time_base)

    def _steps(self) -> tuple[int, int] | None:
        if self._shortest_longest is None:
            offsets = self._offsets()
            if len(offsets) < 2:
                return None
            steps = array("q", map(sub, memoryview(offsets)[1:], offsets))
            self._shortest_longest = min(steps), max(steps)
        return self._shortest_longest

    def _step_after(self, n: int) -> int:
        """Return the length of frame n in whole ticks by the best that is known: its own, the header's, or one tick."""
        own = self.frames.duration[n]
        return own if own > 0 else _header_step(self.facts)

    def _offsets(self) -> array[int]:
        """Return ticks from frame 0, strictly increasing, worked out once."""
        if self._ticks is None:
            pts = self.frames.pts
            if self.stamps_increase:
                first = pts[0] if len(pts) else 0
                self._ticks = pts if first == 0 else array("q", map(sub, pts, repeat(first)))
            else:
                self._ticks = self._best_effort()
        return self._ticks

    def _best_effort(self) -> array[int]:
        """Return ticks that follow the stamps and add the frame's length where these are missing or stand still.

        Stamps that run backwards are decoding order in disguise (AVI with B-frames): then lengths alone are added up.
        """
        pts = self.frames.pts
        known = [value for value in pts if value != NO_STAMP]
        if not known or any(map(gt, known, islice(known, 1, None))):
            held = _header_step(self.facts)
            return array(
                "q", islice(accumulate((own if own > 0 else held for own in self.frames.duration), initial=0), len(pts))
            )
        first = known[0]
        ticks = array("q", [0])
        for n in range(1, len(pts)):
            offset = pts[n] - first if pts[n] != NO_STAMP else NO_STAMP
            ticks.append(offset if offset > ticks[-1] else ticks[-1] + self._step_after(n - 1))
        return ticks
