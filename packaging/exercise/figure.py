"""Mannequin figures: poses as limb directions, joints found from them, and the rounded limbs that get drawn."""

from dataclasses import dataclass, field, replace

import numpy as np
from world import Color, Vec

UPPER_ARM, FOREARM, THIGH, SHIN, FOOT = 0.29, 0.26, 0.43, 0.42, 0.17
HIP_OUT, SHOULDER_OUT, SHOULDER_UP = 0.095, 0.185, 0.455
PLAIN, BAND, LONG_OBJECT = 0, 1, 2  # what a pixel belongs to, for the answer key


def unit(v: Vec) -> Vec:
    return np.asarray(v / max(float(np.linalg.norm(v)), 1e-6))


@dataclass(frozen=True, slots=True)
class Pose:
    """Directions in the body's frame (x outwards on each side, y forward, z up); left then right where paired."""

    upper: Vec
    fore: Vec
    thigh: Vec
    shin: Vec
    foot: Vec
    tilt: float = 0.0  # the whole body pitched forward, radians
    bend: float = 0.04  # the spine beyond that
    head: float = 0.0
    turn_head: float = 0.0
    advance: float = 0.0  # metres the hips move along the heading

    def blend(self, other: "Pose", t: float) -> "Pose":
        """The pose a fraction t of the way to `other`."""
        if t <= 0:
            return self
        if t >= 1:
            return other

        def mix(a: Vec, b: Vec) -> Vec:
            m = a * (1 - t) + b * t
            return np.asarray(m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-6))

        def line(a: float, b: float) -> float:
            return a * (1 - t) + b * t

        return Pose(
            mix(self.upper, other.upper), mix(self.fore, other.fore), mix(self.thigh, other.thigh),
            mix(self.shin, other.shin), mix(self.foot, other.foot), line(self.tilt, other.tilt),
            line(self.bend, other.bend), line(self.head, other.head), line(self.turn_head, other.turn_head),
            line(self.advance, other.advance),
        )  # fmt: skip


def both(x: float, y: float, z: float) -> Vec:
    """The same direction on both sides."""
    return np.array([unit(np.array([x, y, z]))] * 2)


def pair(left: tuple[float, float, float], right: tuple[float, float, float]) -> Vec:
    return np.array([unit(np.array(left)), unit(np.array(right))])


def mirror(pose: Pose) -> Pose:
    """The same pose with left and right exchanged."""
    return replace(
        pose, upper=pose.upper[::-1], fore=pose.fore[::-1], thigh=pose.thigh[::-1], shin=pose.shin[::-1],
        foot=pose.foot[::-1], turn_head=-pose.turn_head,
    )  # fmt: skip


def untilt(v: Vec, tilt: float) -> Vec:
    """Directions given upright, as the frame of a body pitched forward by `tilt` sees them."""
    c, s = np.cos(tilt), np.sin(tilt)
    return np.stack([v[:, 0], c * v[:, 1] - s * v[:, 2], s * v[:, 1] + c * v[:, 2]], 1)


STAND = Pose(both(0.17, 0.0, -1), both(0.07, 0.2, -1), both(0.07, 0.02, -1), both(0.05, -0.03, -1), both(0.25, 1, 0))
RAISE_MID = replace(STAND, upper=both(0.75, 0.6, -0.15), fore=both(0.25, 0.7, 0.7))
RAISED = replace(STAND, upper=both(0.62, 0.10, 0.72), fore=both(0.06, 0.14, 1), head=-0.03)
HALF_DOWN = Pose(  # one knee on the ground, the other foot planted
    both(0.68, 0.25, 0.55), both(0.05, 0.22, 1), pair((0.12, 0.9, -0.10), (0.12, 0.05, -1)),
    pair((0.0, -0.05, -1), (0.02, -1, 0.03)), pair((0.2, 1, 0), (0.05, -1, -0.12)), bend=0.22, head=-0.05,
)  # fmt: skip
NEARLY_DOWN = replace(  # the second leg folds back
    HALF_DOWN, thigh=pair((0.14, 0.65, -0.75), (0.12, 0.05, -1)), shin=pair((0.02, -0.9, -0.22), (0.02, -1, 0.03)),
    foot=pair((0.1, -0.3, -0.9), (0.05, -1, -0.12)), bend=0.12,
)  # fmt: skip
KNEEL_UP = Pose(
    both(0.62, 0.12, 0.70), both(0.06, 0.14, 1), both(0.14, 0.06, -1), both(0.02, -1, 0.03), both(0.05, -1, -0.12),
    bend=0.05,
)  # fmt: skip
KNEEL_HEAD = replace(KNEEL_UP, upper=both(0.95, 0.10, 0.50), fore=both(-0.80, -0.20, 0.52), head=0.18)
FOURS = Pose(
    untilt(both(0.12, 0.25, -1), 1.15), untilt(both(0.05, 0.30, -1), 1.15), untilt(both(0.12, 0.05, -1), 1.15),
    untilt(both(0.03, -1, -0.05), 1.15), untilt(both(0.03, -1, -0.1), 1.15), tilt=1.15, bend=0.1, head=-0.25,
)  # fmt: skip
PRONE = Pose(
    both(0.90, 0.10, 0.42), both(-0.10, 0.16, 1), both(0.16, 0.0, -1), both(0.06, 0.0, -1), both(0.25, 0.25, -1),
    tilt=1.57, bend=0.0, head=-0.12, turn_head=0.9, advance=0.44,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What one figure wears."""

    jacket: Color
    trousers: Color
    cap: Color
    skin: Color = (0.60, 0.52, 0.45)
    boots: Color = (0.085, 0.08, 0.075)
    bulk: float = 1.0
    height: float = 1.0
    vest: Color | None = None
    helmet: bool = False
    band: str = ""  # "left", "right" or none; a yellow band on that upper arm
    camouflage: float = 0.0


@dataclass(frozen=True, slots=True)
class Limb:
    """A rounded, tapering limb from a to b; `soft` says how far it melts into its neighbours (metres)."""

    a: Vec
    b: Vec
    ra: float
    rb: float
    color: Color
    soft: float
    cloth: float  # how strongly folds and cloth grain show
    camouflage: float = 0.0
    what: int = PLAIN


@dataclass(frozen=True, slots=True)
class Body:
    """One figure at one moment: who, where the limbs are, which of them it carries."""

    name: str
    limbs: list[Limb] = field(default_factory=list)


def _reach(shoulder: Vec, target: Vec, pole: Vec) -> tuple[Vec, Vec]:
    """Elbow and hand of an arm that reaches for a target, elbow towards `pole`."""
    d = target - shoulder
    length = min(float(np.linalg.norm(d)), UPPER_ARM + FOREARM - 1e-3)
    axis = unit(d)
    along = (UPPER_ARM**2 - FOREARM**2 + length**2) / (2 * length)
    out = np.sqrt(max(UPPER_ARM**2 - along**2, 0))
    side = unit(pole - axis * float(pole @ axis))
    return shoulder + axis * along + side * out, shoulder + axis * length


def _rotate_x(v: Vec, angle: float) -> Vec:
    """Pitch forward by `angle`."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([v[0], c * v[1] + s * v[2], -s * v[1] + c * v[2]])


def _joints(pose: Pose, hold: tuple[Vec, Vec] | None) -> dict[str, Vec]:
    """Joint positions in the body frame before tilting, hips at the origin; index 0 is left (x < 0)."""
    j: dict[str, Vec] = {}

    def spine(v: Vec) -> Vec:
        return _rotate_x(v, pose.bend)

    j["belly"], j["chest"] = spine(np.array([0, 0.015, 0.16])), spine(np.array([0, 0.02, 0.36]))
    j["neck"] = spine(np.array([0, 0.0, 0.50]))
    up = _rotate_x(spine(np.array([0, 0.02, 1.0])), pose.head)
    face = _rotate_x(spine(np.array([np.sin(pose.turn_head), np.cos(pose.turn_head), 0.0])), pose.head)
    j["head"], j["face"], j["crown"] = j["neck"] + 0.125 * up, face, up
    for i, sign in enumerate((-1.0, 1.0)):
        flip = np.array([sign, 1, 1])
        lift = 0.05 * max(0.0, float(pose.upper[i][2]))
        shoulder = spine(np.array([sign * (SHOULDER_OUT - 0.25 * lift), 0.0, SHOULDER_UP + lift]))
        elbow = shoulder + UPPER_ARM * spine(pose.upper[i] * flip)
        hand = elbow + FOREARM * spine(pose.fore[i] * flip)
        if hold is not None and not np.isnan(hold[i]).any():
            elbow, hand = _reach(shoulder, spine(hold[i]), np.array([sign * 0.55, -0.25, -1.0]))
        hip = np.array([sign * HIP_OUT, 0, -0.03])
        knee = hip + THIGH * pose.thigh[i] * flip
        ankle = knee + SHIN * pose.shin[i] * flip
        toe = ankle + FOOT * pose.foot[i] * flip
        for name, value in (("shoulder", shoulder), ("elbow", elbow), ("hand", hand), ("hip", hip), ("knee", knee)):
            j[f"{name}{i}"] = value
        j[f"ankle{i}"], j[f"toe{i}"] = ankle, toe
    return j


Ends = tuple[Vec, Vec]
X = np.array([1.0, 0.0, 0.0])
YELLOW: Color = (0.93, 0.77, 0.07)


def _limb(ends: Ends, radii: tuple[float, float], color: Color, soft: float = 0.03, cloth: float = 1.0) -> Limb:
    return Limb(*ends, *radii, color, soft, cloth)


def _tone(color: Color, k: float) -> Color:
    return (color[0] * k, color[1] * k, color[2] * k)


def _legs(j: dict[str, Vec], look: Look) -> list[Limb]:
    b, cloth = look.bulk, look.trousers
    out = []
    for i in (0, 1):
        hip, knee, ankle, toe = (j[f"{name}{i}"] for name in ("hip", "knee", "ankle", "toe"))
        out.append(_limb((ankle, toe), (0.052, 0.045), look.boots, 0.02, 0.15))
        out.append(_limb((knee, knee * 0.10 + ankle * 0.90), (0.070 * b, 0.058 * b), cloth))
        out.append(_limb((hip, knee), (0.096 * b, 0.072 * b), cloth, 0.04))
    out.append(_limb((j["hip0"] + 0.03 * X, j["hip1"] - 0.03 * X), (0.118 * b, 0.118 * b), cloth, 0.05))
    return out


def _trunk(j: dict[str, Vec], look: Look) -> list[Limb]:
    b, cloth = look.bulk, look.jacket
    belly, chest, neck = j["belly"], j["chest"], j["neck"]
    out = []
    for s in (-1, 1):
        low, high = belly + s * 0.05 * X, chest + s * 0.075 * X
        out.append(_limb((belly * 0.15 + s * 0.055 * X, low), (0.122 * b, 0.118 * b), cloth, 0.04))
        out.append(_limb((low, high), (0.118 * b, 0.118 * b), cloth, 0.06))
    out.append(_limb((chest - 0.06 * X, chest + 0.06 * X), (0.128 * b, 0.128 * b), cloth, 0.05))
    out.append(_limb((j["shoulder0"], neck - 0.02 * X), (0.074 * b, 0.070), cloth, 0.06))
    out.append(_limb((neck + 0.02 * X, j["shoulder1"]), (0.070, 0.074 * b), cloth, 0.06))
    out.append(_limb((neck * 0.98, neck * 0.96 + j["head"] * 0.04), (0.082, 0.078), _tone(cloth, 0.85), 0.02))
    if look.vest is None:
        return out
    for s in (-1, 1):
        ends = (belly * 0.75 + s * 0.062 * X, chest * 1.04 + s * 0.068 * X)
        out.append(_limb(ends, (0.139 * b, 0.137 * b), look.vest, 0.02, 0.5))
    for offset in (-0.11, 0.0, 0.11):  # pouches
        base = belly * 0.8 + np.array([offset, 0.135, 0.0])
        top = base + np.array([0, 0.004, 0.09])
        out.append(_limb((base, top), (0.042, 0.042), _tone(look.vest, 0.8), 0.006, 0.5))
    return out


def _head(j: dict[str, Vec], look: Look) -> list[Limb]:
    head, up, face = j["head"], j["crown"], j["face"]
    out = [
        _limb((j["neck"], head), (0.052, 0.056), look.skin, 0.02, 0.0),
        _limb((head + 0.005 * face - 0.01 * up, head + 0.075 * up), (0.078, 0.090), look.skin, 0.015, 0.0),
    ]
    if look.helmet:
        ends = (head + 0.080 * up - 0.014 * face, head + 0.092 * up + 0.014 * face)
        out.append(_limb(ends, (0.109, 0.102), look.cap, 0.008, 0.35))
    else:
        ends = (head + 0.098 * up - 0.020 * face, head + 0.112 * up - 0.010 * face)
        out.append(_limb(ends, (0.094, 0.090), look.cap, 0.004, 0.3))
    return out


def _arms(j: dict[str, Vec], look: Look) -> list[Limb]:
    b, cloth = look.bulk, look.jacket
    out = []
    for i, side in enumerate(("left", "right")):
        shoulder, elbow, hand = j[f"shoulder{i}"], j[f"elbow{i}"], j[f"hand{i}"]
        out.append(_limb((shoulder, elbow), (0.068 * b, 0.056 * b), cloth, 0.035))
        out.append(_limb((elbow, elbow * 0.12 + hand * 0.88), (0.056 * b, 0.044 * b), cloth))
        fingers = (hand * 0.97 + elbow * 0.03, hand + (hand - elbow) * 0.22)
        out.append(_limb(fingers, (0.036, 0.030), look.skin, 0.01, 0.0))
        if look.band == side:
            ends = (shoulder * 0.60 + elbow * 0.40, shoulder * 0.32 + elbow * 0.68)
            out.append(replace(_limb(ends, (0.072 * b, 0.068 * b), YELLOW, 0.003, 0.55), what=BAND))
    return out


def _clothed(j: dict[str, Vec], look: Look) -> list[Limb]:
    """The limbs in the body frame."""
    limbs = _legs(j, look) + _trunk(j, look) + _head(j, look) + _arms(j, look)
    return [replace(m, camouflage=look.camouflage) if m.cloth > 0.4 and m.what == PLAIN else m for m in limbs]


def _long_object(grip: Vec, way: Vec) -> list[Limb]:
    """A plain long dark object held at `grip`, pointing along `way`."""
    dark: Color = (0.075, 0.075, 0.08)
    down = np.array([0, 0, -1.0])
    parts = (
        (grip - 0.30 * way - 0.02 * down, grip - 0.04 * way, 0.026, 0.024),
        (grip - 0.05 * way - 0.02 * down, grip + 0.30 * way - 0.02 * down, 0.026, 0.024),
        (grip + 0.28 * way - 0.02 * down, grip + 0.58 * way - 0.02 * down, 0.013, 0.011),
        (grip + 0.10 * way, grip + 0.14 * way + 0.15 * down, 0.018, 0.016),
    )
    return [Limb(a, b, ra, rb, dark, 0.004, 0.0, 0.0, LONG_OBJECT) for a, b, ra, rb in parts]


@dataclass(frozen=True, slots=True)
class Carry:
    """How a long object is held, in the body's frame: where the right hand is, where it points, if both hands hold."""

    grip: tuple[float, float, float] = (0.10, 0.27, 0.20)
    way: tuple[float, float, float] = (-0.78, 0.52, -0.22)
    both_hands: bool = True


def build(
    name: str, pose: Pose, look: Look, at: tuple[float, float], heading: float, carry: Carry | None = None
) -> Body:
    """The limbs in world coordinates, resting on the ground; heading 0 faces +Y and grows towards +X."""
    hold = None
    tool: list[Limb] = []
    if carry is not None:
        grip, way = np.array(carry.grip), unit(np.array(carry.way))
        left = grip + 0.33 * way if carry.both_hands else np.full(3, np.nan)
        hold = (left, grip)
        tool = _long_object(_rotate_x(grip, pose.bend), _rotate_x(way, pose.bend))
    limbs = _clothed(_joints(pose, hold), look) + tool
    c, s = np.cos(heading), np.sin(heading)

    def place(v: Vec) -> Vec:
        x, y, z = _rotate_x(v, pose.tilt) * look.height
        y += pose.advance
        return np.array([at[0] + c * x + s * y, at[1] - s * x + c * y, z])

    moved = [replace(m, a=place(m.a), b=place(m.b)) for m in limbs]
    floor = min(min(float(m.a[2]) - m.ra, float(m.b[2]) - m.rb) for m in moved if m.what == PLAIN)
    lift = np.array([0, 0, floor])
    return Body(name, [replace(m, a=m.a - lift, b=m.b - lift) for m in moved])


def stride(distance: float, pose: Pose, swing: float = 1.0) -> Pose:
    """A walking pose after so many metres; arms swing only as far as `swing` allows."""
    phase = 2 * np.pi * distance / 1.38
    thigh, shin, upper, fore = [], [], pose.upper.copy(), pose.fore.copy()
    for i, shift in enumerate((0.0, np.pi)):
        a = 0.42 * np.sin(phase + shift) + 0.04
        knee = 0.12 + 0.85 * max(0.0, np.sin(phase + shift + 1.15)) ** 1.5 * (0.5 + 0.5 * np.cos(phase + shift - 0.35))
        thigh.append((0.05, np.sin(a), -np.cos(a)))
        shin.append((0.03, np.sin(a - knee), -np.cos(a - knee)))
        back = -0.38 * swing * np.sin(phase + shift)
        upper[i] = unit(upper[i] + np.array([0, back, 0]))
        fore[i] = unit(fore[i] + np.array([0, back + 0.1 * swing, 0]))
    return replace(
        pose, thigh=pair(*thigh), shin=pair(*shin), upper=upper, fore=fore, bend=pose.bend + 0.05,
        foot=both(0.12, 1, 0.02),
    )  # fmt: skip
