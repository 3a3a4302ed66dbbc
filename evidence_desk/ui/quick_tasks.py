"""Short work that a person waits for at this moment: never queued behind a job, and not listed as one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import EvidenceDeskError


class QuickTasks(QObject):
    """Runs each task on a thread of its own; the answer comes back on the window's thread.

    For work of milliseconds that touches no record. What a person cannot cause passes through as the defect it is.
    """

    _came = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._came.connect(self._deliver)

    def start(self, task: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Run `task()`; `then` gets its result, or None where the desk's own error says that there is none."""
        threading.Thread(target=self._run, args=(task, then), name="quick task", daemon=True).start()

    def _run(self, task: Callable[[], Any], then: Callable[[Any], None]) -> None:
        try:
            result = task()
        except EvidenceDeskError:
            result = None
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
            self._came.emit(then, result)

    @staticmethod
    def _deliver(then: Callable[[Any], None], result: Any) -> None:
        then(result)
