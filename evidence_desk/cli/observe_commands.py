"""`observe`: what is seen or heard, bound to its exact frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, tell, writes
from evidence_desk.cli.opening import case_to_write, exhibit_table, media_worker
from evidence_desk.cli.option_types import ATTRIBUTE, BOX, COUNT, FRAMES, SOUND
from evidence_desk.cli.printing import print_written
from evidence_desk.domain.errors import FrameOutOfRange, Refused

if TYPE_CHECKING:
    from evidence_desk.domain.codebook import Term
    from evidence_desk.domain.frames import FrameTable
    from evidence_desk.domain.records import Exhibit
    from evidence_desk.domain.time import FrameRef
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.case import Case


@click.command()
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("exhibit", metavar="EXHIBIT")
@click.option("--frames", type=FRAMES, help="The frame, or the first and last: 120 or 120..148, counted from 0.")
@click.option("--sound", type=SOUND, help="Start and end in the sound, seconds of the file's own clock: 12.35..12.41.")
@click.option("--term", required=True, help="An entry of the codebook, by id or label (list CASE terms).")
@click.option("--note", default=None, help="The statement: what is seen or heard, in your words.")
@click.option("--count", type=COUNT, help="How many are visible: MIN,BEST,MAX.")
@click.option("--legibility", default="", help="clear, probable or doubtful.")
@click.option("--certainty", default="", help="low, moderate or high.")
@click.option("--basis", default="", help="seen, heard, read or measured; else the term's own.")
@click.option("--presence", default="observed", help='observed; "looked for, not seen"; "cannot be assessed".')
@click.option("--presence-reason", default="", help="Why it cannot be assessed: occluded, blurred, out of frame, ….")
@click.option("--box", "boxes", type=BOX, multiple=True, help="X,Y,W,H in pixels as stored, on the first frame.")
@click.option("--attr", "attributes", type=ATTRIBUTE, multiple=True, help="An attribute of the term, NAME=VALUE.")
@click.option("--alternatives", default="", help="Other readings of the same picture or sound.")
@click.option("--keep-word-reason", "reason", default="", help="Why a word that the guard points at is kept.")
@writes
def observe(
    wishes: Wishes,
    place: Path,
    exhibit: str,
    *,
    frames: tuple[int, int] | None,
    sound: tuple[int, int, str] | None,
    term: str,
    note: str | None,
    count: tuple[int, int, int] | None,
    boxes: tuple[tuple[int, ...], ...],
    attributes: tuple[tuple[str, str], ...],
    reason: str,
    **fields: Any,
) -> None:
    """Record what is seen or heard on EXHIBIT. First and last frame are kept with number, time stamp and hash.

    --box and --attr can be given several times. Words that say what a thing means rather than what is seen are kept,
    and pointed at on stderr with a form that can be seen.

    \b
    Examples:
      evidence-desk observe yard EX-001 --frames 120..148 --term arms-raised --count 3,3,4
      evidence-desk observe yard EX-001 --frames 130 --term object --note "A long object" --box 40,60,24,80
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case, media_worker() as worker:
        seen = case.queries.exhibit(exhibit)
        entry = case.queries.term(term)
        table = exhibit_table(case, seen, worker) if frames is not None else None
        first = last = None
        if table is not None and frames is not None:
            first, last = frames_named(case, seen, table, worker, frames)
        elif boxes:
            raise click.UsageError("--box is drawn on a frame: name it with --frames")
        statement = note or ""
        command = c.add_observation(
            seen.number,
            entry.id,
            first,
            last,
            statement=statement,
            count=count,
            attributes=known_attributes(entry, attributes),
            guard_reason=reason,
            sound=sound,
            regions=[c.RegionDraft(first.n, first.frame_hash, box, provisional=first.provisional) for box in boxes]
            if first is not None
            else [],
            **fields,
        )
        number = case.bus.run(command).numbers[0]
        point_at_words(statement, reason)
        print_written(case, [number], wishes)


def frames_named(
    case: Case, exhibit: Exhibit, table: FrameTable, worker: MediaWorker, numbers: Sequence[int]
) -> list[FrameRef]:
    """Return the full identity of frames from the exhibit's frame table; raises FrameOutOfRange.

    Frames that are not counted yet are decoded one by one for their hash, which alone identifies them.
    """
    from evidence_desk.domain.time import FrameRef

    for n in numbers:
        if not 0 <= n < len(table):
            raise FrameOutOfRange(
                f"{exhibit.number} has no frame {n}: its {len(table)} frames are counted from 0 to {len(table) - 1}. "
                "Nothing was written."
            )
    hashes = [table.hash_of(n) for n in numbers]
    if table.provisional:
        file = case.paths.exhibit_file(exhibit)
        hashes = [row.hash for row, _ in worker.reached_at(file, table, numbers)]
        tell(f"Notice: the frames of {exhibit.number} are not counted yet; its frame numbers are provisional.")
    return [
        FrameRef(
            exhibit.sha256, table.stream, n, table.pts(n), table.time_base, found, table.decoder, table.provisional
        )
        for n, found in zip(numbers, hashes, strict=True)
    ]


def known_attributes(term: Term, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the attributes given; raises Refused for a name the term does not have, telling those it has."""
    known = [attribute.id for attribute in term.attributes]
    strange = next((name for name, _ in pairs if name not in known), None)
    if strange is not None:
        has = f"It has: {', '.join(known)}." if known else "It has none."
        raise Refused(f"{strange} is no attribute of {term.id}. {has} Nothing was written.")
    return dict(pairs)


def point_at_words(statement: str, reason: str) -> None:
    """Point, on stderr, at words that say what a thing means, with a form that can be seen."""
    from evidence_desk.domain.guard import check

    for hit in check(statement):
        form = f' An observable form: "{hit.seen_form}".' if hit.seen_form else ""
        kept = "" if reason else " It is kept; --keep-word-reason records why."
        tell(f'Warning: "{hit.word}" {hit.why}.{form}{kept}')


def frame_fields(
    case: Case, exhibit: Exhibit, table: FrameTable, worker: MediaWorker, frames: Sequence[int]
) -> dict[str, Any]:
    """Return the fields that bind an observation to its first and last frame."""
    from evidence_desk.services.commands.observations import frame_values

    return frame_values(*frames_named(case, exhibit, table, worker, frames))
