"""Shared moments of two clips: offset, residuals, drift and their bounds, gaps, and which frame goes with which."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.sync import (
    AFTER,
    BEFORE,
    DISAGREE,
    DRIFT,
    GAP,
    SAME_SPEED,
    SHOWN,
    Extent,
    Fit,
    Moment,
    bounds_words,
    fit,
    flipped,
    marked,
    match,
    milliseconds,
    offset_told,
    verdict_words,
)
from tests.made_frames import frames_of


def clip(count: int, step: int, *, gap_after: int | None = None, gap: int = 0) -> FrameTable:
    stamps = [step * n + (gap if gap_after is not None and n > gap_after else 0) for n in range(count)]
    return frames_of([f"p{n}" for n in range(count)], stamps)


def moments(a: FrameTable, b: FrameTable, *pairs: tuple[int, int]) -> list[Moment]:
    return [Moment(marked(a, n), marked(b, m)) for n, m in pairs]


def ms(value: int) -> Fraction:
    return Fraction(value, 1000)


A, B = clip(500, 40), clip(700, 33)


def test_one_moment_gives_the_offset_and_the_two_steps_bound_it() -> None:
    found = fit(moments(A, B, (100, 40)))
    assert found.model == SAME_SPEED
    assert found.offset == ms(40 * 33 - 4000)
    assert found.bounds(ms(4000)) == (ms(1320 - 33), ms(1320 + 40))
    assert not found.checked
    assert found.drift is None


def test_a_marked_pair_is_shown_together() -> None:
    found = fit(moments(A, B, (100, 40)))
    at = match(found, A.time_of(100), B, Extent.of(B))
    assert (at.n, at.place) == (40, SHOWN)
    assert at.first == 39
    assert at.last == 41


def test_moments_of_one_offset_agree_and_narrow_the_bounds() -> None:
    # True offset of B: 0.5 s before; each event lies where both clips first show it after it happened.
    pairs = [(n, m) for n, m in ((101, 107), (201, 228), (351, 410))]
    found = fit(moments(A, B, *pairs))
    assert found.model == SAME_SPEED
    assert found.checked
    low, high = found.bounds(Fraction(0))
    assert low is not None
    assert high is not None
    one_low, one_high = fit(moments(A, B, pairs[0])).bounds(Fraction(0))
    assert one_low is not None
    assert one_high is not None
    assert high - low < one_high - one_low
    assert low <= found.offset <= high
    assert found.drift is not None
    assert not found.drift.shown


def test_a_moment_that_was_led_there_neither_checks_nor_narrows() -> None:
    one = moments(A, B, (100, 40))
    led = [Moment(marked(A, n), marked(B, m), led=True) for n, m in ((200, 161), (350, 343))]
    alone, found = fit(one), fit([*one, *led])
    assert (found.offset, found.bounds(Fraction(0))) == (alone.offset, alone.bounds(Fraction(0)))
    assert not found.checked
    assert len(found.residuals) == 3
    assert verdict_words(found).startswith("One moment: nothing checks it yet.")
    assert "2 moments were marked where the others had put both pictures and do not count." in verdict_words(found)
    assert fit(led).offset == fit(moments(A, B, (200, 161), (350, 343))).offset, "with nothing else they stand"


def test_the_offset_told_lies_between_the_bounds_told() -> None:
    a, b = clip(500, 33), clip(500, 33)
    found = fit(moments(a, b, (400, 430), (100, 101), (200, 200), (300, 301)))
    assert found.model == DISAGREE
    close = fit(moments(a, b, (100, 101), (200, 200), (300, 301)))
    low, high = close.bounds(close.first)
    assert low is not None
    assert high is not None
    told = offset_told(close)
    assert told == f"{milliseconds(close.offset)} ms, " + bounds_words(close, close.first)
    assert low - close.first <= close.offset <= high - close.first


def test_clips_of_different_speed_are_found_out_and_the_drift_is_bounded() -> None:
    slow = clip(500, 40)
    fast = clip(700, 42)  # the same event in every frame: 5 % slower by its own clock
    found = fit(moments(slow, fast, (0, 0), (100, 100), (400, 400)))
    assert found.model == DRIFT
    assert found.drift is not None
    assert found.drift.shown
    assert found.drift.best == Fraction(1, 20)
    assert found.drift.low is not None
    assert found.drift.high is not None
    assert found.drift.low < Fraction(1, 20) < found.drift.high
    assert [int(r * 1000) for r in found.residuals] == [0, 0, 0]
    assert found.largest == Fraction(0)
    assert match(found, slow.time_of(250), fast, Extent.of(fast)).n == 250


def test_a_mark_on_another_event_is_a_disagreement_with_its_residuals() -> None:
    found = fit(moments(A, B, (100, 40), (200, 161), (300, 340)))
    assert found.model == DISAGREE
    assert found.largest > ms(500)
    low, high = found.bounds(Fraction(0))
    assert low is not None
    assert high is not None
    assert low < found.offset < high
    assert "do not agree" in verdict_words(found)


def test_what_is_there_from_the_first_frame_bounds_nothing_before() -> None:
    found = fit(moments(A, B, (0, 40)))
    assert found.bounds(Fraction(0)) == (ms(1320 - 33), None)
    assert match(found, Fraction(0), B, Extent.of(B)).last is None


def test_bounds_are_told_and_so_is_that_there_are_none() -> None:
    found = fit(moments(A, B, (100, 40)))
    assert bounds_words(found, ms(4000)) == "by the frames between -2713.0 and -2640.0 ms"
    assert bounds_words(fit(moments(A, B, (0, 0))), Fraction(0)) == "not bounded by any frame"
    assert bounds_words(fit(moments(A, B, (0, 40))), Fraction(0)) == "by the frames at least +1287.0 ms"


def test_before_after_and_in_a_gap_there_is_no_frame() -> None:
    b = clip(100, 40, gap_after=49, gap=400)
    extent = Extent.of(b)
    assert extent.gaps == ((ms(2000), ms(2400)),)
    assert [extent.at(ms(t)) for t in (-1, 0, 1999, 2000, 2399, 2400, 4399, 4400, 5000)] == [
        BEFORE, SHOWN, SHOWN, GAP, GAP, SHOWN, SHOWN, SHOWN, AFTER,
    ]  # fmt: skip
    assert extent.spans() == ((Fraction(0), ms(2000)), (ms(2400), extent.end))


def test_the_other_way_round_is_the_same_agreement() -> None:
    values = [{"a_frame": 100, "a_hash": "x", "b_frame": 40, "b_hash": "y", "what": "flash"}]
    assert flipped(values) == ({"b_frame": 100, "b_hash": "x", "a_frame": 40, "a_hash": "y", "what": "flash"},)
    there, back = fit(moments(A, B, (100, 40))), fit(moments(B, A, (40, 100)))
    assert back.at(there.at(ms(7000))) == ms(7000) == there.back(there.at(ms(7000)))


def test_milliseconds_are_rounded_half_up_and_signed() -> None:
    assert [milliseconds(Fraction(n, 100_000)) for n in (0, 4, 5, 334, -335)] == ["0.0", "0.0", "+0.1", "+3.3", "-3.4"]


def test_no_moment_is_no_fit() -> None:
    with pytest.raises(ValueError, match="no moments"):
        fit([])


def first_shown(table: FrameTable, happened: Fraction) -> int:
    n = table.frame_at(happened)
    return n if table.time_of(n) == happened else n + 1


@given(
    offset=st.integers(-1500, 1500),
    rate=st.integers(-30, 30),
    events=st.lists(st.integers(2000, 8000), min_size=1, max_size=6, unique=True),
    step=st.integers(7, 120),
)
def test_the_bounds_hold_the_truth(offset: int, rate: int, events: list[int], step: int) -> None:
    """Whatever two clocks and cameras do: the true time lies within the bounds, unless the model says otherwise."""
    speed = 1 + Fraction(rate, 1000)
    b = clip(12_000 // step + 2, step)
    a = clip(300, 33)
    true = [ms(offset) + speed * ms(t) for t in events]
    pairs = [(first_shown(a, ms(t)), first_shown(b, u)) for t, u in zip(events, true, strict=True)]
    found: Fit = fit(moments(a, b, *pairs))
    assert found.model != DISAGREE
    if found.drift is not None:
        assert found.drift.low is None or found.drift.low <= Fraction(rate, 1000)
        assert found.drift.high is None or found.drift.high >= Fraction(rate, 1000)
    if rate == 0 or found.model == DRIFT:
        for t, u in zip(events, true, strict=True):
            low, high = found.bounds(ms(t))
            assert low is None or low <= u
            assert high is None or high >= u
