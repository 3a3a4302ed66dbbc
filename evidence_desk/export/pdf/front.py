"""The pages before the evidence: cover, contents and reading key."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Book, Entry
from evidence_desk.export.pdf.figures import QrCode
from evidence_desk.export.pdf.tables import beside, house_table, markup_cell, pairs, text_cell
from evidence_desk.export.pdf.text import clean, fitted, markup, number_of, shortened, user_text

FRAME_HASH_LINE = (
    "ffmpeg -noautorotate -copyts -i FILE -map 0:V:0 -autoscale 0 -fps_mode passthrough "
    "-enc_time_base -1 -f framehash -hash sha256 -"
)


MOST_LISTED = 36
"""Figures, and tables, that are listed beside the sections on one page; longer lists follow in two columns."""


def cover(book: Book) -> list[Flowable]:
    """Return the first page."""
    d = book.dossier
    status = Table(
        [[Paragraph(d.status, s.style("status", "Sans-SemiBold", 13, 16, alignment=1))]], colWidths=[35.5 * mm]
    )
    status.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 1.4, s.INK),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        )
    )
    why = Paragraph("Nobody has reviewed this dossier; no assessment is signed.", s.NOTE)
    counted = sum(e.exhibit.frames or 0 for e in d.exhibits)
    files = f"{number_of(len(d.exhibits), 'file')}, {s.grouped(counted)} frames counted"
    rows = [
        ("Status", text_cell(f"{d.status}, edition {d.edition}, unredacted")),
        ("Content of", text_cell(f"{d.head.at[:19].replace('T', ' ')} UTC, event {d.head.seq} of the log")),
        ("Asked by", text_cell(d.sheet.asked_by or "nothing recorded")),
        ("Written by", text_cell(", ".join(d.authors) or "nothing recorded")),
        ("Distribution", text_cell(d.sheet.distribution or "nothing recorded")),
        ("Exhibits", text_cell(f"{files}; every cited frame decoded again for this edition")),
        ("Pages", text_cell(f"{stamp(book, 1)} to {stamp(book, book.last.total or 1)}")),
        ("Content notice", text_cell(d.sheet.content_notice or "nothing recorded")),
    ]
    mono = s.style("cover-mono", "Mono", 7, 10)
    title = [
        user_text(d.case_title, s.COVER_TITLE if len(d.case_title) <= 34 else s.COVER_TITLE_LONG),
        Spacer(1, 3 * mm),
    ]
    if d.sheet.mandate:
        title.append(user_text(shortened(d.sheet.mandate, 240), s.COVER_LEAD))
    return [
        HRFlowable(width="100%", thickness=1.3, color=s.INK, spaceBefore=0, spaceAfter=3, lineCap="butt"),
        beside([Paragraph("Evidence dossier", s.COVER_LINE), _case_line(book)], [s.SIDE, s.MAIN], 0),
        Spacer(1, 24 * mm),
        beside([[status, Spacer(1, 4), why], title], [s.SIDE - 4 * mm, s.MAIN], 4 * mm),
        Spacer(1, 12 * mm),
        pairs(rows, s.SIDE),
        Spacer(1, 6 * mm),
        beside([QrCode(d.head.hash, 24 * mm), _hashes(book, mono)], [s.SIDE - 4 * mm, s.MAIN], 4 * mm),
        Spacer(1, 8 * mm),
        _how_to_check(book),
        PageBreak(),
    ]


def _case_line(book: Book) -> Flowable:
    number = book.dossier.case_number
    return user_text(f"Case {number}" if number else "Case number: nothing recorded", s.COVER_LINE)


def _hashes(book: Book, mono: object) -> list[Flowable]:
    d = book.dossier
    cap = s.style("cover-cap", "Sans", 7.4, 10)
    return [
        Paragraph(f"<b>Audit head</b> (event {d.head.seq}): the last event that changed a record", cap),
        Paragraph(_grouped(d.head.hash), mono),
        Spacer(1, 4),
        Paragraph("<b>Content hash</b>: SHA-256 over all records this was made from, as canonical JSON", cap),
        Paragraph(_grouped(d.content_hash), mono),
        Spacer(1, 4),
        Paragraph(
            "<b>File hash of this PDF</b>: not printed here, since a file cannot hold its own hash. It is in the "
            "manifest of the package and in the log of the case.",
            cap,
        ),
    ]


def _grouped(value: str) -> str:
    return " ".join(value[i : i + 8] for i in range(0, len(value), 8))


def _how_to_check(book: Book) -> Flowable:
    small = s.style("check", "Sans", 7.6, 10.6)
    code = s.style("check-code", "Mono", 6.7, 9.6, leftIndent=9)
    lines = [
        Paragraph("<b>How to check this dossier with free tools</b>, without the program that made it", small),
        Paragraph("1\u00a0 A file is the file that was examined", small),
        Paragraph("sha256sum FILE", code),
        Paragraph("2\u00a0 A printed still is frame n of that file: line n of the output, counted from 0", small),
        Paragraph(FRAME_HASH_LINE, code),
        Paragraph("3\u00a0 Everything at once, from the package: prints “same”, or lists what differs", small),
        Paragraph("evidence-desk verify PACKAGE", code),
        Paragraph(
            f"What such a check shows, and what it does not, is in {book.link_page('section-methods', '§ 12')}.", small
        ),
    ]
    box = Table([[lines]], colWidths=[s.TEXT_WIDTH])
    box.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.5, s.INK),
                ("BACKGROUND", (0, 0), (-1, -1), s.TINT),
                ("LEFTPADDING", (0, 0), (-1, -1), 7),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
    )
    return box


def stamp(book: Book, page: int) -> str:
    """Return the page stamp: case, edition, page in six digits, in letters every face carries."""
    name = book.dossier.case_number or book.dossier.case_title
    plain = "".join(c for c in name.upper() if c.isascii() and (c.isalnum() or c == "-")).strip("-")[:18] or "CASE"
    return f"{plain}-{book.dossier.edition}-{page:06d}"


def contents(book: Book) -> list[Flowable]:
    """Return contents and reading key."""
    last = book.last
    half = (s.TEXT_WIDTH - 5 * mm) / 2
    body: list[Flowable] = [Paragraph("Contents", s.style("contents", "Sans-SemiBold", 18, 24, spaceAfter=8))]
    sections = _listing(book, "Sections", last.sections, half, tall=True)
    lists = [("Figures", last.figures), ("Tables", last.tables)]
    if len(last.figures) + len(last.tables) <= MOST_LISTED:
        right = [part for name, entries in lists for part in _listing(book, name, entries, half)]
        body.append(beside([sections, right], [half, half], 5 * mm))
    else:
        body.append(beside([sections, _reading_key(half)], [half, half], 5 * mm))
        for name, entries in lists:
            body += [Spacer(1, 8), Paragraph(name, s.HEAD), *_two_columns(book, entries, half)]
        return [*body, PageBreak()]
    return [*body, Spacer(1, 10), KeepTogether(_reading_key(s.TEXT_WIDTH)), PageBreak()]


def _two_columns(book: Book, entries: Sequence[Entry], half: float) -> list[Flowable]:
    """Return a long list, half a page at a time, down the left column and then down the right."""
    rows = 24
    story: list[Flowable] = []
    for at in range(0, len(entries), 2 * rows):
        parts = entries[at : at + rows], entries[at + rows : at + 2 * rows]
        story.append(beside([_listing(book, "", part, half) for part in parts], [half, half], 5 * mm))
    return story


def _listing(book: Book, name: str, entries: Sequence[Entry], wide: float, *, tall: bool = False) -> list[Flowable]:
    face = s.style("entry", "Sans", 8.4 if tall else 7.2, 11 if tall else 8.6)
    number = s.style("entry-number", "Sans-SemiBold", face.fontSize, face.leading)
    right = s.style("entry-page", face.fontName, face.fontSize, face.leading, alignment=2)
    rows = [
        [
            Paragraph(e.label, number),
            Paragraph(_entry_link(book, e, face, wide - 21 * mm), face),
            Paragraph(str(book.last.pages.get(e.key, "")), right),
        ]
        for e in entries
    ]
    if not rows:
        return []
    title = [Paragraph(name, s.HEAD)] if name else []
    return [*title, house_table((), rows, (9 * mm, wide - 19 * mm, 10 * mm), pad=1.9 if tall else 1.1)]


def _entry_link(book: Book, entry: Entry, face: ParagraphStyle, room: float) -> str:
    """Return the title as a link, on one line."""
    body = markup(fitted(clean(entry.title), face.fontName, face.fontSize, room), face.fontName)
    return f'<a href="#{entry.key}" color="#141414">{body}</a>' if entry.key in book.last.pages else body


def _reading_key(wide: float) -> list[Flowable]:
    relations = " \u00a0 ".join(
        f"{s.mark(k)}\u00a0{w}"
        for k, w in (
            ("supports", "supports"),
            ("contradicts", "speaks against"),
            ("fits", "fits, but would fit other accounts too"),
            ("missing", "missing"),
            ("context", "context"),
            ("unclear", "unclear"),
        )
    )
    rows = [
        (
            "Printed by the program",
            markup_cell(
                "Upright sans: values and sentences made from the case records. Nobody phrased them for this dossier."
            ),
        ),
        ("Written by a person", markup_cell('<font name="Serif">Serif: a named person’s own words.</font>')),
        (
            "Said by others",
            markup_cell(
                '<font name="Serif-Italic">“Serif italic in quotation marks: verbatim, original language first.”</font>'
            ),
        ),
        (
            "To be compared sign by sign",
            markup_cell('<font name="Mono" size="7">Mono: hashes, time stamps, record numbers, commands</font>'),
        ),
        (
            "Frames",
            markup_cell(
                "Counted from 0 in the order decoded. “frame 431 of 1236” is the 432nd picture; the last is 1235. "
                "Behind a figure’s frame stand, in brackets, the frames of its observation."
            ),
        ),
        (
            "Times",
            markup_cell(
                "Of the clip: HH:MM:SS.mmm from frame 0, rounded from exact fractions. Of the world: UTC. "
                "Time never identifies a frame; number and hash do."
            ),
        ),
        ("Relations", markup_cell(relations)),
        ("Counts", markup_cell("least / best / greatest, as three numbers: 8\u00a0/\u00a09\u00a0/\u00a010.")),
        ("Colour", markup_cell("Never alone. Every colour has a sign, a pattern or a word beside it.")),
    ]
    first = s.SIDE if wide == s.TEXT_WIDTH else 24 * mm
    return [Paragraph("How to read this dossier", s.H2), pairs(rows, first, wide)]
