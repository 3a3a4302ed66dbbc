"""Progress of long work on stderr, one line that is written over; silent where nobody watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from evidence_desk.cli.messages import one_line

_EVERY = 0.1
"""Seconds between two pictures of the line: faster only slows the work."""
_WIDTH = 24


class Progress:
    """A `JobContext` for the command line; as a context manager it takes its line away at the end."""

    def __init__(self, label: str = "") -> None:
        self._label = one_line(label)
        self._watched = sys.stderr.isatty()
        self._drawn = 0.0
        self._length = 0

    @property
    def cancelled(self) -> bool:
        """Never: Ctrl+C ends the command itself."""
        return False

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Draw how far the work is."""
        now = time.monotonic()
        if not self._watched or now - self._drawn < _EVERY:
            return
        self._drawn = now
        share = min(1.0, done / total) if total > 0 else 0.0
        bar = "█" * round(share * _WIDTH)
        self._draw(f"{self._label} {bar:░<{_WIDTH}} {share:4.0%} {one_line(note)}".strip())

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take the line away."""
        if self._length:
            self._draw("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _draw(self, line: str) -> None:
        sys.stderr.write("\r" + line.ljust(self._length))
        sys.stderr.flush()
        self._length = len(line)
