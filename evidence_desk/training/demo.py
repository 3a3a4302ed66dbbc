"""The sample case, whole: intake, frames, observations, claims, links, questions, dossier, package, verification."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from evidence_desk.domain.errors import CaseError, EvidenceDeskError, Refused
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import exporting, verify, verify_package
from evidence_desk.services.case import Case
from evidence_desk.store.paths import SUFFIX
from evidence_desk.training import worked_case

ACTOR = "Sample reviewer"
TITLE = "Exercise Kestrel"
_STEM = "exercise-kestrel"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the sample case, its dossier and its package lie."""

    case: Path
    dossier: Path
    package: Path


def sample_home() -> Path:
    """Return the folder under the user's data in which sample cases are made."""
    return Path(platformdirs.user_data_dir("evidence-desk", appauthor=False)) / "samples"


def build(out: Path | None, ctx: JobContext) -> Demo:
    """Build the sample case end to end and verify it and its package; raises EvidenceDeskError.

    With `out` the three are made in that folder (made if missing; a sample case in it is refused); without, in a new
    folder under the user's data, never overwritten.
    """
    home = out if out is not None else _new_folder(sample_home())
    demo = _places(home)
    if demo.case.exists():
        raise Refused(f"{demo.case} exists already. Nothing was changed. Name another folder.")
    data = worked_case.worked()
    folder = worked_case.exercise_folder()
    with MediaWorker() as worker:
        case = Case.create(demo.case, TITLE, ACTOR, sheet={k: v for k, v in data["case"].items() if k != "title"})
        try:
            worked_case.enter(case, worker, data, folder, ctx)
            exporting.export(case, worker, "pdf", demo.dossier, ctx=ctx)
            exporting.export(case, worker, "package", demo.package, ctx=ctx)
        finally:
            case.close()
        for report in (
            verify.verify_case(demo.case, worker, ctx=ctx),
            verify_package.verify_package(demo.package, worker, ctx=ctx),
        ):
            if not report.same:
                raise CaseError(f"The sample case does not verify: {'; '.join(report.lines()[1:])}")
    return demo


def last_that_verifies(ctx: JobContext) -> Demo | None:
    """Return the newest sample case under the user's data if it still verifies with dossier and package, else None."""
    homes = sorted(sample_home().glob("*/"), key=lambda p: p.name) if sample_home().is_dir() else []
    if not homes:
        return None
    demo = _places(homes[-1])
    if not (demo.case.is_dir() and demo.dossier.is_file() and demo.package.is_dir()):
        return None
    try:
        with MediaWorker() as worker:
            report = verify.verify_case(demo.case, worker, ctx=ctx)
    except EvidenceDeskError:
        return None
    return demo if report.same else None


def _places(home: Path) -> Demo:
    return Demo(home / f"{_STEM}{SUFFIX}", home / f"{_STEM}-dossier.pdf", home / f"{_STEM}-package")


def _new_folder(parent: Path) -> Path:
    parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, 10_000):
        folder = parent / f"{number:04d}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise Refused(f"{parent} holds too many sample cases. Remove some.")
