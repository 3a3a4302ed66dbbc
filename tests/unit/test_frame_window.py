"""The window of pictures and the order of turns: what is kept, what goes, and who decodes."""

from __future__ import annotations

import threading
from fractions import Fraction

import av
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.frames import NO_PACKET, FrameColumns, FrameTable, PacketColumns, PacketFlag, TableFacts
from evidence_desk.worker.frame_map import FrameMap
from evidence_desk.worker.frame_window import FrameWindow
from evidence_desk.worker.lookahead import Pace
from evidence_desk.worker.turns import Turns


def picture() -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")


SIZE = sum(plane.buffer_size for plane in picture().planes)


def kept(window: FrameWindow, upto: int = 200) -> list[int]:
    return [n for n in range(upto) if window.get(n) is not None]


def test_the_window_keeps_what_is_near_and_stays_in_its_budget() -> None:
    window = FrameWindow(10 * SIZE)
    window.aim(49, 1)
    for n in range(50):
        window.put(n, picture())
        assert window.held <= 10 * SIZE
    assert kept(window) == list(range(40, 50))
    assert (window.bottom(49), window.top(40, 5), window.top(48, 5), window.capacity) == (40, 45, 49, 10)
    assert (window.bottom(60), window.top(60, 5)) == (61, 59)
    window.clear()
    assert window.held == 0


def test_stepping_backward_the_room_lies_behind() -> None:
    window = FrameWindow(20 * SIZE)
    window.aim(60, -1)
    for n in range(60, 80):
        window.put(n, picture())
    window.aim(60, -1)
    for n in range(30, 60):
        window.put(n, picture())
    assert kept(window) == list(range(49, 69)), "eight ahead at most, the rest behind"


@given(
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from((-1, 0, 1)), st.integers(0, 60)), max_size=80),
)
def test_never_over_budget_and_the_target_stays(room: int, moves: list[tuple[int, int, int]]) -> None:
    window = FrameWindow(room * SIZE)
    for target, direction, n in moves:
        window.aim(target, direction)
        had = window.get(target) is not None or n == target
        window.put(n, picture())
        assert window.held <= room * SIZE
        assert window.held == len(kept(window)) * SIZE
        assert not had or window.get(target) is not None


def test_one_picture_larger_than_the_budget_is_still_kept() -> None:
    window = FrameWindow(1)
    window.put(7, picture())
    assert window.get(7) is not None


def test_a_smaller_budget_holds_at_once() -> None:
    window = FrameWindow(10 * SIZE)
    window.aim(5, 1)
    for n in range(10):
        window.put(n, picture())
    window.set_budget(3 * SIZE)
    assert kept(window) == [4, 5, 6]


def test_a_picture_is_confirmed_only_while_it_is_the_one_kept() -> None:
    window = FrameWindow()
    first, second = picture(), picture()
    window.put(3, first)
    window.confirm(3, first)
    assert window.is_confirmed(3, first)
    window.put(3, second)
    assert not window.is_confirmed(3, second)
    window.confirm(3, first)
    assert not window.is_confirmed(3, second)


def test_the_pace_knows_steps_from_jumps() -> None:
    pace = Pace()
    told = []
    for at, n in enumerate((10, 11, 12, 12, 11, 9, 60, 62)):
        pace.asked(n, 100 + at / 10)
        told.append(pace.direction)
    assert told == [0, 1, 1, 1, -1, -1, 0, 1]


def test_a_request_waits_only_for_what_is_under_way() -> None:
    turns = Turns()
    order: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def looks_ahead() -> None:
        with turns.second:
            started.set()
            assert go_on.wait(5)
            order.append("ahead")
        with turns.second:
            order.append("ahead again")

    def asks() -> None:
        with turns:
            order.append("asked")

    threads = [threading.Thread(target=looks_ahead), threading.Thread(target=asks)]
    threads[0].start()
    assert started.wait(5)
    threads[1].start()
    while not turns.wanted:
        pass
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert order == ["ahead", "asked", "ahead again"]


def table_of(packets_of_frames: list[int], keys: set[int], places: list[tuple[int, int]]) -> FrameTable:
    frames, packets = FrameColumns(), PacketColumns()
    for packet in packets_of_frames:
        for column, value in ((frames.pts, 0), (frames.duration, 1), (frames.packet, packet), (frames.flags, 0)):
            column.append(value)
        frames.pict_type.append(1)
    for p, (pos, size) in enumerate(places):
        packets.pts.append(p)
        packets.dts.append(p)
        packets.pos.append(pos)
        packets.size.append(size)
        packets.flags.append(PacketFlag.KEY if p in keys else 0)
    return FrameTable(TableFacts(0, Fraction(1, 25), "x"), frames, packets, b"")


@given(st.lists(st.integers(0, 9) | st.just(NO_PACKET), max_size=30), st.sets(st.integers(0, 9)))
def test_the_map_is_the_table_turned_round(packets: list[int], keys: set[int]) -> None:
    places = [(100 * (p // 2), 7 + p % 3) for p in range(10)]
    found = FrameMap(table_of(packets, keys, places))
    assert found.keys == sorted(keys)
    for p in range(10):
        assert found.rows(p) == [n for n, packet in enumerate(packets) if packet == p]
        assert p in found.packets_at(*places[p])
    assert found.rows(NO_PACKET) == []
    assert found.packets_at(50, 7) == []
    for n, packet in enumerate(packets):
        first = {key: found.rows(key)[0] if found.rows(key) else n for key in keys if key <= packet}
        homes = [key for key, shown in first.items() if shown <= n]
        assert found.home(n) == (found.keys.index(max(homes)) if homes else -1)


def test_a_held_key_leaves_the_answer_its_way_and_requests_without_rest_do_not() -> None:
    pace = Pace()
    for n in range(1, 40):
        pace.asked(n, n / 30)
    assert not pace.hurried
    for n in range(40, 80):
        pace.asked(n, 40 / 30 + n / 200)
    assert pace.hurried
