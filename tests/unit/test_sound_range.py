"""Ranges of sound: exact ticks, borders between samples, what people write, and honest words about the place."""

from __future__ import annotations

from array import array
from dataclasses import replace
from fractions import Fraction

import pytest

from evidence_desk.domain.errors import FrameOutOfRange, Refused
from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.domain.sound import SoundClock
from evidence_desk.domain.sound_range import SampleBorders, SoundRange
from evidence_desk.services import dossier_facts
from evidence_desk.services.sound_places import SoundPlaces
from tests.unit.dossier_values import seen, sheet_of

RATE = 44100
START = Fraction(23, 1000)
"""A stamp in milliseconds, as Matroska has them: no whole number of samples."""


def clock(*runs: tuple[int, Fraction | None], samples: int = 10 * RATE) -> SoundClock:
    """A clock of 44.1 kHz whose stamps are milliseconds."""
    runs = runs or ((0, START),)
    pts = [NO_STAMP if start is None else int(start * 1000) for _, start in runs]
    columns = (array("q", [first for first, _ in runs]), array("q", pts), array("q", [RATE] * len(runs)))
    return SoundClock(samples, Fraction(1, 1000), columns)


def test_ticks_are_whole_and_give_the_same_moments_back() -> None:
    borders = SampleBorders(clock())
    held = SoundRange(borders.begins(1000), borders.ends(1501))
    start, end, base = held.ticks(RATE)
    assert Fraction(base) == Fraction(1, 441000)
    assert SoundRange.of((start, end, base)) == held
    assert borders.samples(held) == (1000, 501)
    assert SoundRange(Fraction(1), Fraction(3, 2)).ticks(48000) == (48000, 72000, "1/48000")


def test_a_moment_is_taken_to_the_nearest_border_between_samples() -> None:
    borders = SampleBorders(clock())
    exact = START + Fraction(7, RATE)
    assert borders.nearest(exact + Fraction(1, 3 * RATE)) == 7
    assert borders.nearest(exact + Fraction(2, 3 * RATE)) == 8
    assert borders.nearest(Fraction(-5)) == 0
    assert borders.nearest(Fraction(500)) == borders.last == 10 * RATE
    assert borders.begins(7) == borders.ends(7) == exact
    assert borders.ends(borders.last) == START + 10


def test_at_a_gap_a_beginning_lies_after_it_and_an_end_before_it() -> None:
    gapped = clock((0, Fraction(0)), (RATE, Fraction(3)), samples=2 * RATE)
    borders = SampleBorders(gapped)
    assert [borders.ends(RATE), borders.begins(RATE)] == [1, 3]
    held = SoundRange(Fraction(1, 2), Fraction(7, 2))
    assert borders.left_out(held) == 2
    places = SoundPlaces(gapped, Fraction(0), Fraction(4))
    assert "2.000 s of it are no sound of this stream" in places.words(held)


def test_what_people_write() -> None:
    places = SoundPlaces(clock(), Fraction(1, 2), Fraction(20))
    half = places.read("0.5", end=False)
    assert half == places.at(Fraction(1), end=False)
    assert abs(half - 1) <= Fraction(1, 2 * RATE)
    assert places.read("00:00:00.500", end=False) == places.read("0:00.5", end=False) == half
    assert places.read("#100", end=False) == START + Fraction(100, RATE)
    assert places.read("#100", end=True) == START + Fraction(101, RATE), "the sample itself is in the range"
    assert places.read("+0.25s", end=True, other=half) == places.at(half + Fraction(1, 4), end=True)
    for wrong in ("", "soon", "12:", "+1"):
        with pytest.raises(Refused, match="names no place in the sound"):
            places.read(wrong, end=False)
    with pytest.raises(FrameOutOfRange, match="after the sound ends"):
        places.read("30", end=True)
    with pytest.raises(FrameOutOfRange, match="no sample 441000"):
        places.read("#441000", end=True)


def test_a_nudge_is_a_millisecond_or_a_sample_and_stays_in_the_sound() -> None:
    places = SoundPlaces(clock(), Fraction(0), Fraction(10))
    at = START + Fraction(1000, RATE)
    assert places.moved(at, 1, end=False) - at == Fraction(1, RATE)
    assert places.moved(at, -1, end=False) - at == Fraction(-1, RATE)
    assert abs(places.moved(at, Fraction(1, 1000), end=False) - at - Fraction(1, 1000)) <= Fraction(1, 2 * RATE)
    assert places.moved(START, -1, end=False) == START


def test_sound_before_and_after_the_pictures_is_said() -> None:
    places = SoundPlaces(clock(), Fraction(1), Fraction(5))
    said = places.words(SoundRange(places.borders.begins(0), places.borders.ends(10 * RATE)))
    assert said == (
        "10.000 s, samples 0 to 440999, begins 0.977 s before the first picture, ends 4.023 s after the last picture"
    )
    assert places.shown(Fraction(1, 2)) == "-00:00:00.500"


def test_the_dossier_tells_a_range_after_frame_0() -> None:
    exhibit = replace(sheet_of(()).exhibit, first_pts=500, time_base="1/1000")
    heard = seen(1, basis="heard", sound_start=24000, sound_end=72000, sound_time_base="1/48000")
    at = dossier_facts.heard_at(exhibit, heard.observation)
    assert at == (Fraction(0), Fraction(1)), "the pictures begin half a second after the file's clock"
    assert dossier_facts.heard_at(exhibit, seen(2).observation) is None
