"""Tables: rules only, no fills, no vertical lines; the head is repeated and says when a table goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from evidence_desk.export.pdf.styles import CELL, GREY, HEAD, INK, LABEL, RULE, TEXT_WIDTH
from evidence_desk.export.pdf.text import markup, user_text

Cell: TypeAlias = Flowable | list[Flowable]
NOTHING = "–"
NEARLY_A_PAGE = 560.0
"""From so much room on (points) a row that does not fit is taller than a page, and is broken inside."""


class RowsTable(Table):
    """Breaks between rows, or inside one that is taller than a page, so that no text stops an export."""

    def _splitRows(self, availHeight: float, doInRowSplit: int = 0) -> list[Flowable]:  # noqa: N802, N803 - reportlab's
        if doInRowSplit and availHeight < NEARLY_A_PAGE:
            return []
        parts: list[Flowable] = super()._splitRows(availHeight, doInRowSplit)
        return parts


class HouseTable(RowsTable):
    """A table whose later parts say which table they continue; its constructor stays reportlab's own."""

    caption = ""
    continued = False
    _halves = 0

    def onSplit(self, part: HouseTable, byRow: int = 1) -> None:  # noqa: N802, N803, ARG002 - reportlab's
        """Tell each half what it is; reportlab calls this for the first and then for the second."""
        part.caption = self.caption
        part.continued = self.continued or self._halves > 0
        self._halves += 1

    def draw(self) -> None:
        """Draw, and name the table above a later part."""
        super().draw()
        if self.continued and self.caption:
            self.canv.setFont("Cond", 7)
            self.canv.setFillColor(GREY)
            self.canv.drawRightString(self._width, self._height + 3, f"{self.caption}, continued")


def text_cell(text: str | None, style: object = CELL) -> Flowable:
    """Return a cell with a person's or a record's text; an en dash where there is none."""
    return user_text(text if text not in (None, "") else NOTHING, style)


def markup_cell(body: str, style: object = CELL) -> Flowable:
    """Return a cell with markup that is already made."""
    return Paragraph(body, style)


def house_table(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    caption: str = "",
    groups: Sequence[int] = (),
    pad: float = 2.2,
) -> Flowable:
    """Return a table over the given widths (points); `groups` are row indexes before which a stronger rule stands."""
    data: list[list[Cell]] = [[Paragraph(markup(h, "Cond-SemiBold"), HEAD) for h in head]] if head else []
    top = len(data)
    data += [list(r) for r in rows]
    table = HouseTable(data, colWidths=list(widths), repeatRows=top, hAlign="LEFT", spaceAfter=8, splitInRow=1)
    table.caption = caption
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 0.5),
        ("LINEBELOW", (0, top), (-1, -2), 0.25, RULE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, INK),
    ]
    if head:
        commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.45, INK))
    commands += [("LINEABOVE", (0, g + top), (-1, g + top), 0.6, INK) for g in groups]
    table.setStyle(TableStyle(commands))
    return table


def pairs(rows: Sequence[tuple[str, Cell]], first: float, width: float = TEXT_WIDTH, title: str = "") -> Flowable:
    """Return a table of names and values, with a title as its head where one is given."""
    body = [[Paragraph(markup(name, "Cond"), LABEL), value] for name, value in rows]
    return house_table((title, "") if title else (), body, (first, width - first))


def beside(cells: Sequence[Cell], widths: Sequence[float], gap: float) -> Flowable:
    """Return blocks side by side, tops aligned, `gap` points apart."""
    spread: list[Cell] = []
    spans: list[float] = []
    for cell, width in zip(cells, widths, strict=True):
        if spread:
            spread.append([])
            spans.append(gap)
        spread.append(cell)
        spans.append(width)
    table = RowsTable([spread], colWidths=spans, hAlign="LEFT", splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table
