"""Page, grid, type and colours of the dossier. Four voices: upright sans for the program, serif for a named person,
serif italic for quotations, mono for what is compared sign by sign."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

INK, GREY, MID = HexColor("#141414"), HexColor("#55554F"), HexColor("#8C8C86")
RULE, TINT, TINT2 = HexColor("#C8C8C2"), HexColor("#F3F2EE"), HexColor("#E4E3DD")
BLUE, RUST = HexColor("#1D4F80"), HexColor("#B4501E")
LINK = "#1D4F80"

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 22 * mm, 18 * mm, 25 * mm, 23 * mm
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT


def columns(count: int) -> float:
    """Return the width in points of so many of the 12 columns of 10.5 mm with gutters of 4 mm."""
    return float((count * 10.5 + max(count - 1, 0) * 4) * mm)


SIDE = columns(3) + 4 * mm
MAIN = TEXT_WIDTH - SIDE


def style(name: str, face: str = "Sans", size: float = 8.8, leading: float = 12, **more: Any) -> ParagraphStyle:
    """Return a paragraph style in ink, without widows and orphans."""
    values = {"textColor": INK, "allowWidows": 0, "allowOrphans": 0, "splitLongWords": 1, **more}
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=leading, **values)


BODY = style("body", spaceAfter=4)
AUTHORED = style("authored", "Serif", 9, 12.6, spaceAfter=4)
LEAD = style("lead", "Serif", 10.6, 14.8, spaceAfter=5)
QUOTE = style("quote", "Serif-Italic", 9.6, 13)
NOTE = style("note", "Cond", 7.6, 10, textColor=GREY)
STAND = style("stand", "Sans", 8.2, 11, textColor=GREY)
CELL = style("cell", "Sans", 7.7, 10.2)
CELL_CONDENSED = style("cell-condensed", "Cond", 7.8, 10.2)
CELL_SERIF = style("cell-serif", "Serif", 8, 10.6)
CELL_MONO = style("cell-mono", "Mono", 6.9, 10.2)
CELL_CENTRE = style("cell-centre", "Sans", 7.7, 10.2, alignment=TA_CENTER)
HEAD = style("head", "Cond-SemiBold", 7.4, 9.4, textColor=GREY)
HEAD_CENTRE = style("head-centre", "Cond-SemiBold", 7.4, 9.4, textColor=GREY, alignment=TA_CENTER)
CAPTION = style("caption", "Sans", 7.6, 10.2)
WORDS = style("words", "Sans-Italic", 7.4, 9.8, textColor=GREY)
LABEL = style("label", "Cond", 7.6, 10.2, textColor=GREY)
TOLD = style("told", "Sans", 10, 14, spaceAfter=5)
NOTHING_RECORDED = style("nothing-recorded", "Serif-Italic", 8, 10.6)
BOARD_TITLE = style("board-title", "Sans-SemiBold", 9.6, 13, spaceAfter=1)
STRIP = style("strip", "Mono", 6.3, 8.7)
STRIP_SMALL = style("strip-small", "Mono", 5.9, 8.3)
H2 = style("h2", "Sans-SemiBold", 10.4, 14, spaceBefore=9, spaceAfter=3, keepWithNext=1)
H3 = style("h3", "Sans-SemiBold", 8.8, 12, spaceBefore=5, spaceAfter=2, keepWithNext=1)
EXHIBIT = style("exhibit", "Sans-SemiBold", 12, 16, spaceBefore=8, keepWithNext=1)
NUMBER_RIGHT = style("number-right", "Sans", 7.7, 10.2, alignment=TA_RIGHT)
COVER_TITLE = style("cover-title", "Sans-SemiBold", 37, 42)
COVER_TITLE_LONG = style("cover-title-long", "Sans-SemiBold", 24, 29)
COVER_LINE = style("cover-line", "Sans-SemiBold", 8.4, 12)
COVER_LEAD = style("cover-lead", "Serif", 14, 19)

MARKS = {
    "supports": ("\u25b2", LINK),
    "contradicts": ("\u25bc", "#B4501E"),
    "fits": ("\u25d0", "#55554F"),
    "context": ("\u25c7", "#55554F"),
    "unclear": ("\u25c6", "#55554F"),
    "missing": ("\u25cb", "#141414"),
}
BOARD_WORDS = {
    "supports": "for",
    "contradicts": "against",
    "fits": "fits",
    "unclear": "unclear",
    "context": "context",
    "missing": "missing",
}


def grouped(number: int) -> str:
    """Return a whole number in groups of three, parted by a space that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


def triple(least: int | None, best: int | None, most: int | None) -> str:
    """Return `least / best / most` on one line; an en dash where nothing was counted."""
    return "–" if best is None else f"{least}\u00a0/\u00a0{best}\u00a0/\u00a0{most}"


def mark(kind: str, size: float = 7.4) -> str:
    """Return the markup of a relation's sign; its word always stands beside it."""
    sign, colour = MARKS[kind]
    return f'<font name="Symbols" size="{size}" color="{colour}">{sign}</font>'
