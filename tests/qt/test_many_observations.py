"""The list and the lanes of Review where observations are many: made piece by piece, and as if they were made anew."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from evidence_desk.domain.records import Observation
from evidence_desk.ui import by_and_by, pieces
from evidence_desk.ui.models.observations import build_rows
from evidence_desk.ui.panels import observation_list
from evidence_desk.ui.panels.observation_list import ObservationList
from evidence_desk.ui.pieces import at_once
from evidence_desk.ui.theme import apply_theme
from evidence_desk.ui.widgets.lane_making import LaneMaking, build_lanes
from evidence_desk.ui.widgets.timeline_lanes import CATEGORY, OBSERVER, Lane
from evidence_desk.ui.widgets.timeline_shelf import LaneShelf
from tests.qt.test_timeline_lanes import TERMS, clock, seen


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few records fill a turn of the window, and few are many."""
    monkeypatch.setattr(by_and_by, "SLICE_S", 0.0)
    monkeypatch.setattr(pieces, "PIECE", 7)
    monkeypatch.setattr(observation_list, "_AT_ONCE", 10)


def _some(count: int, dice: random.Random) -> list[Observation]:
    found = []
    for i in range(1, count + 1):
        first = dice.randrange(90)
        term = dice.choice(("arms-raised", "cut"))
        made = seen(f"OB-{i:03d}", term, first, min(first + dice.randrange(15), 99), dice.choice("AB"))
        found.append(replace(made, statement=dice.choice(("gate", "yard"))))
    return found


def _told(lanes: tuple[Lane, ...]) -> list[object]:
    return [(lane, lane.index.starts, lane.index.ends, lane.places) for lane in lanes]


def test_kept_lanes_are_those_that_would_be_made_anew() -> None:
    dice, making, there = random.Random(5), LaneMaking(), clock()
    held = _some(40, dice)
    for step in range(40):
        at = dice.randrange(len(held))
        match step % 4:
            case 0:
                held[at] = replace(held[at], first_frame=dice.randrange(50), last_frame=60)
            case 1:
                held = [*held[:at], *held[at + 1 :]]
            case 2:
                held.append(seen(f"OB-{100 + step}", "cut", step, step))
        by = OBSERVER if step % 7 == 6 else CATEGORY
        ticks = {held[0].number: (step,)}
        runs = {held[1].number: ((1, step),)} if step > 20 else {}
        kept = at_once(making.pieces(held, TERMS, there, by, ticks, runs))
        assert _told(kept) == _told(build_lanes(held, TERMS, there, by, ticks, runs))


def test_a_lane_that_did_not_change_stays_the_very_same() -> None:
    making, there, shelf = LaneMaking(), clock(), LaneShelf()
    held = _some(40, random.Random(5))
    shelf.set_observations(at_once(making.pieces(held, TERMS, there)))
    before = {lane.category: shelf.state_of(lane) for lane in shelf.shown}
    held.append(seen("OB-100", "cut", 3, 3))
    shelf.set_observations(at_once(making.pieces(held, TERMS, there)))
    changed = {lane.category for lane in shelf.shown if shelf.state_of(lane) != before[lane.category]}
    assert changed == {"continuity"}
    for place, lane in enumerate(shelf.shown):
        for at, bar in enumerate(lane.bars):
            assert shelf.place_of(bar.number) == (place, at)
    assert shelf.place_of("OB-404") is None


@pytest.fixture
def shown(qtbot: QtBot) -> ObservationList:
    apply_theme("dark", 100)
    made = ObservationList()
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.show()
    made.set_exhibit("EX-001")
    made.set_rows(build_rows(_some(200, random.Random(3)), TERMS, ()), "OB-150")
    qtbot.waitUntil(lambda: len(made.model.rows) == 200)
    return made


def test_the_list_says_that_it_reads_and_the_last_word_wins(qtbot: QtBot, shown: ObservationList) -> None:
    assert shown.header.count == "200"
    assert shown.current() == "OB-150"
    shown.filter.setText("yard")
    assert shown.header.count == "reading…"
    assert len(shown.model.rows) == 200, "what was there is not half replaced"
    shown.filter.setText("gate")
    qtbot.waitUntil(lambda: shown.header.count != "reading…")
    assert {row.observation.statement for row in shown.model.rows} == {"gate"}
    assert shown.header.count == f"{len(shown.model.rows)} of 200"
    shown.clear_filter()
    qtbot.waitUntil(lambda: len(shown.model.rows) == 200)
    assert shown.current() == "OB-150", "what was chosen is chosen again"


def test_rows_that_come_while_it_reads_are_not_lost(qtbot: QtBot, shown: ObservationList) -> None:
    shown.filter.setText("yard")
    more = _some(201, random.Random(3))
    more[-1] = replace(more[-1], statement="yard")
    shown.set_rows(build_rows(more, TERMS, ()), "OB-201")
    qtbot.waitUntil(lambda: shown.model.row_of("OB-201") >= 0)
    assert shown.model.total == 201
    assert shown.current() == "OB-201"
