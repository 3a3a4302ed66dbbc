"""The block of memory through which pictures pass from the worker to the desk without being copied into a pipe."""

from __future__ import annotations

import contextlib
import mmap
import os
import sys
import tempfile

# 8K at 4 bytes a pixel is 133 MB, just under this; pages that no picture touches are never allocated. Larger pictures
# go through the pipe.
SIZE = 1 << 27


def create() -> tuple[mmap.mmap, str, int | None]:
    """Return a new block, the word by which the worker opens it, and the descriptor to inherit (none on Windows)."""
    if sys.platform == "win32":
        name = f"evidence-desk-{os.getpid()}-{os.urandom(6).hex()}"
        return mmap.mmap(-1, SIZE, tagname=name), name, None
    descriptor = _anonymous_file()
    os.ftruncate(descriptor, SIZE)
    return mmap.mmap(descriptor, SIZE), str(descriptor), descriptor


def attach(word: str) -> mmap.mmap:
    """Return the block that the desk named at start; raises OSError or ValueError where there is none."""
    if sys.platform == "win32":
        return mmap.mmap(-1, SIZE, tagname=word)
    return mmap.mmap(int(word), SIZE)


def _anonymous_file() -> int:
    """Return the descriptor of a file that has no name and vanishes with its last user."""
    with contextlib.suppress(AttributeError, OSError):
        return os.memfd_create("evidence-desk-pictures")
    descriptor, path = tempfile.mkstemp(prefix="evidence-desk-")
    os.unlink(path)  # noqa: PTH108 - the descriptor is what counts, the name goes at once
    return descriptor
