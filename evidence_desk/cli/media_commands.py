"""probe, frames, still: what a media file is, its frames by number and hash, and one of them as a picture."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell
from evidence_desk.cli.opening import Target, media_worker, target
from evidence_desk.cli.printing import aligned, print_table
from evidence_desk.cli.progress import Progress
from evidence_desk.cli.writing import refuse_other_files, write_whole
from evidence_desk.domain.sound import beside_picture
from evidence_desk.domain.time import clock, fraction_text, seconds_text

if TYPE_CHECKING:
    from evidence_desk.domain.frames import FrameRow, FrameTable
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.media.probe_facts import Probe, StreamFacts

_PNG = b"\x89PNG\r\n\x1a\n"
_MISSES_SHOWN = 20
_ROWS_AT_ONCE = 1000


class FrameNumbers(click.ParamType[Any]):
    """Frame numbers with commas between them, kept in the order given."""

    name = "N,N,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Return the numbers; anything else is wrong usage."""
        if isinstance(value, tuple):
            return value
        try:
            return tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not a list of frame numbers such as 0,12,7", param, ctx)


# ------------------------------------------------------------------------------------------------------------- probe


@click.command()
@click.argument("file")
@reads
def probe(wishes: Wishes, file: str) -> None:
    """Print what FILE (or CASE:EX-001) says of itself: container, streams, dates, encoder traces, anomalies.

    \b
    Examples:
      evidence-desk probe clip.mp4
      evidence-desk probe --json yard.edcase:EX-001
    """
    with media_worker() as worker:
        found = worker.probe(target(file, worker, counted=False).file)
    if wishes.as_json:
        print_json({"file": file, **found.to_json()})
    else:
        print_lines(_probe_lines(found))


def _probe_lines(found: Probe) -> Iterator[str]:
    yield from aligned(
        [
            ("File", found.name),
            ("Container", f"{found.format_name} ({found.format})"),
            ("Size", f"{found.size:,} bytes".replace(",", " ")),
            ("Duration", f"{found.duration} s by the header" if found.duration else "not stated"),
            ("Starts at", f"{found.start} s" if found.start else "not stated"),
            ("Sound begins", beside_picture(Fraction(found.sound_offset)) if found.sound_offset else ""),
        ]
    )
    for stream in found.streams:
        mark = "   ← its frames are counted" if stream.index == found.default_video else ""
        yield ""
        yield f"Stream {stream.index}: {stream.kind}{' (cover picture)' if stream.cover else ''}{mark}"
        yield from aligned(_stream_facts(stream), indent="  ")
    for head, lines in (
        ("Dates as written in the file", [f"{name}: {value}" for name, value in found.dates.items()]),
        ("Encoder traces", found.encoder_traces),
        ("Edit lists", found.edit_lists),
        ("Anomalies", found.anomalies or ("none found",)),
    ):
        if lines:
            yield ""
            yield head
            yield from (f"  {line}" for line in lines)


def _stream_facts(stream: StreamFacts) -> Iterator[tuple[str, str]]:
    yield "Codec", f"{stream.codec} {stream.profile}".strip() or "unknown"
    yield "Time base", stream.time_base
    if stream.kind == "video":
        yield "Picture", f"{stream.width} × {stream.height}, {stream.pix_fmt}, pixel aspect {stream.sar}"
        yield "Shown", _turn_text(stream)
        colour = f"{stream.colour_matrix}, {stream.colour_range}, {stream.colour_transfer}".strip(", ")
        yield "Colour", colour
        yield "Rate", f"{stream.average_rate} per second on average, by the header" if stream.average_rate else ""
        yield "Frames", f"{stream.declared_frames} by the header" if stream.declared_frames else "not stated"
    elif stream.kind == "audio":
        yield "Sound", f"{stream.sample_rate} Hz, {stream.channels} channels ({stream.layout})"
        left_out = f", {stream.priming} samples left out before it" if stream.priming else ""
        if stream.sound_start:
            yield "First sample", f"at {seconds_text(Fraction(stream.sound_start))} s{left_out}"


def _turn_text(stream: StreamFacts) -> str:
    turn = f"turned {stream.rotation}° clockwise" if stream.rotation else "not turned"
    return f"mirrored left to right, {turn}" if stream.mirrored else turn


# ------------------------------------------------------------------------------------------------------------ frames


@click.command()
@click.argument("file")
@click.option("--hash", "hashed", is_flag=True, help="Add each frame's SHA-256, the one ffmpeg's framehash prints.")
@click.option("--at", type=FrameNumbers(), help="Only these frames, each reached by a seek, in this order.")
@click.option("--stream", type=int, metavar="I", help="The picture stream by ffmpeg's index; else the first, no cover.")
@click.option(
    "--seek-test", type=click.IntRange(1), metavar="K", help="Reach K random frames and compare their hashes."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="Which random frames.")
@reads
def frames(
    wishes: Wishes,
    file: str,
    hashed: bool,
    at: tuple[int, ...] | None,
    stream: int | None,
    seek_test: int | None,
    seed: int,
) -> int:
    """Print every frame of FILE (or CASE:EX-001): number, time stamp, time from frame 0, key, hash.

    Frame n is the n-th picture that the decoder gives, counted from 0; its hash is that of the native picture.

    \b
    Examples:
      evidence-desk frames clip.mp4 --hash --json
      evidence-desk frames clip.mp4 --at 0,117,42 --hash
      evidence-desk frames clip.mp4 --seek-test 100 --seed 7
    """
    if at is not None and seek_test is not None:
        raise click.UsageError("--at and --seek-test cannot be asked for together")
    with media_worker() as worker, Progress("frames") as progress:
        found = target(file, worker)
        single = at is not None or seek_test is not None
        table = _table(worker, found, stream, progress, hashes=hashed or single, fresh=not single)
        if seek_test is not None:
            return _seek_test(worker, found, table, wishes, (file, seek_test, seed))
        rows = table if at is None else worker.frames_at(found.file, table, at)
    if wishes.as_json:
        _print_frames_json(file, table, rows, hashed)
    else:
        _print_frames(table, rows, hashed)
    for note in (table.damage, *table.notes):
        if note:
            tell(f"Notice: {note}")
    return 0


def _table(
    worker: MediaWorker,
    found: Target,
    stream: int | None,
    progress: Progress,
    *,
    hashes: bool = True,
    fresh: bool = False,
) -> FrameTable:
    stored = found.table
    if stored is not None and stream in (None, stored.stream) and not fresh:
        return stored
    return worker.index(found.file, stream, hashes=hashes, ctx=progress, sha256=found.sha256)


def _row_json(table: FrameTable, row: FrameRow, hashed: bool) -> dict[str, Any]:
    time = seconds_text(table.time_of(row.n))
    values: dict[str, Any] = {"n": row.n, "pts": row.pts, "duration": row.duration, "time": time, "key": row.key}
    if hashed:
        values["hash"] = row.hash
    if not table.stamps_increase:
        note = table.pts_note(row.n)
        if note:
            values["pts_note"] = note
    return values


def _print_frames_json(file: str, table: FrameTable, rows: Iterable[FrameRow], hashed: bool) -> None:
    """Print one object with a line for each frame, written as it goes: a long file has hundreds of thousands."""
    head = {
        "file": file,
        "sha256": table.sha256,
        "stream": table.stream,
        "time_base": fraction_text(table.time_base),
        "decoder": table.decoder,
    }
    click.echo(json.dumps(head, ensure_ascii=False)[:-1] + ', "frames": [', nl=False)
    between = "\n"
    rest = iter(rows)
    while lines := [json.dumps(_row_json(table, row, hashed)) for row in islice(rest, _ROWS_AT_ONCE)]:
        click.echo(between + ",\n".join(lines), nl=False)
        between = ",\n"
    click.echo("\n]}")


def _print_frames(table: FrameTable, rows: Iterable[FrameRow], hashed: bool) -> None:
    lowest_highest = table.rates
    rate = "one frame" if lowest_highest is None else f"{float(lowest_highest[0]):.3f}"
    if lowest_highest is not None and table.variable:
        rate = f"{rate} to {float(lowest_highest[1]):.3f}"
    print_lines(
        aligned(
            [
                ("Frames", f"{len(table)} decoded" + (f", header says {d}" if (d := table.declared_frames) else "")),
                ("Stream", f"{table.stream}, time base {fraction_text(table.time_base)}"),
                ("Picture", f"{table.width} × {table.height}, {table.pix_fmt}"),
                ("Rate", f"{rate} per second{', variable' if table.variable else ''}" if lowest_highest else rate),
                ("Length", clock(table.duration) + ("" if table.time_is_exact else " by best effort")),
                ("Decoder", table.decoder),
                ("SHA-256", table.sha256),
            ]
        )
    )
    print_lines([""])
    heads = ["n", "time", "pts", "duration", "key", *(["hash"] if hashed else []), "note"]
    print_table(heads, [_row_cells(table, row, hashed) for row in rows])


def _row_cells(table: FrameTable, row: FrameRow, hashed: bool) -> list[str]:
    note = "" if table.stamps_increase else table.pts_note(row.n)
    flags = row.flags.name or ""
    marks = ", ".join(word for word in (flags.replace("KEY", "").strip("|").replace("_", " ").lower(), note) if word)
    cells = [str(row.n), clock(table.time_of(row.n)), "none" if row.pts is None else str(row.pts), str(row.duration)]
    return [*cells, "key" if row.key else "", *([row.hash] if hashed else []), marks]


def _seek_test(
    worker: MediaWorker, found: Target, table: FrameTable, wishes: Wishes, asked: tuple[str, int, int]
) -> int:
    """Reach random frames, print how many had the hash of the sequential pass; return the exit status."""
    file, count, seed = asked
    draw = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    numbers = [draw.randrange(len(table)) for _ in range(count)]
    with Progress("seeks") as progress:
        reached = worker.reached_at(found.file, table, numbers, progress)
    misses = [
        {"n": row.n, "expected": table.hash_of(row.n), "got": row.hash}
        for row, _ in reached
        if row.hash != table.hash_of(row.n)
    ]
    values = {
        "file": file,
        "sha256": table.sha256,
        "stream": table.stream,
        "decoder": table.decoder,
        "frames": len(table),
        "seeks": count,
        "seed": seed,
        "exact": count - len(misses),
        "misses": misses[:_MISSES_SHOWN],
    }
    if wishes.as_json:
        print_json(values)
    else:
        print_lines([f"{count - len(misses)} of {count} seeks exact, {len(table)} frames, seed {seed}"])
        print_lines(f"frame {miss['n']}: expected {miss['expected']}, got {miss['got']}" for miss in misses)
    return 1 if misses else 0


# ------------------------------------------------------------------------------------------------------------- still


@click.command()
@click.argument("file")
@click.option("--frame", "n", type=int, required=True, metavar="N", help="The frame's number, counted from 0.")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, metavar="OUT.png", help="Where to write.")
@click.option("--stream", type=int, metavar="I", help="The picture stream by ffmpeg's index; else the first, no cover.")
@reads
def still(wishes: Wishes, file: str, n: int, out: Path, stream: int | None) -> None:
    """Write frame N of FILE (or CASE:EX-001) as PNG, as a person sees it: turned, mirrored, with square pixels.

    The PNG is a rendering. Its text chunks hold the frame's identity: exhibit SHA-256, frame number, time stamp and the
    hash of the native picture.

    \b
    Examples:
      evidence-desk still clip.mp4 --frame 117 -o frame-117.png
      evidence-desk still yard.edcase:EX-001 --frame 0 -o first.png --json
    """
    refuse_other_files(out, _PNG, "PNG")
    with media_worker() as worker, Progress("still") as progress:
        found = target(file, worker)
        table = _table(worker, found, stream, progress)
        png = worker.still(found.file, table, n)
    write_whole(out, png)
    row = table.row(n)
    values = {
        "file": file,
        "sha256": table.sha256,
        "stream": table.stream,
        "n": n,
        "pts": row.pts,
        "time_base": fraction_text(table.time_base),
        "time": seconds_text(table.time_of(n)),
        "hash": row.hash,
        "decoder": table.decoder,
        "png": str(out),
        "png_sha256": hashlib.sha256(png).hexdigest(),
    }
    if wishes.as_json:
        print_json(values)
    else:
        print_lines(_lines_of_still(values))


def _lines_of_still(values: dict[str, Any]) -> Sequence[str]:
    pts = "none" if values["pts"] is None else values["pts"]
    return list(
        aligned(
            [
                ("Written", values["png"]),
                ("Frame", f"{values['n']}, {values['time']} s from frame 0, pts {pts} in {values['time_base']}"),
                ("Frame hash", values["hash"]),
                ("File", values["sha256"]),
                ("Decoder", values["decoder"]),
            ]
        )
    )
