"""A small font of marks drawn here, because no Plex face has them: triangles, circles, squares, lozenges.

They sit at their Unicode places, so that text taken out of a dossier keeps them.
"""

import math
from pathlib import Path
from typing import Any

_Point = tuple[int, int]
_Contour = list[_Point]

_UNITS, _ADVANCE, _SPACE = 1000, 800, 300
_MIDDLE: _Point = (400, 340)
_LINE = 64
# Seconds since 1904: a fixed day, because a font that tells when it was made is never the same twice.
_MADE = 3_786_912_000


def _ring(radius: int, start: float = 0.0, stop: float = 360.0, steps: int = 48) -> _Contour:
    """A circle, or the part of it between two angles in degrees, drawn clockwise (filled)."""
    whole = stop - start >= 360.0
    angles = [math.radians(start + (stop - start) * k / steps) for k in range(steps + (0 if whole else 1))]
    x, y = _MIDDLE
    return [(round(x + radius * math.cos(a)), round(y + radius * math.sin(a))) for a in reversed(angles)]


def _square(half: int) -> _Contour:
    x, y = _MIDDLE
    return [(x - half, y - half), (x - half, y + half), (x + half, y + half), (x + half, y - half)]


def _lozenge(half: int) -> _Contour:
    x, y = _MIDDLE
    return [(x - half, y), (x, y + half), (x + half, y), (x, y - half)]


def _hole(contour: _Contour) -> _Contour:
    return contour[::-1]


def _turned(contour: _Contour, quarters: int) -> _Contour:
    """The contour turned clockwise about the middle by quarter turns."""
    x, y = _MIDDLE
    for _ in range(quarters):
        contour = [(x + (py - y), y - (px - x)) for px, py in contour]
    return contour


_TRIANGLE: _Contour = [(60, 60), (400, 660), (740, 60)]
_TRIANGLE_INSIDE: _Contour = [(170, 124), (400, 530), (630, 124)]


def _triangles(quarters: int) -> tuple[list[_Contour], list[_Contour]]:
    full = _turned(_TRIANGLE, quarters)
    return [full], [full, _hole(_turned(_TRIANGLE_INSIDE, quarters))]


def marks() -> dict[int, list[_Contour]]:
    """Every mark by its code point, as closed contours in font units; clockwise fills, counter-clockwise cuts out."""
    up, up_open = _triangles(0)
    right, right_open = _triangles(1)
    down, down_open = _triangles(2)
    left, left_open = _triangles(3)
    disc, circle = [_ring(320)], [_ring(320), _hole(_ring(320 - _LINE))]
    # Hollow circle whose left half stays filled: only the right half is cut out.
    half_disc = [_ring(320), _hole(_ring(320 - _LINE, -90.0, 90.0))]
    square, square_open = [_square(290)], [_square(290), _hole(_square(290 - _LINE))]
    lozenge, lozenge_open = [_lozenge(340)], [_lozenge(340), _hole(_lozenge(250))]
    lozenge_dot = [*lozenge_open, _lozenge(130)]
    return {
        0x25A0: square,
        0x25A1: square_open,
        0x25B2: up,
        0x25B3: up_open,
        0x25B6: right,
        0x25B7: right_open,
        0x25BC: down,
        0x25BD: down_open,
        0x25C0: left,
        0x25C1: left_open,
        0x25C6: lozenge,
        0x25C7: lozenge_open,
        0x25C8: lozenge_dot,
        0x25CB: circle,
        0x25CF: disc,
        0x25D0: half_disc,
    }


def write(target: Path) -> None:
    """Write the font to `target`; the same bytes every time."""
    from fontTools.fontBuilder import FontBuilder

    drawn = marks()
    names = {code: f"uni{code:04X}" for code in drawn}
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", *names.values()])
    builder.setupCharacterMap({0x20: "space", 0xA0: "space", **names})
    blank = {".notdef": _glyph([_square(290), _hole(_square(250))]), "space": _glyph([])}
    builder.setupGlyf(blank | {names[code]: _glyph(contours) for code, contours in drawn.items()})
    widths = {".notdef": _ADVANCE, "space": _SPACE} | dict.fromkeys(names.values(), _ADVANCE)
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {
            "familyName": "EDSymbols",
            "styleName": "Regular",
            "uniqueFontIdentifier": "EDSymbols-Regular;2",
            "fullName": "EDSymbols Regular",
            "psName": "EDSymbols-Regular",
            "version": "Version 2.000",
        }
    )
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200, fsType=0)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = _MADE
    builder.font.recalcTimestamp = False
    builder.save(target)


def _glyph(contours: list[_Contour]) -> Any:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for contour in contours:
        pen.moveTo(contour[0])
        for point in contour[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
