"""Which frame is on screen while the player plays: by the hash of its picture where known, else by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidence_desk.domain.frames import HASH_SIZE, FrameTable
from evidence_desk.services.playhead import NANOSECONDS, FrameClock

_REACH = 4000
"""How far from the expected place a picture is looked for, in frames: many times what a player is ever off."""

_FAR_OFF = Fraction(1, 5)  # seconds; more is no jitter, the player stands elsewhere
_NUDGE = 8


def frames_of_digest(hashes: bytes, digest: str, near: int) -> list[int]:
    """Return the frames around `near` whose hash is `digest` (hex), rising; none where no hash is known.

    `hashes` are those of a frame table, one after the other.
    """
    wanted = bytes.fromhex(digest) if digest else b""
    if len(wanted) != HASH_SIZE or not hashes:
        return []
    low = max(near - _REACH, 0)
    piece = hashes[low * HASH_SIZE : (near + _REACH + 1) * HASH_SIZE]
    return [low + place // HASH_SIZE for place in _places(piece, wanted)]


def _places(piece: bytes, wanted: bytes) -> Iterator[int]:
    at = piece.find(wanted)
    while at >= 0:
        if at % HASH_SIZE == 0:
            yield at
        at = piece.find(wanted, at + 1)


def player_seconds(table: FrameTable, clock: FrameClock, n: int, start_us: int) -> Fraction:
    """Return the time on the player's clock at which frame n begins: the container's own, from its beginning."""
    pts = table.pts(n)
    if pts is None or clock.backward(n):
        return clock.at(n)
    return max(pts * table.time_base - Fraction(start_us, 1_000_000), Fraction(0))


@dataclass(frozen=True, slots=True)
class Placed:
    """A frame, and whether the picture's hash says so (`known`) or only the time that has gone by."""

    n: int
    known: bool


class LivePosition:
    """Follows one run of the player from frame `start`, begun when the wall clock read `began_ns`.

    Where several frames have the same picture the one nearest to the expected time is taken; such a picture does not
    move the expectation, or a clip that stands still would hold the place back.
    """

    def __init__(self, table: FrameTable, clock: FrameClock, start: int, rate: Fraction, began_ns: int) -> None:
        self._table, self._clock = table, clock
        self._rate = rate
        self._base, self._base_ns = clock.at(start), began_ns

    def set_rate(self, rate: Fraction, now_ns: int) -> None:
        """Go on at another speed from now on."""
        self._base, self._base_ns = self.expected(now_ns), now_ns
        self._rate = rate

    def expected(self, now_ns: int) -> Fraction:
        """Return the seconds from frame 0 at which play should be."""
        return self._base + Fraction(max(now_ns - self._base_ns, 0), NANOSECONDS) * self._rate

    def place(self, digest: str, now_ns: int) -> Placed:
        """Return the frame of a picture that came to the screen now."""
        expected = self.expected(now_ns)
        near = self._clock.frame_at(expected)
        found = frames_of_digest(self._table.hashes, digest, near)
        if not found:
            return Placed(near, known=False)
        n = min(found, key=lambda k: (abs(self._clock.at(k) - expected), k))
        off = self._clock.at(n) - expected
        if abs(off) > _FAR_OFF:
            self._base, self._base_ns = self._clock.at(n), now_ns
        elif len(found) == 1:
            self._base += off / _NUDGE
        return Placed(n, known=True)
