"""What one pass over the pages learns for the next: where each key fell; the lists of sections, figures, tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, TableStyle

from evidence_desk.domain.dossier import SECTIONS, Dossier
from evidence_desk.export.pdf.styles import (
    CAPTION,
    INK,
    LINK,
    MAIN,
    NOTE,
    PAGE_HEIGHT,
    RULE,
    SIDE,
    STAND,
    TEXT_WIDTH,
    TOP,
    WORDS,
)
from evidence_desk.export.pdf.tables import RowsTable
from evidence_desk.export.pdf.text import markup, user_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: what is counted ("1", "Figure 2", "Table 3"), its title, and the key it leads to."""

    label: str
    title: str
    key: str


@dataclass(slots=True)
class Learned:
    """Pages by key, the section in force by page, the page total, and the three lists of the contents."""

    pages: dict[str, int] = field(default_factory=dict)
    running: dict[int, str] = field(default_factory=dict)
    total: int = 0
    sections: list[Entry] = field(default_factory=list)
    figures: list[Entry] = field(default_factory=list)
    tables: list[Entry] = field(default_factory=list)


class Book:
    """One pass: knows what the last pass learned and gathers what this one does."""

    def __init__(self, dossier: Dossier, last: Learned) -> None:
        self.dossier, self.last, self.now = dossier, last, Learned()

    def link(self, key: str, text: str) -> str:
        """Return markup of a link; plain text where nothing with that key is printed in this edition."""
        body = markup(text, "Sans")
        return f'<a href="#{key}" color="{LINK}">{body}</a>' if key in self.last.pages else body

    def link_page(self, key: str, text: str) -> str:
        """Return a link that works on paper too: the words and the page number."""
        page = self.last.pages.get(key)
        return f"{self.link(key, text)}, p.\u00a0{page}" if page else self.link(key, text)

    def seen_at(self, key: str, page: int) -> None:
        """Note where a key fell."""
        self.now.pages.setdefault(key, page)

    def table_caption(self, title: str, more: str = "") -> Caption:
        """Return the numbered caption of the next table; `more` is printed but not listed in the contents."""
        return self._caption("Table", title, more, self.now.tables)

    def figure_caption(self, title: str, words: str, more: str = "") -> Caption:
        """Return the numbered caption of the next figure, with what it shows in words."""
        return self._caption("Figure", title, more, self.now.figures, words)

    def _caption(self, kind: str, title: str, more: str, entries: list[Entry], words: str = "") -> Caption:
        number = len(entries) + 1
        key = f"{kind.lower()}-{number}"
        entries.append(Entry(str(number), title, key))
        return Caption(self, f"{kind} {number}.", title + more, key, words)

    @property
    def table_label(self) -> str:
        """The name of the table whose caption was made last, for the line above its later parts."""
        return f"Table {len(self.now.tables)}"


class Anchor(Flowable):
    """A place of no height that links and bookmarks lead to."""

    def __init__(self, book: Book, key: str, title: str = "", level: int = 1) -> None:
        super().__init__()
        self._book, self._key, self._title, self._level = book, key, title, level
        self.width = self.height = 0

    def wrap(self, *_: float) -> tuple[float, float]:
        """Need no room."""
        return 0, 0

    def draw(self) -> None:
        """Set the bookmark."""
        self._book.seen_at(self._key, self.canv.getPageNumber())
        self.canv.bookmarkHorizontal(self._key, 0, 14)
        if self._title:
            self.canv.addOutlineEntry(self._title, self._key, self._level, closed=1)


class Caption(Flowable):
    """Number and title of a figure or table, and for a figure one sentence that says what the picture shows."""

    def __init__(self, book: Book, label: str, title: str, key: str, words: str) -> None:
        super().__init__()
        self._book, self._key = book, key
        body = f'<font name="Sans-SemiBold">{label}</font> {markup(title, "Sans")}'
        self._parts: list[Flowable] = [Paragraph(body, CAPTION)]
        if words:
            self._parts.append(user_text(words, WORDS, "In words: "))
        self.spaceBefore, self.spaceAfter = (3, 3) if words else (7, 3)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Measure the lines."""
        self.width = available_width
        self._heights = [p.wrap(self.width, available_height)[1] for p in self._parts]
        self.height = sum(self._heights)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines and set the bookmark."""
        self._book.seen_at(self._key, self.canv.getPageNumber())
        self.canv.bookmarkHorizontal(self._key, 0, self.height + 12)
        y = self.height
        for part, height in zip(self._parts, self._heights, strict=True):
            y -= height
            part.drawOn(self.canv, 0, y)


class SectionHead(Flowable):
    """Heavy rule, number on the margin columns, title on the main columns, one line that says what the section is."""

    def __init__(self, book: Book, number: str, title: str, stand: str, key: str) -> None:
        super().__init__()
        self._book, self._number, self._title, self._key = book, number, title, key
        self._stand = Paragraph(markup(stand, "Sans"), STAND)
        self.spaceBefore = 15
        book.now.sections.append(Entry(number, title, key))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Measure."""
        _, self._stand_height = self._stand.wrap(MAIN, available_height)
        self.width, self.height = available_width, 43 + self._stand_height
        return self.width, self.height

    def draw(self) -> None:
        """Draw, bookmark, and take over the running head: of this page where it stands at its top, else of the next."""
        c, page = self.canv, self.canv.getPageNumber()
        self._book.seen_at(self._key, page)
        at_top = c.absolutePosition(0, self.height)[1] > PAGE_HEIGHT - TOP - 6
        self._book.now.running[page if at_top else page + 1] = f"{self._number}\u2002{self._title}"
        c.bookmarkHorizontal(self._key, 0, self.height + 12)
        c.addOutlineEntry(f"{self._number}  {self._title}", self._key, 0, closed=1)
        c.setStrokeColor(INK)
        c.setLineWidth(1.3)
        c.line(0, self.height, TEXT_WIDTH, self.height)
        c.setFillColor(INK)
        c.setFont("Sans-SemiBold", 18)
        c.drawString(0, self.height - 23, self._number)
        c.drawString(SIDE, self.height - 23, self._title)
        self._stand.drawOn(c, SIDE, self.height - 31 - self._stand_height)


def head(book: Book, section: str) -> Flowable:
    """Return the head of a section by its id."""
    found = next(x for x in SECTIONS if x.id == section)
    return SectionHead(book, found.number, found.title, found.stand, f"section-{section}")


def side_row(
    side: str | list[Flowable], content: Flowable | list[Flowable], *, rule: bool = False, gap: float = 6
) -> Flowable:
    """Return a margin note on columns 1-3 (markup or blocks) beside content on columns 4-12."""
    parts = content if isinstance(content, list) else [content]
    note = Paragraph(side, NOTE) if isinstance(side, str) else side
    table = RowsTable([[note, parts]], colWidths=[SIDE, MAIN], spaceAfter=gap, splitInRow=1)
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, 0), 4 * mm),
        ("RIGHTPADDING", (1, 0), (1, 0), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4 if rule else 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    if rule:
        commands.append(("LINEABOVE", (0, 0), (-1, 0), 0.4, RULE))
    table.setStyle(TableStyle(commands))
    table.hAlign = "LEFT"
    return table


def quiet(text: str) -> Flowable:
    """Return the sentence a section prints when it has nothing to print."""
    return side_row("", Paragraph(markup(text, "Sans"), STAND))
