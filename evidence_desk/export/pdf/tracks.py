"""Figures along a clip's own clock: a lane for each term that was used, and where picture and sound end."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from evidence_desk.domain.codebook import CATEGORIES
from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.domain.dossier import Seen, Sheet, TrackEnd, Wave
from evidence_desk.domain.time import seconds_text
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.styles import GREY, INK, MID, RULE, TEXT_WIDTH, TINT2, grouped
from evidence_desk.export.pdf.text import clean, fitted, runs, sight

LABELS = 34 * mm


class Lanes(Flowable):
    """One exhibit's observations along its own clock: picture, sound, then a lane for each term that was used."""

    lane = 12.0

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        order = {c: i for i, c in enumerate(CATEGORIES)}
        self._placed = tuple(s for s in sheet.seen if s.observation.anchor != NOT_FOUND)
        terms = {s.term.id: s.term for s in self._placed}
        self._terms = sorted(terms.values(), key=lambda t: (order.get(t.category, 99), t.label))
        ends = [sheet.length, *([sheet.sound_end] if sheet.sound_end else []), *(s.end for s in self._placed)]
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
        c.drawString(
            LABELS,
            self.height - 9,
            f"{grouped(sheet.exhibit.frames or 0)} frames; own zero, no common clock with another exhibit",
        )
        y = self.height - 14
        y = self._track(y, "picture", sheet.length, hatched=False)
        y = self._sound(y)
        for term in self._terms:
            y = self._lane_of(y, term.label, [s for s in self._placed if s.term.id == term.id])
        self._axis(y)

    def _name(self, y: float, text: str) -> None:
        c = self.canv
        c.setFillColor(GREY)
        x = 0.0
        for piece, face in runs(fitted(sight(clean(text)), "Cond", 7, LABELS - 6), "Cond"):
            c.setFont(face, 7)
            c.drawString(x, y - self.lane + 3.6, piece)
            x += text_width(piece, face, 7)
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
                hatch(c, left, y - self.lane + 3, right - left, 6)
        return y - self.lane

    def _sound(self, y: float) -> float:
        """Draw the sound as loudness, or as a hatched bar where it was not read; say so where there is none."""
        wave, end = self._sheet.wave, self._sheet.sound_end
        if wave is None:
            return self._track(y, "sound" if end else "sound: none in the file", end or Fraction(0), hatched=True)
        self._name(y, "sound")
        draw_wave(self.canv, wave, self.x(wave.start), self.x(wave.end), y - self.lane / 2, 5)
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
                hatch(c, left, y - self.lane + 3, right - left, 6)
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
        c.drawString(0, y - 8.5, "clip time, seconds")
        c.setStrokeColor(MID)
        c.setLineWidth(0.4)
        second = 0
        while second <= self._end:
            x = self.x(Fraction(second))
            c.line(x, y, x, y - 2.5)
            c.drawCentredString(x, y - 8.5, f"{second}")
            second += step


class TrackEnds(Flowable):
    """The last seconds: pictures as cells, sound as loudness, what one track lacks dashed, sounds heard named."""

    _bar, _wave = 14.0, 20.0

    def __init__(self, sheet: Sheet, ends: TrackEnd) -> None:
        super().__init__()
        self._sheet, self._ends = sheet, ends
        self._last = max(ends.picture_end, ends.sound_end)
        self._heard = [h for h in map(_heard, sheet.seen) if h is not None and h[0] >= ends.start]
        self.width = TEXT_WIDTH
        self._top = 11.0 * min(3, len(self._heard) + 1) + 3
        self.height = self._top + self._bar + 8 + self._wave + 26

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def x(self, seconds: Fraction) -> float:
        """Return the place of a moment."""
        span = self._last - self._ends.start
        return float(LABELS / 2) + float((seconds - self._ends.start) / span) * float(self.width - LABELS / 2 - 22 * mm)

    def draw(self) -> None:
        """Draw both tracks, what is missing, the names of sounds, and the axis."""
        c, ends = self.canv, self._ends
        c.setFillColor(INK)
        c.setFont("Sans-SemiBold", 7.4)
        bar = self.height - self._top - self._bar
        middle = bar - 8 - self._wave / 2
        c.drawString(0, bar + 4, "Picture")
        c.drawString(0, middle - 2.5, "Sound")
        self._pictures(bar)
        if ends.wave is not None:
            draw_wave(c, ends.wave, self.x(ends.wave.start), self.x(ends.wave.end), middle, self._wave / 2)
        else:
            left, right = self.x(ends.start), self.x(ends.sound_end)
            c.rect(left, middle - 4, right - left, 8, stroke=1, fill=0)
            hatch(c, left, middle - 4, right - left, 8)
        self._missing(bar, middle)
        self._names(middle - self._wave / 2, bar)
        self._axis(middle - self._wave / 2 - 8)

    def _pictures(self, bar: float) -> None:
        c, ends = self.canv, self._ends
        left, right = self.x(max(ends.start, ends.frames[0])), self.x(ends.picture_end)
        c.setFillColor(TINT2)
        c.setStrokeColor(INK)
        c.setLineWidth(0.6)
        c.rect(left, bar, right - left, self._bar - 3, stroke=1, fill=1)
        c.setLineWidth(0.25)
        for at in ends.frames[1:]:
            c.line(self.x(at), bar, self.x(at), bar + self._bar - 3)

    def _missing(self, bar: float, middle: float) -> None:
        c, ends = self.canv, self._ends
        left, right = self.x(min(ends.picture_end, ends.sound_end)), self.x(self._last)
        y, high = (bar, self._bar - 3) if ends.sound_end > ends.picture_end else (middle - 5, 10)
        c.setStrokeColor(INK)
        c.setLineWidth(0.6)
        c.setDash(1.6, 1.6)
        c.rect(left, y, right - left, high, stroke=1, fill=0)
        c.setDash(1, 0)
        word = "no picture" if ends.sound_end > ends.picture_end else "no sound"
        note(c, right + 3, y + 3, f"{word}: {seconds_text(abs(ends.sound_end - ends.picture_end))} s", "Sans", GREY)

    def _names(self, low: float, bar: float) -> None:
        """Name the last picture and the sounds heard, each at its moment, on lines of their own."""
        c, high = self.canv, bar + self._bar
        last = (
            self._ends.picture_end,
            "picture ends" if self._ends.sound_end > self._ends.picture_end else "sound ends",
        )
        named = sorted([*self._heard, last], key=lambda h: h[0])
        lines = min(3, len(named))
        for number, (at, word) in enumerate(named):
            x, y = self.x(at), high + 2 + 11 * (lines - 1 - number % lines)
            c.setStrokeColor(INK)
            c.setLineWidth(0.5)
            c.line(x, low, x, y + 7)
            wide = text_width(word, "Cond-SemiBold", 6.8)
            note(c, x - wide - 3 if x + wide + 4 > self.width else x + 3, y, word, "Cond-SemiBold", INK)

    def _axis(self, y: float) -> None:
        c = self.canv
        c.setStrokeColor(INK)
        c.setLineWidth(0.5)
        c.line(self.x(self._ends.start), y, self.x(self._last), y)
        c.setFont("Sans", 6.6)
        c.setFillColor(GREY)
        c.drawString(0, y - 9, "clip time, s")
        at = Fraction(-(-self._ends.start * 2 // 1), 2)
        while at <= self._last:
            c.line(self.x(at), y, self.x(at), y - 2.5)
            c.drawCentredString(self.x(at), y - 9, f"{float(at):.1f}")
            at += Fraction(1, 2)


def _heard(seen: Seen) -> tuple[Fraction, str] | None:
    if seen.observation.basis != "heard" or seen.sound is None:
        return None
    at = seen.sound[0]
    return at, f"{seen.observation.number}  {seconds_text(at)}"


def note(c: Any, x: float, y: float, text: str, face: str, colour: Any) -> None:
    """Write a word on a white ground, so that no line runs through it."""
    c.setFillColor(white)
    c.rect(x - 1, y - 1.6, text_width(text, face, 6.8) + 2, 7.6, stroke=0, fill=1)
    c.setFillColor(colour)
    c.setFont(face, 6.8)
    c.drawString(x, y, text)


def draw_wave(c: Any, wave: Wave, left: float, right: float, middle: float, half: float) -> None:
    """Draw loudness as one upright stroke for each stretch; the loudest sample of the stretch fills `half` points."""
    loudest = max((max(-low, high) for low, high in wave.peaks), default=0) or 1
    step = (right - left) / max(1, len(wave.peaks))
    c.setStrokeColor(INK)
    c.setLineWidth(0.4)
    c.line(left, middle, right, middle)
    c.setLineWidth(max(0.3, step))
    path = c.beginPath()
    for number, (low, high) in enumerate(wave.peaks):
        x = left + (number + 0.5) * step
        path.moveTo(x, middle + min(low / loudest * half, -0.25))
        path.lineTo(x, middle + max(high / loudest * half, 0.25))
    c.drawPath(path, stroke=1, fill=0)


def hatch(c: Any, x: float, y: float, width: float, height: float) -> None:
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
