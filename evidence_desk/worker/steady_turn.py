"""Stabilising with turn and scale: which similarity lays a picture onto another, and how well it fits.

Corners (Shi and Tomasi 1994) of the picture that is laid onto are followed into the other one by pyramidal Lucas-Kanade
flow, there and back; those that do not come back are left out. One turn, scale and shift is then fitted to the rest by
RANSAC with a fixed seed and refined on what agrees with it; the picture laid so is fitted once more, since the flow is
the truer the less is left to follow. The fit is refused, with the reason, where too little agrees, where what agrees is
off by more than MOST_RESIDUAL, or where turn or scale is more than shaking hands make: it is never forced. The same
pictures give the same fit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from evidence_desk.worker.display import Pixels

cv2.setNumThreads(1)

MOST_CORNERS, LEAST_AGREEING, LEAST_SHARE = 400, 20, 0.5
MOST_RESIDUAL = 0.75
"""Pixels of the reduced picture: root mean square of what is left over where the fit agrees."""
MOST_TURN, LEAST_SCALE, MOST_SCALE = 15.0, 0.8, 1.25
_SEED = 7
_RETURN = 1.0

Tilt = tuple[float, float, float, float]
"""a, b, right, down: x becomes a·x - b·y + right, y becomes b·x + a·y + down, in pixels from the picture's corner."""
Grey = npt.NDArray[np.float32]
Luma = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture is laid onto another, in pixels of the pictures compared; `why` says why it cannot, "" where so."""

    tilt: Tilt = (1.0, 0.0, 0.0, 0.0)
    residual: float = 0.0
    why: str = ""


def fitted(reference: Grey, picture: Grey, start: tuple[float, float]) -> Fit:
    """Return the similarity that lays `picture` onto `reference`; `start` is a first guess of how far it has moved."""
    if reference.shape != picture.shape or min(picture.shape) < 32:
        return Fit(why="the pictures differ in size or are too small")
    before, now = (np.clip(grey, 0, 255).astype(np.uint8) for grey in (reference, picture))
    first = _followed(before, now, start)
    if first.why:
        return first
    second = _followed(before, tilted(now[:, :, None], first.tilt).reshape(now.shape), (0.0, 0.0))
    if second.why:
        return second
    both = _after(second.tilt, first.tilt)
    if abs(math.degrees(math.atan2(both[1], both[0]))) > MOST_TURN or not (
        LEAST_SCALE <= math.hypot(both[0], both[1]) <= MOST_SCALE
    ):
        return Fit(why="it is turned or scaled by more than shaking makes")
    return Fit(both, second.residual)


def _after(second: Tilt, first: Tilt) -> Tilt:
    """Return one tilt that does what the first and then the second do."""
    a, b, right, down = second
    c, d, across, foot = first
    return a * c - b * d, b * c + a * d, a * across - b * foot + right, b * across + a * foot + down


def _followed(before: Luma, now: Luma, start: tuple[float, float]) -> Fit:
    corners: Any = cv2.goodFeaturesToTrack(before, MOST_CORNERS, 0.01, 7)
    if corners is None or len(corners) < LEAST_AGREEING:
        return Fit(why="too little stands out in the picture")
    guess = corners + np.array(start, np.float32)
    size: dict[str, Any] = {"winSize": (21, 21), "maxLevel": 4}
    there, seen, _ = cv2.calcOpticalFlowPyrLK(before, now, corners, guess, flags=cv2.OPTFLOW_USE_INITIAL_FLOW, **size)
    anew: Any = None
    back, again, _ = cv2.calcOpticalFlowPyrLK(now, before, there, anew, **size)
    missed = np.linalg.norm((back - corners).reshape(-1, 2), axis=1)
    good = (seen.ravel() == 1) & (again.ravel() == 1) & (missed <= _RETURN)
    if int(good.sum()) < LEAST_AGREEING:
        return Fit(why="too little of it is found again")
    return _similarity(there.reshape(-1, 2)[good], corners.reshape(-1, 2)[good], len(corners))


def _similarity(source: npt.NDArray[Any], target: npt.NDArray[Any], looked_for: int) -> Fit:
    cv2.setRNGSeed(_SEED)
    fit: Any = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=1.5, maxIters=2000, confidence=0.999, refineIters=10
    )
    found, agreeing = fit
    inside = agreeing.ravel() == 1 if agreeing is not None else np.zeros(len(source), bool)
    count = int(inside.sum())
    if found is None or count < LEAST_AGREEING or count < LEAST_SHARE * min(looked_for, len(source)):
        return Fit(why="its parts do not move together")
    a, b = float(found[0, 0]), float(found[1, 0])
    left = source[inside] @ found[:, :2].T + found[:, 2] - target[inside]
    residual = float(np.sqrt(np.mean(np.sum(left * left, axis=1))))
    if residual > MOST_RESIDUAL:
        return Fit(why=f"what moves together is off by {residual:.1f} pixels")
    return Fit(_from_corner((a, b, float(found[0, 2]), float(found[1, 2]))), residual)


def _from_corner(tilt: Tilt) -> Tilt:
    """Return the same for places that count from the picture's corner, not from the middle of its first pixel."""
    a, b, right, down = tilt
    return a, b, right + 0.5 - 0.5 * (a - b), down + 0.5 - 0.5 * (b + a)


def scaled(tilt: Tilt, by: float) -> Tilt:
    """Return the same for pictures that are larger by a factor."""
    return tilt[0], tilt[1], tilt[2] * by, tilt[3] * by


def tilted(pixels: Pixels, tilt: Tilt) -> Pixels:
    """Return the picture turned, scaled and moved, values interpolated between pixels; what comes in is black."""
    a, b, right, down = tilt
    matrix = np.array(
        [[a, -b, right - 0.5 + 0.5 * (a - b)], [b, a, down - 0.5 + 0.5 * (b + a)]],
        np.float64,
    )
    height, width, deep = pixels.shape
    black = (0, 0, 0, 255)[:deep]
    out = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=black)
    return np.ascontiguousarray(out, np.uint8)
