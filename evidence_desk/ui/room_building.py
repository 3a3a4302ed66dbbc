"""Builds a room in slices between the turns of the window's thread; a key or click meanwhile waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from evidence_desk.ui.app_filters import unwatch, unwatched, watch
from evidence_desk.ui.collecting import uncollected

SLICE_S = 0.006
"""After so long the window gets its turn; the piece at hand is still built to its end."""
_HASTY = frozenset((QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress))


class RoomBuilding(QObject):
    """One room on its way: `pieces` stops after each; `done()` is called once, when it is built."""

    def __init__(self, pieces: Iterator[None], done: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._pieces, self._done = pieces, done
        self._ended = False
        self._waiting: QEventLoop | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Build the first slice now, and the others by and by."""
        if self._build(SLICE_S):
            self._end()
        else:
            self._timer.start(0)
            watch(self, _HASTY)

    def finish(self) -> None:
        """Build what is left now."""
        self.stop()
        self._build(None)
        self._end()

    def _wait(self) -> None:
        """Come back when the room is built; until then the window is painted, and what is typed waits."""
        unwatch(self)
        # Not a child of this: whoever hears that the room is built may let this go while the loop still runs.
        self._waiting = QEventLoop()
        self._waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._done()
            if self._waiting is not None:
                QTimer.singleShot(0, self._waiting.quit)  # a turn later: the room is painted before the key acts

    def stop(self) -> None:
        """Build no further."""
        self._timer.stop()
        unwatch(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Finish before a key or click is taken, which is meant for the room that was asked for."""
        if isinstance(watched, QWidget):
            self._wait()
            return not isValid(watched) or (event.type() == QEvent.Type.MouseButtonPress and not watched.isVisible())
        return False

    def _go_on(self) -> None:
        if self._build(SLICE_S):
            self.stop()
            self._end()

    def _build(self, seconds: float | None) -> bool:
        """Build for about so many seconds, None for to the end; tell whether the end was reached."""
        until = None if seconds is None else time.perf_counter() + seconds
        with unwatched(), uncollected():
            for _ in self._pieces:
                if until is not None and time.perf_counter() >= until:
                    return False
        return True
