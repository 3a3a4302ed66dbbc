"""J, K and L together: K stops; while it is held, J and L step by a frame, and held themselves play slowly."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QTimer

from evidence_desk.ui.rooms.review_care import HeldKey
from evidence_desk.ui.rooms.review_clip import ClipDesk

SLOW = Fraction(1, 4)
HOLD_MS = 350
"""A key that stays down for longer is held, not pressed: then play begins."""


class Jog(QObject):
    """What the keys that stop and shuttle do together; which keys they are does not matter here."""

    def __init__(self, clip: ClipDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._clip = clip
        self._direction = 0
        self._stop_held = False
        self._stop, self._way = HeldKey(self, self._stop_let_go), HeldKey(self, self._let_go)
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(self._play_slowly)

    def stop(self) -> None:
        """Stop at this frame; until the key is let go the others step."""
        self._clip.pause()
        self._stop_held = True
        self._stop.begin()

    def go(self, direction: int) -> None:
        """Play forwards (1) or backwards (-1), faster with each press; while the stop key is held, step by a frame."""
        if not self._stop_held:
            self._clip.shuttle(direction)
            return
        self._way.end()
        self._clip.step(direction)
        self._direction = direction
        self._way.begin()
        self._hold.start()

    def _stop_let_go(self) -> None:
        self._stop_held = False
        self._way.end()

    def _play_slowly(self) -> None:
        if self._direction:
            self._clip.go_on(self._direction * SLOW)

    def _let_go(self) -> None:
        """The key of the way was let go: rest at the picture on screen."""
        self._hold.stop()
        self._direction = 0
        self._clip.pause()
