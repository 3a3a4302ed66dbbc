"""Reads the box tree of an MP4/MOV file: edit lists, dates and traces that the decoding library does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_PARENTS = {b"moov", b"trak", b"mdia", b"edts", b"minf", b"stbl", b"udta"}
_MOST_BOXES = 4000
_LARGEST = 1 << 20


@dataclass(slots=True)
class Mp4Facts:
    """What the boxes say: top-level order, edit lists per track, dates by name, bytes behind the last whole box."""

    brands: str = ""
    order: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    handlers: list[str] = field(default_factory=list)
    trailing: int = 0
    fragments: int = 0


def read_boxes(file: BinaryIO, size: int) -> Mp4Facts:
    """Return the facts; boxes that are cut or make no sense end the reading, they never raise."""
    facts = Mp4Facts()
    track = 0
    scale = 0
    end = 0
    for count, (kind, start, body, stop, depth) in enumerate(_walk(file, 0, size, 0)):
        if count >= _MOST_BOXES:
            break
        if depth == 0:
            facts.order.append(kind.decode("latin-1"))
            facts.fragments += kind == b"moof"
            end = stop
        track += kind == b"trak"
        if kind in (b"ftyp", b"mvhd", b"mdhd", b"elst", b"hdlr"):
            file.seek(body)
            data = file.read(min(stop - body, _LARGEST))
            if kind == b"mvhd" and len(data) >= 24:
                scale = struct.unpack_from(">I", data, 20 if data[0] else 12)[0]
            _note(facts, kind, data, track, scale)
        if start >= size:
            break
    facts.trailing = max(0, size - end)
    return facts


def _walk(file: BinaryIO, at: int, end: int, depth: int) -> Iterator[tuple[bytes, int, int, int, int]]:
    """Yield kind, start, start of the body, end and depth of every box, parents before their children."""
    while at + 8 <= end and depth < 8:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head[:8])
        body = at + 8
        if size == 1 and len(head) == 16:
            size, body = struct.unpack(">Q", head[8:])[0], at + 16
        stop = end if size == 0 else at + size
        if stop < body or stop > end or not all(32 <= c < 127 or c == 0xA9 for c in kind):
            return
        yield kind, at, body, stop, depth
        if kind in _PARENTS:
            yield from _walk(file, body, stop, depth + 1)
        at = stop


def _note(facts: Mp4Facts, kind: bytes, data: bytes, track: int, scale: int) -> None:
    try:
        if kind == b"ftyp":
            facts.brands = data[:4].decode("latin-1").strip()
        elif kind in (b"mvhd", b"mdhd"):
            _note_dates(facts, "movie" if kind == b"mvhd" else f"track {track}", data)
        elif kind == b"elst":
            facts.edits.extend(f"track {track}: {text}" for text in _edits(data, scale))
        elif kind == b"hdlr" and track:
            name = data[24:].split(b"\0")[0].decode("utf-8", "replace").strip()
            if name and name not in facts.handlers:
                facts.handlers.append(name)
    except struct.error:
        return  # a box shorter than its kind needs says nothing


def _note_dates(facts: Mp4Facts, whose: str, data: bytes) -> None:
    made, changed = struct.unpack_from(">QQ" if data[:1] == b"\1" else ">II", data, 4)
    for what, seconds in (("created", made), ("modified", changed)):
        if 0 < seconds < 1 << 33:
            moment = _EPOCH + timedelta(seconds=seconds)
            facts.dates[f"{whose} {what}"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _edits(data: bytes, scale: int) -> Iterator[str]:
    count = min(struct.unpack_from(">I", data, 4)[0], 64)
    form = struct.Struct(">Qqhh" if data[0] else ">Iihh")
    for i in range(count):
        length, start, rate, _ = form.unpack_from(data, 8 + i * form.size)
        where = "empty" if start == -1 else f"from media tick {start}"
        seconds = f"{length / scale:.3f} s" if scale else f"{length} ticks"
        yield f"{where}, {seconds}" + ("" if rate == 1 else f", rate {rate}")
