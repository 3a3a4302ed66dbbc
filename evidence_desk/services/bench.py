"""How quick the desk is with one file: the words of `bench`, each measured through the face that the window uses.

Times are wall-clock milliseconds. The window asks for whole native pictures one after the other; so does this.
"""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.memory_peak import MemoryPeak

STEPS = 1000
SEEKS = 40
_SEEK_SECONDS = 90.0
_FEWEST_SEEKS = 5
_START_SECONDS = 10.0
SEED = 1


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 95th percentile of one measure, in milliseconds."""

    median: float
    p95: float

    def to_json(self) -> dict[str, float]:
        """Return both, rounded to hundredths."""
        return {"median": round(self.median, 2), "p95": round(self.p95, 2)}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What was measured of one file.

    `open_ms`: request to the first exact picture, its frame table at hand and a process waiting, as in the desk;
    `index_ms`, `index_mb_s`: the frame table from the packets alone, by the request and in MB (10⁶ bytes) of the file a
    second; `step_back_amortised`: ms a step, all decoding included; `decode_fps`: decoding alone, nothing hashed;
    `peak_mb`: this process and its workers at their largest, in MB.
    """

    frames: int
    steps: int
    seeks: int
    open_ms: float
    index_ms: float
    index_mb_s: float
    step_forward: Spread
    step_back: Spread
    step_back_amortised: float
    seek: Spread
    decode_fps: float
    peak_mb: float

    def to_json(self) -> dict[str, Any]:
        """Return the measures in the words of the command line."""
        return {
            "open_ms": round(self.open_ms, 1),
            "index_ms": round(self.index_ms, 1),
            "index_mb_s": round(self.index_mb_s, 1),
            "step_forward_ms": self.step_forward.to_json(),
            "step_back_ms": {**self.step_back.to_json(), "amortised": round(self.step_back_amortised, 2)},
            "seek_ms": self.seek.to_json(),
            "decode_fps": round(self.decode_fps, 1),
            "peak_mb": round(self.peak_mb, 1),
        }


def spread(values: Sequence[float]) -> Spread:
    """Return median and 95th percentile (nearest rank) of seconds, as milliseconds; zeros where there are none."""
    if not values:
        return Spread(0.0, 0.0)
    ordered = sorted(values)
    return Spread(statistics.median(ordered) * 1000, ordered[math.ceil(0.95 * len(ordered)) - 1] * 1000)


def measure(file: Path, ctx: JobContext) -> Benchmark:
    """Return how quick the desk is with the file; raises MediaUnreadable, WorkerFailed, Cancelled.

    The frame table is made first by one decoding pass with hashes, which is not measured: pictures are checked against
    it as in the desk.
    """
    peak = MemoryPeak()
    with MediaWorker() as worker, peak.watching(worker):
        index_ms = _index(worker, file, ctx)
        table = worker.index(file, ctx=ctx)
        if not len(table):
            raise MediaUnreadable(f"No picture can be decoded from {file.name}. Nothing was changed.")
        decode = _timed(lambda: worker.index(file, hashes=False, ctx=ctx, sha256=table.sha256))
    open_ms = _open(file, table, peak)
    with MediaWorker() as worker, peak.watching(worker):
        steps = min(STEPS, len(table) - 1)
        forward = list(_visits(worker, file, table, range(steps + 1), ctx))[1:]
        last = len(table) - 1
        back = list(_visits(worker, file, table, range(last, last - steps - 1, -1), ctx))[1:]
        seeks = list(_seeks(worker, file, table, ctx))
    return Benchmark(
        frames=len(table),
        steps=steps,
        seeks=len(seeks),
        open_ms=open_ms,
        index_ms=index_ms,
        index_mb_s=file.stat().st_size / 1000 / index_ms if index_ms else 0.0,
        step_forward=spread(forward),
        step_back=spread(back),
        step_back_amortised=1000 * sum(back) / len(back) if back else 0.0,
        seek=spread(seeks),
        decode_fps=len(table) / decode,
        peak_mb=peak.megabytes,
    )


def _timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _index(worker: MediaWorker, file: Path, ctx: JobContext) -> float:
    """Return the milliseconds of a frame table from packets: the better of two, the process being warm."""
    worker.outline(file, ctx=ctx)
    return 1000 * min(_timed(lambda: worker.outline(file, ctx=ctx)) for _ in range(2))


def _open(file: Path, table: FrameTable, peak: MemoryPeak) -> float:
    """Return the milliseconds from the request to the first exact picture, of a process that never saw the file."""
    with MediaWorker(spare=True) as worker, peak.watching(worker):
        worker.warm(_START_SECONDS)
        return 1000 * _timed(lambda: worker.picture(file, table, 0))


def _visits(
    worker: MediaWorker, file: Path, table: FrameTable, numbers: Sequence[int], ctx: JobContext
) -> Iterator[float]:
    """Yield the seconds to each frame, one after the other without a rest, as with a key held."""
    for at, n in enumerate(numbers):
        yield _timed(lambda n=n: worker.picture(file, table, n))  # type: ignore[misc]  # bound at once
        ctx.progress(at + 1, len(numbers), "steps")


def _seeks(worker: MediaWorker, file: Path, table: FrameTable, ctx: JobContext) -> Iterator[float]:
    """Yield the seconds to random frames; fewer where they take long."""
    draw = random.Random(SEED)  # noqa: S311 - a repeatable choice, no secret
    end = time.monotonic() + _SEEK_SECONDS
    for at in range(SEEKS):
        if at >= _FEWEST_SEEKS and time.monotonic() > end:
            return
        n = draw.randrange(len(table))
        yield _timed(lambda n=n: worker.picture(file, table, n))  # type: ignore[misc]  # bound at once
        ctx.progress(at + 1, SEEKS, "seeks")
