"""What walls, plaster, roof and sky look like: colour fields over surface coordinates in metres."""

import numpy as np
from noise import Field, Noise, cell_hash, sample, smooth
from numpy.typing import NDArray
from world import DOOR, EAVE, HOUSE_X0, HOUSE_X1, RIDGE, RIDGE_X, WALL_HEIGHT, WINDOWS

NDArrayBool = NDArray[np.bool_]
BLOCK_W, BLOCK_H, JOINT = 0.40, 0.19, 0.014


def wall_top(x: Field, noise: Noise) -> Field:
    """Height of the broken wall along its length; two breaches and a ragged crown made of whole blocks."""
    x = np.asarray(x, np.float32)
    jag = sample(noise.soft, x / 9.0, np.full_like(x, 0.21))
    breach = 0.62 * np.exp(-((((x + 3.25) / 0.42) ** 2) ** 2)) + 0.80 * np.exp(-((((x - 0.75) / 0.5) ** 2) ** 2))
    top = WALL_HEIGHT - 0.10 * np.clip(jag - 0.3, 0, 2) - breach * (1 + 0.15 * jag)
    block = np.floor(x / BLOCK_W)
    ragged = np.round((top + 0.10 * (cell_hash(block, block * 0, 5) - 0.5)) / BLOCK_H) * BLOCK_H
    return np.asarray(ragged, np.float32)


def brick(u: Field, v: Field, noise: Noise) -> Field:
    """Blockwork at u along and v up, in metres."""
    row = np.floor(v / BLOCK_H)
    shifted = u / BLOCK_W + 0.5 * np.mod(row, 2) + 0.06 * (cell_hash(row, row * 0, 1) - 0.5)
    column = np.floor(shifted)
    fx, fy = (shifted - column) * BLOCK_W, v - row * BLOCK_H
    wobble = 0.004 * sample(noise.fine, u / 1.1, v / 1.1)
    gap = np.minimum(np.minimum(fx, BLOCK_W - fx), np.minimum(fy, BLOCK_H - fy)) + wobble
    face = smooth(JOINT * 0.45, JOINT * 1.1, gap)
    bevel = smooth(0, 0.03, BLOCK_H - fy) * 0.12 - 0.12 * smooth(0, 0.03, fy) * 0 - 0.14 * (1 - smooth(0, 0.03, fy))
    tone = 0.74 + 0.40 * cell_hash(column, row, 2) + 0.05 * sample(noise.fine, u / 0.8, v / 0.8)
    red = 0.5 + 0.5 * cell_hash(column, row, 3)[..., None]
    color = np.array([0.465, 0.385, 0.315], np.float32) * (1 - 0.35 * red) + np.array(
        [0.50, 0.365, 0.28], np.float32
    ) * (0.35 * red)
    color = color * (tone + bevel)[..., None]
    mortar = np.array([0.40, 0.375, 0.34], np.float32) * 0.82
    out = mortar * (1 - face[..., None]) + color * face[..., None]
    stain = sample(noise.soft, u / 7, v / 3.5)
    drip = sample(noise.soft, u / 1.6, v / 14)
    out = out * (1 + 0.06 * stain + 0.045 * drip)[..., None]
    render = smooth(1.15, 1.3, sample(noise.soft, u / 8 + 0.4, v / 8) + 0.12 * sample(noise.fine, u, v))[..., None]
    plaster = np.array([0.56, 0.53, 0.47], np.float32) * (1 + 0.04 * sample(noise.fine, u / 1.3, v / 1.3))[..., None]
    out = out * (1 - render) + plaster * render
    damp = 1 - 0.34 * smooth(0.55, 0.0, v + 0.10 * stain)
    return np.asarray(out * damp[..., None], np.float32)


def plaster(u: Field, v: Field, noise: Noise, tone: float = 1.0) -> Field:
    """Old grey render with stains, streaks, cracks and patches where blocks show through."""
    broad = sample(noise.soft, u / 9 + 0.1, v / 9)
    streak = sample(noise.soft, u / 2.2, v / 18 + 0.6)
    grit = sample(noise.fine, u / 0.9, v / 0.9)
    out = (
        np.array([0.435, 0.425, 0.40], np.float32)
        * (tone * (1 + 0.085 * broad + 0.05 * streak + 0.03 * grit))[..., None]
    )
    crack = np.abs(sample(noise.soft, u / 5 + 0.7, v / 5 + 0.2))
    out = out * (1 - 0.38 * smooth(0.03, 0.0, crack) * smooth(0.2, 0.9, broad))[..., None]
    bare = smooth(1.45, 1.55, broad + 0.5 * sample(noise.soft, u / 2.5, v / 2.5 + 0.3) * 0.8)[..., None]
    out = out * (1 - bare) + brick(u, v, noise) * 0.9 * bare
    chip = smooth(2.5, 2.8, sample(noise.fine, u / 2.6, v / 2.6 + 0.5))[..., None]
    out = out * (1 - 0.35 * chip)
    foot = smooth(0.5, 0.12, v + 0.05 * broad)[..., None]
    return np.asarray(out * (1 - 0.30 * foot), np.float32)


def _window(out: Field, u: Field, v: Field, spec: tuple[float, float, float, float], noise: Noise) -> None:
    x0, x1, z0, z1 = spec
    glass = (u > x0) & (u < x1) & (v > z0) & (v < z1)
    frame = (u > x0 - 0.07) & (u < x1 + 0.07) & (v > z0 - 0.05) & (v < z1 + 0.07) & ~glass
    sill = (u > x0 - 0.13) & (u < x1 + 0.13) & (v > z0 - 0.12) & (v <= z0 - 0.05)
    out[frame] *= 0.62
    out[sill] = np.array([0.50, 0.49, 0.46]) * (1 + 0.05 * sample(noise.fine, u, v))[sill][:, None]
    streak = (u > x0) & (u < x1) & (v <= z0 - 0.12) & (v > z0 - 0.75)
    run = smooth(0.1, 1.2, sample(noise.soft, u / 0.9, v / 9)) * (0.18 * smooth(z0 - 0.75, z0 - 0.12, v))
    out[streak] *= 1 - run[streak][:, None]
    sky = 0.07 + 0.06 * smooth(z0, z1, v) + 0.02 * sample(noise.soft, u / 3, v / 3)
    pane = np.stack([sky * 0.82, sky * 0.98, sky * 1.1], -1)
    cx, cz = (x0 + x1) / 2, (z0 + z1) / 2
    bars = (np.abs(u - cx) < 0.028) | (np.abs(v - cz) < 0.025) | (u < x0 + 0.03) | (u > x1 - 0.03)
    pane[bars] = (0.30, 0.29, 0.27)
    top = (v > z1 - 0.13) & ~bars  # the lintel keeps the upper glass in shade
    pane[top] *= 0.55
    hole = ((u - cx - 0.22) + 0.35 * (v - cz - 0.2)) ** 2 + (v - cz - 0.22) ** 2 < 0.016 * (
        1 + 0.5 * sample(noise.fine, u, v)
    )
    pane[hole & ~bars] = (0.025, 0.026, 0.028)
    out[glass] = pane[glass]


def house_front(u: Field, v: Field, noise: Noise) -> tuple[Field, NDArrayBool, NDArrayBool]:
    """Colour, where the front wall stands, and where the doorway opens; u is world X, v is height."""
    gable = EAVE + (RIDGE - EAVE) * (1 - np.abs(u - RIDGE_X) / (RIDGE_X - HOUSE_X0))
    inside = (u > HOUSE_X0) & (u < HOUSE_X1) & (v >= 0) & (v < gable)
    x0, x1, z0, z1 = DOOR
    door = (u > x0) & (u < x1) & (v >= z0) & (v < z1)
    out = plaster(u, v, noise)
    shade = 1 - 0.42 * smooth(0.55, 0.0, gable - v - 0.05)  # under the overhanging roof
    out = out * shade[..., None]
    casing = (u > x0 - 0.09) & (u < x1 + 0.09) & (v < z1 + 0.1) & ~door & (v >= 0)
    out[casing] = np.array([0.29, 0.25, 0.21]) * (1 + 0.08 * sample(noise.fine, u / 0.5, v / 3))[casing][:, None]
    for spec in WINDOWS:
        _window(out, u, v, spec, noise)
    return out, inside, door


def sky(azimuth: Field, elevation: Field, noise: Noise) -> Field:
    """Overcast sky; angles in radians."""
    lift = np.clip(elevation, 0.012, 2)
    flat = 0.10 / (lift + 0.10)
    cloud = sample(noise.cloud, azimuth * flat * 1.3 + 0.1, flat * 1.25)
    soft = sample(noise.cloud, azimuth * 0.5 + 0.4, elevation * 1.1)
    t = smooth(0.0, 0.42, elevation)[..., None]
    base = np.array([0.815, 0.82, 0.805], np.float32) * (1 - t) + np.array([0.60, 0.645, 0.68], np.float32) * t
    body = (0.055 * cloud * smooth(0.02, 0.18, elevation) + 0.035 * soft)[..., None]
    return np.asarray(np.clip(base * (1 + body), 0, 0.97), np.float32)


def hills(azimuth: Field, elevation: Field, back: Field, noise: Noise) -> Field:
    """Two hazy ridges and a line of trees laid over `back`."""
    out = back
    layers = (
        (0.078, 0.018, 0.9, 0.3, (0.565, 0.60, 0.595)),
        (0.055, 0.014, 1.7, 0.6, (0.435, 0.475, 0.44)),
        (0.011, 0.0035, 6.0, 0.8, (0.385, 0.415, 0.345)),
    )
    for base, swing, stretch, shift, color in layers:
        ridge = base + swing * sample(noise.soft, azimuth * stretch * 0.35 + shift, np.full_like(azimuth, 0.37))
        rough = 0.0016 * sample(noise.fine, azimuth * 3, np.full_like(azimuth, 0.11))
        cover = smooth(0.0015, -0.0015, elevation - ridge - rough)[..., None]
        tex = 1 + 0.018 * sample(noise.fine, azimuth * 3.1, elevation * 9)
        haze = smooth(0.0, 0.10, elevation)[..., None]
        tinted = np.array(color, np.float32) * tex[..., None]
        tinted = tinted * (0.55 + 0.45 * haze) + np.array([0.66, 0.68, 0.66], np.float32) * (0.45 - 0.45 * haze)
        out = out * (1 - cover) + tinted * cover
    crowns = (
        (-0.47, 0.040, 0.044, 0.060), (-0.40, 0.046, 0.052, 0.070), (-0.33, 0.030, 0.032, 0.042),
        (-0.10, 0.022, 0.022, 0.030), (-0.06, 0.026, 0.026, 0.036), (0.02, 0.018, 0.018, 0.026),
        (0.46, 0.05, 0.045, 0.062), (0.55, 0.07, 0.06, 0.09),
    )  # fmt: skip
    for az, el, wide, tall in crowns:
        lobes = 0.30 * sample(noise.fine, azimuth * 1.4 + az, elevation * 1.4) + 0.22 * sample(
            noise.soft, azimuth * 4, elevation * 4 + az
        )
        d = np.sqrt(((azimuth - az) / wide) ** 2 + ((elevation - el) / tall) ** 2) + 0.55 * lobes * 0.5
        cover = smooth(1.05, 0.88, d)[..., None] * 0.94
        lit = 0.84 + 0.3 * smooth(-1.0, 1.0, (elevation - el) / tall - 0.5 * (azimuth - az) / wide) + 0.10 * lobes
        leaf = np.array([0.295, 0.335, 0.265], np.float32) * lit[..., None]
        leaf = leaf * 0.8 + np.array([0.6, 0.62, 0.6], np.float32) * 0.2
        out = out * (1 - cover) + leaf * cover
    return np.asarray(out, np.float32)
