"""`new` and `add`: a case folder, and files taken into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, tell, writes
from evidence_desk.cli.opening import case_to_write, media_worker
from evidence_desk.cli.printing import print_written
from evidence_desk.cli.progress import Progress
from evidence_desk.domain.errors import CaseError, EvidenceDeskError

if TYPE_CHECKING:
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.case import Case
    from evidence_desk.services.intake import Received


@click.command()
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="What the case is called.")
@click.option("--number", "case_number", default="", help="The case's own number, as your office gives it.")
@click.option("--mandate", default="", help="Who asked for what.")
@click.option("--scope", default="", help="What is looked at, and over which time and place.")
@click.option("--codebook", default="", help="One of the shipped vocabularies: custody, strikes, crowd.")
@writes
def new(wishes: Wishes, place: Path, title: str, codebook: str, **sheet: str) -> None:
    """Make a case: the folder CASE.edcase (the suffix is added where it is missing). An existing folder is refused.

    \b
    Example:
      evidence-desk new yard --title "Yard, 4 May" --as "Reviewer A"
    """
    from evidence_desk.services.case import DEFAULT_CODEBOOK, Case

    filled: dict[str, object] = {name: value for name, value in sheet.items() if value}
    case = Case.create(place, title, wishes.acting(), codebook=codebook or DEFAULT_CODEBOOK, sheet=filled)
    try:
        if wishes.as_json:
            from evidence_desk.domain.records import plain

            print_json({**plain(case.queries.sheet()), "case": str(case.folder)})
        else:
            print_lines([str(case.folder)])
    finally:
        case.close()


@click.command()
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the exhibit is called; its file name where this is missing.")
@click.option("--source-url", default="", help="The address it came from.")
@click.option("--collected-by", default="", help="Who collected it.")
@click.option("--collected-at", default="", help="When, with time zone: 2026-05-04T10:20:00Z.")
@click.option("--method", default="", help="How: browser save, downloader, direct handover …")
@click.option("--tool", default="", help="With what, and its version.")
@click.option("--platform", default="", help="Where it was posted.")
@click.option("--account", default="", help="By which account.")
@click.option("--posted-at", default="", help="When it was posted, as the page says.")
@click.option("--note", default="", help="Anything else on how it came here.")
@writes
def add(wishes: Wishes, place: Path, files: tuple[Path, ...], title: str, **acquisition: str) -> None:
    """Take files into the case: copied, hashed, read back, kept read-only, every frame decoded and hashed once.

    Any regular file that is not empty is kept, also a damaged one: it is marked, and a warning says so. Folders, empty
    and unreadable files are refused; the other files of the same call are still taken in, and the exit status is 1.
    With --json one file prints one record, several print an array.

    \b
    Examples:
      evidence-desk add yard clip.mp4 --source-url https://example.org/p/1 --collected-by "Reviewer A"
      evidence-desk add yard *.mp4 --json
    """
    held = {name: value for name, value in acquisition.items() if value}
    taken: list[str] = []
    refused = 0
    with case_to_write(place, wishes) as case, media_worker() as worker:
        for file in files:
            try:
                taken.append(take_in(case, worker, file, title, held))
            except CaseError:
                raise
            except EvidenceDeskError as error:
                refused += 1
                tell(str(error))
        if taken or wishes.as_json:
            print_written(case, taken, wishes)
    if refused:
        if len(files) > 1:
            tell(f"{len(taken)} of {len(files)} files were taken in, {refused} refused.")
        raise click.exceptions.Exit(1)


def take_in(case: Case, worker: MediaWorker, file: Path, title: str, acquisition: Mapping[str, str]) -> str:
    """Take one file in and examine it; returns the exhibit's number. What is odd about it is told on stderr."""
    from evidence_desk.services import commands as c
    from evidence_desk.services import intake

    with Progress(file.name) as progress:
        received = intake.receive(case.paths, file, case.known_hashes(), progress)
    number = case.bus.run(c.add_exhibit(received, title, acquisition)).numbers[0]
    try:
        examine(case, worker, number, received)
    except EvidenceDeskError as error:
        tell(f"Warning: {number} ({file.name}) is kept but was not examined: {error}")
    return number


def examine(case: Case, worker: MediaWorker, number: str, received: Received) -> None:
    """Decode every frame of an exhibit and keep what was found; what is odd about it is told on stderr."""
    from evidence_desk.services import commands as c
    from evidence_desk.services import intake

    with Progress(f"{number} frames") as progress:
        examination = intake.examine(worker, case.paths, received, progress)
    case.bus.run(c.record_findings(number, examination))
    if examination.condition in ("damaged", "unreadable"):
        reason = f": {examination.condition_note}" if examination.condition_note else ""
        tell(f"Warning: {number} ({received.received_name}) is kept and marked {examination.condition}{reason}")
