"""Draws single frames and says what each shows; here clip A (and its longer original), seen from the ground."""

from dataclasses import dataclass

import cv2
import numpy as np
from draw import Canvas, Patch, cast_shadows, draw_body, place
from figure import BAND, Body
from fixtures import Boxes, draw_fixture, draw_wires, pole, tyres
from ground import build_ground
from noise import Field, Noise
from numpy.typing import NDArray
from plate import Plate, build_plate
from story import EYE, HEIGHT, TICKS, WIDTH, ground_camera, guards_at, people, person_at, stamps
from world import HOUSE_Y0, LIGHT_GROUND, Camera, Light, Vec, build_yard, turn_matrix

Picture = NDArray[np.uint8]
Box = tuple[int, int, int, int]
PLATE_SIZE, PLATE_FOCAL = (2400, 1800), 1350.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One figure in one frame: pixels it would cover alone, pixels seen, the half-open box x0, y0, x1, y1 of these."""

    name: str
    posture: str
    arms: str
    full: int
    visible: int
    box: Box | None
    band_pixels: int = 0
    band_box: Box | None = None


def _box(mask: NDArray[np.bool_]) -> Box | None:
    ys, xs = np.where(mask.any(1))[0], np.where(mask.any(0))[0]
    return None if len(ys) == 0 else (int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1)


def develop(image: Field, n: int, seed: int, noise: Noise, gain: float, grain: float) -> Picture:
    """Exposure, a little contrast, vignette and sensor grain; returns 8-bit RGB."""
    h, w = image.shape[:2]
    y = (np.arange(h, dtype=np.float32)[:, None] - h / 2) / (w / 2)
    x = (np.arange(w, dtype=np.float32)[None, :] - w / 2) / (w / 2)
    out = image * (gain * (1 - 0.20 * (x * x + y * y)))[..., None]
    np.clip(out, 0, 1.15, out)
    gray = cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)
    curve = out * out
    curve *= 0.12 * out - 0.33  # 0.865 x + 0.24 x² - 0.33 x³ + 0.12 x⁴: a little contrast, a soft shoulder
    curve += 0.24 * out
    curve += 0.865
    out *= curve
    rng = np.random.default_rng([seed, 97, n])
    oy, ox = int(rng.integers(1024)), int(rng.integers(1024))
    strength = grain * (0.6 + 0.8 * np.clip(1 - gray, 0, 1))
    out += noise.grain[oy : oy + h, ox : ox + w] * strength[..., None]
    out *= 255
    out += 0.5
    return np.asarray(np.clip(out, 0, 255), np.uint8)


def smear(image: Field, before: Camera, after: Camera) -> Field:
    """Blur along the way the picture moved during the exposure (half the time between two cameras)."""
    forward = before.turn[2] * 100 + before.position
    (a,), (b,) = before.project(forward[None])[0], after.project(forward[None])[0]
    dx, dy = (b - a) * 0.5
    length = float(np.hypot(dx, dy))
    if length < 1.6:
        return image
    size = int(length) // 2 * 2 + 3
    kernel = np.zeros((size, size), np.float32)
    c = size / 2 - 0.5
    p, q = (c - dx / 2, c - dy / 2), (c + dx / 2, c + dy / 2)
    cv2.line(kernel, (round(p[0] * 16), round(p[1] * 16)), (round(q[0] * 16), round(q[1] * 16)), 1.0, 1, cv2.LINE_AA, 4)
    return np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE), np.float32)


def lay_figures(
    canvas: Canvas, bodies: list[Body], camera: Camera, light: Light, noise: Noise
) -> tuple[NDArray[np.uint8], list[Patch | None]]:
    """Shadows, then figures far to near; gives who covers each pixel (index + 1) and the patches."""
    h, w = canvas.depth.shape
    cast_shadows(canvas, bodies, camera, light, 0.36)
    owner = np.zeros((h, w), np.uint8)
    patches: list[Patch | None] = []
    for body in bodies:
        patch = draw_body(body, camera, light, noise, (w, h))
        inside = float(body.limbs[0].a[1]) - HOUSE_Y0
        if patch is not None and inside > 0:  # still in the dark doorway
            patch.color *= max(0.22, 1 - 0.75 * inside)
        patches.append(patch)
    order = sorted((i for i, p in enumerate(patches) if p is not None), key=lambda i: -_distance(bodies[i], camera))
    for i in order:
        patch = patches[i]
        assert patch is not None
        place(canvas, owner, patch, i + 1)
    return owner, patches


def _distance(body: Body, camera: Camera) -> float:
    mid = np.mean([m.a + m.b for m in body.limbs], axis=0) / 2
    return float((camera.turn @ (mid - camera.position))[2])


def see(name: str, posture: str, arms: str, mark: int, owner: NDArray[np.uint8], patch: Patch | None) -> Seen:
    """What of one figure is left in the finished picture."""
    if patch is None:
        return Seen(name, posture, arms, 0, 0, None)
    h, w = patch.cover.shape
    mine = owner[patch.y : patch.y + h, patch.x : patch.x + w] == mark
    box = _box(mine)
    band = (patch.parts[BAND] > 0.5) & mine if BAND in patch.parts else np.zeros_like(mine)
    band_box = _box(band)

    def moved(b: Box | None) -> Box | None:
        return None if b is None else (b[0] + patch.x, b[1] + patch.y, b[2] + patch.x, b[3] + patch.y)

    return Seen(
        name,
        posture,
        arms,
        int((patch.cover > 0.5).sum()),
        int(mine.sum()),
        moved(box),
        int(band.sum()),
        moved(band_box),
    )


def _warp(plate: Field, matrix: Vec, flags: int = cv2.INTER_LINEAR) -> Field:
    out = cv2.warpPerspective(plate, matrix, (WIDTH, HEIGHT), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(out, np.float32)


class GroundClip:
    """Clip A's renderer; building it draws the large picture once."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.noise = Noise(seed)
        self.stamps = stamps(seed)
        self.people = people(seed)
        yard = build_yard(seed)
        texture = build_ground(seed, self.noise, yard, LIGHT_GROUND)
        camera = Camera(EYE, turn_matrix(0.10, -0.098, 0.0), PLATE_FOCAL, PLATE_SIZE[0] / 2, 500.0)
        self.plate: Plate = build_plate(camera, PLATE_SIZE, self.noise, texture)
        canvas = self.plate.canvas
        draw_fixture(canvas, pole(), camera, LIGHT_GROUND, self.noise)
        draw_wires(canvas.image, canvas.depth, camera, 0.75)
        Boxes(list(yard.boxes), LIGHT_GROUND, self.noise).draw(canvas, camera)
        draw_fixture(canvas, tyres(), camera, LIGHT_GROUND, self.noise)

    def frame(self, n: int) -> tuple[Picture, list[Seen]]:
        """Frame n of the longer original in display orientation, and what it shows."""
        t = self.stamps[n] / TICKS
        camera = ground_camera(self.seed, t)
        base = self.plate.camera
        matrix = camera.intrinsics() @ camera.turn @ base.turn.T @ np.linalg.inv(base.intrinsics())
        plate = self.plate.canvas
        moments = [m for m in (person_at(p, t) for p in self.people) if m is not None] + guards_at(t)
        canvas = Canvas(
            _warp(plate.image, matrix), _warp(plate.depth, matrix, cv2.INTER_NEAREST), _warp(plate.ground, matrix)
        )
        owner, patches = lay_figures(canvas, [m.body for m in moments], camera, LIGHT_GROUND, self.noise)
        shown = [
            see(m.body.name, m.posture, m.arms, i + 1, owner, patch)
            for i, (m, patch) in enumerate(zip(moments, patches, strict=True))
        ]
        image = smear(canvas.image, camera, ground_camera(self.seed, t + 1 / 30))
        gain = 1.34 + 0.035 * np.sin(0.5 * t) + 0.05 * np.sin(0.23 * t + 2)
        return develop(image, n, self.seed, self.noise, float(gain), 0.011), shown


__all__ = ["GroundClip", "Picture", "Seen", "develop", "lay_figures", "see"]
