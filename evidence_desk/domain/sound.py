"""A file's sound as its decoder gives it: samples counted from 0, and where they stand on the container's clock.

Sample n is the n-th sample (of every channel at once) that `ffmpeg -i FILE -map 0:INDEX -f s16le -` writes: what the
container or the codec tells the decoder to leave out at the start (priming, edit lists) and at the end is left out, and
a hole in the stamps is a fact of its own, never filled with silence.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.domain.time import fraction_text, seconds_text


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What one pass over a sound stream found. `rate` and `channels` are those of the first decoded sample.

    `sample_format` is the decoder's own, packed (u8, s16, s32, f32, f64); `pcm_sha256` is the SHA-256 (hex) of every
    sample in that format, channels interleaved, little-endian: what `ffmpeg -c:a pcm_… -f hash -hash sha256` prints.
    `priming` and `trimmed` count the samples left out at the start and at the end on the file's own word.
    """

    stream: int
    streams: tuple[int, ...]
    codec: str
    decoder: str
    time_base: Fraction
    rate: int
    channels: int
    layout: str
    sample_format: str
    samples: int
    packets: int
    priming: int = 0
    trimmed: int = 0
    pcm_sha256: str = ""
    damage: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundRun:
    """Samples whose stamps follow each other: sample `first` begins at `start` seconds on the container's clock."""

    first: int
    count: int
    start: Fraction
    rate: int

    @property
    def end(self) -> Fraction:
        """Where the last sample ends."""
        return self.start + Fraction(self.count, self.rate)


@dataclass(frozen=True, slots=True)
class SoundGap:
    """Between two runs: at sample `sample` the stamps leave `seconds` out, or go back by them where negative."""

    sample: int
    at: Fraction
    seconds: Fraction


class SoundClock:
    """Where each sample stands on the container's clock, and which samples lie in a stretch of it."""

    def __init__(self, samples: int, time_base: Fraction, columns: tuple[array[int], array[int], array[int]]) -> None:
        """Take the runs as columns: first sample, pts in ticks (NO_STAMP follows on, 0 at the start), rate."""
        self.samples = samples
        self._runs: list[SoundRun] = []
        firsts = columns[0]
        for i, (first, pts, rate) in enumerate(zip(*columns, strict=True)):
            count = (firsts[i + 1] if i + 1 < len(firsts) else samples) - first
            follows = self._runs[-1].end if self._runs else Fraction(0)
            start = pts * time_base if pts != NO_STAMP else follows
            self._runs.append(SoundRun(first, count, start, rate))
        self._firsts = [run.first for run in self._runs]
        self._starts, self._ends = [run.start for run in self._runs], [run.end for run in self._runs]
        self._in_order = all(
            a.start <= b.start and a.end <= b.end for a, b in zip(self._runs, self._runs[1:], strict=False)
        )
        self._gaps: tuple[SoundGap, ...] | None = None

    @property
    def runs(self) -> tuple[SoundRun, ...]:
        """The runs in the order of their samples."""
        return tuple(self._runs)

    @property
    def start(self) -> Fraction:
        """Where the first sample begins, in seconds on the container's clock."""
        return self._runs[0].start if self._runs else Fraction(0)

    @property
    def end(self) -> Fraction:
        """Where the latest sample ends."""
        return max((run.end for run in self._runs), default=Fraction(0))

    def run_of(self, sample: int) -> SoundRun:
        """Return the run that holds a sample; IndexError where there is no such sample."""
        if not 0 <= sample < self.samples:
            raise IndexError(sample)
        return self._runs[bisect_right(self._firsts, sample) - 1]

    def at(self, sample: int) -> Fraction:
        """Return where a sample begins, in seconds on the container's clock; IndexError where there is none."""
        run = self.run_of(sample)
        return run.start + Fraction(sample - run.first, run.rate)

    def gaps(self) -> tuple[SoundGap, ...]:
        """Return every place where the stamps leave time out or go back."""
        if self._gaps is None:
            pairs = zip(self._runs, self._runs[1:], strict=False)
            self._gaps = tuple(
                SoundGap(after.first, before.end, after.start - before.end)
                for before, after in pairs
                if after.start != before.end
            )
        return self._gaps

    def between(self, begin: Fraction, end: Fraction) -> tuple[SoundRun, ...]:
        """Return the samples that begin in [begin, end), run by run: neighbouring stretches share no sample."""
        found = []
        runs = self._runs
        if self._in_order:  # asked at every step: jittery stamps may make thousands of runs
            runs = runs[bisect_right(self._ends, begin) : bisect_left(self._starts, end)]
        for run in runs:
            first = max(ceil((begin - run.start) * run.rate), 0)
            last = min(ceil((end - run.start) * run.rate), run.count)
            if first < last:
                start = run.start + Fraction(first, run.rate)
                found.append(SoundRun(run.first + first, last - first, start, run.rate))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SoundAgainstPicture:
    """How sound and picture of one file lie to each other, exact seconds on the container's clock.

    `start_offset` is sound minus picture at the start: positive where sound begins later; `end_offset` the same at the
    end: positive where sound goes on after the last picture.
    """

    sound_start: Fraction
    sound_end: Fraction
    picture_start: Fraction
    picture_end: Fraction

    @property
    def start_offset(self) -> Fraction:
        """Seconds by which sound begins after the picture."""
        return self.sound_start - self.picture_start

    @property
    def end_offset(self) -> Fraction:
        """Seconds by which sound ends after the picture."""
        return self.sound_end - self.picture_end


def beside_picture(offset: Fraction) -> str:
    """Return how a moment of sound lies to the picture: rounded for people, and exact."""
    if not offset:
        return "with the picture"
    side = "after" if offset > 0 else "before"
    return f"{seconds_text(abs(offset))} s {side} the picture ({fraction_text(offset)} s)"
