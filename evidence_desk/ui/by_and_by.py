"""Work of many small pieces on the window's own thread, between its turns: it never waits, nor has to share the case.

A thread beside it would gain nothing here: Python runs one of the two at a time, and each of the hundreds of calls in
which Qt asks Python to paint a table would have to wait for its turn.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from evidence_desk.ui.collecting import settle, uncollected

SLICE_S = 0.006
"""After so long the window gets its turn; the piece at hand is still done to its end."""
_MANY = 10
"""After so many turns of one work there is so much new that a search of all of it for garbage would be felt."""


class ByAndBy(QObject):
    """One work at a time: `pieces` stops after each piece. What is begun anew takes the place of what was under way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[None] | None = None
        self._turns = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_at_work(self) -> bool:
        """Tell whether there is more to do."""
        return self._pieces is not None

    def start(self, pieces: Iterator[None]) -> bool:
        """Do the first slice now and the others by and by; tell whether all of it is done already."""
        self.begin(pieces)
        self._go_on()
        return self._pieces is None

    def begin(self, pieces: Iterator[None]) -> None:
        """Do all of it by and by: this turn of the window has enough to do."""
        self._pieces, self._turns = pieces, 0
        self._timer.start(0)

    def finish(self) -> None:
        """Do what is left now: somebody acts on its result."""
        while self._pieces is not None:
            self._go_on()

    def stop(self) -> None:
        """Leave what is under way."""
        self._pieces = None
        self._timer.stop()

    def _go_on(self) -> None:
        pieces, until = self._pieces, time.perf_counter() + SLICE_S
        if pieces is None:
            return
        self._turns += 1
        with uncollected():
            if self._turns % _MANY == 0:
                settle()
            for _ in pieces:
                # A piece may begin another work, or end all of it.
                if self._pieces is not pieces or time.perf_counter() >= until:
                    return
        if self._pieces is pieces:
            self.stop()
