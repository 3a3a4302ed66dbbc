"""Loads what rooms are made of before it is asked for, one module at a turn of the window's thread.

Modules that define widgets are loaded on the window's thread alone: Qt's classes are made as they are named. What they
need of other kinds is loaded on a thread, before them.
"""

from __future__ import annotations

import importlib
import pkgutil
import threading
from collections.abc import Iterator

_NO_QT = ("evidence_desk.services.case", "evidence_desk.media.client", "evidence_desk.media.player")
_PACKAGES = ("widgets", "models", "panels", "rooms")
"""In this order, since the later ones are made of the earlier ones."""


def load_ahead() -> Iterator[None]:
    """Load all of it; stops after each module, and while what is loaded on the thread is not there yet."""
    apart = threading.Thread(target=_load_apart, name="load ahead", daemon=True)
    apart.start()
    while apart.is_alive():
        apart.join(0.001)
        yield
    for package in _PACKAGES:
        found = importlib.import_module(f"evidence_desk.ui.{package}")
        for module in pkgutil.iter_modules(found.__path__, f"{found.__name__}."):
            importlib.import_module(module.name)
            yield


def _load_apart() -> None:
    for name in _NO_QT:
        importlib.import_module(name)
