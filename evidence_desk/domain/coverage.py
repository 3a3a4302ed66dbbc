"""Which frames of an exhibit were on screen: sets of frames as bits of a number, so that long clips stay quick.

Bit n stands for frame n. Stepped means that the exact picture stood on screen at rest; played, that it was painted
while play ran past it. A frame that was only promised, previewed, left out by play or covered is in no set.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from evidence_desk.domain.distress import Span

STEPPED, PLAYED, HEARD, UNCOVERED = "stepped", "played", "heard", "uncovered"
"""How a frame was taken note of; `uncovered` is the act of lifting a cover there, once for each time."""
NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Looked:
    """A stretch of looking: frames `first` to `last` of which those in `bits` (bit 0 is `first`) were on screen.

    `speed` is that of play ("1/2", "-1"), "" at rest; `zoom` in percent of the stored pixels; `lifted` says that the
    frames are marked as distressing and their cover was lifted; `stream` is the absolute index of the sound stream that
    was heard, None where nobody knows. Moments are UTC.
    """

    exhibit: str
    actor: str
    how: str
    first: int
    last: int
    bits: int
    speed: str = ""
    zoom: int | None = None
    lifted: bool = False
    stream: int | None = None
    began_at: str = ""
    ended_at: str = ""

    @property
    def frames(self) -> int:
        """The frames as bits from frame 0."""
        return self.bits << self.first


@dataclass(frozen=True, slots=True)
class CoverageSpan:
    """Frames `first` to `last`, taken note of as `how` says."""

    first: int
    last: int
    how: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was on screen of an exhibit of `count` frames; the sets are bits. `uncovered` counts lifted covers."""

    count: int
    stepped: int = 0
    played: int = 0
    heard: int = 0
    uncovered: int = 0

    @property
    def played_only(self) -> int:
        """The frames that were played and never stood on screen at rest."""
        return self.played & ~self.stepped

    @property
    def unseen(self) -> int:
        """The frames that were never on screen."""
        return full(self.count) & ~(self.stepped | self.played)

    @property
    def figures(self) -> tuple[int, int, int]:
        """Numbers of frames: stepped, played only, not yet. Their sum is `count`."""
        return self.stepped.bit_count(), self.played_only.bit_count(), self.unseen.bit_count()

    @property
    def shares(self) -> tuple[int, int, int]:
        """Whole percents of `figures` that add up to 100; 0 and 100 are said only of none and of all."""
        return shares(self.figures)

    @property
    def spans(self) -> tuple[CoverageSpan, ...]:
        """The frames that were on screen, in order: stepped ones and those only played."""
        found = [CoverageSpan(*span, STEPPED) for span in spans_of(self.stepped)]
        found += [CoverageSpan(*span, PLAYED) for span in spans_of(self.played_only)]
        return tuple(sorted(found, key=lambda s: s.first))

    def next_unseen(self, n: int) -> int | None:
        """Return the next frame after n that was never on screen, from the start again; None where all were."""
        unseen = self.unseen
        after = unseen >> (n + 1)
        if after:
            return n + (after & -after).bit_length()
        return (unseen & -unseen).bit_length() - 1 if unseen else None

    def words(self) -> str:
        """Say in one line what was looked at: `all 412 frames stepped`."""
        stepped, played, unseen = self.figures
        if not self.count:
            return "no frames"
        if stepped == self.count:
            return f"all {self.count} frames stepped"
        if unseen == self.count:
            return f"none of {self.count} frames looked at"
        if not unseen and not stepped:
            return f"all {self.count} frames played"
        ends = "" if unseen else "; all were on screen"
        told = [f"{stepped} stepped", f"{played} played", f"{unseen} not looked at"]
        return f"of {self.count} frames " + ", ".join(t for t in told if not t.startswith("0 ")) + ends


def coverage_of(stretches: Iterable[Looked], count: int) -> Coverage:
    """Add stretches of one exhibit up; frames beyond `count` are left out."""
    sets = {STEPPED: 0, PLAYED: 0, HEARD: 0}
    uncovered = 0
    for stretch in stretches:
        if stretch.how in sets:
            sets[stretch.how] |= stretch.frames
        elif stretch.how == UNCOVERED:
            uncovered += 1
    limit = full(count)
    return Coverage(count, sets[STEPPED] & limit, sets[PLAYED] & limit, sets[HEARD] & limit, uncovered)


def heard_streams(stretches: Iterable[Looked], count: int) -> dict[int | None, int]:
    """Return of how many frames each sound stream was heard, by absolute index; None stands for one nobody knows."""
    found: dict[int | None, int] = {}
    for stretch in stretches:
        if stretch.how == HEARD:
            found[stretch.stream] = found.get(stretch.stream, 0) | stretch.frames
    known = sorted(found, key=lambda stream: (stream is None, stream or 0))
    return {stream: (found[stream] & full(count)).bit_count() for stream in known}


def full(count: int) -> int:
    """Return the set of frames 0 to count - 1."""
    return (1 << max(count, 0)) - 1


def spans_of(bits: int) -> tuple[Span, ...]:
    """Return the unbroken runs of a set, in order."""
    return tuple((run.start(), run.end() - 1) for run in re.finditer("1+", bin(bits)[:1:-1]))


def shares(figures: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return whole percents that add up to 100; what is neither none nor all is neither 0 nor 100."""
    total = sum(figures)
    if not total:
        return 0, 0, 0
    found = [
        min(max(round(100 * part / total), 1), 99) if 0 < part < total else 100 * part // total for part in figures
    ]
    largest = max(range(len(found)), key=lambda i: figures[i])
    found[largest] += 100 - sum(found)
    return found[0], found[1], found[2]


def packed(bits: int) -> bytes | None:
    """Return a set in few bytes; None where it has no gap."""
    if bits & (bits + 1) == 0:
        return None
    return zlib.compress(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), 6)


def unpacked(data: bytes | None, length: int) -> int:
    """Return the set of `packed`, of at most `length` frames; raises ValueError for other bytes."""
    if data is None:
        return full(length)
    opener = zlib.decompressobj()
    try:
        raw = opener.decompress(data, length // 8 + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return int.from_bytes(raw, "little") & full(length)
