"""A stretch of sound, exact: whole ticks of a time base on the container's clock, from the first sample to the last.

It begins where its first sample begins and ends where its last one ends. One time base serves both ends: the smallest
fraction of a second in which the stream's samples and the place of its stamps are whole, so that nothing is rounded.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from evidence_desk.domain.sound import SoundClock, SoundRun
from evidence_desk.domain.time import fraction_text

Ticks = tuple[int, int, str]
"""Start, end and time base `num/den`, as an observation keeps them."""


@dataclass(frozen=True, slots=True)
class SoundRange:
    """From `begin` up to `end`, in seconds on the container's clock."""

    begin: Fraction
    end: Fraction

    @staticmethod
    def of(ticks: Ticks) -> SoundRange:
        """Return the range that an observation keeps; ValueError or ZeroDivisionError for no time base."""
        base = Fraction(ticks[2])
        return SoundRange(ticks[0] * base, ticks[1] * base)

    def ticks(self, rate: int) -> Ticks:
        """Return it in whole ticks of a time base in which samples of `rate` a second are whole too."""
        base = Fraction(1, lcm(rate, self.begin.denominator, self.end.denominator))
        return int(self.begin / base), int(self.end / base), fraction_text(base)

    @property
    def length(self) -> Fraction:
        """Return its seconds."""
        return self.end - self.begin


class SampleBorders:
    """The borders between samples of a stream: border n lies before sample n, the last one after the last sample."""

    def __init__(self, clock: SoundClock) -> None:
        self._clock = clock
        self._runs = clock.runs
        self._firsts = [run.first for run in self._runs]

    @property
    def last(self) -> int:
        """Return the last border."""
        return self._clock.samples

    def nearest(self, seconds: Fraction) -> int:
        """Return the border nearest to a moment of the container's clock; 0 where there is no sample."""
        return min((_nearest_in(run, seconds) for run in self._runs), default=(Fraction(0), 0))[1]

    def begins(self, border: int) -> Fraction:
        """Return where what comes after a border begins, the end of the sound for the last one."""
        border = min(max(border, 0), self.last)
        return self._clock.at(border) if border < self.last else self.ends(border)

    def ends(self, border: int) -> Fraction:
        """Return where what comes before a border ends, the start of the sound for the first one."""
        border = min(max(border, 0), self.last)
        if border == 0 or not self._runs:
            return self._clock.start
        run = self._runs[bisect_right(self._firsts, border - 1) - 1]
        return run.start + Fraction(border - run.first, run.rate)

    def samples(self, held: SoundRange) -> tuple[int, int]:
        """Return the first sample in a range and how many there are, (0, 0) for none."""
        runs = self._clock.between(held.begin, held.end)
        return (min(run.first for run in runs), sum(run.count for run in runs)) if runs else (0, 0)

    def left_out(self, held: SoundRange) -> Fraction:
        """Return the seconds of a range in which the stream has no sound: before it, after it, or in its gaps."""
        sounding = sum((run.end - run.start for run in self._clock.between(held.begin, held.end)), Fraction(0))
        return max(held.length - sounding, Fraction(0))


def _nearest_in(run: SoundRun, seconds: Fraction) -> tuple[Fraction, int]:
    """Return how far the border of a run that is nearest to a moment lies from it, and the border."""
    place = min(max(round((seconds - run.start) * run.rate), 0), run.count)
    return abs(run.start + Fraction(place, run.rate) - seconds), run.first + place
