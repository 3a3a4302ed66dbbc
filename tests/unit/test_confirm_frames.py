"""Frames counted after they were cited: found again by hash, in one step that no undo takes back, or marked as lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from evidence_desk.domain.controlled_values import NOT_FOUND, PROVISIONAL
from evidence_desk.domain.errors import Refused, StaleRevision
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.intake import Examination
from evidence_desk.store import replay
from tests.made_frames import COUNTER, found_in, frames_of, sha

TakeIn = Callable[[Case, str, bytes], str]


def ref(n: int, name: str, pts: int | None = None, provisional: bool = True) -> FrameRef:
    stamp = 100 * n if pts is None else pts
    return FrameRef("", 0, n, stamp, Fraction(1, 1000), sha(name), "made up", provisional)


@pytest.fixture
def long_clip(case: Case, take_in: TakeIn) -> Case:
    """A case whose EX-001 has ten provisional frames, p0 to p9."""
    number = take_in(case, "long.mp4", b"a long clip")
    names = [f"p{n}" for n in range(10)]
    case.bus.run(c.record_findings(number, found_in(frames_of(names, provisional=True))))
    return case


def confirm(case: Case, names: Sequence[str], pts: Sequence[int | None] | None = None) -> None:
    case.bus.run(c.record_findings("EX-001", found_in(frames_of(names, pts))))


def rows_are_as_the_log_left_them(case: Case) -> bool:
    from evidence_desk.domain.records import KINDS

    rows = replay.stored(r for kind in KINDS for r in case.store.records(kind))
    return replay.differences(replay.fold(case.store.events()), rows) == ()


def test_a_provisional_exhibit_says_so_and_is_no_step_that_undo_knows(long_clip: Case) -> None:
    exhibit = long_clip.queries.exhibit("EX-001")
    assert (exhibit.provisional, exhibit.frames, exhibit.condition, exhibit.examined_at) == (
        True, 10, "not examined", "",
    )  # fmt: skip
    assert long_clip.bus.history == ("Add exhibit EX-001",)


def test_numbers_that_moved_are_found_again_by_hash_in_one_step(long_clip: Case) -> None:
    box = c.RegionDraft(4, sha("p4"), (16, 16, 32, 32), provisional=True)
    long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3"), ref(5, "p5"), regions=[box]))
    history = long_clip.bus.history
    # Two packets before them were never shown.
    confirm(long_clip, ["p0", *(f"p{n}" for n in range(3, 10))], [0, *range(300, 1000, 100)])
    exhibit = long_clip.queries.exhibit("EX-001")
    assert (exhibit.provisional, exhibit.frames, exhibit.decoder, exhibit.condition) == (False, 8, COUNTER, "ok")
    assert exhibit.facts is not None
    assert exhibit.facts["confirmation"] == "10 frames were expected from the packets; 8 were decoded."
    (observation,) = long_clip.queries.observations()
    assert (observation.first_frame, observation.last_frame, observation.anchor) == (1, 3, "")
    assert (observation.first_pts, observation.last_pts, observation.decoder) == (300, 500, COUNTER)
    assert [(r.frame, r.anchor) for r in long_clip.queries.regions()] == [(2, "")]
    assert long_clip.bus.history == history
    tail = long_clip.queries.events()[-3:]
    assert [e.action for e in tail] == ["exhibit.confirm-frames", "observation.re-anchor", "region.re-anchor"]
    assert len({e.at for e in tail}) == 1, "one step at one moment"
    assert tail[1].before is not None
    assert tail[1].after is not None
    assert (tail[1].before["first_frame"], tail[1].after["first_frame"]) == (3, 1)
    assert rows_are_as_the_log_left_them(long_clip)


def test_undo_takes_back_the_observation_but_never_the_count(long_clip: Case) -> None:
    long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3")))
    confirm(long_clip, [f"p{n}" for n in range(1, 10)])
    undone = long_clip.bus.undo()
    assert undone is not None
    assert long_clip.queries.observations() == ()
    assert long_clip.bus.redo() is not None
    (observation,) = long_clip.queries.observations()
    assert (observation.first_frame, observation.anchor) == (2, "")
    assert not long_clip.queries.exhibit("EX-001").provisional


def test_a_withdrawn_observation_is_found_again_too(long_clip: Case) -> None:
    long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3")))
    long_clip.bus.run(c.withdraw("OB-001", "Entered twice"))
    confirm(long_clip, [f"p{n}" for n in range(1, 10)])
    long_clip.bus.run(c.restore("OB-001"))
    assert long_clip.queries.observations()[0].first_frame == 2


def test_a_picture_that_is_not_among_the_counted_ones_keeps_its_number_and_is_marked(long_clip: Case) -> None:
    box = c.RegionDraft(9, sha("p9"), (16, 16, 32, 32), provisional=True)
    long_clip.bus.run(c.add_observation("EX-001", "note", ref(8, "p8"), ref(9, "p9"), regions=[box]))
    confirm(long_clip, [f"p{n}" for n in range(5)])
    (observation,) = long_clip.queries.observations()
    assert (observation.first_frame, observation.last_frame, observation.anchor) == (8, 9, NOT_FOUND)
    assert [(r.frame, r.anchor) for r in long_clip.queries.regions()] == [(9, NOT_FOUND)]
    # It can be worked on, and is anchored anew by a person who looks at the frame.
    long_clip.bus.run(c.edit("OB-001", {"certainty": "low"}))
    from evidence_desk.services.commands.observations import frame_values

    long_clip.bus.run(c.edit("OB-001", frame_values(ref(2, "p2", provisional=False), None)))
    (observation,) = long_clip.queries.observations()
    assert (observation.first_frame, observation.anchor) == (2, "")
    assert rows_are_as_the_log_left_them(long_clip)


def test_of_equal_pictures_the_one_with_the_stamp_is_meant_else_the_nearest() -> None:
    still = frames_of(["a", "same", "same", "same", "b"])
    same = sha("same")
    assert c.frame_again(still, same, 0, 300) == 3
    assert c.frame_again(still, same, 9, None) == 3
    assert c.frame_again(still, same, 0, 77) == 1
    assert c.frame_again(still, sha("c"), 1, 100) is None
    assert c.frame_again(still, "", 1, 100) is None
    without = frames_of(["a", "same", "same"], [0, None, 200])
    assert c.frame_again(without, same, 0, 200) == 2


def test_a_number_given_before_the_count_is_refused_after_it_and_the_reverse(long_clip: Case) -> None:
    with pytest.raises(Refused, match="not counted yet"):
        long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3", provisional=False)))
    confirm(long_clip, [f"p{n}" for n in range(10)])
    with pytest.raises(Refused, match="counted meanwhile"):
        long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3")))
    assert long_clip.queries.observations() == ()


def test_an_undo_never_brings_a_number_of_before_the_count_back(long_clip: Case) -> None:
    from evidence_desk.services.commands.observations import frame_values

    long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3")))
    long_clip.bus.run(c.edit("OB-001", frame_values(ref(0, "p0"), None)))
    # The count leaves frame 0 where it is, but what was frame 3 is frame 2.
    confirm(long_clip, ["p0", "p2", *(f"p{n}" for n in range(3, 10))], [0, *range(200, 1000, 100)])
    with pytest.raises(Refused, match="changed meanwhile") as refusal:
        long_clip.bus.undo()
    assert isinstance(refusal.value.__cause__, StaleRevision)
    assert long_clip.queries.observations()[0].first_frame == 0


def test_frames_that_could_not_be_decoded_stay_provisional_with_all_that_cites_them(long_clip: Case) -> None:
    long_clip.bus.run(c.add_observation("EX-001", "note", ref(3, "p3")))
    gave_up = Examination("unreadable", "The process that opens media stopped.", "video")
    long_clip.bus.run(c.record_findings("EX-001", gave_up))
    exhibit = long_clip.queries.exhibit("EX-001")
    assert (exhibit.provisional, exhibit.frames, exhibit.condition) == (True, 10, "unreadable")
    assert long_clip.queries.observations()[0].anchor == PROVISIONAL
    confirm(long_clip, [f"p{n}" for n in range(10)])
    assert long_clip.queries.observations()[0].anchor == ""


def test_the_count_of_a_long_file_with_many_citations_is_one_transaction_or_none(long_clip: Case) -> None:
    for n in range(10):
        long_clip.bus.run(c.add_observation("EX-001", "note", ref(n, f"p{n}")))
    before = long_clip.queries.head()

    class Failing(FrameTable):
        def hash_of(self, n: int) -> str:
            if n == 7:
                raise OSError("the disk went away")
            return super().hash_of(n)

    good = frames_of([f"p{n}" for n in range(10)])
    broken = Failing(good.facts, good.frames, good.packets, good.hashes)
    with pytest.raises(OSError, match="went away"):
        long_clip.bus.run(c.record_findings("EX-001", found_in(broken)))
    assert long_clip.queries.head() == before
    assert long_clip.queries.exhibit("EX-001").provisional
    assert {o.anchor for o in long_clip.queries.observations()} == {PROVISIONAL}
