"""What a file says of itself, before a single frame is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One stream: `index` is ffmpeg's absolute index; fractions are texts `num/den`; what does not apply is empty.

    `sound_start` is where the first decoded sample stands, in seconds on the container's clock; `priming` counts the
    samples that the file has the decoder leave out before it.
    """

    index: int
    kind: str
    codec: str = ""
    profile: str = ""
    time_base: str = ""
    start: int | None = None
    duration: int | None = None
    declared_frames: int = 0
    bit_rate: int | None = None
    language: str = ""
    cover: bool = False
    width: int = 0
    height: int = 0
    pix_fmt: str = ""
    average_rate: str = ""
    sar: str = "1/1"
    rotation: int = 0
    mirrored: bool = False
    colour_matrix: str = ""
    colour_range: str = ""
    colour_transfer: str = ""
    interlaced: bool = False
    sample_rate: int = 0
    channels: int = 0
    layout: str = ""
    sound_start: str = ""
    priming: int = 0
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Probe:
    """The container and its streams. `duration` is seconds as text to the microsecond; `anomalies` are sentences.

    `sound_offset` is the first sample's time minus the first picture's, seconds as `num/den`: positive where sound
    begins later, empty where there is no sound, no picture or no stamp.
    """

    name: str
    size: int
    format: str
    format_name: str
    duration: str
    start: str
    bit_rate: int
    streams: tuple[StreamFacts, ...]
    default_video: int | None
    sound_offset: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    encoder_traces: tuple[str, ...] = ()
    edit_lists: tuple[str, ...] = ()
    anomalies: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def video(self) -> StreamFacts | None:
        """The stream whose frames the desk counts, None where the file has none."""
        return next((s for s in self.streams if s.index == self.default_video), None)

    @property
    def sounds(self) -> tuple[StreamFacts, ...]:
        """The sound streams."""
        return tuple(s for s in self.streams if s.kind == "audio")

    @property
    def rotation(self) -> int:
        """Clockwise degrees by which the picture is turned for display."""
        return self.video.rotation if self.video else 0

    @property
    def mirrored(self) -> bool:
        """Tell whether the picture is mirrored left to right before it is turned."""
        return bool(self.video and self.video.mirrored)

    @property
    def sar(self) -> str:
        """Pixel aspect as `num/den`."""
        return self.video.sar if self.video else "1/1"

    @property
    def declared_frames(self) -> int:
        """Frames the container claims, 0 where it claims none."""
        return self.video.declared_frames if self.video else 0

    def to_json(self) -> dict[str, Any]:
        """Return the facts as JSON data."""
        return asdict(self)


def probe_from(data: Mapping[str, Any]) -> Probe:
    """Return the probe that `to_json` described; KeyError or TypeError where it did not."""
    streams = tuple(StreamFacts(**s) for s in data["streams"])
    values = {f.name: data[f.name] for f in fields(Probe)}
    for name in ("encoder_traces", "edit_lists", "anomalies"):
        values[name] = tuple(values[name])
    return Probe(**{**values, "streams": streams})
