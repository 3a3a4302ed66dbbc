"""Streams that no encoder here writes: H.264 in field pictures, packed B-frames, JPEG fields; and an AVI writer."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

Cut = Callable[[Path], None]


class Bits:
    """Bits put one behind the other, as H.264 and MPEG-4 count them."""

    def __init__(self) -> None:
        self._text: list[str] = []

    def put(self, value: int, width: int) -> Bits:
        """Add a number of so many bits."""
        self._text.append(f"{value:0{width}b}" if width else "")
        return self

    def ue(self, *values: int) -> Bits:
        """Add numbers as unsigned Exp-Golomb codes."""
        for value in values:
            text = f"{value + 1:b}"
            self._text.append("0" * (len(text) - 1) + text)
        return self

    def se(self, value: int) -> Bits:
        """Add a number as a signed Exp-Golomb code."""
        return self.ue(2 * value - 1 if value > 0 else -2 * value)

    def align(self) -> Bits:
        """Fill up with zeros to the next whole byte."""
        return self.put(0, -len("".join(self._text)) % 8)

    def raw(self, data: bytes) -> Bits:
        """Add whole bytes."""
        self._text.append("".join(f"{byte:08b}" for byte in data))
        return self

    def bytes(self) -> bytes:
        """Return the bytes, the last filled with zeros."""
        text = "".join(self._text)
        text += "0" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big") if text else b""


# ------------------------------------------------------------------------------------------------ H.264, field pictures


def _nal(kind: int, importance: int, bits: Bits) -> bytes:
    body = bits.put(1, 1).bytes()
    escaped, zeros = bytearray(), 0
    for byte in body:
        if zeros >= 2 and byte <= 3:
            escaped.append(3)
            zeros = 0
        escaped.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return b"\0\0\0\1" + bytes([importance << 5 | kind]) + bytes(escaped)


def _parameters(columns: int, rows: int) -> bytes:
    """Return sequence and picture parameters: main profile, fields allowed, `rows` counted in pairs of fields."""
    sequence = Bits().put(77, 8).put(0, 8).put(30, 8).ue(0, 0, 0, 2, 4).put(0, 1).ue(columns - 1, rows - 1)
    sequence.put(0, 1).put(0, 1).put(1, 1).put(0, 1).put(1, 1)  # frame_mbs_only 0, no MBAFF, 8x8, no crop, VUI:
    sequence.put(0, 4).put(1, 1).put(1, 32).put(50, 32).put(1, 1)  # only timing, 25 frames a second, fixed
    sequence.put(0, 2).put(0, 1).put(0, 1)
    picture = Bits().ue(0, 0).put(0, 1).put(0, 1).ue(0, 0, 0).put(0, 3).se(0).se(0).se(0).put(0, 3)
    return _nal(7, 3, sequence) + _nal(8, 3, picture)


def _field(number: int, order: int, bottom: bool, key: bool, blocks: Sequence[bytes]) -> bytes:
    """Return one field as a slice: macroblocks as plain samples, or (no blocks) all skipped from the field before."""
    kind = 7 if blocks else 5
    bits = Bits().ue(0, kind, 0).put(number % 16, 4)
    bits.put(1, 1).put(int(bottom), 1)
    if key:
        bits.ue(0)
    bits.put(order % 64, 6)
    if not blocks:
        bits.put(0, 1)
    # references: two fields at first, no reordering; marking: slide the window (or, on a key, none)
    if not blocks:
        bits.put(0, 1)
    bits.put(0, 2) if key else bits.put(0, 1)
    bits.se(0)
    return _nal(5 if key else 1, 2, _body(bits, blocks))


def _body(bits: Bits, blocks: Sequence[bytes]) -> Bits:
    for samples in blocks:
        bits.ue(25).align().raw(samples)
    return bits if blocks else bits.ue(_MACROBLOCKS)


_COLUMNS, _ROWS = 3, 2
_MACROBLOCKS = _COLUMNS * _ROWS


def _samples(n: int, bottom: bool) -> list[bytes]:
    """Return the six macroblocks of one field, different for every field: 256 luma, 64 + 64 chroma samples each."""
    seed = 2 * n + bottom
    return [
        bytes(16 + (x * 3 + seed * 11 + block * 29 + x // 16 * 5) % 200 for x in range(256))
        + bytes(64 + (x + seed * 7) % 120 for x in range(128))
        for block in range(_MACROBLOCKS)
    ]


def field_pictures(out: str, frames: int = 24, gop: int = 6, alone: bool = False) -> Cut:
    """Write raw H.264 whose frames are pairs of fields (key: two intra fields, first IDR; then intra and skipped ones).

    `alone` leaves out the second field of one frame, as a cut recording does.
    """

    def run(folder: Path) -> None:
        stream = b""
        for n in range(frames):
            at = n % gop
            stream += b"\0\0\0\1\x09\xf0" + (_parameters(_COLUMNS, _ROWS) if at == 0 else b"")
            intra = at % 3 == 0
            stream += _field(at, 2 * at, False, at == 0, _samples(n, False) if intra or at % 3 == 1 else [])
            if alone and n == frames // 2:
                continue
            second = b"\0\0\0\1\x09\xf0"
            stream += second + _field(at, 2 * at + 1, True, False, _samples(n, True) if intra or at % 3 == 2 else [])
        (folder / out).write_bytes(stream)

    return run


# ------------------------------------------------------------------------------------------------------------------ AVI


def avi(chunks: Sequence[bytes], fourcc: bytes, size: tuple[int, int], keys: set[int], index: bool = True) -> bytes:
    """Return an AVI of 25 pictures a second with these chunks; an empty chunk stands for a dropped picture."""
    movi, entries = b"movi", b""
    for n, chunk in enumerate(chunks):
        entries += struct.pack("<4sIII", b"00dc", 16 if n in keys else 0, len(movi), len(chunk))
        movi += struct.pack("<4sI", b"00dc", len(chunk)) + chunk + b"\0" * (len(chunk) % 2)
    width, height = size
    main = struct.pack("<14I", 40000, 0, 0, 0x10 if index else 0, len(chunks), 0, 1, 0, width, height, 0, 0, 0, 0)
    times = (0, 1, 25, 0, len(chunks), 1 << 16, 0xFFFFFFFF, 0)
    stream = struct.pack("<4s4sIHH8I4H", b"vids", fourcc, 0, 0, 0, *times, 0, 0, width, height)
    picture = struct.pack("<IiiHH4sIiiII", 40, width, height, 1, 24, fourcc, width * height * 3, 0, 0, 0, 0)
    header = _riff(b"avih", main) + _list(b"strl", _riff(b"strh", stream) + _riff(b"strf", picture))
    body = b"AVI " + _list(b"hdrl", header) + _riff(b"LIST", movi) + (_riff(b"idx1", entries) if index else b"")
    return _riff(b"RIFF", body)


def _riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _list(kind: bytes, body: bytes) -> bytes:
    return _riff(b"LIST", kind + body)


def _split(data: bytes, mark: bytes) -> list[bytes]:
    """Return the pieces of the data, each starting with the mark; what lies before the first goes with it."""
    places, at = [], data.find(mark)
    while at >= 0:
        places.append(at)
        at = data.find(mark, at + len(mark))
    starts = [0, *places[1:], len(data)]
    return [data[a:b] for a, b in pairwise(starts)]


def _mpeg4_pictures(data: bytes) -> list[bytes]:
    """Return the coded pictures of a raw MPEG-4 stream, each with the headers that lie before it."""
    pieces: list[bytes] = []
    waiting = b""
    for piece in _split(data, b"\0\0\1\xb6"):
        at = piece.index(b"\0\0\1\xb6")
        ends = [e for mark in (b"\0\0\1\xb0", b"\0\0\1\xb3", b"\0\0\1\0") if (e := piece.find(mark, at + 4)) > 0]
        end = min(ends, default=len(piece))
        pieces.append(waiting + piece[:end])
        waiting = piece[end:]
    return pieces


def packed_b_frames(source: str, out: str) -> Cut:
    """Pack each B-frame of a raw MPEG-4 stream (one B between references, 25/s) with the reference it needs.

    That is how DivX wrote them: a chunk holds P and B, the next a seven-byte picture that is not coded.
    """

    def run(folder: Path) -> None:
        pictures = _mpeg4_pictures((folder / source).read_bytes())
        chunks: list[bytes] = []
        keys: set[int] = set()
        for picture in pictures:
            at = picture.index(b"\0\0\1\xb6")
            kind = picture[at + 4] >> 6
            if kind == 0:
                keys.add(len(chunks))
            if not chunks:
                note = b"\0\0\1\xb2DivX503b1393p"
                chunks.append(picture[:at] + note + picture[at:])
                continue
            if kind == 2:
                chunks[-1] += picture
                chunks.append(
                    b"\0\0\1\xb6" + Bits().put(1, 2).put(0, 1).put(1, 1).put(0, 5).put(1, 1).put(0, 1).bytes()
                )
            else:
                chunks.append(picture)
        (folder / out).write_bytes(avi(chunks, b"DX50", (96, 64), keys))

    return run


def jpeg_fields(top: str, bottom: str, out: str) -> Cut:
    """Put two JPEG fields of half height into each chunk, marked as Motion-JPEG hardware did."""

    def run(folder: Path) -> None:
        both = zip(*(_split((folder / name).read_bytes(), b"\xff\xd8\xff") for name in (top, bottom)), strict=True)
        chunks = [b"".join(_polarity(field, n + 1) for n, field in enumerate(pair)) for pair in both]
        (folder / out).write_bytes(avi(chunks, b"MJPG", (96, 64), set(range(len(chunks)))))

    return run


def _polarity(field: bytes, number: int) -> bytes:
    return field[:2] + b"\xff\xe0\x00\x10AVI1" + bytes([number]) + bytes(9) + field[2:]


def dropped_pictures(source: str, out: str, mark: bytes, fourcc: bytes, every: int) -> Cut:
    """Write an AVI in which an empty chunk stands after so many pictures: the recorder dropped one."""

    def run(folder: Path) -> None:
        chunks: list[bytes] = []
        for n, picture in enumerate(_split((folder / source).read_bytes(), mark)):
            chunks.append(picture)
            if n % every == every - 1:
                chunks.append(b"")
        (folder / out).write_bytes(avi(chunks, fourcc, (96, 64), {n for n, c in enumerate(chunks) if c}))

    return run


def without_index(source: str, out: str, mark: bytes, fourcc: bytes) -> Cut:
    """Write an AVI that has no index at all."""

    def run(folder: Path) -> None:
        pictures = _split((folder / source).read_bytes(), mark)
        (folder / out).write_bytes(avi(pictures, fourcc, (96, 64), set(), index=False))

    return run
