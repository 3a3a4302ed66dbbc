"""Stabilising for the eye: each picture is moved by whole pixels so that it lies on the frame it is compared with.

How far is found by phase correlation of both lumas, at most 640 pixels wide (Kuglin and Hines 1975). Nothing is turned,
scaled or filled in from elsewhere: what moves out is not shown, what comes in is black.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from evidence_desk.media.adjustments import Adjustments
from evidence_desk.worker.adjusting import adjusted, luma
from evidence_desk.worker.display import Pixels, Rendering

_WIDEST = 640
_LEAST_RESPONSE = 0.08
"""Peak of the correlation below which two pictures are taken to show different scenes."""
_Grey = npt.NDArray[np.float32]


class Adjuster:
    """Finishes rendered pictures; remembers the one frame that others are moved onto."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._reference: _Grey | None = None

    def finish(
        self, shown: Rendering, adjust: Adjustments, key: Hashable, reference: Callable[[], Pixels], *, bgrx: bool
    ) -> Rendering:
        """Return the picture adjusted; `key` names all that the picture of `reference()` depends on."""
        if not adjust:
            return shown
        pixels, shift, words = shown.pixels, (0, 0), shown.view
        if adjust.steady_to is not None:
            found = self._shift(pixels, key, reference, bgrx=bgrx)
            if found is None:
                words = f"{words}, no match to stabilise by"
            else:
                shift = found
                pixels = moved(pixels, shift)
        return replace(shown, pixels=adjusted(pixels, adjust, bgrx=bgrx), shift=shift, view=words)

    def _shift(
        self, pixels: Pixels, key: Hashable, reference: Callable[[], Pixels], *, bgrx: bool
    ) -> tuple[int, int] | None:
        if self._reference is None or key != self._key:
            self._reference, self._key = _reduced(reference(), bgrx=bgrx), key
        return shift_onto(self._reference, _reduced(pixels, bgrx=bgrx), pixels.shape[1])


def shift_onto(reference: _Grey, picture: _Grey, width: int) -> tuple[int, int] | None:
    """Return how many pixels of a picture `width` wide it is to be moved right and down, None where nothing matches."""
    if reference.shape != picture.shape or min(picture.shape) < 8:
        return None
    window = cv2.createHanningWindow((picture.shape[1], picture.shape[0]), cv2.CV_32F)
    (right, down), response = cv2.phaseCorrelate(reference, picture, window)
    if response < _LEAST_RESPONSE:
        return None
    scale = width / picture.shape[1]
    return -round(right * scale), -round(down * scale)


def moved(pixels: Pixels, shift: tuple[int, int]) -> Pixels:
    """Return the picture moved right and down by whole pixels; what comes in is black."""
    right, down = shift
    height, width, deep = pixels.shape
    out = np.zeros_like(pixels)
    if deep == 4:
        out[:, :, 3] = 255
    if abs(right) >= width or abs(down) >= height:
        return out
    to_x, to_y = max(right, 0), max(down, 0)
    from_x, from_y = max(-right, 0), max(-down, 0)
    wide, high = width - abs(right), height - abs(down)
    out[to_y : to_y + high, to_x : to_x + wide] = pixels[from_y : from_y + high, from_x : from_x + wide]
    return out


def _reduced(pixels: Pixels, *, bgrx: bool) -> _Grey:
    grey = luma(pixels, bgrx=bgrx)
    height, width = grey.shape
    if width > _WIDEST:
        size = (_WIDEST, max(8, round(height * _WIDEST / width)))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    return grey.astype(np.float32)
