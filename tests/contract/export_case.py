"""A small case with two clips, several scripts and every kind of record: what the exports are tried on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from evidence_desk.domain.records import Exhibit
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.training.worked_case import frame_ref

ARABIC = "وقال إن عشرة أشخاص على الأقل كانوا هناك، ثم رفعوا أيديهم."
UKRAINIAN = "Жовта смуга на лівому плечі, їх щонайменше десять."
GREEK = "Τουλάχιστον δέκα άνθρωποι στην αυλή."
TEXT = f"Statement. At least 10 people were there.\n{ARABIC}\n{UKRAINIAN}\n{GREEK}\n<b>& not markup</b>"


def make_clip(folder: Path, name: str, size: str = "160x120", frames: int = 24) -> Path:
    """Return a short clip made by ffmpeg, each frame different."""
    path = folder / name
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc=size={size}:rate=12", "-frames:v", str(frames),
         "-pix_fmt", "yuv420p", str(path)],
        check=True,
    )  # fmt: skip
    return path


def has_ffmpeg() -> bool:
    """Tell whether clips can be made here."""
    return shutil.which("ffmpeg") is not None


def build(folder: Path, worker: MediaWorker) -> Case:
    """Return the open case."""
    case = Case.create(
        folder / "експорт تصدير",
        f"Case Δ: {UKRAINIAN[:12]} {ARABIC[:12]}",
        "Reviewer A",
        sheet={
            "case_number": "T-1",
            "mandate": "Say what is seen.",
            "people": ({"name": "Reviewer A", "role": "examiner"},),
        },
    )
    for name, size in (("перший кліп.mp4", "160x120"), ("ثانٍ.mkv", "120x160")):
        take_in(case, worker, make_clip(folder, name, size))
    note = folder / "note.txt"
    note.write_text("a page", encoding="utf-8")
    take_in(case, worker, note)
    for number, statements in (
        ("EX-001", (UKRAINIAN, ARABIC, "Six figures.")),
        ("EX-002", (GREEK, "漢字 <i>x</i>", "")),
    ):
        exhibit, table = table_of(case, worker, number)
        for i, statement in enumerate(statements):
            box = c.RegionDraft(3, table.hash_of(3), (160, 160, 640, 480), label="a box")
            case.bus.run(
                c.add_observation(
                    number,
                    ("armband", "arms-raised", "count-of-people")[i],
                    frame_ref(exhibit, table, 3),
                    frame_ref(exhibit, table, 9 + i),
                    statement=statement,
                    count=(5, 6, 7) if i == 2 else None,
                    regions=[box] if i == 0 else [],
                )
            )
    case.bus.run(c.add_source(title="Statement", publisher="Party A", dated="2031-03-14", text=TEXT, reliability="D"))
    for quote in ("At least 10 people", ARABIC, "<b>& not markup</b>"):
        claim = case.bus.run(c.add_claim("SR-001", quote)).numbers[0]
        case.bus.run(c.split_claim(claim, quote, "how-many"))
    case.bus.run(c.add_link("OB-001", "CL-001.1", "supports", f"because {ARABIC}"))
    case.bus.run(c.add_link("OB-003", "CL-001.1", "contradicts", "six are visible"))
    case.bus.run(c.add_link("EX-002", "CL-002", "context", "another view"))
    case.bus.run(c.add_question("On what day?", "An earlier upload", bears_on="CL-001.1"))
    case.bus.run(c.add_question("Withdrawn?", "Nothing"))
    case.bus.run(c.withdraw("QN-002", "asked twice"))
    return case


def take_in(case: Case, worker: MediaWorker, file: Path) -> str:
    """Take one file in and examine it; returns its number."""
    received = intake.receive(case.paths, file, case.known_hashes(), NullContext())
    number = case.bus.run(c.add_exhibit(received, acquisition={"source_url": "https://channel.example/1"})).numbers[0]
    case.bus.run(c.record_examination(number, intake.examine(worker, case.paths, received, NullContext())))
    return number


def table_of(case: Case, worker: MediaWorker, number: str):  # type: ignore[no-untyped-def]
    """Return an exhibit and its frame table."""
    exhibit: Exhibit = case.queries.exhibit(number)
    return exhibit, intake.table_of(worker, case.paths, exhibit, NullContext())
