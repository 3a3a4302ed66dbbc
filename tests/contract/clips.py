"""Small clips of odd kinds, made while the tests run: moving shapes, no two frames alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np


@dataclass(frozen=True)
class Clip:
    """What to make. `stamps` are pts in 1/1000 s, one a frame, where the rate is to vary."""

    frames: int = 30
    codec: str = "libx264"
    pix_fmt: str = "yuv420p"
    width: int = 96
    height: int = 64
    gop: int = 12
    bframes: int = 0
    container: str = ""
    stamps: tuple[int, ...] = ()
    sound: bool = False
    shade: int = 0
    rotate: int = 0
    mirror: bool = False
    sar: Fraction | None = None
    options: dict[str, str] = field(default_factory=dict)


def painted(n: int, width: int, height: int, shade: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return an RGB picture in which a square moves and the background turns slowly; different for every n."""
    rows, columns = np.mgrid[0:height, 0:width]
    picture = np.stack([(columns * 2 + n * 3) % 256, (rows * 3 + shade) % 256, np.full_like(rows, 5 * n % 256)], axis=2)
    left, top = (n * 3) % max(1, width - 8), (n * 2) % max(1, height - 8)
    picture[top : top + 8, left : left + 8] = (255, 255 - n % 200, n % 256)
    return picture.astype(np.uint8)


def make_clip(path: Path, clip: Clip) -> Path:
    """Write the clip and return its path."""
    with av.open(str(path), "w", format=clip.container or None) as out:
        stream = out.add_stream(clip.codec, rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = clip.width, clip.height, clip.pix_fmt
        stream.codec_context.gop_size = clip.gop
        stream.codec_context.max_b_frames = clip.bframes
        stream.codec_context.thread_count = 1
        if clip.codec == "libx264":
            stream.options = {"x264-params": f"bframes={clip.bframes}:keyint={clip.gop}:scenecut=0", "crf": "23"}
        stream.options = {**stream.options, **clip.options}
        if clip.stamps:
            stream.codec_context.time_base = Fraction(1, 1000)
        if clip.sar:
            stream.codec_context.sample_aspect_ratio = clip.sar
        if clip.rotate or clip.mirror:
            stream.set_display_rotation(clip.rotate, hflip=clip.mirror)
        sound = out.add_stream("aac", rate=48_000) if clip.sound else None
        for n in range(clip.frames):
            frame = av.VideoFrame.from_ndarray(painted(n, clip.width, clip.height, clip.shade), format="rgb24")
            frame = frame.reformat(format=clip.pix_fmt)
            frame.pts = clip.stamps[n] if clip.stamps else n
            frame.time_base = Fraction(1, 1000) if clip.stamps else Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        if sound is not None:
            assert isinstance(sound, av.AudioStream)
            for packets in _beeps(sound, clip.frames / 25):
                out.mux(packets)
    return path


def _beeps(stream: av.AudioStream, seconds: float) -> Iterable[list[av.Packet[av.AudioStream]]]:
    samples = np.sin(np.arange(int(48_000 * seconds)) * 2 * np.pi * 440 / 48_000) * 12_000
    data = samples.astype(np.int16).reshape(1, -1)
    for at in range(0, data.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(data[:, at : at + 1024]), format="s16", layout="mono")
        frame.sample_rate, frame.pts = 48_000, at
        yield stream.encode(frame)
    yield stream.encode(None)
