"""What the process that opens media may use, set before it opens anything."""

from __future__ import annotations

import contextlib
import os
import sys

MEMORY_VARIABLE = "EVIDENCE_DESK_WORKER_MEMORY_MB"
DEFAULT_MEMORY_MB = 8192
_OPEN_FILES = 256


def apply_limits() -> None:
    """Limit memory, open files and core dumps wherever the system can do that."""
    if sys.platform == "win32":
        return
    import resource

    wanted = os.environ.get(MEMORY_VARIABLE, "")
    memory = (int(wanted) if wanted.isdecimal() else DEFAULT_MEMORY_MB) << 20
    for kind, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, _OPEN_FILES), (resource.RLIMIT_AS, memory)):
        hard = resource.getrlimit(kind)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (ceiling, ceiling))
