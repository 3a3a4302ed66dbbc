"""Makes damaged copies of media files: bits turned, ends cut, and fields of MP4, MKV, TS and AVI headers changed.

Each mutation takes the bytes and a random source and returns other bytes; the same seed gives the same file.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator

Mutation = Callable[[bytes, random.Random], bytes]

_ODD = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_MP4_PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex", b"udta", b"dinf"}
_MP4_FIELDS = {b"tkhd", b"mvhd", b"mdhd", b"stsd", b"stts", b"ctts", b"stsc", b"stsz", b"stco", b"co64", b"stss"}
_MP4_FIELDS |= {b"elst", b"trun", b"tfhd", b"tfdt", b"trex", b"hdlr", b"dref", b"avcC", b"sidx", b"mfhd", b"tfra"}
_MKV_PARENTS = {
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0xAE,
    0xE0,
    0xE1,
    0x1F43B675,
    0xA0,
    0x1C53BB6B,
    0xBB,
    0xB7,
}
_TS = 188


# -------------------------------------------------------------------------------------------------------- any format


def turn_bits(data: bytes, draw: random.Random) -> bytes:
    """Turn a few bits anywhere, or many."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 3, 10, 100, len(data) // 50 + 1))):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def turn_head_bits(data: bytes, draw: random.Random) -> bytes:
    """Turn bits where headers are: in the first and last two thousand bytes."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 4, 20))):
        at = draw.randrange(min(2000, len(data)))
        changed[at if draw.random() < 0.6 else -1 - at] ^= 1 << draw.randrange(8)
    return bytes(changed)


def cut(data: bytes, draw: random.Random) -> bytes:
    """Keep a part: without the end, without the start, or without a piece in the middle."""
    first, last = sorted((draw.randrange(len(data)), draw.randrange(len(data))))
    return draw.choice((data[: last or 1], data[first:], data[:first] + data[last:]))


def overwrite(data: bytes, draw: random.Random) -> bytes:
    """Put a block of zeros, ones or noise over a place."""
    at, size = draw.randrange(len(data)), draw.choice((4, 16, 188, 1024, 8192))
    block = draw.choice((b"\0" * size, b"\xff" * size, draw.randbytes(size)))
    return (data[:at] + block + data[at + size :])[: len(data)]


def repeat(data: bytes, draw: random.Random) -> bytes:
    """Put a piece in twice, or at another place."""
    first, last = sorted((draw.randrange(len(data)), draw.randrange(len(data))))
    at = draw.randrange(len(data))
    return data[:at] + data[first : min(last, first + 20_000)] + data[at:]


# -------------------------------------------------------------------------------------------------------- MP4 and MOV


def mp4_fields(data: bytes, draw: random.Random) -> bytes:
    """Change sizes, counts, offsets, times and dimensions in boxes."""
    boxes = list(_boxes(data, 0, len(data)))
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5))):
        at, kind, size = draw.choice(boxes)
        inside = size - 8
        what = draw.random()
        if what < 0.25 or inside < 4:
            _put(changed, at, ">I", _odd(draw, size))
        elif what < 0.35:
            changed[at + 4 : at + 8] = draw.choice(boxes)[1]
        elif kind in _MP4_FIELDS:
            _put(changed, at + 8 + 4 * draw.randrange(min(inside // 4, 40)), ">I", _odd(draw, size))
        else:
            _put(changed, at + 8 + draw.randrange(inside - 3), ">I", _odd(draw, size))
    return bytes(changed)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes, int]]:
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > end:
            return
        yield at, kind, size
        if kind in _MP4_PARENTS:
            yield from _boxes(data, at + 8, at + size)
        elif kind == b"stsd" and size > 102:
            yield at + 16, data[at + 20 : at + 24], size - 16
            yield from _boxes(data, at + 102, at + size)
        at += size


# --------------------------------------------------------------------------------------------------- Matroska and WebM


def mkv_fields(data: bytes, draw: random.Random) -> bytes:
    """Change sizes, numbers, names and contents of elements."""
    elements = list(_elements(data, 0, len(data)))
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5))):
        at, size_at, body, size = draw.choice(elements)
        what = draw.random()
        if what < 0.35:
            changed[size_at : size_at + min(body - size_at, 8)] = _vint(draw, body - size_at)
        elif what < 0.45:
            changed[at] ^= 1 << draw.randrange(8)
        elif size:
            for place in range(body, body + min(size, draw.choice((1, 2, 4, 8)))):
                changed[place] = draw.choice((0, 0xFF, draw.randrange(256)))
    return bytes(changed[: len(data)])


def _elements(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    while at + 2 <= end:
        name_size = 9 - data[at].bit_length() if data[at] else 0
        if not 1 <= name_size <= 4 or at + name_size >= end or not data[at + name_size]:
            return
        name = int.from_bytes(data[at : at + name_size], "big")
        size_at = at + name_size
        width = 9 - data[size_at].bit_length()
        size = int.from_bytes(data[size_at : size_at + width], "big") & ((1 << 7 * width) - 1)
        body = size_at + width
        if size == (1 << 7 * width) - 1:
            size = end - body
        if body + size > end:
            return
        yield at, size_at, body, size
        if name in _MKV_PARENTS:
            yield from _elements(data, body, body + size)
        at = body + size


def _vint(draw: random.Random, width: int) -> bytes:
    largest = (1 << 7 * width) - 1
    value = draw.choice((0, 1, largest, largest - 1, draw.randrange(largest + 1)))
    return (value | 1 << 7 * width).to_bytes(width, "big")


# --------------------------------------------------------------------------------------------------- transport streams


def ts_fields(data: bytes, draw: random.Random) -> bytes:
    """Change packet headers, tables, clock references and the stamps of the streams within."""
    changed = bytearray(data)
    count = len(data) // _TS
    for _ in range(draw.choice((1, 3, 10, 50))):
        at = _TS * draw.randrange(min(count, draw.choice((4, 40, count))))
        place = at + draw.choice((1, 2, 3, 4, 5, *range(6, 40)))
        changed[place] = draw.choice((0, 0xFF, changed[place] ^ 1 << draw.randrange(8), draw.randrange(256)))
        if draw.random() < 0.2:
            other = _TS * draw.randrange(count)
            changed[at : at + _TS], changed[other : other + _TS] = (
                changed[other : other + _TS],
                changed[at : at + _TS],
            )
    return bytes(changed)


# ---------------------------------------------------------------------------------------------------------------- AVI


def avi_fields(data: bytes, draw: random.Random) -> bytes:
    """Change chunk sizes, the headers' counts, rates and dimensions, and the index."""
    chunks = list(_chunks(data, 0, len(data)))
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5))):
        at, kind, size = draw.choice(chunks)
        if draw.random() < 0.3 or size < 4:
            _put(changed, at + 4, "<I", _odd(draw, size))
        elif kind in (b"avih", b"strh", b"strf", b"idx1", b"indx", b"dmlh"):
            _put(changed, at + 8 + 4 * draw.randrange(min(size // 4, 40)), "<I", _odd(draw, size))
        else:
            _put(changed, at + 8 + draw.randrange(size - 3), "<I", _odd(draw, size))
    return bytes(changed)


def _chunks(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes, int]]:
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", data, at)
        if at + 8 + size > end:
            return
        yield at, kind, size
        if kind in (b"RIFF", b"LIST"):
            yield from _chunks(data, at + 12, at + 8 + size)
        at += 8 + size + size % 2


def _odd(draw: random.Random, size: int) -> int:
    return draw.choice((*_ODD, size - 1, size + 1, size * 2, draw.randrange(1 << 32)))


def _put(changed: bytearray, at: int, form: str, value: int) -> None:
    if 0 <= at <= len(changed) - 4:
        struct.pack_into(form, changed, at, value & 0xFFFFFFFF)


ANY: tuple[Mutation, ...] = (turn_bits, turn_head_bits, cut, overwrite, repeat)
FIELDS: dict[str, Mutation] = {"mp4": mp4_fields, "mkv": mkv_fields, "ts": ts_fields, "avi": avi_fields}


def mutate(data: bytes, family: str, draw: random.Random) -> tuple[str, bytes]:
    """Return the name of what was done to a file and the damaged bytes; fields of headers half of the time.

    `family` is mp4, mkv, ts, avi, or any other word for a format whose fields are not known here.
    """
    fields = FIELDS.get(family)
    change = fields if fields is not None and draw.random() < 0.5 else draw.choice(ANY)
    return change.__name__, change(data, draw) or b"\0"
