"""Marks of the dossier: where a region stands on a printed frame, and how every shape is drawn and named there."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_desk.domain.dossier import Mark
from evidence_desk.domain.records import Exhibit, Observation, Region
from evidence_desk.domain.regions import KeyFrame
from evidence_desk.services.dossier_marks import frames_wanted, mark_of, regions_on
from tests.made_frames import frames_of
from tests.unit.dossier_values import dossier, plate, seen
from tests.unit.test_dossier_pages import made, text_of

HASH = "0" * 64
TABLE = frames_of([str(n) for n in range(40)], [n * n for n in range(40)])
THIRD = Fraction(1, 3)
SPOTS = ((THIRD, THIRD), (2 * THIRD, THIRD), (THIRD, 2 * THIRD))
AROUND = (THIRD, THIRD, THIRD, THIRD)


def _exhibit(**more: Any) -> Exhibit:
    given = {
        "sha256": HASH,
        "sha512": HASH,
        "size": 1,
        "received_name": "a",
        "vault_path": "a",
        "taken_in_at": "",
        "title": "",
        "kind": "video",
    }
    return Exhibit(uid="1", number="EX-001", width=100, height=50, **{**given, **more})


def _region(points: tuple[int, ...], shape: str = "box", keys: tuple[KeyFrame, ...] = ()) -> Region:
    stored = tuple(k.values() for k in keys)
    life = "keyed" if keys else "frame"
    return Region(
        uid="2", number="RG-001", observation="OB-001", shape=shape, frame=10, frame_hash=HASH, points=points,
        label="here", life=life, key_frames=stored,
    )  # fmt: skip


def test_a_region_that_moves_is_printed_where_it_was_drawn_and_where_it_ends() -> None:
    keys = (KeyFrame(10, HASH, (0, 0, 160, 160)), KeyFrame(20, "1" * 64, (320, 0, 160, 160), "tracked"))
    moving = _region((0, 0, 160, 160), keys=keys)
    assert frames_wanted([moving]) == [(10, HASH), (20, "1" * 64)]
    seen_there = Observation(uid="3", number="OB-001", exhibit="EX-001", term="note", first_frame=5, last_frame=30)
    ((_, drawn),) = regions_on([moving], seen_there, 10, TABLE)
    first = mark_of(_exhibit(), moving, drawn)
    assert (first.x, first.width, first.line) == (Fraction(0), Fraction(1, 10), "solid")
    assert (first.label, first.how) == ("here", "frames 10 to 20: 1 drawn, 1 tracked and not looked at")
    ((_, half),) = regions_on([moving], seen_there, 15, TABLE)
    middle = mark_of(_exhibit(), moving, half)
    assert (middle.x, middle.line) == (Fraction(1, 10), "dotted")
    assert "between tracked frames" in middle.how
    assert regions_on([moving], seen_there, 21, TABLE) == ()


def test_the_dossier_tells_time_gaps_and_what_was_accepted_apart() -> None:
    keys = (
        KeyFrame(10, HASH, (0, 0, 160, 160), pts=100),
        KeyFrame(14, HASH, (960, 0, 160, 160), "confirmed", pts=196),
        KeyFrame(20, "1" * 64, (960, 0, 160, 160), "tracked", outside=True, pts=400),
    )
    moving = _region((0, 0, 160, 160), keys=keys)
    # The last frame on which it is in the picture is printed, not the one on which it is said to be gone.
    assert frames_wanted([moving]) == [(10, HASH), (14, HASH)]
    seen_there = Observation(uid="3", number="OB-001", exhibit="EX-001", term="note", first_frame=5, last_frame=30)
    ((_, half),) = regions_on([moving], seen_there, 12, TABLE)
    assert half.points[0] == 440, "44 of 96 ticks on the way, where by number it would be half"
    ((_, end),) = regions_on([moving], seen_there, 14, TABLE)
    mark = mark_of(_exhibit(), moving, end)
    assert (half.how, mark_of(_exhibit(), moving, half).line) == ("between", "dashed")
    assert (mark.line, mark.how) == (
        "dash-dot",
        "tracked, accepted after looking; frames 10 to 20: 1 drawn, 1 tracked and accepted; between them in a "
        "straight line by time stamp; not in the picture from frame 20 (lost by tracking, not looked at)",
    )
    assert regions_on([moving], seen_there, 20, TABLE) == ()


@pytest.mark.parametrize(
    ("rotation", "spots"),
    [
        (0, ((Fraction(1, 10), Fraction(1, 5)), (Fraction(1, 5), Fraction(1, 5)))),
        (90, ((Fraction(4, 5), Fraction(1, 10)), (Fraction(4, 5), Fraction(1, 5)))),
        (180, ((Fraction(9, 10), Fraction(4, 5)), (Fraction(4, 5), Fraction(4, 5)))),
    ],
)
def test_points_are_turned_as_the_picture_is(rotation: int, spots: tuple[tuple[Fraction, Fraction], ...]) -> None:
    arrow = _region((160, 160, 320, 160), "arrow")
    seen_there = Observation(uid="3", number="OB-001", exhibit="EX-001", term="note", first_frame=5, last_frame=30)
    ((_, here),) = regions_on([arrow], seen_there, 10, TABLE)
    mark = mark_of(_exhibit(rotation=rotation), arrow, here)
    assert mark.spots == spots
    assert mark.width >= 0
    assert mark.height >= 0


def test_how_a_mark_came_to_be_is_printed_whole(tmp_path: Path) -> None:
    how = "frames 10 to 90: 3 drawn; " + "; ".join(
        f"not in the picture from frame {n} to {n + 3}" for n in (20, 40, 60)
    )
    mark = Mark(*AROUND, "a long label " * 30, how=how)
    text = " ".join(text_of(made(dossier((replace(seen(1), plates=(plate(4, (mark,)),)),)), tmp_path)).split())
    assert how in text


def test_every_shape_is_drawn_and_named(tmp_path: Path) -> None:
    kinds = {"ellipse": (), "polygon": SPOTS, "polyline": SPOTS, "arrow": SPOTS[:2]}
    more = {"box": (), "callout": SPOTS[:2], "point": SPOTS[:1], "text": SPOTS[:1]}
    lines = ("solid", "dashed", "dotted", "dash-dot")
    for round_, shapes in enumerate((kinds, more)):
        folder = tmp_path / str(round_)
        folder.mkdir()
        marks = tuple(
            Mark(*AROUND, f"the {kind}", kind, spots, lines[k]) for k, (kind, spots) in enumerate(shapes.items())
        )
        entry = replace(seen(1), plates=(plate(4, marks),))
        pdf = made(dossier((entry,)), folder)
        with pikepdf.open(pdf) as document:
            ink = b"".join(page.Contents.read_bytes() for page in document.pages)
        # Each broken line is drawn once, on its own mark.
        assert [ink.count(dash) for dash in (b"[2.4 1.8] 0 d", b"[.8 1.2] 0 d", b"[5 1.4 .8 1.4] 0 d")] == [1, 1, 1]
        names = "; ".join(f"{letter} the {kind}" for letter, kind in zip("ABCD", shapes, strict=True))
        assert names in text_of(pdf)
