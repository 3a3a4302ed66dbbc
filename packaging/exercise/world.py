"""The yard of both clips: where things stand, how light falls, a pinhole camera. Metres; X right, Y away, Z up."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Vec = NDArray[np.float64]
Color = tuple[float, float, float]  # linear-looking sRGB 0..1, red first

WALL_Y = 14.0
WALL_X0, WALL_X1 = -6.6, 2.6
WALL_HEIGHT = 1.95
WALL_THICK = 0.28
SIDE_Y0 = 7.6  # the return wall runs from here to WALL_Y at X = WALL_X0
HOUSE_X0, HOUSE_X1, HOUSE_Y0, HOUSE_Y1 = 2.6, 9.4, 12.4, 17.5
EAVE, RIDGE, RIDGE_X = 2.85, 3.75, 6.0
DOOR = (3.35, 4.35, 0.0, 2.1)  # x0, x1, z0, z1 on the front
WINDOWS = ((5.35, 6.55, 1.0, 1.95), (7.45, 8.35, 0.95, 1.9))
POLE = (0.95, 15.2, 4.7)  # x, y, height
TYRES = ((-5.45, 10.6, 3), (-4.75, 11.05, 1))  # x, y, how many in the stack
GROUND_X0, GROUND_X1, GROUND_Y0, GROUND_Y1 = -13.0, 13.0, -1.0, 20.0
GROUND_PPM = 140  # texture pixels per metre


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of debris: a box with its lowest point at `center` height, turned and tipped by so many radians."""

    center: tuple[float, float, float]
    size: tuple[float, float, float]
    turn: float
    tilt: float
    color: Color

    def corners(self) -> Vec:
        """The eight corners, 8×3."""
        sx, sy, sz = (s / 2 for s in self.size)
        signs = np.array([[i, j, k] for k in (-1, 1) for j in (-1, 1) for i in (-1, 1)], float)
        p = signs * (sx, sy, sz)
        ct, st = np.cos(self.tilt), np.sin(self.tilt)
        p = p @ np.array([[ct, 0, st], [0, 1, 0], [-st, 0, ct]])
        c, s = np.cos(self.turn), np.sin(self.turn)
        p = p @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
        return np.asarray(p + np.array(self.center) - (0, 0, p[:, 2].min()))


@dataclass(frozen=True, slots=True)
class Light:
    """A weak directional light under an overcast sky; `toward` points to it."""

    toward: tuple[float, float, float]
    key: float
    sky: Color = (0.66, 0.69, 0.72)
    bounce: Color = (0.30, 0.26, 0.21)
    key_color: Color = (1.0, 0.95, 0.86)

    def direction(self) -> Vec:
        v = np.array(self.toward, float)
        return np.asarray(v / np.linalg.norm(v))


LIGHT_GROUND = Light((-0.55, -0.34, 0.80), 0.52)
LIGHT_ABOVE = Light((0.62, -0.20, 0.66), 0.62, (0.60, 0.63, 0.68))


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole. Rows of `turn` are right, down and forward in world coordinates."""

    position: Vec
    turn: Vec
    focal: float
    cx: float
    cy: float

    def project(self, points: Vec) -> tuple[Vec, Vec]:
        """Picture coordinates (N×2) and depth along the axis (N)."""
        c = (np.atleast_2d(points) - self.position) @ self.turn.T
        z = np.maximum(c[:, 2], 1e-3)
        return np.stack([self.focal * c[:, 0] / z + self.cx, self.focal * c[:, 1] / z + self.cy], 1), c[:, 2]

    def intrinsics(self) -> Vec:
        return np.array([[self.focal, 0, self.cx], [0, self.focal, self.cy], [0, 0, 1.0]])

    def ground_homography(self) -> Vec:
        """From (X, Y, 1) on the ground to homogeneous picture coordinates."""
        t = -self.turn @ self.position
        return self.intrinsics() @ np.stack([self.turn[:, 0], self.turn[:, 1], t], 1)


def turn_matrix(yaw: float, pitch: float, roll: float) -> Vec:
    """Rows right, down, forward for a camera looking along +Y at yaw 0; pitch up and roll clockwise are positive."""
    cy, sy, cp, sp = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch)
    forward = np.array([sy * cp, cy * cp, sp])
    right = np.array([cy, -sy, 0.0])
    down = np.cross(forward, right)
    c, s = np.cos(roll), np.sin(roll)
    return np.stack([c * right + s * down, -s * right + c * down, forward])


@dataclass(frozen=True, slots=True)
class Yard:
    """What the seed decides about the place: loose debris."""

    boxes: tuple[Box, ...] = field(default=())


BRICK: tuple[Color, ...] = ((0.47, 0.37, 0.29), (0.41, 0.32, 0.25), (0.53, 0.43, 0.34), (0.36, 0.29, 0.24))
CONCRETE: tuple[Color, ...] = ((0.50, 0.48, 0.44), (0.43, 0.41, 0.38), (0.36, 0.34, 0.31))
WOOD: tuple[Color, ...] = ((0.33, 0.24, 0.17), (0.40, 0.31, 0.22), (0.24, 0.18, 0.14))


def build_yard(seed: int) -> Yard:
    """Scatter debris in heaps that leave the places where people walk, stand and lie free."""
    rng = np.random.default_rng([seed, 23])
    boxes: list[Box] = []

    def pick(colors: tuple[Color, ...]) -> Color:
        r, g, b = colors[int(rng.integers(len(colors)))]
        k, warm = float(rng.uniform(0.82, 1.12)), float(rng.uniform(-0.012, 0.012))
        return (r * k + warm, g * k, b * k - warm)

    def heap(x: float, y: float, spread: float, bricks: int, slabs: int) -> None:
        for i in range(bricks + slabs):
            px, py = x + rng.normal() * spread, y + rng.normal() * spread * 0.55
            lift = max(0.0, 0.28 * spread * (1 - np.hypot((px - x) / spread, (py - y) / spread) / 1.4)) * rng.uniform(
                0, 1
            )
            if i < slabs:
                size = (rng.uniform(0.35, 0.75), rng.uniform(0.25, 0.5), rng.uniform(0.07, 0.14))
                color = pick(CONCRETE)
            else:
                size = (0.34 * rng.uniform(0.5, 1), 0.17, 0.15)
                color = pick(BRICK)
            boxes.append(Box((px, py, lift), size, rng.uniform(0, 3.14), rng.normal() * 0.25, color))

    heap(4.6, 8.9, 0.85, 26, 9)
    heap(5.6, 6.9, 0.6, 12, 5)
    heap(-3.1, 13.3, 0.55, 22, 2)
    heap(0.9, 13.35, 0.5, 16, 2)
    heap(-5.6, 8.4, 0.55, 14, 5)
    heap(-4.5, 6.1, 0.4, 7, 3)
    heap(2.3, 12.9, 0.35, 8, 1)
    for x, y, length, turn in (
        (-4.6, 9.3, 2.6, 0.16),
        (5.0, 9.9, 2.4, -0.5),
        (4.2, 7.6, 1.7, 0.9),
        (-1.7, 13.5, 2.1, 0.05),
    ):
        boxes.append(Box((x, y, 0.05), (length, 0.15, 0.06), turn, rng.normal() * 0.03, pick(WOOD)))
    return Yard(tuple(boxes))
