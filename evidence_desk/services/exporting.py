"""Exports: the content of a case read once, written whole or not at all, opened again, and entered in the log."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_desk.domain.dossier import Dossier
from evidence_desk.domain.errors import DiskFull, NotFound, Refused
from evidence_desk.domain.records import KINDS, Exhibit, plain
from evidence_desk.export import ALL_EXPORTERS, Exporter
from evidence_desk.export.content import Content, ExhibitFile, StillFile
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import dossier, intake, verify
from evidence_desk.services.case import Case
from evidence_desk.services.coverage import looked_at
from evidence_desk.services.covered_stills import Covers
from evidence_desk.store.canonical import safe

FORMATS: tuple[str, ...] = tuple(e.id for e in ALL_EXPORTERS)
STILL_WIDTH = 1280
"""Stills in a package are no wider: a rendering for the eye; the frame itself is in the exhibit."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export holds. `sections` are the dossier's section ids, None for all; `replace` may write over a file.

    `covered` is for a preview on screen: stills of it are covered.
    """

    with_exhibits: bool = True
    sections: tuple[str, ...] | None = None
    marked_stills: bool = True
    replace: bool = False
    covered: Covers = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: format, place, SHA-256 of the file (of a folder: of its manifest), and the content's head."""

    form: str
    path: Path
    sha256: str
    content_seq: int
    content_hash: str


def export(
    case: Case,
    worker: MediaWorker,
    form: str,
    out: Path,
    options: ExportOptions | None = None,
    ctx: JobContext | None = None,
) -> Path:
    """Write an export and enter it in the log where the case can be written; returns where it lies."""
    written = render(case.folder, worker, form, out, options, ctx)
    record(case, written)
    return written.path


def render(
    folder: Path,
    worker: MediaWorker,
    form: str,
    out: Path,
    options: ExportOptions | None = None,
    ctx: JobContext | None = None,
) -> Written:
    """Write an export of the case folder as it is committed now; a job: it reads by a connection of its own.

    The target appears whole at the end. Raises NotFound (format), Refused (target exists, cannot be written), DiskFull,
    Cancelled, and MediaUnreadable where a cited frame cannot be had.
    """
    options, ctx = options or ExportOptions(), ctx or NullContext()
    exporter = _exporter(form)
    target = _target(exporter, out, options)
    part = target.with_name(f".{target.name}.part{target.suffix}")
    case = Case.open(folder, "", write=False)
    try:
        ctx.progress(0, 1, "records")
        content = _content(case, worker, exporter, options, ctx)
        _discard(part)
        exporter.write(content, part, ctx)
        if target.is_file() and options.replace:
            target.unlink()
        part.replace(target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(
                f"The disk is full. {target.name} was not written and nothing was left half made."
            ) from error
        raise Refused(f"{target} cannot be written ({error.strerror or error}). Nothing was left half made.") from error
    finally:
        case.close()
        _discard(part)
    head = content.content_head
    return Written(form, target, _digest(target), int(head["seq"]), str(head["hash"]))


def record(case: Case, written: Written) -> None:
    """Enter the export in the log and keep the log's head beside the exports, so that a cut tail shows later."""
    if case.read_only:
        return
    details = {
        "format": written.form,
        "name": written.path.name,
        "sha256": written.sha256,
        "content_seq": written.content_seq,
        "content_hash": written.content_hash,
    }
    case.bus.log("case.exported", details)
    head = case.queries.head()
    assert head is not None
    told = json.dumps({"seq": head.seq, "hash": head.hash, "at": head.at, "export": written.path.name}, indent=1)
    place = case.paths.exports / f"{head.seq:06d}-{written.form}.head.json"
    part = place.with_suffix(".part")
    part.write_text(told + "\n", encoding="utf-8")
    part.replace(place)


def _exporter(form: str) -> Exporter:
    for exporter in ALL_EXPORTERS:
        if exporter.id == form:
            return exporter
    raise NotFound(f"{form} is no format that can be written. Nothing was written. Use one of: {', '.join(FORMATS)}.")


def _target(exporter: Exporter, out: Path, options: ExportOptions) -> Path:
    if out.is_dir() and exporter.suffix:
        raise Refused(f"{out} is a folder. Nothing was written. Name the file.")
    if out.exists() and not (options.replace and out.is_file()):
        raise Refused(f"{out} exists already. Nothing was written. Choose another name.")
    if not out.parent.is_dir():
        raise Refused(f"The folder {out.parent} does not exist. Nothing was written.")
    return out.absolute()


def _content(case: Case, worker: MediaWorker, exporter: Exporter, options: ExportOptions, ctx: JobContext) -> Content:
    head = case.queries.content_head()
    if head is None:
        raise Refused("The log of the case is empty. Nothing was written. Run verify.")
    choice = dossier.DossierOptions(
        sections=options.sections, marked_stills=options.marked_stills, covered=options.covered
    )
    exhibits = case.queries.exhibits(withdrawn=True)
    return Content(
        dossier=_dossier(case, worker, choice, ctx),
        case_version=case.store.version,
        records={k.table: [safe(plain(r)) for r in case.queries.every(k)] for k in KINDS},
        events=[{"event": e.sealed(), "hash": e.hash} for e in case.queries.events()],
        content_head={"seq": head.seq, "hash": head.hash, "at": head.at},
        dated=head.at,
        exhibits=tuple(_file(case, e) for e in exhibits),
        stills=cited_stills(case, worker, exhibits, ctx) if exporter.id == "package" else (),
        with_exhibits=options.with_exhibits,
    )


_Made = tuple[str, str, dossier.DossierOptions, object]
_built: dict[_Made, Dossier] = {}


def _dossier(case: Case, worker: MediaWorker, choice: dossier.DossierOptions, ctx: JobContext) -> Dossier:
    """Return the dossier; the last one again while nothing in it changed: PDF and package are often asked at once."""
    head = case.queries.content_head()
    looked = tuple(looked_at(case.coverage, exhibit) for exhibit in case.queries.exhibits())
    key = (str(case.folder), head.hash if head else "", choice, looked)
    if key not in _built:
        made = dossier.build(case, worker, choice, ctx)
        _built.clear()
        _built[key] = made
    return _built[key]


def _file(case: Case, exhibit: Exhibit) -> ExhibitFile:
    path = case.paths.exhibit_file(exhibit)
    return ExhibitFile(exhibit.number, path, f"{exhibit.number}{path.suffix}", exhibit.sha256)


def cited_stills(
    case: Case, worker: MediaWorker, exhibits: tuple[Exhibit, ...], ctx: JobContext
) -> tuple[StillFile, ...]:
    """Return a still of every frame that an observation or region in force cites, once each, in order."""
    stills: list[StillFile] = []
    observations, regions = case.queries.observations(), case.queries.regions()
    for exhibit in exhibits:
        named = verify.citations(observations, regions, exhibit.number, key_frames=False)
        cited = {c.n: c.hash for c in named if not c.lost}
        if not cited:
            continue
        file = case.paths.exhibit_file(exhibit)
        table = intake.table_of(worker, case.paths, exhibit, ctx)
        for done, n in enumerate(sorted(cited)):
            ctx.progress(done, len(cited), f"stills of {exhibit.number}")
            png = worker.still(file, table, n, max_width=STILL_WIDTH, ctx=ctx)
            name = f"{exhibit.number}-frame-{n:06d}.png"
            stills.append(StillFile(name, png, _recipe(name, png, exhibit, n, cited[n])))
    return tuple(stills)


def _recipe(name: str, png: bytes, exhibit: Exhibit, n: int, frame_hash: str) -> Mapping[str, Any]:
    return {
        "file": name,
        "sha256": hashlib.sha256(png).hexdigest(),
        "exhibit": exhibit.number,
        "exhibit_sha256": exhibit.sha256,
        "stream": exhibit.stream,
        "frame": n,
        "frame_number": "provisional" if exhibit.provisional else "counted",
        "frame_hash": frame_hash,
        "decoder": exhibit.decoder,
        "max_width": STILL_WIDTH,
        "made_by": "whole frame, turned and scaled for display, no other change; details in the picture's text chunks",
    }


def _digest(target: Path) -> str:
    file = target / "manifest-sha256.txt" if target.is_dir() else target
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _discard(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        with suppress(OSError):
            part.unlink()
