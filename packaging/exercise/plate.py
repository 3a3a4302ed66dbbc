"""The ground-level view without people: one large picture with its depth, ray by ray, from which every frame is cut."""

from dataclasses import dataclass

import cv2
import numpy as np
from draw import Canvas
from ground import to_map
from noise import Field, Noise, sample, smooth
from numpy.typing import NDArray
from surfaces import brick, hills, house_front, plaster, sky, wall_top
from world import (
    DOOR,
    EAVE,
    HOUSE_X0,
    HOUSE_X1,
    HOUSE_Y0,
    HOUSE_Y1,
    RIDGE,
    RIDGE_X,
    SIDE_Y0,
    WALL_X0,
    WALL_X1,
    WALL_Y,
    Camera,
    Vec,
)

FAR = 400.0
HAZE = np.array([0.72, 0.73, 0.72], np.float32)


@dataclass(slots=True)
class Plate:
    """A large picture with its depth along the camera's axis, and that camera."""

    canvas: Canvas
    camera: Camera


def _ground_color(x: Field, y: Field, distance: Field, pyramid: list[Field], noise: Noise) -> Field:
    """The ground texture, taken from the pyramid level that fits the distance so that it does not sparkle."""
    mx, my = to_map(x, y)
    level = np.clip(np.log2(np.maximum(distance, 1) / 3.2), 0, len(pyramid) - 1.001)
    out = np.zeros((*x.shape, 3), np.float32)
    for k, image in enumerate(pyramid):
        weight = np.clip(1 - np.abs(level - k), 0, 1)
        rows = np.where(weight.max(axis=1) > 0)[0]
        if len(rows) == 0:
            continue
        r = slice(rows[0], rows[-1] + 1)
        scale = 1 / (1 << k)
        part = cv2.remap(
            image, (mx[r] * scale).astype(np.float32), (my[r] * scale).astype(np.float32), cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT,
        )  # fmt: skip
        out[r] += part * weight[r][..., None]
    grit = np.clip(1.25 - distance / 9, 0, 1)  # near the eye the texture alone would be soft
    if grit.max() > 0:
        speck = sample(noise.fine, x / 2.3, y / 2.3) + 0.7 * sample(noise.fine, x / 0.9 + 0.4, y / 0.9)
        out = out * (1 + 0.055 * grit * speck)[..., None]
    outside = np.clip((y - WALL_Y) / 3, 0, 1)[..., None]  # a field beyond the wall
    if outside.max() > 0:
        tone = 1 + 0.07 * sample(noise.soft, x / 90, y / 160)
        out = out * (1 - outside) + np.array([0.455, 0.45, 0.345], np.float32) * tone[..., None] * outside
    return np.asarray(out, np.float32)


@dataclass(slots=True)
class _Rays:
    """A block of rays from one eye: world directions, and what each has met so far."""

    eye: Vec
    dx: Field
    dy: Field
    dz: Field
    color: Field
    best: Field
    ground: Field

    def meet(self, mask: NDArray[np.bool_], t: Field, color: Field) -> None:
        """The rays of `mask` meet a surface at t; `color` has one row per such ray."""
        self.color[mask] = color
        self.best[mask] = t[mask]
        self.ground[mask] = 0


def _backdrop(rays: _Rays, noise: Noise) -> None:
    azimuth, elevation = np.arctan2(rays.dx, rays.dy), np.arctan2(rays.dz, np.hypot(rays.dx, rays.dy))
    high = elevation > -0.03
    if not high.any():
        return
    az, el = azimuth[high], elevation[high]
    above = sky(az, el, noise)
    land = el < 0.30
    above[land] = hills(az[land], el[land], above[land], noise)
    rays.color[high] = above


def _floor(rays: _Rays, pyramid: list[Field], noise: Noise) -> None:
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(rays.dz < -1e-4, -rays.eye[2] / rays.dz, FAR * 2)
    mask = (t > 0.2) & (t < rays.best)
    if not mask.any():
        return
    rows = np.where(mask.any(axis=1))[0]
    r = slice(rows[0], rows[-1] + 1)
    near = np.where(mask, t, 50)[r].astype(np.float32)
    dx, dy, dz = rays.dx[r], rays.dy[r], rays.dz[r]
    distance = near * np.sqrt(dx**2 + dy**2 + dz**2)
    color = _ground_color(rays.eye[0] + near * dx, rays.eye[1] + near * dy, distance, pyramid, noise)
    rays.meet(mask, t, color[mask[r]])
    rays.ground[mask] = 1


def _walls(rays: _Rays, noise: Noise) -> None:
    with np.errstate(divide="ignore", invalid="ignore"):
        back, side = (WALL_Y - rays.eye[1]) / rays.dy, (WALL_X0 - rays.eye[0]) / rays.dx
    for t, along, reach, tone in ((back, 0, (WALL_X0, WALL_X1 + 0.02), 0.92), (side, 1, (SIDE_Y0, WALL_Y), 0.80)):
        u = rays.eye[along] + np.clip(t, -50, 50) * (rays.dx if along == 0 else rays.dy)
        v = rays.eye[2] + np.clip(t, -50, 50) * rays.dz
        top = wall_top(u + (0 if along == 0 else 17.0), noise)
        mask = (t > 0.2) & (t < rays.best) & (u > reach[0]) & (u < reach[1]) & (v >= 0) & (v < top)
        if not mask.any():
            continue
        mu, mv, mt = u[mask], v[mask], top[mask]
        color = brick(mu + (0 if along == 0 else 3.3), mv, noise) * tone
        color = color * (1 + 0.16 * smooth(0.05, 0.0, mt - mv))[..., None]
        if along == 0:  # shade in the inner corner and beside the house
            corner = 1 - 0.30 * smooth(0.9, 0.0, mu - WALL_X0) - 0.28 * smooth(0.9, 0.0, WALL_X1 - mu)
        else:
            corner = 1 - 0.30 * smooth(0.9, 0.0, WALL_Y - mu)
        rays.meet(mask, t, color * corner[..., None])


def _house(rays: _Rays, noise: Noise) -> None:
    with np.errstate(divide="ignore", invalid="ignore"):
        left, front = (HOUSE_X0 - rays.eye[0]) / rays.dx, (HOUSE_Y0 - rays.eye[1]) / rays.dy
    t = np.clip(left, -50, 50)
    u, v = rays.eye[1] + t * rays.dy, rays.eye[2] + t * rays.dz
    mask = (left > 0.2) & (left < rays.best) & (u > HOUSE_Y0) & (u < HOUSE_Y1) & (v >= 0) & (v < EAVE)
    if mask.any():
        rays.meet(mask, left, plaster(u[mask] + 20, v[mask], noise, 0.86))
    t = np.clip(front, -50, 50)
    u, v = rays.eye[0] + t * rays.dx, rays.eye[2] + t * rays.dz
    mask = (front > 0.2) & (front < rays.best + 0.5) & (u > HOUSE_X0) & (u < HOUSE_X1) & (v >= 0) & (v < RIDGE)
    if not mask.any():
        return
    mu, mv = u[mask], v[mask]
    color, inside, door = house_front(mu, mv, noise)
    low = smooth(0.0, 0.55, mv)[..., None]
    dark = np.array([0.085, 0.078, 0.07], np.float32) * (1 - low) + np.array([0.030, 0.029, 0.03], np.float32) * low
    edge = smooth(0.10, 0.0, np.minimum(mu - DOOR[0], DOOR[1] - mu))[..., None]
    color = np.where(door[..., None], dark + 0.05 * edge, color * 0.97)
    deep = np.array(front)  # the doorway opens into a dark room, so that figures can come out of it
    deep[mask] += np.where(door, 2.2 / np.maximum(rays.dy[mask], 0.1), 0)
    hit = np.zeros_like(mask)
    hit[mask] = inside
    rays.meet(hit, deep, color[inside])


def _strip(d: Vec, eye: Vec, noise: Noise, pyramid: list[Field]) -> tuple[Field, Field, Field]:
    """Colour, depth factor along the ray and ground mask for a block of rays (rows×cols×3 world directions)."""
    dx, dy, dz = (np.asarray(d[..., i], np.float32) for i in range(3))
    shape = dx.shape
    color, best = np.zeros((*shape, 3), np.float32), np.full(shape, FAR, np.float32)
    rays = _Rays(eye, dx, dy, dz, color, best, np.zeros(shape, np.float32))
    _backdrop(rays, noise)
    _floor(rays, pyramid, noise)
    _walls(rays, noise)
    _house(rays, noise)
    return rays.color, rays.best, rays.ground


def _roof(canvas: Canvas, camera: Camera) -> None:
    """The roof's dark edge along the gable, with the underside of the overhang."""
    y, out = HOUSE_Y0 - 0.38, 0.32
    slope = (RIDGE - EAVE) / (RIDGE_X - HOUSE_X0)
    left, right = HOUSE_X0 - out, HOUSE_X1 + out
    low = EAVE - slope * out
    for dy, thick, color in ((0.38, 0.02, (0.115, 0.105, 0.10)), (0.0, 0.17, (0.195, 0.178, 0.165))):
        pts = [(left, low), (RIDGE_X, RIDGE), (right, low)]
        ring = [(x, y, z + 0.06) for x, z in pts] + [
            (x, y + dy, z + 0.06 - thick - (0.12 if dy else 0)) for x, z in pts[::-1]
        ]
        xy, _ = camera.project(np.array(ring))
        poly = np.round(xy * 16).astype(np.int32)
        layer = np.zeros(canvas.depth.shape, np.uint8)
        cv2.fillPoly(layer, [poly], 255, cv2.LINE_AA, 4)
        a = (layer.astype(np.float32) / 255)[..., None]
        canvas.image += (np.array(color, np.float32) - canvas.image) * a
        canvas.depth[layer > 127] = HOUSE_Y0 - 0.4 - camera.position[1]
        canvas.ground[layer > 127] = 0


def build_plate(camera: Camera, size: tuple[int, int], noise: Noise, ground: Field) -> Plate:
    """Ray-cast the yard at 2×2 samples per pixel in strips; `size` is width, height."""
    w, h = size
    pyramid = [ground]
    for _ in range(5):
        pyramid.append(cv2.pyrDown(pyramid[-1]))
    image, depth = np.empty((h, w, 3), np.float32), np.empty((h, w), np.float32)
    mask = np.empty((h, w), np.float32)
    step = 60
    sx = (np.arange(w * 2) + 0.5) / 2 - 0.5
    for y0 in range(0, h, step):
        rows = min(step, h - y0)
        sy = y0 + (np.arange(rows * 2) + 0.5) / 2 - 0.5
        gx, gy = np.meshgrid((sx - camera.cx) / camera.focal, (sy - camera.cy) / camera.focal)
        d = np.stack([gx, gy, np.ones_like(gx)], -1) @ camera.turn
        color, t, g = _strip(d, camera.position, noise, pyramid)
        fog = (1 - np.exp(-np.minimum(t, FAR) / 210))[..., None] * (t < FAR)[..., None]
        color = color * (1 - fog) + HAZE * fog
        image[y0 : y0 + rows] = cv2.resize(color, (w, rows), interpolation=cv2.INTER_AREA)
        depth[y0 : y0 + rows] = t[::2, ::2]
        mask[y0 : y0 + rows] = cv2.resize(g.astype(np.float32), (w, rows), interpolation=cv2.INTER_AREA)
    canvas = Canvas(image, depth, mask)
    _roof(canvas, camera)
    return Plate(canvas, camera)
