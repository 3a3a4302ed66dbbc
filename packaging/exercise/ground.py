"""The yard's ground as one picture from straight above: stones, tracks, grass, the shadows of fixed things."""

from typing import Any, overload

import cv2
import numpy as np
from noise import Field, Noise, sample, smooth
from world import (
    GROUND_PPM,
    GROUND_X0,
    GROUND_X1,
    GROUND_Y0,
    GROUND_Y1,
    HOUSE_X0,
    HOUSE_X1,
    HOUSE_Y0,
    HOUSE_Y1,
    POLE,
    SIDE_Y0,
    TYRES,
    WALL_HEIGHT,
    WALL_THICK,
    WALL_X0,
    WALL_X1,
    WALL_Y,
    Light,
    Vec,
    Yard,
)


@overload
def to_map(x: float, y: float) -> tuple[float, float]: ...
@overload
def to_map(x: Field, y: Field) -> tuple[Field, Field]: ...
def to_map(x: Any, y: Any) -> tuple[Any, Any]:
    """World X, Y to texture pixels (row 0 is the far edge)."""
    return (x - GROUND_X0) * GROUND_PPM, (GROUND_Y1 - y) * GROUND_PPM


def map_homography() -> Vec:
    """From texture pixels to world X, Y, 1."""
    k = 1 / GROUND_PPM
    return np.array([[k, 0, GROUND_X0], [0, -k, GROUND_Y1], [0, 0, 1.0]])


def _stones(img: Field, rng: np.random.Generator, count: int) -> None:
    h, w = img.shape[:2]
    for _ in range(count):
        x, y = int(rng.integers(6, w - 6)), int(rng.integers(6, h - 6))
        r = float(np.clip(rng.lognormal(0.9, 0.55), 1.2, 11))
        angle, flat = rng.uniform(0, 180), rng.uniform(0.55, 0.95)
        tone = rng.uniform(0.62, 1.25)
        axes = (round(r), max(1, round(r * flat)))
        base = np.array([0.46, 0.42, 0.36]) * tone
        cv2.ellipse(img, (x + round(r * 0.35) + 1, y + 1), axes, angle, 0, 360, (0.20, 0.17, 0.13), -1, cv2.LINE_AA)
        cv2.ellipse(img, (x, y), axes, angle, 0, 360, tuple(base * 0.85), -1, cv2.LINE_AA)
        if r > 2.5:
            small = (max(1, round(r * 0.6)), max(1, round(r * flat * 0.55)))
            cv2.ellipse(img, (x - 1, y - 1), small, angle, 0, 360, tuple(np.minimum(base * 1.15, 1)), -1, cv2.LINE_AA)


def _grass(img: Field, rng: np.random.Generator, places: list[tuple[float, float, float, int]]) -> None:
    for cx, cy, spread, count in places:
        for _ in range(count):
            x, y = to_map(cx + rng.normal() * spread, cy + rng.normal() * spread * 0.5)
            length, angle = rng.uniform(5, 17), rng.uniform(0, 6.28)
            g = rng.uniform(0.6, 1.1)
            color = (0.34 * g, 0.35 * g, 0.20 * g)
            end = (round(x + length * np.cos(angle)), round(y + length * np.sin(angle)))
            cv2.line(img, (round(x), round(y)), end, color, 1, cv2.LINE_AA)


def _track(img: Field, points: list[tuple[float, float]], rng: np.random.Generator) -> None:
    """A pair of old wheel marks: darker, with cross ribs."""
    layer: Field = np.zeros(img.shape[:2], np.float32)
    for side in (-0.75, 0.75):
        pts = np.array([to_map(x + side, y) for x, y in points])
        cv2.polylines(layer, [np.round(pts).astype(np.int32)], False, 1.0, 34, cv2.LINE_AA)
    layer = cv2.GaussianBlur(layer, (0, 0), 7)
    ribs = 0.75 + 0.25 * np.sin(np.arange(img.shape[0], dtype=np.float32) / 4.2)[:, None]
    wear: Field = rng.uniform(0.55, 1, (40, 40)).astype(np.float32)
    wear = cv2.resize(wear, (img.shape[1], img.shape[0]), interpolation=cv2.INTER_CUBIC)
    img *= (1 - 0.16 * layer * ribs * wear)[..., None]


def _cast(mask: Field, outline: Vec, height: float, light: Vec) -> None:
    """Add the shadow of an upright prism (ground outline N×2, height) to the mask."""
    shift = -light[:2] / light[2] * height
    steps = 10
    for k in range(steps):
        moved = outline + shift * (k / (steps - 1))
        pts = np.array([to_map(*p) for p in moved])
        cv2.fillConvexPoly(mask, cv2.convexHull(np.round(pts).astype(np.int32)), 1.0, cv2.LINE_AA)


def _fixed_shadows(shape: tuple[int, int], yard: Yard, light: Vec) -> Field:
    far: Field = np.zeros(shape, np.float32)
    near: Field = np.zeros(shape, np.float32)
    house = np.array([[HOUSE_X0, HOUSE_Y0], [HOUSE_X1, HOUSE_Y0], [HOUSE_X1, HOUSE_Y1], [HOUSE_X0, HOUSE_Y1]])
    wall = np.array(
        [[WALL_X0, WALL_Y], [WALL_X1, WALL_Y], [WALL_X1, WALL_Y + WALL_THICK], [WALL_X0, WALL_Y + WALL_THICK]]
    )
    side_x = WALL_X0 - WALL_THICK
    side = np.array([[side_x, SIDE_Y0], [WALL_X0, SIDE_Y0], [WALL_X0, WALL_Y], [side_x, WALL_Y]])
    for outline, height in ((house, 2.9), (wall, WALL_HEIGHT), (side, WALL_HEIGHT)):
        _cast(far, outline, height, light)
        _cast(near, outline, 0.25, light)
    ring = np.stack([np.cos(np.linspace(0, 6.28, 20)), np.sin(np.linspace(0, 6.28, 20))], 1)
    _cast(far, ring * 0.09 + POLE[:2], POLE[2], light)
    for x, y, count in TYRES:
        _cast(far, ring * 0.34 + (x, y), 0.2 * count, light)
        _cast(near, ring * 0.36 + (x, y), 0.05, light)
    for box in yard.boxes:
        corners = box.corners()
        _cast(near, corners[:, :2], float(corners[:, 2].max()), light)
    far = cv2.GaussianBlur(far, (0, 0), 0.11 * GROUND_PPM)
    near = cv2.GaussianBlur(near, (0, 0), 0.025 * GROUND_PPM)
    return np.asarray(1 - (1 - 0.36 * far) * (1 - 0.5 * near), np.float32)


def build_ground(seed: int, noise: Noise, yard: Yard, light: Light) -> Field:
    """The ground texture, rows from far to near, red first, 0..1."""
    rng = np.random.default_rng([seed, 31])
    w = round((GROUND_X1 - GROUND_X0) * GROUND_PPM)
    h = round((GROUND_Y1 - GROUND_Y0) * GROUND_PPM)
    x, y = np.meshgrid(np.arange(w, dtype=np.float32) / GROUND_PPM, np.arange(h, dtype=np.float32) / GROUND_PPM)
    broad = sample(noise.soft, x / 26, y / 26)
    middle = sample(noise.soft, x / 4.3 + 0.3, y / 4.3)
    small = sample(noise.fine, x / 2.1, y / 2.1)
    dry, dark, pale = (
        np.array(c, np.float32) for c in ((0.49, 0.42, 0.32), (0.435, 0.375, 0.295), (0.575, 0.52, 0.42))
    )
    damp = smooth(0.1, 1.5, broad + 0.45 * middle)[..., None]
    dust = smooth(0.35, 1.6, -0.7 * broad + 0.8 * middle)[..., None]
    img = dry * (1 - damp) + dark * damp
    img = img * (1 - 0.7 * dust) + pale * 0.7 * dust
    # Relief: the noise seen as height and lit from the side gives clods without drawing them one by one.
    height = 0.5 * middle + 0.35 * small
    slope = np.gradient(cv2.GaussianBlur(height, (0, 0), 1.1))
    toward = light.direction()
    relief = -(slope[1] * toward[0] - slope[0] * toward[1])
    img = img * (1 + np.clip(1.35 * relief, -0.30, 0.30) + 0.045 * small)[..., None]
    img = np.ascontiguousarray(np.clip(img, 0.02, 1), np.float32)
    _track(img, [(-1.2, -1), (-0.6, 4), (0.9, 8), (2.2, 10.5), (2.5, 13)], rng)
    _track(img, [(9, 4.5), (4, 6.2), (-1, 6.6), (-7, 5.2)], rng)
    _stones(img, rng, 9500)
    edge = [(float(v), WALL_Y - 0.15, 0.25, 60) for v in np.arange(WALL_X0, WALL_X1, 0.4)]
    edge += [(WALL_X0 + 0.2, float(v), 0.2, 60) for v in np.arange(SIDE_Y0, WALL_Y, 0.45)]
    loose = [(rng.uniform(-9, 9), rng.uniform(2, 13.5), 0.22, int(rng.integers(20, 90))) for _ in range(46)]
    _grass(img, rng, edge + loose)
    shadow = _fixed_shadows((h, w), yard, light.direction())
    tint = np.array([1.0, 0.97, 0.90], np.float32)
    return np.asarray(np.clip(img * (1 - shadow[..., None] * tint), 0, 1), np.float32)
