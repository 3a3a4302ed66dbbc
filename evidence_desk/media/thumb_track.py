"""Small pictures of a clip, about two a second: what the filmstrip shows, and a preview while the frame is on its way.

A thumbnail carries the number of its frame and is never taken for the frame: it is a rendering, made smaller.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.media.derived_file import derived_name, write_whole

SUFFIX = ".edtt"
_MAGIC = b"EDTT"
_VERSION = 1
_PREFIX = struct.Struct("<4sHHII")  # magic, version, height, pictures, CRC-32 of what follows
_ENTRY = struct.Struct("<II")  # frame number, size in bytes


class ThumbTrackDamaged(EvidenceDeskError):
    """Stored thumbnails cannot be read; they are derived and can be made again from the exhibit."""


@dataclass(frozen=True, slots=True)
class ThumbTrack:
    """`entries` are JPEG bytes by frame number; `height` is that of the pictures as shown, 0 where there is none."""

    height: int
    entries: Mapping[int, bytes]
    numbers: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Put the numbers in order."""
        object.__setattr__(self, "numbers", tuple(sorted(self.entries)))

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self.numbers)

    def nearest(self, n: int) -> tuple[int, bytes] | None:
        """Return number and JPEG of the picture nearest to frame n, of two the earlier; None where there is none."""
        if not self.numbers:
            return None
        after = bisect_left(self.numbers, n)
        around = self.numbers[max(0, after - 1) : after + 1]
        found = min(around, key=lambda number: (abs(number - n), number))
        return found, self.entries[found]


def file_name(decoder: str) -> str:
    """Return the name under which thumbnails by that decoder are stored: `thumbs-<decoder>.edtt`."""
    return derived_name("thumbs", decoder, SUFFIX)


def pack(track: ThumbTrack) -> bytes:
    """Return the pictures as bytes, little-endian on every machine."""
    pictures = [track.entries[n] for n in track.numbers]
    index = b"".join(_ENTRY.pack(n, len(jpeg)) for n, jpeg in zip(track.numbers, pictures, strict=True))
    body = b"".join([index, *pictures])
    return _PREFIX.pack(_MAGIC, _VERSION, track.height, len(pictures), zlib.crc32(body)) + body


def unpack(data: bytes) -> ThumbTrack:
    """Return the pictures packed in `data`; raises ThumbTrackDamaged where it is cut, altered or of another version."""
    if len(data) < _PREFIX.size:
        raise ThumbTrackDamaged(_damaged("they are too short"))
    magic, version, height, count, check = _PREFIX.unpack_from(data)
    if magic != _MAGIC or version != _VERSION:
        raise ThumbTrackDamaged(_damaged("they are not of this version"))
    body = memoryview(data)[_PREFIX.size :]
    if zlib.crc32(body) != check or count * _ENTRY.size > len(body):
        raise ThumbTrackDamaged(_damaged("their bytes have changed"))
    entries: dict[int, bytes] = {}
    at = count * _ENTRY.size
    for n, size in _ENTRY.iter_unpack(body[:at]):
        entries[n] = bytes(body[at : at + size])
        at += size
    if at != len(body):
        raise ThumbTrackDamaged(_damaged("their parts do not fit together"))
    return ThumbTrack(height, entries)


def save(track: ThumbTrack, path: Path) -> None:
    """Write the pictures to `path`, whole or not at all."""
    write_whole(pack(track), path)


def load(path: Path) -> ThumbTrack:
    """Return the pictures stored at `path`; raises ThumbTrackDamaged, or OSError where the file cannot be read."""
    return unpack(path.read_bytes())


def _damaged(why: str) -> str:
    return f"The stored thumbnails cannot be used: {why}. The exhibit is safe; they are made again from it."
