"""Who does what when. Times in seconds from each clip's first frame; the answer key is read off this script."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from figure import (
    FOURS,
    HALF_DOWN,
    KNEEL_HEAD,
    KNEEL_UP,
    NEARLY_DOWN,
    PRONE,
    RAISE_MID,
    RAISED,
    STAND,
    Body,
    Carry,
    Look,
    Pose,
    both,
    build,
    mirror,
    pair,
    stride,
)
from world import Camera, Color, Vec, turn_matrix

WIDTH, HEIGHT, FOCAL = 1280, 720, 1154.0
TICKS = 90_000  # clip A's time base
PICTURE_END = 35.2  # clip A's picture
SOUND_END = 1670 * 1024 / 48_000  # its sound: whole packets of AAC, 35.627 s
REPOST_END = 36.9  # what the longer original went on to
LONG_FROM, LONG_TO = 16.4, 18.3  # the stretch of longer frames
EYE = np.array([0.0, 0.0, 2.0])
FACING = float(np.pi)
SLOTS = 9
WALKERS = {5: 0.4, 6: 2.2, 7: 4.1, 8: 6.1}  # who comes out of the door, and when
PACE = 1.18


def ease(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)


@dataclass(frozen=True, slots=True)
class Person:
    """One of the nine by the wall: where the place in the row is, and when each change begins."""

    index: int
    slot: tuple[float, float]
    heading: float
    look: Look
    raise_at: float
    kneel_at: float
    head_at: float | None
    down_at: float
    down_turn: float
    phase: float
    tempo: float  # 1 is the usual time a change takes
    left_first: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One figure at one time with the words of the answer key."""

    body: Body
    posture: str  # standing, walking, kneeling, lying, changing
    arms: str  # down, raised, changing, carrying
    turn: float = 0.0


def people(seed: int) -> list[Person]:
    """The nine, with clothes and timing from the seed."""
    rng = np.random.default_rng([seed, 41])
    jackets: tuple[Color, ...] = (
        (0.345, 0.335, 0.285), (0.30, 0.285, 0.25), (0.385, 0.355, 0.295), (0.275, 0.295, 0.285), (0.36, 0.33, 0.29),
        (0.31, 0.32, 0.265), (0.40, 0.375, 0.325), (0.265, 0.265, 0.26), (0.335, 0.30, 0.255),
    )  # fmt: skip
    out = []
    for i in range(SLOTS):
        x = -3.75 + 0.70 * i + rng.uniform(-0.07, 0.07)
        y = 11.55 - 0.95 * (i % 2) + rng.uniform(-0.08, 0.08)
        tone = rng.uniform(0.72, 0.95)
        legs = (0.235 * tone, 0.225 * tone, 0.205 * tone)
        bare = i in {2, 6}
        cap: Color = (0.135, 0.11, 0.09) if bare else (0.16 * tone, 0.155 * tone, 0.14 * tone)
        look = Look(
            jackets[i], legs, cap, bulk=float(rng.uniform(0.98, 1.09)), height=float(rng.uniform(0.95, 1.04)),
            camouflage=0.35 if i in {1, 4, 5, 8} else 0.0,
        )  # fmt: skip
        late = 1.1 if i == 3 else 0.0
        head = 24.1 + rng.uniform(0, 0.9) if i in {0, 2, 3, 5, 7} else None
        out.append(
            Person(
                i, (x, y), FACING + rng.uniform(-0.22, 0.22), look, 11.5 + rng.uniform(0, 1.0) + late,
                20.2 + rng.uniform(0, 1.5) + 0.4 * late, head, 26.0 + rng.uniform(0, 2.0) + 0.6 * late,
                float(rng.choice([-1, 1]) * rng.uniform(0.15, 0.65)), float(rng.uniform(0, 6.28)),
                float(rng.uniform(0.85, 1.2)), bool(rng.random() < 0.5),
            )
        )  # fmt: skip
    return out


def _along(points: list[Vec], distance: float) -> tuple[Vec, float]:
    """Position and heading after so many metres along a path."""
    left = distance
    for a, b in pairwise(points):
        length = float(np.linalg.norm(b - a))
        if left <= length or b is points[-1]:
            p = a + (b - a) * min(left / length, 1)
            d = b - a
            return p, float(np.arctan2(d[0], d[1]))
        left -= length
    raise AssertionError("a path has at least two points")


def _turned(a: float, b: float, t: float) -> float:
    d = (b - a + np.pi) % (2 * np.pi) - np.pi
    return float(a + d * t)


def _sway(pose: Pose, t: float, phase: float, amount: float = 1.0) -> Pose:
    """Nobody stands like a post: small slow changes of arms, spine and head."""
    a = amount * 0.035
    s = [np.sin(t * w + phase * k) for w, k in ((0.9, 1), (1.7, 2), (2.6, 3), (0.45, 4))]
    shift = np.array([[a * s[0], a * s[1], a * s[2]], [-a * s[1], a * s[2], a * s[0]]])
    return replace(
        pose, upper=pose.upper + shift, fore=pose.fore + 1.4 * shift[::-1], bend=pose.bend + 0.4 * a * s[3],
        head=pose.head + 0.9 * a * s[1], turn_head=pose.turn_head + 5 * a * s[3],
    )  # fmt: skip


def _posture(p: Person, t: float) -> tuple[Pose, str, str]:
    """Pose and words from raising the arms onwards."""
    if t < p.raise_at:
        return STAND, "standing", "down"
    half, near = (HALF_DOWN, NEARLY_DOWN) if p.left_first else (mirror(HALF_DOWN), mirror(NEARLY_DOWN))
    k = p.tempo
    steps: list[tuple[float, float, Pose, str, str]] = [
        (p.raise_at, 0.45 * k, RAISE_MID, "standing", "changing"),
        (p.raise_at + 0.42 * k, 0.50 * k, RAISED, "standing", "changing"),
        (p.kneel_at, 0.80 * k, half, "changing", "raised"),
        (p.kneel_at + 0.78 * k, 0.42 * k, near, "changing", "raised"),
        (p.kneel_at + 1.12 * k, 0.45 * k, KNEEL_UP, "changing", "raised"),
    ]
    if p.head_at is not None:
        steps.append((p.head_at, 0.9, KNEEL_HEAD, "kneeling", "raised"))
    steps += [
        (p.down_at, 0.9 * k, FOURS, "changing", "changing"),
        (p.down_at + 0.85 * k, 1.15 * k, PRONE, "changing", "changing"),
    ]
    rest = {2: ("standing", "raised"), 5: ("kneeling", "raised"), 6: ("kneeling", "raised")}
    pose, words = STAND, ("standing", "down")
    last = len(steps)
    for number, (start, length, target, posture, arms) in enumerate(steps, 1):
        if t < start:
            break
        f = (t - start) / length
        pose = pose.blend(target, ease(f))
        if f < 1:
            words = (posture, arms)
        elif number == last:
            words = ("lying", "on ground")
        else:
            words = rest.get(number, (posture, arms))
    return pose, words[0], words[1]


def person_at(p: Person, t: float) -> Moment | None:
    """The figure at time t, or None before it has come into the yard."""
    start = WALKERS.get(p.index)
    sx, sy = p.slot
    if start is not None:
        path = [
            np.array([3.85, 14.3]),
            np.array([3.8, 12.2]),
            np.array([3.1 + 0.1 * p.index, 11.6]),
            np.array([sx, sy]),
        ]
        total = sum(float(np.linalg.norm(b - a)) for a, b in pairwise(path))
        gone = (t - start) * PACE
        if gone < 0:
            return None
        if gone < total:
            pos, heading = _along(path, gone)
            ahead = _along(path, min(gone + 0.35, total))[1]
            behind = _along(path, max(gone - 0.35, 0))[1]
            smooth_heading = _turned(behind, ahead, 0.5)
            pose = stride(gone, STAND, 0.8).blend(STAND, ease((gone - total + 0.35) / 0.35))
            return Moment(build(f"P{p.index + 1}", pose, p.look, (pos[0], pos[1]), smooth_heading), "walking", "down")
        heading = _turned(_along(path, total - 0.01)[1], p.heading, ease((gone - total) / 0.8))
    else:
        heading = p.heading
    pose, posture, arms = _posture(p, t)
    calm = 1.0 if posture != "lying" else 0.25
    heading += p.down_turn * ease((t - p.down_at) / 2.0)
    body = build(f"P{p.index + 1}", _sway(pose, t, p.phase, calm), p.look, (sx, sy), heading)
    return Moment(body, posture, arms)


GUARD_CLOTH: Color = (0.235, 0.262, 0.180)
GUARD_LOOK = Look(
    GUARD_CLOTH, (0.225, 0.245, 0.175), (0.205, 0.225, 0.155), bulk=1.06, vest=(0.215, 0.225, 0.16), helmet=True,
    camouflage=0.75,
)  # fmt: skip
GUARDS = {"A": "right", "B": "left", "C": "left"}


def guards_at(t: float) -> list[Moment]:
    """The three figures with a band, at time t."""
    out = []
    look_a = replace(GUARD_LOOK, band="right", height=1.02)
    turn_a = 1.95 - 0.45 * ease((t - 4.0) / 1.2) + 0.45 * ease((t - 6.5) / 1.0) - 0.35 * ease((t - 30.5) / 1.0)
    wave = ease((t - 10.4) / 0.5) * (1 - ease((t - 11.9) / 0.6)) + ease((t - 19.4) / 0.4) * (1 - ease((t - 20.6) / 0.6))
    carry_a = Carry(grip=(0.11, 0.26, 0.17 + 0.02 * wave), way=(-0.72, 0.55, -0.30 + 0.25 * wave))
    pose_a = _sway(STAND, t, 0.4, 0.8)
    out.append(Moment(build("A", pose_a, look_a, (-2.95, 7.25), turn_a, carry_a), "standing", "carrying"))

    look_b = replace(GUARD_LOOK, band="left", height=0.99, helmet=False, cap=(0.17, 0.185, 0.135))
    bx = 3.05 - 0.55 * ease((t - 31.2) / 1.3)
    walk_b = replace(stride((3.05 - bx) * 1.3, STAND, 0.2)) if 31.2 < t < 32.5 else STAND
    turn_b = -1.85 + 0.35 * np.sin(0.35 * t + 0.5)
    down = ease((t - 25.2) / 0.5) * (1 - ease((t - 28.5) / 0.8))  # one arm points to the ground
    carry_b = Carry(grip=(0.12, 0.25, 0.16), way=(-0.55, 0.62, -0.42), both_hands=down < 0.02)
    pose_b = _sway(walk_b, t, 2.2, 0.8)
    if down >= 0.02:
        point = replace(
            pose_b, upper=pair((0.5, 0.75, -0.35), (0.17, 0, -1)), fore=pair((0.15, 0.95, -0.45), (0.07, 0.2, -1))
        )
        rest = replace(pose_b, upper=both(0.35, 0.5, -0.8), fore=both(-0.4, 0.85, 0.1))
        pose_b = rest.blend(point, down)
    out.append(Moment(build("B", pose_b, look_b, (bx, 7.55), turn_b, carry_b), "standing", "carrying"))

    look_c = replace(GUARD_LOOK, band="left", height=1.0, jacket=(0.255, 0.27, 0.20))
    path = [np.array(p) for p in ((-4.75, 9.9), (-2.2, 8.9), (0.9, 8.7), (2.95, 9.75))]
    gone = 2.74 * ease((t - 14.0) / 3.4) + 5.38 * ease((t - 21.4) / 5.8)
    pos, along = _along(path, max(gone, 1e-3))
    moving = (14.0 < t < 17.4) or (21.4 < t < 27.2)
    edge = min(abs(t - e) for e in (14.0, 17.4, 21.4, 27.2))
    rest_c = 0.35 if t < 20 else -0.70
    facing = _turned(rest_c, along, ease(edge / 0.5)) if moving else rest_c
    walk = stride(gone * 1.05, STAND, 0.25)
    pose_c = STAND.blend(walk, ease(edge / 0.5)) if moving else STAND
    carry_c = Carry(grip=(0.10, 0.25, 0.14), way=(-0.5, 0.45, -0.74))
    posture = "walking" if moving else "standing"
    out.append(
        Moment(build("C", _sway(pose_c, t, 4.1, 0.8), look_c, (pos[0], pos[1]), facing, carry_c), posture, "carrying")
    )
    return out


def stamps(seed: int) -> list[int]:
    """Presentation stamps of the longer original in 1/90000 s: irregular, with a stretch of longer frames."""
    rng = np.random.default_rng([seed, 53])
    out = [0]
    while out[-1] < REPOST_END * TICKS:
        t = out[-1] / TICKS
        step = 6000 if LONG_FROM <= t < LONG_TO else 3000
        if 8.02 <= t < 8.05 or 29.40 <= t < 29.43:
            step = 6000  # a single picture is missing
        out.append(out[-1] + step + round(float(np.clip(rng.normal(), -2.5, 2.5)) * (90 if step == 6000 else 55)))
    return out


def ground_frames(seed: int) -> int:
    """How many frames of the longer original clip A keeps."""
    return sum(1 for p in stamps(seed) if p < PICTURE_END * TICKS)


LOUD = (34.21, 34.93, 35.34)  # impulsive sounds near the end
FAINT = (7.86,)  # and one far away
AFTER = (35.98,)  # only the longer repost still has this one


def _hand(t: float, rng_phases: Vec, scale: Vec) -> float:
    w = np.array([0.7, 1.3, 2.3, 4.1, 7.3, 11.0])
    return float((scale * np.sin(w * t + rng_phases)).sum())


def ground_camera(seed: int, t: float) -> Camera:
    """The hand-held camera at time t; it only turns, so one large picture serves for all frames."""
    ph = np.random.default_rng([seed, 61]).uniform(0, 6.28, (3, 6))
    size = np.array([5.5, 3.8, 2.6, 1.5, 0.9, 0.45]) * 1e-3
    yaw = 0.03 + 0.105 * ease((t - 1.6) / 2.6) - 0.115 * ease((t - 8.6) / 2.4) + 0.035 * ease((t - 19) / 3)
    yaw -= 0.03 * ease((t - 29.5) / 2.5)
    pitch = -0.115 - 0.018 * ease((t - 25.5) / 3.0)
    yaw += 1.1 * _hand(t, ph[0], size)
    pitch += 0.9 * _hand(t, ph[1], size)
    roll = 0.9 * _hand(t, ph[2], size) - 0.008
    for s in (*LOUD, *AFTER):  # the hand starts at a loud sound
        d = t - s - 0.05
        if d > 0:
            jolt = np.exp(-d * 4.5) * np.sin(d * 26)
            yaw, pitch, roll = yaw + 0.013 * jolt, pitch + 0.022 * jolt, roll - 0.014 * jolt
    away = ease((t - PICTURE_END - 0.02) / 0.9)
    return Camera(
        EYE,
        turn_matrix(yaw + 0.17 * away, pitch - 0.33 * away, roll + 0.06 * away),
        FOCAL,
        WIDTH / 2 - 0.5,
        HEIGHT / 2 - 0.5,
    )
