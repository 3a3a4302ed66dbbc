"""Tileable noise fields and small sampling functions; everything drawn gets its grain from here."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[Any]
TILE = 1024


def tile(rng: np.random.Generator, cells: int, octaves: int, falloff: float = 0.55) -> Field:
    """A tileable TILE×TILE field with mean 0 and deviation 1; `cells` is the number of lattice cells across."""
    field = np.zeros((TILE, TILE), np.float32)
    weight = 1.0
    for octave in range(octaves):
        n = min(cells << octave, TILE)
        lattice = rng.standard_normal((n, n)).astype(np.float32)
        wrapped = np.pad(lattice, 4, mode="wrap")
        scale = TILE / n
        big = cv2.resize(wrapped, (round(TILE + 8 * scale), round(TILE + 8 * scale)), interpolation=cv2.INTER_CUBIC)
        cut = round(4 * scale)
        field += weight * big[cut : cut + TILE, cut : cut + TILE]
        weight *= falloff
    field -= field.mean()
    return np.asarray(field / field.std(), np.float32)


def sample(field: NDArray[np.float32], u: Field, v: Field) -> Field:
    """The field at (u, v), where 1.0 is one whole tile; linear, wrapping, any shape."""
    h, w = field.shape[:2]
    width = 2048  # rows of a fixed length: remapping is limited in width
    rows = -(-u.size // width)
    xy = np.zeros((2, rows * width), np.float32)
    for row, (values, size) in enumerate(((u, w), (v, h))):
        flat = np.asarray(values, np.float32).ravel()
        np.subtract(flat, np.floor(flat), out=xy[row, : u.size])
        xy[row] *= size
    x, y = xy[0].reshape(rows, width), xy[1].reshape(rows, width)
    out = np.asarray(cv2.remap(field, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)
    return out.reshape(-1, *field.shape[2:])[: u.size].reshape(u.shape + field.shape[2:])


def smooth(low: float, high: float, x: Field) -> Field:
    """Smoothstep from 0 at `low` to 1 at `high`."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def cell_hash(i: Field, j: Field, salt: int = 0) -> Field:
    """A repeatable value in [0, 1) per lattice cell."""
    h = np.sin(i * 127.1 + j * 311.7 + salt * 74.7) * 43758.547
    return np.asarray(h - np.floor(h), np.float32)


class Noise:
    """The fields one generator run works with, all from one seed."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng([seed, 11])
        self.soft = tile(rng, 6, 6)
        self.fine = tile(rng, 48, 4, 0.7)
        self.cloud = tile(rng, 3, 7, 0.5)
        self.fold = tile(rng, 16, 3, 0.5)
        rolled = [np.roll(self.fold, (317, 0), (1, 0)), np.roll(self.fold, 481, 0)]
        self.cloth = np.ascontiguousarray(np.stack([self.fold, *rolled], -1))
        self.blotch = np.ascontiguousarray(np.stack([self.soft, np.roll(self.soft, 389, 0)], -1))
        own = [tile(rng, 512, 2, 0.8) for _ in range(4)]
        grain = np.stack([own[3] + 0.35 * own[c] for c in range(3)], -1)
        self.grain = np.ascontiguousarray(np.pad(grain, ((0, 768), (0, 1344), (0, 0)), mode="wrap"), np.float32)
