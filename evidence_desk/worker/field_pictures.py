"""Tells the second field of an H.264 picture from the first, off the bytes of its packet.

Interlaced H.264 may keep the two fields of a picture in packets of their own (field_pic_flag); the decoder gives one
frame for both, carrying the first one's packet. Source of every name here: ITU-T H.264, 7.3.2.1.1 and 7.3.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from av.packet import Packet

_SLICE, _IDR_SLICE, _SPS = 1, 5, 7
# Profiles whose sequence parameters carry chroma format, bit depths and scaling lists.
_LONG_PROFILES = {44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244}
_START = b"\x00\x00\x01"
_UNIT_BYTES, _HEADER_BYTES = 256, 24  # more than sequence parameters and the fields read of a slice header take


@dataclass(frozen=True, slots=True)
class Sequence:
    """What the sequence parameters say of slice headers."""

    number_bits: int
    separate_planes: bool
    frames_only: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """The head of one slice: number of its frame, whether it is of a field, and of the bottom one."""

    frame_number: int
    field: bool
    bottom: bool


class FieldPairs:
    """Follows the packets of one H.264 stream in the order of the file."""

    def __init__(self, extradata: bytes) -> None:
        """Read the sequence parameters from the decoder's extra data, in either of its two forms."""
        self._length_size = (extradata[4] & 3) + 1 if len(extradata) > 6 and extradata[0] == 1 else 0
        parameters = _from_avcc(extradata) if self._length_size else list(_units(extradata, 0))
        found = [_sequence(unit) for unit in parameters if unit and unit[0] & 31 == _SPS]
        self._sequence = next((s for s in found if s is not None), None)
        self._open: Slice | None = None

    @property
    def possible(self) -> bool:
        """Tell whether the stream may hold field pictures at all."""
        return self._sequence is not None and not self._sequence.frames_only

    def begins_frame(self, packet: Packet[Any]) -> bool:
        """Tell whether the packet begins a frame: False where it is the second field of the one before."""
        slices = self._slices(bytes(packet))
        first = slices[0] if slices else None
        if first is None or not first.field or any(s.bottom != first.bottom for s in slices):
            self._open = None  # a whole frame, both fields, or nothing that can be read
            return True
        before, self._open = self._open, first
        if before is not None and before.bottom != first.bottom and before.frame_number == first.frame_number:
            self._open = None
            return False
        return True

    def _slices(self, data: bytes) -> list[Slice]:
        sequence = self._sequence
        if sequence is None:
            return []
        units = (u for u in _units(data, self._length_size) if u and u[0] & 31 in (_SLICE, _IDR_SLICE))
        try:
            return [_slice(unit, sequence) for unit in units]
        except IndexError:
            return []


def _units(data: bytes, length_size: int) -> Iterator[bytes]:
    """Yield the beginning of every unit: after start codes, or where lengths say (`length_size` bytes each)."""
    at = 0
    if length_size:
        while at + length_size < len(data):
            size = int.from_bytes(data[at : at + length_size], "big")
            at += length_size
            yield data[at : at + min(size, _UNIT_BYTES)]
            at += size
        return
    while (at := data.find(_START, at)) >= 0:
        at += len(_START)
        yield data[at : at + _UNIT_BYTES]


def _from_avcc(extradata: bytes) -> list[bytes]:
    count, at = extradata[5] & 31, 6
    units = []
    for _ in range(count):
        size = int.from_bytes(extradata[at : at + 2], "big")
        units.append(extradata[at + 2 : at + 2 + size])
        at += 2 + size
    return units


class _Bits:
    """Reads bits and Exp-Golomb numbers; IndexError where the data ends."""

    def __init__(self, unit: bytes) -> None:
        data = unit[1:].replace(b"\x00\x00\x03", b"\x00\x00")  # emulation prevention
        self._bits = int.from_bytes(data, "big")
        self._left = 8 * len(data)

    def take(self, count: int) -> int:
        """Return the next `count` bits as a number."""
        self._left -= count
        if self._left < 0:
            raise IndexError
        return self._bits >> self._left & (1 << count) - 1

    def number(self) -> int:
        """Return the next unsigned Exp-Golomb number."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """Return the next signed Exp-Golomb number."""
        code = self.number()
        return -(code // 2) if code % 2 == 0 else code // 2 + 1


def _sequence(unit: bytes) -> Sequence | None:
    try:
        return _read_sequence(_Bits(unit))
    except IndexError:
        return None


def _read_sequence(bits: _Bits) -> Sequence:
    profile = bits.take(8)
    bits.take(16)  # constraints, level
    bits.number()  # id
    separate = False
    if profile in _LONG_PROFILES:
        chroma = bits.number()
        separate = chroma == 3 and bool(bits.take(1))
        bits.number(), bits.number(), bits.take(1)  # bit depths, transform bypass
        if bits.take(1):
            for i in range(12 if chroma == 3 else 8):
                if bits.take(1):
                    _skip_scaling_list(bits, 16 if i < 6 else 64)
    number_bits = bits.number() + 4
    order_type = bits.number()
    if order_type == 0:
        bits.number()
    elif order_type == 1:
        bits.take(1)
        bits.signed(), bits.signed()
        for _ in range(bits.number()):
            bits.signed()
    bits.number(), bits.take(1)  # reference frames, gaps allowed
    bits.number(), bits.number()  # width, height in macroblocks
    return Sequence(number_bits, separate, bool(bits.take(1)))


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _slice(unit: bytes, sequence: Sequence) -> Slice:
    bits = _Bits(unit[:_HEADER_BYTES])
    bits.number(), bits.number(), bits.number()  # first macroblock, type, picture parameters
    if sequence.separate_planes:
        bits.take(2)
    number = bits.take(sequence.number_bits)
    field = not sequence.frames_only and bool(bits.take(1))
    return Slice(number, field, field and bool(bits.take(1)))
