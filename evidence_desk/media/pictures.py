"""What the desk receives from the worker: pictures and peaks of sound."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame as shown: BGRX, 4 bytes a pixel, rows without padding; mirrored, turned, with square pixels.

    `rotation` is clockwise degrees, applied after mirroring left to right; `exact` tells whether the decoded picture
    has the hash of the frame table, `note` says why not (or that HDR is shown without tone mapping). `provisional` says
    that the table was not confirmed by decoding yet; `tone_mapped` that HDR was brought into the range of the display;
    `view` names another way of showing the picture than as it is ("top field"), for the badge.
    """

    width: int
    height: int
    bgra: bytes = field(repr=False)
    native_width: int
    native_height: int
    rotation: int
    mirrored: bool
    sar: Fraction
    n: int
    pts: int | None
    hash: str
    exact: bool
    note: str = ""
    provisional: bool = False
    tone_mapped: bool = False
    view: str = ""


@dataclass(frozen=True, slots=True)
class Counters:
    """What reaching single frames has cost: pictures decoded so far, and bytes of the pictures kept now."""

    decoded: int
    held: int


@dataclass(frozen=True, slots=True)
class Waveform:
    """Peaks of the first sound stream mixed to one channel: lowest and highest sample (int16) of each stretch.

    `peaks` holds pairs; stretch k starts at `start + k / per_second` seconds on the container's clock. `rate` is the
    stream's own samples per second.
    """

    stream: int
    start: Fraction
    per_second: int
    peaks: array[int] = field(repr=False)
    rate: int
    channels: int
    codec: str

    def __len__(self) -> int:
        """Return the number of stretches."""
        return len(self.peaks) // 2

    @property
    def duration(self) -> Fraction:
        """Seconds of sound."""
        return Fraction(len(self), self.per_second)
