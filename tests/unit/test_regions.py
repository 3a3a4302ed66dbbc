"""Regions: where each stands on a frame, what tracking and accepting do to key frames, and the rules of every shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain import regions as r
from evidence_desk.domain.controlled_values import SHAPES
from evidence_desk.domain.errors import Refused
from evidence_desk.domain.records import Region
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.commands import RegionDraft

BOX = (160, 160, 320, 320)
HASH = "0" * 64


def _region(life: str = "frame", keys: tuple[r.KeyFrame, ...] = (), points: tuple[int, ...] = BOX) -> Region:
    stored = tuple(k.values() for k in keys)
    return Region(
        uid="1", number="RG-001", observation="OB-001", shape="box", frame=10, frame_hash=HASH, points=points,
        life=life, key_frames=stored,
    )  # fmt: skip


def _key(n: int, x: int, by: str = r.DRAWN) -> r.KeyFrame:
    return r.KeyFrame(n, HASH, (x, 160, 320, 320), by)


def test_a_region_stands_where_its_life_says() -> None:
    assert r.placed(_region(), 10, (5, 20)) == r.Placed(BOX, r.KEY)
    assert r.placed(_region(), 11, (5, 20)) is None
    held = _region("span")
    assert [r.placed(held, n, (5, 20)) is not None for n in (4, 5, 20, 21)] == [False, True, True, False]
    assert r.placed(held, 5, (5, 20)) == r.Placed(BOX, r.HELD)
    moving = _region("keyed", (_key(10, 160), _key(14, 163, r.TRACKED), _key(16, 163)))
    assert r.placed(moving, 9, (5, 20)) is None
    assert r.placed(moving, 17, (5, 20)) is None
    # 160 + 3·n/4, halves upwards: 160.75, 161.5, 162.25.
    assert [p.points[0] for n in (10, 11, 12, 13, 14) if (p := r.placed(moving, n, None))] == [160, 161, 162, 162, 163]
    assert r.placed(moving, 12, None) == r.Placed((162, 160, 320, 320), r.BETWEEN, r.TRACKED)
    assert r.placed(moving, 14, None) == r.Placed((163, 160, 320, 320), r.KEY, r.TRACKED)


@given(st.lists(st.integers(-999, 9999), min_size=2, max_size=2), st.integers(1, 300), st.integers(0, 300))
def test_between_stays_between_and_meets_both_ends(ends: list[int], whole: int, part: int) -> None:
    a, b = ends
    part = min(part, whole)
    (value,) = r.between((a,), (b,), part, whole)
    assert min(a, b) <= value <= max(a, b)
    assert abs(value * whole - (a * (whole - part) + b * part)) * 2 <= whole
    assert r.between((a,), (b,), 0, whole) == (a,)
    assert r.between((a,), (b,), whole, whole) == (b,)


def test_a_shape_is_carried_as_its_rectangle_goes() -> None:
    triangle = (0, 0, 160, 0, 80, 80)
    around = r.bounds("polygon", triangle)
    assert around == (0, 0, 160, 80)
    assert r.carried("polygon", triangle, around, (16, 32, 320, 160)) == (16, 32, 336, 32, 176, 192)
    assert r.carried("box", BOX, BOX, (0, 0, 640, 160)) == (0, 0, 640, 160)
    assert r.target_around("point", (50, 60), (64, 64)) == (0, 0, 384, 384)
    # A point has no extent: it is moved alone.
    assert r.carried("point", (50, 60), (50, 60, 0, 0), (70, 61, 0, 0)) == (70, 61)


def test_what_leaves_the_picture_is_held_inside() -> None:
    assert r.held_inside("box", (-16, 900, 320, 320), (64, 64)) == (0, 704, 320, 320)
    assert r.held_inside("arrow", (-16, 0, 16, 16), (64, 64)) == (0, 0, 32, 16)
    assert r.held_inside("polyline", (0, 0, 5000, 0), (64, 64)) == (0, 0, 1024, 0)


def test_tracking_stops_at_what_a_person_fixed_and_replaces_what_it_found_before() -> None:
    keys = (_key(10, 160), _key(11, 170, r.TRACKED), _key(12, 180, r.TRACKED), _key(20, 200), _key(21, 1, r.TRACKED))
    assert r.tracking_end(keys, 10, 40) == 19
    assert r.tracking_end(keys, 20, 40) == 40
    assert r.tracking_end(keys, 20, 0) == 11
    assert r.tracking_end(keys, 40, 40) == 40
    after = r.with_track(keys, 10, 19, [_key(11, 175, r.TRACKED)])
    assert [(k.frame, k.points[0], k.by) for k in after] == [
        (10, 160, r.DRAWN), (11, 175, r.TRACKED), (20, 200, r.DRAWN), (21, 1, r.TRACKED),
    ]  # fmt: skip
    assert [k.by for k in r.accepted(after, {10, 11})] == [r.DRAWN, r.CONFIRMED, r.DRAWN, r.TRACKED]
    assert r.counted_words(_region("keyed", after)) == ("frames 10 to 21: 2 drawn, 2 tracked and not looked at")


# ------------------------------------------------------------------------------------------------------------ records


@pytest.fixture
def worked(with_frames: Case, frame_ref: Callable[[int], FrameRef]) -> Case:
    with_frames.bus.run(c.add_observation("EX-001", "arms-raised", frame_ref(10), frame_ref(20)))
    return with_frames


def _draw(case: Case, shape: str, points: tuple[int, ...], **more: Any) -> Region:
    label = "1 here" if shape in r.WORDED else ""
    case.bus.run(c.add_region("OB-001", RegionDraft(10, HASH, points, shape, label, **more)))
    return case.queries.regions()[-1]


GOOD = {
    "box": BOX,
    "ellipse": BOX,
    "polygon": (0, 0, 160, 0, 80, 80),
    "polyline": (0, 0, 160, 0),
    "arrow": (0, 0, 160, 160),
    "point": (8, 8),
    "callout": (8, 8, 320, 320),
    "text": (8, 8),
}


def test_every_shape_is_kept_and_keeps_to_its_points(worked: Case) -> None:
    assert set(GOOD) == set(SHAPES)
    for shape, points in GOOD.items():
        assert _draw(worked, shape, points).points == points
        with pytest.raises(Refused, match=r"Nothing was written"):
            _draw(worked, shape, points[:-1])
        with pytest.raises(Refused, match=f"The {shape} leaves the picture"):
            _draw(worked, shape, (points[0] - 9999, *points[1:]))
    with pytest.raises(Refused, match="A callout needs its words"):
        worked.bus.run(c.add_region("OB-001", RegionDraft(10, HASH, GOOD["callout"], "callout")))


def test_key_frames_are_set_moved_removed_and_undone(worked: Case) -> None:
    def now() -> Region:
        return worked.queries.regions()[-1]

    _draw(worked, "box", BOX)
    worked.bus.run(c.set_key_frame(now(), 20, HASH, (320, 160, 320, 320)))
    assert now().life == "keyed"
    assert r.placed(now(), 15, None) == r.Placed((240, 160, 320, 320), r.BETWEEN)
    worked.bus.run(c.place_region(now(), 15, HASH, (200, 160, 320, 320)))
    assert [k.frame for k in r.key_frames_of(now())] == [10, 15, 20]
    worked.bus.run(c.place_region(now(), 10, HASH, (0, 0, 320, 320)))
    assert now().points == (0, 0, 320, 320)
    with pytest.raises(Refused, match="that key frame stays"):
        c.remove_key_frame(now(), 10)
    worked.bus.run(c.remove_key_frame(now(), 15))
    worked.bus.undo()
    assert [k.frame for k in r.key_frames_of(now())] == [10, 15, 20]
    worked.bus.run(c.set_life(now(), "span"))
    assert now().key_frames == ()
    with pytest.raises(Refused, match="is not among the frames"):
        worked.bus.run(c.set_key_frame(now(), 21, HASH, BOX))


def test_tracked_frames_stay_marked_until_accepted_and_hold_the_span(worked: Case) -> None:
    _draw(worked, "box", BOX)
    first = worked.queries.regions()[-1]
    worked.bus.run(c.keep_track(first, _key(10, 160), 20, [_key(n, 160 + n, r.TRACKED) for n in range(11, 19)]))
    tracked = worked.queries.regions()[-1]
    assert [k.by for k in r.key_frames_of(tracked)] == [r.DRAWN] + [r.TRACKED] * 8
    worked.bus.run(c.accept_tracked(tracked, {11, 12}))
    assert [k.by for k in r.key_frames_of(worked.queries.regions()[-1])][:4] == [
        r.DRAWN, r.CONFIRMED, r.CONFIRMED, r.TRACKED,
    ]  # fmt: skip
    with pytest.raises(Refused, match="no tracked key frame there"):
        c.accept_tracked(worked.queries.regions()[-1], {11})
    with pytest.raises(Refused, match="drawn on frames 10 to 18, which would lie outside"):
        worked.bus.run(c.edit("OB-001", {"last_frame": 17}))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ((_key(12, 160),), "The frame it was drawn on, 10, is one"),
        ((_key(12, 160), _key(10, 160)), "stand in order"),
        ((_key(10, 160), replace(_key(12, 160), hash="")), "which is missing"),
        ((_key(10, 160), replace(_key(12, 160), points=(1, 2))), "keeps the number of its points"),
        ((_key(10, 160), _key(12, 99999)), "leaves the picture"),
    ],
)
def test_wrong_key_frames_are_refused(worked: Case, keys: tuple[r.KeyFrame, ...], words: str) -> None:
    number = _draw(worked, "box", BOX).number
    with pytest.raises(Refused, match=words):
        worked.bus.run(c.edit(number, {"life": "keyed", "key_frames": tuple(k.values() for k in keys)}))
