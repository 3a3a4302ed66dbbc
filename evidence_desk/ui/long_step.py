"""A step of many edits on the window's thread, worked out between its turns and then kept whole, or left with nothing.

Until the end nothing is written. What a person keeps meanwhile stands; the step is worked out anew on top of it then.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.by_and_by import ByAndBy

if TYPE_CHECKING:
    from evidence_desk.services.bus import Outcome

MANY = 100
"""From so many edits on a step is felt where it is done at once: about half a millisecond for each."""
_TOLD = 100
"""Every so many edits it is told how far it is."""


class LongStep(QObject):
    """One step at a time.

    Signals: `went_on(int done, int count)` now and then while it is worked out; `ended(bool kept)` when it is kept, was
    refused or cancelled; `refused(EvidenceDeskError)` before that where it was refused.
    """

    went_on = Signal(int, int)
    ended = Signal(bool)
    refused = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work = ByAndBy(self)

    @property
    def is_at_work(self) -> bool:
        """Tell whether a step is being worked out."""
        return self._work.is_at_work

    def begin(self, step: Generator[int, None, Outcome], count: int, kept: Callable[[], None]) -> None:
        """Work a step of so many edits out; `kept` is called once it is kept."""
        self._work.begin(self._pieces(step, count, kept))
        self.went_on.emit(0, count)

    def cancel(self) -> None:
        """Leave it: nothing was written yet."""
        if self.is_at_work:
            self._work.stop()
            self.ended.emit(False)

    def finish(self) -> None:
        """Do what is left now: the case is closed, and what was asked for and not cancelled is kept."""
        self._work.finish()

    def _pieces(self, step: Generator[int, None, Outcome], count: int, kept: Callable[[], None]) -> Iterator[None]:
        told = 0
        try:
            for done in step:
                # It may have been begun anew; and what comes after all are done holds the window for a moment.
                if done == count or not told <= done < told + _TOLD:
                    told = done
                    self.went_on.emit(done, count)
                yield
        except EvidenceDeskError as error:
            self._work.stop()
            self.refused.emit(error)
            self.ended.emit(False)
            return
        except Exception:
            self._work.stop()
            self.ended.emit(False)
            raise
        self._work.stop()
        kept()
        self.ended.emit(True)
