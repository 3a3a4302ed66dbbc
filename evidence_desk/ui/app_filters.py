"""Filters that see every event of the application: each costs a little with every event, so they rest at times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

_watching: list[QObject] = []


def watch(filter_: QObject) -> None:
    """Let `filter_` see the events of the whole application, before those that watch already."""
    app = QCoreApplication.instance()
    if app is not None:
        app.installEventFilter(filter_)
        _watching.append(filter_)


def unwatch(filter_: QObject) -> None:
    """Let `filter_` see no more."""
    app = QCoreApplication.instance()
    if app is not None and filter_ in _watching:
        app.removeEventFilter(filter_)
        _watching.remove(filter_)


@contextmanager
def unwatched() -> Iterator[None]:
    """Let nothing of ours see the events inside: for making widgets, which sends ten thousand of them and no key."""
    app = QCoreApplication.instance()
    _watching[:] = [one for one in _watching if shiboken6.isValid(one)]
    resting = tuple(_watching)
    _watching.clear()  # inside another one nothing is left to rest, or to be put back too early
    for one in resting:
        if app is not None:
            app.removeEventFilter(one)
    try:
        yield
    finally:
        _watching[:0] = resting
        for one in resting:
            if app is not None and shiboken6.isValid(one):
                app.installEventFilter(one)
