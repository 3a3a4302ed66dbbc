"""J, K and L, the speeds on offer, and which frame a picture of play is."""

from __future__ import annotations

import hashlib
from array import array
from fractions import Fraction

import pytest

from evidence_desk.domain.frames import FrameColumns, FrameTable, PacketColumns, TableFacts
from evidence_desk.services.live_position import LivePosition, Placed, frames_of_digest, player_seconds
from evidence_desk.services.playhead import NANOSECONDS, FrameClock
from evidence_desk.services.shuttle import SPEEDS, pressed, speed_text, stepped_speed


@pytest.mark.parametrize(
    ("direction", "now", "then"),
    [
        (1, None, 1),
        (1, Fraction(1), 2),
        (1, Fraction(2), 4),
        (1, Fraction(4), 4),
        (1, Fraction(1, 4), 1),
        (1, Fraction(3), 4),
        (1, Fraction(-2), 1),
        (-1, None, -1),
        (-1, Fraction(-1), -2),
        (-1, Fraction(-4), -4),
        (-1, Fraction(4), -1),
    ],
)
def test_the_same_key_is_faster_and_the_other_turns_round(direction: int, now: Fraction | None, then: int) -> None:
    assert pressed(direction, now) == then


def test_speeds_go_from_a_tenth_to_four_and_stop_there() -> None:
    assert SPEEDS[0] == Fraction(1, 10)
    assert SPEEDS[-1] == 4
    assert stepped_speed(Fraction(1), 1) == Fraction(3, 2)
    assert stepped_speed(Fraction(1), -1) == Fraction(3, 4)
    assert stepped_speed(SPEEDS[-1], 1) == SPEEDS[-1]
    assert stepped_speed(SPEEDS[0], -1) == SPEEDS[0]
    assert [speed_text(s) for s in (Fraction(1, 10), Fraction(-2), Fraction(3, 2))] == ["0.1×", "2×", "1.5×"]
