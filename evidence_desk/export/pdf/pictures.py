"""Stills in the file: their own compressed bytes go in as they are, each once, without being unpacked.

While the pages are laid out a picture is one point of a colour of its own; when the file is made archival, each point
is replaced by the still it stands for. So a pass over the pages costs the same with many stills as with none.
"""

from __future__ import annotations

import io
import struct

import pikepdf
from pikepdf import Dictionary, Name, Stream
from PIL import Image
from reportlab.lib.utils import ImageReader

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUE_COLOUR = (8, 2, 0, 0, 0)
"""Eight bits a channel, red green blue, no interlacing: what a PDF can take over as it is."""


class Pictures:
    """The stills of one pass, in the order in which they first stand on a page."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._stills: list[bytes] = []
        self._points: dict[str, ImageReader] = {}

    def point(self, identity: str, png: bytes) -> ImageReader:
        """Return what stands for the still on the page; the same still is the same point."""
        if identity not in self._points:
            number = len(self._stills)
            self._stills.append(png)
            colour = (number >> 16 & 255, number >> 8 & 255, number & 255)
            self._points[identity] = ImageReader(Image.new("RGB", (1, 1), colour))
        return self._points[identity]

    def put_in(self, pdf: pikepdf.Pdf) -> None:
        """Replace every point in the file by its still."""
        for stream in list(pdf.objects):
            if not isinstance(stream, Stream) or stream.get("/Subtype") != Name.Image or stream.Width != 1:
                continue
            red, green, blue = stream.read_bytes()[:3]
            width, height, data = _packed(self._stills[red << 16 | green << 8 | blue])
            parameters = Dictionary(Predictor=15, Colors=3, BitsPerComponent=8, Columns=width)
            stream.write(data, filter=Name.FlateDecode, decode_parms=parameters)
            stream.Width, stream.Height = width, height
            stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8


def _packed(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the compressed rows of a still; one of another kind of pixels is made true colour."""
    width, height, *kind = struct.unpack(">IIBBBBB", png[16:29])
    if not png.startswith(_SIGNATURE) or tuple(kind) != _TRUE_COLOUR:
        out = io.BytesIO()
        with Image.open(io.BytesIO(png)) as picture:
            picture.convert("RGB").save(out, "PNG")
        png = out.getvalue()
        width, height = struct.unpack(">II", png[16:24])
    data, at = b"", len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    return width, height, data
