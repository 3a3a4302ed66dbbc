"""`export`, `verify` and `demo`: what leaves a case, and whether it is still the same."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell, writes
from evidence_desk.cli.opening import media_worker
from evidence_desk.cli.progress import Progress
from evidence_desk.domain.errors import NotFound

if TYPE_CHECKING:
    from evidence_desk.services.case import Case


@click.command()
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--format", "form", required=True, metavar="FORMAT", help="pdf, package, json or csv.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where to; OUT.zip zips a package.")
@click.option("--without-exhibits", is_flag=True, help="Leave the exhibits out of a package; their hashes stay.")
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
@writes
def export(wishes: Wishes, place: Path, form: str, out: Path, **options: bool) -> None:
    """Write the dossier (pdf), the package that carries all of it and how to check it again, or the data alone.

    The same content gives the same bytes. The export is entered in the case's log, and the log's head is kept beside it
    in exports/; where nobody is named as acting, or the case cannot be written now, a line says that it is not entered.

    \b
    Examples:
      evidence-desk export yard --format pdf -o dossier.pdf
      evidence-desk export yard --format package -o yard-package.zip --without-exhibits
    """
    from evidence_desk.services import exporting

    if form not in exporting.FORMATS:
        raise click.UsageError(f"{form} is no format that can be written. Use one of: {', '.join(exporting.FORMATS)}")
    chosen = exporting.ExportOptions(with_exhibits=not options["without_exhibits"], replace=options["replace"])
    with _case_to_export(place, wishes) as case, media_worker() as worker:
        with Progress("export") as progress:
            written = exporting.render(case.folder, worker, form, out, chosen, progress)
        exporting.record(case, written)
    if wishes.as_json:
        head = {"seq": written.content_seq, "hash": written.content_hash}
        print_json({"format": form, "out": str(written.path), "sha256": written.sha256, "content_head": head})
    else:
        print_lines([str(written.path)])


@click.command()
@click.argument("place", metavar="CASE|PACKAGE", type=click.Path(path_type=Path))
@click.option("--head", default="", metavar="HASH", help="A head that was printed or kept elsewhere.")
@reads
def verify(wishes: Wishes, place: Path, head: str) -> None:
    """Take every hash, cited frame and link of the log again; print "same", or what differs (exit status 1).

    The end of the log is held against exports/*.head.json and --head; without any it says "tail not checkable". Frames
    of exhibits that a package leaves out are counted as not checked. Nothing is changed.

    \b
    Examples:
      evidence-desk verify yard
      evidence-desk verify package.zip --head 6d0a…
    """
    from evidence_desk.services.case import valid_case
    from evidence_desk.services.verify import verify_case
    from evidence_desk.services.verify_package import verify_package
    from evidence_desk.store.paths import case_folder

    kept = head.strip().lower()
    if kept and not re.fullmatch("[0-9a-f]{64}", kept):
        raise click.UsageError(f"--head is a whole hash of 64 hexadecimal digits, not {head!r}")
    found = place if place.exists() else case_folder(place)
    if not found.exists():
        raise NotFound(f"{place} was not found. Name a case folder or a package.")
    with media_worker() as worker, Progress("verify") as progress:
        if valid_case(found):
            report = verify_case(found, worker, kept or None, progress)
        else:
            report = verify_package(found, worker, kept or None, progress)
    if wishes.as_json:
        print_json({"same": report.same, **asdict(report)})
    else:
        print_lines(report.lines())
    if not report.same:
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where to make it; else your data folder.")
@click.option("--open", "show", is_flag=True, help="Open the window on it, where there is a display.")
@reads
def demo(wishes: Wishes, out: Path | None, show: bool) -> int:
    """Build the sample case end to end, without a display: fictional clips, observations, claims, dossier, package.

    With --open and without --out the last sample case is opened again if it still verifies.

    \b
    Examples:
      evidence-desk demo --out sample
      evidence-desk demo --open
    """
    from evidence_desk.training import demo as sample

    with Progress("sample case") as progress:
        made = sample.last_that_verifies(progress) if show and out is None else None
        if made is None:
            made = sample.build(out, progress)
    places = {"case": str(made.case), "dossier": str(made.dossier), "package": str(made.package)}
    if wishes.as_json:
        print_json(places)
    else:
        print_lines(f"{name}: {place}" for name, place in places.items())
    if not show:
        return 0
    if not _has_display():
        tell("There is no display here, so no window was opened.")
        return 0
    sys.stdout.flush()
    from evidence_desk.app import run

    return run([str(made.case)], acting=sample.ACTOR)


@contextmanager
def _case_to_export(place: Path, wishes: Wishes) -> Iterator[Case]:
    """Open a case to write its log; where that cannot be, to read, saying that the export is not entered in it."""
    from evidence_desk.services.case import Case

    actor = wishes.acting_or_nobody()
    case = Case.open(place, actor, write=bool(actor), log=False, fall_back=True)
    try:
        for notice in case.notices:
            tell(f"Notice: {notice}")
        if case.read_only:
            why = case.read_only_reason if actor else "nobody is named as acting"
            tell(f"Notice: the export is not entered in the case's log: {why}.")
        yield case
    finally:
        case.close()


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
