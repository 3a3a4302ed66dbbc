"""The curves by which HDR is brought to an ordinary display, held against the values that the standards print."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.worker.tone_mapping import (
    HLG,
    PEAKS,
    PQ,
    WHITE,
    eetf,
    hlg_scene_light,
    pq_eotf,
    pq_signal,
    tone_mapped,
)


def _one(value: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([value])


@pytest.mark.parametrize(
    ("light", "signal"), [(0.0, 0.0), (100.0, 0.5081), (203.0, 0.5807), (1000.0, 0.7518), (10000.0, 1.0)]
)
def test_pq_signal_of_known_luminances(light: float, signal: float) -> None:
    assert float(pq_signal(_one(light))[0]) == pytest.approx(signal, abs=1e-4)
    assert float(pq_eotf(_one(signal))[0]) == pytest.approx(light, rel=2e-3, abs=1e-3)


@pytest.mark.parametrize(("signal", "light"), [(0.0, 0.0), (0.5, 1 / 12), (0.75, 0.2650), (1.0, 1.0)])
def test_hlg_scene_light_of_known_signals(signal: float, light: float) -> None:
    assert float(hlg_scene_light(_one(signal))[0]) == pytest.approx(light, abs=1e-3)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_curve_never_turns_brighter_into_darker(a: float, b: float) -> None:
    low, high = (float(eetf(_one(value), PEAKS[PQ])[0]) for value in sorted((a, b)))
    assert low <= high + 1e-12


def test_the_curve_leaves_the_dark_alone_and_ends_at_white() -> None:
    dark = _one(0.3)
    assert float(eetf(dark, PEAKS[PQ])[0]) == pytest.approx(0.3)
    top = eetf(pq_signal(_one(PEAKS[PQ])), PEAKS[PQ])
    assert float(pq_eotf(top)[0]) == pytest.approx(WHITE, rel=1e-6)


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("bgrx", [True, False])
def test_greys_stay_grey_and_rise(transfer: int, bgrx: bool) -> None:
    ramp = np.tile(np.linspace(0, 4095, 512).astype(np.uint16), (20, 1))
    shown = tone_mapped(ramp, ramp, ramp, transfer, 9, bgrx=bgrx)
    assert shown.shape == (20, 512, 4 if bgrx else 3)
    channels = shown[7, :, :3].astype(int)
    assert np.all(np.diff(channels[:, 0]) >= 0)
    assert np.max(np.ptp(channels, axis=1)) <= 1
    assert channels[0, 0] == 0
    assert channels[-1, 0] == 255


def test_a_pure_colour_beyond_the_display_is_cut_off_in_its_own_channel() -> None:
    full, none = np.full((1, 1), 2300, np.uint16), np.zeros((1, 1), np.uint16)
    red, green, blue = tone_mapped(full, none, none, PQ, 9, bgrx=False)[0, 0]
    assert red > 200
    assert green == blue == 0
