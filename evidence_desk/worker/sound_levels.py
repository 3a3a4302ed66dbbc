"""Loudness and frequencies of a whole sound at every zoom, made while its samples pass by, in bounded memory.

Waveform: for each stretch of a hundredth of a second the lowest and highest sample of any channel (nothing cancels out)
and the root mean square of all; each coarser level takes four stretches together.

Spectrogram: the mean of the channels under a Hann window of about 40 ms (a power of two), a hundred times a second; a
column stands at the middle of its window. 128 bands of equal width on O'Shaughnessy's mel scale from 0 Hz to half the
rate, each the strongest of its bins (a band narrower than a bin takes the bin it lies in). One byte a band: 2 dB + 255,
0 dB being a full-scale sine. More than 2^18 columns (44 minutes) are folded in pairs, the stronger kept, as often as
needed: an hour costs at most 33 MB at the finest level and a third of it for the coarser ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.int16]

PER_SECOND = 100
FACTOR = 4
BANDS = 128
MOST_COLUMNS = 1 << 18
LEAST_LEVEL = 256
"""A level that is no longer than this has no coarser one."""
_BATCH = 256
_WINDOW_SECONDS = 0.04


class WaveBuilder:
    """Takes samples, keeps their lowest, highest and mean square by stretches of `hop` samples."""

    def __init__(self, hop: int) -> None:
        self.hop = hop
        self._rest: tuple[Shorts, Shorts, Floats] = (np.empty(0, np.int16), np.empty(0, np.int16), _NO_FLOATS)
        self._done: list[tuple[Shorts, Shorts, Floats]] = []

    def add(self, samples: Shorts) -> None:
        """Take samples, shape (n, channels)."""
        # Channel by channel: numpy is slow at reducing rows of two.
        low, high = samples[:, 0], samples[:, 0]
        square = np.zeros(len(samples), np.float32)
        for channel in np.ascontiguousarray(samples.T):
            low, high = np.minimum(low, channel), np.maximum(high, channel)
            square += channel.astype(np.float32) ** 2
        new = (low, high, square / np.float32(samples.shape[1]))
        low = np.concatenate([self._rest[0], new[0]])
        high = np.concatenate([self._rest[1], new[1]])
        square = np.concatenate([self._rest[2], new[2]])
        whole = len(low) // self.hop
        if whole:
            end, shape = whole * self.hop, (whole, self.hop)
            self._done.append(
                (
                    low[:end].reshape(shape).min(axis=1),
                    high[:end].reshape(shape).max(axis=1),
                    square[:end].reshape(shape).mean(axis=1),
                )
            )
            low, high, square = low[end:], high[end:], square[end:]
        self._rest = (low, high, square)

    def levels(self) -> list[tuple[bytes, bytes, bytes]]:
        """Return lowest, highest (int16) and root mean square (uint16) of each level, the finest first."""
        low, high, square = self._rest
        if len(low):
            last = (low.min(keepdims=True), high.max(keepdims=True), square.mean(keepdims=True))
            self._done.append(last)
        if not self._done:
            return []
        low, high = (np.concatenate([part[i] for part in self._done]) for i in (0, 1))
        square = np.concatenate([part[2] for part in self._done])
        found = []
        while True:
            rms = np.clip(np.rint(np.sqrt(square)), 0, 32768).astype("<u2")
            found.append((low.astype("<i2").tobytes(), high.astype("<i2").tobytes(), rms.tobytes()))
            if len(low) <= LEAST_LEVEL:
                return found
            starts = np.arange(0, len(low), FACTOR)
            counts = np.minimum(FACTOR, len(low) - starts)
            square = (np.add.reduceat(square, starts) / counts).astype(np.float32)
            low, high = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)


def peaks(samples: Shorts, hop: int) -> tuple[bytes, bytes, bytes]:
    """Return lowest, highest and root mean square of every `hop` samples, as in the finest level of a waveform."""
    builder = WaveBuilder(hop)
    builder.add(samples)
    levels = builder.levels()
    return levels[0] if levels else (b"", b"", b"")


def wave_hop(rate: int) -> int:
    """Return the samples in a hundredth of a second, at least one."""
    return max(1, rate // PER_SECOND)


class SpectrumBuilder:
    """Takes one channel, keeps columns of band levels."""

    def __init__(self, rate: int) -> None:
        self.base_hop = wave_hop(rate)
        self.size = 1 << max(8, int(np.ceil(np.log2(rate * _WINDOW_SECONDS))))
        self.fold = 1
        window = np.hanning(self.size + 1)[:-1].astype(np.float32)
        self._window = window
        self._scale = np.float32((2 / window.sum()) ** 2)
        self._starts = band_bins(rate, self.size)
        # The first window is centred in the first stretch: what lies before the sound is silence.
        self._rest: Floats = np.zeros(self.size // 2 - self.base_hop // 2, np.float32)
        self._pending: list[Bytes] = []
        self._held = 0
        self._columns: list[Bytes] = []
        self._count = 0
        self._samples = 0

    @property
    def hop(self) -> int:
        """Samples from column to column."""
        return self.base_hop * self.fold

    def add(self, mono: Floats) -> None:
        """Take samples, full scale at 1."""
        self._samples += len(mono)
        self._rest = np.concatenate([self._rest, mono])
        if len(self._rest) >= self.size + _BATCH * self.base_hop:
            self._transform()

    def _transform(self) -> None:
        if len(self._rest) < self.size:
            return
        windows = np.lib.stride_tricks.sliding_window_view(self._rest, self.size)[:: self.base_hop]
        spectra = np.fft.rfft(windows * self._window, axis=1)
        power = (spectra.real**2 + spectra.imag**2) * self._scale
        bands = np.maximum.reduceat(power, self._starts, axis=1)
        # Two steps a decibel of power, 255 for a full-scale sine.
        levels = np.clip(np.rint(20 * np.log10(np.maximum(bands, 1e-30)) + 255), 0, 255).astype(np.uint8)
        self._rest = self._rest[len(windows) * self.base_hop :].copy()
        self._keep(levels)

    def _keep(self, columns: Bytes) -> None:
        self._pending.append(columns)
        self._held += len(columns)
        if self._held < self.fold:
            return
        joined = np.concatenate(self._pending)
        whole = len(joined) // self.fold
        self._columns.append(_strongest(joined[: whole * self.fold], self.fold))
        self._pending, self._held = [joined[whole * self.fold :]], len(joined) - whole * self.fold
        self._count += whole
        while self._count > MOST_COLUMNS and self._count % 2 == 0:
            self._columns = [_strongest(np.concatenate(self._columns), 2)]
            self._count //= 2
            self.fold *= 2

    def levels(self) -> list[bytes]:
        """Return each level as rows of `BANDS` bytes, one row a column, the finest first."""
        wanted = -(-self._samples // self.base_hop)
        have = self._count * self.fold + self._held
        if wanted > have:
            missing = (wanted - have - 1) * self.base_hop + self.size - len(self._rest)
            self._rest = np.concatenate([self._rest, np.zeros(max(missing, 0), np.float32)])
            self._transform()
        columns = np.concatenate([*self._columns, _strongest(np.concatenate(self._pending or [_NO_BYTES]), self.fold)])
        columns = columns[: -(-wanted // self.fold)]
        found = []
        while len(columns):
            found.append(columns.tobytes())
            if len(columns) <= LEAST_LEVEL:
                break
            columns = _strongest(columns, FACTOR)
        return found


def band_bins(rate: int, size: int) -> npt.NDArray[Any]:
    """Return the first bin of each band: equal steps on the mel scale 2595 log10(1 + f / 700) (O'Shaughnessy 1987)."""
    edges = band_edges(rate)[:-1]
    return np.minimum(np.rint(edges * size / rate).astype(np.intp), size // 2)


def band_edges(rate: int) -> npt.NDArray[np.float64]:
    """Return the BANDS + 1 edges in Hz, from 0 to half the rate."""
    top = 2595 * np.log10(1 + rate / 2 / 700)
    return np.asarray(700 * (10 ** (np.linspace(0, top, BANDS + 1) / 2595) - 1))


def _strongest(columns: Bytes, times: int) -> Bytes:
    if times == 1 or not len(columns):
        return columns
    return np.maximum.reduceat(columns, np.arange(0, len(columns), times), axis=0)


_NO_FLOATS: Floats = np.empty(0, np.float32)
_NO_BYTES: Bytes = np.empty((0, BANDS), np.uint8)
