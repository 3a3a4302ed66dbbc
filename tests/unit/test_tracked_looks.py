"""What was looked at of a tracked region outlives the window: from the log and the coverage, never from good faith."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import DRAWN, TRACKED, KeyFrame
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.commands import RegionDraft
from evidence_desk.services.coverage import CoverageLog
from evidence_desk.services.tracked_looks import looked_at_before

BOX = (160, 160, 320, 320)
HASH = "0" * 64


def _key(n: int, x: int, by: str = TRACKED) -> KeyFrame:
    return KeyFrame(n, HASH, (x, *BOX[1:]), by)


@pytest.fixture
def case(with_frames: Case, frame_ref: Callable[[int], FrameRef]) -> Case:
    with_frames.bus.run(c.add_observation("EX-001", "arms-raised", frame_ref(10), frame_ref(20)))
    with_frames.bus.run(c.add_region("OB-001", RegionDraft(10, HASH, BOX)))
    with_frames.coverage = CoverageLog(with_frames.store.coverage, lambda: with_frames.actor, with_frames.bus._clock)
    return with_frames


def _region(case: Case) -> Region:
    return case.queries.regions()[-1]


def _track(case: Case, *keys: KeyFrame) -> None:
    case.bus.run(c.keep_track(_region(case), _key(10, 160, DRAWN), 20, keys, lambda _: None))
    case.coverage.begin_anew("EX-001")


def _looked(case: Case) -> list[int]:
    return sorted(n for n, _ in looked_at_before(case, _region(case), "EX-001"))


def test_only_what_was_on_screen_since_it_was_tracked_counts(case: Case) -> None:
    for n in range(10, 21):
        case.coverage.saw("EX-001", n)
    _track(case, *(_key(n, 160 + n) for n in range(11, 19)))
    assert _looked(case) == [], "that was before there was anything to see"
    for n in (12, 13, 14):
        case.coverage.saw("EX-001", n)
    case.coverage.saw("EX-001", 15, speed="1")
    assert _looked(case) == [12, 13, 14]
    # Another person's looking is theirs.
    case.actor, first = "Reviewer B", case.actor
    case.coverage.saw("EX-001", 16)
    assert _looked(case) == [16]
    case.actor = first
    # A correction leaves the others as they were looked at; what is tracked anew is to be looked at anew.
    case.bus.run(c.place_region(_region(case), 15, HASH, BOX, lambda _: None))
    assert _looked(case) == [12, 13, 14]
    _track(case, _key(11, 171), _key(12, 300), _key(13, 173))
    assert _looked(case) == [13]
    case.bus.run(c.accept_tracked(_region(case), {13}))
    assert _looked(case) == []


def test_what_was_undone_and_done_again_is_looked_at_again(case: Case) -> None:
    _track(case, _key(11, 171))
    case.coverage.saw("EX-001", 11)
    assert _looked(case) == [11]
    case.bus.undo()
    assert _looked(case) == []
    case.bus.redo()
    assert _looked(case) == []
