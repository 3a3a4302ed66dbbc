"""Rows that are kept are those that would be made anew, whatever changed."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Link, Observation
from evidence_desk.ui.models.kept_rows import KeptRows
from evidence_desk.ui.models.observations import build_rows
from tests.qt.test_not_assessable import TERM, kept


def _seen(i: int, first: int | None, exhibit: str) -> Observation:
    return replace(kept(), number=f"OB-{i:03d}", first_frame=first, last_frame=first, exhibit=exhibit)


def _link(i: int, origin: str, relation: str) -> Link:
    return Link(
        uid="",
        number=f"LN-{i:03d}",
        created_at="",
        created_by="",
        changed_at="",
        changed_by="",
        origin=origin,
        target="CL-001",
        relation=relation,
        because="",
    )


def test_rows_stay_those_that_would_be_made_anew() -> None:
    dice = random.Random(4)
    terms: dict[str, Term] = {TERM.id: TERM}
    seen: list[Observation] = []
    links: tuple[Link, ...] = ()
    rows, told = KeptRows(), KeptRows()
    for step in range(300):
        before = {o.number: o for o in seen}
        kind = dice.randrange(5)
        if kind <= 1 or not seen:
            seen.append(_seen(step, dice.choice((None, *range(30))), dice.choice(("EX-001", "EX-002"))))
        elif kind == 2:
            at = dice.randrange(len(seen))
            seen[at] = replace(seen[at], first_frame=dice.randrange(30), statement=f"step {step}")
        elif kind == 3 and len(seen) > 3:
            del seen[dice.randrange(len(seen))]
        else:
            at = dice.randrange(len(links) + 1)
            new = _link(step, dice.choice(seen).number, dice.choice(("supports", "context")))
            links = (*links[:at], *links[at + dice.randrange(2) :], new)
        if step == 150:
            terms = {TERM.id: replace(TERM, label="Another word")}
        wanted = build_rows(seen, terms, links)
        assert rows.read(tuple(seen), terms, links) == wanted
        now = {o.number: o for o in seen}
        written = frozenset(n for n in {*before, *now} if before.get(n) is not now.get(n))

        def find(numbers: Collection[str], now: dict[str, Observation] = now) -> list[Observation]:
            return [now[n] for n in numbers if n in now]

        assert told.read(tuple(seen), terms, links, written, find) == wanted
        n, exhibit = dice.randrange(30), "EX-001"
        here = [row for row in wanted if row.observation.exhibit == exhibit]
        assert list(told.of_exhibit(exhibit)) == here
        edges = [row for row in here if n in (row.observation.first_frame, row.observation.last_frame)]
        assert list(told.at_edges(exhibit, n)) == edges
        for place, row in enumerate(here[:3]):
            assert list(told.after(row.observation)) == here[place + 1 :]
        assert rows.loose == told.loose == sum(not row.relations for row in wanted)
        assert all(rows.row(o.number) is not None for o in seen)
        mine = rows.of_exhibit(exhibit)
        assert [r.observation for r in mine] == [r.observation for r in rows.rows if r.observation.exhibit == exhibit]


def test_neighbours_go_in_clip_order_seen_from_where_one_looks() -> None:
    rows = KeptRows()
    some = (_seen(1, 50, "EX-001"), _seen(2, 10, "EX-001"), _seen(3, 50, "EX-001"), _seen(4, None, "EX-001"))
    rows.read((*some, _seen(5, 20, "EX-002")), {TERM.id: TERM}, ())
    steps = {
        ("OB-001", 50, 1): "OB-003", ("OB-001", 50, -1): "OB-002", ("", 10, 1): "OB-001", ("", 10, -1): "",
        ("", 30, -1): "OB-002", ("OB-003", 50, 1): "", ("OB-002", 10, -1): "", ("", 50, -1): "OB-002",
        ("OB-001", 0, 1): "OB-002", ("OB-002", 99, -1): "OB-003", ("OB-003", 30, 1): "OB-001",
    }  # fmt: skip
    for (selected, n, direction), expected in steps.items():
        found = rows.neighbour("EX-001", selected, n, direction)
        assert (found.number if found else "") == expected


def test_unchanged_rows_are_the_same_objects() -> None:
    seen = tuple(_seen(i, i, "EX-001") for i in range(5))
    rows = KeptRows()
    before = rows.read(seen, {TERM.id: TERM}, ())
    after = rows.read((*seen, _seen(9, 2, "EX-001")), {TERM.id: TERM}, ())
    assert [r.observation.number for r in after] == ["OB-000", "OB-001", "OB-002", "OB-009", "OB-003", "OB-004"]
    assert all(any(old is new for new in after) for old in before)
    assert rows.row("OB-404") is None
