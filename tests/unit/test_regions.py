"""Regions: where each stands on a frame, what tracking and accepting do to key frames, and the rules of every shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def no_stamp(_: int) -> None:
    """Stand for an exhibit without time stamps."""


def _region(life: str = "frame", keys: tuple[r.KeyFrame, ...] = (), points: tuple[int, ...] = BOX) -> Region:
    stored = tuple(k.values() for k in keys)
    return Region(
        uid="1", number="RG-001", observation="OB-001", shape="box", frame=10, frame_hash=HASH, points=points,
        life=life, key_frames=stored,
    )  # fmt: skip


def _key(n: int, x: int, by: str = r.DRAWN) -> r.KeyFrame:
    return r.KeyFrame(n, HASH, (x, 160, 320, 320), by)


def test_a_region_stands_where_its_life_says() -> None:
    assert r.placed(_region(), 10, (5, 20), None) == r.Placed(BOX, r.KEY)
    assert r.placed(_region(), 11, (5, 20), None) is None
    held = _region("span")
    assert [r.placed(held, n, (5, 20), None) is not None for n in (4, 5, 20, 21)] == [False, True, True, False]
    assert r.placed(held, 5, (5, 20), None) == r.Placed(BOX, r.HELD)
    moving = _region("keyed", (_key(10, 160), _key(14, 163, r.TRACKED), _key(16, 163)))
    assert r.placed(moving, 9, (5, 20), None) is None
    assert r.placed(moving, 17, (5, 20), None) is None
    # 160 + 3·n/4, halves upwards: 160.75, 161.5, 162.25.
    assert [p.points[0] for n in (10, 11, 12, 13, 14) if (p := r.placed(moving, n, None, None))] == [
        160,
        161,
        162,
        162,
        163,
    ]
    assert r.placed(moving, 12, None, None) == r.Placed((162, 160, 320, 320), r.BETWEEN, r.TRACKED)
    assert r.placed(moving, 14, None, None) == r.Placed((163, 160, 320, 320), r.KEY, r.TRACKED)


def test_many_key_frames_are_read_once_for_all_that_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    many, before = tuple(_key(n, n * 16) for n in range(2000)), r._read

    def counted(stored: Any) -> r.KeyFrame:
        read.append(stored)
        return before(stored)

    monkeypatch.setattr(r, "_read", counted)
    region = _region("keyed", many)
    for n in range(20):
        assert r.placed(region, n, None, None) == r.Placed(many[n].points, r.KEY)
        assert r.absent(region, n) is None
    assert len(read) == 2000
    later = replace(region, revision=2, key_frames=tuple(k.values() for k in many[:1000]))
    assert len(r.key_frames_of(later)) == 1000, "a changed region is read anew"
    assert r.key_frames_of(region) == many
    others = [_region("keyed", tuple(_key(n, i) for n in range(70))) for i in range(100)]
    assert [r.key_frames_of(other)[0].points[0] for other in others] == list(range(100))
    assert len(r._known) <= 32, "what is held has an end"


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


def _tracked(*frames: int) -> list[r.KeyFrame]:
    return [_key(n, n, r.TRACKED) for n in frames]


def _frames(keys: Iterable[r.KeyFrame]) -> list[int]:
    return [k.frame for k in keys]


def test_a_run_that_lost_its_target_leaves_what_lies_behind_that_place() -> None:
    # Forwards from 40 the target is lost at 50, backwards from 60 at 58: a gap tracked from both sides, in any order.
    forwards, backwards = _tracked(*range(41, 50)), _tracked(59)
    first = r.with_track((_key(40, 1), _key(60, 1)), 40, 50, [*forwards, _out(50, 49, r.TRACKED)], lost=True)
    both = r.with_track(first, 60, 58, backwards, lost=True)
    assert _frames(both) == [*range(40, 51), 59, 60]
    assert r.gaps_of(both) == ((50, 58),)
    again = r.with_track(both, 40, 50, [*forwards, _out(50, 49, r.TRACKED)], lost=True)
    assert again == both
    # A run that led from one person's key frame to another's stays behind the place, on either side.
    whole = (_key(40, 1), *_tracked(*range(41, 60)), _key(60, 1))
    assert _frames(r.with_track(whole, 60, 58, _tracked(59), lost=True)) == [*range(40, 58), 59, 60]
    assert _frames(r.with_track(whole, 40, 50, forwards, lost=True)) == [*range(40, 50), *range(51, 61)]


def test_the_rest_of_an_older_run_goes_where_the_target_is_now_lost_on_its_way() -> None:
    older = (_key(40, 1), *_tracked(*range(41, 80)), _out(80, 1, r.TRACKED), _key(90, 1))
    assert _frames(r.with_track(older, 40, 50, _tracked(*range(41, 50)), lost=True)) == [*range(40, 50), 90]
    backwards = (*_tracked(*range(20, 40)), _key(40, 1))
    assert _frames(r.with_track(backwards, 40, 30, _tracked(*range(31, 40)), lost=True)) == [*range(31, 41)]


def _out(n: int, x: int, by: str = r.DRAWN) -> r.KeyFrame:
    return replace(_key(n, x, by), outside=True)


def test_between_two_key_frames_lies_a_gap_where_one_says_it_is_not_in_the_picture() -> None:
    keys = (_key(10, 160), _out(14, 200), _key(20, 800), _key(22, 820), _out(30, 900))
    leaves = _region("keyed", keys)
    stands = [n for n in range(8, 33) if r.placed(leaves, n, None, None)]
    assert stands == [10, 11, 12, 13, 20, 21, 22, *range(23, 30)]
    assert r.placed(leaves, 12, None, None) == r.Placed((180, 160, 320, 320), r.BETWEEN)
    assert [n for n in range(8, 33) if r.absent(leaves, n)] == [14, 15, 16, 17, 18, 19, 30, 31, 32]
    assert r.gaps_of(keys) == ((14, 19), (30, None))
    assert r.runs_of(keys) == ((10, 13), (20, 29))
    assert r.counted_words(leaves) == (
        "frames 10 to 30: 3 drawn; not in the picture from frame 14 to 19; not in the picture from frame 30"
    )
    lost = _region("keyed", (_key(10, 160), _out(14, 200, r.TRACKED)))
    assert "from frame 14 (lost by tracking, not looked at)" in r.counted_words(lost)
    (_, mark) = r.accepted(r.key_frames_of(lost), {14})
    assert (mark.by, mark.outside) == (r.CONFIRMED, True)
    # Tracking knows its target where a person saw it, never where it was gone.
    assert not r.person_key(keys, 30).outside


def test_what_moves_by_time_moves_evenly_in_time() -> None:
    # Frames 10 to 14 at 0, 10, 20, 90 and 100 ticks: by number the third would stand half way.
    stamps = {10: 0, 11: 10, 12: 20, 13: 90, 14: 100}
    timed = _region("keyed", (replace(_key(10, 0), pts=0), replace(_key(14, 1000), pts=100)))
    there = [r.placed(timed, n, None, stamps[n]) for n in range(10, 15)]
    assert [p.points[0] for p in there if p] == [0, 100, 200, 900, 1000]
    assert [p.by_time for p in there if p] == [False, True, True, True, False]
    # An old record has no stamps in its key frames and goes on by number; so does one whose exhibit has none.
    old = _region("keyed", (_key(10, 0), _key(14, 1000)))
    assert r.placed(old, 12, None, 20) == r.Placed((500, 160, 320, 320), r.BETWEEN)
    assert r.placed(timed, 12, None, None) == r.Placed((500, 160, 320, 320), r.BETWEEN)
    assert old.key_frames[0] == {"frame": 10, "hash": HASH, "points": [0, 160, 320, 320], "by": "drawn"}


@given(st.lists(st.integers(1, 10**12), min_size=3, max_size=12, unique=True), st.integers(-9000, 9000))
def test_by_time_is_exact_and_never_leaves_its_ends(rising: list[int], far: int) -> None:
    stamps = sorted(rising)
    keys = (replace(_key(0, 0), pts=stamps[0]), replace(_key(len(stamps) - 1, far), pts=stamps[-1]))
    moving = replace(_region("keyed", keys), frame=0)
    whole = stamps[-1] - stamps[0]
    for n, stamp in enumerate(stamps):
        here = r.placed(moving, n, None, stamp)
        assert here is not None
        assert abs(here.points[0] * whole - far * (stamp - stamps[0])) * 2 <= whole
        assert min(0, far) <= here.points[0] <= max(0, far)


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
    worked.bus.run(c.set_key_frame(now(), 20, HASH, (320, 160, 320, 320), no_stamp))
    assert now().life == "keyed"
    assert r.placed(now(), 15, None, None) == r.Placed((240, 160, 320, 320), r.BETWEEN)
    worked.bus.run(c.place_region(now(), 15, HASH, (200, 160, 320, 320), no_stamp))
    assert [k.frame for k in r.key_frames_of(now())] == [10, 15, 20]
    worked.bus.run(c.place_region(now(), 10, HASH, (0, 0, 320, 320), no_stamp))
    assert now().points == (0, 0, 320, 320)
    with pytest.raises(Refused, match="that key frame stays"):
        c.remove_key_frame(now(), 10)
    worked.bus.run(c.remove_key_frame(now(), 15))
    worked.bus.undo()
    assert [k.frame for k in r.key_frames_of(now())] == [10, 15, 20]
    worked.bus.run(c.set_life(now(), "span", no_stamp))
    assert now().key_frames == ()
    with pytest.raises(Refused, match="is not among the frames"):
        worked.bus.run(c.set_key_frame(now(), 21, HASH, BOX, no_stamp))


def test_a_region_that_begins_to_move_does_so_by_time_and_an_old_one_goes_on_by_number(worked: Case) -> None:
    def now() -> Region:
        return worked.queries.regions()[-1]

    _draw(worked, "box", BOX)
    worked.bus.run(c.set_key_frame(now(), 20, HASH, (320, 160, 320, 320), lambda n: n * n))
    assert [k.pts for k in r.key_frames_of(now())] == [100, 400]
    worked.bus.run(c.set_key_frame(now(), 15, HASH, BOX, lambda n: n * n, outside=True))
    assert [(k.frame, k.pts, k.outside) for k in r.key_frames_of(now())] == [
        (10, 100, False), (15, 225, True), (20, 400, False),
    ]  # fmt: skip
    worked.bus.undo()
    assert [k.frame for k in r.key_frames_of(now())] == [10, 20]
    with pytest.raises(Refused, match="is in the picture there and on its first"):
        c.set_key_frame(now(), 10, HASH, BOX, no_stamp, outside=True)
    _draw(worked, "box", BOX)
    worked.bus.run(c.set_key_frame(now(), 20, HASH, BOX, no_stamp))
    worked.bus.run(c.set_key_frame(now(), 15, HASH, BOX, lambda n: n * n))
    assert [k.pts for k in r.key_frames_of(now())] == [None, None, None]


def test_a_step_names_its_record_once(worked: Case) -> None:
    region = _draw(worked, "box", BOX)
    worked.bus.run(c.place_region(region, 10, HASH, (0, 0, 320, 320), no_stamp))
    assert worked.bus.undo_label == "Move RG-001"


def test_tracked_frames_stay_marked_until_accepted_and_hold_the_span(worked: Case) -> None:
    _draw(worked, "box", BOX)
    first = worked.queries.regions()[-1]
    worked.bus.run(
        c.keep_track(first, _key(10, 160), 20, [_key(n, 160 + n, r.TRACKED) for n in range(11, 19)], no_stamp)
    )
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
        ((replace(_key(10, 160), outside=True), _key(12, 160)), "in the picture where it was drawn"),
        ((replace(_key(10, 160), pts=9), replace(_key(12, 160), pts=9)), "rise with their frames"),
    ],
)
def test_wrong_key_frames_are_refused(worked: Case, keys: tuple[r.KeyFrame, ...], words: str) -> None:
    number = _draw(worked, "box", BOX).number
    with pytest.raises(Refused, match=words):
        worked.bus.run(c.edit(number, {"life": "keyed", "key_frames": tuple(k.values() for k in keys)}))
