"""Dossiers built from values alone, with drawn pictures: what the pages are tried on without a case or a decoder."""

from __future__ import annotations

import io
from fractions import Fraction

from PIL import Image, ImageDraw

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.counts import stated_count
from evidence_desk.domain.dossier import (
    Board,
    BoardRow,
    ClaimEntry,
    Custody,
    Dated,
    Dossier,
    EventLine,
    Head,
    Mark,
    Plate,
    Seen,
    Sheet,
    Stated,
    Technique,
    TrackEnd,
    Wave,
    chosen,
)
from evidence_desk.domain.records import (
    Acquisition,
    CaseSheet,
    Claim,
    Exhibit,
    Observation,
    Proposition,
    Question,
    Source,
)
from evidence_desk.domain.time import clock

AT = "2031-05-19T09:00:31.000000Z"
BASE = Fraction(1, 25)
TERM = Term("arms-raised", "posture", "Arms raised", "Both arms are above the head.", span=True, counted=True)


def drawn(n: int, size: tuple[int, int] = (320, 180), mode: str = "RGB") -> bytes:
    """Return a picture of its own for each number, as PNG."""
    picture = Image.new("RGB", size, (40 + n % 150, 90, 120))
    pen = ImageDraw.Draw(picture)
    for k in range(12):
        pen.ellipse(
            (k * 25, 20 + (n * 7 + k * 13) % 80, k * 25 + 18, 130 + (n + k) % 40), fill=(200, 180 - k * 9, n % 255)
        )
    out = io.BytesIO()
    picture.convert(mode).save(out, "PNG")
    return out.getvalue()


def plate(n: int, marks: tuple[Mark, ...] = (), *, png: bytes | None = None, note: str = "") -> Plate:
    """Return frame n of EX-001 as a plate."""
    return Plate(
        exhibit="EX-001",
        n=n,
        total=1000,
        time=clock(n * BASE),
        pts=n,
        time_base="1/25",
        frame_hash=f"{n:064x}",
        decoder="made up",
        png=png if png is not None else drawn(n),
        width=320,
        height=180,
        marks=marks,
        scale="whole frame, scaled 0.50",
        note=note,
    )


def seen(number: int, statement: str = "Nine figures hold both arms up.", boxes: int = 1, **more: object) -> Seen:
    """Return observation `number` on a frame of its own, with so many boxes."""
    n = number * 4
    marks = tuple(
        Mark(Fraction(k, boxes + 1), Fraction(1, 3), Fraction(1, 12), Fraction(1, 3), "") for k in range(boxes)
    )
    values: dict[str, object] = {
        "first_frame": n,
        "first_hash": f"{n:064x}",
        "last_frame": n + 3,
        "last_hash": f"{n + 3:064x}",
        "count_min": 8,
        "count_best": 9,
        "count_max": 9,
        "legibility": "clear",
        **more,
    }
    observation = Observation(
        uid=f"o{number}",
        number=f"OB-{number:03d}",
        exhibit="EX-001",
        term=TERM.id,
        statement=statement,
        created_at=AT,
        created_by="Reviewer A",
        **values,  # type: ignore[arg-type]
    )
    plates = (plate(n, marks),) if observation.first_frame is not None else ()
    return Seen(observation, TERM, clock(n * BASE), clock((n + 3) * BASE), n * BASE, (n + 4) * BASE, (), plates)


def sheet_of(entries: tuple[Seen, ...], title: str = "Clip") -> Sheet:
    """Return the sheet of EX-001, whose sound goes on for a second after its picture."""
    exhibit = Exhibit(
        uid="e1",
        number="EX-001",
        title=title,
        kind="video",
        sha256="ab" * 32,
        sha512="cd" * 64,
        size=1_234_567,
        received_name="clip.mp4",
        vault_path="exhibits/ab/clip.mp4",
        taken_in_at=AT,
        condition="ok",
        frames=1000,
        length="00:00:40.000",
        decoder="made up",
        created_at=AT,
        created_by="Reviewer A",
    )
    end, later = Fraction(40), Fraction(41)
    wave = Wave(Fraction(0), later, tuple((-k * 90, k * 90) for k in range(300)))
    tail = Wave(Fraction(37), later, tuple((-k * 50, k * 60) for k in range(400)))
    ends = TrackEnd(Fraction(37), tuple(Fraction(n, 25) for n in range(925, 1000)), end, later, tail)
    return Sheet(
        exhibit=exhibit,
        acquisition=Acquisition(uid="a1", number="AQ-001", exhibit="EX-001", source_url="https://channel.example/1"),
        held=(True, *(False,) * 7),
        missing=("page source",),
        facts=(("Container", "QuickTime / MOV"), ("Anomalies", "none found")),
        timing=(("Picture ends", "40.000 s"),),
        custody=(Custody("2031-05-11 08:04 UTC", "Reviewer A", "taken into the case", "copied", "abab…"),),
        length=end,
        sound_end=later,
        seen=entries,
        wave=wave,
        track_end=ends,
    )


def dossier(
    entries: tuple[Seen, ...] = (),
    *,
    title: str = "Exercise Kestrel",
    quote: str = "At least 10 people lay in the yard.",
    sections: tuple[str, ...] | None = None,
    marked: bool = True,
) -> Dossier:
    """Return a dossier with one exhibit, one source, one claim with one proposition, and the given observations."""
    claim = Claim(uid="c1", number="CL-001", source="SR-001", quote=quote, start=0, end=len(quote), claimant=title)
    part = Proposition(uid="p1", number="CL-001.1", claim="CL-001", text=quote, type="how-many")
    question = Question(uid="q1", number="QN-001", text=quote, would_answer=quote, bears_on="CL-001.1")
    rows = tuple(BoardRow("supports", x.observation.number, quote, quote, "Reviewer A") for x in entries[:3])
    count = stated_count("at least 10 people")
    return Dossier(
        sheet=CaseSheet(uid="s1", number="CS-001", title=title, case_number="T-1", mandate=quote, scope=quote),
        head=Head(12, "ef" * 32, AT),
        content_hash="12" * 32,
        sections=chosen(sections),
        marked_stills=marked,
        codebook="general 1.0",
        sources=(Source(uid="r1", number="SR-001", title=title, text=quote, dated="2031-05-09", reliability="D"),),
        claims=(
            ClaimEntry(
                claim,
                Source(uid="r1", number="SR-001", title=title),
                (Board("CL-001.1", quote, part, rows, (question,)),),
            ),
        ),
        exhibits=(sheet_of(entries, title),),
        seen=entries,
        stated=(Stated("CL-001.1", title, count),) if count else (),
        questions=(question,),
        limits=("EX-001: the container states no capture date.",),
        chronology=(Dated("2031-05-09", title, "SR-001", "stated by the source"),),
        techniques=(Technique("Frame hash", "the still is that frame", "what the frame means", "all stills"),),
        versions=(("Evidence Desk", "0"),),
        events=tuple(
            EventLine(n, AT, "Reviewer A", "observation.add", f"OB-{n:03d}", "0" * 64, "1" * 64) for n in (1, 2, 9)
        ),
        event_count=12,
        frames=tuple(p for x in entries for p in x.plates),
        authors=("Reviewer A",),
    )
