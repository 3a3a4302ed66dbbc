"""The clean picture of an observation beside the one it was made on, where that was adjusted."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from evidence_desk.domain.dossier import Seen
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Book
from evidence_desk.export.pdf.pictures import Pictures
from evidence_desk.export.pdf.plates import PlateBox
from evidence_desk.export.pdf.tables import beside

_HALF = (s.TEXT_WIDTH - 4 * mm) / 2


def as_seen(book: Book, pictures: Pictures, entry: Seen) -> list[Flowable]:
    """Return the pair, nothing where the observation was made on the picture as it is."""
    if entry.as_seen is None or not entry.plates:
        return []
    first = entry.as_seen
    clean = next((p for p in entry.plates if p.n == first.n), entry.plates[0])
    pair = beside(
        [PlateBox(pictures, clean, _HALF, "clean"), PlateBox(pictures, first, _HALF, "as it was seen")],
        [_HALF, _HALF],
        4 * mm,
    )
    title = f"{entry.observation.number} as it was seen, {first.exhibit} frame {first.n}"
    caption = book.figure_caption(title, f"{entry.seen_as}.", ", adjusted for display only")
    return [KeepTogether([pair, caption]), Spacer(1, 4)]
