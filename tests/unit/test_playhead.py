"""The playhead: exact places, typed places, and which frame play has reached."""

from __future__ import annotations

from array import array
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence_desk.domain.errors import FrameOutOfRange, Refused
from evidence_desk.domain.frames import NO_STAMP, FrameColumns, FrameTable, PacketColumns, TableFacts
from evidence_desk.domain.records import Observation
from evidence_desk.domain.time import clock as clock_text
from evidence_desk.services.playhead import (
    NANOSECONDS,
    FrameClock,
    Playhead,
    PlayRun,
    in_clip_order,
    parse_goto,
)
from evidence_desk.services.shuttle import SPEEDS

TB = Fraction(1, 15360)
STEADY = FrameClock.build([n * 512 for n in range(900)], [512] * 900, TB)


@st.composite
def clocks(draw: st.DrawFn) -> FrameClock:
    """Clips of every bad manner: missing, repeated and backward stamps, odd durations."""
    count = draw(st.integers(1, 60))
    pts = draw(st.lists(st.none() | st.integers(-5000, 90_000), min_size=count, max_size=count))
    durations = draw(st.lists(st.none() | st.integers(-5, 4000), min_size=count, max_size=count))
    return FrameClock.build(pts, durations, draw(st.sampled_from([TB, Fraction(1, 1000), Fraction(1001, 30000)])))


@given(clocks())
def test_starts_never_go_back_and_every_frame_lasts(made: FrameClock) -> None:
    assert made.starts[0] == 0
    assert all(a < b for a, b in zip(made.starts, made.starts[1:], strict=False))
    assert made.end > made.starts[-1]
    assert all(made.duration(n) > 0 for n in range(len(made)))


@given(clocks(), st.data())
def test_frame_at_finds_the_frame_that_began_last(made: FrameClock, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(made) - 1))
    inside = made.at(n) + Fraction(made.duration(n)) * made.time_base / 2
    assert made.frame_at(made.at(n)) == n
    assert made.frame_at(inside) == n
    assert made.frame_at(Fraction(-1)) == 0
    assert made.frame_at(made.length * 2 + 1) == len(made) - 1


def test_stated_stamps_are_kept_where_they_increase() -> None:
    made = FrameClock.build([1000, 1040, 1120, 1110, None, 1300], [40, 40, 40, 40, 40, 40], Fraction(1, 1000))
    assert made.starts == (0, 40, 120, 160, 200, 300)
    assert [made.backward(n) for n in range(6)] == [False, False, False, True, True, False]
    assert made.usual in (40, 80)
    assert made.length == Fraction(340, 1000)


def test_a_clip_without_frames_has_no_clock() -> None:
    with pytest.raises(ValueError, match="at least one frame"):
        FrameClock.build([], [], TB)


@given(st.integers(1, 500), st.lists(st.integers(-600, 600), max_size=20))
def test_steps_stay_inside(count: int, steps: list[int]) -> None:
    head = Playhead(count)
    for step in steps:
        head = head.stepped(step)
        assert 0 <= head.n < count
    assert head.stepped(-count).at_first
    assert head.stepped(count).at_last


def test_to_refuses_a_frame_that_is_not_there() -> None:
    with pytest.raises(FrameOutOfRange, match="0 to 9"):
        Playhead(10).to(10)
    with pytest.raises(FrameOutOfRange, match="no frame -1"):
        Playhead(10).to(-1)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_marks_never_cross(n: int, a: int, b: int) -> None:
    head = Playhead(100, n).marked_in(a).marked_out(b)
    first, last = head.span()
    assert first <= last
    if a <= b:
        assert (head.mark_in, head.mark_out, head.marked_frames) == (a, b, b - a + 1)
    else:
        assert (head.mark_in, head.mark_out, head.marked_frames) == (None, b, None)
    again = head.marked_in(b + 1) if b < 99 else head
    assert again.mark_out is None or (again.mark_in or 0) <= again.mark_out
    assert head.unmarked().span() == (n, n)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("812", 812), ("#812", 812), (" 8 12 ", 812), ("8\u2009" "12", 812), ("+10", 110), ("-3", 97), ("\u22123", 97),
        ("00:00:27.067", 812), ("0:27", 810), ("27.067s", 812), ("27.5 s", 825), ("27,5s", 825), ("pts 415744", 812),
        ("PTS415744", 812), ("0", 0), ("0s", 0), ("+1s", 130), ("-1.5s", 55), ("+0:02", 160), ("\u22121.000s", 70),
        ("00:00:27:03", 813), ("0:0:0:29", 29), ("00:00:01;00", 30),
    ],
)  # fmt: skip
def test_goto_understands(text: str, expected: int) -> None:
    assert parse_goto(text, STEADY, 100) == expected


@pytest.mark.parametrize("text", ["", "here", "12x", "pts", "+", "1:2:3:4:5", "pts 7", "--3", "#", "27.5"])
def test_goto_refuses_with_one_line(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_goto(text, STEADY, 100)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["900", "+800", "-101", "00:01:00", "31s", "-4s", "+28s", "1:2:3:4", "0:0:1:30"])
def test_goto_refuses_beyond_the_clip(text: str) -> None:
    with pytest.raises(FrameOutOfRange):
        parse_goto(text, STEADY, 100)


@given(clocks(), st.data())
def test_the_time_shown_leads_back_to_the_frame(made: FrameClock, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(made) - 1))
    assume(all(made.duration(k) * made.time_base >= Fraction(1, 500) for k in range(len(made))))
    assert parse_goto(clock_text(made.at(n)), made, 0) == n


@given(clocks(), st.sampled_from(SPEEDS), st.data())
def test_play_reaches_each_frame_when_its_time_has_come(made: FrameClock, speed: Fraction, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(made) - 1))
    last = data.draw(st.integers(start, len(made) - 1))
    run = PlayRun(made, start, began_ns=77, speed=speed, last=last)
    assert run.frame_due(77) == start
    assert run.frame_due(0) == start
    now, shown = 77, [start]
    while not run.finished(now) and len(shown) < 200:
        now += run.wait_ns(shown[-1], now) + 1000
        shown.append(run.frame_due(now))
    assert shown[: last - start + 1] == list(range(start, last + 1))
    assert run.finished(77 + int(made.length / speed * NANOSECONDS) + 1000)


@given(clocks(), st.sampled_from(SPEEDS), st.data())
def test_play_backwards_reaches_each_frame_in_turn(made: FrameClock, speed: Fraction, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(made) - 1))
    last = data.draw(st.integers(0, start))
    run = PlayRun(made, start, began_ns=77, speed=-speed, last=last)
    assert run.frame_due(77) == start
    assert run.direction == -1
    now, shown = 77, [start]
    while not run.finished(now) and len(shown) < 200:
        now += run.wait_ns(shown[-1], now) + 1000
        shown.append(run.frame_due(now))
    assert shown[: start - last + 1] == list(range(start, last - 1, -1))
    assert run.finished(77 + int(made.length / speed * NANOSECONDS) + 1000)


def test_a_slow_screen_drops_frames_not_time() -> None:
    run = PlayRun(STEADY, 0, began_ns=0, speed=Fraction(2), last=899)
    assert run.frame_due(NANOSECONDS) == 60
    assert run.wait_ns(3, NANOSECONDS) == 0
    assert not run.finished(NANOSECONDS)


def _seen(number: str, first: int | None) -> Observation:
    return Observation(uid=number, number=number, exhibit="EX-001", term="note", first_frame=first, last_frame=first)


def test_observations_stand_in_clip_order() -> None:
    some = (_seen("OB-001", 50), _seen("OB-002", 10), _seen("OB-003", 50), _seen("OB-004", None))
    assert [o.number for o in in_clip_order(some)] == ["OB-002", "OB-001", "OB-003", "OB-004"]


def table_of(pts: list[int | None], durations: list[int]) -> FrameTable:
    count = len(pts)
    frames = FrameColumns(
        array("q", [NO_STAMP if p is None else p for p in pts]),
        array("q", durations),
        array("I", range(count)),
        array("B", bytes(count)),
        array("B", bytes(count)),
    )
    return FrameTable(TableFacts(0, TB, "d"), frames, PacketColumns(), b"")


@given(st.lists(st.none() | st.integers(-5000, 90_000), min_size=1, max_size=40), st.booleans(), st.data())
def test_the_clock_of_a_table_is_the_clock_of_its_stamps(
    pts: list[int | None], rising: bool, data: st.DataObject
) -> None:
    stamps: list[int | None] = list(sorted({p for p in pts if p is not None}) or [7]) if rising else list(pts)
    durations = data.draw(st.lists(st.integers(0, 4000), min_size=len(stamps), max_size=len(stamps)))
    table = table_of(stamps, durations)
    fast, plain = FrameClock.of(table), FrameClock.build(stamps, durations, TB)
    silent = not any(p is not None for p in stamps)
    assert fast.stated == table.stamps_increase
    assert list(fast.pts) == list(plain.pts)
    assert fast.usual == plain.usual
    if silent:  # then lengths alone count, and the table's word for them holds
        assert fast.starts == table.starts
    else:
        assert (list(fast.starts), fast.end) == (list(plain.starts), plain.end)
        assert fast.unusual(Fraction(1)) == plain.unusual(Fraction(1))
    for times in (Fraction(1), Fraction(3, 2)):
        limit = fast.usual * times
        slow = [n for n in range(len(fast)) if fast.duration(n) > limit or (fast.backward(n) and not silent)]
        assert fast.unusual(times) == slow


def test_where_no_stamp_is_given_the_usual_length_is_that_of_the_frames() -> None:
    clock = FrameClock.of(table_of([None] * 5, [40, 40, 40, 90, 40]))
    assert (clock.usual, list(clock.starts), clock.end) == (40, [0, 40, 80, 120, 210], 250)
    assert not clock.stated
    assert clock.unusual(Fraction(3, 2)) == [3]


def test_a_table_without_frames_has_no_clock() -> None:
    with pytest.raises(ValueError, match="at least one frame"):
        FrameClock.of(table_of([], []))
