"""Draws figures: every limb is a shaded solid with depth, neighbouring limbs melt, light falls from the sky."""

from dataclasses import dataclass

import cv2
import numpy as np
from figure import Body, Limb
from noise import Field, Noise, sample
from numpy.typing import NDArray
from world import GROUND_X0, GROUND_X1, GROUND_Y0, GROUND_Y1, Camera, Light, Vec

SHADOW_PPM = 48
AWAY = 1e6
MIX = 8  # normal x y z, colour r g b, cloth, camouflage


@dataclass(slots=True)
class Canvas:
    """A picture being made: colours (0..1, red first), depth per pixel, and how much open ground shows (0..1)."""

    image: Field
    depth: Field
    ground: Field


@dataclass(slots=True)
class Patch:
    """A drawn figure: its place in the picture, premultiplied colour, coverage, depth, coverage per kind of part."""

    x: int
    y: int
    color: Field
    cover: Field
    depth: Field
    parts: dict[int, Field]


@dataclass(slots=True)
class _Buffers:
    """Per sample: depth, what melts between neighbours (normal, colour, cloth …), cloth coordinates, owner."""

    z: Field
    mix: Field
    u: Field
    v: Field
    what: NDArray[np.uint8]


def _bounds(body: Body, camera: Camera, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    ends = np.array([p for m in body.limbs for p in (m.a, m.b)])
    radii = np.array([r for m in body.limbs for r in (m.ra, m.rb)])
    xy, z = camera.project(ends)
    if z.min() < 0.4:
        return None
    reach = (camera.focal * radii / z + 1.5)[:, None]
    low, high = np.floor((xy - reach).min(0)).astype(int), np.ceil((xy + reach).max(0)).astype(int)
    x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
    x1, y1 = min(int(high[0]) + 1, size[0]), min(int(high[1]) + 1, size[1])
    return None if x1 <= x0 or y1 <= y0 else (x0, y0, x1, y1)


def _limb(buf: _Buffers, limb: Limb, ends: tuple[Vec, Vec], axis: Vec, index: int) -> None:
    """Draw one limb; `ends` are (x, y, depth, radius in samples) of a and b, `axis` its camera-space direction."""
    (ax, ay, za, pa), (bx, by, zb, pb) = ends
    h, w = buf.z.shape
    x0, x1 = max(int(min(ax - pa, bx - pb)), 0), min(int(max(ax + pa, bx + pb)) + 2, w)
    y0, y1 = max(int(min(ay - pa, by - pb)), 0), min(int(max(ay + pa, by + pb)) + 2, h)
    if x1 <= x0 or y1 <= y0:
        return
    dx, dy = bx - ax, by - ay
    length2 = max(dx * dx + dy * dy, 1e-6)
    gx = np.arange(x0, x1, dtype=np.float32)[None, :] + np.float32(0.5 - ax)
    gy = np.arange(y0, y1, dtype=np.float32)[:, None] + np.float32(0.5 - ay)
    t = np.clip((gx * np.float32(dx) + gy * np.float32(dy)) / np.float32(length2), 0, 1)
    r = np.float32(pa) + np.float32(pb - pa) * t
    qx, qy = (gx - t * np.float32(dx)) / r, (gy - t * np.float32(dy)) / r
    q2 = qx * qx + qy * qy
    inside = q2 < 1
    if not inside.any():
        return
    nz = np.sqrt(np.maximum(1 - q2, 1e-4))
    metres = np.float32(limb.ra) + np.float32(limb.rb - limb.ra) * t
    z = np.float32(za) + np.float32(zb - za) * t - metres * nz
    win = (slice(y0, y1), slice(x0, x1))
    old = buf.z[win]
    k = np.float32(max(limb.soft, 1e-3))
    weight = np.clip(0.5 + 0.5 * (old - z) / k, 0, 1) * inside
    if not (weight > 0).any():
        return
    keep = 1 - weight
    middle = ((t > 0.002) & (t < 0.998)).astype(np.float32)
    along = (qx * np.float32(axis[0]) + qy * np.float32(axis[1]) - nz * np.float32(axis[2])) * middle
    fresh = np.empty((*z.shape, MIX), np.float32)
    nx, ny, nw = qx - along * np.float32(axis[0]), qy - along * np.float32(axis[1]), -nz - along * np.float32(axis[2])
    scale = 1 / np.sqrt(nx * nx + ny * ny + nw * nw)
    fresh[..., 0], fresh[..., 1], fresh[..., 2] = nx * scale, ny * scale, nw * scale
    fresh[..., 3:] = (*limb.color, limb.cloth, limb.camouflage)
    mix = buf.mix[win]
    fresh -= mix
    fresh *= weight[..., None]
    mix += fresh
    first = inside & (old > AWAY * 0.5)
    buf.z[win] = np.where(first, z, old + (z - old - k * keep * 0.5) * weight)
    owner = weight > 0.5
    side = (qx * np.float32(dy) - qy * np.float32(dx)) / np.float32(np.sqrt(length2))
    span = np.float32(np.linalg.norm(limb.b - limb.a))
    np.copyto(buf.u[win], t * span + np.float32(index * 0.37), where=owner)
    np.copyto(buf.v[win], np.arcsin(np.clip(side, -1, 1)) * metres + np.float32(index * 0.61), where=owner)
    buf.what[win][owner] = limb.what + 1


def _occlusion(buf: _Buffers, drawn: NDArray[np.bool_], sigma: float) -> Field:
    """Hollows lie behind the mean depth of what surrounds them and get less sky; at half size, it is soft anyway."""
    h, w = buf.z.shape
    small = (max(w // 2, 1), max(h // 2, 1))
    cover = cv2.resize(drawn.astype(np.float32), small, interpolation=cv2.INTER_AREA)
    depth = cv2.resize(np.where(drawn, buf.z, 0).astype(np.float32), small, interpolation=cv2.INTER_AREA)
    mean = cv2.GaussianBlur(depth, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(cover, (0, 0), sigma), 1e-3)
    behind = buf.z - cv2.resize(mean, (w, h), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(1 - 3.2 * np.clip(behind[drawn], 0, 0.12), 0.55, 1), np.float32)


def _shade(buf: _Buffers, camera: Camera, light: Light, noise: Noise, distance: float) -> Field:
    """The lit colour of every drawn sample; the rest stays black."""
    drawn = buf.what > 0
    mix = buf.mix[drawn]
    u, v, cloth, camo = buf.u[drawn], buf.v[drawn], mix[:, 6], mix[:, 7]
    folds = sample(noise.cloth, u * 1.15, v * 0.55)
    fine = sample(noise.fine, u * 0.9, v * 0.9)
    n = mix[:, :3].copy()
    n[:, :2] += 0.15 * folds[:, 1:] * cloth[:, None]
    n /= np.maximum(np.sqrt(np.einsum("ij,ij->i", n, n)), 1e-4)[:, None]
    world = n @ camera.turn.astype(np.float32)
    key = np.clip((world @ light.direction().astype(np.float32) + 0.12) / 1.12, 0, 1)
    sky, bounce, warm = (np.array(c, np.float32) for c in (light.sky, light.bounce, light.key_color))
    h = (0.5 + 0.5 * world[:, 2])[:, None]
    lit = 0.88 * (bounce + (sky - bounce) * h) + light.key * warm * key[:, None]
    occlusion = _occlusion(buf, drawn, max(1.0, 0.025 * camera.focal / distance))
    color = mix[:, 3:6] * (1 + (0.075 * folds[:, 0] + 0.04 * fine) * cloth)[:, None]
    if camo.max() > 0:
        blotch = sample(noise.blotch, u * 0.9, v * 0.9)
        dark, pale = (blotch[:, 0] > 0.35) * camo, (0.35 * (blotch[:, 1] > 0.75) * camo)[:, None]
        color *= (1 - 0.42 * dark)[:, None]
        color += (np.array([0.42, 0.40, 0.28], np.float32) - color) * pale
    rim = 0.86 + 0.14 * np.sqrt(np.clip(-n[:, 2], 0, 1))
    out = np.zeros((*drawn.shape, 3), np.float32)
    out[drawn] = color * lit * (1.28 * occlusion * rim)[:, None]
    return out


def draw_body(
    body: Body, camera: Camera, light: Light, noise: Noise, size: tuple[int, int], sampling: int = 2
) -> Patch | None:
    """The figure as a patch of the picture, or None when nothing of it is inside."""
    bounds = _bounds(body, camera, size)
    if bounds is None:
        return None
    x0, y0, x1, y1 = bounds
    w, h = (x1 - x0) * sampling, (y1 - y0) * sampling
    buf = _Buffers(
        np.full((h, w), AWAY, np.float32),
        np.zeros((h, w, MIX), np.float32),
        np.zeros((h, w), np.float32),
        np.zeros((h, w), np.float32),
        np.zeros((h, w), np.uint8),
    )
    ends = np.array([p for m in body.limbs for p in (m.a, m.b)])
    xy, z = camera.project(ends)
    xy = (xy + 0.5 - (x0, y0)) * sampling
    for i, m in enumerate(body.limbs):
        a, b = 2 * i, 2 * i + 1
        axis = camera.turn @ (m.b - m.a)
        axis = axis / max(float(np.linalg.norm(axis)), 1e-6)
        pa, pb = camera.focal * m.ra / z[a] * sampling, camera.focal * m.rb / z[b] * sampling
        _limb(buf, m, ((*xy[a], z[a], pa), (*xy[b], z[b], pb)), axis, i)  # type: ignore[arg-type]
    if not buf.what.any():
        return None
    lit = _shade(buf, camera, light, noise, float(z.mean()))
    drawn = (buf.what > 0).astype(np.float32)
    small = (x1 - x0, y1 - y0)

    def down(a: Field) -> Field:
        return np.asarray(cv2.resize(a, small, interpolation=cv2.INTER_AREA), np.float32)

    parts = {}
    for kind in np.unique(buf.what):
        if kind > 1:
            parts[int(kind) - 1] = down((buf.what == kind).astype(np.float32))
    depth = np.where(drawn > 0, buf.z, float(z.mean()))
    return Patch(x0, y0, down(lit), down(drawn), down(depth.astype(np.float32)), parts)


def shadow_map(
    bodies: list[Body], light: Light, shape: tuple[int, int], strength: float
) -> tuple[Field, tuple[int, int]] | None:
    """How much the figures darken the ground, in a window of the shadow map; None without figures.

    Three parts: the weak shadow of the key light, the sky that a body hides from the ground under it, and contact.
    """
    toward = light.direction()
    shift = toward[:2] / toward[2]
    far, under, near = (np.zeros(shape, np.uint8) for _ in range(3))
    box = [10**6, 10**6, 0, 0]
    for body in bodies:
        for m in body.limbs:
            pts = []
            for p in (m.a, m.b):
                g = p[:2] - shift * p[2]
                pts.append(((g[0] - GROUND_X0) * SHADOW_PPM, (GROUND_Y1 - g[1]) * SHADOW_PPM))
            r = 0.5 * (m.ra + m.rb)
            ends = [(round(px * 16), round(py * 16)) for px, py in pts]
            cv2.line(far, ends[0], ends[1], 255, max(1, round(2 * r * SHADOW_PPM)), cv2.LINE_AA, 4)
            flat = [((p[0] - GROUND_X0) * SHADOW_PPM, (GROUND_Y1 - p[1]) * SHADOW_PPM) for p in (m.a, m.b)]
            below = [(round(px * 16), round(py * 16)) for px, py in flat]
            width = max(1, round(2.1 * r * SHADOW_PPM))
            cv2.line(under, below[0], below[1], 255, width, cv2.LINE_AA, 4)
            if min(m.a[2] - m.ra, m.b[2] - m.rb) < 0.10:
                cv2.line(near, below[0], below[1], 255, width, cv2.LINE_AA, 4)
            pts += flat
            for px, py in pts:
                box = [min(box[0], int(px)), min(box[1], int(py)), max(box[2], int(px)), max(box[3], int(py))]
    if box[2] <= box[0]:
        return None
    pad = 34
    x0, y0 = max(box[0] - pad, 0), max(box[1] - pad, 0)
    x1, y1 = min(box[2] + pad, shape[1]), min(box[3] + pad, shape[0])
    win = (slice(y0, y1), slice(x0, x1))
    parts = ((far, 0.07, strength), (under, 0.15, 0.42), (near, 0.05, 0.5))
    light_left = np.ones((y1 - y0, x1 - x0), np.float32)
    for mask, spread, dark in parts:
        light_left *= 1 - dark / 255 * cv2.GaussianBlur(mask[win], (0, 0), spread * SHADOW_PPM).astype(np.float32)
    return 1 - light_left, (x0, y0)


def cast_shadows(canvas: Canvas, bodies: list[Body], camera: Camera, light: Light, strength: float) -> None:
    """Darken the open ground by the figures' shadows."""
    shape = (round((GROUND_Y1 - GROUND_Y0) * SHADOW_PPM), round((GROUND_X1 - GROUND_X0) * SHADOW_PPM))
    found = shadow_map(bodies, light, shape, strength)
    if found is None:
        return
    dark, (x0, y0) = found
    k = 1 / SHADOW_PPM
    to_world = np.array([[k, 0, GROUND_X0 + (x0 + 0.5) * k], [0, -k, GROUND_Y1 - (y0 + 0.5) * k], [0, 0, 1.0]])
    matrix = camera.ground_homography() @ to_world
    h, w = canvas.depth.shape
    flat = cv2.warpPerspective(dark, matrix, (w, h), flags=cv2.INTER_LINEAR)
    flat *= canvas.ground
    canvas.image *= 1 - flat[..., None] * np.array([1.0, 0.97, 0.91], np.float32)


def place(canvas: Canvas, owner: NDArray[np.uint8], patch: Patch, mark: int) -> None:
    """Lay a patch over the picture where it is nearer; `owner` keeps who covers each pixel."""
    h, w = patch.cover.shape
    win = (slice(patch.y, patch.y + h), slice(patch.x, patch.x + w))
    front = (patch.depth < canvas.depth[win]).astype(np.float32)
    cover = patch.cover * front
    image = canvas.image[win]
    image *= 1 - cover[..., None]
    image += patch.color * front[..., None]
    hit = cover > 0.5
    owner[win][hit] = mark
    canvas.depth[win][hit] = patch.depth[hit]
