"""Things that stand or lie in the yard in both clips: debris, blocks, tyres, a pole, a sheet."""

from itertools import pairwise

import cv2
import numpy as np
from draw import Canvas, draw_body, place
from figure import Body, Limb
from noise import Field, Noise
from surfaces import BLOCK_H, BLOCK_W, wall_top
from world import (
    BRICK,
    POLE,
    SIDE_Y0,
    TYRES,
    WALL_THICK,
    WALL_X0,
    WALL_X1,
    WALL_Y,
    Box,
    Camera,
    Light,
    Vec,
)

FACES = ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5))


def tyres() -> Body:
    """A stack of three and a single one, each tyre a ring of rounded pieces."""
    limbs: list[Limb] = []
    for x, y, count in TYRES:
        for level in range(count):
            jx, jy = 0.03 * np.sin(level * 2.1), 0.03 * np.cos(level * 1.7)
            center = np.array([x + jx, y + jy, 0.11 + 0.205 * level])
            angles = np.linspace(0, 2 * np.pi, 21)
            ring = [center + np.array([0.245 * np.cos(a), 0.245 * np.sin(a), 0]) for a in angles]
            tone = 0.078 + 0.012 * level
            limbs += [Limb(p, q, 0.108, 0.108, (tone, tone, tone * 1.02), 0.02, 0.5) for p, q in pairwise(ring)]
    return Body("tyres", limbs)


def pole() -> Body:
    """A short wooden pole with a cross-arm and insulators."""
    x, y, top = POLE
    wood = (0.275, 0.235, 0.195)
    limbs = [Limb(np.array([x, y, 0.0]), np.array([x + 0.05, y, top]), 0.095, 0.075, wood, 0.01, 0.6)]
    a, b = np.array([x - 0.72, y - 0.05, top - 0.42]), np.array([x + 0.80, y + 0.05, top - 0.36])
    limbs.append(Limb(a, b, 0.045, 0.045, wood, 0.005, 0.5))
    limbs.append(Limb(a * 0.75 + b * 0.25, np.array([x, y, top - 0.95]), 0.022, 0.022, (0.2, 0.2, 0.2), 0.005, 0.2))
    limbs.append(Limb(a * 0.25 + b * 0.75, np.array([x, y, top - 0.95]), 0.022, 0.022, (0.2, 0.2, 0.2), 0.005, 0.2))
    for t in (0.04, 0.3, 0.7, 0.96):
        p = a * (1 - t) + b * t
        limbs.append(Limb(p, p + np.array([0, 0, 0.15]), 0.035, 0.028, (0.52, 0.53, 0.52), 0.005, 0.0))
    return Body("pole", limbs)


def wires() -> list[Vec]:
    """Slack wires from the cross-arm to somewhere left and right of the yard."""
    x, y, top = POLE
    out = []
    for k, t in enumerate((0.04, 0.3, 0.7, 0.96)):
        start = np.array([x - 0.72 + 1.52 * t, y - 0.05 + 0.1 * t, top - 0.26])
        for end in (np.array([-24.0, 24.0 + 0.5 * k, 5.6]), np.array([20.0, 23.0 + 0.5 * k, 6.2])):
            s = np.linspace(0, 1, 40)[:, None]
            line = start * (1 - s) + end * s
            line[:, 2] -= (1.3 * 4 * s * (1 - s))[:, 0]
            out.append(line)
    return out


def blocks(noise: Noise, seed: int) -> list[Box]:
    """The two walls as single blocks, for the view from above."""
    rng = np.random.default_rng([seed, 29])
    out = []

    def add(cx: float, cy: float, z: float, length: float, along_x: bool) -> None:
        base = np.array(BRICK[int(rng.integers(len(BRICK)))]) * rng.uniform(0.85, 1.1)
        size = (length - 0.012, WALL_THICK, BLOCK_H - 0.01)
        color = (float(base[0]), float(base[1]), float(base[2]))
        out.append(Box((cx, cy, z), size, 0.0 if along_x else np.pi / 2, 0.0, color))

    for row in range(11):
        shift = 0.5 * BLOCK_W * (row % 2)
        for x in np.arange(WALL_X0 + BLOCK_W / 2 - shift, WALL_X1, BLOCK_W):
            if wall_top(np.array([[x]], np.float32), noise)[0, 0] > (row + 0.5) * BLOCK_H:
                add(float(x), WALL_Y + WALL_THICK / 2, row * BLOCK_H, BLOCK_W, True)
        for y in np.arange(SIDE_Y0 + BLOCK_W / 2 + shift, WALL_Y, BLOCK_W):
            if wall_top(np.array([[y + 17.0]], np.float32), noise)[0, 0] > (row + 0.5) * BLOCK_H:
                add(WALL_X0 - WALL_THICK / 2, float(y), row * BLOCK_H, BLOCK_W, False)
    return out


class Boxes:
    """Boxes ready to draw: faces, normals and lit colours are worked out once."""

    def __init__(self, boxes: list[Box], light: Light, noise: Noise) -> None:
        toward = light.direction()
        sky, bounce, warm = (np.array(c) for c in (light.sky, light.bounce, light.key_color))
        faces, normals, colors, owners = [], [], [], []
        for number, box in enumerate(boxes):
            corners = box.corners()
            middle = corners.mean(0)
            for face in FACES:
                p = corners[list(face)]
                normal = np.cross(p[1] - p[0], p[3] - p[0])
                normal /= max(float(np.linalg.norm(normal)), 1e-9)
                if normal @ (p.mean(0) - middle) < 0:
                    normal = -normal
                up = 0.5 + 0.5 * normal[2]
                lit = 0.88 * (sky * up + bounce * (1 - up)) + light.key * warm * max(0.0, float(normal @ toward))
                faces.append(p)
                normals.append(normal)
                colors.append(np.array(box.color) * lit * 1.22)
                owners.append(number)
        self.faces, self.normals = np.array(faces), np.array(normals)
        self.colors, self.owners = np.array(colors, np.float32), np.array(owners)
        self.centers = self.faces.mean(1)
        self.middles = np.array([b.corners().mean(0) for b in boxes])
        self.grain = 1 + 0.10 * noise.fine

    def draw(self, canvas: Canvas, camera: Camera) -> None:
        """Painter's drawing, far to near."""
        h, w = canvas.depth.shape
        xy, z = camera.project(self.faces.reshape(-1, 3))
        xy, z = xy.reshape(-1, 4, 2), z.reshape(-1, 4)
        low, high = np.floor(xy.min(1)).astype(int) - 1, np.ceil(xy.max(1)).astype(int) + 2
        seen = (self.normals * (camera.position - self.centers)).sum(1) > 0
        seen &= (z.min(1) > 0.5) & (high[:, 0] > 0) & (high[:, 1] > 0) & (low[:, 0] < w) & (low[:, 1] < h)
        far = np.linalg.norm(self.middles - camera.position, axis=1)[self.owners]
        chosen = np.where(seen)[0]
        for k in chosen[np.argsort(-far[chosen], kind="stable")]:
            x0, y0 = max(int(low[k, 0]), 0), max(int(low[k, 1]), 0)
            x1, y1 = min(int(high[k, 0]), w), min(int(high[k, 1]), h)
            mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
            cv2.fillConvexPoly(mask, np.round((xy[k] - (x0, y0)) * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
            a = mask.astype(np.float32) * np.float32(1 / 255)
            ty, tx = int(k * 97) % 600, int(k * 53) % 400
            color = self.colors[k] * self.grain[ty : ty + y1 - y0, tx : tx + x1 - x0, None]
            win = (slice(y0, y1), slice(x0, x1))
            near = float(z[k].mean())
            a *= near < canvas.depth[win] + 0.3
            canvas.image[win] += (color - canvas.image[win]) * a[..., None]
            solid = a > 0.5
            canvas.depth[win][solid] = near
            canvas.ground[win][solid] = 0


def draw_fixture(canvas: Canvas, body: Body, camera: Camera, light: Light, noise: Noise) -> None:
    """Draw tyres, pole or sheet into a picture and take its place out of the ground mask."""
    h, w = canvas.depth.shape
    patch = draw_body(body, camera, light, noise, (w, h))
    if patch is None:
        return
    owner = np.zeros((h, w), np.uint8)
    place(canvas, owner, patch, 1)
    canvas.ground[owner == 1] = 0


def draw_wires(image: Field, depth: Field, camera: Camera, thickness: float) -> None:
    """Thin dark wires, only where the sky or far land is behind."""
    layer = np.zeros(image.shape[:2], np.uint8)
    for line in wires():
        xy, z = camera.project(line)
        ok = z > 1
        pts = np.round(xy[ok] * 16).astype(np.int32)
        cv2.polylines(layer, [pts], False, 255, 1, cv2.LINE_AA, 4)
    a = (layer.astype(np.float32) / 255 * thickness * (depth > 14.5))[..., None]
    image[:] = image * (1 - a) + 0.16 * a


def sheet(x: float, y: float, turn: float) -> Body:
    """A pale sheet lying over something: a field of low, soft ridges with folds across."""
    rng = np.random.default_rng(5)
    limbs = []
    c, s = np.cos(turn), np.sin(turn)

    def put(u: float, v: float, high: float) -> Vec:
        return np.array([x + c * u - s * v, y + s * u + c * v, high])

    def height(u: float, v: float) -> float:
        return float(
            0.04 + 0.22 * np.exp(-((v / 0.27) ** 2)) + 0.02 * np.sin(5.1 * u + 7 * v) + 0.015 * np.sin(11 * u - 4 * v)
        )

    n = 13
    for k in range(n):
        v = (k / (n - 1) - 0.5) * 1.05
        edge = 0.58 + 0.05 * np.sin(k * 1.7) + rng.normal() * 0.012
        us = np.linspace(-edge, edge * 0.94, 7)
        tone = 0.515 + 0.010 * np.sin(k * 2.1)
        color = (tone, tone * 0.985, tone * 0.945)
        for u0, u1 in pairwise(us):
            a, b = put(u0, v + 0.02 * np.sin(6 * u0), height(u0, v)), put(u1, v + 0.02 * np.sin(6 * u1), height(u1, v))
            limbs.append(Limb(a, b, 0.085, 0.085, color, 0.10, 0.15))
    return Body("sheet", limbs)


__all__ = ["Boxes", "blocks", "draw_fixture", "draw_wires", "pole", "sheet", "tyres"]
