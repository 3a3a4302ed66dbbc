"""The speeds of play, and what the shuttle keys J, K and L make of them."""

from __future__ import annotations

from fractions import Fraction

SPEEDS: tuple[Fraction, ...] = tuple(
    Fraction(n, 20) for n in (2, 5, 10, 15, 20, 30, 40, 60, 80)
)  # 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4
"""The speeds that play offers, rising."""
USUAL = Fraction(1)
_SHUTTLE = (Fraction(1), Fraction(2), Fraction(4))


def pressed(direction: int, now: Fraction | None) -> Fraction:
    """Return the signed speed after L (`direction` 1) or J (-1); `now` is the signed speed of play, None at rest.

    The same key again is faster, up to four times; the other key turns round and begins at the usual speed.
    """
    if now is None or (now > 0) != (direction > 0):
        return direction * USUAL
    faster = next((speed for speed in _SHUTTLE if speed > abs(now)), _SHUTTLE[-1])
    return direction * max(faster, min(abs(now), _SHUTTLE[-1]))


def stepped_speed(now: Fraction, by: int) -> Fraction:
    """Return the next speed up (`by` 1) or down (-1) from the one chosen, staying among those offered."""
    if by > 0:
        return next((speed for speed in SPEEDS if speed > now), SPEEDS[-1])
    return next((speed for speed in reversed(SPEEDS) if speed < now), SPEEDS[0])


def speed_text(speed: Fraction) -> str:
    """Return a speed for people, without its sign: `0.25×`, `2×`."""
    return f"{float(abs(speed)):g}×"
