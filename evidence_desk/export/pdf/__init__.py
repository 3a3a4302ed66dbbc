"""The dossier as PDF: fonts first, then the layout: reportlab fixes its defaults when its modules are imported."""

from __future__ import annotations

from pathlib import Path

from evidence_desk.domain.dossier import Dossier
from evidence_desk.jobs import JobContext

_Key = tuple[str, str, tuple[str, ...], bool]
_last: dict[_Key, bytes] = {}


def write_pdf(dossier: Dossier, target: Path, ctx: JobContext) -> None:
    """Write the dossier; the same dossier gives the same bytes, so the last one is kept. Raises Cancelled, OSError."""
    key = (dossier.head.hash, dossier.content_hash, dossier.sections, dossier.marked_stills)
    if key not in _last:
        data = _made(dossier, ctx)
        _last.clear()
        _last[key] = data
    target.write_bytes(_last[key])


def _made(dossier: Dossier, ctx: JobContext) -> bytes:
    from evidence_desk.export.pdf import faces  # noqa: PLC0415 - the order of these two is what matters

    faces.register()
    from evidence_desk.export.pdf.document import pdf_bytes  # noqa: PLC0415

    return pdf_bytes(dossier, ctx)
