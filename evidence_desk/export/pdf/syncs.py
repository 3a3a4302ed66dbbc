"""Two exhibits on one time, as printed after the exhibit sheets."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from evidence_desk.domain.dossier import Tied
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Book
from evidence_desk.export.pdf.tables import pairs, text_cell

_LABEL = 34 * mm
_WORDS = (
    "A moment is marked on the first frame of each clip that shows it: it happened after the frame before and by that "
    "frame. A residual is how far a moment lies off the line through all of them."
)


def tied(book: Book) -> list[Flowable]:
    """Return a table for each synchronisation, nothing where there is none."""
    if not book.dossier.syncs:
        return []
    story: list[Flowable] = []
    for entry in book.dossier.syncs:
        story += _one(book, entry)
    return [*story, Paragraph(_WORDS, s.STAND), Spacer(1, 6)]


def _one(book: Book, entry: Tied) -> list[Flowable]:
    caption = book.table_caption(f"{entry.number}: {entry.exhibit_a} and {entry.exhibit_b}", ", tied by shared moments")
    return [CondPageBreak(90), caption, pairs([(name, text_cell(value)) for name, value in entry.lines], _LABEL)]
