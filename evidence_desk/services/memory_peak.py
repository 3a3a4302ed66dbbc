"""How much memory this process and the processes that open media took at their largest."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

_EVERY = 0.05


class HasProcesses(Protocol):
    """What runs in processes of its own."""

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of those that run now."""
        ...


class MemoryPeak:
    """Watches processes while they work. Counts each one's largest resident size, as the system keeps it (Linux).

    A picture in shared memory is counted on both sides; what the system cannot tell counts as nothing.
    """

    def __init__(self) -> None:
        """Begin with this process alone."""
        self._largest = 0

    @property
    def megabytes(self) -> float:
        """The largest sum seen, in MB (10⁶ bytes)."""
        return max(self._largest, _high_water(os.getpid())) / 1_000_000

    @contextmanager
    def watching(self, worker: HasProcesses) -> Iterator[None]:
        """Look again and again until the block ends, and once at its end."""
        done = threading.Event()
        peaks: dict[int, int] = {}

        def look() -> None:
            while True:
                last = done.wait(_EVERY)
                for pid in worker.pids:
                    peaks[pid] = max(peaks.get(pid, 0), _high_water(pid))
                self._largest = max(self._largest, _high_water(os.getpid()) + sum(peaks.values()))
                if last:
                    return

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def _high_water(pid: int) -> int:
    """Return the largest resident size of a process in bytes, 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:")), 0)
