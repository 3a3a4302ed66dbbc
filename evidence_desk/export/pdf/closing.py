"""Claim boards, counts, chronology, methods, limits, contrary material, review, redactions, log and frame sheet."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from evidence_desk.domain.controlled_values import presence_words
from evidence_desk.domain.dossier import Board, ClaimEntry, Seen, Stated
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Anchor, Book, head, quiet, side_row
from evidence_desk.export.pdf.dates import MOST_ROWS, Chronology, moments
from evidence_desk.export.pdf.figures import Counts
from evidence_desk.export.pdf.pictures import Pictures
from evidence_desk.export.pdf.plates import PlateBox
from evidence_desk.export.pdf.tables import beside, house_table, markup_cell, text_cell
from evidence_desk.export.pdf.text import clean, markup, shortened, user_text

PEOPLE = ("people", "posture")
"""Terms of these categories count figures; the others count things."""


def boards(book: Book) -> list[Flowable]:
    """Return section 8: for each proposition what is for and against it, what fits, and what is missing."""
    story: list[Flowable] = [PageBreak(), head(book, "boards"), Spacer(1, 6)]
    if not book.dossier.claims:
        return [*story, quiet("No claim is recorded.")]
    none = "No likelihood, no confidence and no verdict is stated: no assessment of a proposition has been written."
    story.append(side_row("Assessment", Paragraph(none, s.BODY), gap=10))
    return [*story, *(part for entry in book.dossier.claims for b in entry.boards for part in _board(book, entry, b))]


def _board(book: Book, entry: ClaimEntry, board: Board) -> list[Flowable]:
    rows: list[list[Flowable]] = []
    groups: list[int] = []
    for relation in ("supports", "contradicts", "fits", "unclear", "context"):
        groups.append(len(rows))
        found = board.of(relation)
        sign = markup_cell(f"{s.mark(relation)} <b>{s.BOARD_WORDS[relation]}</b>")
        if not found and relation in ("supports", "contradicts", "fits"):
            rows.append(_nothing(sign))
        for row in found:
            key = "exhibit" if row.record.startswith("EX") else "record"
            place = markup_cell(book.link(f"{key}-{row.record}", row.record), s.CELL_MONO)
            rows.append([sign, place, text_cell(row.what), user_text(row.because, s.CELL_SERIF, "because ")])
    groups.append(len(rows))
    sign = markup_cell(f"{s.mark('missing')} <b>missing</b>")
    for q in board.missing:
        answer = user_text(q.would_answer, s.CELL_SERIF, "would answer: ")
        rows.append(
            [sign, markup_cell(book.link(f"record-{q.number}", q.number), s.CELL_MONO), text_cell(q.text), answer]
        )
    if not board.missing:
        rows.append(_nothing(sign))
    kind = board.proposition.type.replace("-", " ") if board.proposition else "whole claim"
    said = f"said as “{clean(entry.claim.quote)}”, {entry.claim.claimant or 'claimant not stated'}"
    side = f'<font name="Sans-SemiBold" size="8.8" color="#141414">{board.number}</font><br/>{markup(kind, "Cond")}'
    if board.proposition:
        side += f"<br/>part of {book.link(f'record-{entry.claim.number}', entry.claim.number)}"
    title = [
        Anchor(book, f"board-{board.number}", f"{board.number}  {clean(board.text)[:60]}"),
        user_text(shortened(board.text, 400), s.BOARD_TITLE),
        user_text(shortened(said, 400), s.NOTE),
    ]
    widths = (20 * mm, s.SIDE - 20 * mm, 56 * mm, s.MAIN - 56 * mm)
    strong = [g for g in dict.fromkeys(groups) if 0 < g < len(rows)]
    table = house_table(("", "Record", "What it is", "Reason given"), rows, widths, board.number, strong)
    return [KeepTogether([side_row(side, title, gap=4), table]), Spacer(1, 9)]


def _nothing(sign: Flowable) -> list[Flowable]:
    return [sign, markup_cell(""), markup_cell(""), Paragraph("nothing recorded", s.NOTHING_RECORDED)]


def counts(book: Book) -> list[Flowable]:
    """Return section 9: stated and seen numbers on one scale."""
    d = book.dossier
    counted = [x for x in d.seen if x.observation.count_best is not None]
    seen = tuple(x for x in counted if x.term.category in PEOPLE)
    others = tuple(x for x in counted if x.term.category not in PEOPLE)
    story: list[Flowable] = [CondPageBreak(310), head(book, "counts"), Spacer(1, 4)]
    if not seen and not others and not d.stated:
        return [*story, quiet("No count is recorded.")]
    more = (
        ". Filled circle: included; open circle: excluded; lozenge: a figure of speech, no bounds; "
        "bar: least to greatest; square: best."
    )
    for number, (said, found) in enumerate(_portions(d.stated, seen)):
        title = "Numbers of people stated and seen" + (f", part {number + 1}" if number else "")
        told = [f"{x.number} states “{x.count.phrase}”" for x in said] + [_count_words(x) for x in found]
        caption = book.figure_caption(title, "; ".join(told) + ". Counts of two clips are not added.", more)
        story.append(KeepTogether([Counts(said, found), caption]))
    for number, (_, found) in enumerate(_portions((), others)):
        title = "Other numbers seen or heard" + (f", part {number + 1}" if number else "")
        caption = book.figure_caption(title, "; ".join(_count_words(x) for x in found) + ".")
        story.append(KeepTogether([Counts((), found), caption]))
    return story


_ROWS = 26
"""Rows of one figure of counts: with its caption it stays within a page."""


def _portions(stated: tuple[Stated, ...], seen: tuple[Seen, ...]) -> list[tuple[tuple[Stated, ...], tuple[Seen, ...]]]:
    """Return the rows in portions that fit a page, what is stated first."""
    said = [stated[at : at + _ROWS] for at in range(0, len(stated), _ROWS)]
    room = _ROWS - len(said[-1]) if said else _ROWS
    first, rest = seen[:room], seen[room:]
    found = [rest[at : at + _ROWS] for at in range(0, len(rest), _ROWS)]
    if not said:
        return [((), part) for part in ([first] if first else []) + found]
    return [*((part, ()) for part in said[:-1]), (said[-1], first), *(((), part) for part in found)]


def _count_words(entry: Seen) -> str:
    o = entry.observation
    return f"{o.number} ({o.exhibit}) gives {s.triple(o.count_min, o.count_best, o.count_max)}"


def chronology(book: Book) -> list[Flowable]:
    """Return section 11: what is dated, by whom."""
    d = book.dossier
    story: list[Flowable] = [CondPageBreak(310 if d.chronology else 150), head(book, "chronology")]
    if not d.chronology:
        return [*story, quiet("No date is known.")]
    rows = [
        [
            markup_cell(markup(x.at, "Mono"), s.CELL_MONO),
            text_cell(x.what),
            markup_cell(x.record, s.CELL_MONO),
            text_cell(x.basis),
        ]
        for x in d.chronology
    ]
    widths = (44 * mm, 70 * mm, 20 * mm, s.TEXT_WIDTH - 134 * mm)
    points = moments(d.chronology, d.exhibits)
    if 1 < len(points) <= MOST_ROWS:
        told = "; ".join(f"{x.what}: before {x.at:%Y-%m-%d}, earliest bound not known" for x in points if x.span)
        words = f"{told or 'no recording is bounded'}. The table below gives each date as it is recorded."
        more = ". Filled dot: from the event log; open dot: as stated, not checked; hatched: a bound on one side only."
        story.append(KeepTogether([Spacer(1, 4), Chronology(points), book.figure_caption("Chronology", words, more)]))
    undated = [x.exhibit.number for x in d.exhibits if not (x.exhibit.facts or {}).get("dates")]
    if undated:
        note = f"When {', '.join(undated)} was recorded is not known: no capture date is stated."
        story.append(Paragraph(note, s.WORDS))
    caption = book.table_caption("What is dated")
    return [
        *story,
        caption,
        house_table(("When", "What", "Record", "Known from"), rows, widths, book.table_label),
    ]


def methods(book: Book) -> list[Flowable]:
    """Return section 12: the techniques used, and the versions they ran in."""
    d = book.dossier
    rows = [[text_cell(t.name), text_cell(t.shows), text_cell(t.does_not), text_cell(t.used_for)] for t in d.techniques]
    decoders = sorted({x.exhibit.decoder for x in d.exhibits if x.exhibit.decoder})
    steps = (
        f"Frames were decoded by {'; '.join(decoders) or 'no decoder'}, "
        "hashed in their own pixel format and counted from 0. "
        "Stills were turned and scaled for display, nothing else. No enhancement and no generative tool was used."
    )
    versions = "; ".join(f"{name} {version}" for name, version in d.versions)
    quarter = (s.TEXT_WIDTH - 34 * mm) / 3
    return [
        CondPageBreak(200),
        head(book, "methods"),
        book.table_caption("What each technique shows and does not show"),
        house_table(
            ("Technique", "Shows", "Does not show", "Used for"),
            rows,
            (34 * mm, quarter + 6 * mm, quarter + 8 * mm, quarter - 14 * mm),
            book.table_label,
        ),
        side_row("Processing steps", Paragraph(markup(steps, "Sans"), s.BODY)),
        side_row("Versions", Paragraph(markup(versions, "Sans"), s.BODY)),
    ]


def limits(book: Book) -> list[Flowable]:
    """Return section 13, which is never left out."""
    d = book.dossier
    story: list[Flowable] = [CondPageBreak(200), head(book, "limits")]
    if d.questions:
        rows = [
            [
                [Anchor(book, f"record-{q.number}"), markup_cell(q.number, s.CELL_MONO)],
                text_cell(q.text),
                text_cell(q.reason_code),
                text_cell(q.would_answer),
                text_cell(q.bears_on, s.CELL_MONO),
                text_cell(q.tried),
            ]
            for q in d.questions
        ]
        widths = (15 * mm, 42 * mm, 26 * mm, 40 * mm, 22 * mm, s.TEXT_WIDTH - 145 * mm)
        heads = ("No.", "Not known", "Reason", "What would answer it", "Bears on", "Tried")
        story += [book.table_caption("Open questions"), house_table(heads, rows, widths, book.table_label)]
    else:
        story.append(quiet("No open question is recorded. This is unusual."))
    story.append(side_row("Limits of the material", [Paragraph(markup(x, "Sans"), s.BODY) for x in d.limits]))
    if d.kept_words:
        kept = [
            f"{n}: “{w}” was kept{' because ' + why if why else ', no reason given'}." for n, w, why in d.kept_words
        ]
        story.append(side_row("Words kept that state an inference", [user_text(x, s.BODY) for x in kept]))
    story.append(
        side_row("Other explanations", Paragraph("Explanations side by side are not part of this edition.", s.BODY))
    )
    return story


def contrary(book: Book) -> list[Flowable]:
    """Return section 14, which is never left out."""
    rows = []
    for entry in book.dossier.claims:
        for board in entry.boards:
            rows += [
                [
                    markup_cell(book.link(f"record-{r.record}", r.record), s.CELL_MONO),
                    text_cell(f"{board.number}: {board.text}"),
                    text_cell(r.because),
                    text_cell(r.by),
                ]
                for r in board.of("contradicts")
            ]
    negative = [x for x in book.dossier.seen if x.observation.presence != "observed"]
    rows += [
        [
            markup_cell(book.link(f"record-{x.observation.number}", x.observation.number), s.CELL_MONO),
            text_cell(f"{x.term.label}: {presence_words(x.observation.presence, x.observation.presence_reason)}"),
            text_cell(x.observation.statement),
            text_cell(x.observation.created_by),
        ]
        for x in negative
    ]
    story: list[Flowable] = [CondPageBreak(150), head(book, "contrary")]
    if not rows:
        return [*story, quiet(f"None recorded. Looked by: {', '.join(book.dossier.authors) or 'nobody named'}.")]
    widths = (18 * mm, 58 * mm, 66 * mm, s.TEXT_WIDTH - 142 * mm)
    story.append(book.table_caption("Contrary material and negative results"))
    heads = ("Record", "Speaks against, or was looked for", "Reason given", "By")
    return [*story, house_table(heads, rows, widths, book.table_label)]


def review(book: Book) -> list[Flowable]:
    """Return section 15."""
    return [CondPageBreak(120), head(book, "review"), quiet("Nobody has reviewed this dossier.")]


def redactions(book: Book) -> list[Flowable]:
    """Return section 16."""
    return [CondPageBreak(120), head(book, "redactions"), quiet("Nothing was redacted.")]


def audit(book: Book) -> list[Flowable]:
    """Return section 17: events that changed records, with printed gaps, and the head."""
    d = book.dossier
    rows: list[list[Flowable]] = []
    last = 0
    for e in d.events:
        if e.seq > last + 1:
            between = f"{last + 1}" if e.seq == last + 2 else f"{last + 1}–{e.seq - 1}"
            rows.append(
                [markup_cell(between, s.CELL_MONO), markup_cell("in the package, not printed", s.WORDS), *_blank(5)]
            )
        when = e.at[:19].replace("T", " ")
        rows.append(
            [
                markup_cell(str(e.seq), s.CELL_MONO),
                markup_cell(when, s.CELL_MONO),
                text_cell(e.actor),
                text_cell(e.action),
                markup_cell(e.record, s.CELL_MONO),
                markup_cell(e.prev[:12], s.CELL_MONO),
                markup_cell(e.hash[:12], s.CELL_MONO),
            ]
        )
        last = e.seq
    widths = (13 * mm, 33 * mm, 30 * mm, 32 * mm, 19 * mm, 22 * mm, s.TEXT_WIDTH - 149 * mm)
    heads = ("Seq", "UTC", "Actor", "Action", "Record", "Previous", "Hash")
    mono = s.style("head-hash", "Mono", 7, 10)
    note = (
        "A chain shows edits between published heads. It does not show a tail cut off before the first copy of this "
        "head was kept elsewhere: keep this page."
    )
    printed = len(d.events)
    return [
        CondPageBreak(200),
        head(book, "audit"),
        book.table_caption(f"Event log, {printed} of {d.event_count} events"),
        house_table(heads, rows, widths, book.table_label),
        side_row("Head", [Paragraph(f"{d.head.hash[:32]} {d.head.hash[32:]}", mono), Paragraph(note, s.BODY)]),
    ]


def _blank(count: int) -> list[Flowable]:
    return [markup_cell("", s.CELL_MONO) for _ in range(count)]


def frame_sheet(book: Book, pictures: Pictures) -> list[Flowable]:
    """Return annex A: every cited frame, three across."""
    story: list[Flowable] = [PageBreak(), head(book, "frames"), Spacer(1, 2)]
    plates = book.dossier.frames
    if not plates:
        return [*story, quiet("No frame is cited.")]
    note = "Nothing was done to them but what their captions say. The whole hashes are in the package: stills.json."
    story += [Paragraph(note, s.WORDS), Spacer(1, 5)]
    gap = 4 * mm
    wide = (s.TEXT_WIDTH - 2 * gap) / 3
    for at in range(0, len(plates), 3):
        row: list[Flowable | list[Flowable]] = [PlateBox(pictures, p, wide) for p in plates[at : at + 3]]
        while len(row) < 3:
            row.append([])
        story += [KeepTogether([beside(row, [wide] * 3, gap)]), Spacer(1, 7)]
    return story
