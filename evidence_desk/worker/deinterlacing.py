"""Interlaced pictures for the eye: one field alone, or both woven into a picture without comb edges.

A field is every second line; the lines between are the mean of their neighbours above and below. Deinterlacing is
libavfilter's `bwdif` over the frames before, at and after the one shown. Display only, never identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from av.filter import Graph
from av.video.frame import VideoFrame

Pixels = npt.NDArray[np.uint8]

PARITIES = {"": "auto", "top": "tff", "bottom": "bff"}
"""Which field comes first, in the words of the filter; "auto" goes by the frame's own flag."""


def field_frame(frame: VideoFrame, field: str) -> VideoFrame:
    """Return the lines of one field ("top": lines 0, 2, …; "bottom": 1, 3, …) as a picture of half the height.

    Chroma lines belong to the fields in turn, as luma lines do. A picture of one line is returned as it is.
    """
    parity = 1 if field == "bottom" else 0
    height = len(range(parity, frame.height, 2))
    if not height or frame.format.has_palette:
        return frame
    half = VideoFrame(frame.width, height, frame.format.name)
    for source, target in zip(frame.planes, half.planes, strict=True):
        lines = np.frombuffer(memoryview(source), np.uint8)[: source.height * source.line_size]
        lines = lines.reshape(source.height, source.line_size)[parity::2]
        if not len(lines):
            lines = np.frombuffer(memoryview(source), np.uint8)[: source.line_size].reshape(1, -1)
        wide = min(source.line_size, target.line_size)
        out = np.frombuffer(memoryview(target), np.uint8)[: target.height * target.line_size]
        out = out.reshape(target.height, target.line_size)
        kept = min(target.height, len(lines))
        out[:kept, :wide] = lines[:kept, :wide]
        out[kept:, :wide] = lines[-1, :wide]  # an odd number of chroma lines gives one field a line less
    for name in ("colorspace", "color_range", "color_trc", "color_primaries"):
        setattr(half, name, getattr(frame, name))
    return half


def full_height(lines: Pixels, field: str, height: int) -> Pixels:
    """Return a picture of `height` lines in which the field's lines stand where they were.

    Those between are the rounded mean of the lines above and below; at the edge the nearest line is repeated.
    """
    parity = 1 if field == "bottom" else 0
    picture = np.empty((height, *lines.shape[1:]), np.uint8)
    picture[parity::2] = lines
    between = ((lines[:-1].astype(np.uint16) + lines[1:] + 1) >> 1).astype(np.uint8)
    if parity:
        picture[2::2][: len(between)] = between
        picture[0] = lines[0]
        if height % 2 and height > 1:
            picture[-1] = lines[-1]
    else:
        picture[1::2][: len(between)] = between
        if height % 2 == 0:
            picture[-1] = lines[-1]
    return picture


def deinterlaced(before: VideoFrame | None, frame: VideoFrame, after: VideoFrame | None, first: str = "") -> VideoFrame:
    """Return the frame with the lines of its second field worked out anew from both fields and its neighbours.

    `before` and `after` are its neighbours in output order, None where there is none or its size or format differs;
    `first` names the field that was taken first, "" to go by the frame's flag. The same pictures give the same bytes.
    """
    row: Sequence[VideoFrame] = [f for f in (before, frame, after) if f is not None]
    graph = Graph()
    graph.threads = 1
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25), name="in"
    )
    weave = graph.add("bwdif", f"mode=send_frame:parity={PARITIES[first]}:deint=all")
    sink = graph.add("buffersink")
    graph.link_nodes(source, weave, sink).configure()
    stamps = [(f.pts, f.time_base) for f in row]
    found: list[VideoFrame] = []
    try:
        for place, one in enumerate(row):
            one.pts, one.time_base = place, Fraction(1, 25)
            graph.vpush(one)
            found += _pulled(graph)
        graph.vpush(None)
        found += _pulled(graph)
    finally:
        for one, (pts, base) in zip(row, stamps, strict=True):
            one.pts = pts
            if base is not None:
                one.time_base = base
    place = 0 if before is None else 1
    return found[place] if place < len(found) else frame


def _pulled(graph: Graph) -> list[VideoFrame]:
    frames: list[VideoFrame] = []
    while True:
        try:
            frames.append(graph.vpull())
        except (BlockingIOError, EOFError):
            return frames
