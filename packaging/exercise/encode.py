"""Writes the clips: H.264 and AAC in MP4, with exact stamps, display rotation and the traces each kind of file has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet
from numpy.typing import NDArray

NOTE = "Exercise Kestrel: fictional, drawn training material. Not a record of any event."


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one file is encoded and what its container says of itself."""

    size: tuple[int, int]
    time_base: Fraction
    rate: Fraction
    quality: int
    video_handler: str
    sound_handler: str = ""
    brand: str = "mp42"
    rotation: float | None = None  # degrees counter-clockwise the display matrix turns, as ffprobe prints it
    silent_tools: bool = True  # no encoder tag in the container
    options: dict[str, str] = field(default_factory=dict)


def _aac(
    samples: NDArray[np.float32], source_rate: int, rate: int, stream: av.AudioStream
) -> "list[Packet[av.AudioStream]]":
    """All packets of the sound track."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate)
    frame = av.AudioFrame.from_ndarray(samples[None, :], format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = source_rate, 0, Fraction(1, source_rate)
    packets: list[Packet[av.AudioStream]] = []
    for piece in [*resampler.resample(frame), *resampler.resample(None)]:
        packets += stream.encode(piece)
    packets += stream.encode(None)
    return packets


class ClipWriter:
    """One MP4 in the making; pictures come in order, the sound is known from the start."""

    def __init__(
        self, path: Path, recipe: Recipe, sound: tuple[NDArray[np.float32], int, int, int] | None = None
    ) -> None:
        ticks = recipe.time_base.denominator
        options = {"video_track_timescale": str(ticks), "brand": recipe.brand, "movflags": "+faststart"}
        if recipe.silent_tools:
            options["fflags"] = "+bitexact"
        self.recipe = recipe
        self.container = av.open(str(path), "w", format="mp4", options=options)
        self.container.metadata["comment"] = NOTE
        stream = self.container.add_stream("libx264", rate=recipe.rate)
        stream.width, stream.height = recipe.size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = recipe.time_base
        stream.time_base = recipe.time_base
        context.thread_count = 2
        context.color_primaries, context.color_trc, context.colorspace, context.color_range = 1, 1, 1, 1
        context.options = {"crf": str(recipe.quality), "preset": "slow", **recipe.options}
        stream.metadata["handler_name"] = recipe.video_handler
        if recipe.rotation is not None:
            stream.set_display_rotation(recipe.rotation)
        self.video = stream
        self.lasts: dict[int, int] = {}
        self.sound: list[Packet[av.AudioStream]] = []
        if sound is not None:
            samples, source_rate, rate, bit_rate = sound
            audio = self.container.add_stream("aac", rate=rate, layout="mono")
            audio.bit_rate = bit_rate
            audio.metadata["handler_name"] = recipe.sound_handler
            self.container.start_encoding()
            self.sound = _aac(samples, source_rate, rate, audio)

    def _mux_sound(self, until: Fraction) -> None:
        while self.sound and (self.sound[0].pts or 0) * (self.sound[0].time_base or 0) <= until:
            self.container.mux(self.sound.pop(0))

    def _mux_video(self, packets: "list[Packet[av.AudioStream]]") -> None:
        for packet in packets:  # the encoder guesses durations from the rate; the script knows them
            packet.duration = self.lasts.pop(packet.pts or 0)
            self.container.mux(packet)

    def add(self, picture: NDArray[np.uint8], pts: int, duration: int) -> None:
        """Encode one RGB picture, already in coded orientation, with its stamp."""
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        frame.pts, frame.time_base, frame.duration = pts, self.recipe.time_base, duration
        self.lasts[pts] = duration
        self._mux_video(self.video.encode(frame))
        self._mux_sound(pts * self.recipe.time_base)

    def close(self) -> None:
        """Flush both tracks and finish the file."""
        self._mux_video(self.video.encode(None))
        self._mux_sound(Fraction(10**6))
        self.container.close()


def decoded_pictures(path: Path) -> Iterator[tuple[int, int | None]]:
    """Number and stamp of every picture the finished file gives, to hold against the script."""
    with av.open(str(path)) as container:
        for n, frame in enumerate(container.decode(video=0)):
            yield n, frame.pts


def decoded_sound(path: Path) -> tuple[NDArray[np.float32], int, Fraction]:
    """Samples, rate and the stamp of the first sample, as the finished file gives them."""
    with av.open(str(path)) as container:
        pieces, rate, first = [], 0, None
        for frame in container.decode(audio=0):
            if first is None:
                first = (frame.pts or 0) * (frame.time_base or Fraction(0))
            pieces.append(frame.to_ndarray()[0])
            rate = frame.sample_rate
    return np.concatenate(pieces), rate, first or Fraction(0)
