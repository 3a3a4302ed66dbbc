"""The dossier as PDF: fonts first, then the layout: reportlab fixes its defaults when its modules are imported."""

from __future__ import annotations

import errno
from pathlib import Path

from evidence_desk.domain.dossier import Dossier
from evidence_desk.jobs import JobContext

_last: list[tuple[Dossier, bytes]] = []


def write_pdf(dossier: Dossier, target: Path, ctx: JobContext) -> None:
    """Write the dossier; a dossier that is asked for twice in a row (alone, then in a package) is laid out once.

    Raises Cancelled, OSError.
    """
    if not _last or _last[0][0] is not dossier:
        _last[:] = [(dossier, _made(dossier, ctx))]
    target.write_bytes(_last[0][1])
    _reopen(target, _last[0][1])


def _reopen(target: Path, written: bytes) -> None:
    """Read back what was written and open it as a PDF; raises OSError where the disk gives something else."""
    import pikepdf  # noqa: PLC0415 - loads with the rest of the layout

    data = target.read_bytes()
    if data != written:
        raise OSError(errno.EIO, "what was read back is not what was written")
    with pikepdf.open(target) as document:
        if not document.pages:
            raise OSError(errno.EIO, "the file has no page")


def _made(dossier: Dossier, ctx: JobContext) -> bytes:
    from evidence_desk.export.pdf import faces  # noqa: PLC0415 - the order of these two is what matters

    faces.register()
    from evidence_desk.export.pdf.document import pdf_bytes  # noqa: PLC0415

    return pdf_bytes(dossier, ctx)
