"""Sound as values: where samples stand, gaps, frames and samples, the stored track, peaks for drawing."""

from __future__ import annotations

from array import array
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.domain.sound import SoundClock, SoundFacts
from evidence_desk.media import sound_track
from evidence_desk.media.sound_track import SoundTrack, SoundTrackDamaged
from evidence_desk.media.sound_view import FinePart, WaveView
from evidence_desk.services.playhead import FrameClock
from evidence_desk.services.sound import against_picture, samples_of_frame

MS = Fraction(1, 1000)


def clock_of(runs: list[tuple[int, int, int]], samples: int) -> SoundClock:
    first, pts, rate = (array("q", column) for column in zip(*runs, strict=True))
    return SoundClock(samples, MS, (first, pts, rate))


def track_of(runs: list[tuple[int, int, int]], samples: int, hop: int = 10) -> SoundTrack:
    facts = SoundFacts(1, (1,), "pcm", "d", MS, runs[0][2], 1, "mono", "s16", samples, 9, notes=("one", "two"))
    parts = {"table": b"table"}
    for name, column in zip(("run_first", "run_pts", "run_rate"), zip(*runs, strict=True), strict=True):
        parts[name] = array("q", column).tobytes()
    count = -(-samples // hop)
    parts["wave_0_low"] = array("h", [-i for i in range(count)]).tobytes()
    parts["wave_0_high"] = array("h", [2 * i for i in range(count)]).tobytes()
    parts["wave_0_rms"] = array("H", list(range(count))).tobytes()
    parts["spectrum_0"] = bytes(range(4)) * count
    hops = {"factor": 4, "wave_hop": hop, "wave_levels": 1, "spectrum_hop": hop, "spectrum_levels": 1, "bands": 4}
    return SoundTrack(facts, "ab" * 32, hops, parts)


def test_samples_stand_on_the_container_clock() -> None:
    clock = clock_of([(0, 500, 1000), (100, 700, 1000), (150, 740, 1000)], 200)
    assert clock.start == Fraction(1, 2)
    assert clock.at(99) == Fraction(599, 1000)
    assert clock.at(100) == Fraction(7, 10)
    assert clock.end == Fraction(790, 1000)
    assert [(g.sample, g.seconds) for g in clock.gaps()] == [(100, Fraction(1, 10)), (150, Fraction(-1, 100))]
    with pytest.raises(IndexError):
        clock.at(200)


def test_a_run_without_a_stamp_follows_on() -> None:
    clock = clock_of([(0, NO_STAMP, 1000), (50, NO_STAMP, 500)], 100)
    assert clock.at(0) == 0
    assert clock.at(50) == Fraction(1, 20)
    assert clock.end == Fraction(15, 100)
    assert clock.gaps() == ()


def test_frames_share_no_sample_and_leave_none_out() -> None:
    track = track_of([(0, 0, 44100)], 44100)
    frames = FrameClock.build([n * 1001 for n in range(30)], [1001] * 30, Fraction(1, 30000))
    spans = [samples_of_frame(track, frames, n) for n in range(30)]
    at = 0
    for span in spans:
        assert span is not None
        assert span[0] == at
        at += span[1]
    assert at == 44100  # the last frame goes on for longer than the sound


def test_thousands_of_runs_are_searched_as_one_by_one() -> None:
    ordered = [(i * 10, i * 11 - (i % 3), 1000) for i in range(2000)]
    clock = clock_of(ordered, 20_000)
    backward = clock_of([*ordered, (20_000, 5, 1000)], 20_010)
    for begin in (Fraction(0), Fraction(1, 3), Fraction(7), Fraction(21)):
        found = clock.between(begin, begin + Fraction(1, 25))
        assert found == tuple(r for r in backward.between(begin, begin + Fraction(1, 25)) if r.first < 20_000)
        assert found or begin > 20


def test_frame_without_sound_has_no_samples() -> None:
    track = track_of([(0, 1000, 1000)], 100)
    frames = FrameClock.build([0, 500, 1000, 1500], [500] * 4, MS)
    assert [samples_of_frame(track, frames, n) for n in range(4)] == [None, None, (0, 100), None]
    found = against_picture(track, frames)
    assert (found.start_offset, found.end_offset) == (Fraction(1), Fraction(-9, 10))


def test_the_offset_is_on_the_container_clock_where_the_picture_starts_late() -> None:
    track = track_of([(0, 1400, 1000)], 100)
    frames = FrameClock.build([1410, 1510], [100, 100], MS)
    assert against_picture(track, frames).start_offset == Fraction(-1, 100)
    assert samples_of_frame(track, frames, 0) == (10, 90)


def test_a_track_is_stored_whole_or_refused(tmp_path: Path) -> None:
    track = track_of([(0, 5, 1000), (50, 90, 1000)], 100)
    place = tmp_path / sound_track.file_name("PyAV 1 / x 2 aac", 1)
    sound_track.save(track, place)
    assert [p.name for p in tmp_path.iterdir()] == ["sound-1-PyAV-1---x-2-aac.edso"]
    again = sound_track.load(place)
    assert (again.facts, again.sha256, again.parts) == (track.facts, track.sha256, track.parts)
    assert again.clock.runs == track.clock.runs
    assert list(again.wave[0].high) == [2 * i for i in range(10)]
    assert bytes(again.spectrum[0].data[:4]) == bytes(range(4))
    data = place.read_bytes()
    for bad in (b"", data[:-1], data[:40], b"X" + data[1:], data[:200] + bytes([data[200] ^ 1]) + data[201:]):
        with pytest.raises(SoundTrackDamaged):
            sound_track.unpack(bad)


def test_a_track_that_makes_no_sense_is_refused() -> None:
    def spoilt(**parts: bytes) -> bytes:
        track = track_of([(0, 5, 1000)], 100)
        return sound_track.pack(SoundTrack(track.facts, "", track.hops, {**track.parts, **parts}))

    sound_track.unpack(spoilt())
    for parts in (
        {"run_first": array("q", [7]).tobytes()},
        {"run_rate": array("q", [0]).tobytes()},
        {"run_pts": b""},
        {"wave_0_low": b"\0\0"},
        {"spectrum_0": b"abc"},
    ):
        with pytest.raises(SoundTrackDamaged):
            sound_track.unpack(spoilt(**parts))


def test_columns_take_the_peaks_of_their_stretch_and_gaps_are_silent() -> None:
    view = WaveView(track_of([(0, 0, 1000), (100, 200, 1000)], 200))
    assert view.columns(0.0, 0.05, 6) == [(-4, 8), (-9, 18), (0, 0), (0, 0), (-14, 28), (-19, 38)]
    assert view.columns(-1.0, 0.5, 2) == [(0, 0), (0, 0)]
    assert view.samples_between(0.05, 0.25) == (50, 150)
    assert view.samples_between(0.31, 0.4) == (0, 0)


def test_a_fine_part_is_used_where_it_covers_what_is_seen() -> None:
    view = WaveView(track_of([(0, 0, 1000)], 200))
    fine = sound_track.wave_level(1, array("h", [-5] * 50).tobytes(), array("h", [7] * 50).tobytes(), b"")
    view.fine = FinePart(100, fine)
    assert view.columns(0.1, 0.002, 5) == [(-5, 7)] * 5
    assert view.columns(0.0, 0.002, 5) == [(0, 0)] * 5
    assert view.columns(0.1, 0.01, 2) == [(-10, 20), (-11, 22)]
