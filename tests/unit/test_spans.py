"""Observations moved, split and merged: what goes where, what is refused, and that one undo takes it all back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Observation, Region
from evidence_desk.domain.regions import key_frames_of, placed
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case

Ref = Callable[[int], FrameRef]


def observe(case: Case, ref: Ref, first: int, last: int, **more: object) -> Observation:
    number = case.bus.run(c.add_observation("EX-001", "arms-raised", ref(first), ref(last), **more)).numbers[0]  # type: ignore[arg-type]
    record = case.queries.get(number)
    assert isinstance(record, Observation)
    return record


def again(case: Case, number: str) -> Observation:
    record = case.queries.get(number)
    assert isinstance(record, Observation)
    return record


def add_region(case: Case, record: Observation, frame: int, life: str = "frame") -> Region:
    draft = c.RegionDraft(frame, f"{frame:064x}", (0, 0, 160, 160), life=life)
    region = case.queries.get(case.bus.run(c.add_region(record.number, draft)).numbers[0])
    assert isinstance(region, Region)
    return region


def regions(case: Case, number: str) -> list[tuple[int, tuple[int, ...]]]:
    return [(r.frame, tuple(k.frame for k in key_frames_of(r))) for r in case.queries.regions(number)]


def test_a_span_is_moved_and_taken_back(with_frames: Case, frame_ref: Ref) -> None:
    record = observe(with_frames, frame_ref, 10, 20)
    with_frames.bus.run(c.move_span(record, frame_ref(12), frame_ref(30)))
    moved = again(with_frames, record.number)
    assert (moved.first_frame, moved.last_frame, moved.first_pts) == (12, 30, 24)
    assert moved.last_hash == f"{30:064x}"
    with_frames.bus.undo()
    assert again(with_frames, record.number).last_frame == 20
    with pytest.raises(EvidenceDeskError, match="meanwhile"):
        with_frames.bus.run(c.move_span(record, frame_ref(1), frame_ref(2)))


def test_a_region_outside_holds_an_edge(with_frames: Case, frame_ref: Ref) -> None:
    record = observe(with_frames, frame_ref, 10, 20)
    add_region(with_frames, record, 18)
    with pytest.raises(EvidenceDeskError, match="RG-001 is drawn on frame 18"):
        with_frames.bus.run(c.move_span(again(with_frames, record.number), frame_ref(10), frame_ref(15)))


def test_both_parts_of_a_split_say_the_same_and_have_their_regions(with_frames: Case, frame_ref: Ref) -> None:
    record = observe(with_frames, frame_ref, 10, 40, statement="Both arms up.", count=(1, 2, 3))
    add_region(with_frames, record, 12)
    add_region(with_frames, record, 35)
    add_region(with_frames, record, 15, "span")
    moving = add_region(with_frames, record, 20)
    with_frames.bus.run(c.set_key_frame(moving, 30, f"{30:064x}", (160, 0, 160, 160), lambda _: None))
    before = {
        n: placed(r, n, None, None) for r in with_frames.queries.regions(record.number)[3:] for n in range(20, 31)
    }
    with_frames.bus.run(c.split_observation(again(with_frames, record.number), frame_ref(24), frame_ref(25)))
    first, second = with_frames.queries.observations()
    assert [(o.first_frame, o.last_frame) for o in (first, second)] == [(10, 24), (25, 40)]
    assert (second.statement, second.count_best, second.last_hash) == ("Both arms up.", 2, f"{40:064x}")
    assert regions(with_frames, first.number) == [(12, (12,)), (15, (15,)), (20, (20, 24))]
    assert sorted(regions(with_frames, second.number)) == [(25, (25,)), (25, (25, 30)), (35, (35,))]
    parts = [r for o in (first, second) for r in with_frames.queries.regions(o.number) if r.life == "keyed"]
    for n, place in before.items():
        after = next(found for found in (placed(r, n, None, None) for r in parts) if found is not None)
        assert place is not None
        assert all(abs(x - y) <= 1 for x, y in zip(after.points, place.points, strict=True)), n
    with_frames.bus.undo()
    assert [(o.first_frame, o.last_frame) for o in with_frames.queries.observations()] == [(10, 40)]
    assert regions(with_frames, record.number) == [(12, (12,)), (35, (35,)), (15, (15,)), (20, (20, 30))]


def test_a_split_keeps_what_is_said_of_where_a_region_is_not_in_the_picture(with_frames: Case, frame_ref: Ref) -> None:
    record = observe(with_frames, frame_ref, 10, 40)
    moving = add_region(with_frames, record, 20)
    for n, outside in ((30, False), (24, True)):
        now = with_frames.queries.regions(record.number)[0]
        key = c.set_key_frame(now, n, f"{n:064x}", moving.points, lambda n: 3 * n, outside=outside)
        with_frames.bus.run(key)
    with_frames.bus.run(c.split_observation(again(with_frames, record.number), frame_ref(26), frame_ref(27)))
    parts = [with_frames.queries.regions(o.number)[0] for o in with_frames.queries.observations()]
    told = [[(k.frame, k.outside) for k in key_frames_of(part)] for part in parts]
    assert told == [[(20, False), (24, True)], [(30, False)]]


@pytest.mark.parametrize("n", [10, 41])
def test_a_split_needs_a_frame_inside(with_frames: Case, frame_ref: Ref, n: int) -> None:
    record = observe(with_frames, frame_ref, 10, 40)
    with pytest.raises(EvidenceDeskError, match=f"cannot be split at frame {n}"):
        with_frames.bus.run(c.split_observation(record, frame_ref(n - 1), frame_ref(n)))


def test_two_that_meet_become_one_with_all_that_hung_on_both(with_frames: Case, frame_ref: Ref) -> None:
    quoted = c.add_claim("SR-001", with_frames.queries.sources()[0].text[:4])
    claim = with_frames.bus.run(quoted).numbers[0]
    a = observe(with_frames, frame_ref, 10, 20, statement="Left arm up.")
    b = observe(with_frames, frame_ref, 21, 30, statement="Both arms up.")
    add_region(with_frames, b, 25)
    with_frames.bus.run(c.add_link(b.number, claim, "supports", "it is the same yard"))
    with_frames.bus.run(c.merge_observations(again(with_frames, a.number), again(with_frames, b.number)))
    (one,) = with_frames.queries.observations()
    assert (one.number, one.first_frame, one.last_frame) == (a.number, 10, 30)
    assert one.statement == "Left arm up.\nBoth arms up."
    assert regions(with_frames, a.number) == [(25, (25,))]
    assert [li.target for li in with_frames.queries.links(origin=a.number)] == [claim]
    with_frames.bus.undo()
    assert [o.last_frame for o in with_frames.queries.observations()] == [20, 30]
    assert regions(with_frames, b.number) == [(25, (25,))]
    assert regions(with_frames, a.number) == []


def test_what_differs_or_does_not_meet_is_not_merged(with_frames: Case, frame_ref: Ref) -> None:
    a = observe(with_frames, frame_ref, 10, 20)
    for other, why in (
        (observe(with_frames, frame_ref, 22, 30), "Frames lie between"),
        (observe(with_frames, frame_ref, 21, 30, legibility="clear"), "legibility"),
        (observe(with_frames, frame_ref, 21, 30, count=(1, 1, 1)), "count"),
    ):
        with pytest.raises(EvidenceDeskError, match=why):
            with_frames.bus.run(c.merge_observations(a, other))
