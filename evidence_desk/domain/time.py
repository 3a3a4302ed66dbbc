"""Exact time: integers in a stream's time base, fractions of a second, and their text for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FrameRef:
    """Names one decoded picture for good: its number and its hash identify it, time never does.

    `n` counts the stream's decoded output from 0; `pts` is in ticks of `time_base` (seconds per tick) or None where the
    stream states none; `frame_hash` is the SHA-256 (hex) of the native picture, packed without padding. `provisional`
    tells that `n` comes from a table that no decoding has counted yet: then the hash alone identifies.
    """

    exhibit_sha256: str
    stream: int
    n: int
    pts: int | None
    time_base: Fraction
    frame_hash: str
    decoder: str
    provisional: bool = False


def clock(seconds: Fraction) -> str:
    """Return `HH:MM:SS.mmm`, rounded half up to a millisecond for people; a minus sign leads negative times."""
    sign = "-" if seconds < 0 else ""
    ms = int(abs(seconds) * 1000 + Fraction(1, 2))
    hours, rest = divmod(ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{sign}{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def seconds_text(seconds: Fraction) -> str:
    """Return seconds with three decimals, rounded half up: the `time` of the command line."""
    sign = "-" if seconds < 0 else ""
    ms = int(abs(seconds) * 1000 + Fraction(1, 2))
    return f"{sign}{ms // 1000}.{ms % 1000:03d}"


def fraction_text(value: Fraction) -> str:
    """Return `num/den`, the form in which time bases are stored and printed."""
    return f"{value.numerator}/{value.denominator}"


def utc_now_text() -> str:
    """Return the wall clock in UTC as ISO 8601 with microseconds and `Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_utc(text: str) -> datetime:
    """Return the moment named by an ISO 8601 text; a text without a zone is refused with ValueError."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no time zone")
    return moment.astimezone(UTC)
