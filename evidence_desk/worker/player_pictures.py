"""The pictures of play: VLC writes them here in the stream's own pixel format; from there they go to the desk.

A picture that VLC has decoded is bit for bit the one that the frame table hashed (for all codecs but a few whose old
decoders round otherwise), so its hash tells the desk which frame is on screen: VLC's clock, which is off by several
frames, is never asked.
"""

from __future__ import annotations

import ctypes
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

# VLC's names for pixel formats that are planes of one kind of sample, and how this program's decoder calls them.
_FORMATS = {
    b"GREY": "gray",
    b"I420": "yuv420p",
    b"J420": "yuvj420p",
    b"I422": "yuv422p",
    b"J422": "yuvj422p",
    b"I440": "yuv440p",
    b"J440": "yuvj440p",
    b"I444": "yuv444p",
    b"J444": "yuvj444p",
    b"I0AL": "yuv420p10le",
    b"I2AL": "yuv422p10le",
    b"I4AL": "yuv444p10le",
    b"I0CL": "yuv420p12le",
    b"I2CL": "yuv422p12le",
}
# Pictures on a graphics card, which nothing here may ask for.
_ON_A_CARD = frozenset((b"VAOP", b"VAO0", b"VDV0", b"VDV2", b"VDV4", b"VDVO", b"DX11", b"DXA9", b"CVPN", b"GRAP"))
_USUAL = b"I420"  # what VLC is asked to convert anything else to; such a picture is matched by nearness, not by hash
_BUFFERS = 12
_WAITING = 2
_HANDED_OUT = 5
"""How many of the pictures handed out last are kept, so that the one on screen can be asked for."""

Plane = npt.NDArray[Any]


# How a picture that VLC has turned is turned back; the numbers are libvlc's for how a picture is stored.
_TURN_BACK: dict[int, Callable[[Plane], Plane]] = {
    0: lambda rows: rows,
    1: lambda rows: rows[:, ::-1],
    2: lambda rows: rows[::-1],
    3: lambda rows: rows[::-1, ::-1],
    4: lambda rows: rows.T,
    5: lambda rows: np.rot90(rows, 3),
    6: lambda rows: np.rot90(rows, 1),
    7: lambda rows: rows[::-1, ::-1].T,
}


class PlayedPictures:
    """Lends VLC places to write to and keeps the last pictures shown. `shown(number)` is called on VLC's thread.

    `model` is a decoded picture of the stream and belongs to this object from now on: what is to be painted is written
    into it, because size, colours and where they were sampled, which it carries, cannot all be given to a new one.
    """

    _FORMAT: ClassVar[Any] = ctypes.CFUNCTYPE(
        ctypes.c_uint,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(ctypes.c_char),
        *([ctypes.POINTER(ctypes.c_uint)] * 4),
    )

    def __init__(self, vlc: Any, model: VideoFrame, shown: Callable[[int], None]) -> None:
        model.make_writable()
        self._model = model
        self._shown = shown
        self._lock = threading.Lock()
        self._frames: list[VideoFrame] = []
        self._free: list[int] = []
        self._lent: list[int] = []
        self._kept: OrderedDict[int, int] = OrderedDict()
        self._handed_out: deque[int] = deque(maxlen=_HANDED_OUT)
        self._last = 0
        self._stored = 0
        self.exact_format = False
        names = vlc.CallbackDecorators
        # Kept for as long as VLC may call them.
        self._format_cb = self._FORMAT(self._set_up)
        self._calls = (names.VideoLockCb(self._lend), names.VideoDisplayCb(self._show))
        self._format_call = ctypes.cast(self._format_cb, names.VideoFormatCb)

    def attach(self, player: Any) -> None:
        """Let a player of libvlc write its pictures here."""
        player.video_set_callbacks(self._calls[0], None, self._calls[1], None)
        player.video_set_format_callbacks(self._format_call, None)

    def stored_as(self, orientation: int) -> None:
        """Learn how libvlc says the pictures are stored: it turns them upright, here they are turned back."""
        self._stored = orientation if orientation in _TURN_BACK else 0

    def native(self, number: int) -> VideoFrame | None:
        """Return a copy of the picture shown under that number as the stream has it, None where it is not kept."""
        return self._native(number, fresh=True)

    def paintable(self, number: int) -> VideoFrame | None:
        """Return the same in the one picture that can be painted as a still is; the next call writes over it.

        It is kept longer than those that are never handed out.
        """
        with self._lock:
            self._handed_out.append(number)
        return self._native(number, fresh=False)

    def _native(self, number: int, *, fresh: bool) -> VideoFrame | None:
        with self._lock:
            place = self._kept.get(number)
            return None if place is None else self._turned_back(self._frames[place], fresh)

    # ------------------------------------------------------------------------------------------ called by VLC's threads

    def _set_up(self, _opaque: Any, chroma: Any, width: Any, height: Any, *shape: Any) -> int:
        """Say in which form the pictures are wanted: as they come, in their true size; none where that cannot be."""
        pitches, lines = shape
        offered = bytes(chroma[:4])
        if offered in _ON_A_CARD:
            return 0
        if offered not in _FORMATS:
            offered = _USUAL
            for i in range(4):
                chroma[i] = offered[i : i + 1]
            self.exact_format = False
        else:
            self.exact_format = True
        wide, high = self._model.width, self._model.height
        if abs(width[0] - high) + abs(height[0] - wide) < abs(width[0] - wide) + abs(height[0] - high):
            wide, high = high, wide  # VLC turns it
        width[0], height[0] = wide, high
        name = _FORMATS[offered]
        with self._lock:
            self._kept.clear()
            self._handed_out.clear()
            self._lent.clear()
            self._frames = [VideoFrame(wide, high, name) for _ in range(_BUFFERS)]
            self._free = list(range(_BUFFERS))
            for i, plane in enumerate(self._frames[0].planes):
                pitches[i], lines[i] = plane.line_size, plane.height
        return 1

    def _lend(self, _opaque: Any, planes: Any) -> int:
        with self._lock:
            if not self._free:  # pictures that were never shown
                self._free.append(self._lent.pop(0))
            place = self._free.pop(0)
            self._lent.append(place)
            for i, plane in enumerate(self._frames[place].planes):
                planes[i] = plane.buffer_ptr
            return place + 1

    def _show(self, _opaque: Any, picture: Any) -> None:
        place = int(picture or 0) - 1
        with self._lock:
            if place not in self._lent:
                return
            self._lent.remove(place)
            self._last += 1
            self._kept[self._last] = place
            number = self._last
            passed = [k for k in self._kept if k not in self._handed_out]
            for gone in passed[:-_WAITING]:
                self._free.append(self._kept.pop(gone))
        self._shown(number)

    # ---------------------------------------------------------------------------------------------------- turning back

    def _turned_back(self, upright: VideoFrame, fresh: bool) -> VideoFrame:
        """Return a copy of the picture in the stream's own orientation."""
        turn = _TURN_BACK[self._stored]
        swapped = self._stored >= 4
        size = (upright.height, upright.width) if swapped else (upright.width, upright.height)
        model = self._model
        same = (model.width, model.height, model.format.name) == (*size, upright.format.name)
        frame = VideoFrame(*size, upright.format.name) if fresh or not same else model
        for source, into in zip(planes_of(upright), planes_of(frame), strict=True):
            rows = turn(source)
            if rows.shape != into.shape:  # colour thinned out otherwise across than down: no longer the stored one
                self.exact_format = False
                rows = rows[_spread(into.shape[0], rows.shape[0])][:, _spread(into.shape[1], rows.shape[1])]
            into[:] = rows
        if frame is not model:
            frame.colorspace, frame.color_range = model.colorspace, model.color_range
            frame.color_trc, frame.color_primaries = model.color_trc, model.color_primaries
        return frame


def planes_of(frame: VideoFrame) -> list[npt.NDArray[Any]]:
    """Return the planes of a planar picture as rows of samples, without padding; writing to them writes the picture."""
    kind = np.dtype(np.uint16 if frame.format.components[0].bits > 8 else np.uint8)
    found = []
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8, plane.height * plane.line_size)
        found.append(rows.reshape(plane.height, plane.line_size).view(kind)[:, : plane.width])
    return found


def _spread(wanted: int, there: int) -> npt.NDArray[np.intp]:
    """Return for each of `wanted` rows the nearest of those that are there."""
    return np.arange(wanted) * there // wanted
