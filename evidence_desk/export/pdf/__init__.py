"""The dossier as PDF: fonts first, then the layout, since reportlab's defaults are fixed when its modules are imported."""

from __future__ import annotations

from pathlib import Path

from evidence_desk.domain.dossier import Dossier
from evidence_desk.jobs import JobContext


def write_pdf(dossier: Dossier, target: Path, ctx: JobContext) -> None:
    """Write the dossier; the same dossier gives the same bytes. Raises Cancelled, OSError."""
    from evidence_desk.export.pdf import faces  # noqa: PLC0415 - the order of these two is what matters

    faces.register()
    from evidence_desk.export.pdf.document import pdf_bytes  # noqa: PLC0415

    target.write_bytes(pdf_bytes(dossier, ctx))
