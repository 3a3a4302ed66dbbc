"""`region`: shapes on frames of an observation, drawn, moved from key frame to key frame, tracked and accepted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell, writes
from evidence_desk.cli.observe_commands import frames_named
from evidence_desk.cli.opening import case_to_read, case_to_write, exhibit_table, media_worker
from evidence_desk.cli.option_types import BOX, FRAMES, POINTS
from evidence_desk.cli.printing import aligned, print_written
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
@click.option("--outside", is_flag=True, help="Not in the picture from that frame until the next key frame.")
@click.option("--remove", is_flag=True, help="Take the key frame of that frame away instead.")
@writes
@in_case
def region_key(place: Path, wishes: Wishes, number: str, frame: int, **given: Any) -> None:
    """Fix a region on a frame; from then on it moves in a straight line from key frame to key frame.

    It moves evenly in time where the exhibit's time stamps rise from frame to frame, else evenly by frame number.

    \b
    Examples:
      evidence-desk region yard key RG-001 --frame 160 --box 60,60,24,80
      evidence-desk region yard key RG-001 --frame 200 --outside
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case, media_worker() as worker:
        record = _region(case, number)
        if given["remove"]:
            command = c.remove_key_frame(record, frame)
        else:
            seen = case.queries.exhibit(observation_named(case, record.observation).exhibit)
            stamps = _stamps(case, seen, worker)
            points = _key_place(case, record, frame, given, stamps)
            frame_hash = _frame(case, seen, worker, frame).frame_hash
            command = c.set_key_frame(record, frame, frame_hash, points, stamps, outside=given["outside"])
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

    with case_to_write(place, wishes) as case, media_worker() as worker:
        record = _region(case, number)
        seen = case.queries.exhibit(observation_named(case, record.observation).exhibit)
        case.bus.run(c.set_life(record, life, _stamps(case, seen, worker)))
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
    from evidence_desk.domain.regions import present, stamp_at
    from evidence_desk.jobs import NullContext
    from evidence_desk.services import commands as c
    from evidence_desk.services.tracking import follow, way_of

    with case_to_write(place, wishes) as case, media_worker() as worker:
        record = _region(case, number)
        seen = case.queries.exhibit(observation_named(case, record.observation).exhibit)
        table = exhibit_table(case, seen, worker)
        ref = _frame(case, seen, worker, start)
        way = way_of(seen, table, record, _span(case, record), (ref.n, ref.frame_hash), end)
        found = follow(worker, case.paths.exhibit_file(seen), table, way, NullContext())
        if found.lost:
            tell(f"Notice: the target was lost at frame {found.lost_at}: {found.lost}.")
        if found.keys:
            reached, lost = found.reached(way), bool(found.lost)
            stamps = partial(stamp_at, table)
            case.bus.run(c.keep_track(record, way.here, reached, found.keys, stamps, lost=lost))
        tell(f"{len(present(found.keys))} frames tracked, not yet looked at.")
        if found.gone:
            tell(f"{found.gone} frames of an older run gave way.")
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


@region.command("at")
@_number
@click.option("--frame", required=True, type=FRAME, metavar="N", help="The frame.")
@reads
@in_case
def region_at(place: Path, wishes: Wishes, number: str, frame: int) -> None:
    """Say where a region stands on a frame, in pixels of the picture as stored, and why there.

    \b
    Example:
      evidence-desk region yard at RG-001 --frame 145
    """
    from evidence_desk.domain.regions import UNITS, absent, placed

    with case_to_read(place) as case, media_worker() as worker:
        record = _region(case, number)
        seen = case.queries.exhibit(observation_named(case, record.observation).exhibit)
        stamp = _stamps(case, seen, worker)(frame)
        here, gone = placed(record, frame, _span(case, record), stamp), absent(record, frame)
    values: dict[str, object] = {"region": number, "frame": frame, "stands": here is not None}
    if here is not None:
        values |= {"points": [v / UNITS for v in here.points], "how": here.how, "by": here.by, "by_time": here.by_time}
    elif gone is not None:
        values |= {"how": "outside", "by": gone.by, "from": gone.frame}
    if wishes.as_json:
        print_json(values)
    else:
        print_lines(aligned((name, str(value)) for name, value in values.items()))


def _key_place(
    case: Case, record: Region, frame: int, given: dict[str, Any], stamps: Callable[[int], int | None]
) -> tuple[int, ...]:
    """Return where a key frame goes; one that is outside keeps the place of that frame, or else the last one before."""
    if not given["outside"]:
        return _one_place(given["box"], given["points"])
    if given["box"] is not None or given["points"] is not None:
        raise click.UsageError("What is not in the picture has no place: leave --box and --points out.")
    from evidence_desk.domain.regions import key_frames_of, placed, present

    here = placed(record, frame, _span(case, record), stamps(frame))
    if here is not None:
        return here.points
    return min(present(key_frames_of(record)), key=lambda k: (abs(k.frame - frame), k.frame)).points


def _stamps(case: Case, seen: Exhibit, worker: MediaWorker) -> Callable[[int], int | None]:
    from evidence_desk.domain.regions import stamp_at

    table = exhibit_table(case, seen, worker)
    return lambda n: stamp_at(table, n)


def _span(case: Case, record: Region) -> tuple[int, int] | None:
    observation = observation_named(case, record.observation)
    first, last = observation.first_frame, observation.last_frame
    return (first, last) if first is not None and last is not None else None


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
