"""Memory that begins alike each time, for decoding damaged streams: what a decoder leaves unwritten stays as it was.

A cut picture is handed out with the part that could not be decoded as it lay in memory. Taken from the heap of a
process that has decoded before, that part is the remains of other pictures, another each time, and so is the hash. With
fresh memory blank, one thread, and every picture let go before the next packet, the same file gives the same pictures.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Iterator

_M_PERTURB = -6  # malloc.h of the GNU C library: new memory is filled with the complement of this byte
_BLANK = 0xFF


@contextlib.contextmanager
def steady_memory() -> Iterator[None]:
    """Let new memory be blank within the block, where the C library is GNU's; elsewhere nothing changes."""
    setting = _setting()
    if setting is None:
        yield
        return
    setting(_M_PERTURB, _BLANK)
    try:
        yield
    finally:
        setting(_M_PERTURB, 0)


def _setting() -> ctypes._NamedFuncPointer | None:
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None).mallopt
    except AttributeError:
        return None
