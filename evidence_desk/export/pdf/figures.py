"""Drawn figures: acquisition meter, likelihood words, counts on one scale, the code of the audit head."""

from __future__ import annotations

from typing import Any

import qrcode
from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from evidence_desk.domain.acquisition import ITEMS
from evidence_desk.domain.dossier import Seen, Stated
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.styles import GREY, INK, RULE, TEXT_WIDTH, triple
from evidence_desk.export.pdf.text import clean, fitted, runs, sight


class Meter(Flowable):
    """Eight boxes, black where an item of the acquisition record is held, dashed where it is missing; names below."""

    def __init__(self, held: tuple[bool, ...]) -> None:
        super().__init__()
        self._held = held
        self.width, self.height = TEXT_WIDTH, 24
        self.spaceAfter = 3

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw boxes and names."""
        c, wide = self.canv, self.width / len(self._held)
        for i, has in enumerate(self._held):
            c.setStrokeColor(INK)
            c.setFillColor(INK if has else white)
            c.setLineWidth(0.7)
            c.setDash(*((1, 0) if has else (1.6, 1.6)))
            c.rect(i * wide, 13, wide - 3, 9, stroke=1, fill=1)
            c.setDash(1, 0)
            c.setFillColor(GREY)
            c.setFont("Cond", 6.4)
            c.drawCentredString(i * wide + (wide - 3) / 2, 4, ITEMS[i].name)


LADDER: tuple[tuple[str, int, int], ...] = (
    ("almost no chance", 1, 5),
    ("very unlikely", 5, 20),
    ("unlikely", 20, 45),
    ("roughly even chance", 45, 55),
    ("likely", 55, 80),
    ("very likely", 80, 95),
    ("almost certain", 95, 99),
)
"""Likelihood words and their bands in per cent, ICD 203, first row."""


class Ladder(Flowable):
    """The bands of the likelihood words on one scale; narrow bands have their word above, at the end of a line."""

    _shades = ("#141414", "#4A4A46", "#8C8C86", "#FFFFFF", "#8C8C86", "#4A4A46", "#141414")

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = TEXT_WIDTH, 46

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw bands, words and limits."""
        c = self.canv
        wide = self.width - 8
        for (word, low, high), shade in zip(LADDER, self._shades, strict=True):
            left, right = (float(4 + (n - 1) / 98 * wide) for n in (low, high))
            c.setStrokeColor(INK)
            c.setLineWidth(0.5)
            c.setFillColor(HexColor(shade))
            c.rect(left, 14, right - left, 10, stroke=1, fill=1)
            c.setFillColor(INK)
            c.setFont("Sans-Medium", 6.9)
            narrow = high - low <= 10
            middle, half = (left + right) / 2, text_width(word, "Sans-Medium", 6.9) / 2
            at = min(max(middle, half), self.width - half)
            c.drawCentredString(at, 38 if narrow else 27, word)
            if narrow:
                c.line(middle, 24, middle, 36)
            self._limit(left, low)
        self._limit(4 + wide, 99)

    def _limit(self, x: float, value: int) -> None:
        c = self.canv
        c.setLineWidth(0.5)
        c.line(x, 14, x, 11)
        c.setFillColor(GREY)
        c.setFont("Sans", 6.6)
        c.drawCentredString(x, 4, str(value))


class QrCode(Flowable):
    """A QR code drawn as rectangles, so that no picture and no foreign face enters the file."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(text)
        code.make(fit=True)
        self._matrix = code.get_matrix()
        self.width = self.height = size

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw each dark run of a row as one rectangle."""
        c, side = self.canv, self.width / len(self._matrix)
        c.setFillColor(INK)
        for row, line in enumerate(self._matrix):
            start = None
            for at, dark in enumerate([*line, False]):
                if dark and start is None:
                    start = at
                elif not dark and start is not None:
                    c.rect(start * side, self.height - (row + 1) * side, (at - start) * side, side, stroke=0, fill=1)
                    start = None


class Counts(Flowable):
    """Numbers stated above, numbers seen below, one axis from 0; none is added to another."""

    row = 13.0

    def __init__(self, stated: tuple[Stated, ...], seen: tuple[Seen, ...]) -> None:
        super().__init__()
        self._stated, self._seen = stated, seen
        tops = [s.count.largest for s in stated] + [s.observation.count_max or 0 for s in seen]
        self._top = max(4, int(max(tops) * 1.25) + 1)
        self._left = 62 * mm
        self.width = TEXT_WIDTH
        self.height = self.row * (len(stated) + len(seen)) + (15 if stated else 0) + (15 if seen else 0) + 22
        self.spaceAfter = 4

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def x(self, number: float) -> float:
        """Return the place of a number."""
        return float(self._left + number / self._top * (self.width - self._left - 30))

    def draw(self) -> None:
        """Draw grid, rows and axis."""
        c = self.canv
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if self._top / s <= 12)
        c.setFont("Cond", 6.6)
        for number in range(0, self._top + 1, step):
            c.setStrokeColor(RULE)
            c.setLineWidth(0.3)
            c.line(self.x(number), 14, self.x(number), self.height - 2)
            c.setFillColor(GREY)
            c.drawCentredString(self.x(number), 5, str(number))
        y = self.height
        if self._stated:
            y = self._heading(y, "Stated")
            for stated in self._stated:
                y = self._stated_row(y, stated)
        if self._seen:
            y = self._heading(y, "Seen")
            for seen in self._seen:
                y = self._seen_row(y, seen)

    def _heading(self, y: float, text: str) -> float:
        c = self.canv
        c.setFillColor(INK)
        c.setFont("Sans-SemiBold", 7.6)
        c.drawString(0, y - 9, text)
        c.setStrokeColor(INK)
        c.setLineWidth(0.6)
        c.line(0, y - 12, self.width, y - 12)
        return y - 15

    def _label(self, y: float, number: str, text: str) -> float:
        c, middle = self.canv, y - self.row / 2
        c.setFillColor(INK)
        c.setFont("Mono", 6.6)
        c.drawString(0, middle - 2.2, number)
        left = text_width(number, "Mono", 6.6) + 7
        for piece, face in runs(fitted(sight(clean(text)), "Sans", 7.2, self._left - 6 - left), "Sans"):
            c.setFont(face, 7.2)
            c.drawString(left, middle - 2.2, piece)
            left += text_width(piece, face, 7.2)
        return middle

    def _stated_row(self, y: float, stated: Stated) -> float:
        c, count = self.canv, stated.count
        middle = self._label(y, stated.number, f"“{count.phrase}”")
        c.setStrokeColor(INK)
        c.setLineWidth(1)
        if count.about is not None:
            # A figure of speech states no bounds: none are drawn.
            _lozenge(c, self.x(count.about), middle)
            self._note(self.x(count.about) + 8, middle, "no bounds stated")
            return y - self.row
        low = self.x(count.low) if count.low is not None else self.x(0)
        high = self.x(count.high) if count.high is not None else self.width - 24
        c.line(low, middle, high, middle)
        for at, bound, is_open in ((low, count.low, count.low_open), (high, count.high, count.high_open)):
            if bound is not None:
                c.setFillColor(white if is_open else INK)
                c.circle(at, middle, 2.6, stroke=1, fill=1)
        if count.high is None:
            c.setFillColor(INK)
            c.line(high, middle, high - 4, middle + 2.4)
            c.line(high, middle, high - 4, middle - 2.4)
        return y - self.row

    def _seen_row(self, y: float, seen: Seen) -> float:
        c, o = self.canv, seen.observation
        frame = f"{o.exhibit}, frame {o.first_frame}" if o.first_frame is not None else o.exhibit
        middle = self._label(y, o.number, f"{frame}, {seen.term.label}")
        low, best, high = (self.x(n or 0) for n in (o.count_min, o.count_best, o.count_max))
        c.setStrokeColor(INK)
        c.setLineWidth(1.1)
        c.line(low, middle, high, middle)
        for at in (low, high):
            c.line(at, middle - 3, at, middle + 3)
        c.setFillColor(INK)
        c.rect(best - 2.6, middle - 2.6, 5.2, 5.2, stroke=0, fill=1)
        self._note(high + 6, middle, triple(o.count_min, o.count_best, o.count_max))
        return y - self.row

    def _note(self, x: float, middle: float, text: str) -> None:
        c, wide = self.canv, text_width(text, "Sans", 6.8)
        c.setFillColor(white)
        c.rect(x - 1.5, middle - 4, wide + 3, 8, stroke=0, fill=1)
        c.setFillColor(GREY)
        c.setFont("Sans", 6.8)
        c.drawString(x, middle - 2.3, text)


def _lozenge(c: Any, x: float, y: float) -> None:
    path = c.beginPath()
    path.moveTo(x - 3.4, y)
    path.lineTo(x, y + 3.4)
    path.lineTo(x + 3.4, y)
    path.lineTo(x, y - 3.4)
    path.close()
    c.setFillColor(INK)
    c.drawPath(path, stroke=0, fill=1)
