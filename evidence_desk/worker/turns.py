"""Who decodes: requests first, looking ahead while there are none. Handed over after each packet."""

from __future__ import annotations

import threading
from types import TracebackType


class Turns:
    """A lock with two ranks: who asks in first rank waits only for what is under way, never for the second rank's next.

    `with turns:` is the first rank, `with turns.second:` the other.
    """

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._taken = False
        self._wanted = 0
        self.second = _Second(self)

    @property
    def wanted(self) -> bool:
        """Tell whether the first rank waits."""
        return self._wanted > 0

    def __enter__(self) -> None:
        """Take the turn as soon as it is given back."""
        with self._change:
            self._wanted += 1
            while self._taken:
                self._change.wait()
            self._wanted -= 1
            self._taken = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Give the turn back."""
        self.give_back()

    def take_second(self) -> None:
        """Take the turn once it is given back and nobody of the first rank waits."""
        with self._change:
            while self._taken or self._wanted:
                self._change.wait()
            self._taken = True

    def give_back(self) -> None:
        """Give the turn back."""
        with self._change:
            self._taken = False
            self._change.notify_all()


class _Second:
    """The second rank of `Turns`."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def __enter__(self) -> None:
        self._turns.take_second()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._turns.give_back()
