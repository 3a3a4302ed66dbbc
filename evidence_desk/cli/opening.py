"""Opening what a command works on: a case to read or to write, its media worker, one exhibit named CASE:EX-001."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_desk.cli.messages import Wishes, tell
from evidence_desk.domain.errors import Refused

if TYPE_CHECKING:
    from evidence_desk.domain.frames import FrameTable
    from evidence_desk.domain.records import Exhibit
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.case import Case

_EXHIBIT = re.compile(r"(?P<case>.+):(?P<number>EX-\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """A media file to look into: where it lies and, for an exhibit, its SHA-256 and stored frame table."""

    file: Path
    sha256: str = ""
    table: FrameTable | None = None
    number: str = ""


@contextmanager
def case_to_write(place: Path, wishes: Wishes) -> Iterator[Case]:
    """Open a case to change it, as the one who acts; raises Refused, CaseInUse, CaseError."""
    from evidence_desk.services.case import Case

    case = Case.open(place, wishes.acting(), log=False)
    try:
        yield _noticed(case)
    finally:
        case.close()


@contextmanager
def case_to_read(place: Path) -> Iterator[Case]:
    """Open a case to read it, also beside an open desk and on read-only media."""
    from evidence_desk.services.case import Case

    case = Case.open(place, "", write=False)
    try:
        yield _noticed(case)
    finally:
        case.close()


@contextmanager
def media_worker() -> Iterator[MediaWorker]:
    """Give the process that opens media, ended at the end."""
    from evidence_desk.media.client import MediaWorker

    with MediaWorker() as worker:
        yield worker


def exhibit_table(case: Case, exhibit: Exhibit, worker: MediaWorker) -> FrameTable:
    """Return the frame table of an exhibit; raises Refused where it has no counted frames."""
    from evidence_desk.cli.progress import Progress
    from evidence_desk.services.intake import table_of

    if not exhibit.frames:
        raise Refused(f"{exhibit.number} has no counted frames ({exhibit.condition}). Nothing was written.")
    with Progress() as progress:
        table = table_of(worker, case.paths, exhibit, progress)
    if table.decoder == exhibit.decoder and table.digest() != exhibit.frames_digest:
        raise Refused(
            f"The frames of {exhibit.number} do not decode to the recorded hashes. Nothing was written. Run verify."
        )
    return table


def target(text: str, worker: MediaWorker, *, counted: bool = True) -> Target:
    """Return what `FILE` or `CASE:EX-001` names; a file of that very name comes first. Raises NotFound, Refused.

    With `counted` an exhibit without counted frames is refused; else its table is simply left out.
    """
    file = Path(text)
    named = _EXHIBIT.fullmatch(text)
    if named is None or file.exists():
        return Target(file)
    with case_to_read(Path(named["case"])) as case:
        exhibit = case.queries.exhibit(named["number"])
        place = case.paths.exhibit_file(exhibit)
        if not place.is_file():
            raise Refused(f"{exhibit.number} is missing from the vault: {exhibit.vault_path}.")
        if exhibit.provisional:
            # Whoever asks here gets counted frames, and is told that the case does not have them yet.
            tell(f"Notice: the frames of {exhibit.number} are not counted in the case yet; they are counted here.")
            return Target(place, exhibit.sha256, None, exhibit.number)
        table = exhibit_table(case, exhibit, worker) if counted or exhibit.frames else None
        return Target(place, exhibit.sha256, table, exhibit.number)


def _noticed(case: Case) -> Case:
    for notice in case.notices:
        tell(f"Notice: {notice}")
    return case
