"""Lanes of every kind: how they are laid out, drawn, found under the hand, hidden, singled out, narrowed."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.coverage import PLAYED, STEPPED, CoverageSpan
from evidence_desk.domain.records import Observation
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.theme import apply_theme, current_theme
from evidence_desk.ui.widgets.lane_making import build_lanes
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.timeline_bars import bar_rect, words_of
from evidence_desk.ui.widgets.timeline_drag import Drag, snap_frame
from evidence_desk.ui.widgets.timeline_index import SpanIndex
from evidence_desk.ui.widgets.timeline_lanes import (
    ACCEPTED,
    COVERAGE,
    CUTS,
    OBSERVER,
    SUGGESTIONS,
    Bar,
    Mark,
    lane_of,
)
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_scale import TimeScale
from evidence_desk.ui.widgets.timeline_shelf import LaneView

TERMS = {
    "arms-raised": Term("arms-raised", "posture", "Arms raised", ""),
    "cut": Term("cut", "continuity", "Cut", ""),
}


def seen(number: str, term: str, first: int, last: int, by: str = "A") -> Observation:
    return Observation(
        uid=number, number=number, exhibit="EX-001", term=term, first_frame=first, last_frame=last, created_by=by
    )


SEEN = (seen("OB-001", "arms-raised", 10, 40), seen("OB-002", "cut", 60, 60, by="B"))


def clock(count: int = 100) -> FrameClock:
    return FrameClock.build([n * 40 for n in range(count)], [40] * count, Fraction(1, 1000))


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    apply_theme("dark")
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(1128, 300)
    made.set_clip(clock())
    made.set_lanes(build_lanes(SEEN, TERMS, clock(), ticks={"OB-001": (20,)}))
    return made


def row(timeline: Timeline, kind: str) -> tuple[int, int]:
    found = next(r for r in timeline.rows if r.kind == kind)
    return found.top, found.bottom


def picture(timeline: Timeline) -> QImage:
    timeline.resize(1128, timeline.minimumHeight())
    return timeline.grab().toImage()


def test_spans_are_found_by_time_however_long_one_is() -> None:
    dice = random.Random(1)
    spans = sorted((at, at + dice.choice((0.04, 1, 500))) for at in (dice.random() * 1000 for _ in range(400)))
    index = SpanIndex(spans)
    for _ in range(50):
        start = dice.random() * 1000
        end = start + dice.random() * 20
        touching = {i for i, (a, b) in enumerate(spans) if a < end and b > start}
        assert touching <= set(index.between(start, end))
        assert index.count(start, end) == len(touching)
        assert index.starts[index.nearest(start)] == min((a for a, _ in spans), key=lambda a: abs(a - start))


def test_what_was_looked_at_is_told_by_height(timeline: Timeline) -> None:
    timeline.set_extra(COVERAGE, (CoverageSpan(0, 24, STEPPED), CoverageSpan(50, 74, PLAYED)))
    top, bottom = row(timeline, "coverage")
    image, ground = picture(timeline), current_theme().color("surface.panel").rgb()
    heights = [sum(image.pixel(128 + x, y) != ground for y in range(top, bottom - 1)) for x in (125, 375, 625, 875)]
    assert heights[0] > heights[2] > 0
    assert heights[1] == heights[3] == 0


def test_room_for_what_was_looked_at_and_for_sound_is_kept_from_the_start(timeline: Timeline) -> None:
    timeline.expect_sound(True)
    height = timeline.minimumHeight()
    timeline.set_extra(COVERAGE, (CoverageSpan(0, 24, STEPPED),))
    timeline.set_sound(None)
    assert timeline.minimumHeight() == height
    kinds = [r.kind for r in timeline.rows]
    assert kinds.index("waveform") < kinds.index("frame_timing")
    assert kinds[-1] == "coverage"


def test_detectors_have_a_lane_each_only_while_they_point_at_something(timeline: Timeline) -> None:
    marks = (Mark("SG-001", "Repeats", 10, 12, "repeats"), Mark("SG-002", "Loud onset", 70, 70, "onsets", ACCEPTED))
    timeline.set_extra(SUGGESTIONS, marks)
    timeline.set_extra(CUTS, (Mark("", "Cut", 50, 50),))
    assert [lane.category for lane in timeline.lanes][:3] == ["", "onsets", "repeats"]
    top, _ = row(timeline, "suggestions")
    found = timeline.bar_at(QPointF(128 + 702, top + 9))
    assert found is not None
    assert found.number == "SG-002"
    assert "onsets lane" in timeline.bar_sentence(found)
    timeline.set_extra(SUGGESTIONS, ())
    assert "suggestions" not in [r.kind for r in timeline.rows]


def test_key_frames_are_ticks_on_the_upper_edge(timeline: Timeline) -> None:
    top, _ = row(timeline, "observation")
    x = 128 + 205  # the middle of frame 20
    with_ticks = picture(timeline)
    timeline.set_lanes(build_lanes(SEEN, TERMS, clock()))
    assert with_ticks.pixel(x, top + 4) != picture(timeline).pixel(x, top + 4)


def test_lanes_by_observer(timeline: Timeline) -> None:
    timeline.set_lanes(build_lanes(SEEN, TERMS, clock(), OBSERVER))
    assert [timeline.lane_title(lane) for lane in timeline.lanes if lane.kind == "observation"] == ["A", "B"]
    assert timeline.bars()[1].category == "continuity"


def test_lanes_are_hidden_singled_out_locked_and_narrowed(timeline: Timeline) -> None:
    posture, continuity = (lane.key for lane in timeline.lanes if lane.kind == "observation")
    view = timeline.shelf.view
    timeline.set_lane_view(view.switched("hidden", posture))
    assert [b.number for b in timeline.bars()] == ["OB-002"]
    assert timeline.current_bar() is None or timeline.current_bar().number == "OB-002"  # type: ignore[union-attr]
    timeline.set_lane_view(view.switched("solo", posture))
    assert [lane.key for lane in timeline.lanes] == [posture, COVERAGE]
    timeline.set_lane_view(view.switched("locked", continuity))
    assert timeline.bar_sentence(timeline.bars()[1]).endswith("locked")
    timeline.set_lane_view(view.switched("hidden", "frame_timing"))
    assert "frame_timing" not in [r.kind for r in timeline.rows]
    from dataclasses import replace

    timeline.set_lane_view(replace(view, words="arms"))
    assert [b.number for b in timeline.bars()] == ["OB-001"]
    assert len([lane for lane in timeline.lanes if lane.kind == "observation"]) == 2
    timeline.set_clip(clock(50))
    assert timeline.shelf.view.words == "arms"


def test_an_edge_snaps_to_what_begins_or_ends_near() -> None:
    lanes = build_lanes(SEEN, TERMS, clock())
    bar = lanes[1].bars[0]  # frame 60
    last, first = (Drag(bar, part, 60, 60, 60) for part in ("last", "first"))
    # The other lies on frames 10 to 40: from 0.4 s up to 1.64 s.
    for held, at, others, frame, moment in (
        (first, 1.66, (), 41, 1.64),
        (last, 1.62, (), 40, 1.64),
        (last, 0.42, (), 9, 0.4),
        (first, 2.9, (72,), 72, 2.88),
    ):
        found = snap_frame(held, at, 0.05, clock(), lanes, others)
        assert found is not None
        assert found[0] == frame
        assert found[1] == pytest.approx(moment)
    assert snap_frame(first, 2.42, 0.05, clock(), lanes, ()) is None  # its own edge
    assert first.to(80, 100).first == 60
    assert Drag(bar, "whole", 50, 60, 60).to(99, 100).last == 99


def test_too_many_to_tell_apart_are_a_histogram_and_still_found(timeline: Timeline) -> None:
    long = clock(20_000)
    timeline.set_clip(long)
    bars = [Bar(f"OB-{n:05d}", "x", n, n, n * 0.04, n * 0.04 + 0.04, category="posture") for n in range(10_000)]
    timeline.set_lanes((lane_of("observation", bars, "posture"),))
    top, bottom = row(timeline, "observation")
    image, ground = picture(timeline), current_theme().color("surface.panel").rgb()
    assert sum(image.pixel(400, y) != ground for y in range(top, bottom - 2)) > 5
    assert all(image.pixel(900, y) == ground for y in range(top + 1, bottom - 2))
    found = timeline.bar_at(QPointF(400, (top + bottom) / 2))
    assert found is not None
    assert abs(timeline.rect_of(found).center().x() - 400) < 6


def test_a_locked_lane_is_told_by_a_sign(timeline: Timeline) -> None:
    lane = next(lane for lane in timeline.lanes if lane.kind == "observation")
    names = picture(timeline).copy(0, 0, 128, timeline.height())
    timeline.set_lane_view(timeline.shelf.view.switched("locked", lane.key))
    assert picture(timeline).copy(0, 0, 128, timeline.height()) != names


def test_lanes_are_made_higher_within_bounds_and_their_choices_can_be_kept(timeline: Timeline) -> None:
    def heights() -> dict[str, int]:
        return {row.kind: row.height for row in timeline.rows}

    usual, view = heights(), timeline.shelf.view
    timeline.set_lane_view(view.higher(2))
    assert heights()["observation"] == usual["observation"] * 150 // 100
    assert (heights()["overview"], heights()["ruler"]) == (usual["overview"], usual["ruler"])
    timeline.set_lane_view(view.higher(99))
    assert heights()["observation"] == usual["observation"] * 3
    assert view.higher(-99).height == 75
    chosen = view.higher(1).switched("hidden", "frame_timing").switched("locked", "observation:posture")
    assert LaneView.from_json(chosen.to_json()) == chosen
    strange: tuple[Any, ...] = (None, [], {"hidden": 3, "solo": [4, "a"], "height": 1000, "words": None})
    for odd in strange:
        assert LaneView.from_json(odd).height == 100
    assert LaneView.from_json({"solo": [4, "a"]}).solo == {"a"}


def test_five_at_one_time_lie_on_five_rows() -> None:
    same = [seen(f"OB-00{n}", "arms-raised", 10, 40 + n) for n in range(5)]
    (lane,) = (la for la in build_lanes(same, TERMS, clock()) if la.bars)
    assert sorted(bar.row for bar in lane.bars) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("frames", [(60, 61, 64), (95, 97, 99), (10, 40, 41), (0, 1, 90, 91, 92, 93)])
def test_words_of_marks_that_lie_near_one_another_give_way(theme: None, frames: tuple[int, ...]) -> None:
    near = [seen(f"OB-00{n}", "cut", frame, frame) for n, frame in enumerate(frames)]
    (lane,) = (la for la in build_lanes(near, TERMS, clock()) if la.bars)
    sheet = Sheet(current_theme(), TimeScale.whole(4.0, 300), 100.0, clock())
    metrics, row = QFontMetricsF(current_theme().ui_font("caption")), Row("lane", 0, 24, 0)
    for first in (None, lane.bars[1]):
        placed = words_of(metrics, sheet, row, lane, lane.bars, first)
        assert placed
        for i, (place, text) in enumerate(placed):
            assert metrics.horizontalAdvance(text) <= place.width() + 1
            assert sheet.left <= place.left()
            assert place.right() <= sheet.right
            assert not any(place.intersects(other) for other, _ in placed[i + 1 :])
            assert not any(place.intersects(bar_rect(sheet, row, lane, bar)) for bar in lane.bars)
        if first is not None:
            bar = bar_rect(sheet, row, lane, first)
            assert any(
                abs(place.left() - bar.right() - 7) < 1 or abs(bar.left() - 7 - place.right()) < 1
                for place, _ in placed
            )
