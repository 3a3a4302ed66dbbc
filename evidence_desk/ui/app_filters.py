"""Filters that see every event of the application: each costs a little with every event, so one stands for all.

The way from Qt to Python and back is what costs, more than a tenth of the window's time with a filter for each purpose:
here it is gone once, the kind of the event is asked once, and only who asked for that kind is called. While widgets are
made, which sends ten thousand events and no key, all of it rests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject


class _Gate(QObject):
    """The one filter that Qt calls: hands an event to those who watch for its kind, the newest first."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._watching: list[tuple[QObject, frozenset[QEvent.Type]]] = []
        self._by_kind: dict[QEvent.Type, tuple[QObject, ...]] = {}
        self.resting = False
        app.installEventFilter(self)

    def add(self, filter_: QObject, kinds: frozenset[QEvent.Type]) -> None:
        self._watching.insert(0, (filter_, kinds))
        self._sort()

    def drop(self, filter_: QObject) -> None:
        self._watching = [(one, kinds) for one, kinds in self._watching if one is not filter_]
        self._sort()

    def _sort(self) -> None:
        # Who was deleted with its window is let go of here.
        self._watching = [(one, kinds) for one, kinds in self._watching if shiboken6.isValid(one)]
        wanted = {kind for _, kinds in self._watching for kind in kinds}
        self._by_kind = {kind: tuple(one for one, kinds in self._watching if kind in kinds) for kind in wanted}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask one after the other until one takes the event."""
        for one in self._by_kind.get(event.type(), ()):
            if shiboken6.isValid(one) and one.eventFilter(watched, event):
                return True
            if not shiboken6.isValid(watched):
                return True
        return False


_gates: list[_Gate] = []


def _gate() -> _Gate | None:
    """Return the gate of the application there is, None where there is none."""
    app = QCoreApplication.instance()
    if app is None:
        return None
    if not _gates or not shiboken6.isValid(_gates[0]):
        _gates[:] = [_Gate(app)]
    return _gates[0]


def watch(filter_: QObject, kinds: frozenset[QEvent.Type]) -> None:
    """Let `filter_` see the events of these kinds, the whole application's, before those that watch already."""
    gate = _gate()
    if gate is not None:
        gate.drop(filter_)
        gate.add(filter_, kinds)


def unwatch(filter_: QObject) -> None:
    """Let `filter_` see no more."""
    gate = _gate()
    if gate is not None:
        gate.drop(filter_)


@contextmanager
def unwatched() -> Iterator[None]:
    """Let nothing of ours see the events inside: for making widgets, where no key is pressed."""
    app, gate = QCoreApplication.instance(), _gate()
    if app is None or gate is None or gate.resting:
        yield
        return
    gate.resting = True
    app.removeEventFilter(gate)
    try:
        yield
    finally:
        gate.resting = False
        if shiboken6.isValid(gate):
            app.installEventFilter(gate)
