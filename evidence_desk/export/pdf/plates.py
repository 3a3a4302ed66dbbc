"""Plates: a cited frame with its identity in a strip at its foot; marks are drawn on top, never in the picture."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph

from evidence_desk.domain.dossier import Plate
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.styles import INK, MID, STRIP, STRIP_SMALL, TINT2
from evidence_desk.export.pdf.text import clean, markup

HIGHEST = 88 * mm
"""An upright picture is scaled to this height rather than to the column."""


class Pictures:
    """Embeds each picture once, however often it is printed; a draft pass, which only measures, leaves them out."""

    def __init__(self, *, draft: bool = False) -> None:
        self.draft = draft
        self._readers: dict[str, ImageReader] = {}

    def reader(self, plate: Plate) -> ImageReader:
        """Return the picture of a plate."""
        if plate.frame_hash not in self._readers:
            self._readers[plate.frame_hash] = ImageReader(io.BytesIO(plate.png))
        return self._readers[plate.frame_hash]


def identity(plate: Plate, digits: int = 16) -> tuple[str, str]:
    """Return the first two lines of a strip: exhibit, frame, time; then pts, time base and the hash's first digits."""
    pts = "not stated" if plate.pts is None else str(plate.pts)
    grouped = " ".join(plate.frame_hash[i : i + 4] for i in range(0, digits, 4))
    return (
        f"{plate.exhibit}  frame {plate.n} of {plate.total}  {plate.time}",
        f"pts {pts} × {plate.time_base}  {grouped} ...",
    )


class PlateBox(Flowable):
    """One picture with tab and strip; `marked` draws its boxes: white casing, black core, a letter at the corner."""

    def __init__(self, pictures: Pictures, plate: Plate, width: float, tab: str = "", marked: bool = False) -> None:
        super().__init__()
        self._pictures, self._plate, self._tab, self._marked = pictures, plate, tab, marked
        self._small = width < 60 * mm
        self._digits = 32 if self._small else 16
        high = width * plate.height / plate.width
        self._picture_width = width if high <= HIGHEST else HIGHEST * plate.width / plate.height
        self._picture_height = min(high, HIGHEST)
        self.width = width
        shown = plate.scale
        if marked:
            shown = f"{plate.scale.removesuffix(' Nothing else.')} Marks drawn on top."
        first, second = identity(plate, self._digits)
        style = STRIP_SMALL if self._small else STRIP
        rest = f"shown: {shown}{' ' + plate.note + '.' if plate.note else ''}"
        body = f'<font name="Mono-SemiBold">{markup(first, "Mono-SemiBold")}</font><br/>{markup(second, "Mono")}'
        self._strip = Paragraph(f"{body}<br/>{markup(rest, 'Mono')}", style)

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size: the picture over its strip."""
        _, strip = self._strip.wrap(self.width - 6, 1000)
        self._strip_height = strip + 5
        self.height = self._picture_height + self._strip_height
        return self.width, self.height

    def draw(self) -> None:
        """Draw strip, picture, marks, edge and tab."""
        c = self.canv
        c.setFillColor(TINT2)
        c.rect(0, 0, self.width, self._strip_height, stroke=0, fill=1)
        self._strip.drawOn(c, 3, 2)
        left = (self.width - self._picture_width) / 2
        bottom = self._strip_height
        if not self._pictures.draft:
            c.drawImage(self._pictures.reader(self._plate), left, bottom, self._picture_width, self._picture_height)
        if self._marked:
            self._draw_marks(c, left, bottom)
        c.setStrokeColor(MID)
        c.setLineWidth(0.5)
        c.rect(left, bottom, self._picture_width, self._picture_height, stroke=1, fill=0)
        if self._tab:
            self._draw_tab(c, left, bottom + self._picture_height)

    def _draw_tab(self, c: Any, left: float, top: float) -> None:
        c.setFillColor(white)
        c.setStrokeColor(INK)
        c.setLineWidth(0.6)
        wide = text_width(self._tab, "Sans-SemiBold", 6.6) + 7
        c.rect(left + 2.5, top - 13, wide, 10.5, stroke=1, fill=1)
        c.setFillColor(INK)
        c.setFont("Sans-SemiBold", 6.6)
        c.drawString(left + 6, top - 10.2, self._tab)

    def _draw_marks(self, c: Any, left: float, bottom: float) -> None:
        for number, box in enumerate(self._plate.boxes):
            x = left + float(box.x) * self._picture_width
            y = bottom + (1 - float(box.y) - float(box.height)) * self._picture_height
            wide, high = float(box.width) * self._picture_width, float(box.height) * self._picture_height
            for colour, line in ((white, 2.2), (INK, 0.9)):
                c.setStrokeColor(colour)
                c.setLineWidth(line)
                c.rect(x, y, wide, high, stroke=1, fill=0)
            self._draw_letter(c, letter(number), x, min(y + high, bottom + self._picture_height - 9))

    def _draw_letter(self, c: Any, text: str, x: float, y: float) -> None:
        wide = text_width(text, "Sans-SemiBold", 6.4) + 4.4
        c.setFillColor(INK)
        c.setStrokeColor(white)
        c.setLineWidth(0.5)
        c.rect(x - 0.5, y, wide, 8.6, stroke=1, fill=1)
        c.setFillColor(white)
        c.setFont("Sans-SemiBold", 6.4)
        c.drawString(x + 1.7, y + 2.2, text)


def letter(number: int) -> str:
    """Return A, B, … Z, AA, AB … for a mark."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def mark_words(plate: Plate) -> str:
    """Return what the letters on a marked plate stand for."""
    return ", ".join(f"{letter(i)} {clean(b.label)}" if b.label else letter(i) for i, b in enumerate(plate.boxes))
