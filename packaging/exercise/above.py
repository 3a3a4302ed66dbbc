"""Clip B: the same yard from above, a slow drift over figures that lie on the ground."""

from dataclasses import replace

import cv2
import numpy as np
from clips import Picture, Seen, develop, lay_figures, see
from draw import Canvas
from figure import PRONE, Body, Look, Pose, both, build, pair
from fixtures import Boxes, blocks, draw_fixture, draw_wires, pole, sheet, tyres
from ground import build_ground, map_homography
from noise import Field, Noise, sample
from surfaces import house_front, plaster
from world import (
    EAVE,
    HOUSE_X0,
    HOUSE_X1,
    HOUSE_Y0,
    HOUSE_Y1,
    LIGHT_ABOVE,
    RIDGE,
    RIDGE_X,
    Camera,
    Color,
    Vec,
    build_yard,
    turn_matrix,
)

WIDTH, HEIGHT, FOCAL = 1280, 720, 1080.0
FRAMES, RATE, TICKS = 416, 25, 12_800
SURFACE_PPM = 110
FRAME_EDGE = "B13"  # the one the picture edge cuts
COVERED = "B12"  # the one under a sheet

SUPINE = Pose(
    both(0.75, 0.0, -0.7), both(0.30, 0.1, -0.9), both(0.17, -0.02, -1), both(0.10, 0.0, -1), both(0.5, 0.55, -0.6),
    tilt=-1.57, bend=0.0, head=0.05, turn_head=0.5,
)  # fmt: skip


def _lying(rng: np.random.Generator, on_back: bool) -> Pose:
    """One of many ways to lie: arms and legs differ, nobody lies like the next."""

    def arm() -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        kind = int(rng.integers(4))
        down = 0.08 if not on_back else -0.08
        return (
            ((0.90, down, 0.42), (-0.10, down, 1)), ((0.45, down, 0.9), (0.20, down, 0.95)),
            ((0.55, down, -0.85), (0.20, down, -1)), ((1.0, down, 0.05), (0.45, down, 0.9)),
        )[kind]  # fmt: skip

    (ul, fl), (ur, fr) = arm(), arm()
    spread, bent = rng.uniform(0.06, 0.30), rng.uniform(0, 0.55)
    base = SUPINE if on_back else PRONE
    return replace(
        base, upper=pair(ul, ur), fore=pair(fl, fr), advance=0.0, turn_head=float(rng.uniform(-1, 1)),
        thigh=pair((spread, 0, -1), (spread * 0.6 + 0.5 * bent, 0, -1)),
        shin=pair((spread * 0.5, 0, -1), (0.1 - bent, 0, -1)),
    )  # fmt: skip


PLACES = (
    (-3.55, 11.55, 0.5), (-1.75, 11.80, 2.9), (-0.15, 11.20, 1.3), (1.45, 11.65, -0.4), (-3.60, 10.15, 2.2),
    (-2.30, 9.80, -0.9), (-0.75, 9.45, 0.2), (1.05, 9.65, 2.5), (-3.10, 8.15, -2.0), (-0.95, 7.85, 1.7),
    (1.30, 7.85, -0.2), (2.95, 10.65, 0.9), (7.68, 10.75, 1.75),
)  # fmt: skip


def lying_figures(seed: int) -> list[Body]:
    """B1 to B11 in the open, B12 partly under the sheet, B13 at the picture's edge."""
    rng = np.random.default_rng([seed, 83])
    out = []
    for i, (x, y, heading) in enumerate(PLACES):
        tone = rng.uniform(0.85, 1.12)
        base = ((0.34, 0.33, 0.275), (0.30, 0.29, 0.25), (0.37, 0.345, 0.285), (0.285, 0.305, 0.29))[
            int(rng.integers(4))
        ]
        jacket: Color = (base[0] * tone, base[1] * tone, base[2] * tone)
        legs: Color = (0.20 * tone, 0.195 * tone, 0.175 * tone)
        cap: Color = (0.14, 0.115, 0.095) if i % 3 else (0.15, 0.155, 0.135)
        look = Look(jacket, legs, cap, bulk=float(rng.uniform(1, 1.1)), camouflage=0.35 if i % 3 == 1 else 0.0)
        pose = _lying(rng, on_back=i in {2, 5, 8})
        out.append(build(f"B{i + 1}", pose, look, (x, y), heading + float(rng.normal() * 0.1)))
    return out


def above_camera(seed: int, t: float) -> Camera:
    """A slow drift to the right and forward with a little turning, as a hovering machine does in wind."""
    ph = np.random.default_rng([seed, 89]).uniform(0, 6.28, 8)
    w = np.array([0.31, 0.52, 0.83, 1.9])
    g = np.array([0.5, 0.3, 0.15, 0.02])
    x = -1.05 + 0.052 * t + 0.16 * float((g * np.sin(w * t + ph[:4])).sum())
    y = 7.55 + 0.020 * t + 0.16 * float((g * np.sin(w * 1.13 * t + ph[4:])).sum())
    z = 14.5 - 0.028 * t + 0.06 * np.sin(0.4 * t + ph[2])
    yaw = -0.035 + 0.0042 * t + 0.012 * np.sin(0.37 * t + ph[3])
    pitch = -1.325 + 0.006 * np.sin(0.6 * t + ph[1])
    roll = 0.008 * np.sin(0.47 * t + ph[5])
    return Camera(np.array([x, y, z]), turn_matrix(yaw, pitch, roll), FOCAL, WIDTH / 2 - 0.5, HEIGHT / 2 - 0.5)


class _Surface:
    """A flat textured quad; `origin`, `across` and `down` place it in the world (metres)."""

    def __init__(self, texture: Field, origin: Vec, across: Vec, down: Vec, light: float) -> None:
        self.texture = np.ascontiguousarray(texture * light, np.float32)
        h, w = texture.shape[:2]
        self.to_world = np.stack([across / w, down / h, origin], 1)  # columns: du, dv, origin
        self.normal = np.cross(across, down)
        self.center = origin + across / 2 + down / 2

    def draw(self, canvas: Canvas, camera: Camera) -> None:
        if abs(float(self.normal @ (camera.position - self.center))) < 1e-9:
            return
        h, w = canvas.depth.shape
        m = camera.intrinsics() @ camera.turn @ (self.to_world - np.outer(camera.position, [0, 0, 1]))
        color = cv2.warpPerspective(self.texture, m, (w, h), flags=cv2.INTER_LINEAR)
        cover = cv2.warpPerspective(np.ones(self.texture.shape[:2], np.float32), m, (w, h), flags=cv2.INTER_LINEAR)
        near = float((camera.turn @ (self.center - camera.position))[2])
        canvas.image *= 1 - cover[..., None]
        canvas.image += color
        solid = cover > 0.5
        canvas.depth[solid], canvas.ground[solid] = near, 0


def _roofing(noise: Noise, width: float, length: float) -> Field:
    """Dark corrugated sheets with rust and patches; rows run down the slope."""
    w, h = round(width * SURFACE_PPM), round(length * SURFACE_PPM)
    x, y = np.meshgrid(np.arange(w, dtype=np.float32) / SURFACE_PPM, np.arange(h, dtype=np.float32) / SURFACE_PPM)
    wave = np.sin(2 * np.pi * y / 0.152)
    sheet_no = np.floor(y / 0.86)
    lap = 1 - 0.3 * (np.mod(y, 0.86) < 0.03) - 0.22 * (np.mod(x + 0.4 * np.mod(sheet_no, 2), 1.9) < 0.03)
    rust = np.clip(sample(noise.soft, x / 5, y / 5) + 0.5 * sample(noise.soft, x / 1.2, y / 4), 0, 2)[..., None]
    base = (
        np.array([0.285, 0.275, 0.265], np.float32) * (1 - 0.3 * rust)
        + np.array([0.33, 0.235, 0.165], np.float32) * 0.3 * rust
    )
    tone = (1 + 0.13 * wave) * lap * (1 + 0.05 * sample(noise.fine, x, y)) * (0.94 + 0.1 * np.sin(sheet_no * 2.4))
    return np.asarray(base * tone[..., None], np.float32)


class AboveClip:
    """Clip B's renderer."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.noise = Noise(seed)
        yard = build_yard(seed)
        big = build_ground(seed, self.noise, yard, LIGHT_ABOVE)
        self.shrink = 0.72
        self.texture = cv2.resize(big, None, fx=self.shrink, fy=self.shrink, interpolation=cv2.INTER_AREA)
        self.boxes = Boxes([*blocks(self.noise, seed), *yard.boxes], LIGHT_ABOVE, self.noise)
        self.bodies = [*lying_figures(seed), sheet(PLACES[11][0] - 0.10, PLACES[11][1] - 0.08, 0.67)]
        slope_left = np.array([RIDGE_X - HOUSE_X0 + 0.32, 0, RIDGE - EAVE + 0.08])
        y0, y1 = HOUSE_Y0 - 0.38, HOUSE_Y1 + 0.3
        across = float(np.linalg.norm(slope_left))
        left, right = _roofing(self.noise, across, y1 - y0), _roofing(self.noise, across, y1 - y0)[:, ::-1]
        low = EAVE - 0.08 + 0.06
        u = np.arange(round((HOUSE_X1 - HOUSE_X0) * SURFACE_PPM), dtype=np.float32) / SURFACE_PPM + HOUSE_X0
        v = EAVE - np.arange(round(EAVE * SURFACE_PPM), dtype=np.float32) / SURFACE_PPM
        front, _, door = house_front(*np.meshgrid(u, v), self.noise)
        front[door] = 0.06
        self.front = _Surface(
            front,
            np.array([HOUSE_X0, HOUSE_Y0, EAVE]),
            np.array([HOUSE_X1 - HOUSE_X0, 0, 0]),
            np.array([0, 0, -EAVE]),
            0.80,
        )
        along = np.arange(round((HOUSE_Y1 - HOUSE_Y0) * SURFACE_PPM), dtype=np.float32) / SURFACE_PPM
        side = plaster(*np.meshgrid(along + HOUSE_Y0 + 20, v), self.noise)
        self.side = _Surface(
            side,
            np.array([HOUSE_X0, HOUSE_Y0, EAVE]),
            np.array([0, HOUSE_Y1 - HOUSE_Y0, 0]),
            np.array([0, 0, -EAVE]),
            0.62,
        )
        self.roof = (
            _Surface(left, np.array([HOUSE_X0 - 0.32, y1, low]), slope_left, np.array([0, y0 - y1, 0.0]), 0.78),
            _Surface(
                right, np.array([RIDGE_X, y1, RIDGE + 0.06]), slope_left * (1, 1, -1), np.array([0, y0 - y1, 0.0]), 1.12
            ),
        )

    def frame(self, n: int) -> tuple[Picture, list[Seen]]:
        """Frame n in display orientation, and what it shows."""
        t = n / RATE
        camera = above_camera(self.seed, t)
        size = (WIDTH, HEIGHT)
        unscale = np.diag([1 / self.shrink, 1 / self.shrink, 1.0])
        matrix = camera.ground_homography() @ map_homography() @ unscale
        image = cv2.warpPerspective(self.texture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
        shape = (HEIGHT, WIDTH)
        canvas = Canvas(np.asarray(image, np.float32), np.full(shape, 60.0, np.float32), np.ones(shape, np.float32))
        owner, patches = lay_figures(canvas, self.bodies, camera, LIGHT_ABOVE, self.noise)
        self.boxes.draw(canvas, camera)
        draw_fixture(canvas, tyres(), camera, LIGHT_ABOVE, self.noise)
        self.side.draw(canvas, camera)
        self.front.draw(canvas, camera)
        for surface in self.roof:
            surface.draw(canvas, camera)
        draw_fixture(canvas, pole(), camera, LIGHT_ABOVE, self.noise)
        draw_wires(canvas.image, np.full(shape, 99, np.float32), camera, 0.5)
        shown = [
            see(body.name, "lying", "", i + 1, owner, patch)
            for i, (body, patch) in enumerate(zip(self.bodies, patches, strict=True))
        ]
        gain = 1.32 + 0.02 * np.sin(0.4 * t)
        return develop(canvas.image, n, self.seed + 1, self.noise, float(gain), 0.008), shown


__all__ = ["FRAMES", "RATE", "TICKS", "AboveClip"]
