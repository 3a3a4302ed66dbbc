"""The corners of a shape: where they are, moving one, taking one away, putting one in. All in 1/16 native pixel."""

from __future__ import annotations

from evidence_desk.domain.regions import CORNERS, FRAMED, Points

Corner = tuple[int, int]

CHANGING = ("polygon", "polyline")
"""Shapes that may gain and lose corners."""


def corners_of(shape: str, points: Points) -> tuple[Corner, ...]:
    """Return the corners in their order; of a box or an ellipse those of its rectangle, clockwise from its place."""
    if shape in FRAMED:
        x, y, w, h = points
        return (x, y), (x + w, y), (x + w, y + h), (x, y + h)
    return tuple(zip(points[0::2], points[1::2], strict=True))


def corner_moved(shape: str, points: Points, corner: int, by: Corner) -> Points:
    """Return the shape with one corner moved; of a rectangle the opposite one stays, and one unit is left at least."""
    if shape in FRAMED:
        x, y, w, h = points
        left, top, right, foot = x, y, x + w, y + h
        if corner in (0, 3):
            left = min(left + by[0], right - 1)
        else:
            right = max(right + by[0], left + 1)
        if corner in (0, 1):
            top = min(top + by[1], foot - 1)
        else:
            foot = max(foot + by[1], top + 1)
        return left, top, right - left, foot - top
    at = 2 * corner
    return (*points[:at], points[at] + by[0], points[at + 1] + by[1], *points[at + 2 :])


def corner_taken(shape: str, points: Points, corner: int) -> Points | None:
    """Return the shape without a corner, None where it has none to spare."""
    if shape not in CHANGING or len(points) // 2 <= CORNERS[shape][0]:
        return None
    return points[: 2 * corner] + points[2 * corner + 2 :]


def corner_added(shape: str, points: Points, before: int, at: Corner | None = None) -> Points | None:
    """Return the shape with one more corner after corner `before`, half way to the next where no place is given.

    None where the shape may have no more.
    """
    count = len(points) // 2
    if shape not in CHANGING or count >= CORNERS[shape][1]:
        return None
    if at is None:
        # After the end of a line there is no next one: half way back.
        other = (before + 1) % count if shape == "polygon" or before + 1 < count else before - 1
        at = (
            (points[2 * before] + points[2 * other]) // 2,
            (points[2 * before + 1] + points[2 * other + 1]) // 2,
        )
        if other == before - 1:
            before = other
    return (*points[: 2 * before + 2], *at, *points[2 * before + 2 :])
