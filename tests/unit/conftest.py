"""What the tests of domain, store and services share: a case with its own clock, files taken in, made-up frames."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case

SOURCE_TEXT = "Three men raised their hands. Later three men were led away. Троє чоловіків. ثلاثة رجال 🙂"


def ticking() -> Callable[[], str]:
    """Return a clock that moves a second each time it is read, from a fixed moment."""
    seconds = itertools.count()

    def now() -> str:
        passed = next(seconds)
        return f"2026-05-04T{10 + passed // 3600:02d}:{passed // 60 % 60:02d}:{passed % 60:02d}.000000Z"

    return now


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """An empty case that is open for writing."""
    made = Case.create(tmp_path / "yard", "Yard", "Reviewer A", clock=ticking())
    yield made
    made.close()


@pytest.fixture
def take_in(tmp_path: Path) -> Callable[[Case, str, bytes], str]:
    """Take bytes in as a file of that name and return the exhibit's number."""

    def taken(case: Case, name: str, content: bytes) -> str:
        file = tmp_path / name
        file.write_bytes(content)
        received = intake.receive(case.paths, file, case.known_hashes(), NullContext())
        return case.bus.run(c.add_exhibit(received)).numbers[0]

    return taken


@pytest.fixture
def with_frames(case: Case, take_in: Callable[[Case, str, bytes], str]) -> Case:
    """A case whose EX-001 has 100 counted frames of 64 x 48 pixels, with a source SR-001; no decoder was asked."""
    number = take_in(case, "clip.mp4", b"not decoded here")
    fields = {"frames": 100, "width": 64, "height": 48, "stream": 0, "time_base": "1/25", "decoder": "made up"}
    case.bus.run(c.record_examination(number, intake.Examination("ok", kind="video", fields=fields)))
    case.bus.run(c.add_source(title="Post", text=SOURCE_TEXT))
    return case


def frame(n: int) -> FrameRef:
    """Return the identity of a made-up frame."""
    return FrameRef("00" * 32, 0, n, n * 2, Fraction(1, 25), f"{n:064x}", "made up")


@pytest.fixture
def frame_ref() -> Callable[[int], FrameRef]:
    """Return frame identities by number."""
    return frame


@pytest.fixture
def idle_worker() -> Iterator[MediaWorker]:
    """A media worker that is not started before it is asked for something."""
    with MediaWorker() as worker:
        yield worker
