"""A waveform by moments: lowest and highest sample of each column of a screen or a page, at any zoom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_desk.media.sound_track import SoundTrack, WaveLevel

_HAIR = 1e-6
"""Samples by which a column is narrowed: a float on the border must not reach into the next stretch."""


@dataclass(frozen=True, slots=True)
class FinePart:
    """A part of a waveform closer than the pyramid goes: `level` begins at sample `first`."""

    first: int
    level: WaveLevel

    def covers(self, first: int, last: int) -> bool:
        """Tell whether it holds the samples from `first` up to `last`."""
        return self.first <= first and last <= self.first + len(self.level) * self.level.hop


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of samples by the second, for drawing: floats are good enough for places on a screen."""

    start: float
    end: float
    first: int
    last: int
    rate: int


class WaveView:
    """Answers which peaks lie in a stretch of the container's clock. Gaps in the stamps are silent."""

    def __init__(self, track: SoundTrack) -> None:
        self.track = track
        self.fine: FinePart | None = None
        self._levels = track.wave
        self._runs = tuple(
            _Run(float(r.start), float(r.end), r.first, r.first + r.count, r.rate) for r in track.clock.runs
        )

    def columns(self, begin: float, step: float, count: int) -> list[tuple[int, int]]:
        """Return (lowest, highest) 16-bit sample of `count` columns of `step` seconds from `begin` on."""
        found = [(0, 0)] * count
        for run in self._runs:
            if run.end <= begin or run.start >= begin + count * step:
                continue
            offset, levels = self._level(run, begin, step, count)
            first_column = max(int((run.start - begin) / step), 0)
            last_column = min(int((run.end - begin) / step) + 1, count)
            for i in range(first_column, last_column):
                a = run.first + (begin + i * step - run.start) * run.rate + _HAIR
                b = min(a + step * run.rate - 2 * _HAIR, run.last)
                if a < run.last and b > run.first:
                    found[i] = _peak(levels, offset, max(int(a), run.first), b, found[i])
        return found

    def samples_between(self, begin: float, end: float) -> tuple[int, int]:
        """Return the first sample and the one behind the last in a stretch, across its runs; (0, 0) where none is."""
        firsts, lasts = [], []
        for run in self._runs:
            if run.end > begin and run.start < end:
                firsts.append(max(run.first, run.first + int((begin - run.start) * run.rate)))
                lasts.append(min(run.last, run.first + int((end - run.start) * run.rate) + 1))
        return (min(firsts), max(lasts)) if firsts else (0, 0)

    def stretches(self, begin: float, end: float) -> list[tuple[float, float, int, int]]:
        """Return (start, end, first sample, sample behind the last) of each run that shows between two moments."""
        return [(r.start, r.end, r.first, r.last) for r in self._runs if r.end > begin and r.start < end]

    def _level(self, run: _Run, begin: float, step: float, count: int) -> tuple[int, WaveLevel]:
        """Return the coarsest level that is as fine as the columns, and the sample at which it begins."""
        wanted = step * run.rate
        if self.fine is not None and self.fine.level.hop < self._levels[0].hop and wanted < self._levels[0].hop:
            first = max(run.first + int((begin - run.start) * run.rate), run.first)
            last = min(run.first + int((begin + count * step - run.start) * run.rate), run.last)
            if self.fine.covers(first, last):
                return self.fine.first, self.fine.level
        fitting: Sequence[WaveLevel] = [level for level in self._levels if level.hop <= wanted]
        return 0, fitting[-1] if fitting else self._levels[0]


def _peak(level: WaveLevel, offset: int, a: int, b: float, sofar: tuple[int, int]) -> tuple[int, int]:
    i = (a - offset) // level.hop
    j = max(int(-(-(b - offset) // level.hop)), i + 1)
    if i < 0 or i >= len(level.low):
        return sofar
    low, high = min(level.low[i:j]), max(level.high[i:j])
    return (min(low, sofar[0]), max(high, sofar[1])) if sofar != (0, 0) else (low, high)
