"""bench: how quick the desk is on this machine, with a file or by itself."""

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
@click.argument("file", required=False)
@click.option("--desk", is_flag=True, help="Measure the window: its start, its longest stall, panning the timeline.")
@click.option(
    "--marks", type=click.IntRange(0, 1_000_000), default=100_000, show_default=True, help="With --desk: to pan over."
)
@reads
def bench(wishes: Wishes, file: str | None, desk: bool, marks: int) -> None:
    """Measure how quick the desk is with FILE (or CASE:EX-001): opening, stepping, seeking, decoding, memory.

    Every frame is decoded twice and about two thousand are stepped through: minutes for a long file. Times depend on
    what else the machine does. With --desk no file is needed: the window is started, a sample case is built, opened,
    stepped through and observed, and a timeline of ten hours is panned, also where there is no display.

    \b
    Examples:
      evidence-desk bench clip.mp4
      evidence-desk bench --json yard.edcase:EX-001
      evidence-desk bench --desk --marks 100000
    """
    if desk == (file is not None):
        raise click.UsageError("Name a file to measure, or give --desk for the window itself.")
    if file is None:
        _bench_desk(wishes, marks)
        return
    from evidence_desk.services.bench import measure

    with media_worker() as worker:
        place = target(file, worker).file
    with Progress("bench") as progress:
        found = measure(place, progress)
    if wishes.as_json:
        print_json(found.to_json())
    else:
        print_lines(_lines(found))


def _bench_desk(wishes: Wishes, marks: int) -> None:
    from evidence_desk.ui.desk_bench import measure

    with Progress("bench") as progress:
        found = measure(marks, progress)
    if wishes.as_json:
        print_json(found.to_json())
        return
    print_lines(
        (
            f"Start                {found.start_ms:.0f} ms to the painted welcome page",
            f"Longest stall        {found.longest_stall_ms:.0f} ms of the window's thread; "
            f"at most {found.longest_run_ms:.0f} ms it ran itself",
            f"Panning              {found.pan_fps:.0f} full repaints a second with {found.marks} marks on ten hours",
        )
    )


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
