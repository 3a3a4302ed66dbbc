"""Keeps None, True and False alive under Python 3.11.

WORKAROUND PySide6 6.12.0: its wheels are built as if these objects could not die, which holds from Python 3.12 on.
Under 3.11 every call that returns None, and every emitted signal, takes one reference away that it never held; after
some ten thousand of them the interpreter stops with "deallocating None". Measured: -1 for each `painter.setPen(…)`.
Drop this when Python 3.11 is no longer supported, or when the measurement in `tests/qt/test_shell_singletons.py` fails.
"""

from __future__ import annotations

import ctypes
import sys

# More than any session can take away, and far from the end of the counter.
_LASTING = 1 << 60


def make_lasting() -> bool:
    """Give None, True, False and their like a count that cannot run out; tell whether that was needed and done."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return False
    for singleton in (None, True, False, Ellipsis, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(singleton))
        # A build whose objects begin with something else than the count is left alone.
        if abs(count.value - sys.getrefcount(singleton)) > 64:
            return False
        count.value = _LASTING
    return True
