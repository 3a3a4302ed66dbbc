"""What was on screen: sets of frames, their figures, and the table that keeps them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence_desk.domain.coverage import (
    HEARD,
    PLAYED,
    STEPPED,
    UNCOVERED,
    Coverage,
    CoverageSpan,
    Looked,
    coverage_of,
    full,
    packed,
    shares,
    spans_of,
    unpacked,
)
from evidence_desk.domain.distress import joined, spans_from_text, spans_text, stored_spans, without
from evidence_desk.domain.errors import Refused
from evidence_desk.services.case import Case
from evidence_desk.services.coverage import IDLE_S, CoverageLog
from evidence_desk.store.coverage import CoverageRows


def bits(*frames: int) -> int:
    return sum(1 << n for n in frames)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = Case.create(tmp_path / "looked", "Looked", "Reviewer A")
    yield made
    made.close()


def ticking(seconds: list[int]) -> Callable[[], str]:
    return lambda: f"2026-01-01T{seconds[0] // 3600:02d}:{seconds[0] // 60 % 60:02d}:{seconds[0] % 60:02d}.000000Z"


def test_sets_of_frames_are_told_as_runs_and_survive_packing() -> None:
    chance = random.Random(5)
    for _ in range(60):
        frames = {chance.randrange(300) for _ in range(chance.randrange(1, 200))}
        found = bits(*frames)
        assert {n for a, b in spans_of(found) for n in range(a, b + 1)} == frames
        assert all(b + 1 < c for (_, b), (c, _) in zip(spans_of(found), spans_of(found)[1:], strict=False))
        low = min(frames)
        assert unpacked(packed(found >> low), max(frames) - low + 1) == found >> low
    assert spans_of(0) == ()
    assert packed(full(7)) is None
    with pytest.raises(ValueError, match="incorrect header"):
        unpacked(b"not packed", 9)
    assert unpacked(packed(bits(*range(0, 5000, 2))), 8) == bits(0, 2, 4, 6), "no more than was asked for is unpacked"


def test_figures_add_up_and_never_round_to_none_or_all() -> None:
    seen = Coverage(10, stepped=bits(0, 1, 2), played=bits(2, 3, 4, 5))
    assert seen.figures == (3, 3, 4)
    assert seen.shares == (30, 30, 40)
    assert seen.spans == (CoverageSpan(0, 2, STEPPED), CoverageSpan(3, 5, PLAYED))
    assert shares((1, 0, 9999)) == (1, 0, 99)
    assert shares((9999, 1, 0)) == (99, 1, 0)
    assert shares((0, 0, 0)) == (0, 0, 0)
    for figures in ((1, 1, 1), (2, 3, 999), (0, 7, 3)):
        assert sum(shares(figures)) == 100


@pytest.mark.parametrize(
    ("stepped", "played", "words"),
    [
        (full(12), 0, "all 12 frames stepped"),
        (full(12) & ~bits(5), 0, "of 12 frames 11 stepped, 1 not looked at"),
        (0, full(12), "all 12 frames played"),
        (bits(0), full(12), "of 12 frames 1 stepped, 11 played; all were on screen"),
        (0, 0, "none of 12 frames looked at"),
    ],
)
def test_what_is_said_is_true_of_every_frame(stepped: int, played: int, words: str) -> None:
    assert Coverage(12, stepped, played).words() == words


def test_the_next_frame_not_looked_at_begins_again_at_the_start() -> None:
    seen = Coverage(6, stepped=bits(0, 2, 3))
    assert [seen.next_unseen(n) for n in (0, 1, 3, 5)] == [1, 4, 4, 1]
    assert Coverage(3, stepped=full(3)).next_unseen(0) is None


def test_a_stretch_keeps_which_frames_play_left_out(case: Case) -> None:
    log = case.coverage
    for n in range(0, 40, 2):
        log.saw("EX-001", n, speed="2", zoom=100)
    for n in range(10, 14):
        log.saw("EX-001", n, zoom=100)
    (played, stepped) = log.stretches("EX-001")
    assert (played.how, played.first, played.last, played.speed) == (PLAYED, 0, 38, "2")
    assert played.frames == bits(*range(0, 40, 2))
    assert (stepped.how, stepped.frames, stepped.zoom, stepped.actor) == (
        STEPPED,
        bits(10, 11, 12, 13),
        100,
        "Reviewer A",
    )
    assert log.of("EX-001", 40).figures == (4, 18, 18)
    log.saw("EX-001", 1)
    assert log.of("EX-001", 40).figures == (5, 18, 17), "figures follow without a look into the file"


def test_a_stretch_ends_with_rest_distance_speed_zoom_and_person(case: Case) -> None:
    seconds, who = [0], ["Reviewer A"]
    log = CoverageLog(case.store.coverage, lambda: who[0], ticking(seconds))
    log.saw("EX-001", 5, zoom=100)
    seconds[0] += IDLE_S + 1
    log.saw("EX-001", 6, zoom=100)
    log.saw("EX-001", 9000, zoom=100)
    log.saw("EX-001", 9001, zoom=200)
    who[0] = "Reviewer B"
    log.saw("EX-001", 9002, zoom=200)
    log.saw("EX-002", 9003, zoom=200)
    found = log.stretches()
    assert [(s.exhibit, s.first, s.zoom, s.actor[-1]) for s in found] == [
        ("EX-001", 5, 100, "A"),
        ("EX-001", 6, 100, "A"),
        ("EX-001", 9000, 100, "A"),
        ("EX-001", 9001, 200, "A"),
        ("EX-001", 9002, 200, "B"),
        ("EX-002", 9003, 200, "B"),
    ]
    assert (found[0].began_at, found[0].ended_at) == ("2026-01-01T00:00:00.000000Z",) * 2
    by = log.by_actor("EX-001", 9010)
    assert [(who, seen.figures[0]) for who, seen in by.items()] == [("Reviewer A", 4), ("Reviewer B", 1)]


def test_a_stretch_grows_in_one_row_over_several_writes(case: Case) -> None:
    for n in (7, 8, 6):
        case.coverage.saw("EX-001", n)
        case.coverage.flush()
    (row,) = case.store.coverage.read()
    assert (row.first, row.last, row.bits) == (6, 8, 7)


def test_two_exhibits_looked_at_in_turn_keep_their_stretches(case: Case) -> None:
    for n in range(5):
        case.coverage.saw("EX-001", n)
        case.coverage.saw("EX-002", n)
    assert [(s.exhibit, s.bits) for s in case.coverage.stretches()] == [("EX-001", 31), ("EX-002", 31)]


def test_uncovering_and_hearing_are_counted_apart_from_looking(case: Case) -> None:
    case.coverage.uncovered("EX-001", 3)
    case.coverage.uncovered("EX-001", 3)
    case.coverage.heard("EX-001", 4, 9, speed="1")
    seen = case.coverage.of("EX-001", 12)
    assert (seen.uncovered, spans_of(seen.heard), seen.figures) == (2, ((4, 9),), (0, 0, 12))
    assert sorted(s.how for s in case.coverage.stretches()) == [HEARD, UNCOVERED, UNCOVERED]


def test_looking_writes_no_event_and_a_case_to_read_notes_nothing(case: Case) -> None:
    before = case.queries.head()
    case.coverage.saw("EX-001", 1)
    case.coverage.flush()
    assert case.queries.head() == before
    reading = Case.open(case.folder, "Reviewer B", write=False)
    reading.coverage.saw("EX-001", 2)
    assert [s.first for s in reading.coverage.stretches()] == [1]
    reading.close()


def test_what_cannot_be_written_is_told_and_tried_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = case.store.coverage
    log = CoverageLog(rows, lambda: "Reviewer A")
    log.saw("EX-001", 1)
    with monkeypatch.context() as patched:
        patched.setattr(CoverageRows, "_put", raising)
        log.flush()
    assert log.problem == "What was on screen could not be noted (database or disk is full). The records are safe."
    log.flush()
    assert (log.problem, len(rows.read())) == ("", 1)


def raising(*_: object) -> int:
    raise sqlite3.OperationalError("database or disk is full")


def test_rows_of_a_stranger_that_make_no_sense_are_left_out(case: Case) -> None:
    rows = case.store.coverage
    rows.write([(0, Looked("EX-001", "A", STEPPED, 4, 2, 1)), (0, Looked("EX-001", "A", STEPPED, 1, 2, 3))])
    assert [s.first for s in rows.read()] == [1]
    assert coverage_of(rows.read(), 2).stepped == bits(1), "frames beyond the exhibit's count are left out"


def test_marked_spans_join_part_and_are_refused_outside_the_clip() -> None:
    assert joined([(5, 9), (0, 4), (20, 30), (8, 12)]) == ((0, 12), (20, 30))
    assert without([(0, 12), (20, 30)], (4, 25)) == ((0, 3), (26, 30))
    assert without([(0, 12)], (40, 50)) == ((0, 12),)
    assert without([(3, 5)], (0, 9)) == ()
    assert stored_spans([(2, 3), (4, 6)], 10) == ({"first": 2, "last": 6},)
    assert spans_from_text(" 120-180, 300 to 310,7") == ((120, 180), (300, 310), (7, 7))
    assert spans_text([(120, 180), (7, 7)]) == "120-180, 7"
    with pytest.raises(Refused, match=r"^x-9 is no part of a clip"):
        spans_from_text("x-9")
    with pytest.raises(Refused, match=r"frames are 0 to 9"):
        stored_spans([(5, 10)], 10)
