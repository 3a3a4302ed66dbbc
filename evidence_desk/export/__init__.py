"""The exporters, each one module behind one interface: content in, one file or folder out, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evidence_desk.export.content import Content
from evidence_desk.jobs import JobContext


class Write(Protocol):
    """Writes content to a target that does not exist; the same content gives the same bytes."""

    def __call__(self, content: Content, target: Path, ctx: JobContext) -> None:
        """Write; raises EvidenceDeskError or OSError."""
        ...


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its word on the command line, a name for people, the suffix of its files ("" for a folder)."""

    id: str
    title: str
    suffix: str
    needs_stills: bool
    write: Write


def _pdf(content: Content, target: Path, ctx: JobContext) -> None:
    from evidence_desk.export.pdf import write_pdf  # noqa: PLC0415 - the library loads when it is needed

    write_pdf(content.dossier, target, ctx)


def _package(content: Content, target: Path, ctx: JobContext) -> None:
    from evidence_desk.export.package import write_package  # noqa: PLC0415

    write_package(content, target, ctx)


def _json(content: Content, target: Path, ctx: JobContext) -> None:
    from evidence_desk.export.case_json import write_json  # noqa: PLC0415

    write_json(content, target, ctx)


def _csv(content: Content, target: Path, ctx: JobContext) -> None:
    from evidence_desk.export.observations_csv import write_csv  # noqa: PLC0415

    write_csv(content, target, ctx)


ALL_EXPORTERS: tuple[Exporter, ...] = (
    Exporter("pdf", "Dossier (PDF)", ".pdf", needs_stills=True, write=_pdf),
    Exporter("package", "Package (BagIt)", "", needs_stills=True, write=_package),
    Exporter("json", "All records (JSON)", ".json", needs_stills=False, write=_json),
    Exporter("csv", "Observations (CSV)", ".csv", needs_stills=False, write=_csv),
)
"""Every format there is; libraries load when one is written."""
