"""Keeps what the decoding libraries write to stderr away from the terminal, and tells when they complained.

Many decoders hide damage: they paint over it and only write a line. Whether a line was written while one packet was
decoded is therefore the only sign of such damage. PyAV's own log hook is never used: `av.logging.set_level` can
deadlock with frame threads. The C library's default hook writes to descriptor 2, and that leads into a nameless file.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

import av.logging

_SIZE_LIMIT = 1 << 20
# Said of streams that decode in full: encoders' habits, not damage.
_HARMLESS = re.compile(
    r"mmco: unref short failure|co located POCs unavailable|number of reference frames|deprecated|Estimating duration"
    r"|Missing reference picture, default is|reference count overflow|Last message repeated"
)
_ADDRESS = re.compile(r" @ 0x[0-9a-f]+")


class LogWatch:
    """Watches the growth of the captured stderr."""

    def __init__(self) -> None:
        descriptor, name = tempfile.mkstemp(prefix="evidence-desk-log-")
        os.dup2(descriptor, 2)
        os.close(descriptor)
        self._reader = Path(name).open("rb", buffering=0)  # noqa: SIM115 - lives as long as the process
        self._read_to = 0
        with contextlib.suppress(OSError):  # Windows keeps the name of an open file
            Path(name).unlink()
        av.logging.restore_default_callback()
        av.logging.set_libav_level(av.logging.ERROR)

    def _read(self, end: int) -> bytes:
        """Return what was written since the last look."""
        self._reader.seek(self._read_to)
        return self._reader.read(min(end - self._read_to, 65536))

    def complained(self) -> str:
        """Return the first line written since the last call that speaks of damage, "" if there is none."""
        end = os.lseek(2, 0, os.SEEK_CUR)
        if end == self._read_to:
            return ""
        text = self._read(end).decode(errors="replace")
        self._read_to = end
        if end > _SIZE_LIMIT:
            os.ftruncate(2, 0)
            os.lseek(2, 0, os.SEEK_SET)
            self._read_to = 0
        lines = (_ADDRESS.sub("", line).strip() for line in text.splitlines())
        return next((line for line in lines if line and not _HARMLESS.search(line)), "")
