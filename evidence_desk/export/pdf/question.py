"""Summary, question and scope, words and scales: what was asked, what is held, and in which words it is said."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer

from evidence_desk.domain.controlled_values import QUESTION_REASONS, RELIABILITY_WORDS
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.book import Book, head, quiet, side_row
from evidence_desk.export.pdf.figures import Ladder
from evidence_desk.export.pdf.tables import beside, house_table, markup_cell, text_cell
from evidence_desk.export.pdf.text import markup, number_of, shortened, user_text


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
