"""The writer's lock: an operating-system lock on `case.lock`, whose text says who holds it, where and since when.

The lock goes with the process, so a file left behind by a crash holds nobody out.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
from pathlib import Path

from evidence_desk.domain.errors import CaseInUse

_FAR = 1 << 30
"""Windows locks a byte range: one far beyond the text leaves the text readable."""


class CaseLock:
    """Holds `case.lock` until `release`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    def acquire(self, actor: str, since: str) -> None:
        """Take the lock and write who holds it; raises CaseInUse with the holder, OSError where it cannot write."""
        # A link here would have the file it leads to emptied.
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            _lock(fd)
        except OSError:
            os.close(fd)
            holder = describe_holder(self._path)
            raise CaseInUse(
                f"The case is open for writing: {holder}. Nothing was changed. "
                "Close it there, or open it here to read.",
                holder,
            ) from None
        text = json.dumps({"actor": actor, "host": platform.node(), "pid": os.getpid(), "since": since})
        os.ftruncate(fd, 0)
        os.write(fd, text.encode("utf-8"))
        self._fd = fd

    def release(self) -> None:
        """Let go; the text is emptied first, so that a later look at the file names nobody."""
        if self._fd is None:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._fd, 0)
        os.close(self._fd)
        self._fd = None


def describe_holder(path: Path) -> str:
    """Return who holds the lock, as far as its text tells."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return f"{told['actor']} on {told['host']}, process {told['pid']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another window or command"


if sys.platform == "win32":  # untried
    import msvcrt

    def _lock(fd: int) -> None:
        os.lseek(fd, _FAR, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        os.lseek(fd, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
