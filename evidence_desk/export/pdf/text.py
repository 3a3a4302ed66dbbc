"""Text from people, made printable: escaped, a face for every character, right-to-left lines shaped and ordered.

Arabic letters are joined first, the logical text is broken into lines by shaped widths, and only then is each line put
into the order of sight; ordering a whole paragraph before breaking it would print its lines upside down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape

import arabic_reshaper
from bidi.algorithm import get_display
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from evidence_desk.export.pdf.faces import face_for
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.styles import grouped

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff") | {chr(c) for c in range(0xFE00, 0xFE10)}
"""Signs that have no width: joiners steer the shaping and are gone before a line is drawn."""
_TRIPLE = re.compile(r"\d+(?:\s/\s\d+)+")
_SHAPER = arabic_reshaper.ArabicReshaper(configuration={"delete_harakat": False, "support_ligatures": True})
_RTL_LEADING = 1.35


def clean(text: str) -> str:
    """Return the text without control and direction characters: nothing hidden in a caption may steer a line."""
    even = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = (c for c in even if c not in _BIDI_CONTROLS and (c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")))
    return "".join(kept)


def sight(text: str) -> str:
    """Return one line in the order of sight: shaped and ordered where it holds right-to-left letters, else as it is."""
    return _ordered(_SHAPER.reshape(text), rtl=starts_rtl(text)) if is_rtl(text) else text


def _ordered(shaped: str, *, rtl: bool) -> str:
    """Order a shaped line for the eye; `8 / 9 / 10` keeps its order from least to greatest."""
    plain = "".join(c for c in shaped if c not in _BIDI_CONTROLS)
    held = _TRIPLE.sub(lambda m: f"\u202a{m.group()}\u202c", plain)
    if held != plain and not rtl:
        # In a left-to-right line the held numbers would part a right-to-left stretch in two: hold that together too.
        at = [n for n, c in enumerate(held) if unicodedata.bidirectional(c) in ("R", "AL")]
        held = f"{held[: at[0]]}\u202b{held[at[0] : at[-1] + 1]}\u202c{held[at[-1] + 1 :]}" if at else plain
    return "".join(c for c in get_display(held, base_dir="R" if rtl else "L") if c not in _BIDI_CONTROLS)


def is_rtl(text: str) -> bool:
    """Tell whether any character is written from right to left."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def starts_rtl(text: str) -> bool:
    """Tell whether the first letter with a direction is written from right to left."""
    for c in text:
        direction = unicodedata.bidirectional(c)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def runs(text: str, face: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of text with the face that carries each; a character no face carries becomes its code, visibly."""
    current, piece = "", ""
    for c in text:
        if c in _UNSEEN:
            continue
        found = face if c in " \u00a0" else face_for(face, c)
        shown = c
        if not found:
            found, shown = "Mono", f"[U+{ord(c):04X}]"
        if found != current and piece:
            yield piece, current
            piece = ""
        current, piece = found, piece + shown
    if piece:
        yield piece, current


def markup(text: str, face: str) -> str:
    """Return escaped paragraph markup in which every piece names a face that carries it."""
    return "<br/>".join(_marked(sight(line), face) for line in clean(text).split("\n"))


def _marked(line: str, face: str) -> str:
    parts = []
    for piece, found in runs(line, face):
        body = escape(piece, quote=False)
        parts.append(body if found == face else f'<font name="{found}">{body}</font>')
    return "".join(parts)


def user_text(text: str, style: ParagraphStyle, before: str = "", after: str = "") -> Flowable:
    """Return a paragraph of a person's text; `before` and `after` are plain text set around it (quotation marks)."""
    whole = f"{before}{clean(text)}{after}"
    if is_rtl(whole):
        return BidiText(whole, style, len(before))
    return Paragraph(markup(whole, style.fontName), style)


def number_of(count: int, noun: str) -> str:
    """Return how many there are, in one and in many."""
    return f"{grouped(count)} {noun}{'' if count == 1 else 's'}"


def shortened(text: str, most: int) -> str:
    """Return the text, cut at a word with an ellipsis where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def drawn_width(text: str, face: str, size: float) -> float:
    """Return the printed width of a line in points, each character in a face that carries it."""
    return sum(text_width(piece, found, size) for piece, found in runs(text, face))


def fitted(text: str, face: str, size: float, room: float) -> str:
    """Return one line that fits `room` points: the text itself, or its beginning with an ellipsis."""
    text = text[:300]
    if drawn_width(text, face, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if drawn_width(f"{text[:middle]}…", face, size) <= room else (low, middle - 1)
    return f"{text[:low].rstrip()}…"


class BidiText(Flowable):
    """A paragraph with right-to-left text: shaped, wrapped in logical order, each line ordered and set to its side."""

    def __init__(self, text: str, style: ParagraphStyle, lead: int = 0) -> None:
        """Take the text; its first `lead` characters are the program's and do not decide its direction."""
        super().__init__()
        self.text, self.style, self.lead = text, style, lead
        self._lines: list[tuple[str, bool]] = []
        self.width = 0.0
        self.leading = style.leading * _RTL_LEADING
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter

    def wrap(self, available_width: float, _: float) -> tuple[float, float]:
        """Break the text into lines and return the size needed, in points."""
        if not self._lines or self.width != available_width:
            self.width = available_width
            self._lines = []
            for number, paragraph in enumerate(self.text.split("\n")):
                rtl = starts_rtl(paragraph if number else paragraph[self.lead :])
                whole = _TRIPLE.sub(lambda m: re.sub(r"\s", "\u00a0", m.group()), paragraph)
                self._lines += [(line, rtl) for line in self._broken(_SHAPER.reshape(whole))]
        self.height = self.leading * max(1, len(self._lines))
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Split between lines, so that a long quotation goes on over the page."""
        self.wrap(available_width, available_height)
        fitting = int(available_height // self.leading)
        if fitting < 2 or fitting >= len(self._lines):
            return []
        return [_Lines(self, self._lines[:fitting]), _Lines(self, self._lines[fitting:])]

    def draw(self) -> None:
        """Draw every line."""
        for number, (line, rtl) in enumerate(self._lines):
            self.draw_line(line, rtl, self.height - (number + 1) * self.leading + self.leading * 0.28)

    def draw_line(self, line: str, rtl: bool, y: float) -> None:
        """Draw one shaped, logical line at a base line."""
        size = self.style.fontSize * (1.08 if rtl else 1)
        shown = list(runs(_ordered(line, rtl=rtl), self.style.fontName))
        total = sum(text_width(piece, face, size) for piece, face in shown)
        x = self.width - total if rtl or self.style.alignment == TA_RIGHT else 0.0
        self.canv.setFillColor(self.style.textColor)
        for piece, face in shown:
            self.canv.setFont(face, size)
            self.canv.drawString(x, y, piece)
            x += text_width(piece, face, size)

    def _broken(self, shaped: str) -> list[str]:
        """Break shaped text between words; a word that is wider than the column is broken where it is full."""
        lines, line, used, space = [], "", 0.0, self._measured(" ")
        for word in shaped.split(" "):
            wide = self._measured(word)
            if line and used + space + wide > self.width:
                lines.append(line)
                line, used = "", 0.0
            while wide > self.width and len(word) > 1:
                fitting = self._fitting(word)
                lines.append(word[:fitting])
                word = word[fitting:]  # noqa: PLW2901 - what is left of it
                wide = self._measured(word)
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
        return [*lines, line]

    def _fitting(self, word: str) -> int:
        used, size = 0.0, self.style.fontSize * 1.08
        for number, (piece, face) in enumerate(part for c in word for part in runs(c, self.style.fontName)):
            used += text_width(piece, face, size)
            if used > self.width:
                return max(1, number)
        return len(word)

    def _measured(self, text: str) -> float:
        return drawn_width(text, self.style.fontName, self.style.fontSize * 1.08)


class _Lines(BidiText):
    """Lines of a paragraph that was split."""

    def __init__(self, whole: BidiText, lines: list[tuple[str, bool]]) -> None:
        super().__init__(whole.text, whole.style)
        self._kept = lines

    def wrap(self, available_width: float, _: float) -> tuple[float, float]:
        """Keep the lines that were given."""
        self.width, self._lines = available_width, self._kept
        self.height = self.leading * len(self._lines)
        return self.width, self.height

    def split(self, _: float, available_height: float) -> list[Flowable]:
        """Split again."""
        fitting = int(available_height // self.leading)
        if fitting < 1 or fitting >= len(self._kept):
            return []
        return [_Lines(self, self._kept[:fitting]), _Lines(self, self._kept[fitting:])]
