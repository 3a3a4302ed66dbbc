"""The frame table: numbers, time by stamps and by best effort, hashes, and its way through bytes."""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.frames import (
    HASH_SIZE,
    NO_PACKET,
    NO_STAMP,
    FrameColumns,
    FrameFlag,
    FrameTable,
    PacketColumns,
    TableFacts,
)
from evidence_desk.media import frame_store


def make_table(
    pts: list[int | None],
    *,
    tick: Fraction = Fraction(1, 1000),
    step: Fraction | None = Fraction(1, 25),
    length: int = 0,
) -> FrameTable:
    count = len(pts)
    frames = FrameColumns(
        pts=array("q", [NO_STAMP if p is None else p for p in pts]),
        duration=array("q", [length] * count),
        packet=array("I", range(count)),
        pict_type=array("B", [1] * count),
        flags=array("B", [FrameFlag.KEY if n % 5 == 0 else 0 for n in range(count)]),
    )
    packets = PacketColumns(
        pts=array("q", frames.pts),
        dts=array("q", frames.pts),
        pos=array("q", [100 * n for n in range(count)]),
        size=array("I", [100] * count),
        flags=array("B", [0] * count),
    )
    hashes = b"".join(n.to_bytes(HASH_SIZE, "big") for n in range(count))
    return FrameTable(TableFacts(0, tick, "decoder 1", nominal_step=step, notes=("a note",)), frames, packets, hashes)


def test_time_runs_from_frame_zero_and_names_the_frame_shown() -> None:
    table = make_table([1400, 1440, 1500, 1520])
    assert [table.time_of(n) for n in range(4)] == [Fraction(x, 1000) for x in (0, 40, 100, 120)]
    assert [table.frame_at(Fraction(x, 1000)) for x in (-5, 0, 39, 40, 99, 100, 5000)] == [0, 0, 0, 1, 1, 2, 3]
    assert table.duration == Fraction(160, 1000)
    assert table.time_is_exact


def test_rounded_stamps_are_not_a_variable_rate_but_a_skipped_tick_is() -> None:
    assert not make_table([0, 33, 67, 100, 133]).variable
    assert make_table([0, 1, 2, 4, 5], tick=Fraction(1, 25)).variable
    assert make_table([0, 40, 90]).variable
    assert make_table([0, 40, 120]).rates == (Fraction(25, 2), Fraction(25))


@pytest.mark.parametrize("pts", [[None, 40, 80], [0, None, 80], [0, 40, 40], [0, 80, 40]])
def test_stamps_that_fail_are_named_and_time_still_goes_forward(pts: list[int | None]) -> None:
    table = make_table(pts)
    assert not table.stamps_increase
    assert any(table.pts_note(n) for n in range(3))
    times = [table.time_of(n) for n in range(3)]
    assert times[0] == 0
    assert times == sorted(set(times))


def test_a_row_tells_what_the_columns_hold() -> None:
    table = make_table([0, 40], length=40)
    row = table.row(1)
    assert (row.n, row.pts, row.duration, row.key, row.pos, row.size, row.pict_type) == (
        1,
        40,
        40,
        False,
        100,
        100,
        "I",
    )
    assert table.row(0).key
    assert table.find_hash(row.hash) == [1]
    assert table.find_hash("ff" * 32) == []
    with pytest.raises(IndexError):
        table.row(2)


def test_a_frame_without_a_packet_has_no_position() -> None:
    table = make_table([0])
    table.frames.packet[0] = NO_PACKET
    assert table.row(0).pos is None


def test_columns_of_different_length_are_refused() -> None:
    table = make_table([0, 40])
    with pytest.raises(ValueError, match="differ in length"):
        FrameTable(table.facts, table.frames, PacketColumns(pts=array("q", [1])), table.hashes)
    with pytest.raises(ValueError, match="differ in length"):
        FrameTable(table.facts, table.frames, table.packets, table.hashes[:-1])


STAMPS = st.lists(st.one_of(st.none(), st.integers(-(2**40), 2**40)), max_size=60)


@given(STAMPS, st.integers(0, 5000))
def test_time_always_goes_forward_and_frame_at_finds_its_own_start(pts: list[int | None], length: int) -> None:
    table = make_table(pts, length=length)
    times = [table.time_of(n) for n in range(len(table))]
    assert all(a < b for a, b in pairwise(times))
    assert [table.frame_at(t) for t in times] == list(range(len(table)))


@given(st.lists(st.none() | st.integers(-3, 3), max_size=5))
def test_stamps_increase_where_each_is_there_and_later_than_the_one_before(pts: list[int | None]) -> None:
    known = [p for p in pts if p is not None]
    rising = len(known) == len(pts) and all(a < b for a, b in pairwise(known))
    assert make_table(pts).stamps_increase == rising


@given(STAMPS)
def test_a_table_survives_its_bytes(pts: list[int | None]) -> None:
    table = make_table(pts)
    again = frame_store.unpack(frame_store.pack(table))
    assert list(again) == list(table)
    assert again.facts == table.facts
    assert frame_store.pack(again) == frame_store.pack(table)


def test_a_table_says_that_it_is_provisional_and_keeps_saying_so() -> None:
    table = make_table([0, 40])
    outline = FrameTable(replace(table.facts, provisional=True), table.frames, table.packets, table.hashes)
    assert [t.provisional for t in (table, outline)] == [False, True]
    assert [frame_store.unpack(frame_store.pack(t)).provisional for t in (table, outline)] == [False, True]


def test_a_table_of_the_first_version_is_read_as_confirmed() -> None:
    table = make_table([0, None, 80], length=40)
    packed = frame_store.pack(table)
    prefix = struct.Struct("<4sHxxIQQI")
    magic, version, size, frames, packets, _ = prefix.unpack_from(packed)
    assert version == 2
    facts = json.loads(packed[prefix.size : prefix.size + size])
    del facts["provisional"]  # what version 1 did not have
    old = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()
    body = old + packed[prefix.size + size :]
    first = prefix.pack(magic, 1, len(old), frames, packets, zlib.crc32(body)) + body
    again = frame_store.unpack(first)
    assert not again.provisional
    assert again.facts == table.facts
    assert list(again) == list(table)
    future = prefix.pack(magic, 3, len(old), frames, packets, zlib.crc32(body)) + body
    with pytest.raises(frame_store.FrameTableDamaged, match="version"):
        frame_store.unpack(future)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_is_noticed(at: int, change: int) -> None:
    data = bytearray(frame_store.pack(make_table([0, 40, 80])))
    data[at % len(data)] ^= change
    if 6 <= at % len(data) < 8:
        return  # the two bytes of padding carry nothing
    if at % len(data) == 4 and change == 3:
        return  # version 2 turned into version 1, which is read too and means the same
    with pytest.raises(frame_store.FrameTableDamaged):
        frame_store.unpack(bytes(data))


def test_a_cut_file_is_refused_and_saving_leaves_no_part(tmp_path: Path) -> None:
    path = tmp_path / "deep" / frame_store.file_name("PyAV 18.1.0 / libavcodec 62 h264")
    frame_store.save(make_table([0, 40]), path)
    assert [p.name for p in path.parent.iterdir()] == ["frames-PyAV-18.1.0---libavcodec-62-h264.edft"]
    assert len(frame_store.load(path)) == 2
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(frame_store.FrameTableDamaged):
        frame_store.load(path)
