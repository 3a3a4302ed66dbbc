"""Decoded sound as numbers: one row a sample, one column a channel, in the decoder's own format or as 16 bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame

Pcm = npt.NDArray[Any]

_NAMES = {"uint8": "u8", "int16": "s16", "int32": "s32", "int64": "s64", "float32": "f32", "float64": "f64"}


def native(frame: AudioFrame) -> Pcm:
    """Return the frame's samples as they were decoded, shape (samples, channels), rows without padding."""
    channels = frame.layout.nb_channels
    data: Pcm = frame.to_ndarray()
    return np.ascontiguousarray(data.T) if frame.format.is_planar else data.reshape(-1, channels)


def format_name(data: Pcm) -> str:
    """Return the name of the packed format, as in ffmpeg's `pcm_…` without the byte order."""
    return _NAMES.get(data.dtype.name, data.dtype.name)


def to_s16(data: Pcm) -> npt.NDArray[np.int16]:
    """Return the samples as 16 bits: floats times 32768, rounded to even, held at the ends; integers by their top bits.

    This is what ffmpeg's resampler does for `-f s16le` where rate and channels stay as they are.
    """
    if data.dtype.kind == "f":
        return np.asarray(np.clip(np.rint(data * 32768), -32768, 32767), dtype=np.int16)
    if data.dtype == np.uint8:
        return np.asarray((data.astype(np.int16) - 128) << 8, dtype=np.int16)
    return np.asarray(data >> (8 * data.dtype.itemsize - 16), dtype=np.int16)


def to_mono(data: Pcm) -> npt.NDArray[np.float32]:
    """Return the mean of the channels, full scale at 1."""
    middle, full = (128, 128) if data.dtype == np.uint8 else (0, 1 << (8 * data.dtype.itemsize - 1))
    total = np.zeros(len(data), np.float32)
    for channel in data.T:
        total += channel
    if data.dtype.kind == "f":
        return total / np.float32(data.shape[1])
    return (total - np.float32(middle * data.shape[1])) / np.float32(full * data.shape[1])
