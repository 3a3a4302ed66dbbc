"""J, K and L, the speeds on offer, and which frame a picture of play is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evidence_desk.services.live_position import LivePosition, Placed, frames_of_digest, player_seconds
from evidence_desk.services.playhead import NANOSECONDS, FrameClock
from evidence_desk.services.shuttle import SPEEDS, pressed, speed_text, stepped_speed
from tests.made_frames import frames_of, sha


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


STILL = frames_of(["a", "b", "c", "c", "c", "c", "d", "e"])
CLOCK = FrameClock.of(STILL)
MS = NANOSECONDS // 1000


def test_equal_pictures_are_told_apart_by_the_expected_time() -> None:
    position = LivePosition(STILL, CLOCK, 0, Fraction(1), began_ns=0)
    shown = [position.place(sha("abccccde"[n]), n * 100 * MS + 3 * MS) for n in range(8)]
    assert shown == [Placed(n, known=True) for n in range(8)]


def test_a_picture_of_no_known_hash_is_placed_by_the_time_that_went_by() -> None:
    position = LivePosition(STILL, CLOCK, 1, Fraction(2), began_ns=0)
    assert position.place("", 100 * MS) == Placed(3, known=False)
    assert position.place(sha("nobody's"), 100 * MS) == Placed(3, known=False)
    assert position.place(sha("a"), 100 * MS) == Placed(0, known=True)
    assert position.place("", 200 * MS) == Placed(2, known=False)  # reckoned from frame 0, where the player was found


def test_another_rate_goes_on_from_where_play_is() -> None:
    position = LivePosition(STILL, CLOCK, 0, Fraction(1), began_ns=0)
    position.set_rate(Fraction(4), 200 * MS)
    assert position.expected(300 * MS) == Fraction(6, 10)


def test_a_hash_is_looked_for_at_whole_places_alone() -> None:
    wanted = bytes(range(32))
    hashes = bytes(16) + wanted + bytes(16) + wanted + bytes(range(32))
    assert frames_of_digest(hashes, wanted.hex(), 1) == [2, 3]
    assert frames_of_digest(hashes, "", 1) == []
    assert frames_of_digest(b"", wanted.hex(), 1) == []
    assert frames_of_digest(hashes, "ab", 1) == []


def test_the_player_is_sent_to_the_containers_own_time() -> None:
    table = frames_of(["a", "b", "c"], [10_000, 10_100, None])
    clock = FrameClock.of(table)
    assert player_seconds(table, clock, 1, 0) == Fraction(101, 10)
    assert player_seconds(table, clock, 1, 10_000_000) == Fraction(1, 10)
    assert player_seconds(table, clock, 2, 0) == Fraction(2, 10)  # no stamp: by the clock of the clip
