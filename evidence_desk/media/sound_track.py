"""What one pass over a sound stream leaves behind: facts, clock, table, waveform and spectrogram at every zoom.

Stored in `derived/` as one block of named parts. The desk reads facts, clock and levels; the table goes back to the
worker as it is when exact samples are asked for.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import tempfile
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.sound import SoundClock, SoundFacts

SUFFIX = ".edso"
_MAGIC = b"EDSO"
_VERSION = 1
_PREFIX = struct.Struct("<4sHxxIIQ")  # magic, version, length of the head, CRC-32 of what follows, length of the parts


class SoundTrackDamaged(EvidenceDeskError):
    """A stored sound track cannot be read; it is derived and can be made again from the exhibit."""


@dataclass(frozen=True, slots=True)
class SoundPiece:
    """Consecutive samples: `pcm` holds `count` times `channels` values, interleaved, little-endian.

    `first` is the number of the first sample, counted from 0 over the stream's decoded output; `at` is where it begins
    in seconds on the container's clock, `pts` the same in ticks of `time_base` (between two ticks where the samples are
    finer). `exact` tells that every decoded block equals that of the pass from start to end; `note` says what is odd.
    """

    stream: int
    rate: int
    channels: int
    first: int
    count: int
    at: Fraction
    time_base: Fraction
    sample_format: str
    pcm: bytes = field(repr=False)
    exact: bool = True
    note: str = ""

    @property
    def pts(self) -> Fraction:
        """Where the first sample begins, in ticks of `time_base`."""
        return self.at / self.time_base

    @property
    def duration(self) -> Fraction:
        """Seconds of sound."""
        return Fraction(self.count, self.rate)


@dataclass(frozen=True, slots=True)
class WaveLevel:
    """Stretches of `hop` samples: lowest and highest sample of any channel, root mean square of all (16 bits)."""

    hop: int
    low: array[int] = field(repr=False)
    high: array[int] = field(repr=False)
    rms: array[int] = field(repr=False)

    def __len__(self) -> int:
        """Return the number of stretches."""
        return len(self.low)


@dataclass(frozen=True, slots=True)
class SpectrumLevel:
    """Columns `hop` samples apart: `bands` bytes each, lowest frequency first; value v stands for v / 2 - 127.5 dB."""

    hop: int
    bands: int
    data: memoryview = field(repr=False)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.data) // self.bands


class SoundTrack:
    """One sound stream of one file, as one pass found it."""

    def __init__(self, facts: SoundFacts, sha256: str, hops: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
        """Take facts, the file's SHA-256 (hex, "" where not told), the levels' hops and the parts by name."""
        self.facts = facts
        self.sha256 = sha256
        self.hops = dict(hops)
        self.parts = dict(parts)

    @cached_property
    def clock(self) -> SoundClock:
        """Where each sample stands on the container's clock."""
        columns = (_column("q", self.parts["run_first"]), _column("q", self.parts["run_pts"]))
        return SoundClock(self.facts.samples, self.facts.time_base, (*columns, _column("q", self.parts["run_rate"])))

    @cached_property
    def wave(self) -> tuple[WaveLevel, ...]:
        """The waveform, the finest level first; empty where nothing decoded."""
        hop, factor = int(self.hops["wave_hop"]), int(self.hops["factor"])
        return tuple(
            wave_level(hop * factor**i, *(self.parts[f"wave_{i}_{name}"] for name in ("low", "high", "rms")))
            for i in range(int(self.hops["wave_levels"]))
        )

    @cached_property
    def spectrum(self) -> tuple[SpectrumLevel, ...]:
        """The spectrogram, the finest level first; empty where nothing decoded."""
        hop, factor, bands = (int(self.hops[name]) for name in ("spectrum_hop", "factor", "bands"))
        return tuple(
            SpectrumLevel(hop * factor**i, bands, memoryview(self.parts[f"spectrum_{i}"]))
            for i in range(int(self.hops["spectrum_levels"]))
        )

    @property
    def table(self) -> bytes:
        """The packets and blocks, as the worker wrote them."""
        return self.parts["table"]

    def __len__(self) -> int:
        """Return the number of samples."""
        return self.facts.samples


def wave_level(hop: int, low: bytes, high: bytes, rms: bytes) -> WaveLevel:
    """Return a level from its little-endian columns."""
    return WaveLevel(hop, _column("h", low), _column("h", high), _column("H", rms))


def file_name(decoder: str, stream: int) -> str:
    """Return the name under which a track is stored: `sound-<stream>-<decoder>.edso`."""
    kept = "".join(c if c.isalnum() or c in ".-" else "-" for c in decoder)
    return f"sound-{stream}-{kept.strip('-')}{SUFFIX}"


def pack(track: SoundTrack) -> bytes:
    """Return the track as bytes, little-endian on every machine."""
    facts = asdict(track.facts)
    facts["time_base"] = [track.facts.time_base.numerator, track.facts.time_base.denominator]
    sizes = [[name, len(part)] for name, part in track.parts.items()]
    words = {"facts": facts, "sha256": track.sha256, "hops": track.hops, "parts": sizes}
    head = json.dumps(words, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    body = b"".join(track.parts.values())
    check = zlib.crc32(body, zlib.crc32(head))
    return b"".join((_PREFIX.pack(_MAGIC, _VERSION, len(head), check, len(body)), head, body))


def unpack(data: bytes) -> SoundTrack:
    """Return the track packed in `data`; raises SoundTrackDamaged where it is cut, altered or of another version."""
    try:
        magic, version, head_size, check, body_size = _PREFIX.unpack_from(data)
    except struct.error as error:
        raise SoundTrackDamaged(_damaged("it is too short")) from error
    if magic != _MAGIC or version != _VERSION:
        raise SoundTrackDamaged(_damaged("it is not a track of this version"))
    rest = memoryview(data)[_PREFIX.size :]
    if len(rest) != head_size + body_size or zlib.crc32(rest) != check:
        raise SoundTrackDamaged(_damaged("its bytes have changed"))
    try:
        words = json.loads(bytes(rest[:head_size]))
        facts = words["facts"]
        known = {
            "time_base": Fraction(*facts["time_base"]),
            "notes": tuple(facts["notes"]),
            "streams": tuple(facts["streams"]),
        }
        parts, at = {}, head_size
        for name, size in words["parts"]:
            parts[str(name)] = bytes(rest[at : at + size])
            at += size
        track = SoundTrack(SoundFacts(**{**facts, **known}), str(words["sha256"]), words["hops"], parts)
        _refuse_nonsense(track)
        return track
    except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise SoundTrackDamaged(_damaged("its parts do not fit together")) from error


def save(track: SoundTrack, path: Path) -> None:
    """Write the track to `path` whole or not at all; raises OSError."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pack(track))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> SoundTrack:
    """Return the track stored at `path`; raises SoundTrackDamaged, or OSError where the file cannot be read."""
    return unpack(path.read_bytes())


def _refuse_nonsense(track: SoundTrack) -> None:
    """Raise ValueError where a part would fail when it is drawn: what decodes a hostile file may send anything."""
    facts, runs = track.facts, track.clock.runs
    if facts.samples < 1 or not runs or runs[0].first or any(run.count < 0 or run.rate < 1 for run in runs):
        raise ValueError("the runs do not cover the samples")
    if min(facts.rate, facts.channels) < 1 or facts.stream not in facts.streams or facts.time_base <= 0:
        raise ValueError("the facts are none of a sound")
    for wave in track.wave:
        if wave.hop < 1 or not len(wave.low) == len(wave.high) == len(wave.rms) > 0:
            raise ValueError("a level of the waveform is cut")
    for spectrum in track.spectrum:
        if spectrum.hop < 1 or spectrum.bands < 1 or len(spectrum.data) % spectrum.bands or not len(spectrum):
            raise ValueError("a level of the spectrogram is cut")


def _damaged(why: str) -> str:
    return f"The stored sound track cannot be used: {why}. The exhibit is safe; the track is made again from it."


def _column(code: str, data: bytes) -> array[int]:
    column: array[int] = array(code)
    column.frombytes(data)
    if sys.byteorder == "big" and column.itemsize > 1:
        column.byteswap()
    return column
