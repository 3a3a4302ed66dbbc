"""Timing as facts: irregular steps, gaps, repeats, failing stamps, and the bounds of an event's time."""

from __future__ import annotations

from array import array
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.frames import (
    HASH_SIZE,
    NO_STAMP,
    FrameColumns,
    FrameFlag,
    FrameTable,
    PacketColumns,
    TableFacts,
)
from evidence_desk.domain.timing import (
    Irregular,
    change_bounds,
    frame_timing,
    irregular_words,
    span_bounds,
    timing_of,
)

STAMPS = st.lists(st.one_of(st.none(), st.integers(-200, 4000)), min_size=1, max_size=30)


def table_of(
    pts: list[int | None],
    lengths: int | list[int] = 0,
    *,
    pictures: str = "",
    flags: dict[int, FrameFlag] | None = None,
) -> FrameTable:
    count = len(pts)
    frames = FrameColumns(
        array("q", [NO_STAMP if p is None else p for p in pts]),
        array("q", [lengths] * count if isinstance(lengths, int) else lengths),
        array("I", range(count)),
        array("B", [1] * count),
        array("B", [(flags or {}).get(n, FrameFlag(0)) for n in range(count)]),
    )
    empty = PacketColumns()
    shown = pictures or "".join(chr(64 + n) for n in range(count))
    hashes = b"".join(ord(c).to_bytes(HASH_SIZE, "big") for c in shown)
    return FrameTable(TableFacts(0, Fraction(1, 1000), "decoder 1", declared_frames=7), frames, empty, hashes)


def found(table: FrameTable) -> dict[int, Irregular]:
    timing = timing_of(table)
    return {n: timing.at(n) for n in timing.places}


def test_an_even_clip_has_no_places_and_rounding_of_the_time_base_is_no_irregularity() -> None:
    timing = timing_of(table_of([0, 33, 67, 100, 133, 167, 200]))
    assert timing.places == []
    assert timing.even
    assert (timing.usual, timing.shortest, timing.longest, timing.missing) == (33, 33, 34, 0)
    assert (timing.frames, timing.declared, timing.first_pts) == (7, 7, 0)


def test_two_frames_left_out_of_an_even_clip_are_a_gap_of_that_length() -> None:
    stamps: list[int | None] = [1000 + 40 * n for n in range(25) if n not in (10, 11)]
    timing = timing_of(table_of(stamps))
    assert {n: timing.at(n) for n in timing.places} == {9: Irregular.LONG_STEP | Irregular.GAP}
    assert timing.missing == 80
    assert timing.first_pts == 1000


def test_a_long_step_in_a_clip_of_all_kinds_of_steps_is_no_gap_unless_the_container_says_so() -> None:
    lengths = [40, 15, 55, 80, 40, 20, 70, 30, 65, 50, 25]
    stamps: list[int | None] = [sum(lengths[:n]) + (190 if n > 5 else 0) for n in range(len(lengths))]
    assert not any(Irregular.GAP in marks for marks in found(table_of(stamps)).values())
    stated = table_of(stamps, lengths)
    assert [n for n, marks in found(stated).items() if Irregular.GAP in marks] == [5]
    assert timing_of(stated).missing == 190


def test_stated_durations_of_one_tick_throughout_make_no_gaps() -> None:
    timing = timing_of(table_of([33 * n for n in range(20)], 1))
    assert timing.places == []
    assert timing.missing == 0


def test_stamps_that_are_missing_the_same_or_run_backwards_are_told_apart() -> None:
    marks = found(table_of([None, 40, 80, 80, 60, 100, None, None, 220]))
    assert marks[0] == Irregular.NO_STAMP
    assert marks[3] & Irregular.SAME_STAMP
    assert marks[4] & Irregular.BACKWARDS
    assert marks[6] == marks[7] == Irregular.NO_STAMP
    assert 8 not in marks
    assert all(irregular_words(kinds) for kinds in marks.values())


def test_a_picture_that_is_repeated_and_a_damaged_one_are_marked() -> None:
    flags = {3: FrameFlag.DAMAGED, 4: FrameFlag.AFTER_DAMAGE}
    marks = found(table_of([0, 40, 80, 120, 160, 200], pictures="ABBCDD", flags=flags))
    assert marks == {
        2: Irregular.SAME_PICTURE,
        3: Irregular.DAMAGED,
        4: Irregular.AFTER_DAMAGE,
        5: Irregular.SAME_PICTURE,
    }


def test_going_from_place_to_place_takes_a_stretch_of_the_same_kind_as_one() -> None:
    timing = timing_of(table_of([40 * n for n in range(9)], pictures="ABCCCCDEE"))
    assert timing.places == [3, 4, 5, 8]
    assert [timing.neighbour(n, 1) for n in (0, 2, 3, 7, 8)] == [3, 3, 8, 8, None]
    assert [timing.neighbour(n, -1) for n in (8, 5, 3, 0)] == [3, 3, None, None]


def test_what_shows_first_in_a_frame_happened_after_the_frame_before_and_by_this_one() -> None:
    table = table_of([1000, 1040, 1100, 1140])
    bounds = change_bounds(table, 2)
    assert bounds.after is not None
    assert bounds.by is not None
    assert (bounds.after.n, bounds.after.at) == (1, Fraction(40, 1000))
    assert (bounds.by.n, bounds.by.at) == (2, Fraction(100, 1000))
    assert bounds.exact
    assert bounds.words() == "after frame 1 at 00:00:00.040, by frame 2 at 00:00:00.100"
    assert bounds.to_json()["by"] == {"frame": 2, "time": "1/10"}


def test_the_first_frame_has_no_earlier_bound_and_the_end_of_the_clip_no_later_one() -> None:
    span = span_bounds(table_of([0, 40, 80]), 0, 2)
    assert span.began.after is None
    assert "no earlier frame" in span.began.words()
    assert span.began.length is None
    assert span.ended.by is None
    assert "no later frame" in span.ended.words()
    assert span.ended.note


def test_frames_without_a_stamp_widen_the_bounds() -> None:
    bounds = change_bounds(table_of([0, 40, None, None, 160, 200]), 3)
    assert bounds.after is not None
    assert bounds.by is not None
    assert (bounds.after.n, bounds.by.n) == (1, 4)
    assert bounds.exact
    assert "wider" in bounds.note


def test_where_stamps_do_not_rise_the_time_is_called_about() -> None:
    bounds = change_bounds(table_of([0, 40, 40, 80], 40), 2)
    assert not bounds.exact
    assert "about" in bounds.words()


@pytest.mark.parametrize("n", [-1, 4])
def test_bounds_outside_the_clip_are_refused(n: int) -> None:
    with pytest.raises(IndexError):
        change_bounds(table_of([0, 40, 80]), n)


@given(STAMPS, st.data())
def test_bounds_hold_the_change_between_two_frames_and_never_run_backwards(
    stamps: list[int | None], data: st.DataObject
) -> None:
    table = table_of(stamps, 20)
    n = data.draw(st.integers(0, len(stamps)))
    bounds = change_bounds(table, n)
    assert bounds.after is None or bounds.after.n < n
    assert bounds.by is None or bounds.by.n >= n
    if bounds.length is not None:
        assert bounds.length > 0
    if bounds.exact:
        for end in (bounds.after, bounds.by):
            assert end is None or end.at == Fraction(stamps[end.n] - stamps[0], 1000)  # type: ignore[operator]
    assert bounds.words()


@given(STAMPS)
def test_every_fault_of_the_stamps_is_marked_and_nothing_else_is_called_one(stamps: list[int | None]) -> None:
    timing = timing_of(table_of(stamps))
    faults = Irregular.NO_STAMP | Irregular.SAME_STAMP | Irregular.BACKWARDS
    expected: dict[int, Irregular] = {n: Irregular.NO_STAMP for n, p in enumerate(stamps) if p is None}
    for n, (a, b) in enumerate(pairwise(stamps)):
        if a is not None and b is not None and b <= a:
            expected[n + 1] = Irregular.SAME_STAMP if a == b else Irregular.BACKWARDS
    got = {n: timing.at(n) & faults for n in timing.places if timing.at(n) & faults}
    assert got == expected
    assert sum(timing.counts[kind] for kind in (Irregular.NO_STAMP, Irregular.SAME_STAMP, Irregular.BACKWARDS)) == len(
        expected
    )
    for n in range(len(stamps)):
        assert frame_timing(timing_table := table_of(stamps), n).pts == timing_table.pts(n)
