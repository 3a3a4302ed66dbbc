"""Reminds of a break after some minutes of what is marked as distressing. The minutes are kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

TICK_MS = 1000
RESTED_S = 300
"""After so long without such a picture the minutes begin anew."""


class BreakReminder(QObject):
    """Counts seconds while `looking()` is true and the desk is in use. Signals: `due(int minutes)`."""

    due = Signal(int)

    def __init__(self, window: QWidget, looking: Callable[[], bool], minutes: Callable[[], int]) -> None:
        super().__init__(window)
        self._looking, self._minutes = looking, minutes
        self.seconds = 0
        self._rested = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def watch(self) -> None:
        """Something marked is on screen: begin to count, unless that runs."""
        if not self._timer.isActive():
            self._timer.start()

    def tick(self) -> None:
        """A second has passed."""
        if self._looking() and QApplication.activeWindow() is not None:
            self.seconds, self._rested = self.seconds + 1, 0
        else:
            self._rested += 1
            if self._rested >= RESTED_S:
                self.stop()
        minutes = self._minutes()
        if minutes and self.seconds >= 60 * minutes:
            self.seconds = 0
            self.due.emit(minutes)

    def stop(self) -> None:
        """Count no more, and begin anew the next time."""
        self._timer.stop()
        self.seconds = self._rested = 0
