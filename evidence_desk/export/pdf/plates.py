"""Plates: a cited frame with its identity in a strip at its foot; marks are drawn on top, never in the picture."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from evidence_desk.domain.dossier import Detail, Plate
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.marks import MarkPen
from evidence_desk.export.pdf.pictures import Pictures
from evidence_desk.export.pdf.styles import INK, STRIP, STRIP_SMALL, TINT2
from evidence_desk.export.pdf.text import clean, markup, shortened

HIGHEST = 88 * mm
"""An upright picture is scaled to this height rather than to the column."""


def strip(plate: Plate, *, small: bool, marked: bool) -> tuple[str, ...]:
    """Return the lines under a picture: what it is, its stamp and hash, and what was done for print."""
    name = f"{plate.exhibit}  frame {plate.n} of {plate.total}"
    stamp = f"pts {'not stated' if plate.pts is None else plate.pts} × {plate.time_base}"
    quarters = [plate.frame_hash[i : i + 4] for i in range(0, 32, 4)]
    note = (f"note: {plate.note}",) if plate.note else ()
    if small:
        return (
            name,
            f"{plate.time}  {stamp}",
            " ".join(quarters),
            f"shown: {plate.scale.removeprefix('whole frame, ')}",
            *note,
        )
    if plate.seen_as:
        same = f"the frame at the left  hash {' '.join(quarters[:4])} ..."
        return f"{name}  {plate.time}", same, f"shown: {plate.seen_as}; for display only.", *note
    done = f"as left, {_marks_text(plate)} drawn on top." if marked else f"{plate.scale}. Nothing else."
    return f"{name}  {plate.time}", f"{stamp}  hash {' '.join(quarters[:4])} ...", f"shown: {done}", *note


def _marks_text(plate: Plate) -> str:
    names = mark_names(plate)
    return f"mark {names[0]}" if len(names) == 1 else f"marks {names[0]} to {names[-1]}"


class PlateBox(Flowable):
    """One picture with tab and strip; `marked` draws its marks: white casing, black core, a letter at the corner."""

    def __init__(self, pictures: Pictures, plate: Plate, width: float, tab: str = "", marked: bool = False) -> None:
        super().__init__()
        self._pictures, self._plate, self._tab, self._marked = pictures, plate, tab, marked
        self._small = width < 60 * mm
        high = width * plate.height / plate.width
        self._picture_width = width if high <= HIGHEST else HIGHEST * plate.width / plate.height
        self._picture_height = min(high, HIGHEST)
        self.width = width
        first, *rest = (line.replace("  ", "\u00a0\u00a0") for line in strip(plate, small=self._small, marked=marked))
        body = f'<font name="Mono-SemiBold">{markup(first, "Mono-SemiBold")}</font>'
        lines = "<br/>".join([body, *(markup(line, "Mono") for line in rest)])
        self._strip = Paragraph(lines, STRIP_SMALL if self._small else STRIP)

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
        point = self._pictures.point(f"{self._plate.frame_hash} {self._plate.seen_as}", self._plate.png)
        c.drawImage(point, left, bottom, self._picture_width, self._picture_height)
        if self._marked:
            self._draw_marks(c, left, bottom)
        c.setStrokeColor(INK)
        c.setLineWidth(0.5)
        c.rect(left, bottom, self._picture_width, self._picture_height, stroke=1, fill=0)
        if self._tab:
            draw_tab(c, self._tab, left, bottom + self._picture_height)

    def _draw_marks(self, c: Any, left: float, bottom: float) -> None:
        pen = MarkPen(c, left, bottom, self._picture_width, self._picture_height)
        names = mark_names(self._plate)
        for mark in self._plate.marks:
            pen.draw(mark)
        # Names come after all edges, so that no edge runs through one.
        for name, mark in zip(names, self._plate.marks, strict=True):
            if name.isdigit():
                self._draw_disc(c, name, *pen.middle(mark))
            else:
                x, top = pen.name_place(mark)
                self._draw_letter(c, name, x, min(top, bottom + self._picture_height - 9))

    def _draw_disc(self, c: Any, name: str, x: float, y: float) -> None:
        c.setFillColor(INK)
        c.setStrokeColor(white)
        c.setLineWidth(0.7)
        c.circle(x, y, 4.1, stroke=1, fill=1)
        c.setFillColor(white)
        c.setFont("Mono-SemiBold", 5.6)
        c.drawCentredString(x, y - 1.9, name)

    def _draw_letter(self, c: Any, name: str, x: float, y: float) -> None:
        wide = text_width(name, "Mono-SemiBold", 6.4) + 3.4
        c.setFillColor(INK)
        c.setStrokeColor(white)
        c.setLineWidth(0.5)
        c.rect(x, y, wide, 8, stroke=1, fill=1)
        c.setFillColor(white)
        c.setFont("Mono-SemiBold", 6.4)
        c.drawString(x + 1.7, y + 1.9, name)


class DetailBox(Flowable):
    """The surroundings of one mark, enlarged, with its letter and its strip; nothing is drawn on it."""

    def __init__(self, pictures: Pictures, plate: Plate, detail: Detail, width: float) -> None:
        super().__init__()
        self._pictures, self._detail, self.width = pictures, detail, width
        self._identity = f"{plate.frame_hash} {detail.words}"
        self._name = mark_names(plate)[detail.mark]
        head = f"{plate.exhibit}  frame {plate.n}  {self._name}".replace("  ", "\u00a0\u00a0")
        body = f'<font name="Mono-SemiBold">{markup(head, "Mono-SemiBold")}</font><br/>{markup(detail.words, "Mono")}'
        self._strip = Paragraph(body, STRIP_SMALL)

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size: the picture over its strip."""
        _, strip = self._strip.wrap(self.width - 6, 1000)
        self._strip_height = strip + 5
        self.height = self.width * self._detail.height / self._detail.width + self._strip_height
        return self.width, self.height

    def draw(self) -> None:
        """Draw strip, picture, edge and letter."""
        c, high = self.canv, self.height - self._strip_height
        c.setFillColor(TINT2)
        c.rect(0, 0, self.width, self._strip_height, stroke=0, fill=1)
        self._strip.drawOn(c, 3, 2)
        c.drawImage(self._pictures.point(self._identity, self._detail.png), 0, self._strip_height, self.width, high)
        c.setStrokeColor(INK)
        c.setLineWidth(0.5)
        c.rect(0, self._strip_height, self.width, high, stroke=1, fill=0)
        draw_tab(c, self._name, 0, self.height)


def draw_tab(c: Any, text: str, left: float, top: float) -> None:
    """Draw the word or letter in the upper left corner of a picture."""
    c.setFillColor(white)
    c.setStrokeColor(INK)
    c.setLineWidth(0.5)
    c.rect(left, top - 11, text_width(text, "Sans-SemiBold", 7) + 6, 11, stroke=1, fill=1)
    c.setFillColor(INK)
    c.setFont("Sans-SemiBold", 7)
    c.drawString(left + 3, top - 8.2, text)


MANY = 5
"""From so many marks on, a picture is counted: its marks bear numbers."""


def mark_names(plate: Plate) -> tuple[str, ...]:
    """Return what each mark is called: A, B, C for features; 1, 2, 3 where there are many, to be counted."""
    if len(plate.marks) >= MANY:
        return tuple(str(n + 1) for n in range(len(plate.marks)))
    return tuple(chr(ord("A") + n) for n in range(len(plate.marks)))


def mark_words(plate: Plate) -> str:
    """Return what the marks on a plate stand for: those with words, and how many have none."""
    named = [
        (n, "; ".join(w for w in (shortened(clean(b.label), 140), b.how) if w))
        for n, b in zip(mark_names(plate), plate.marks, strict=True)
    ]
    told = [f"{name} {label}" for name, label in named if label]
    plain = [name for name, label in named if not label]
    if len(plain) > 2 and not told:
        return f"{plain[0]} to {plain[-1]}"
    first = (
        f"{plain[0]} to {plain[-1]}" if len(plain) > 2 and plain[-1] == named[len(plain) - 1][0] else ", ".join(plain)
    )
    return "; ".join(x for x in (first, *told) if x)
