"""The values of one stored pixel, as the decoder gave them: before any matrix, range, turn or adjustment."""

from __future__ import annotations

import re

from av.video.format import VideoFormatComponent
from av.video.frame import VideoFrame

from evidence_desk.worker.display import matrix_of, range_of

Value = tuple[str, int, int]
"""The component's name (Y, Cb, Cr, R, G, B, A), its value and its bits."""

_PACKED = re.compile(r"[rgba0x]{3,4}(24|32)?")
_SEMI_PLANAR = {"nv12": "cb cr", "nv16": "cb cr", "nv24": "cb cr", "nv21": "cr cb", "nv42": "cr cb"}
_PAIRS = {"yuyv422": "y cb y cr", "yvyu422": "y cr y cb", "uyvy422": "cb y cr y"}
_NAMES = {"y": "Y", "cb": "Cb", "cr": "Cr", "r": "R", "g": "G", "b": "B", "a": "A"}


def sample(frame: VideoFrame, x: int, y: int) -> tuple[tuple[Value, ...], str, str]:
    """Return the values at a native pixel, the matrix and the range they are read by.

    Chroma is that of the sample that covers the pixel. The values are empty for layouts that hold no plain samples
    (palettes, bit-packed and floating-point layouts). `x` and `y` lie inside the picture.
    """
    found = _planar(frame, x, y) or _packed(frame, x, y)
    return found, "none, RGB as stored" if _is_rgb(found) else matrix_of(frame)[1], range_of(frame)[1]


def _is_rgb(values: tuple[Value, ...]) -> bool:
    return bool(values) and values[0][0] == "R"


def _planar(frame: VideoFrame, x: int, y: int) -> tuple[Value, ...]:
    """Read layouts with a plane for each component, or with both chroma components side by side in one."""
    layout = frame.format
    parts = layout.components
    pairs = _SEMI_PLANAR.get(layout.name) or ("cb cr" if re.fullmatch(r"p[024]1[026]le", layout.name) else "")
    if layout.has_palette or (not pairs and len({part.plane for part in parts}) != len(parts)):
        return ()
    if layout.is_bit_stream or any(part.bits > 16 for part in parts) or "f32" in layout.name or "f16" in layout.name:
        return ()
    if not pairs and len(frame.planes) == 1 and len(parts) == 1 and not layout.name.startswith("gray"):
        return ()
    names = ("r", "g", "b", "a") if layout.is_rgb else ("y", "cb", "cr", "a") if len(parts) > 2 else ("y", "a")
    values = []
    for name, part in zip(names, parts, strict=False):
        place = pairs.split().index(name) if pairs and name != "y" else 0
        beside = 2 if pairs and name != "y" else 1
        raw = _read(frame, part, (x * part.width // frame.width) * beside + place, y * part.height // frame.height)
        values.append(
            (_NAMES[name], raw >> (16 - part.bits) if layout.name.startswith("p") and pairs else raw, part.bits)
        )
    return tuple(values)


def _read(frame: VideoFrame, part: VideoFormatComponent, column: int, row: int) -> int:
    plane = frame.planes[part.plane]
    size = 1 if part.bits <= 8 else 2
    begin = row * plane.line_size + column * size
    order = "big" if frame.format.name.endswith("be") else "little"
    return int.from_bytes(bytes(memoryview(plane)[begin : begin + size]), "big" if order == "big" else "little")


def _packed(frame: VideoFrame, x: int, y: int) -> tuple[Value, ...]:
    """Read eight-bit layouts that hold a pixel's components side by side."""
    name = frame.format.name
    plane = frame.planes[0]
    row = memoryview(plane)[y * plane.line_size : (y + 1) * plane.line_size]
    pairs = _PAIRS.get(name, "").split()
    if pairs:
        begin = x // 2 * 4
        luma = [place for place, part in enumerate(pairs) if part == "y"][x % 2]
        places = (("y", luma), ("cb", pairs.index("cb")), ("cr", pairs.index("cr")))
        return tuple((_NAMES[part], row[begin + place], 8) for part, place in places)
    letters = re.sub(r"\d\d$", "", name)
    if not _PACKED.fullmatch(name) or not {"r", "g", "b"} <= set(letters):
        return ()
    begin = x * len(letters)
    return tuple((_NAMES[part], row[begin + letters.index(part)], 8) for part in "rgba" if part in letters)
