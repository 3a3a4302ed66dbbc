"""Moments of a sound as people write them: a time after frame 0, a sample's number, or a step from the other end."""

from __future__ import annotations

import re
from fractions import Fraction

from evidence_desk.domain.errors import FrameOutOfRange, Refused
from evidence_desk.domain.sound import SoundClock
from evidence_desk.domain.sound_range import SampleBorders, SoundRange
from evidence_desk.domain.time import clock as clock_text
from evidence_desk.domain.time import seconds_text

_SAMPLE = re.compile(r"#(\d{1,15})")
_SECONDS = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?s?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?")
_TOLD = Fraction(1, 1000)
"""Shown times are rounded to this: less is not worth a word."""


class SoundPlaces:
    """The sound of a clip: `zero` is where frame 0 begins, `length` how long the pictures last, both in seconds."""

    def __init__(self, clock: SoundClock, zero: Fraction, length: Fraction) -> None:
        self.borders = SampleBorders(clock)
        self.rate = clock.runs[0].rate if clock.runs else 1
        self.zero = zero
        self._length = length

    def shown(self, seconds: Fraction) -> str:
        """Return a moment of the container's clock as media time, `HH:MM:SS.mmm` after frame 0."""
        return clock_text(seconds - self.zero)

    def read(self, text: str, *, end: bool, other: Fraction | None = None) -> Fraction:
        """Return the moment that a text names, at the nearest border between samples.

        Understood: `00:00:12.345`, `1:02`, `12.5`, `12.5s`, `#576000` and, from the other end, `+0.5`, `-0.5s`. Raises
        Refused for a text that names nothing, FrameOutOfRange beyond the sound.
        """
        packed = "".join(text.split())
        if found := _SAMPLE.fullmatch(packed):
            return self._of_sample(int(found[1]), end)
        way = {"+": 1, "-": -1, "\u2212": -1}.get(packed[:1], 0)
        seconds = _seconds(packed[1:] if way else packed)
        if seconds is None or (way and other is None):
            raise Refused(f"“{text.strip()}” names no place in the sound. Write 00:00:12.345, 12.345s or #576000.")
        at = other + way * seconds if way and other is not None else self.zero + seconds
        if not self.borders.begins(0) - _TOLD <= at <= self.borders.ends(self.borders.last) + _TOLD:
            where = "before the sound begins" if at < self.borders.begins(0) else "after the sound ends"
            raise FrameOutOfRange(f"That time lies {where}. Nothing changed.")
        return self.at(at, end=end)

    def at(self, seconds: Fraction, *, end: bool) -> Fraction:
        """Return the beginning, or the end, of a sample at the border nearest to a moment."""
        border = self.borders.nearest(seconds)
        return self.borders.ends(border) if end else self.borders.begins(border)

    def moved(self, seconds: Fraction, by: Fraction | int, *, end: bool) -> Fraction:
        """Return a moment moved by seconds (a Fraction) or by samples (an int), held inside the sound."""
        border = self.borders.nearest(seconds + by) if isinstance(by, Fraction) else self.borders.nearest(seconds) + by
        return self.borders.ends(border) if end else self.borders.begins(border)

    def words(self, held: SoundRange) -> str:
        """Return what a range holds: its samples, how long it lasts, and what has to be said of its place."""
        first, count = self.borders.samples(held)
        told = [f"{seconds_text(held.length)} s"]
        told.append(f"samples {first} to {first + count - 1}" if count else "no sample of the stream")
        before, after = self.zero - held.begin, held.end - self.zero - self._length
        if before > _TOLD:
            told.append(f"begins {seconds_text(before)} s before the first picture")
        if after > _TOLD:
            told.append(f"ends {seconds_text(after)} s after the last picture")
        missing = self.borders.left_out(held)
        if missing > _TOLD:
            told.append(f"{seconds_text(missing)} s of it are no sound of this stream")
        return ", ".join(told)

    def _of_sample(self, number: int, end: bool) -> Fraction:
        last = self.borders.last - 1
        if not 0 <= number <= last:
            raise FrameOutOfRange(f"There is no sample {number}: they are counted from 0 to {last}. Nothing changed.")
        return self.borders.ends(number + 1) if end else self.borders.begins(number)


def _seconds(text: str) -> Fraction | None:
    if found := _CLOCK.fullmatch(text):
        hours, minutes, seconds, rest = found.groups()
        return Fraction(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) + _decimals(rest)
    if found := _SECONDS.fullmatch(text):
        return int(found[1]) + _decimals(found[2])
    return None


def _decimals(digits: str | None) -> Fraction:
    return Fraction(int(digits), 10 ** len(digits)) if digits else Fraction(0)
