"""Conversion of one picture after the other into the colours of the screen, into memory that is used again.

The library's plain conversion takes fresh memory for every picture. At 1080p that is 8 MB in 2,000 pages, and touching
them for the first time costs several times what the arithmetic does. A filter graph keeps its pictures in a pool.
"""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction

import av.filter
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation

_MATRIX_WORDS = {
    Colorspace.ITU709: "bt709",
    Colorspace.FCC: "fcc",
    Colorspace.ITU601: "bt601",
    Colorspace.SMPTE240M: "smpte240m",
    Colorspace.BT2020: "bt2020",
}
_RANGE_WORDS = {ColorRange.MPEG: "limited", ColorRange.JPEG: "full"}
_FLAG_WORDS = {
    Interpolation.ACCURATE_RND: "accurate_rnd",
    Interpolation.FULL_CHR_H_INT: "full_chroma_int",
    Interpolation.BITEXACT: "bitexact",
}
_MOST = 3

_Key = tuple[int, int, str, Colorspace, ColorRange, str, int]


class Converter:
    """Converts pictures without changing their size, by libswscale as everywhere else."""

    def __init__(self) -> None:
        self._graphs: OrderedDict[_Key, av.filter.Graph] = OrderedDict()

    def convert(
        self, frame: VideoFrame, colours: tuple[Colorspace, ColorRange], layout: str, how: Interpolation
    ) -> VideoFrame:
        """Return the YUV picture, taken to be of that matrix and range, in the layout (an RGB pixel format)."""
        key = (frame.width, frame.height, frame.format.name, *colours, layout, int(how))
        graph = self._graphs.get(key)
        if graph is None:
            while len(self._graphs) >= _MOST:
                self._graphs.popitem(last=False)
            graph = self._graphs[key] = _graph(frame, colours, layout, how)
        self._graphs.move_to_end(key)
        graph.vpush(frame)
        return graph.vpull()


def _graph(
    frame: VideoFrame, colours: tuple[Colorspace, ColorRange], layout: str, how: Interpolation
) -> av.filter.Graph:
    flags = ["bicubic" if how & Interpolation.BICUBIC else "bilinear"]
    flags += [word for flag, word in _FLAG_WORDS.items() if how & flag]
    words = {
        "flags": "+".join(flags),
        "in_color_matrix": _MATRIX_WORDS[colours[0]],
        "in_range": _RANGE_WORDS[colours[1]],
        "out_range": "full",
        "interl": -1,  # chroma of interlaced pictures belongs to its field
    }
    graph = av.filter.Graph()
    graph.threads = 1
    nodes = (
        graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25)),
        graph.add("scale", ":".join(f"{name}={word}" for name, word in words.items())),
        graph.add("format", layout),
        graph.add("buffersink"),
    )
    graph.link_nodes(*nodes).configure()
    return graph
