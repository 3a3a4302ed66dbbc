"""The sound of clip A and its longer original: wind, steps, a distant engine, and impulsive sounds with echoes."""

import numpy as np
from numpy.typing import NDArray
from story import AFTER, FAINT, LOUD, REPOST_END

RATE = 48_000
Wave = NDArray[np.float32]


def _band(noise: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(noise)
    f = np.fft.rfftfreq(len(noise), 1 / RATE)
    gain = 1 / (1 + (np.maximum(f, 1) / high) ** 4) * (1 - 1 / (1 + (f / low) ** 4))
    out = np.fft.irfft(spectrum * gain, len(noise))
    return np.asarray(out / out.std())


def _impulse(rng: np.random.Generator, level: float, far: bool) -> NDArray[np.float64]:
    """One sharp onset with echoes from walls; starts at sample 0 without any lead-in."""
    n = RATE
    t = np.arange(n) / RATE
    noise = rng.standard_normal(n)
    bright = _band(noise, 150 if far else 90, 1100 if far else 9000)
    crack = bright * np.exp(-t / (0.030 if far else 0.011))
    thump = np.sin(2 * np.pi * (96 - 50 * t) * t) * np.exp(-t / 0.060) * 1.7
    tail = _band(rng.standard_normal(n), 120, 2100) * np.exp(-t / 0.21) * 0.17
    dry = crack + thump * (0.4 if far else 1)
    out = dry + tail
    for delay, gain in ((0.041, 0.34), (0.083, 0.22), (0.151, 0.16), (0.334, 0.09)):
        k = round(delay * RATE)
        out[k:] += gain * dry[: n - k]
    if not far:
        out[:24] += np.linspace(2.4, 0, 24)  # the very first rise
    return np.asarray(out * level)


def onsets() -> dict[str, list[int]]:
    """Sample positions of every impulsive sound, by group."""
    return {
        "faint": [round(s * RATE) for s in FAINT],
        "loud": [round(s * RATE) for s in LOUD],
        "after": [round(s * RATE) for s in AFTER],
    }


def build_sound(seed: int) -> Wave:
    """Mono samples in -1..1 for the whole of the longer original, clipped as a small microphone clips."""
    rng = np.random.default_rng([seed, 71])
    n = round(REPOST_END * RATE)
    t = np.arange(n) / RATE
    swell = 0.65 + 0.35 * np.sin(0.9 * t + 1) * np.sin(0.37 * t)
    out = 0.020 * swell * _band(rng.standard_normal(n), 25, 210) + 0.0035 * _band(rng.standard_normal(n), 200, 5200)
    hum = np.sin(2 * np.pi * 46.5 * t) + 0.5 * np.sin(2 * np.pi * 93 * t + 1) + 0.3 * np.sin(2 * np.pi * 139.5 * t)
    out += 0.0035 * hum * (1 + 0.3 * np.sin(2 * np.pi * 1.9 * t))
    steps = [
        *np.arange(0.5, 9.6, 0.585),
        *np.arange(14.1, 17.3, 0.6),
        *np.arange(21.6, 27.1, 0.55),
        *np.arange(31.2, 32.5, 0.5),
    ]
    for s in steps:
        k, m = round((float(s) + rng.uniform(-0.05, 0.05)) * RATE), round(0.11 * RATE)
        grit = _band(rng.standard_normal(m), 700, 5200) * np.hanning(m) * rng.uniform(0.006, 0.016)
        out[k : k + m] += grit
    for s in (12.0, 20.9, 21.6, 27.0, 27.7, 28.4, 29.2):  # cloth and knees on the ground
        k, m = round(s * RATE), round(0.24 * RATE)
        out[k : k + m] += _band(rng.standard_normal(m), 90, 900) * np.hanning(m) * 0.017
    for group, level in (("faint", 0.050), ("loud", 0.62), ("after", 0.55)):
        for k in onsets()[group]:
            burst = _impulse(rng, level, far=group == "faint")
            m = min(len(burst), n - k)
            out[k : k + m] += burst[:m]
    return np.asarray(np.clip(1.15 * np.tanh(out / 1.15), -0.98, 0.98), np.float32)
