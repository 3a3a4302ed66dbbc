"""MPEG-2 video in field pictures, as broadcast and DVD recorders write it and no encoder here does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.contract.zoo_streams import Bits

_COLUMNS, _ROWS = 3, 2
_LUMA = ("100", "00", "01", "101", "110", "1110", "11110", "111110", "1111110")
_CHROMA = ("00", "01", "10", "110", "1110", "11110", "111110", "1111110", "11111110")
_TOP, _BOTTOM = 1, 2
_INTRA, _PREDICTED = 1, 2


def _part(code: int, bits: Bits) -> bytes:
    return bytes((0, 0, 1, code)) + bits.bytes()


def _sequence() -> bytes:
    size = Bits().put(_COLUMNS * 16, 12).put(_ROWS * 32, 12).put(1, 4).put(3, 4)
    size.put(5000, 18).put(1, 1).put(20, 10).put(0, 3)
    more = Bits().put(1, 4).put(0x48, 8).put(0, 1).put(1, 2).put(0, 4).put(0, 12).put(1, 1).put(0, 8).put(0, 8)
    return _part(0xB3, size) + _part(0xB5, more)


def _picture(kind: int, structure: int, order: int) -> bytes:
    head = Bits().put(order, 10).put(kind, 3).put(0xFFFF, 16)
    if kind == _PREDICTED:
        head.put(7, 4)
    head.put(0, 1)
    reach = (1, 1, 15, 15) if kind == _PREDICTED else (15, 15, 15, 15)
    more = Bits().put(8, 4)
    for code in reach:
        more.put(code, 4)
    more.put(0, 2).put(structure, 2).put(0, 10)
    return _part(0x00, head) + _part(0xB5, more)


def _level(bits: Bits, table: tuple[str, ...], change: int) -> None:
    """Add one block that holds nothing but its mean, as the difference to the mean before."""
    size = abs(change).bit_length()
    bits.put(int(table[size], 2), len(table[size]))
    if size:
        bits.put(change if change > 0 else change + (1 << size) - 1, size)
    bits.put(0b10, 2)


def _slices(kind: int, seed: int, reference: int | None) -> bytes:
    whole = b""
    for row in range(_ROWS):
        bits = Bits().put(4, 5).put(0, 1)
        means = [128, 128, 128]
        for column in range(_COLUMNS):
            bits.put(1, 1)
            if reference is not None and (column + seed) % 3:
                bits.put(1, 3).put(0b01, 2).put(seed % 2, 1).put(
                    0b11, 2
                )  # from a field before, not moved, nothing added
                means = [128, 128, 128]
                continue
            bits.put(0b00011 if kind == _PREDICTED else 1, 5 if kind == _PREDICTED else 1)
            for block in range(6):
                part = max(0, block - 3)
                wanted = 30 + (seed * 17 + row * 41 + column * 23 + block * 9) % 190
                _level(bits, _CHROMA if part else _LUMA, wanted - means[part])
                means[part] = wanted
        whole += _part(row + 1, bits)
    return whole


def mpeg2_fields(out: str, frames: int = 24, gop: int = 6) -> Callable[[Path], None]:
    """Write raw MPEG-2 whose pictures are fields: a pair that refers to nothing, then predicted ones."""

    def run(folder: Path) -> None:
        stream = b""
        for n in range(frames):
            at = n % gop
            if at == 0:
                stream += _sequence() + _part(0xB8, Bits().put(1 << 12, 25).put(1, 1).put(0, 1))
            first = _INTRA if at == 0 else _PREDICTED
            stream += _picture(first, _TOP, at) + _slices(first, 2 * n, n % 2 if at > 1 else None)
            stream += _picture(_PREDICTED, _BOTTOM, at) + _slices(_PREDICTED, 2 * n + 1, n % 2 if at else None)
        (folder / out).write_bytes(stream + b"\0\0\1\xb7")

    return run
