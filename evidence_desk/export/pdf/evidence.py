"""What the parties say, the exhibits and their sheets, and what is seen and heard."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from evidence_desk.domain.dossier import ClaimEntry, Plate, Seen, Sheet
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Anchor, Book, quiet, side_row
from evidence_desk.export.pdf.figures import Lanes, Meter
from evidence_desk.export.pdf.front import head
from evidence_desk.export.pdf.plates import Pictures, PlateBox, mark_words
from evidence_desk.export.pdf.tables import NOTHING, beside, house_table, markup_cell, pairs, text_cell
from evidence_desk.export.pdf.text import clean, markup, user_text

HALF = (s.TEXT_WIDTH - 4 * mm) / 2


def claims(book: Book) -> list[Flowable]:
    """Return section 4: sources with their grade, then each claim verbatim with its propositions."""
    d = book.dossier
    story: list[Flowable] = [PageBreak(), head(book, "claims")]
    if not d.sources:
        return [*story, quiet("No source is recorded.")]
    rows = [
        [
            markup_cell(x.number, s.CELL_MONO),
            text_cell(", ".join(p for p in (x.title, x.publisher if x.publisher != x.title else "", x.author) if p)),
            text_cell(x.dated),
            text_cell(x.kind),
            text_cell(x.reliability),
            text_cell(x.reliability_basis),
        ]
        for x in d.sources
    ]
    widths = (16 * mm, 54 * mm, 24 * mm, 26 * mm, 12 * mm, s.TEXT_WIDTH - 132 * mm)
    story.append(book.table_caption("Sources, with reliability graded on its stated basis"))
    story.append(house_table(("No.", "Source", "Dated", "Kind", "Grade", "Basis of the grade"), rows, widths))
    if not d.claims:
        return [*story, quiet("No claim is recorded.")]
    return [*story, *(part for entry in d.claims for part in _claim(book, entry))]


def _claim(book: Book, entry: ClaimEntry) -> list[Flowable]:
    claim = entry.claim
    place = f"{claim.source}, characters {claim.start} to {claim.end}"
    side = "<br/>".join(
        [
            f'<font name="Sans-SemiBold" size="8.8" color="#141414">{claim.number}</font>',
            *(markup(x, "Cond") for x in (claim.claimant, place, claim.dated) if x),
        ]
    )
    content: list[Flowable] = [
        Anchor(book, f"record-{claim.number}", claim.number),
        user_text(claim.quote, s.QUOTE, "“", "”"),
    ]
    if claim.translation:
        content.append(user_text(f"Translation: {claim.translation}", s.NOTE))
    rows = [
        [
            markup_cell(book.link(f"board-{b.number}", b.number), s.CELL_MONO),
            text_cell(b.text),
            text_cell(b.proposition.type.replace("-", " ")),
            text_cell(b.proposition.testable),
        ]
        for b in entry.boards
        if b.proposition
    ]
    if rows:
        widths = (18 * mm, s.MAIN - 68 * mm, 22 * mm, 28 * mm)
        content += [Spacer(1, 4), house_table(("", "Proposition", "Kind", "From the media alone?"), rows, widths)]
    else:
        content.append(Paragraph("Not split into propositions.", s.STAND))
    return [KeepTogether([side_row(side, content, rule=True, gap=8)])]


def exhibits(book: Book) -> list[Flowable]:
    """Return section 5: every file with its whole hash."""
    d = book.dossier
    story: list[Flowable] = [CondPageBreak(190), head(book, "exhibits")]
    if not d.exhibits:
        return [*story, quiet("No exhibit.")]
    rows = []
    for sheet in d.exhibits:
        e, a = sheet.exhibit, sheet.acquisition
        size = f"{e.size:,} B".replace(",", "\u00a0")
        frames = f"{e.frames} frames, {e.length}" if e.frames else e.condition
        origin = ", ".join(p for p in ((a.platform, a.account, a.source_url) if a else ()) if p) or "nothing recorded"
        repost = f" Another upload of {e.repost_of}." if e.repost_of else ""
        rows.append(
            [
                markup_cell(book.link(f"exhibit-{e.number}", e.number), s.CELL_MONO),
                text_cell(f"{e.title}. {e.description}{repost}"),
                markup_cell(f"{e.sha256[:32]}<br/>{e.sha256[32:]}", s.CELL_MONO),
                text_cell(f"{size}\n{frames}"),
                text_cell(origin),
                text_cell(f"{e.taken_in_at[:10]} by {e.created_by}"),
            ]
        )
    widths = (15 * mm, 36 * mm, 52 * mm, 24 * mm, 23 * mm, s.TEXT_WIDTH - 150 * mm)
    heads = ("No.", "What it is", "SHA-256", "Size, length", "Origin as stated", "Taken in")
    story += [book.table_caption("Exhibit list"), house_table(heads, rows, widths)]
    note = "Two downloads of one post may differ in hash; a different hash alone is no sign of alteration."
    return [*story, Paragraph(note, s.BODY)]


def sheets(book: Book) -> list[Flowable]:
    """Return section 6: a sheet for each exhibit; custody prints even where nothing is recorded."""
    story: list[Flowable] = [PageBreak(), head(book, "sheets")]
    if not book.dossier.exhibits:
        return [*story, quiet("No exhibit.")]
    return [*story, *(part for sheet in book.dossier.exhibits for part in _sheet(book, sheet))]


def _titled(title: str, table: Flowable) -> list[Flowable]:
    return [Paragraph(title, s.HEAD), table]


def _sheet(book: Book, sheet: Sheet) -> list[Flowable]:
    e = sheet.exhibit
    label = 23 * mm
    facts = pairs([(k, text_cell(v)) for k, v in sheet.facts], label, HALF)
    timing = pairs([(k, text_cell(v)) for k, v in sheet.timing], label, HALF)
    a = sheet.acquisition
    missing = f"Missing: {', '.join(sheet.missing)}." if sheet.missing else "Nothing is missing."
    noted = [("Note", a.note)] if a and a.note else []
    where = [("Address", a.source_url), ("Context", a.context)] if a else []
    told = [(k, text_cell(v)) for k, v in (*where, *noted) if v]
    title = Paragraph(f'{e.number}<font name="Sans" size="9.5">&nbsp;&nbsp;{markup(e.title, "Sans")}</font>', s.EXHIBIT)
    top: list[Flowable] = [
        Anchor(book, f"exhibit-{e.number}", f"{e.number}  {clean(e.title)}"),
        title,
        Paragraph(f"SHA-256 {' '.join(e.sha256[i : i + 16] for i in range(0, 64, 16))}", s.CELL_MONO),
        Spacer(1, 5),
        beside([_titled("Technical facts", facts), _titled("Timing facts", timing)], [HALF, HALF], 4 * mm),
        Spacer(1, 9),
        Paragraph(
            f"<b>Acquisition record: {sum(sheet.held)} of 8 items held</b> (black: held; dashed: missing)", s.CAPTION
        ),
        Spacer(1, 3),
        Meter(sheet.held),
        Paragraph(f"{missing} Items modelled on the list in the Berkeley Protocol.", s.WORDS),
    ]
    story: list[Flowable] = [KeepTogether(top)]
    if told:
        story += [Spacer(1, 5), pairs(told, label)]
    story.append(CondPageBreak(90))
    story.append(book.table_caption(f"Custody of {e.number}: every hand and every check, oldest first"))
    rows = [
        [
            markup_cell(markup(c.at, "Mono"), s.CELL_MONO),
            text_cell(c.who),
            text_cell(c.what),
            text_cell(c.how),
            markup_cell(markup(c.hash_after or NOTHING, "Mono"), s.CELL_MONO),
        ]
        for c in sheet.custody
    ]
    before = any(c.what == "collected" or c.what.startswith("posted") for c in sheet.custody)
    widths = (36 * mm, 28 * mm, 44 * mm, 32 * mm, s.TEXT_WIDTH - 140 * mm)
    story.append(house_table(("When", "Who", "What", "Why, how, tool", "Hash after"), rows, widths))
    if not before:
        story.append(Paragraph("Custody: nothing recorded before intake.", s.STAND))
    return [*story, Spacer(1, 10)]


def seen(book: Book, pictures: Pictures) -> list[Flowable]:
    """Return section 7: plates, timelines and the log of observations."""
    d = book.dossier
    story: list[Flowable] = [PageBreak(), head(book, "seen"), Spacer(1, 6)]
    if not d.seen:
        return [*story, quiet("No observation is recorded.")]
    for entry in d.seen:
        story += _observation(book, pictures, entry)
    drawn = [x for x in d.exhibits if x.seen and x.exhibit.frames]
    if drawn:
        numbers = ", ".join(x.exhibit.number for x in drawn)
        words = "black: at a frame; hatched: over a span; dashed: looked for, not seen, or not assessable. "
        words += f"{len(d.seen)} observations on {numbers}; the table below gives the frames of each."
        story += [CondPageBreak(160), *(Lanes(x) for x in drawn)]
        story.append(book.figure_caption("Observations along each exhibit, each with its own zero", words))
    return [*story, *_log(book)]


def _observation(book: Book, pictures: Pictures, entry: Seen) -> list[Flowable]:
    o = entry.observation
    looked = "" if o.presence == "observed" else f", {o.presence}"
    title = f"{o.number}&nbsp;&nbsp;{markup(entry.term.label + looked, 'Sans-SemiBold')}"
    where = f"{book.link(f'exhibit-{o.exhibit}', o.exhibit)}, {frames_text(entry)}"
    place = f'<font name="Sans" color="#55554F">&nbsp;&nbsp;{where}</font>'
    anchor = Anchor(book, f"record-{o.number}", f"{o.number}  {clean(entry.term.label)}")
    header: list[Flowable] = [anchor, Paragraph(title + place, s.H3)]
    text = _statement(entry)
    if not entry.plates:
        return [KeepTogether([*header, *text, Spacer(1, 8)])]
    if not entry.plates[0].boxes or not book.dossier.marked_stills:
        plate = entry.plates[0]
        body = beside([PlateBox(pictures, plate, HALF, "clean"), text], [HALF, HALF], 4 * mm)
        caption = book.figure_caption(
            f"{plate.exhibit} frame {plate.n}. {o.number} {entry.term.label}", _in_words(entry, plate)
        )
        return [KeepTogether([*header, body, caption])]
    story: list[Flowable] = []
    above: list[Flowable] = [*header, *text, Spacer(1, 3)]
    for plate in entry.plates:
        pair = beside(
            [PlateBox(pictures, plate, HALF, "clean"), PlateBox(pictures, plate, HALF, "marked", marked=True)],
            [HALF, HALF],
            4 * mm,
        )
        title_line = f"{plate.exhibit} frame {plate.n}, clean and marked. {o.number} {entry.term.label}"
        story.append(KeepTogether([*above, pair, book.figure_caption(title_line, _in_words(entry, plate))]))
        above = []
    return story


def frames_text(entry: Seen) -> str:
    """Return the frames or the sound range of an observation in words."""
    o = entry.observation
    if o.first_frame is None:
        return f"sound {entry.first_time} to {entry.last_time}"
    if o.first_frame == o.last_frame:
        return f"frame {o.first_frame}, {entry.first_time}"
    return f"frames {o.first_frame} to {o.last_frame}, {entry.first_time} to {entry.last_time}"


def _statement(entry: Seen) -> list[Flowable]:
    o = entry.observation
    facts = [f"Basis: {o.basis}"]
    if o.count_best is not None:
        facts.append(f"count {o.count_min} / {o.count_best} / {o.count_max}")
    facts += [f"{k.lower()}: {v}" for k, v in entry.attributes]
    facts += [f"{name} {value}" for name, value in (("legibility", o.legibility), ("certainty", o.certainty)) if value]
    if o.sound_start is not None and o.first_frame is not None:
        facts.append(f"sound range {o.sound_start} to {o.sound_end} × {o.sound_time_base} s")
    facts.append(f"observed by {o.created_by}, {o.created_at[:10]}")
    lines: list[Flowable] = [
        user_text(o.statement, s.AUTHORED) if o.statement else Paragraph("No words were added.", s.STAND)
    ]
    lines.append(Paragraph(markup("; ".join(facts) + ".", "Cond"), s.NOTE))
    if o.alternatives:
        lines.append(user_text(f"Other readings: {o.alternatives}", s.CELL_SERIF))
    return lines


def _in_words(entry: Seen, plate: Plate) -> str:
    text = clean(entry.observation.statement) or entry.term.definition
    marks = f" Marked: {mark_words(plate)}." if plate.boxes else ""
    return f"{text} Shown: frame {plate.n} at {plate.time}.{marks}"


def _log(book: Book) -> list[Flowable]:
    rows = []
    for entry in book.dossier.seen:
        o = entry.observation
        count = NOTHING if o.count_best is None else f"{o.count_min} / {o.count_best} / {o.count_max}"
        span = (
            NOTHING
            if o.first_frame is None
            else f"{o.first_frame}" + ("" if o.last_frame == o.first_frame else f"–{o.last_frame}")
        )
        presence = "" if o.presence == "observed" else f" ({o.presence})"
        rows.append(
            [
                markup_cell(book.link(f"record-{o.number}", o.number), s.CELL_MONO),
                text_cell(o.exhibit),
                text_cell(span if o.first_frame is not None else f"sound {entry.first_time}"),
                text_cell(entry.term.label + presence),
                text_cell(o.statement),
                text_cell(count, s.CELL_CENTRE),
                text_cell(o.legibility),
                text_cell(o.created_by),
            ]
        )
    widths = (15 * mm, 14 * mm, 20 * mm, 25 * mm, s.TEXT_WIDTH - 136 * mm, 22 * mm, 18 * mm, 22 * mm)
    heads = ("No.", "Exhibit", "Frames", "Term", "Seen or heard", "min / best / max", "Legibility", "By")
    note = "Legibility and certainty are of seeing, not of meaning. Frames are counted from 0, the last one included."
    table = house_table(heads, rows, widths, "Observation log")
    return [CondPageBreak(110), book.table_caption("Observation log"), table, Paragraph(note, s.WORDS)]
