"""A case with two real, tiny clips, examined by the real worker: what the tests of Review step through."""

from __future__ import annotations

from pathlib import Path

from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from tests.contract.clips import Clip, make_clip

# 60 frames of 40 ms; one lasts 400 ms.
STAMPS = tuple(n * 40 + (360 if n > 30 else 0) for n in range(60))


def make_review_case(folder: Path) -> Path:
    """Make the case and return its folder."""
    clips = folder / "clips"
    clips.mkdir(parents=True)
    files = (
        make_clip(clips / "Ground level.mp4", Clip(frames=60, stamps=STAMPS, sound=True)),
        make_clip(clips / "turned.mp4", Clip(frames=20, rotate=90, shade=90)),
    )
    case = Case.create(folder / "Review.edcase", "Review", "Reviewer A")
    with MediaWorker() as worker:
        for file in files:
            received = intake.receive(case.paths, file, case.known_hashes(), NullContext())
            exhibit = case.bus.run(c.add_exhibit(received, file.stem, None)).numbers[0]
            examination = intake.examine(worker, case.paths, received, NullContext())
            case.bus.run(c.record_examination(exhibit, examination))
    source = case.bus.run(c.add_source(title="Statement", text="They came out with hands raised.")).numbers[0]
    claim = case.bus.run(c.add_claim(source, "came out with hands raised")).numbers[0]
    case.bus.run(c.split_claim(claim, "hands were raised", "what-happened"))
    case.close()
    return case.folder
