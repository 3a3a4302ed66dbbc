"""Keeps None, True and False alive under Python 3.11.

WORKAROUND: PySide6's stable-ABI wheel is built with the headers of Python 3.12 or newer, where these three are immortal
and nobody counts references to them. Under 3.11 they are counted, so every Qt call that answers None takes one
reference too many away; after some thousand calls the interpreter stops with "deallocating None". Drop when Python 3.11
is no longer supported, or when PySide6 counts them (tests/qt/test_reference_counts.py tells).
"""

from __future__ import annotations

import ctypes
import sys

# More than a century of Qt calls, and far from overflow.
_MANY = 1 << 48


def keep_constants_alive() -> None:
    """Raise the reference counts of the three constants beyond anything that can be taken away; does nothing twice."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for constant in (None, True, False):
        if sys.getrefcount(constant) < _MANY >> 1:
            # The count is the first field of every object of CPython 3.11.
            ctypes.c_ssize_t.from_address(id(constant)).value += _MANY
