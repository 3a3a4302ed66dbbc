"""What the parties say, the exhibits and their sheets, and what is seen and heard."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from evidence_desk.domain.controlled_values import ANCHOR_WORDS, NOT_FOUND, OBSERVED, presence_words
from evidence_desk.domain.dossier import ClaimEntry, Plate, Seen, Sheet, TrackEnd
from evidence_desk.domain.time import clock, seconds_text
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Anchor, Book, head, quiet, side_row
from evidence_desk.export.pdf.figures import Meter
from evidence_desk.export.pdf.pictures import Pictures
from evidence_desk.export.pdf.plates import DetailBox, PlateBox, mark_words
from evidence_desk.export.pdf.seen_as import as_seen
from evidence_desk.export.pdf.syncs import tied
from evidence_desk.export.pdf.tables import NOTHING, beside, house_table, markup_cell, pairs, text_cell
from evidence_desk.export.pdf.text import clean, markup, number_of, shortened, user_text
from evidence_desk.export.pdf.tracks import Lanes, TrackEnds

HALF = (s.TEXT_WIDTH - 4 * mm) / 2
DETAIL = s.columns(3)


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
    widths = (15 * mm, 48 * mm, 22 * mm, 25 * mm, 11 * mm, s.TEXT_WIDTH - 121 * mm)
    story.append(book.table_caption("Sources, with reliability graded on its stated basis"))
    story.append(
        house_table(("No.", "Source", "Dated", "Kind", "Grade", "Basis of the grade"), rows, widths, book.table_label)
    )
    if not d.claims:
        return [*story, quiet("No claim is recorded.")]
    return [*story, *(part for entry in d.claims for part in _claim(book, entry))]


def _claim(book: Book, entry: ClaimEntry) -> list[Flowable]:
    claim = entry.claim
    place = f"{claim.source}, characters {claim.start} to {claim.end}"
    side: list[Flowable] = [
        Paragraph(f'<font name="Sans-SemiBold" size="8.8" color="#141414">{claim.number}</font>', s.NOTE),
        *(user_text(x, s.NOTE) for x in (claim.claimant, place, claim.dated) if x),
    ]
    content: list[Flowable] = [
        Anchor(book, f"record-{claim.number}", claim.number),
        user_text(claim.quote, s.QUOTE, "“", "”"),
    ]
    if claim.translation:
        content.append(user_text(f"Translation: {claim.translation}", s.NOTE))
    if claim.note:
        content.append(user_text(claim.note, s.NOTE))
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
        size = f"{s.grouped(e.size)}\u00a0B"
        frames = f"{s.grouped(e.frames)} frames\n{e.length}" if e.frames else e.condition
        # The address itself stands whole on the exhibit's sheet.
        known = [p for p in ((a.platform, a.account) if a else ()) if p] or ([a.source_url] if a else [])
        posted = [f"posted {a.posted_at}"] if a and a.posted_at else []
        origin = ", ".join([p for p in known if p] + posted) or "nothing recorded"
        repost = f" Another upload of {e.repost_of}." if e.repost_of else ""
        rows.append(
            [
                markup_cell(book.link(f"exhibit-{e.number}", e.number), s.CELL_MONO),
                text_cell(f"{e.title}.{' ' if e.description else ''}{e.description}{repost}"),
                markup_cell(f"{e.sha256[:32]}<br/>{e.sha256[32:]}", s.CELL_MONO),
                text_cell(f"{size}\n{frames}"),
                text_cell(origin),
                text_cell(f"{e.taken_in_at[:10]} by {e.created_by}"),
            ]
        )
    widths = (13 * mm, 34 * mm, 51 * mm, 22 * mm, 28 * mm, s.TEXT_WIDTH - 148 * mm)
    heads = ("No.", "What it is", "SHA-256", "Size, length", "Origin as stated", "Taken in")
    story += [book.table_caption("Exhibit list"), house_table(heads, rows, widths, book.table_label)]
    note = "Two downloads of one post may differ in hash; a different hash alone is no sign of alteration."
    return [*story, Paragraph(note, s.BODY)]


def sheets(book: Book) -> list[Flowable]:
    """Return section 6: a sheet for each exhibit; custody prints even where nothing is recorded."""
    story: list[Flowable] = [PageBreak(), head(book, "sheets")]
    if not book.dossier.exhibits:
        return [*story, quiet("No exhibit.")]
    return [*story, *(part for sheet in book.dossier.exhibits for part in _sheet(book, sheet)), *tied(book)]


def _sheet(book: Book, sheet: Sheet) -> list[Flowable]:
    e = sheet.exhibit
    label = 23 * mm
    facts = pairs([(k, text_cell(v)) for k, v in sheet.facts], label, HALF, "Technical facts")
    timing = pairs([(k, text_cell(v)) for k, v in sheet.timing], label, HALF, "Timing facts")
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
        beside([facts, timing], [HALF, HALF], 4 * mm),
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
    story.append(book.table_caption(f"Custody of {e.number}", ": every hand and every check, oldest first"))
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
    widths = (36 * mm, 25 * mm, 38 * mm, 45 * mm, s.TEXT_WIDTH - 144 * mm)
    heads = ("When", "Who", "What was done", "Why, how, tool", "Hash after")
    story.append(house_table(heads, rows, widths, book.table_label))
    if not before:
        story.append(Paragraph("Custody: nothing recorded before intake.", s.STAND))
    if sheet.track_end is not None:
        story.append(_track_end(book, sheet, sheet.track_end))
    return [*story, Spacer(1, 6)]


def _track_end(book: Book, sheet: Sheet, ends: TrackEnd) -> Flowable:
    """Return the figure of the last seconds; it says what the difference leaves open."""
    later, first, last = (
        ("sound", ends.picture_end, ends.sound_end)
        if ends.sound_end > ends.picture_end
        else ("picture", ends.sound_end, ends.picture_end)
    )
    words = (
        f"the picture ends at {seconds_text(ends.picture_end)} s, the sound at {seconds_text(ends.sound_end)} s: "
        f"{seconds_text(last - first)} s of {later} alone. Possible: the recorder stopped one track first, the file "
        "was trimmed, or a platform cut it. The file alone does not say which."
    )
    caption = book.figure_caption(
        f"{sheet.exhibit.number}, where picture and sound end", words, ". Both tracks on the container’s clock."
    )
    return KeepTogether([Spacer(1, 6), TrackEnds(sheet, ends), caption])


def seen(book: Book, pictures: Pictures) -> list[Flowable]:
    """Return section 7: plates, timelines and the log of observations."""
    d = book.dossier
    story: list[Flowable] = [PageBreak(), head(book, "seen")]
    if not d.seen:
        return [*story, quiet("No observation is recorded.")]
    waiting: list[Seen] = []
    for entry in d.seen:
        if _paired(book, entry):
            story += _row_of(book, pictures, waiting)
            waiting = []
            story += _clean_and_marked(book, pictures, entry)
        elif entry.plates:
            waiting.append(entry)
            if len(waiting) == 2:
                story += _row_of(book, pictures, waiting)
                waiting = []
        else:
            story += _row_of(book, pictures, waiting)
            waiting = []
            story.append(KeepTogether([_heading(book, entry), *_statement(entry), Spacer(1, 8)]))
    story += _row_of(book, pictures, waiting)
    drawn = [x for x in d.exhibits if x.seen and x.exhibit.frames]
    if drawn:
        numbers = ", ".join(x.exhibit.number for x in drawn)
        words = f"{number_of(len(d.seen), 'observation')} on {numbers}; the table below gives the frames of each."
        *most, last = [Lanes(x) for x in drawn]
        more = ". Black: an event; hatched: a lasting feature; dashed: looked for and not seen, or not assessable."
        caption = book.figure_caption("Observations along each exhibit, each with its own zero", words, more)
        story += [CondPageBreak(160), Spacer(1, 4), *most, KeepTogether([last, caption])]
    return [*story, *_log(book)]


def _paired(book: Book, entry: Seen) -> bool:
    """Tell whether a marked copy stands beside the clean still."""
    return book.dossier.marked_stills and any(p.marks for p in entry.plates)


def _heading(book: Book, entry: Seen) -> Flowable:
    o = entry.observation
    where = f"{book.link(f'exhibit-{o.exhibit}', o.exhibit)}, {frames_text(entry)}"
    place = f'<font name="Sans" color="#55554F">\u00a0 {where}</font>'
    return Paragraph(f"{o.number}\u00a0 {markup(_term(entry), 'Sans-SemiBold')}{place}", s.H3)


def _term(entry: Seen) -> str:
    o = entry.observation
    looked = presence_words(o.presence, o.presence_reason)
    return entry.term.label if o.presence == OBSERVED else f"{entry.term.label} ({looked})"


def _anchor(book: Book, entry: Seen) -> Flowable:
    number = entry.observation.number
    return Anchor(book, f"record-{number}", f"{number}  {clean(entry.term.label)}")


def _plate_caption(book: Book, entry: Seen, plate: Plate, how: str = "") -> Flowable:
    o = entry.observation
    title = f"{o.number} {shortened(_term(entry), 90)}, {plate.exhibit} frame {plate.n}"
    span = f" ({o.first_frame}–{o.last_frame})" if o.first_frame != o.last_frame else ""
    return book.figure_caption(title, _in_words(entry, plate), span + how)


def _clean_and_marked(book: Book, pictures: Pictures, entry: Seen) -> list[Flowable]:
    """Return a pair of plates for each frame that bears marks: the same picture, left as decoded, right marked."""
    story: list[Flowable] = []
    above: list[Flowable] = [_anchor(book, entry)]
    for plate in entry.plates:
        both = [PlateBox(pictures, plate, HALF, "clean"), PlateBox(pictures, plate, HALF, "marked", marked=True)]
        rest = _about(entry) if plate is entry.plates[-1] else []
        pair = beside(both, [HALF, HALF], 4 * mm)
        how = ", clean and marked" + ("; details by native pixels, enlarged" if plate.details else "")
        words = [_plate_caption(book, entry, plate, how), *rest]
        story.append(KeepTogether([*above, pair, *_with_details(pictures, plate, words)]))
        above = []
    return [*story, *as_seen(book, pictures, entry), Spacer(1, 3)]


def _with_details(pictures: Pictures, plate: Plate, words: list[Flowable]) -> list[Flowable]:
    """Return the words under a pair, with the details of small marks before them: beside, or above where many."""
    if not plate.details:
        return words
    details: list[Flowable | list[Flowable]] = [DetailBox(pictures, plate, x, DETAIL) for x in plate.details]
    widths = [DETAIL] * len(details)
    if len(details) > 2:
        return [Spacer(1, 5), beside(details, widths, 4 * mm), *words]
    rest = s.TEXT_WIDTH - sum(widths) - len(widths) * 4 * mm
    return [Spacer(1, 5), beside([*details, words], [*widths, rest], 4 * mm), Spacer(1, 4)]


def _row_of(book: Book, pictures: Pictures, entries: list[Seen]) -> list[Flowable]:
    """Return one or two observations side by side, each a clean still with its caption."""
    if not entries:
        return []
    cells: list[Flowable | list[Flowable]] = []
    for entry in entries:
        plate = entry.plates[0]
        box = PlateBox(pictures, plate, HALF, "clean")
        words = [_plate_caption(book, entry, plate), *_about(entry)]
        # One alone has its words beside it, two have theirs below.
        cells += [[_anchor(book, entry), box], words] if len(entries) == 1 else [[_anchor(book, entry), box, *words]]
    pairs_seen = [part for entry in entries for part in as_seen(book, pictures, entry)]
    return [KeepTogether([beside(cells, [HALF, HALF], 4 * mm)]), Spacer(1, 4), *pairs_seen]


def _about(entry: Seen) -> list[Flowable]:
    """Return the lines under a caption: graded facts, and other readings where some were written."""
    lines: list[Flowable] = [Paragraph(markup(_graded(entry), "Cond"), s.NOTE)]
    if entry.observation.alternatives:
        lines.append(user_text(f"Other readings: {entry.observation.alternatives}", s.CELL_SERIF))
    return [*lines, Spacer(1, 3)]


def frames_text(entry: Seen) -> str:
    """Return the frames or the sound range of an observation in words."""
    o = entry.observation
    if o.first_frame is None:
        return f"sound {entry.first_time} to {entry.last_time}"
    if o.anchor == NOT_FOUND:
        return f"frames {o.first_frame} to {o.last_frame}{ANCHOR_WORDS[o.anchor]}"
    if o.first_frame == o.last_frame:
        return f"frame {o.first_frame}, {entry.first_time}{ANCHOR_WORDS[o.anchor]}"
    return f"frames {o.first_frame} to {o.last_frame}, {entry.first_time} to {entry.last_time}{ANCHOR_WORDS[o.anchor]}"


def _graded(entry: Seen) -> str:
    o = entry.observation
    facts = [o.basis]
    if o.count_best is not None:
        facts.append(f"count {s.triple(o.count_min, o.count_best, o.count_max)}")
    facts += [f"{k.lower()}: {v}" for k, v in entry.attributes]
    facts += [f"{name} {value}" for name, value in (("legibility", o.legibility), ("certainty", o.certainty)) if value]
    if entry.sound is not None:
        begin, end = (clock(at) for at in entry.sound)
        ticks = f"{o.sound_start} to {o.sound_end} × {o.sound_time_base} s of the file's clock"
        facts.append(f"sound {begin} to {end} ({ticks})" if o.first_frame is not None else ticks)
    facts += [entry.bounds] if entry.bounds else []
    facts += [f"seen as {entry.seen_as}"] if entry.seen_as else []
    facts.append(f"by {o.created_by}, {o.created_at[:10]}")
    return "; ".join(facts)


def _statement(entry: Seen) -> list[Flowable]:
    o = entry.observation
    said = user_text(o.statement, s.AUTHORED) if o.statement else Paragraph("No words were added.", s.STAND)
    return [said, *_about(entry)]


_MOST_IN_WORDS = 420
"""Longer statements stand whole in the log of observations; a caption stays with its picture."""


def _in_words(entry: Seen, plate: Plate) -> str:
    text = shortened(" ".join(clean(entry.observation.statement).split()), _MOST_IN_WORDS)
    if not text:  # a definition is the codebook's, and must not read as what this observer said
        defined = f" The codebook defines “{entry.term.label}” as: {entry.term.definition.rstrip('.')}."
        text = f"none of the observer's own.{defined if entry.term.definition else ''}"
    return f"{text} Marked: {mark_words(plate)}." if plate.marks else text


def _when(entry: Seen) -> str:
    """Return frames and times of an observation for its cell in the log."""
    o = entry.observation
    if o.first_frame is None:
        return f"sound<br/>{entry.first_time}<br/>{entry.last_time}"
    how = f"<br/>{o.anchor}" if o.anchor else ""
    if o.anchor == NOT_FOUND:
        return f"{o.first_frame}–{o.last_frame}{how}"
    if o.first_frame == o.last_frame:
        return f"{o.first_frame}<br/>{entry.first_time}{how}"
    return f"{o.first_frame}–{o.last_frame}<br/>{entry.first_time}<br/>{entry.last_time}{how}"


def _log(book: Book) -> list[Flowable]:
    rows = []
    for entry in book.dossier.seen:
        o = entry.observation
        presence = "" if o.presence == "observed" else f" ({presence_words(o.presence, o.presence_reason)})"
        rows.append(
            [
                markup_cell(book.link(f"record-{o.number}", o.number), s.CELL_MONO),
                text_cell(o.exhibit),
                markup_cell(_when(entry), s.CELL_MONO),
                text_cell(entry.term.label + presence),
                text_cell(o.statement or "No own words."),
                text_cell(s.triple(o.count_min, o.count_best, o.count_max), s.CELL_CENTRE),
                text_cell(o.legibility),
                text_cell(o.created_by),
            ]
        )
    widths = (13 * mm, 13 * mm, 22 * mm, 24 * mm, s.TEXT_WIDTH - 128 * mm, 22 * mm, 16 * mm, 18 * mm)
    heads = ("No.", "Exhibit", "Frames, time", "Term", "Seen or heard", "min / best / max", "Legibility", "By")
    note = "Legibility and certainty are of seeing, not of meaning. Frames are counted from 0, the last one included."
    caption = book.table_caption("Observation log")
    table = house_table(heads, rows, widths, book.table_label)
    return [CondPageBreak(110), caption, Paragraph(note, s.WORDS), Spacer(1, 3), table]
