"""bench: how quick the desk is with a file on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads
from evidence_desk.cli.opening import media_worker, target
from evidence_desk.cli.progress import Progress

if TYPE_CHECKING:
    from evidence_desk.services.bench import Benchmark, Spread


@click.command()
@click.argument("file")
@reads
def bench(wishes: Wishes, file: str) -> None:
    """Measure how quick the desk is with FILE (or CASE:EX-001): opening, stepping, seeking, decoding, memory.

    Every frame is decoded twice and about two thousand are stepped through: minutes for a long file. Times depend on
    what else the machine does.

    \b
    Examples:
      evidence-desk bench clip.mp4
      evidence-desk bench --json yard.edcase:EX-001
    """
    from evidence_desk.services.bench import measure

    with media_worker() as worker:
        place = target(file, worker).file
    with Progress("bench") as progress:
        found = measure(place, progress)
    if wishes.as_json:
        print_json(found.to_json())
    else:
        print_lines(_lines(found))


def _lines(found: Benchmark) -> Iterator[str]:
    yield f"First exact picture  {found.open_ms:.0f} ms after the request"
    yield f"Frame table          {found.index_ms:.0f} ms from packets, {found.index_mb_s:.0f} MB of the file a second"
    yield f"One step forward     {_spread(found.step_forward)}, {found.steps} steps"
    mean = f"{found.step_back_amortised:.1f} ms each with all decoding included"
    yield f"One step back        {_spread(found.step_back)}, {mean}"
    yield f"Random frame         {_spread(found.seek)}, {found.seeks} seeks"
    yield f"Decoding alone       {found.decode_fps:.0f} frames a second, {found.frames} frames"
    yield f"Memory at most       {found.peak_mb:.0f} MB, this program and the processes that open media"


def _spread(value: Spread) -> str:
    return f"median {value.median:.1f} ms, 95 of 100 within {value.p95:.1f} ms"
