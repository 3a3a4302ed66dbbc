"""Keys in the order in which they were pressed: what needs the exact frame waits for it, and what follows waits too."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_places import FAILED, SETTLED
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr

Action = Callable[[], object]


@dataclass(slots=True)
class _Waiting:
    """Something to be done; `exact` on an exactly shown frame only: `n` of `exhibit`, any where play just ended.

    What it is bound to is known once everything before it is done: then it is `bound`.
    """

    action: Action
    exact: bool = False
    bound: bool = False
    exhibit: str = ""
    n: int | None = None


class InTurn(QObject):
    """Whoever types faster than pictures come gets what was typed: the mark on its frame, then the step.

    Signals: `put_off()` something that leaves the frame has to wait; `refused()` what waited cannot be done.
    """

    put_off = Signal()
    refused = Signal()

    def __init__(self, session: Session, clip: ClipDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._clip = session, clip
        self._waiting: deque[_Waiting] = deque()
        self._running = False
        self._after_play = False
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        clip.played.connect(self._played)
        clip.state_changed.connect(self._state_changed)

    def when_exact(self, action: Action) -> None:
        """Run an action once the frame asked for is on screen exactly; a frame that cannot be shown is refused."""
        if self._clip.clip is None:
            return
        self._waiting.append(_Waiting(action, exact=True))
        self._go_on()

    def after(self, action: Action) -> None:
        """Run an action that leaves the frame at once, or after what waits for it."""
        if self.is_waiting:
            self.put_off.emit()
        self._last(action)

    def then(self, action: Action) -> None:
        """Run an action that writes, after what waits for its frame, and never in the same turn as a mark."""
        if self._next.isActive():
            self._waiting.append(_Waiting(action))
        else:
            self._last(action)

    def _last(self, action: Action) -> None:
        if self._waiting or self._running:
            self._waiting.append(_Waiting(action))
        else:
            action()

    @property
    def is_waiting(self) -> bool:
        """Tell whether something waits for its frame."""
        return bool(self._waiting)

    def _played(self, playing: bool) -> None:
        self._after_play = not playing

    def _state_changed(self, state: str) -> None:
        if state in SETTLED and not self._clip.playing:
            self._after_play = False
        self._go_on()

    def _go_on(self) -> None:
        """Do the first of what can be done now; each of the others has a turn of the window for itself."""
        if self._running:
            return
        self._running = True
        try:
            if self._waiting and not self._has_to_wait(self._waiting[0]):
                first = self._waiting.popleft()
                self._do(first)
                if first.exact:
                    self._next.start()
        finally:
            self._running = False
        if self._waiting and not self._has_to_wait(self._waiting[0]):
            self._next.start()

    def _has_to_wait(self, first: _Waiting) -> bool:
        clip = self._clip
        if not first.exact or clip.clip is None:
            return False
        if not first.bound:
            clip.pause()
            first.bound, first.exhibit = True, clip.clip.exhibit.number
            # The frame that play ended on is known only once it has been compared.
            first.n = None if self._after_play and clip.state not in SETTLED else clip.n
        return not self._left(first) and (clip.playing or clip.state not in (*SETTLED, FAILED))

    def _left(self, waiting: _Waiting) -> bool:
        """Tell whether its frame was left by other ways than keys, such as the mouse or the opening of another clip."""
        clip = self._clip
        if clip.clip is None or clip.clip.exhibit.number != waiting.exhibit:
            return True
        return waiting.n is not None and waiting.n != clip.n

    def _do(self, waiting: _Waiting) -> None:
        if waiting.exact and (self._left(waiting) or self._clip.state == FAILED):
            self.refused.emit()
        if waiting.exact and self._left(waiting):
            self._session.noticed.emit(tr("The frame was left before it was shown exactly; nothing was kept."), False)
        elif waiting.exact and self._clip.state == FAILED:
            self._session.noticed.emit(tr("Frame {n} is not shown exactly; nothing was kept.", n=self._clip.n), False)
        else:
            waiting.action()
