"""Values that options take in a form of their own: frame spans, counts, boxes, attributes, sound ranges."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import click

_SIXTEENTHS = 16
_MILLISECONDS = 1000
_MOST_DIGITS = 12
"""A number beyond this is a slip of the keyboard, and larger than a column can hold."""


class Backwards(ValueError):
    """A span whose end comes before its beginning."""


class Form(click.ParamType[Any]):
    """An option's value that is read by a function; what it refuses with ValueError becomes one line of usage."""

    def __init__(self, name: str, shape: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._shape = shape
        self._read = read

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """Return the form as help shows it."""
        return self._shape

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value read; anything else than text was read before."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except Backwards:
            self.fail(f"{value!r} runs backwards: its end comes before its beginning", param, ctx)
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} does not have the form {self._shape}", param, ctx)


def whole(text: str) -> int:
    """Return a whole number written in digits, not below 0; ValueError for anything else."""
    if not re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}", text.strip()):
        raise ValueError(text)
    return int(text)


def frames(text: str) -> tuple[int, int]:
    """Return first and last frame of `A` or `A..B`; ValueError where B comes before A."""
    first, mark, last = text.partition("..")
    span = (whole(first), whole(last) if mark else whole(first))
    if span[1] < span[0]:
        raise Backwards(text)
    return span


def count(text: str) -> tuple[int, int, int]:
    """Return min, best and max; whether they are in order is a rule of the record."""
    low, best, high = (whole(part) for part in text.split(","))
    return low, best, high


def box(text: str) -> tuple[int, ...]:
    """Return x, y, width and height in 1/16 pixel from pixels; ValueError for finer fractions."""
    values = [_decimal(part) * _SIXTEENTHS for part in text.split(",")]
    if len(values) != 4 or any(value.denominator != 1 for value in values):
        raise ValueError(text)
    return tuple(int(value) for value in values)


def points(text: str) -> tuple[int, ...]:
    """Return x and y of each point in 1/16 pixel from pixels, points parted by blanks; ValueError for another form."""
    values: list[Fraction] = []
    for pair in text.split():
        across, down = pair.split(",")
        values += [_decimal(across) * _SIXTEENTHS, _decimal(down) * _SIXTEENTHS]
    if not values or any(value.denominator != 1 for value in values):
        raise ValueError(text)
    return tuple(int(value) for value in values)


def sound(text: str) -> tuple[int, int, str]:
    """Return start and end in milliseconds with their time base, from seconds; ValueError for finer fractions."""
    start, mark, end = text.partition("..")
    values = [_decimal(part) * _MILLISECONDS for part in (start, end if mark else start)]
    if any(value.denominator != 1 for value in values) or values[1] < values[0]:
        raise ValueError(text)
    return int(values[0]), int(values[1]), f"1/{_MILLISECONDS}"


def attribute(text: str) -> tuple[str, str]:
    """Return name and value of `NAME=VALUE`."""
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise ValueError(text)
    return name.strip(), value


def _decimal(text: str) -> Fraction:
    if not re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}(\.[0-9]{{1,9}})?", text.strip()):
        raise ValueError(text)
    return Fraction(text.strip())


FRAMES = Form("frames", "A[..B]", frames)
COUNT = Form("count", "MIN,BEST,MAX", count)
BOX = Form("box", "X,Y,W,H", box)
POINTS = Form("points", "X,Y[ X,Y ...]", points)
SOUND = Form("sound", "START..END", sound)
ATTRIBUTE = Form("attribute", "NAME=VALUE", attribute)
