"""Display adjustments: levels, gamma, local contrast and the like on the colours of the screen.

Every step is a fixed computation over the pixels of this one frame; nothing is learnt, guessed or added from elsewhere.
The same picture and values give the same bytes on the same machine.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from evidence_desk.media.adjustments import Adjustments, Histogram
from evidence_desk.worker.display import Orientation, Pixels

cv2.setNumThreads(1)

_TILES = (8, 8)
_NEIGHBOURHOOD = 5
"""Width in pixels of what the noise filter looks at."""
_CHANNELS = {"blue": 0, "green": 1, "red": 2}
_COLOUR_SHARE, _COLOUR_LEAST = 0.6, 4.0


def turned_further(orientation: Orientation, adjust: Adjustments) -> Orientation:
    """Return the turn of the file with the one asked for on top."""
    return Orientation((orientation.rotation + adjust.turn) % 360, orientation.mirrored)


def adjusted(pixels: Pixels, adjust: Adjustments, *, bgrx: bool) -> Pixels:
    """Return the picture with everything done to it that is asked for but turn and stabilising.

    `pixels` are rows of BGRX where `bgrx` says so, else RGB; the answer has the same layout, contiguous in memory.
    """
    if not _changes_values(adjust):
        return pixels
    picture = cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR if bgrx else cv2.COLOR_RGB2BGR)
    if adjust.denoise:
        strength = _COLOUR_LEAST + adjust.denoise * _COLOUR_SHARE
        picture = cv2.bilateralFilter(picture, _NEIGHBOURHOOD, strength, _NEIGHBOURHOOD / 2)
    table = _curve(adjust.black, adjust.white, adjust.gamma, adjust.contrast, adjust.brightness)
    picture = cv2.LUT(picture, table)
    if adjust.saturation or adjust.hue:
        picture = cv2.transform(picture, _chroma(adjust.saturation, adjust.hue))
    if adjust.equalise:
        luma, red, blue = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb))
        luma = cv2.createCLAHE(adjust.equalise / 10, _TILES).apply(luma)
        picture = cv2.cvtColor(cv2.merge((luma, red, blue)), cv2.COLOR_YCrCb2BGR)
    if adjust.sharpen:
        part = adjust.sharpen / 100
        picture = cv2.addWeighted(picture, 1 + part, cv2.GaussianBlur(picture, (0, 0), 1.5), -part, 0)
    if adjust.colours:
        one = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        if adjust.colours in _CHANNELS:
            one = np.ascontiguousarray(picture[:, :, _CHANNELS[adjust.colours]])
        return _as_pixels(cv2.cvtColor(one, cv2.COLOR_GRAY2BGRA if bgrx else cv2.COLOR_GRAY2RGB))
    return _as_pixels(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA if bgrx else cv2.COLOR_BGR2RGB))


def histogram(pixels: Pixels, adjust: Adjustments) -> Histogram:
    """Return the luma of a BGRX picture before and after the adjustments."""
    return Histogram(_luma_counts(pixels), _luma_counts(adjusted(pixels, adjust, bgrx=True)))


def luma(pixels: Pixels, *, bgrx: bool) -> Pixels:
    """Return the luma (BT.601 weights) of a BGRX or RGB picture, one byte a pixel."""
    return _as_pixels(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY if bgrx else cv2.COLOR_RGB2GRAY))


def _luma_counts(pixels: Pixels) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(luma(pixels, bgrx=True).ravel(), minlength=256))


def _changes_values(adjust: Adjustments) -> bool:
    return any(name != "turned" and not name.startswith("stabilised") for name in adjust.names())


@lru_cache(maxsize=32)
def _curve(black: int, white: int, gamma: int, contrast: int, brightness: int) -> Pixels:
    """Return what each value becomes: by levels, then gamma, then contrast around the middle, then brightness."""
    value = np.clip((np.arange(256) - black) / (white - black), 0, 1) ** (100 / gamma)
    slope = (100 + contrast) / 100 if contrast <= 0 else 100 / max(100 - contrast, 1)
    value = (value - 0.5) * slope + 0.5 + brightness / 100
    return np.clip(np.rint(value * 255), 0, 255).astype(np.uint8)


@lru_cache(maxsize=32)
def _chroma(saturation: int, hue: int) -> npt.NDArray[np.float64]:
    """Return what turns and stretches the colours: 3 × 3, BGR to BGR. Luma (BT.601) stays, and so does every grey."""
    to_luma = np.array(
        [[0.114, 0.587, 0.299], [0.886 / 1.772, -0.587 / 1.772, -0.299 / 1.772], [-0.114 / 1.402, -0.587 / 1.402, 0.5]]
    )
    part, angle = 1 + saturation / 100, np.deg2rad(hue)
    turn = part * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    plane = np.eye(3)
    plane[1:, 1:] = turn
    found: npt.NDArray[np.float64] = np.linalg.inv(to_luma) @ plane @ to_luma
    return found


def _as_pixels(picture: npt.NDArray[np.generic]) -> Pixels:
    return np.ascontiguousarray(picture, np.uint8)
