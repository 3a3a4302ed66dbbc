"""When Python looks for garbage: a whole search walks every object there is, and the window waits for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Search for nothing inside: what is made there stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Leave what is there by now out of every search to come: it stays for as long as the case is open."""
    gc.freeze()


def let_go() -> None:
    """Search everything again: the case is gone, and what belonged to it may go too."""
    gc.unfreeze()
