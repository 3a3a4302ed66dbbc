"""The pages before the evidence: cover, contents and reading key, summary, question and scope, words and scales."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from evidence_desk.domain.dossier import SECTIONS
from evidence_desk.domain.records import QUESTION_REASONS, RELIABILITY_WORDS
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Book, Entry, SectionHead, quiet, side_row
from evidence_desk.export.pdf.faces import width
from evidence_desk.export.pdf.figures import Ladder, QrCode
from evidence_desk.export.pdf.tables import beside, house_table, markup_cell, pairs, text_cell
from evidence_desk.export.pdf.text import clean, markup, runs, user_text

FRAME_HASH_LINE = (
    "ffmpeg -noautorotate -copyts -i FILE -map 0:V:0 -autoscale 0 -fps_mode passthrough "
    "-enc_time_base -1 -f framehash -hash sha256 -"
)


MOST_LISTED = 36
"""Figures, and tables, that are listed beside the sections on one page; longer lists stand one under the other."""


def head(book: Book, section: str) -> Flowable:
    """Return the head of a section by its id."""
    found = next(x for x in SECTIONS if x.id == section)
    return SectionHead(book, found.number, found.title, found.stand, f"section-{section}")


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
    if len(last.figures) + len(last.tables) <= MOST_LISTED:
        lists = [("Figures", last.figures), ("Tables", last.tables)]
        right = [part for name, entries in lists for part in _listing(book, name, entries, half)]
        body.append(beside([_listing(book, "Sections", last.sections, half, tall=True), right], [half, half], 5 * mm))
    else:
        # Too long for one page: one list under the other, each of which may go on over the page.
        for name, entries, tall in (
            ("Sections", last.sections, True),
            ("Figures", last.figures, False),
            ("Tables", last.tables, False),
        ):
            body += _listing(book, name, entries, s.TEXT_WIDTH, tall=tall)
    return [*body, Spacer(1, 10), KeepTogether(_reading_key()), PageBreak()]


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
    return [Paragraph(name, s.HEAD), house_table((), rows, (9 * mm, wide - 19 * mm, 10 * mm), pad=1.9 if tall else 1.1)]


def _entry_link(book: Book, entry: Entry, face: ParagraphStyle, room: float) -> str:
    """Return the title as a link, on one line."""
    title = clean(entry.title)
    while len(title) > 1 and sum(width(p, f, face.fontSize) for p, f in runs(title, face.fontName)) > room:
        title = f"{title[:-2].rstrip()}…"
    body = markup(title, face.fontName)
    return f'<a href="#{entry.key}" color="#141414">{body}</a>' if entry.key in book.last.pages else body


def _reading_key() -> list[Flowable]:
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
                "Counted from 0 in the order decoded. “frame 431 of 1236” is the 432nd picture; the last is 1235."
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
    return [Paragraph("How to read this dossier", s.H2), pairs(rows, s.SIDE)]


def summary(book: Book) -> list[Flowable]:
    """Return section 1, made from the records alone: assessments join when somebody writes them."""
    d = book.dossier
    boards = [b for c in d.claims for b in c.boards]
    linked = {r.record for b in boards for r in b.rows}
    against = sum(len(b.of("contradicts")) for b in boards)
    loose = [x.observation.number for x in d.seen if x.observation.number not in linked]
    question = d.sheet.mandate or d.sheet.scope
    asked: Flowable = user_text(question, s.LEAD) if question else Paragraph("No question is recorded.", s.STAND)
    propositions = sum(1 for b in boards if b.proposition)
    open_questions, unlinked = len(d.questions), number_of(len(loose), "observation")
    named = f": {', '.join(loose[:8])}{', …' if len(loose) > 8 else ''}" if loose else ""
    lines = [
        f"{number_of(len(d.exhibits), 'exhibit')}, {number_of(len(d.seen), 'observation')}, "
        f"{number_of(len(d.claims), 'claim')} in {number_of(propositions, 'part')} "
        f"({book.link_page('section-exhibits', '§ 5')}; {book.link_page('section-seen', '§ 7')}; "
        f"{book.link_page('section-claims', '§ 4')}).",
        f"{number_of(against, 'link')} {'speaks' if against == 1 else 'speak'} against a statement "
        f"({book.link_page('section-contrary', '§ 14')}).",
        f"{number_of(open_questions, 'question')} {'is' if open_questions == 1 else 'are'} open "
        f"({book.link_page('section-limits', '§ 13')}).",
        f"{unlinked} {'is' if len(loose) == 1 else 'are'} not linked to a claim{named}.",
    ]
    rows = [side_row("The question", asked)]
    rows.append(side_row("Assessment", Paragraph("No assessment has been written.", s.TOLD), rule=True))
    rows.append(side_row("What the records hold", [Paragraph(line, s.BODY) for line in lines], rule=True))
    rows.append(side_row("Propositions", _proposition_table(book), rule=True))
    note = "Likelihood and confidence are not stated: no assessment gives them. Nothing here is a verdict."
    rows.append(side_row("Likelihood and confidence", Paragraph(note, s.BODY), rule=True))
    return [head(book, "summary"), Spacer(1, 8), *rows]


def _proposition_table(book: Book) -> Flowable:
    rows = []
    for claim in book.dossier.claims:
        for b in claim.boards:
            tally = " \u00a0 ".join(
                f"{s.mark(k)}\u00a0{len(b.of(k))}\u00a0{s.BOARD_WORDS[k]}"
                for k in ("supports", "contradicts", "fits", "unclear")
                if b.of(k)
            )
            place = book.link(f"board-{b.number}", b.number)
            rows.append(
                [
                    markup_cell(place, s.CELL_MONO),
                    text_cell(shortened(b.text, 160)),
                    markup_cell(tally or "nothing linked"),
                ]
            )
    if not rows:
        return Paragraph("No claim is recorded.", s.STAND)
    return house_table(("No.", "Proposition", "Linked"), rows, (20 * mm, s.MAIN - 60 * mm, 40 * mm))


def scope(book: Book) -> list[Flowable]:
    """Return section 2; a line that was never filled says so."""
    sheet = book.dossier.sheet

    def told(text: str, empty: str) -> Flowable:
        return user_text(text, s.AUTHORED) if text else Paragraph(empty, s.STAND)

    rows = [
        side_row("Question put", _asked(sheet.mandate)),
        side_row("Scope", told(sheet.scope, "No scope is recorded.")),
        side_row("Not asked", told(sheet.not_asked, "Nothing recorded.")),
        side_row("Standard", told(sheet.standard, "No standard of proof is stated.")),
    ]
    if sheet.asked_by:
        rows.insert(0, side_row("Asked by", user_text(sheet.asked_by, s.BODY)))
    people = [
        [text_cell(str(p.get("name", ""))), text_cell(str(p.get("role", ""))), text_cell(str(p.get("interest", "")))]
        for p in sheet.people
    ]
    table: list[Flowable] = [quiet("Nobody is named on the case sheet.")]
    if people:
        third = s.TEXT_WIDTH / 3
        table = [
            book.table_caption("Who took part, in which role, with which interest"),
            house_table(("Who", "Role", "Declared interest"), people, (third, third, third)),
        ]
    return [head(book, "scope"), Spacer(1, 8), *rows, *table]


def _asked(mandate: str) -> Flowable:
    """Return the instruction, verbatim."""
    if mandate:
        return user_text(mandate, s.QUOTE, "“", "”")
    return Paragraph("No instruction is recorded.", s.STAND)


def number_of(count: int, noun: str) -> str:
    """Return how many there are, in one and in many."""
    return f"{s.grouped(count)} {noun}{'' if count == 1 else 's'}"


def shortened(text: str, most: int) -> str:
    """Return the text, cut at a word with an ellipsis where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def words(book: Book) -> list[Flowable]:
    """Return section 3: ladder of likelihood words, grades of sources, relations, legibility and certainty."""
    used = {x.reliability for x in book.dossier.sources}
    grades = [
        [text_cell(k), text_cell(v), text_cell("used here" if k in used else "")] for k, v in RELIABILITY_WORDS.items()
    ]
    relations = [
        ("supports", "makes the statement more likely to be so"),
        ("contradicts", "speaks against it"),
        ("fits", "agrees with it, and with others too"),
        ("context", "background without weight"),
        ("unclear", "could go either way; the because says why"),
    ]
    links = [[markup_cell(f"{s.mark(k)} {k}"), text_cell(v)] for k, v in relations]
    half = (s.TEXT_WIDTH - 5 * mm) / 2
    left = house_table(("", "Source reliability (Admiralty)", ""), grades, (8 * mm, half - 26 * mm, 18 * mm))
    right = house_table(("Relation", "Used when"), links, (26 * mm, half - 26 * mm))
    legibility = (
        "Legibility (clear, probable, doubtful) is how well it can be made out; certainty (low, moderate, high) "
        "is of seeing, not of meaning. Counts give the least, the best and the greatest number."
    )
    ladder = (
        "seven words cover 1 to 99 per cent. None is used in this edition, since no assessment has been written. "
        "Confidence is graded apart: low, moderate or high, in a sentence of its own."
    )
    return [
        CondPageBreak(310),
        head(book, "words"),
        Spacer(1, 6),
        KeepTogether([Ladder(), book.figure_caption("Likelihood words (ICD 203, first row) and their bands", ladder)]),
        book.table_caption("Grades of sources, and relations between an observation and a statement"),
        beside([left, right], [half, half], 5 * mm),
        Spacer(1, 6),
        side_row("Observations", Paragraph(legibility, s.BODY)),
        side_row("Reasons for an open question", Paragraph(", ".join(QUESTION_REASONS) + ".", s.BODY)),
        side_row(
            "Codebook",
            Paragraph(
                markup(
                    f"{book.dossier.codebook}. Each term is worded as something that can be "
                    "seen or heard; its definition stands in the package.",
                    "Sans",
                ),
                s.BODY,
            ),
        ),
    ]
