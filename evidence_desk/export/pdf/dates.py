"""The chronology drawn: dots for what is dated, and a hatched span, open to the left, for each recording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from evidence_desk.domain.dossier import Dated, Sheet
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.styles import GREY, INK, RULE, TEXT_WIDTH
from evidence_desk.export.pdf.text import clean, fitted, runs, sight
from evidence_desk.export.pdf.tracks import hatch, note

MOST_ROWS = 34
_STEPS = (1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """One row: a dated record, or (`span`) a recording that was made some time before `at`."""

    at: datetime
    what: str
    record: str
    checked: bool
    span: bool = False


def moment(text: str) -> datetime | None:
    """Return the moment that a text begins with, to the minute or the day; None where it begins with no date."""
    found = _DATE.match(text.strip())
    if found is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def moments(chronology: tuple[Dated, ...], sheets: tuple[Sheet, ...]) -> tuple[Moment, ...]:
    """Return the rows: each recording with its latest bound, then what is dated, oldest first."""
    dated = [(at, d) for d in chronology if (at := moment(d.at)) is not None]
    rows = []
    for sheet in sheets:
        number = sheet.exhibit.number
        bounds = [at for at, d in dated if d.record == number]
        if bounds and sheet.exhibit.frames:
            rows.append(Moment(min(bounds), f"Recording of {number}", "", checked=False, span=True))
    told = sorted(dated, key=lambda pair: (pair[0], pair[1].record))
    return (*rows, *(Moment(at, d.what, d.record, d.basis == "event log") for at, d in told))


class Chronology(Flowable):
    """One row for each moment, days along the bottom."""

    row = 12.5

    def __init__(self, rows: tuple[Moment, ...]) -> None:
        super().__init__()
        self._rows = rows
        first, last = min(r.at for r in rows).date(), max(r.at for r in rows).date()
        days = max(2, (last - first).days)
        self._step = next((s for s in _STEPS if days / s <= 12), _STEPS[-1])
        self._first = first - timedelta(days=max(1, days // 8))
        self._days = (last - self._first).days + max(1, days // 12)
        self._left = float(58 * mm)
        self.width, self.height = TEXT_WIDTH, self.row * len(rows) + 22
        self.spaceAfter = 4

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def x(self, at: datetime) -> float:
        """Return the place of a moment."""
        days = (at - datetime(self._first.year, self._first.month, self._first.day, tzinfo=UTC)) / timedelta(days=1)
        return float(self._left + days / self._days * (self.width - self._left))

    def draw(self) -> None:
        """Draw days, then rows."""
        c = self.canv
        for number in range(0, self._days + 1, self._step):
            day = self._first + timedelta(days=number)
            x = self.x(datetime(day.year, day.month, day.day, tzinfo=UTC))
            c.setStrokeColor(RULE)
            c.setLineWidth(0.3)
            c.line(x, 16, x, self.height)
            c.setFillColor(GREY)
            c.setFont("Cond", 6.4)
            if x + 12 < self.width:
                c.drawCentredString(x, 7, self._day(day, first=number == 0))
        c.setStrokeColor(INK)
        c.setLineWidth(0.5)
        c.line(self._left, 16, self.width, 16)
        y = self.height - self.row / 2
        for row in self._rows:
            self._row(row, y)
            y -= self.row

    def _day(self, day: date, *, first: bool) -> str:
        if self._step >= 300:
            return f"{day.year}"
        if self._step >= 30:
            return f"{day.year}-{day.month:02d}"
        return day.isoformat() if first else f"{day.month:02d}-{day.day:02d}"

    def _row(self, row: Moment, y: float) -> None:
        c, x = self.canv, self.x(row.at)
        left = 0.0
        for piece, face in runs(fitted(sight(clean(row.what)), "Sans", 7.2, self._left - 8), "Sans"):
            c.setFillColor(INK)
            c.setFont(face, 7.2)
            c.drawString(left, y - 2.4, piece)
            left += text_width(piece, face, 7.2)
        if row.span:
            _open_span(c, self._left, x, y)
            word = "latest bound; earliest: none known"
        else:
            c.setStrokeColor(INK)
            c.setLineWidth(0.9)
            c.setFillColor(INK if row.checked else white)
            c.circle(x, y, 2.5, stroke=1, fill=1)
            word = row.record
        wide = text_width(word, "Cond", 6.8)
        at = x + 6 if x + wide + 10 < self.width or row.span else x - wide - 6
        note(c, min(at, self.width - wide), y - 2.3, word, "Cond", GREY)


def _open_span(c: Any, left: float, right: float, y: float) -> None:
    hatch(c, left, y - 2.6, right - left, 5.2)
    c.setStrokeColor(INK)
    c.setLineWidth(0.5)
    c.setDash(1.6, 1.6)
    c.line(left, y + 2.6, right, y + 2.6)
    c.line(left, y - 2.6, right, y - 2.6)
    c.setDash(1, 0)
    c.setLineWidth(1.4)
    c.line(right, y - 4, right, y + 4)
