"""The small parts of the media engine: messages, the picture window, boxes, and how a picture is turned."""

from __future__ import annotations

import contextlib
import io
import struct
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.media.protocol import Message, ProtocolError, read_message, write_message
from evidence_desk.worker.display import Orientation, shown_size, turned
from evidence_desk.worker.mp4_boxes import read_boxes

# --------------------------------------------------------------------------------------------------------- messages

VALUES = st.recursive(st.none() | st.integers() | st.text(), lambda v: st.lists(v, max_size=3), max_leaves=5)


@given(st.lists(st.tuples(st.dictionaries(st.text(), VALUES, max_size=4), st.binary(max_size=200)), max_size=4))
def test_messages_arrive_as_they_were_sent(sent: list[tuple[dict[str, object], bytes]]) -> None:
    stream = io.BytesIO()
    for head, blob in sent:
        write_message(stream, Message(head, blob))
    stream.seek(0)
    for head, blob in sent:
        got = read_message(stream)
        assert got is not None
        assert (got.head, got.blob) == (head, blob)
    assert read_message(stream) is None


@given(st.binary(max_size=300))
def test_anything_else_ends_or_is_refused(noise: bytes) -> None:
    stream = io.BytesIO(noise)
    with contextlib.suppress(ProtocolError):
        while read_message(stream) is not None:
            pass
    assert stream.tell() <= len(noise)


# ------------------------------------------------------------------------------------------------------------ boxes


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def test_boxes_tell_edits_dates_and_what_follows() -> None:
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, 3_800_000_000, 3_800_000_060, 1000, 5000) + bytes(80))
    elst = box(b"elst", struct.pack(">IIIihhIihh", 0, 2, 500, -1, 1, 0, 4000, 1024, 1, 0))
    moov = box(b"moov", mvhd + box(b"trak", box(b"edts", elst)))
    data = box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", bytes(100)) + moov + b"tail!"
    facts = read_boxes(io.BytesIO(data), len(data))
    assert (facts.brands, facts.order, facts.trailing) == ("isom", ["ftyp", "mdat", "moov"], 5)
    assert facts.edits == ["track 1: empty, 0.500 s", "track 1: from media tick 1024, 4.000 s"]
    assert facts.dates["movie created"] == "2024-05-31T11:33:20Z"


@given(
    st.binary(max_size=400),
    st.lists(st.sampled_from([b"moov", b"trak", b"mvhd", b"elst", b"hdlr", b"edts"]), max_size=4),
)
def test_no_bytes_make_the_box_reader_fail(noise: bytes, around: list[bytes]) -> None:
    data = noise
    for kind in around:
        data = box(kind, data)
    read_boxes(io.BytesIO(data), len(data))


# ---------------------------------------------------------------------------------------------------------- display


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (Orientation(), [[1, 2], [3, 4]]),
        (Orientation(90), [[3, 1], [4, 2]]),
        (Orientation(180), [[4, 3], [2, 1]]),
        (Orientation(270), [[2, 4], [1, 3]]),
        (Orientation(0, True), [[2, 1], [4, 3]]),
        (Orientation(90, True), [[4, 2], [3, 1]]),
    ],
)
def test_a_picture_is_mirrored_first_and_turned_clockwise(orientation: Orientation, expected: list[list[int]]) -> None:
    plain = np.repeat(np.array([[1, 2], [3, 4]], np.uint8)[:, :, None], 3, axis=2)
    result = turned(plain, orientation)
    assert result[:, :, 0].tolist() == expected
    assert result.flags.c_contiguous


SIDES = st.integers(1, 8000)


@given(SIDES, SIDES, st.fractions(Fraction(1, 10), Fraction(10)), SIDES, SIDES)
def test_no_pixel_is_thrown_away_unless_a_limit_asks(
    width: int, height: int, sar: Fraction, most: int, high: int
) -> None:
    wide, tall = shown_size(width, height, sar, None)
    assert wide >= width
    assert tall >= height
    fitted = shown_size(width, height, sar, (most, high))
    assert 1 <= fitted[0] <= max(1, most)
    assert 1 <= fitted[1] <= max(1, high)
