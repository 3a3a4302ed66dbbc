"""Stabilising for the eye: each picture is moved by whole pixels so that it lies on the frame it is compared with.

How far is found by phase correlation of both lumas, at most 640 pixels wide (Kuglin and Hines 1975). Nothing is turned
or scaled unless that is asked for (`steady_turn`), and nothing is ever filled in from elsewhere: what moves out is not
shown, what comes in is black. Where no match is found the picture stays as it is and says so.
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
from evidence_desk.worker.steady_turn import fitted, scaled, tilted

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
        if adjust.steady_to is not None:
            if self._reference is None or key != self._key:
                self._reference, self._key = _reduced(reference(), bgrx=bgrx), key
            grey = _reduced(shown.pixels, bgrx=bgrx)
            laid = _tilted_onto if adjust.steady_turn else _moved_onto
            shown = laid(shown, self._reference, grey)
        return replace(shown, pixels=adjusted(shown.pixels, adjust, bgrx=bgrx))


def _moved_onto(shown: Rendering, reference: _Grey, grey: _Grey) -> Rendering:
    found = shift_onto(reference, grey, shown.pixels.shape[1])
    if found is None:
        return replace(shown, view=f"{shown.view}, cannot be steadied: no match")
    return replace(shown, pixels=moved(shown.pixels, found), shift=found)


def _tilted_onto(shown: Rendering, reference: _Grey, grey: _Grey) -> Rendering:
    larger = shown.pixels.shape[1] / grey.shape[1]
    guess = shift_onto(reference, grey, grey.shape[1]) or (0, 0)
    fit = fitted(reference, grey, (-guess[0], -guess[1]))
    if fit.why:
        return replace(shown, view=f"{shown.view}, cannot be steadied: {fit.why}")
    tilt = scaled(fit.tilt, larger)
    words = f"{shown.view}, residual {fit.residual * larger:.2f} pixels"
    return replace(shown, pixels=tilted(shown.pixels, tilt), tilt=tilt, view=words)


def shift_onto(reference: _Grey, picture: _Grey, width: int) -> tuple[int, int] | None:
    """Return how many pixels of a picture `width` wide it is to be moved right and down, None where nothing matches."""
    if reference.shape != picture.shape or min(picture.shape) < 8:
        return None
    window = cv2.createHanningWindow((picture.shape[1], picture.shape[0]), cv2.CV_32F)
    # Copies: where no padding is needed OpenCV multiplies the window into the pictures it is handed.
    (right, down), response = cv2.phaseCorrelate(reference.copy(), picture.copy(), window)
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
