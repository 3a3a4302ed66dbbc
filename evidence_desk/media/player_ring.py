"""The block of memory through which pictures of play pass: a few places in turn, each with the number of its picture.

The writer marks a place as empty while it writes; a reader that comes too late finds another number and takes nothing.
"""

from __future__ import annotations

import struct
from mmap import mmap

from evidence_desk.media.picture_memory import SIZE

PLACES = 3
MOST_PIXELS = 1920 * 1080
"""The largest area that a picture of play has; a larger one is made smaller before it is handed over."""

_HEAD = struct.Struct("=Q")
_PLACE = 64 + MOST_PIXELS * 4
assert PLACES * _PLACE <= SIZE


def put(memory: mmap, number: int, pixels: memoryview) -> None:
    """Write the picture of that number (from 1), four bytes a pixel, into its place."""
    start = number % PLACES * _PLACE
    _HEAD.pack_into(memory, start, 0)
    memory[start + 64 : start + 64 + len(pixels)] = pixels
    _HEAD.pack_into(memory, start, number)


def take(memory: mmap, number: int, size: int) -> bytes | None:
    """Return `size` bytes of the picture of that number, None where it has been written over or never fitted."""
    start = number % PLACES * _PLACE
    if not 0 < size <= MOST_PIXELS * 4 or _HEAD.unpack_from(memory, start)[0] != number:
        return None
    pixels = memory[start + 64 : start + 64 + size]
    return pixels if _HEAD.unpack_from(memory, start)[0] == number else None
