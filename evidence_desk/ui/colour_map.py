"""Loudness as colour: a scale of one hue from the theme's own colours, even to the eye from quiet to loud."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor

from evidence_desk.ui.theme import Theme

QUIETEST_DB, LOUDEST_DB = -100, -20
"""What is shown as the ground and as the strongest colour; 0 dB is a full-scale sine."""
_STOPS = ((0.0, "surface.panel"), (0.5, "accent.line"), (1.0, "text.primary"))

Lab = tuple[float, float, float]


def colour_table(theme: Theme) -> list[int]:
    """Return 256 colours (0xAARRGGBB) for the bytes of a spectrogram, v / 2 - 127.5 dB each."""
    return list(_table(theme.name, tuple(theme.color(path).rgb() for _, path in _STOPS)))


def db_of(value: int) -> float:
    """Return the level that a byte of a spectrogram stands for."""
    return value / 2 - 127.5


def place_of(db: float) -> float:
    """Return where a level lies on the scale, 0 to 1."""
    return min(max((db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB), 0.0), 1.0)


@cache
def _table(_theme: str, stops: tuple[int, ...]) -> tuple[int, ...]:
    colours = [_to_lab(QColor.fromRgb(stop)) for stop in stops]
    return tuple(_between(colours, place_of(db_of(value))).rgb() for value in range(256))


def _between(colours: list[Lab], place: float) -> QColor:
    for (a, _), (b, _), low, high in zip(_STOPS, _STOPS[1:], colours, colours[1:], strict=False):
        if place <= b:
            share = (place - a) / (b - a)
            mixed = [x + (y - x) * share for x, y in zip(low, high, strict=True)]
            return _from_lab((mixed[0], mixed[1], mixed[2]))
    return _from_lab(colours[-1])


def _to_lab(colour: QColor) -> Lab:
    """Return a colour in Oklab (B. Ottosson, "A perceptual color space for image processing", 2020)."""
    r, g, b = (_linear(v) for v in (colour.redF(), colour.greenF(), colour.blueF()))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_lab(lab: Lab) -> QColor:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return QColor.fromRgbF(_curved(red), _curved(green), _curved(blue))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _curved(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)
