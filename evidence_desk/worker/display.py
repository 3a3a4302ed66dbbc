"""From the native picture to colours as a person sees them: colour matrix and range, rotation, mirroring, pixel aspect.

Display only. Nothing here touches identity: the hash is always that of the native picture.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from av.sidedata.sidedata import Type
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.worker import tone_mapping
from evidence_desk.worker.conversion import Converter
from evidence_desk.worker.deinterlacing import field_frame, full_height

Pixels = npt.NDArray[np.uint8]
"""Rows, columns, and 3 bytes RGB or 4 bytes BGRX a pixel; X is 255."""

# AVColorSpace numbers as they stand in a frame, and the matrix that turns them into RGB.
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
}
_MATRICES |= {9: Colorspace.BT2020, 10: Colorspace.BT2020}
_NAMES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}
_TRANSFERS = {tone_mapping.PQ: "PQ", tone_mapping.HLG: "HLG"}
_GBR, _YCGCO, _ICTCP = 0, 8, 14
# What libswscale has no matrix for is shown by another one, and the picture says so.
_FOREIGN = {_YCGCO: "YCgCo", _ICTCP: "ICtCp", 11: "Y'D'zD'x", 12: "chromaticity-derived", 13: "chromaticity-derived"}
_QUICK = Interpolation.BILINEAR  # unscaled, this takes the library's fast path: under a millisecond at 1080p
_SHORT_BLOCK = 4
_FINE = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.BITEXACT


@dataclass(frozen=True, slots=True)
class Orientation:
    """How the picture is turned for display: first mirrored left to right, then clockwise by `rotation` degrees."""

    rotation: int = 0
    mirrored: bool = False

    @property
    def swaps_sides(self) -> bool:
        """Tell whether width and height change places."""
        return self.rotation in (90, 270)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A picture as shown, and everything that was done to it on the way."""

    pixels: Pixels
    orientation: Orientation
    sar: Fraction
    matrix: str
    range: str
    note: str = ""
    tone_mapped: bool = False
    view: str = ""
    shift: tuple[int, int] = (0, 0)
    tilt: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)


def side_bytes(frame: VideoFrame, kind: Type) -> bytes:
    """Return the frame's first side data of that kind, empty where it has none that can be read."""
    try:
        side = cast("Any", frame.side_data).get(kind)  # looked up by kind, though the stub says by name
    except ValueError:
        return b""  # PyAV 18 fails on the whole set when it meets a kind it does not know (stereo HEVC)
    return b"" if side is None else bytes(side)


def orientation_of(frame: VideoFrame) -> Orientation:
    """Return the turn that the container's display matrix asks for; a slanted one is rounded to a quarter turn."""
    side = side_bytes(frame, Type.DISPLAYMATRIX)
    if len(side) < 36:
        return Orientation(round(-frame.rotation / 90) * 90 % 360)
    a, b, _, c, d, *_ = struct.unpack("=9i", side[:36])
    # A picture point (x, y) goes to (a·x + c·y, b·x + d·y).
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return Orientation(0 if a >= 0 else 180, mirrored)
    return Orientation(90 if b > 0 else 270, mirrored)


def matrix_of(frame: VideoFrame) -> tuple[Colorspace, str]:
    """Return the colour matrix to use and its name; where the stream names none, HD pictures are taken as BT.709."""
    known = _MATRICES.get(int(frame.colorspace))
    if known is not None:
        return known, _NAMES.get(int(frame.colorspace), known.name.lower())
    large = frame.height > 576 or frame.width > 1024
    return (Colorspace.ITU709, "bt709 (assumed)") if large else (Colorspace.ITU601, "bt601 (assumed)")


def range_of(frame: VideoFrame) -> tuple[ColorRange, str]:
    """Return the range of the samples and its name; where the stream names none, limited range is taken."""
    if int(frame.color_range) == ColorRange.JPEG or frame.format.name.startswith("yuvj"):
        return ColorRange.JPEG, "full"
    if int(frame.color_range) == ColorRange.MPEG:
        return ColorRange.MPEG, "limited"
    return (ColorRange.JPEG, "full") if _is_rgb(frame) else (ColorRange.MPEG, "limited (assumed)")


def shown_size(width: int, height: int, sar: Fraction, limit: tuple[int, int] | None) -> tuple[int, int]:
    """Return width and height with square pixels: the shorter side of a pixel is stretched, none is thrown away.

    `limit` is the largest size wanted; a larger picture is made smaller to fit, a smaller one is left as it is.
    """
    wide = max(1, round(width * sar)) if sar > 1 else width
    high = max(1, round(height / sar)) if sar < 1 else height
    if limit is not None and (wide > limit[0] or high > limit[1]):
        scale = min(Fraction(max(1, limit[0]), wide), Fraction(max(1, limit[1]), high))
        wide, high = max(1, round(wide * scale)), max(1, round(high * scale))
    return wide, high


class Renderer:
    """Turns frames into RGB or BGRX; keeps the scaler's tables between frames."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()
        self._converter = Converter()

    def render(  # noqa: PLR0913 - what is shown of it and how, all but four by name
        self,
        frame: VideoFrame,
        sar: Fraction,
        limit: tuple[int, int] | None = None,
        box: tuple[int, int, int, int] | None = None,
        *,
        as_bgra: bool = False,
        orientation: Orientation | None = None,
        fine: bool = False,
        view: PictureView = AS_IS,
    ) -> Rendering:
        """Return the picture as RGB, or with `as_bgra` as BGRX, rows without padding.

        `limit` is the largest width and height wanted as shown; `box` is x, y, width, height in native pixels, cut out
        before anything is turned; `orientation` is the turn, by default the one the frame asks for; `fine` interpolates
        colour for stills, which costs some milliseconds; of `view` the field and the tone mapping are done here, a
        frame to be deinterlaced is handed over as it came from there. The same frame and arguments always give the
        same bytes.
        """
        orientation = orientation_of(frame) if orientation is None else orientation
        layout = "bgra" if as_bgra else "rgb24"
        pixel = sar if sar > 0 else Fraction(1)
        if limit is not None and orientation.swaps_sides:
            limit = (limit[1], limit[0])
        width, height = (box[2], box[3]) if box else (frame.width, frame.height)
        wide, high = shown_size(width, height, pixel, limit)
        native = (frame.width, frame.height)
        target = native if box or view.field else (wide, high)
        how = _FINE if fine or target != native else _quick(frame.width)
        mapped = view.tone_map and int(frame.color_trc) in _TRANSFERS
        if view.field:
            half = field_frame(frame, view.field)
            lines = self._coloured(half, (half.width, half.height), layout, how, mapped)
            picture = full_height(lines, view.field, frame.height) if half is not frame else lines
        else:
            picture = self._coloured(frame, target, layout, how, mapped)
        if box:
            x, y, w, h = box
            picture = picture[y : y + h, x : x + w]
        if picture.shape[:2] != (high, wide):
            picture = self._scaled(picture, wide, high, layout)
        return Rendering(
            turned(picture, orientation),
            orientation,
            pixel,
            matrix_of(frame)[1],
            range_of(frame)[1],
            _note(frame, mapped),
            mapped,
            ", ".join(words for words in (_plain_words(frame, mapped), view.words()) if words),
        )

    def _coloured(
        self, frame: VideoFrame, size: tuple[int, int], layout: str, how: Interpolation, mapped: bool
    ) -> Pixels:
        """Return the picture in display colours at that size."""
        if not mapped:
            return _rows(self._converted(frame, size, layout, how))
        planes = self._converted(frame, size, "gbrp12le", how)
        green, blue, red = (_samples(planes, k) for k in range(3))
        return tone_mapping.tone_mapped(
            red, green, blue, int(frame.color_trc), int(frame.color_primaries), bgrx=layout == "bgra"
        )

    def _converted(self, frame: VideoFrame, size: tuple[int, int], layout: str, how: Interpolation) -> VideoFrame:
        plain = _is_rgb(frame)
        if layout == "bgra" and not plain and size == (frame.width, frame.height):
            return self._converter.convert(frame, (matrix_of(frame)[0], range_of(frame)[0]), layout, how)
        return self._reformatter.reformat(
            frame,
            size[0],
            size[1],
            layout,
            src_colorspace=None if plain else matrix_of(frame)[0],
            src_color_range=None if plain else range_of(frame)[0],
            dst_color_range=None if plain else ColorRange.JPEG,
            interpolation=how,
            threads=1,
        )

    def _scaled(self, picture: Pixels, width: int, height: int, layout: str) -> Pixels:
        frame = VideoFrame.from_ndarray(np.ascontiguousarray(picture), format=layout)
        out = self._reformatter.reformat(frame, width, height, layout, interpolation=_FINE, threads=1)
        return _rows(out)


def _samples(frame: VideoFrame, place: int) -> npt.NDArray[np.uint16]:
    plane = frame.planes[place]
    rows = np.frombuffer(memoryview(plane), np.uint16).reshape(plane.height, plane.line_size // 2)
    return rows[:, : frame.width]


def _plain_words(frame: VideoFrame, mapped: bool) -> str:
    """Return what a badge says of HDR that is shown as it is coded."""
    return "" if mapped or int(frame.color_trc) not in _TRANSFERS else "HDR without tone mapping"


def _note(frame: VideoFrame, mapped: bool) -> str:
    """Return what a reader has to know of the colours, "" where they are shown as the stream means them."""
    transfer = _TRANSFERS.get(int(frame.color_trc), "")
    notes = []
    if transfer and mapped:
        peak = round(tone_mapping.PEAKS[int(frame.color_trc)])
        notes.append(f"{transfer} picture tone-mapped for display, from {peak} cd/m² (ITU-R BT.2390)")
    elif transfer:
        notes.append(f"{transfer} picture shown without tone mapping")
    foreign = _FOREIGN.get(int(frame.colorspace), "")
    if foreign and not _is_rgb(frame):
        notes.append(f"colours coded as {foreign} are shown by another matrix and are not right")
    if _has_alpha(frame.format.name):
        notes.append("transparency is left out: the colours stored are shown")
    return "; ".join(notes)


@cache
def _has_alpha(layout: str) -> bool:
    return any(component.is_alpha for component in VideoFormat(layout).components)


def _quick(width: int) -> Interpolation:
    """Return the quickest way that writes every column.

    The unscaled path of libswscale works in blocks of eight pixels and leaves the last block out where PyAV's rows,
    padded to eight bytes, have no room for it: there the accurate path is taken, at a third more time.
    """
    return _QUICK | Interpolation.ACCURATE_RND if 0 < width % 8 <= _SHORT_BLOCK else _QUICK


def turned(picture: Pixels, orientation: Orientation) -> Pixels:
    """Return the picture mirrored and turned clockwise as asked, contiguous in memory."""
    if orientation != Orientation() and picture.shape[2] == 4:
        # Moved as whole pixels, which takes a sixth of the time of moving their bytes.
        whole = _turned(picture.view(np.uint32)[:, :, 0], orientation)
        return np.ascontiguousarray(whole)[:, :, np.newaxis].view(np.uint8)
    return np.ascontiguousarray(_turned(picture, orientation))


def _turned(picture: npt.NDArray[Any], orientation: Orientation) -> npt.NDArray[Any]:
    if orientation.mirrored:
        picture = picture[:, ::-1]
    return np.rot90(picture, k=-(orientation.rotation // 90)) if orientation.rotation else picture


def _rows(frame: VideoFrame) -> Pixels:
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    deep = 4 if frame.format.name == "bgra" else 3
    return rows[:, : frame.width * deep].reshape(frame.height, frame.width, deep)


def _is_rgb(frame: VideoFrame) -> bool:
    return frame.format.is_rgb or frame.format.has_palette
