"""A case with records of every kind the rooms show, written through the real commands; no media are decoded."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.intake import Examination, Received

STATEMENT = (
    "Ministry of Party A, Friday.\n\nAt least 10 prisoners were executed. In another place more than 10 restrained "
    "people were seen.\n\nThe videos are new."
)
ARABIC = "قال المتحدث إن نحو اثني عشر شخصا كانوا في الفناء. لم يذكر تاريخ التصوير."
FACTS: dict[str, Any] = {
    "streams": [
        {"index": 0, "kind": "video", "codec": "h264"},
        {"index": 1, "kind": "audio", "codec": "aac", "sample_rate": 44100},
    ],
    "dates": {},
    "encoder_traces": ["Lavf60.16.100"],
    "edit_lists": [],
    "anomalies": [],
    "timing": {
        "slowest_rate": "249/10",
        "fastest_rate": "30/1",
        "audio_end": "120668/1000",
        "picture_end": "120255/1000",
        "stamps_increase": True,
    },
    "decode_notes": [],
}


def add_exhibit(case: Case, name: str, title: str, kind: str = "video", **fields: Any) -> str:
    """Register a file of a few bytes as an exhibit and return its number."""
    data = name.encode()
    sha = hashlib.sha256(data).hexdigest()
    place = f"exhibits/{sha[:2]}/{sha}{Path(name).suffix}"
    file = case.paths.stored(place)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    received = Received(name, len(data), sha, hashlib.sha512(data).hexdigest(), place, kind)
    number = case.bus.run(c.add_exhibit(received, title, fields.pop("acquisition", None))).numbers[0]
    if kind == "video":
        values = {
            "stream": 0,
            "time_base": "1/15360",
            "decoder": "test",
            "frames": 3604,
            "declared_frames": 3604,
            "width": 1280,
            "height": 720,
            "variable_rate": True,
            **fields,
        }
        condition = values.pop("condition", "ok")
        note = values.pop("condition_note", "")
        case.bus.run(c.record_examination(number, Examination(condition, note, kind, values, FACTS)))
    else:
        case.bus.run(c.record_examination(number, Examination("no frames", "", kind)))
    return number


def frame(case: Case, exhibit: str, n: int) -> FrameRef:
    """Return the identity of a frame as a decoder would give it."""
    sha = case.queries.exhibit(exhibit).sha256
    return FrameRef(
        sha, 0, n, 512 * n, Fraction(1, 15360), hashlib.sha256(f"{exhibit}{n}".encode()).hexdigest(), "test"
    )


def observe(case: Case, exhibit: str, first: int, last: int, statement: str, **fields: Any) -> str:
    """Keep an observation with both frames bound and return its number."""
    term = fields.pop("term", case.queries.terms()[0].id)
    command = c.add_observation(
        exhibit=exhibit,
        term=term,
        first=frame(case, exhibit, first),
        last=frame(case, exhibit, last),
        statement=statement,
        **fields,
    )
    return case.bus.run(command).numbers[0]


def fill(case: Case) -> None:
    """Write two clips, a page, three sources, claims with propositions, observations, links and questions."""
    acquisition = {
        "source_url": "https://video.example/k/71402",
        "page_capture": "EX-003, 20 Nov 2026 09:12 UTC",
        "embedded_media": "1 file, saved as received",
        "embedded_metadata": "Container dump, 41 fields",
        "context": "Caption verbatim, 3 comments",
        "collected_by": "Collector B",
        "posted_at": "18 Nov 2026, 21:07 as displayed",
        "note": "Caption kept in the original language with a translation by Reviewer A.",
    }
    add_exhibit(case, "kestrel-ground.mp4", "Ground-level clip", acquisition=acquisition)
    add_exhibit(case, "kestrel-above.mp4", "Clip from above", acquisition={"source_url": "https://video.example/2"})
    add_exhibit(case, "statement-page.pdf", "Page capture of SR-001", "document")
    add_exhibit(
        case,
        "kestrel-ground-repost.mp4",
        "",
        condition="damaged",
        condition_note="12 of 173 frames did not decode cleanly, the first is 41",
        frames=173,
    )
    run = case.bus.run
    run(
        c.add_source(
            title="Statement of the ministry", kind="state body", publisher="Ministry of Party A", dated="20 Nov 2026",
            text=STATEMENT, reliability="C", reliability_basis="Named office, text only",
        )
    )  # fmt: skip
    run(c.add_source(title="Short report", publisher="Newsroom N", dated="21 Nov 2026", text=ARABIC, language="ar"))
    run(c.add_source(title="Post by Council B", author="Council B", text="They came out with hands raised \U0001f64c."))
    run(c.add_claim(source="SR-001", quote="At least 10 prisoners were executed"))
    run(c.add_claim(source="SR-001", quote="more than 10 restrained people were seen"))
    run(c.add_claim(source="SR-002", quote="نحو اثني عشر شخصا", translation="around a dozen people"))
    run(c.split_claim("CL-001", text="At least 10 people", type="how-many", testable="partly from the media"))
    run(c.split_claim("CL-001", text="They were executed", type="what-happened", testable="needs outside evidence"))
    run(c.split_claim("CL-002", text="More than 10 were restrained", type="how-many", testable="partly from the media"))
    run(c.split_claim("CL-003", text="Around a dozen people", type="how-many"))
    observe(case, "EX-001", 301, 301, "People visible near the wall", count=(6, 6, 7))
    observe(case, "EX-002", 212, 212, "People lying still, seen from above", count=(9, 11, 13))
    observe(case, "EX-002", 388, 400, "Figures on the ground", count=(8, 10, 12))
    observe(case, "EX-001", 640, 905, "Three figures raise both arms above the head")
    link = c.add_link
    run(link("OB-002", "CL-001.1", "supports", "the best count in the sharpest frame is 10 or above"))
    run(link("OB-001", "CL-001.1", "contradicts", "if both clips show one event, this one shows fewer than 10"))
    run(link("SR-002", "CL-001.1", "fits", "the newsroom counted the same clip"))
    run(link("OB-003", "CL-001.1", "unclear", "two shapes may be one; seen for 13 frames only"))
    run(link("EX-003", "CL-001.1", "context", "it carries the statement as it was shown"))
    run(link("OB-003", "CL-002.1", "contradicts", "no band is seen at the wrists that are in view"))
    run(
        c.add_question(
            text="When was it filmed?",
            would_answer="the earliest upload, shadows, weather",
            reason_code="upload time unknown",
            bears_on="CL-001.1, CL-001.2",
        )
    )
    run(
        c.add_question(
            text="Same yard, same people?", would_answer="three shared cues in both clips", bears_on="CL-001.1"
        )
    )
