"""The passes: build, compare where everything fell, build again until nothing moves; then make the file archival."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from evidence_desk.domain.dossier import Dossier
from evidence_desk.domain.errors import Refused
from evidence_desk.export.pdf import closing, evidence, front, question
from evidence_desk.export.pdf import styles as s
from evidence_desk.export.pdf.archival import archival
from evidence_desk.export.pdf.book import Book, Learned
from evidence_desk.export.pdf.faces import width as text_width
from evidence_desk.export.pdf.pictures import Pictures
from evidence_desk.export.pdf.text import clean, fitted, runs, sight
from evidence_desk.jobs import JobContext

MOST_PASSES = 6


def pdf_bytes(dossier: Dossier, ctx: JobContext) -> bytes:
    """Return the finished file; raises Refused where the pages do not settle, which no real content has done."""
    learned = Learned()
    for number in range(MOST_PASSES):
        ctx.progress(number, MOST_PASSES, f"pages, pass {number + 1}")
        book, pictures = Book(dossier, learned), Pictures()
        data = _one_pass(book, pictures, ctx)
        if book.now == learned:
            return archival(data, dossier, pictures)
        learned = book.now
    raise Refused("The pages of the dossier did not settle. Nothing was written. Leave out a section and try again.")


def _one_pass(book: Book, pictures: Pictures, ctx: JobContext) -> bytes:
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(s.PAGE_WIDTH, s.PAGE_HEIGHT),
        title=clean(book.dossier.case_title),
        author=", ".join(clean(a) for a in book.dossier.authors),
        subject="Evidence dossier",
        creator="Evidence Desk",
        lang="en-GB",
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(
        s.LEFT,
        s.BOTTOM,
        s.TEXT_WIDTH,
        s.PAGE_HEIGHT - s.TOP - s.BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def furniture(canvas: Any, _: object) -> None:
        ctx.progress(0, 0, f"page {canvas.getPageNumber()}")
        _furniture(canvas, book)

    document.addPageTemplates([PageTemplate("page", [frame], onPage=furniture)])
    document.build(_story(book, pictures))
    book.now.total = document.page
    return out.getvalue()


def _story(book: Book, pictures: Pictures) -> list[Flowable]:
    has = book.dossier.has
    story = [*front.cover(book), *front.contents(book)]
    for section, make in (
        ("summary", question.summary),
        ("scope", question.scope),
        ("words", question.words),
        ("claims", evidence.claims),
        ("exhibits", evidence.exhibits),
        ("sheets", evidence.sheets),
        ("seen", lambda b: evidence.seen(b, pictures)),
        ("boards", closing.boards),
        ("counts", closing.counts),
        ("chronology", closing.chronology),
        ("methods", closing.methods),
        ("limits", closing.limits),
        ("contrary", closing.contrary),
        ("review", closing.review),
        ("redactions", closing.redactions),
        ("audit", closing.audit),
        ("frames", lambda b: closing.frame_sheet(b, pictures)),
    ):
        if has(section):
            story += make(book)
    return story


def _furniture(canvas: Any, book: Book) -> None:
    page = canvas.getPageNumber()
    d = book.dossier
    canvas.saveState()
    if page > 1:
        _header(canvas, book, page)
    foot = 12 * mm
    canvas.setStrokeColor(s.RULE)
    canvas.setLineWidth(0.4)
    canvas.line(s.LEFT, foot + 9, s.PAGE_WIDTH - s.RIGHT, foot + 9)
    canvas.setFillColor(s.INK)
    canvas.setFont("Mono-Medium", 6.8)
    canvas.drawString(s.LEFT, foot, front.stamp(book, page))
    canvas.setFont("Sans", 6.4)
    canvas.setFillColor(s.GREY)
    middle = f"Edition {d.edition}, {d.status.lower()}. Audit head {d.head.hash[:12]}"
    canvas.drawCentredString(s.LEFT + s.TEXT_WIDTH / 2, foot, middle)
    canvas.setFillColor(s.INK)
    canvas.setFont("Sans-SemiBold", 7)
    canvas.drawRightString(s.PAGE_WIDTH - s.RIGHT, foot, f"{page} of {book.last.total or page}")
    canvas.restoreState()


def _header(canvas: Any, book: Book, page: int) -> None:
    d = book.dossier
    y = s.PAGE_HEIGHT - 13.5 * mm
    right = s.PAGE_WIDTH - s.RIGHT
    wide = text_width(d.status, "Sans-SemiBold", 6.4) + 9
    canvas.setStrokeColor(s.INK)
    canvas.setFillColor(white)
    canvas.setLineWidth(0.7)
    canvas.rect(right - wide, y - 3.2, wide, 10.5, stroke=1, fill=1)
    canvas.setFillColor(s.INK)
    canvas.setFont("Sans-SemiBold", 6.4)
    canvas.drawCentredString(right - wide / 2, y, d.status)
    section = _running(book, page)
    room = right - wide - 8 - s.LEFT
    canvas.setFillColor(s.GREY)
    canvas.setFont("Sans", 6.6)
    canvas.drawRightString(right - wide - 8, y, section)
    room -= text_width(section, "Sans", 6.6) + 12
    x = _draw_runs(canvas, sight(clean(d.case_title)), "Sans-SemiBold", s.LEFT, y, room * 0.6)
    number = f"Case {sight(clean(d.case_number))}, dossier {d.edition}" if d.case_number else f"dossier {d.edition}"
    canvas.setFillColor(s.GREY)
    _draw_runs(canvas, number, "Sans", x + 7, y, room * 0.4)
    canvas.setStrokeColor(s.RULE)
    canvas.setLineWidth(0.4)
    canvas.line(s.LEFT, y - 8, right, y - 8)


def _draw_runs(canvas: Any, text: str, face: str, x: float, y: float, room: float) -> float:
    """Draw one line in faces that carry it, cut with an ellipsis where it is too long; returns its end."""
    for piece, found in runs(fitted(text, face, 6.8, room), face):
        canvas.setFont(found, 6.8)
        canvas.drawString(x, y, piece)
        x += text_width(piece, found, 6.8)
    return x


def _running(book: Book, page: int) -> str:
    found = [p for p in book.last.running if p <= page]
    return book.last.running[max(found)] if found else "Contents"
