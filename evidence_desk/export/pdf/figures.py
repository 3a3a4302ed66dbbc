"""Drawn figures: acquisition meter, timelines along each exhibit, counts on one scale, the code of the audit head."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import qrcode
from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from evidence_desk.domain.acquisition import ITEMS
from evidence_desk.domain.codebook import CATEGORIES
from evidence_desk.domain.dossier import Seen, Sheet, Stated
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.styles import GREY, INK, MID, RULE, TEXT_WIDTH, TINT2

LABELS = 34 * mm


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


class Lanes(Flowable):
    """One exhibit's observations along its own clock: picture, sound, then a lane for each term that was used."""

    lane = 12.0

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        order = {c: i for i, c in enumerate(CATEGORIES)}
        terms = {s.term.id: s.term for s in sheet.seen}
        self._terms = sorted(terms.values(), key=lambda t: (order.get(t.category, 99), t.label))
        ends = [sheet.length, *([sheet.sound_end] if sheet.sound_end else []), *(s.end for s in sheet.seen)]
        self._end = max(ends) or Fraction(1)
        self.width = TEXT_WIDTH
        self.height = self.lane * (len(self._terms) + 2) + 26
        self.spaceAfter = 5

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def x(self, seconds: Fraction) -> float:
        """Return the place of a moment."""
        return float(LABELS) + float(seconds / self._end) * float(self.width - LABELS - 4)

    def draw(self) -> None:
        """Draw title, lanes and axis."""
        c, sheet = self.canv, self._sheet
        c.setFillColor(INK)
        c.setFont("Sans-SemiBold", 7.8)
        c.drawString(0, self.height - 9, sheet.exhibit.number)
        c.setFont("Sans", 6.8)
        c.setFillColor(GREY)
        c.drawString(LABELS, self.height - 9, f"{sheet.exhibit.frames} frames; no common clock with another exhibit")
        y = self.height - 14
        y = self._track(y, "picture", sheet.length, hatched=False)
        y = self._track(y, "sound" if sheet.sound_end else "sound: none", sheet.sound_end or Fraction(0), hatched=True)
        for term in self._terms:
            y = self._lane_of(y, term.label, [s for s in sheet.seen if s.term.id == term.id])
        self._axis(y)

    def _name(self, y: float, text: str) -> None:
        c = self.canv
        c.setFillColor(GREY)
        c.setFont("Cond", 7)
        while text_width(text, "Cond", 7) > LABELS - 6:
            text = f"{text[:-2]}…"
        c.drawString(0, y - self.lane + 3.6, text)
        c.setStrokeColor(RULE)
        c.setLineWidth(0.25)
        c.line(0, y - self.lane, self.width, y - self.lane)

    def _track(self, y: float, name: str, end: Fraction, *, hatched: bool) -> float:
        self._name(y, name)
        if end:
            c, left, right = self.canv, self.x(Fraction(0)), self.x(end)
            c.setStrokeColor(INK)
            c.setLineWidth(0.5)
            c.setFillColor(TINT2)
            c.rect(left, y - self.lane + 3, right - left, 6, stroke=1, fill=1)
            if hatched:
                _hatch(c, left, y - self.lane + 3, right - left, 6)
        return y - self.lane

    def _lane_of(self, y: float, name: str, seen: list[Seen]) -> float:
        self._name(y, name)
        c, free = self.canv, LABELS
        for s in sorted(seen, key=lambda s: s.start):
            left, right = self.x(s.start), max(self.x(s.end), self.x(s.start) + 1.4)
            looked_for = s.observation.presence != "observed"
            c.setStrokeColor(INK)
            c.setLineWidth(0.6)
            c.setDash(*((2, 1.5) if looked_for else (1, 0)))
            c.setFillColor(white if looked_for or s.term.span else INK)
            c.rect(left, y - self.lane + 3, right - left, 6, stroke=1, fill=1)
            c.setDash(1, 0)
            if s.term.span and not looked_for:
                _hatch(c, left, y - self.lane + 3, right - left, 6)
            free = self._tag(y, s.observation.number, left, right, free)
        return y - self.lane

    def _tag(self, y: float, number: str, left: float, right: float, free: float) -> float:
        """Write the number beside its bar, on a white ground, where there is room."""
        c, wide = self.canv, text_width(number, "Cond-SemiBold", 6.2)
        at = right + 2.5 if right + wide + 4 < self.width else left - wide - 2.5
        if at < free:
            return max(free, right)
        c.setFillColor(white)
        c.rect(at - 1, y - self.lane + 2.4, wide + 2, 7, stroke=0, fill=1)
        c.setFillColor(INK)
        c.setFont("Cond-SemiBold", 6.2)
        c.drawString(at, y - self.lane + 4, number)
        return at + wide

    def _axis(self, y: float) -> None:
        c = self.canv
        table = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200]
        step = next((s for s in table if self._end / s <= 10), 14400)
        c.setFont("Cond", 6.4)
        c.setFillColor(GREY)
        c.drawString(0, y - 7, "clip time, seconds")
        c.setStrokeColor(MID)
        c.setLineWidth(0.4)
        second = 0
        while second <= self._end:
            x = self.x(Fraction(second))
            c.line(x, y, x, y - 2.5)
            c.drawCentredString(x, y - 8.5, f"{second}")
            second += step


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
        self.height = self.row * (len(stated) + len(seen)) + (14 if stated else 0) + (14 if seen else 0) + 22
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
        c.drawString(0, y - 10, text)
        return y - 14

    def _label(self, y: float, number: str, text: str) -> float:
        c, middle = self.canv, y - self.row / 2
        c.setFillColor(INK)
        c.setFont("Mono", 6.6)
        c.drawString(0, middle - 2.2, number)
        c.setFont("Sans", 7.2)
        left = text_width(number, "Mono", 6.6) + 7
        while text and left + text_width(text, "Sans", 7.2) > self._left - 6:
            text = f"{text[:-2].rstrip()}…"
        c.drawString(left, middle - 2.2, text)
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
        self._note(high + 6, middle, f"{o.count_min} / {o.count_best} / {o.count_max}")
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


def _hatch(c: Any, x: float, y: float, width: float, height: float) -> None:
    """Fill a box with slanted lines: a grey twin of colour that also prints in black and white."""
    c.saveState()
    path = c.beginPath()
    path.rect(x, y, width, height)
    c.clipPath(path, stroke=0, fill=0)
    c.setStrokeColor(MID)
    c.setLineWidth(0.4)
    at = x - height
    while at < x + width:
        c.line(at, y, at + height, y + height)
        at += 3.2
    c.restoreState()
