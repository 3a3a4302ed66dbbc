"""What the table shows and in which order: worked out in pieces as in one go, and after a few changes as anew."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any, TypeVar

import pytest

from evidence_desk.domain.records import CASE_SHEET, Observation
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.search import CaseSearch
from evidence_desk.ui import pieces
from evidence_desk.ui.models import record_order
from evidence_desk.ui.models.record_order import Arranging, Wish, key_of, places_of
from evidence_desk.ui.models.record_rows import BY, COUNT, FRAMES, NUMBER, WORDS, Arranged, RowWords
from evidence_desk.ui.pieces import Pieces, at_once, sorted_in_pieces
from tests.unit.conftest import frame

T = TypeVar("T")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 3)


def _all(work: Pieces[T]) -> tuple[T, int]:
    """Return the result of the work, and after how many pieces it came."""
    turns = itertools.count()
    return at_once(_counted(work, turns)), next(turns)


def _counted(work: Pieces[T], turns: Iterator[int]) -> Pieces[T]:
    try:
        while True:
            yield next(work)
            next(turns)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def _seen(i: int, dice: random.Random) -> Observation:
    best = dice.choice((None, 1, 12))
    words = dice.choice(("", "a gate", "Gate", "a yard"))
    return Observation(
        uid=str(i), number=f"OB-{i:03d}", exhibit="EX-001", term="a", statement=words, count_best=best,
        first_frame=dice.choice((None, 3, 20)),
    )  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 3, 4, 50])
@pytest.mark.parametrize("column", [FRAMES, WORDS, COUNT, BY])
def test_sorted_in_pieces_as_in_one_go(count: int, column: int) -> None:
    dice = random.Random(count)
    records = [_seen(i, dice) for i in range(1, count + 1)]
    key = key_of(column, RowWords({}, {}))
    found, turns = _all(sorted_in_pieces(records, key))
    assert [record for _, record in found] == sorted(records, key=key)
    assert turns >= count / 3, "never all of it at once"


def _filled(case: Case, count: int) -> None:
    dice = random.Random(count)
    for _ in range(count):
        words = " ".join(dice.choices(("gate", "yard", "porch"), k=2))
        case.bus.run(c.add_observation("EX-001", "note", frame(dice.randrange(20)), statement=words))


def _shown(arranging: Arranging, case: Case, wish: Wish) -> list[str]:
    search = CaseSearch(case.queries)
    search.stale()
    while search.advance():
        pass
    arranged, _ = _all(arranging.pieces(wish, search))
    search.close()
    assert arranged.whole
    assert [arranged.records[arranged.places[r.number]] for r in arranged.records] == list(arranged.records)
    return [r.number for r in arranged.records]


def test_after_a_few_changes_it_is_as_if_it_were_read_anew(with_frames: Case) -> None:
    case, kept, dice = with_frames, Arranging(with_frames.queries), random.Random(2)
    _filled(case, 20)
    for step in range(30):
        number = f"OB-{dice.randrange(1, 20):03d}"
        if step % 5 == 4:
            case.bus.undo()
        elif step % 5 == 3:
            case.bus.run(c.add_observation("EX-001", "note", frame(step)))
        else:
            case.bus.run(c.edit(number, {"statement": f"step {step}", "certainty": dice.choice(("high", "low", ""))}))
        wish = Wish(
            everything=step > 20, words=dice.choice(("", "step", "gate")), withdrawn=step % 2 == 0,
            by=WORDS if step < 15 else FRAMES, down=step % 3 == 0,
        )  # fmt: skip
        assert _shown(kept, case, wish) == _shown(Arranging(case.queries), case, wish)


def test_what_was_arranged_once_is_not_arranged_again(with_frames: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case, kept = with_frames, Arranging(with_frames.queries)
    _filled(case, 12)
    first = _shown(kept, case, Wish(by=WORDS))
    sorted_: list[Any] = []
    monkeypatch.setattr(record_order, "sorted_in_pieces", lambda *args: sorted_.append(args))
    assert _shown(kept, case, Wish(by=WORDS, down=True)) == first[::-1]
    case.bus.run(c.edit(first[0], {"statement": "zzz"}))
    assert _shown(kept, case, Wish(by=WORDS)) == [*first[1:], first[0]]
    assert sorted_ == []


def test_work_that_is_left_in_the_middle_spoils_nothing(with_frames: Case) -> None:
    case, kept = with_frames, Arranging(with_frames.queries)
    _filled(case, 12)
    wish, search = Wish(by=WORDS), CaseSearch(case.queries)
    for left_after in range(12):
        case.bus.run(c.edit("OB-003", {"statement": f"a {left_after}"}))
        work = kept.pieces(wish, search)
        for _ in range(left_after):
            next(work, None)
        work.close()
    assert _shown(kept, case, wish) == _shown(Arranging(case.queries), case, wish)


def test_while_the_index_is_read_it_is_said_that_more_may_be_found(with_frames: Case) -> None:
    _filled(with_frames, 12)
    search, arranging = CaseSearch(with_frames.queries), Arranging(with_frames.queries)
    search.stale()
    assert _all(arranging.pieces(Wish(), search))[0].whole, "without words nothing depends on it"
    search.advance(4)
    part, _ = _all(arranging.pieces(Wish(words="note"), search))
    assert (part.whole, part.total) == (False, 12)
    assert not any(record.number.startswith(CASE_SHEET.prefix) for record in part.records)


def test_rows_that_lie_together_are_one_range(with_frames: Case) -> None:
    dice = random.Random(1)
    records = [_seen(i, dice) for i in range(1, 21)]
    arranged = Arranged(records, {r.number: i for i, r in enumerate(records)}, 20)
    assert _all(places_of([r.number for r in reversed(records)], arranged))[0] == [(0, 19)]
    assert _all(places_of(["OB-002", "OB-009", "OB-001", "OB-404"], arranged))[0] == [(0, 1), (8, 8)]


def test_what_is_added_in_one_step_stands_as_it_was_made(with_frames: Case) -> None:
    assert with_frames.queries.observations() == ()
    made = [c.add_observation("EX-001", "note", frame(i)) for i in range(12)]
    with_frames.bus.run(c.batch("Add", made))
    expected = [f"OB-{i:03d}" for i in range(1, 13)]
    assert [o.number for o in with_frames.queries.observations()] == expected
    assert _shown(Arranging(with_frames.queries), with_frames, Wish(by=NUMBER)) == expected


def test_the_number_column_stands_as_the_records_were_made(with_frames: Case) -> None:
    _filled(with_frames, 5)
    assert _shown(Arranging(with_frames.queries), with_frames, Wish(by=NUMBER)) == [f"OB-{i:03d}" for i in range(1, 6)]
