"""Synchronisations as records: what is refused, what is undone, what goes with an exhibit, and their lines."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Sync
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.sync import (
    ByClocks,
    all_synced,
    beside_words,
    by_clocks,
    moments_from,
    stated,
    sync_between,
    synced,
)
from evidence_desk.services.verify import citations
from tests.made_frames import found_in, frames_of, sha

TakeIn = Callable[[Case, str, bytes], str]


def table(letter: str, step: int) -> FrameTable:
    return frames_of([f"{letter}{n}" for n in range(100)], [step * n for n in range(100)])


TABLES = {"EX-001": table("a", 40), "EX-002": table("b", 50), "EX-003": table("c", 40)}


def moment(a: int, b: int, what: str = "") -> dict[str, object]:
    return {"a_frame": a, "a_hash": sha(f"a{a}"), "b_frame": b, "b_hash": sha(f"b{b}"), "what": what}


@pytest.fixture
def two(case: Case, take_in: TakeIn) -> Case:
    for number, letter in (("EX-001", "a"), ("EX-002", "b"), ("EX-003", "c")):
        assert take_in(case, f"{letter}.mp4", letter.encode()) == number
        case.bus.run(c.record_findings(number, found_in(TABLES[number])))
    return case


def made(case: Case, *moments: dict[str, object]) -> Sync:
    number = case.bus.run(c.add_sync("EX-001", "EX-002", moments)).numbers[0]
    found = case.queries.get(number)
    assert isinstance(found, Sync)
    return found


def test_moments_are_added_named_taken_away_and_each_step_is_undone(two: Case) -> None:
    number = made(two, moment(10, 8, "flash")).number
    assert number == "SY-001"
    two.bus.run(c.add_moment(number, moment(60, 48)))
    two.bus.run(c.name_moment(number, 1, "shot"))
    assert [m["what"] for m in two.queries.syncs()[0].moments] == ["flash", "shot"]
    two.bus.run(c.remove_moment(number, 0))
    assert [m["a_frame"] for m in two.queries.syncs()[0].moments] == [60]
    with pytest.raises(EvidenceDeskError, match="without a moment"):
        two.bus.run(c.remove_moment(number, 0))
    for _ in range(3):
        two.bus.undo()
    assert [m["a_frame"] for m in two.queries.syncs()[0].moments] == [10]
    two.bus.undo()
    assert two.queries.syncs() == ()


@pytest.mark.parametrize(
    ("a", "b", "moments", "why"),
    [
        ("EX-001", "EX-001", [moment(1, 1)], "not one with itself"),
        ("EX-001", "EX-009", [moment(1, 1)], "EX-009"),
        ("EX-001", "EX-002", [], "1 to 20 moments"),
        ("EX-001", "EX-002", [moment(n, n) for n in range(21)], "1 to 20 moments"),
        ("EX-001", "EX-002", [moment(1, 100)], "no frame 100 in EX-002"),
        ("EX-001", "EX-002", [{**moment(1, 1), "a_hash": ""}], "hash, which is missing"),
    ],
)
def test_what_is_no_synchronisation_is_refused(
    two: Case, a: str, b: str, moments: list[dict[str, object]], why: str
) -> None:
    with pytest.raises(EvidenceDeskError, match=why):
        two.bus.run(c.add_sync(a, b, moments))
    assert two.queries.syncs() == ()


def test_two_exhibits_are_tied_once_either_way_round(two: Case) -> None:
    made(two, moment(1, 1))
    with pytest.raises(EvidenceDeskError, match="SY-001 ties these two"):
        two.bus.run(c.add_sync("EX-002", "EX-001", [moment(2, 2)]))


def test_it_goes_and_comes_with_its_exhibit(two: Case) -> None:
    made(two, moment(1, 1))
    two.bus.run(c.withdraw("EX-002", "Wrong file"))
    assert two.queries.syncs() == ()
    two.bus.run(c.restore("EX-002"))
    assert [s.number for s in two.queries.syncs()] == ["SY-001"]


def test_provisional_frames_bind_no_moment(case: Case, take_in: TakeIn) -> None:
    for number, letter in (("EX-001", "a"), ("EX-002", "b")):
        take_in(case, f"{letter}.mp4", letter.encode())
        names = [f"{letter}{n}" for n in range(100)]
        case.bus.run(c.record_findings(number, found_in(frames_of(names, provisional=number == "EX-002"))))
    with pytest.raises(EvidenceDeskError, match="EX-002 are not counted yet"):
        made(case, moment(1, 1))


def test_seen_from_either_side_and_cited_for_both(two: Case) -> None:
    record = made(two, moment(10, 8, "flash"), moment(60, 48))
    assert sync_between(two.queries.syncs(), "EX-002", "EX-001") == record
    assert sync_between(two.queries.syncs(), "EX-001", "EX-003") is None
    assert moments_from(record, "EX-002")[0]["a_frame"] == 8
    there = synced(record, "EX-001", TABLES["EX-001"], TABLES["EX-002"])
    back = synced(record, "EX-002", TABLES["EX-002"], TABLES["EX-001"])
    assert (there.beside(60).n, back.beside(48).n) == (48, 60)
    cited = citations((), (), "EX-002", (record,))
    assert [(x.record, x.n, x.hash) for x in cited] == [("SY-001", 8, sha("b8")), ("SY-001", 48, sha("b48"))]


def test_its_lines_name_moments_residuals_and_missing_frames(two: Case) -> None:
    made(two, moment(10, 8, "flash"), moment(60, 49))
    (found,) = all_synced(two.queries.syncs(), TABLES.__getitem__)
    lines = dict(stated(found))
    assert "EX-001 frame 10 (00:00:00.400), EX-002 frame 8 (00:00:00.400), residual" in lines["Moment 1 flash"]
    assert lines["Residual"] == "25.0 ms at most"
    assert "agree within" in lines["Says"]
    assert beside_words(found, 60).startswith("EX-002 frame 48 ")
    tail = synced(found.record, "EX-002", TABLES["EX-002"], TABLES["EX-001"])
    assert "EX-001 has no frame: it has ended" in beside_words(tail, 95)


def test_case_clocks_line_two_exhibits_up_with_both_their_doubts(two: Case) -> None:
    def lying() -> ByClocks | None:
        a, b = two.queries.exhibit("EX-001"), two.queries.exhibit("EX-002")
        return by_clocks(a, b, TABLES["EX-001"], TABLES["EX-002"])

    assert lying() is None
    two.bus.run(
        c.edit("EX-001", {"clock_frame": 25, "clock_time": "2026-05-04T16:41:07Z", "clock_uncertainty_ms": 500})
    )
    assert lying() is None
    values = {"clock_frame": 10, "clock_time": "2026-05-04T18:41:06.250000+02:00", "clock_uncertainty_ms": 1500}
    two.bus.run(c.edit("EX-002", values))
    # Frame 25 of A (1 s) is at 16:41:07; frame 10 of B (0.5 s) at 16:41:06.25: B begins 0.25 s before A.
    assert lying() == ByClocks(Fraction(1, 4), Fraction(2))
    two.bus.run(c.edit("EX-001", {"clock_uncertainty_ms": None}))
    assert lying() == ByClocks(Fraction(1, 4), None)
