"""`sync`: two exhibits on one time, by moments that both show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell, writes
from evidence_desk.cli.observe_commands import frames_named
from evidence_desk.cli.opening import case_to_read, case_to_write, exhibit_table, media_worker
from evidence_desk.cli.option_types import Form, whole
from evidence_desk.cli.printing import aligned, print_written
from evidence_desk.cli.record_changes import in_case, record_group
from evidence_desk.domain.errors import NotFound

if TYPE_CHECKING:
    from evidence_desk.domain.records import Sync
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.case import Case
    from evidence_desk.services.sync import Synced

Pair = tuple[int, int, str]

sync = record_group(
    "sync",
    "Two exhibits on one time, by moments that both show.",
    'add EX-001 EX-002 --moment "120=96:flash" --moment 480=456',
)


def moment(text: str) -> Pair:
    """Return both frames and the word of `N=M[:WHAT]`; ValueError for another form."""
    found = re.fullmatch(r"\s*(\d+)\s*=\s*(\d+)\s*(?::(.*))?", text, re.DOTALL)
    if found is None:
        raise ValueError(text)
    return whole(found[1]), whole(found[2]), (found[3] or "").strip()


MOMENT = Form("moment", "N=M[:WHAT]", moment)
_moments = click.option(
    "--moment",
    "pairs",
    type=MOMENT,
    multiple=True,
    required=True,
    help="The first frame of each exhibit that shows it, and what it is: 120=96:flash. Can be given several times.",
)


@sync.command("add")
@click.argument("exhibit_a", metavar="EX-001")
@click.argument("exhibit_b", metavar="EX-002")
@_moments
@click.option("--note", default="", help="How the moments were told apart, and what speaks against them.")
@writes
@in_case
def sync_add(place: Path, wishes: Wishes, exhibit_a: str, exhibit_b: str, pairs: tuple[Pair, ...], note: str) -> None:
    """Tie two exhibits by moments that both show. Each is kept with both frame hashes.

    \b
    Example:
      evidence-desk sync yard add EX-001 EX-002 --moment "120=96:flash" --moment 480=456
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case, media_worker() as worker:
        moments = _bound(case, worker, exhibit_a, exhibit_b, pairs)
        numbers = case.bus.run(c.add_sync(exhibit_a, exhibit_b, moments, note)).numbers[:1]
        print_written(case, numbers, wishes)


@sync.command("mark")
@click.argument("number", metavar="SY-001")
@_moments
@writes
@in_case
def sync_mark(place: Path, wishes: Wishes, number: str, pairs: tuple[Pair, ...]) -> None:
    """Add moments to a synchronisation; N is a frame of its first exhibit, M of its second.

    \b
    Example:
      evidence-desk sync yard mark SY-001 --moment 900=876:step
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case, media_worker() as worker:
        record = _sync_named(case, number)
        moments = _bound(case, worker, record.exhibit_a, record.exhibit_b, pairs)
        case.bus.run(c.batch("Mark shared moments", [c.add_moment(number, m) for m in moments]))
        print_written(case, [number], wishes)


@sync.command("unmark")
@click.argument("number", metavar="SY-001")
@click.argument("which", metavar="K", type=click.IntRange(min=1))
@writes
@in_case
def sync_unmark(place: Path, wishes: Wishes, number: str, which: int) -> None:
    """Take the K-th moment (from 1) out of a synchronisation.

    \b
    Example:
      evidence-desk sync yard unmark SY-001 2
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case:
        _sync_named(case, number)
        case.bus.run(c.remove_moment(number, which - 1))
        print_written(case, [number], wishes)


@sync.command("show")
@click.argument("number", metavar="[SY-001]", default="")
@click.option("--at", "at", type=click.IntRange(min=0), multiple=True, help="Say what the other shows with this frame.")
@click.option(
    "--from", "exhibit", default="", metavar="EX-001", help="The exhibit that --at counts in; else the first."
)
@reads
@in_case
def sync_show(place: Path, wishes: Wishes, number: str, at: tuple[int, ...], exhibit: str) -> None:
    """Print offset, drift and residuals of a synchronisation, or of all. Nothing is changed.

    \b
    Examples:
      evidence-desk sync yard show
      evidence-desk sync yard show SY-001 --at 300 --at 310 --json
    """
    from evidence_desk.cli.printing import described
    from evidence_desk.services.sync import beside_words, stated, sync_json

    with case_to_read(place) as case, media_worker() as worker:
        records = [_sync_named(case, number)] if number else list(case.queries.syncs())
        values: list[dict[str, Any]] = []
        for record in records:
            found = _synced(case, worker, record, exhibit)
            last = len(found.table_a) - 1
            if at and max(at) > last:
                raise NotFound(f"There is no frame {max(at)} in {found.a}: its last is {last}.")
            values.append({**described(case, record), **sync_json(found, at)})
            if not wishes.as_json:
                rows = [*stated(found), *((f"Frame {n}", beside_words(found, n)) for n in at)]
                print_lines([f"{record.number}{' (withdrawn)' if record.withdrawn else ''}", *aligned(rows, "  ")])
    if wishes.as_json:
        print_json(values[0] if number else values)
    elif not records:
        tell("The case has no syncs.")


def _sync_named(case: Case, number: str) -> Sync:
    from evidence_desk.domain.records import Sync

    found = case.queries.get(number)
    if not isinstance(found, Sync):
        raise NotFound(f"{number} is no synchronisation. Nothing was written.")
    return found


def _bound(
    case: Case, worker: MediaWorker, exhibit_a: str, exhibit_b: str, pairs: tuple[Pair, ...]
) -> list[dict[str, Any]]:
    """Return the moments with the identity of their frames."""
    from evidence_desk.services import commands as c

    sides = []
    for name, place in ((exhibit_a, 0), (exhibit_b, 1)):
        seen = case.queries.exhibit(name)
        table = exhibit_table(case, seen, worker)
        sides.append(frames_named(case, seen, table, worker, [int(pair[place]) for pair in pairs]))
    return [c.shared_moment(a, b, pair[2]) for a, b, pair in zip(*sides, pairs, strict=True)]


def _synced(case: Case, worker: MediaWorker, record: Sync, exhibit: str) -> Synced:
    from evidence_desk.services.sync import synced

    here = exhibit or record.exhibit_a
    if here not in (record.exhibit_a, record.exhibit_b):
        raise NotFound(f"{record.number} ties {record.exhibit_a} and {record.exhibit_b}, not {here}.")
    there = record.exhibit_b if here == record.exhibit_a else record.exhibit_a
    first, second = (exhibit_table(case, case.queries.exhibit(name), worker) for name in (here, there))
    return synced(record, here, first, second)
