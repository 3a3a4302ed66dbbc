"""What the worker can be asked for, by name."""

from __future__ import annotations

from typing import Any

from evidence_desk.domain.errors import WorkerFailed
from evidence_desk.worker.file_operations import FileOperations
from evidence_desk.worker.frame_operations import FrameOperations
from evidence_desk.worker.frame_window import DEFAULT_BUDGET
from evidence_desk.worker.log_watch import LogWatch
from evidence_desk.worker.reply import Reply
from evidence_desk.worker.sequential import Beat
from evidence_desk.worker.sound_operations import SoundOperations


class Operations:
    """Answers requests by handing each to the part that knows it."""

    def __init__(self, log: LogWatch, window_budget: int = DEFAULT_BUDGET) -> None:
        self._frames = FrameOperations(window_budget)
        self._whole_files = FileOperations(log).known()
        self._known = {**self._whole_files, **self._frames.known(), **SoundOperations().known()}

    def set_window(self, budget: int) -> None:
        """Change how many bytes of pictures are kept; the desk divides its allowance among the files in use."""
        self._frames.set_window(budget)

    def answered(self) -> None:
        """Learn that the reply is sent."""
        self._frames.answered()

    def run(self, head: dict[str, Any], blob: bytes, beat: Beat) -> Reply:
        """Do what `head` asks; raises the desk's errors, and whatever a decoder throws."""
        name = str(head.get("op"))
        operation = self._known.get(name)
        if operation is None:
            raise WorkerFailed(f"The worker does not know {head.get('op')!r}.")
        if name in self._whole_files:
            self._frames.rest()
        return operation(head, blob, beat)
