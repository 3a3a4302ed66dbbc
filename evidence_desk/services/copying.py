"""A copy of a whole case that is consistent while the case is open, and checked before it gets its name."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.errors import DiskFull, Refused
from evidence_desk.domain.records import EXHIBIT, KINDS, Exhibit
from evidence_desk.jobs import JobContext
from evidence_desk.store import replay, vault
from evidence_desk.store.audit import check_chain
from evidence_desk.store.case_store import CaseStore
from evidence_desk.store.paths import CasePaths, case_folder

_SPARE = 64 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """Where the copy lies, how many exhibits and events it holds, and the last event's hash."""

    folder: Path
    exhibits: int
    events: int
    head: str


def save_copy(source: Path, target: Path, ctx: JobContext) -> Copied:
    """Copy the case folder `source`, also while a window writes to it, to `target` (a new folder).

    The database is copied by SQLite's backup at one moment; every exhibit it names is copied and hashed; the copy's
    chain and records are checked. Only then does the folder get its name. Raises Refused, DiskFull, Cancelled; nothing
    is left.
    """
    goal = case_folder(target)
    if goal.exists():
        raise Refused(f"{goal} exists already. Nothing was copied. Choose another name.")
    part = goal.with_name(goal.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    # Its own reading connection: this runs in a job, and the desk's connection belongs to the desk's thread.
    store = CaseStore.open_to_read(CasePaths(source))
    try:
        copied = _fill(store, CasePaths(source), CasePaths(part), ctx)
        part.replace(goal)
    except OSError as error:
        raise Refused(f"The copy could not be made ({error.strerror}). Nothing was left half made.") from error
    finally:
        store.close()
        if part.exists():
            _remove(part)
    return Copied(goal, copied.exhibits, copied.events, copied.head)


def _fill(store: CaseStore, source: CasePaths, part: CasePaths, ctx: JobContext) -> Copied:
    exhibits = [e for e in store.records(EXHIBIT) if isinstance(e, Exhibit)]
    needed = sum(e.size for e in exhibits) + source.database.stat().st_size + _SPARE
    part.folder.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(part.folder.parent).free
    if needed > free:
        raise DiskFull(f"The copy needs {needed:,} bytes and {free:,} are free there. Nothing was copied.")
    part.make()
    store.copy_to(part.database)
    total, done = max(1, sum(e.size for e in exhibits)), 0
    for exhibit in exhibits:
        staged = vault.stage(part, source.stored(exhibit.vault_path), ctx)
        if staged.sha256 != exhibit.sha256:
            raise Refused(f"{exhibit.number} is not the file that was taken in. Nothing was copied. Run verify.")
        place = part.stored(exhibit.vault_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        staged.path.chmod(0o444)
        staged.path.replace(place)
        vault.discard(staged)
        done += exhibit.size
        ctx.progress(done, total, exhibit.number)
    for head in source.exports.glob("*.head.json"):
        shutil.copyfile(head, part.exports / head.name)
    return _checked(part, len(exhibits))


def _checked(part: CasePaths, exhibits: int) -> Copied:
    copy = CaseStore.open_to_read(part)
    try:
        events = copy.events()
        faults, count, head = check_chain(events)
        rows = replay.stored(r for kind in KINDS for r in copy.records(kind))
        lines = (*(f.what for f in faults), *replay.differences(replay.fold(events), rows))
    finally:
        copy.close()
    if lines:
        raise Refused(f"The copy does not verify ({lines[0]}). It was not kept. Run verify on the case.")
    return Copied(part.folder, exhibits, count, head)


def _remove(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
    shutil.rmtree(folder, ignore_errors=True)
