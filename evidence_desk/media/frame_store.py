"""A frame table as bytes and as a file in `derived/`: one compact block from which a million rows open at once."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.frames import FrameColumns, FrameTable, PacketColumns, TableFacts
from evidence_desk.media.derived_file import derived_name, write_whole

Columns = TypeVar("Columns", FrameColumns, PacketColumns)

SUFFIX = ".edft"
_MAGIC = b"EDFT"
_VERSION = 2
_READ = (1, 2)  # version 1 knew no provisional tables
_ADDED_IN_2 = {"provisional": False}
_PREFIX = struct.Struct("<4sHxxIQQI")  # magic, version, length of the facts, frames, packets, CRC-32 of what follows


class FrameTableDamaged(EvidenceDeskError):
    """A stored frame table cannot be read; it is derived and can be made again from the exhibit."""


def file_name(decoder: str) -> str:
    """Return the name under which a table of that decoder is stored: `frames-<decoder>.edft`."""
    return derived_name("frames", decoder, SUFFIX)


def pack(table: FrameTable) -> bytes:
    """Return the table as bytes, little-endian on every machine."""
    facts = json.dumps(_facts_to_json(table.facts), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    columns = [_little(getattr(part, f.name)) for part in (table.frames, table.packets) for f in fields(part)]
    body = b"".join([facts, *columns, table.hashes])
    return _PREFIX.pack(_MAGIC, _VERSION, len(facts), len(table), table.packet_count, zlib.crc32(body)) + body


def unpack(data: bytes) -> FrameTable:
    """Return the table packed in `data`; raises FrameTableDamaged where it is cut, altered or of another version."""
    try:
        magic, version, facts_size, frames, packets, check = _PREFIX.unpack_from(data)
    except struct.error as error:
        raise FrameTableDamaged(_damaged("it is too short")) from error
    if magic != _MAGIC or version not in _READ:
        raise FrameTableDamaged(_damaged("it is not a table of this version"))
    body = memoryview(data)[_PREFIX.size :]
    if zlib.crc32(body) != check:
        raise FrameTableDamaged(_damaged("its bytes have changed"))
    try:
        facts = _facts_from_json({**_ADDED_IN_2, **json.loads(bytes(body[:facts_size]))})
        at = facts_size
        frame_columns, at = _columns(FrameColumns(), body, at, frames)
        packet_columns, at = _columns(PacketColumns(), body, at, packets)
        return FrameTable(facts, frame_columns, packet_columns, bytes(body[at:]))
    except (ValueError, KeyError, TypeError) as error:
        raise FrameTableDamaged(_damaged("its parts do not fit together")) from error


def save(table: FrameTable, path: Path) -> None:
    """Write the table to `path`, whole or not at all."""
    write_whole(pack(table), path)


def load(path: Path) -> FrameTable:
    """Return the table stored at `path`; raises FrameTableDamaged, or OSError where the file cannot be read."""
    return unpack(path.read_bytes())


def _damaged(why: str) -> str:
    return f"The stored frame table cannot be used: {why}. The exhibit is safe; the table is made again from it."


def _little(column: array[int]) -> bytes:
    if sys.byteorder == "big" and column.itemsize > 1:
        column = column[:]
        column.byteswap()
    return column.tobytes()


def _columns(empty: Columns, body: memoryview, at: int, count: int) -> tuple[Columns, int]:
    """Fill the columns of `empty` from `body` and return it with the place behind them."""
    for f in fields(empty):
        column: array[int] = getattr(empty, f.name)
        end = at + count * column.itemsize
        if end > len(body):
            raise ValueError("columns are cut")
        column.frombytes(body[at:end])
        if sys.byteorder == "big" and column.itemsize > 1:
            column.byteswap()
        at = end
    return empty, at


def _facts_to_json(facts: TableFacts) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for f in fields(facts):
        value = getattr(facts, f.name)
        out[f.name] = [value.numerator, value.denominator] if isinstance(value, Fraction) else value
    return out


def _facts_from_json(data: dict[str, Any]) -> TableFacts:
    fractions = ("time_base", "nominal_step", "audio_end")
    known = {name: Fraction(*data[name]) for name in fractions if data[name] is not None}
    rest = {f.name: data[f.name] for f in fields(TableFacts) if f.name not in known}
    return TableFacts(**{**rest, "notes": tuple(data["notes"]), **known})
