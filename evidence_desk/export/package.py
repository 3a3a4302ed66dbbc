"""The package: a BagIt folder or zip with dossier, data, log, exhibits and stills, and how to check them again."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bagit

from evidence_desk import __version__, resources
from evidence_desk.export.case_json import case_json, json_bytes, schema
from evidence_desk.export.content import Content
from evidence_desk.export.pdf import write_pdf
from evidence_desk.jobs import JobContext

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can name: a package says when its content last changed, not when it was zipped."""


def write_package(content: Content, target: Path, ctx: JobContext) -> None:
    """Write the package as a folder, or as a zip where the target ends in `.zip`."""
    logging.getLogger("bagit").setLevel(logging.ERROR)
    if target.suffix.lower() != ".zip":
        _fill(content, target, ctx)
        return
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".package-") as scratch:
        folder = Path(scratch) / folder_name(content)
        _fill(content, folder, ctx)
        _zip(folder, target, ctx)


def folder_name(content: Content) -> str:
    """Return the name of the one folder in a zip: after the case, so that the same content gives the same bytes."""
    said = content.dossier.case_number or content.dossier.case_title
    plain = re.sub(r"[^\w.-]+", "-", said).strip("-.")[:40].strip("-.")
    return f"{plain or 'case'}-package"


def _fill(content: Content, folder: Path, ctx: JobContext) -> None:
    folder.mkdir()
    files: dict[str, bytes] = {
        "case.json": json_bytes(case_json(content)),
        "schema.json": json_bytes(schema()),
        "audit.jsonl": b"".join(_line(e) for e in content.events),
        "README.txt": readme(content).encode("utf-8"),
        "stills/stills.json": json_bytes([dict(s.recipe) for s in content.stills]),
        **{f"stills/{s.name}": s.png for s in content.stills},
    }
    steps = len(content.exhibits) + 2
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
    write_pdf(content.dossier, folder / "dossier.pdf", ctx)
    for done, exhibit in enumerate(content.exhibits if content.with_exhibits else ()):
        ctx.progress(done + 1, steps, exhibit.number)
        (folder / "exhibits").mkdir(exist_ok=True)
        shutil.copyfile(exhibit.path, folder / "exhibits" / exhibit.name)
    ctx.progress(steps - 1, steps, "manifests")
    _bag(folder, content)
    ctx.progress(steps, steps, "manifests")


def _bag(folder: Path, content: Content) -> None:
    info = {
        "Source-Organization": content.dossier.case_title,
        "External-Identifier": content.dossier.case_number or content.dossier.case_title,
        "External-Description": "Dossier, data, log, stills and exhibits of a case of the Evidence Desk",
        "Bagging-Date": content.dated[:10],
        "Bag-Software-Agent": f"Evidence Desk {__version__}",
    }
    # The library works in the current directory and leaves it changed where it fails.
    here = Path.cwd()
    try:
        bagit.make_bag(str(folder), info, checksums=["sha256", "sha512"])
    finally:
        os.chdir(here)


def _zip(folder: Path, target: Path, ctx: JobContext) -> None:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
            for done, file in enumerate(files):
                ctx.progress(done, len(files), "zip")
                entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_STORED if file.suffix == ".mp4" else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with file.open("rb") as source, out.open(entry, "w", force_zip64=True) as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _line(event: Mapping[str, Any]) -> bytes:
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return (text + "\n").encode("utf-8")


def readme(content: Content) -> str:
    """Return the text that tells a stranger how to check the package with free tools."""
    head = content.content_head
    cited = next((s.recipe for s in content.stills), None)
    example = (
        f"{cited['exhibit']} frame {cited['frame']}: {cited['frame_hash']}"
        if cited
        else "no frame is cited in this case"
    )
    return resources.read_text("package", "README.txt").format(
        title=content.dossier.case_title,
        version=__version__,
        dated=content.dated,
        head_seq=head["seq"],
        head_hash=head["hash"],
        events=len(content.events),
        exhibits="\n".join(f"  {e.number}  exhibits/{e.name}\n          SHA-256 {e.sha256}" for e in content.exhibits)
        or "  none",
        carried="are in the folder exhibits" if content.with_exhibits else "were left out; their hashes are here",
        example=example,
    )
