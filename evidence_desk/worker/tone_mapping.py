"""HDR pictures (PQ, HLG) brought into the range of an ordinary display. For the eye only, never identity.

PQ: each of R'G'B' passes the EETF of ITU-R BT.2390 (section 5.4.1) from 4,000 cd/m² to 203 cd/m², the diffuse white
of BT.2408, then the PQ EOTF of BT.2100 to linear light. HLG: inverse OETF and OOTF of BT.2100 for a display of 1,000
cd/m², then the same EETF from 1,000 cd/m², each channel alone. Both: BT.2020 or P3 primaries to BT.709, what falls
outside is cut off, and the inverse of the BT.1886 curve (gamma 2.4). The stream's own mastering data are not used: some
decoders have them only after certain key frames, and the same frame has to look the same however it was reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Samples = npt.NDArray[np.uint16]
Bytes = npt.NDArray[np.uint8]

PQ, HLG = 16, 18
"""Transfer characteristics as ITU-T H.273 numbers them."""
BITS = 12
"""Bits of the R'G'B' samples taken in."""
WHITE = 203.0
PEAKS = {PQ: 4000.0, HLG: 1000.0}
"""Luminances in cd/m²: of display white, and the brightest that is still told apart, by transfer."""

_ROWS = 16  # so many rows at a time stay in the processor's cache: twice as quick as a whole picture
_FINE_STEPS = 65535.0
# SMPTE ST 2084, as in BT.2100 table 4.
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
# BT.2100 table 5.
_A, _B, _C = 0.17883277, 0.28466892, 0.55991073
_HLG_GAMMA = 1.2
_LUMA_2020 = (0.2627, 0.6780, 0.0593)
# Linear RGB to BT.709: from BT.2020 as in BT.2087, from P3 with a D65 white by its chromaticities.
_TO_709 = {
    9: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    12: ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
}
_AS_IS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def pq_eotf(signal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return cd/m² for PQ signal values from 0 to 1 (BT.2100 table 4)."""
    power = np.power(np.clip(signal, 0.0, 1.0), 1 / _M2)
    light: npt.NDArray[np.float64] = 10000.0 * np.power(np.maximum(power - _C1, 0.0) / (_C2 - _C3 * power), 1 / _M1)
    return light


def pq_signal(light: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the PQ signal from 0 to 1 of cd/m² (BT.2100 table 4, inverse EOTF)."""
    power = np.power(np.clip(light, 0.0, 10000.0) / 10000.0, _M1)
    signal: npt.NDArray[np.float64] = np.power((_C1 + _C2 * power) / (1 + _C3 * power), _M2)
    return signal


def hlg_scene_light(signal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return scene light from 0 to 1 of HLG signal values (BT.2100 table 5, inverse OETF)."""
    low = signal * signal / 3
    high = (np.exp((signal - _C) / _A) + _B) / 12
    return np.where(signal <= 1 / 2, low, high)


def eetf(signal: npt.NDArray[np.float64], peak: float, white: float = WHITE) -> npt.NDArray[np.float64]:
    """Return PQ signal values brought from a range that ends at `peak` cd/m² into one that ends at `white`.

    BT.2390 section 5.4.1 with black at 0: untouched below the knee, then a Hermite spline that ends at white.
    """
    top = float(pq_signal(np.array(peak)))
    most = float(pq_signal(np.array(white))) / top
    knee = 1.5 * most - 0.5
    e1 = np.clip(signal / top, 0.0, 1.0)
    t = (e1 - knee) / (1 - knee)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * most
    return np.where(e1 < knee, e1, spline) * top


@dataclass(frozen=True, slots=True)
class _Tables:
    """`light` turns a sample into light, for PQ with display white as 1. For HLG that is light of the scene: `gain` has
    its factor by luminance, `shown` the light then shown, both looked up by the root, for steps enough in the dark."""

    light: Floats
    output: Bytes
    gain: Floats | None = None
    shown: Floats | None = None


@lru_cache(maxsize=2)
def _tables(transfer: int) -> _Tables:
    signal = np.linspace(0.0, 1.0, 1 << BITS)
    output = np.power(np.linspace(0.0, 1.0, 1 << 16), 1 / 2.4) * 255 + 0.5
    if transfer == PQ:
        light = pq_eotf(eetf(signal, PEAKS[PQ])) / WHITE
        return _Tables(light.astype(np.float32), output.astype(np.uint8))
    by_root = np.linspace(0.0, 1.0, 1 << 16) ** 2
    gain = np.power(by_root, _HLG_GAMMA - 1)
    shown = pq_eotf(eetf(pq_signal(PEAKS[HLG] * by_root), PEAKS[HLG])) / WHITE
    scene = hlg_scene_light(signal).astype(np.float32)
    return _Tables(scene, output.astype(np.uint8), gain.astype(np.float32), shown.astype(np.float32))


def tone_mapped(red: Samples, green: Samples, blue: Samples, transfer: int, primaries: int, *, bgrx: bool) -> Bytes:
    """Return R'G'B' samples of 12 bits in full range as RGB, or as BGRX, 8 bits, rows × columns × 3 or 4.

    `transfer` is PQ or HLG, `primaries` as H.273 numbers them; unknown ones are taken as BT.709 and left alone.
    """
    tables = _tables(transfer)
    rows, columns = red.shape
    out = np.empty((rows, columns, 4 if bgrx else 3), np.uint8)
    if bgrx:
        out[..., 3] = 255
    places = (2, 1, 0) if bgrx else (0, 1, 2)
    # Light is scaled to the steps of the output table beforehand.
    matrix = np.array(_TO_709.get(primaries, _AS_IS), np.float32) * np.float32(_FINE_STEPS)
    for top in range(0, rows, _ROWS):
        part = slice(top, top + _ROWS)
        light = [np.take(tables.light, samples[part]) for samples in (red, green, blue)]
        if tables.gain is not None and tables.shown is not None:
            luminance = light[0] * np.float32(_LUMA_2020[0])
            luminance += light[1] * np.float32(_LUMA_2020[1])
            luminance += light[2] * np.float32(_LUMA_2020[2])
            gain = _by_root(tables.gain, luminance)
            light = [_by_root(tables.shown, channel * gain) for channel in light]
        for place, weights in zip(places, matrix, strict=True):
            mixed = light[0] * weights[0]
            mixed += light[1] * weights[1]
            mixed += light[2] * weights[2]
            np.clip(mixed, 0.0, _FINE_STEPS, out=mixed)
            out[part, :, place] = np.take(tables.output, mixed.astype(np.uint16))
    return out


def _by_root(table: Floats, light: Floats) -> Floats:
    """Return the table's values for light from 0 to 1; `light` is used up."""
    np.sqrt(light, out=light)
    light *= np.float32(_FINE_STEPS)
    np.minimum(light, np.float32(_FINE_STEPS), out=light)
    return np.take(table, light.astype(np.uint16))
