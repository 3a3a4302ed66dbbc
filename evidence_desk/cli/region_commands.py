"""`region`: shapes on frames of an observation, drawn, moved from key frame to key frame, tracked and accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, tell, writes
from evidence_desk.cli.observe_commands import frames_named
from evidence_desk.cli.opening import case_to_write, exhibit_table, media_worker
from evidence_desk.cli.option_types import BOX, FRAMES, POINTS
from evidence_desk.cli.printing import print_written
from evidence_desk.cli.record_changes import in_case, observation_named, record_group
from evidence_desk.domain.controlled_values import LIVES, SHAPES
from evidence_desk.domain.errors import NotFound

if TYPE_CHECKING:
    from evidence_desk.domain.records import Exhibit, Region
    from evidence_desk.domain.time import FrameRef
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.case import Case

region = record_group("region", "Shapes drawn on frames of an observation.", "add OB-001 --frame 130 --box 40,60,24,80")


class FrameNumber(click.ParamType[int]):
    """A frame number, counted from 0."""

    name = "frame"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; one line of usage for anything else."""
        if isinstance(value, int):
            return value
        if not str(value).strip().isdecimal() or len(str(value)) > 12:
            self.fail(f"it is a frame number counted from 0, not {value!r}", param, ctx)
        return int(value)


FRAME = FrameNumber()
_box = click.option("--box", type=BOX, help="X,Y,W,H of a box or ellipse, in pixels of the picture as stored.")
_points = click.option("--points", type=POINTS, help='Points of any other shape, in pixels: "10,20 30,40".')
_number = click.argument("number", metavar="RG-001")


@region.command("add")
@click.argument("number", metavar="OB-001")
@click.option("--frame", required=True, type=FRAME, metavar="N", help="The frame it is drawn on, of the observation's.")
@click.option("--shape", type=click.Choice(SHAPES), default="box", show_default=True, help="What is drawn.")
@_box
@_points
@click.option("--label", default="", help="What it points at; a callout's begins with its number.")
@click.option("--life", type=click.Choice(("frame", "span")), default="frame", help="That frame, or the whole span.")
@writes
@in_case
def region_add(place: Path, wishes: Wishes, number: str, frame: int, **given: Any) -> None:
    """Draw a shape for an observation.

    \b
    Examples:
      evidence-desk region yard add OB-001 --frame 130 --box 40,60,24,80 --label "long object"
      evidence-desk region yard add OB-001 --frame 130 --shape arrow --points "40,60 80,90"
    """
    from evidence_desk.services import commands as c

    points = _one_place(given["box"], given["points"])
    with case_to_write(place, wishes) as case, media_worker() as worker:
        seen = case.queries.exhibit(observation_named(case, number).exhibit)
        ref = _frame(case, seen, worker, frame)
        draft = c.RegionDraft(
            ref.n, ref.frame_hash, points, given["shape"], given["label"], ref.provisional, given["life"]
        )
        print_written(case, case.bus.run(c.add_region(number, draft)).numbers[:1], wishes)


@region.command("key")
@_number
@click.option("--frame", required=True, type=FRAME, metavar="N", help="The frame.")
@_box
@_points
@click.option("--remove", is_flag=True, help="Take the key frame of that frame away instead.")
@writes
@in_case
def region_key(place: Path, wishes: Wishes, number: str, frame: int, **given: Any) -> None:
    """Fix a region on a frame; from then on it moves in a straight line from key frame to key frame.

    \b
    Example:
      evidence-desk region yard key RG-001 --frame 160 --box 60,60,24,80
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case, media_worker() as worker:
        record = _region(case, number)
        if given["remove"]:
            command = c.remove_key_frame(record, frame)
        else:
            points = _one_place(given["box"], given["points"])
            seen = case.queries.exhibit(observation_named(case, record.observation).exhibit)
            command = c.set_key_frame(record, frame, _frame(case, seen, worker, frame).frame_hash, points)
        case.bus.run(command)
        print_written(case, [number], wishes)


@region.command("life")
@_number
@click.argument("life", type=click.Choice(LIVES))
@writes
@in_case
def region_life(place: Path, wishes: Wishes, number: str, life: str) -> None:
    """Say how long a region lasts: its frame, the span of its observation, or from key frame to key frame.

    \b
    Example:
      evidence-desk region yard life RG-001 span
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case:
        case.bus.run(c.set_life(_region(case, number), life))
        print_written(case, [number], wishes)


@region.command("track")
@_number
@click.option("--from", "start", required=True, type=FRAME, metavar="N", help="The frame to begin on.")
@click.option("--to", "end", required=True, type=FRAME, metavar="M", help="The frame to go to, before or after it.")
@writes
@in_case
def region_track(place: Path, wishes: Wishes, number: str, start: int, end: int) -> None:
    """Follow what a region holds from frame to frame, up to 300 of them; it stops where the target is lost.

    Every frame it gives is marked as tracked until a person has looked at it (see accept).

    \b
    Example:
      evidence-desk region yard track RG-001 --from 130 --to 230
    """
    from evidence_desk.jobs import NullContext
    from evidence_desk.services import commands as c
    from evidence_desk.services.tracking import follow, way_of

    with case_to_write(place, wishes) as case, media_worker() as worker:
        record = _region(case, number)
        observation = observation_named(case, record.observation)
        seen = case.queries.exhibit(observation.exhibit)
        table = exhibit_table(case, seen, worker)
        ref = _frame(case, seen, worker, start)
        first, last = observation.first_frame, observation.last_frame
        span = (first, last) if first is not None and last is not None else None
        way = way_of(seen, record, span, (ref.n, ref.frame_hash), end)
        found = follow(worker, case.paths.exhibit_file(seen), table, way, NullContext())
        if found.lost:
            tell(f"Notice: the target was lost at frame {found.lost_at}: {found.lost}.")
        if found.keys:
            case.bus.run(c.keep_track(record, way.here, way.end, found.keys))
        tell(f"{len(found.keys)} frames tracked, not yet looked at.")
        print_written(case, [number], wishes)


@region.command("accept")
@_number
@click.option("--frames", required=True, type=FRAMES, help="The frames that were looked at.")
@writes
@in_case
def region_accept(place: Path, wishes: Wishes, number: str, frames: tuple[int, int]) -> None:
    """Say that a person looked at tracked frames of a region and found it in its place.

    \b
    Example:
      evidence-desk region yard accept RG-001 --frames 131..230
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case:
        case.bus.run(c.accept_tracked(_region(case, number), range(frames[0], frames[1] + 1)))
        print_written(case, [number], wishes)


def _one_place(box: tuple[int, ...] | None, points: tuple[int, ...] | None) -> tuple[int, ...]:
    if (box is None) == (points is None):
        raise click.UsageError("Say where it is: --box for a box or an ellipse, --points for any other shape.")
    return box if box is not None else points or ()


def _region(case: Case, number: str) -> Region:
    from evidence_desk.domain.records import Region

    record = case.queries.get(number)
    if not isinstance(record, Region):
        raise NotFound(f"{number} is no region. Nothing was written.")
    return record


def _frame(case: Case, seen: Exhibit, worker: MediaWorker, n: int) -> FrameRef:
    (ref,) = frames_named(case, seen, exhibit_table(case, seen, worker), worker, [n])
    return ref
