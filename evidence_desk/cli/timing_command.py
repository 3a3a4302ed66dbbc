"""timing: what the time stamps of a clip say, where they are irregular, and between which times something happened."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell
from evidence_desk.cli.opening import media_worker, target
from evidence_desk.cli.option_types import FRAMES
from evidence_desk.cli.printing import aligned, print_table
from evidence_desk.cli.progress import Progress
from evidence_desk.domain.errors import FrameOutOfRange
from evidence_desk.domain.time import clock, fraction_text, seconds_text

if TYPE_CHECKING:
    from evidence_desk.domain.frames import FrameTable
    from evidence_desk.domain.timing import SpanBounds, Timing

_PLACES_PRINTED = 1000


@click.command()
@click.argument("file")
@click.option("--stream", type=int, metavar="I", help="The picture stream by ffmpeg's index; else the first, no cover.")
@click.option("--frames", "span", type=FRAMES, help="Say between which times what these frames show began and ended.")
@reads
def timing(wishes: Wishes, file: str, stream: int | None, span: tuple[int, int] | None) -> None:
    """Print what the time stamps of FILE (or CASE:EX-001) say: steps, gaps, repeats, faults, and where they are.

    Times are those of the file's stamps, from frame 0. What a frame shows first happened after the frame before it and
    by this one; the stamps do not say when the camera took the picture.

    \b
    Examples:
      evidence-desk timing clip.mp4
      evidence-desk timing clip.mp4 --frames 640..905 --json
    """
    from evidence_desk.domain.timing import span_bounds, timing_of

    with media_worker() as worker, Progress("frames") as progress:
        found = target(file, worker)
        stored = found.table
        table = (
            stored
            if stored is not None and stream in (None, stored.stream)
            else worker.index(found.file, stream, ctx=progress, sha256=found.sha256)
        )
    if span is not None and span[1] >= len(table):
        raise FrameOutOfRange(
            f"There is no frame {span[1]}: {found.file.name} has {len(table)} frames, 0 to {len(table) - 1}."
        )
    facts = timing_of(table)
    bounds = span_bounds(table, *span) if span is not None else None
    if wishes.as_json:
        print_json(_values(file, table, facts, span, bounds))
    else:
        print_lines(_lines(facts, span, bounds))
        if facts.places:
            _print_places(table, facts)
    for note in (table.damage, *table.notes):
        if note:
            tell(f"Notice: {note}")


def _values(
    file: str, table: FrameTable, facts: Timing, span: tuple[int, int] | None, bounds: SpanBounds | None
) -> dict[str, Any]:
    values = {
        "file": file,
        "sha256": table.sha256,
        "stream": table.stream,
        "decoder": table.decoder,
        **facts.to_json(),
        "places": [_place(table, facts, n) for n in facts.places],
    }
    if span is not None and bounds is not None:
        values["bounds"] = {
            "frames": list(span),
            "began": bounds.began.to_json(),
            "ended": bounds.ended.to_json(),
        }
    return values


def _place(table: FrameTable, facts: Timing, n: int) -> dict[str, Any]:
    from evidence_desk.domain.timing import frame_timing, irregular_words

    here = frame_timing(table, n)
    return {
        "n": n,
        "pts": here.pts,
        "time": fraction_text(here.time),
        "time_exact": here.time_exact,
        "stated": here.stated,
        "step": here.measured,
        "what": list(irregular_words(facts.at(n))),
    }


def _lines(facts: Timing, span: tuple[int, int] | None, bounds: SpanBounds | None) -> Iterator[str]:
    from evidence_desk.domain.timing import WORDS

    declared = f"header says {facts.declared}" if facts.declared else "header states none"
    steps = f"{facts.usual} ticks usual, {facts.shortest} to {facts.longest}" if facts.usual else "none"
    yield from aligned(
        [
            ("Frames", f"{facts.frames} counted, {declared}"),
            ("Time base", f"{fraction_text(facts.time_base)} s a tick"),
            ("First pts", "none" if facts.first_pts is None else str(facts.first_pts)),
            ("Steps", f"{steps}, {'even' if facts.even else 'uneven'}"),
            ("Missing time", f"{seconds_text(facts.missing * facts.time_base)} s"),
            *((words.capitalize(), str(facts.counts[kind])) for kind, words in WORDS.items() if facts.counts[kind]),
        ]
    )
    if span is not None and bounds is not None:
        yield ""
        yield from aligned(
            [
                ("Frames", f"{span[0]} to {span[1]}"),
                ("Began", bounds.began.words()),
                ("Ended", bounds.ended.words()),
                ("Note", "; ".join(dict.fromkeys(n for n in (bounds.began.note, bounds.ended.note) if n))),
            ]
        )


def _print_places(table: FrameTable, facts: Timing) -> None:
    from evidence_desk.domain.timing import frame_timing, irregular_words

    rows = []
    for n in islice(facts.places, _PLACES_PRINTED):
        here = frame_timing(table, n)
        rows.append(
            [
                str(n),
                clock(here.time),
                "none" if here.pts is None else str(here.pts),
                "none" if here.stated is None else str(here.stated),
                "" if here.measured is None else str(here.measured),
                ", ".join(irregular_words(facts.at(n))),
            ]
        )
    print_lines([""])
    print_table(["n", "time", "pts", "duration", "step", "what"], rows)
    left = len(facts.places) - len(rows)
    if left > 0:
        print_lines([f"and {left} more; --json has all of them"])
