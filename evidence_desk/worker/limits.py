"""What the process that opens media may use, set before it opens anything."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator

MEMORY_VARIABLE = "EVIDENCE_DESK_WORKER_MEMORY_MB"
DEFAULT_MEMORY_MB = 8192
_LEAST_MEMORY_MB = 2048
_OPEN_FILES = 128
# What descriptors that are open may grow to: the record of what decoders complain of. No file is ever made.
_FILE_SIZE = 32 << 20
PROBING_SECONDS = 60
# A picture larger than 16384 x 16384 is refused before memory is taken for it.
MOST_PIXELS = 1 << 28


def apply_limits() -> bool:
    """Limit memory, open files, file growth and core dumps as far as the system can; tell whether it could."""
    if sys.platform == "win32":
        from evidence_desk.worker.windows_job import limit_this_process

        return limit_this_process(_memory_mb() << 20)
    import resource

    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, _FILE_SIZE),
        (resource.RLIMIT_AS, _memory_mb() << 20),
    ):
        hard = resource.getrlimit(kind)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (ceiling, ceiling))
    return True


@contextlib.contextmanager
def probing_limit(seconds: int = PROBING_SECONDS) -> Iterator[None]:
    """End this process when looking at a file takes more than so much processor time; pictures have no such limit."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(time.process_time()) + seconds + 1
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _memory_mb() -> int:
    """Return the memory allowed: what was set, else 8 GB, yet no more than three quarters of the machine's."""
    wanted = os.environ.get(MEMORY_VARIABLE, "")
    if wanted.isdecimal():
        return int(wanted)
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, ValueError, OSError):  # Windows has no such question
        return DEFAULT_MEMORY_MB
    return max(min(DEFAULT_MEMORY_MB, machine * 3 // 4), _LEAST_MEMORY_MB)
