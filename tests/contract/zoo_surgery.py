"""What ffmpeg does not write: cuts, joins and changed boxes, as steps on the bytes of a file in the folder."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

Cut = Callable[[Path], None]
_PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex"}
_TS = 188

# ------------------------------------------------------------------------------------------------------------- bytes


def join(out: str, *parts: str) -> Cut:
    """Put files one behind the other, as a recorder or a careless copy does."""

    def run(folder: Path) -> None:
        (folder / out).write_bytes(b"".join((folder / part).read_bytes() for part in parts))

    return run


def keep(source: str, out: str, first: float, last: float, unit: int = 1) -> Cut:
    """Keep the bytes between two shares of the file's length (0 to 1), in whole units."""

    def run(folder: Path) -> None:
        data = (folder / source).read_bytes()
        count = len(data) // unit
        (folder / out).write_bytes(data[int(count * first) * unit : int(count * last) * unit])

    return run


def without(source: str, out: str, first: float, last: float, unit: int = 1) -> Cut:
    """Leave out the bytes between two shares of the file's length."""

    def run(folder: Path) -> None:
        data = (folder / source).read_bytes()
        count = len(data) // unit
        (folder / out).write_bytes(data[: int(count * first) * unit] + data[int(count * last) * unit :])

    return run


def noise(source: str, out: str, first: float, last: float, every: int) -> Cut:
    """Turn bits over between two shares of the file's length: one byte in so many."""

    def run(folder: Path) -> None:
        data = bytearray((folder / source).read_bytes())
        for at in range(int(len(data) * first), int(len(data) * last), every):
            data[at] ^= 0x5A
        (folder / out).write_bytes(data)

    return run


def junk_before(source: str, out: str, count: int) -> Cut:
    """Put bytes that mean nothing before the file."""

    def run(folder: Path) -> None:
        (folder / out).write_bytes(bytes(i * 37 % 251 for i in range(count)) + (folder / source).read_bytes())

    return run


def replaced(source: str, out: str, old: bytes, new: bytes, count: int = -1) -> Cut:
    """Write other bytes of the same length in place of some."""
    assert len(old) == len(new)

    def run(folder: Path) -> None:
        data = (folder / source).read_bytes()
        assert old in data
        (folder / out).write_bytes(data.replace(old, new, count))

    return run


# ----------------------------------------------------------------------------------------------------- ISO base media


class Box:
    """One box: its type, its children where it holds boxes, else its bytes."""

    def __init__(self, kind: bytes, body: bytes = b"", children: list[Box] | None = None) -> None:
        self.kind, self.body, self.children = kind, body, children

    def written(self) -> bytes:
        """Return the box as it is written."""
        body = self.body if self.children is None else b"".join(child.written() for child in self.children)
        return struct.pack(">I4s", len(body) + 8, self.kind) + body

    def all(self, kind: bytes) -> Iterator[Box]:
        """Yield every box of a type inside, at any depth."""
        for child in self.children or []:
            if child.kind == kind:
                yield child
            yield from child.all(kind)

    def one(self, kind: bytes) -> Box:
        """Return the first box of a type inside."""
        return next(self.all(kind))


def boxes(data: bytes) -> list[Box]:
    """Return the boxes that the bytes hold."""
    found, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        size = size or len(data) - at
        body = data[at + head : at + size]
        found.append(Box(kind, b"", boxes(body)) if kind in _PARENTS else Box(kind, body))
        at += size
    return found


def mp4(source: str, out: str, change: Callable[[Box], None]) -> Cut:
    """Change the index of a file whose index lies behind the media, so that no place of a sample moves."""

    def run(folder: Path) -> None:
        top = boxes((folder / source).read_bytes())
        assert [box.kind for box in top][-1] == b"moov"
        change(top[-1])
        (folder / out).write_bytes(b"".join(box.written() for box in top))

    return run


def drop(kind: bytes) -> Callable[[Box], None]:
    """Take every box of a type out."""

    def change(box: Box) -> None:
        if box.children is not None:
            box.children = [child for child in box.children if child.kind != kind]
            for child in box.children:
                change(child)

    return change


def edits(*entries: tuple[float, float, int]) -> Callable[[Box], None]:
    """Give the first track an edit list: length in seconds, start in the media in seconds (-1: empty), rate."""

    def change(moov: Box) -> None:
        scale = struct.unpack_from(">I", moov.one(b"mvhd").body, 12)[0]
        track = moov.one(b"trak")
        media = struct.unpack_from(">I", track.one(b"mdhd").body, 12)[0]
        body = struct.pack(">II", 0, len(entries))
        for length, start, rate in entries:
            at = -1 if start < 0 else round(start * media)
            body += struct.pack(">IiHH", round(length * scale), at, rate, 0)
        assert track.children is not None
        track.children = [child for child in track.children if child.kind != b"edts"]
        track.children.insert(1, Box(b"edts", b"", [Box(b"elst", body)]))

    return change


def every_sample_sync(moov: Box) -> None:
    """Let the sync table claim every sample: an index that lies."""
    count = struct.unpack_from(">I", moov.one(b"stsz").body, 8)[0]
    moov.one(b"stss").body = struct.pack(f">II{count}I", 0, count, *range(1, count + 1))


def long_offsets(moov: Box) -> None:
    """Write chunk offsets in 64 bits."""
    table = moov.one(b"stco")
    count = struct.unpack_from(">I", table.body, 4)[0]
    values = struct.unpack_from(f">{count}I", table.body, 8)
    table.kind, table.body = b"co64", struct.pack(f">II{count}Q", 0, count, *values)


def no_durations(moov: Box) -> None:
    """Let every sample last no time at all: all decoding stamps are the same."""
    count = struct.unpack_from(">I", moov.one(b"stsz").body, 8)[0]
    moov.one(b"stts").body = struct.pack(">IIII", 0, 1, count, 0)


def wrong_order(moov: Box) -> None:
    """Let the composition offsets belong to the samples beside them: stamps that contradict the pictures' order."""
    table = moov.one(b"ctts")
    runs = list(struct.iter_unpack(">II", table.body[8:]))
    table.body = table.body[:8] + b"".join(struct.pack(">II", *run) for run in [*runs[1:], runs[0]])


def two_descriptions(source: str, second: str, out: str, at: int) -> Cut:
    """Give samples from `at` on the sample description of another file: encoder parameters change in mid-stream."""

    def run(folder: Path) -> None:
        other = next(box for box in boxes((folder / second).read_bytes()) if box.kind == b"moov").one(b"stsd").body[8:]

        def change(moov: Box) -> None:
            count = struct.unpack_from(">I", moov.one(b"stsz").body, 8)[0]
            sizes = struct.unpack_from(f">{count}I", moov.one(b"stsz").body, 12)
            place = struct.unpack_from(">I", moov.one(b"stco").body, 8)[0]
            offsets = [place + sum(sizes[:i]) for i in range(len(sizes))]
            moov.one(b"stsd").body = struct.pack(">II", 0, 2) + moov.one(b"stsd").body[8:] + other
            moov.one(b"stco").body = struct.pack(f">II{len(offsets)}I", 0, len(offsets), *offsets)
            moov.one(b"stsc").body = struct.pack(">II6I", 0, 2, 1, 1, 1, at + 1, 1, 2)

        mp4(source, out, change)(folder)

    return run


# ----------------------------------------------------------------------------------------------------- transport stream


def ts(source: str, out: str, change: Callable[[list[bytes]], list[bytes]]) -> Cut:
    """Change the list of 188-byte packets."""

    def run(folder: Path) -> None:
        data = (folder / source).read_bytes()
        packets = [data[at : at + _TS] for at in range(0, len(data) - _TS + 1, _TS)]
        (folder / out).write_bytes(b"".join(change(packets)))

    return run


def pid_of(packet: bytes) -> int:
    """Return the packet's identifier."""
    return (packet[1] & 0x1F) << 8 | packet[2]


def wrong_counters(packets: list[bytes]) -> list[bytes]:
    """Let the continuity counter jump twice without anything missing."""
    third = len(packets) // 3
    return [
        p if at < third or at > 2 * third else p[:3] + bytes([(p[3] & 0xF0) | ((p[3] + 5) & 15)]) + p[4:]
        for at, p in enumerate(packets)
    ]


def doubled(packets: list[bytes]) -> list[bytes]:
    """Send some packets twice, which the standard allows."""
    return [p for at, p in enumerate(packets) for _ in range(2 if at % 7 == 3 and p[3] & 0x10 else 1)]


def with_null_packets(packets: list[bytes]) -> list[bytes]:
    """Put stuffing between the packets."""
    null = b"\x47\x1f\xff\x10" + b"\xff" * (_TS - 4)
    return [q for p in packets for q in (p, null)]


def long_packets(packets: list[bytes]) -> list[bytes]:
    """Give each packet the 16 bytes of a broadcast error code."""
    return [p + bytes(16) for p in packets]


# ------------------------------------------------------------------------------------------------------------------ IVF


def ivf_joined(out: str, *parts: str) -> Cut:
    """Put the frames of several IVF files behind one header, stamps running on."""

    def run(folder: Path) -> None:
        whole, count = b"", 0
        for part in parts:
            data = (folder / part).read_bytes()
            whole = whole or data[:32]
            at, base = 32, count
            while at + 12 <= len(data):
                size, stamp = struct.unpack_from("<IQ", data, at)
                whole += struct.pack("<IQ", size, base + stamp) + data[at + 12 : at + 12 + size]
                count, at = base + stamp + 1, at + 12 + size
        (folder / out).write_bytes(whole)

    return run


# ------------------------------------------------------------------------------------------------------------------ AVI


def avi_key_flags(source: str, out: str, flag: int) -> Cut:
    """Let the index claim that every picture is a key (0x10) or that none is (0)."""

    def run(folder: Path) -> None:
        data = bytearray((folder / source).read_bytes())
        at = data.rindex(b"idx1")
        for entry in range(at + 8, at + 8 + struct.unpack_from("<I", data, at + 4)[0], 16):
            struct.pack_into("<I", data, entry + 4, flag)
        (folder / out).write_bytes(data)

    return run


# ------------------------------------------------------------------------------------------------------------------ GIF


def gif_disposal(source: str, out: str) -> Cut:
    """Let the pictures ask in turn to be left, to be cleared to the background, and to be undone."""

    def run(folder: Path) -> None:
        data = bytearray((folder / source).read_bytes())
        mark, at, n = b"\x21\xf9\x04", -1, 0
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + 3] = data[at + 3] & 0xE3 | (1 + n % 3) << 2
            n += 1
        (folder / out).write_bytes(data)

    return run
