"""Verification of a package: manifests, log, records, and every cited frame and still that can be had again."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import bagit

from evidence_desk.domain.errors import EvidenceDeskError, NotFound, Refused
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import (
    EXHIBIT,
    OBSERVATION,
    REGION,
    SYNC,
    Exhibit,
    Kind,
    Observation,
    Record,
    Region,
    Sync,
)
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.verify import (
    DIFFERS,
    NOT_CHECKED,
    SAME,
    Check,
    Citation,
    Report,
    chain_checks,
    citations,
    exhibit_checks,
    head_check,
)
from evidence_desk.store import replay
from evidence_desk.store.audit import Event
from evidence_desk.store.rows import from_plain

R = TypeVar("R", bound=Record)
_LARGEST = 1 << 40
"""A zip that claims to hold more than this many bytes (1 TiB) is refused unopened."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the package's data files hold."""

    records: Mapping[str, list[Mapping[str, Any]]]
    events: tuple[Event, ...]
    stills: tuple[Mapping[str, Any], ...]
    content_head: str


@dataclass(frozen=True, slots=True)
class _Again:
    """With what, and from what, stills are made again."""

    worker: MediaWorker
    file: Path
    table: FrameTable
    exhibit: Exhibit
    ctx: JobContext


def verify_package(path: Path, worker: MediaWorker, head: str | None = None, ctx: JobContext | None = None) -> Report:
    """Verify a package folder or zip; raises NotFound, Refused where it is none at all."""
    ctx = ctx or NullContext()
    if path.is_dir():
        return _verify(path, path, worker, head, ctx)
    if not path.is_file():
        raise NotFound(f"{path} was not found. Name a case folder or a package.")
    with tempfile.TemporaryDirectory(prefix="evidence-desk-") as scratch:
        return _verify(_unpacked(path, Path(scratch), ctx), path, worker, head, ctx)


def _verify(folder: Path, target: Path, worker: MediaWorker, head: str | None, ctx: JobContext) -> Report:
    if not (folder / "bagit.txt").is_file():
        raise Refused(f"{target} is no package and no case. Nothing was checked.")
    checks = _manifest_checks(folder)
    try:
        read = _read(folder / "data")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        checks.append(Check("data of the package", DIFFERS, f"cannot be read: {error}"))
        return Report(str(target), tuple(checks), 0, "")
    checks += [*chain_checks(read.events), _record_check(read), _head_checks(read, head)]
    more, checked, left_out = _exhibit_checks(folder / "data", read, worker, ctx)
    last = read.events[-1].hash if read.events else ""
    return Report(str(target), (*checks, *more), len(read.events), last, checked, left_out)


def _manifest_checks(folder: Path) -> list[Check]:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagValidationError as error:
        details = [str(d) for d in error.details] or [str(error)]
        return [Check("manifests", DIFFERS, d) for d in details[:20]]
    except (bagit.BagError, OSError, ValueError) as error:
        return [Check("manifests", DIFFERS, str(error))]
    return [Check("manifests", SAME, "every file is listed and has its SHA-256 and SHA-512")]


def _read(data: Path) -> _Read:
    document = json.loads((data / "case.json").read_text(encoding="utf-8"))
    lines = (data / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    events = []
    for line in lines:
        row = json.loads(line)
        events.append(Event(**row["event"], hash=row["hash"]))
    stills = tuple(json.loads((data / "stills" / "stills.json").read_text(encoding="utf-8")))
    return _Read(document["records"], tuple(events), stills, str(document["content_head"]["hash"]))


def _record_check(read: _Read) -> Check:
    rows = {str(r["number"]): r for records in read.records.values() for r in records}
    lines = replay.differences(replay.fold(read.events), rows)
    if lines:
        return Check("records", DIFFERS, "; ".join(lines[:10]))
    return Check("records", SAME, f"{len(rows)} records are as the log left them")


def _head_checks(read: _Read, head: str | None) -> Check:
    # The head inside the package was written with it: it shows no cut. One from outside does.
    newest = next((e.hash for e in reversed(read.events) if e.content), "")
    if newest != read.content_head:
        return Check("end of the chain", DIFFERS, "case.json names another last event than the log")
    return head_check(read.events, {"the head given": head} if head else {})


def _exhibit_checks(data: Path, read: _Read, worker: MediaWorker, ctx: JobContext) -> tuple[list[Check], int, int]:
    exhibits = _records(read, EXHIBIT, Exhibit)
    observations, regions = _records(read, OBSERVATION, Observation), _records(read, REGION, Region)
    syncs = _records(read, SYNC, Sync)
    checks: list[Check] = []
    checked = left_out = 0
    for done, exhibit in enumerate(exhibits):
        ctx.progress(done, len(exhibits), exhibit.number)
        cited = citations(observations, regions, exhibit.number, syncs, clock=exhibit)
        stills = [s for s in read.stills if s["exhibit"] == exhibit.number]
        file = _exhibit_file(data, exhibit)
        if file is None:
            left_out += len(cited)
            detail = f"not in the package: {len(cited)} frames not checked"
            checks.append(Check(f"{exhibit.number} file", NOT_CHECKED, detail))
            continue
        found, table = exhibit_checks(exhibit, file, cited, worker, ctx)
        checks += found
        checked += len(cited)
        if stills and exhibit.provisional:
            detail = "rendered under provisional frame numbers; their frame hashes are checked with the frames"
            checks.append(Check(f"{exhibit.number} stills", NOT_CHECKED, detail))
        elif stills and table is not None:
            again = _Again(worker, file, table, exhibit, ctx)
            checks.append(_still_check(data / "stills", again, stills, cited))
    return checks, checked, left_out


def _still_check(
    folder: Path, again: _Again, stills: Iterable[Mapping[str, Any]], cited: tuple[Citation, ...]
) -> Check:
    """Render every still anew and compare the bytes; its frame must be one that a record cites."""
    exhibit, table, worker = again.exhibit, again.table, again.worker
    what, wrong, count = f"{exhibit.number} stills", [], 0
    hashes = {(c.n, c.hash) for c in cited}
    try:
        for still in stills:
            count += 1
            n = int(still["frame"])
            png = worker.still(again.file, table, n, max_width=int(still["max_width"]), ctx=again.ctx)
            name = PurePosixPath(str(still["file"])).name
            if (n, still["frame_hash"]) not in hashes or (folder / name).read_bytes() != png:
                wrong.append(name)
    except (EvidenceDeskError, OSError, KeyError, ValueError, TypeError) as error:
        return Check(what, DIFFERS, str(error))
    if wrong and table.decoder != exhibit.decoder:
        return Check(what, NOT_CHECKED, f"rendered by {exhibit.decoder}, here is {table.decoder}")
    if wrong:
        return Check(what, DIFFERS, f"not the cited frame as rendered: {', '.join(wrong[:5])}")
    return Check(what, SAME, f"{count} stills rendered anew")


def _records(read: _Read, kind: Kind, record: type[R]) -> tuple[R, ...]:
    rows = read.records.get(kind.table, [])
    return tuple(r for r in (from_plain(kind, row) for row in rows) if isinstance(r, record))


def _exhibit_file(data: Path, exhibit: Exhibit) -> Path | None:
    file = data / "exhibits" / f"{exhibit.number}{Path(exhibit.vault_path).suffix}"
    return file if file.is_file() else None


def _unpacked(archive: Path, scratch: Path, ctx: JobContext) -> Path:
    """Unpack a zip into a private folder; entries that would leave it, links, and impossible sizes are refused."""
    try:
        with zipfile.ZipFile(archive) as source:
            entries = source.infolist()
            if sum(e.file_size for e in entries) > min(_LARGEST, shutil.disk_usage(scratch).free):
                raise Refused(f"{archive.name} unpacks to more than there is room for. Nothing was checked.")
            for done, entry in enumerate(entries):
                ctx.progress(done, len(entries), "unpack")
                parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
                is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
                if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0] or is_link:
                    raise Refused(f"{archive.name} holds an unsafe name ({entry.filename}). Nothing was checked.")
                source.extract(entry, scratch)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise Refused(f"{archive.name} is no package that can be read ({error}). Nothing was checked.") from error
    bags = [p.parent for p in scratch.glob("**/bagit.txt")]
    if len(bags) != 1:
        raise Refused(f"{archive.name} is no package of the desk. Nothing was checked.")
    return bags[0]
