"""What the container of an exhibit says, in words, with what asks for a look marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.time import clock
from evidence_desk.ui.translate import number, tr

_NARROW = "\u202f"
_WORTH_A_LOOK = Fraction(1, 20)
"""Seconds by which sound and picture may part before the desk points at it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name, its value in words, and whether it asks for a look."""

    name: str
    value: str
    look: bool = False


def main_facts(exhibit: Exhibit) -> tuple[Fact, ...]:
    """Return the eight facts shown first; empty where the file was not examined or says nothing."""
    facts = exhibit.facts
    if not facts:
        return ()
    return (
        Fact(tr("Capture date"), _dates(facts) or tr("Not stated")),
        Fact(tr("Encoder trace"), ", ".join(facts.get("encoder_traces") or ()) or tr("Not stated")),
        _frames(exhibit),
        _rate(exhibit, facts),
        Fact(tr("Picture"), _picture(exhibit, facts)),
        _sound(facts),
        _picture_end(exhibit, facts),
        Fact(tr("Edit list"), "; ".join(facts.get("edit_lists") or ()) or tr("None")),
    )


def all_facts(facts: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return every field the container has, with its path as the name."""
    return tuple(Fact(name, value) for name, value in _flat(facts, "") if value not in ("", "None"))


def anomalies(exhibit: Exhibit) -> tuple[str, ...]:
    """Return the plain sentences about what is unusual."""
    facts = exhibit.facts or {}
    return tuple(dict.fromkeys((*(facts.get("anomalies") or ()), *(facts.get("decode_notes") or ()))))


def _flat(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{name}[{place}]")
    else:
        yield name, str(value)


def _dates(facts: Mapping[str, Any]) -> str:
    dates: Mapping[str, str] = facts.get("dates") or {}
    return ", ".join(dict.fromkeys(str(date) for date in dates.values() if date))


def _frames(exhibit: Exhibit) -> Fact:
    if exhibit.frames is None:
        return Fact(tr("Frames, counted"), tr("None counted"))
    counted = number(exhibit.frames)
    if exhibit.provisional:
        return Fact(tr("Frames, provisional"), tr("{count} by the packets, not counted yet", count=counted), look=True)
    declared = exhibit.declared_frames
    words = tr("{counted}, declared {declared}", counted=counted, declared=number(declared)) if declared else counted
    return Fact(tr("Frames, counted"), words, look=bool(declared) and declared != exhibit.frames)


def _rate(exhibit: Exhibit, facts: Mapping[str, Any]) -> Fact:
    timing: Mapping[str, Any] = facts.get("timing") or {}
    slow, fast = (_decimal(timing.get(key)) for key in ("slowest_rate", "fastest_rate"))
    if not slow or not fast:
        return Fact(tr("Frame rate"), tr("Not measured"))
    if exhibit.variable_rate:
        return Fact(tr("Frame rate"), tr("Variable, {slow} to {fast} per s", slow=slow, fast=fast), look=True)
    return Fact(tr("Frame rate"), tr("{rate} per s", rate=_decimal(timing["fastest_rate"], 2)))


def _picture(exhibit: Exhibit, facts: Mapping[str, Any]) -> str:
    stream = next((s for s in facts.get("streams", ()) if s.get("index") == exhibit.stream), None)
    if not exhibit.width or not exhibit.height or stream is None:
        return tr("None")
    turned = tr("turned {degrees}°", degrees=exhibit.rotation) if exhibit.rotation else tr("no rotation")
    return f"{exhibit.width} × {exhibit.height}, {stream.get('codec', '')}, {turned}"


def _sound(facts: Mapping[str, Any]) -> Fact:
    stream = next((s for s in facts.get("streams", ()) if s.get("kind") == "audio"), None)
    if stream is None:
        return Fact(tr("Sound"), tr("None"))
    khz = _places(Fraction(int(stream.get("sample_rate") or 0), 1000), 2).rstrip("0").rstrip(".")
    rate = f"{khz}{_NARROW}kHz"
    end = _fraction((facts.get("timing") or {}).get("audio_end"))
    parts = [f"{stream.get('codec', '')} {rate}".strip()]
    if end is not None:
        parts.append(clock(end))
    offset = _fraction(facts.get("sound_offset")) or Fraction(0)
    if abs(offset) >= Fraction(1, 1000):
        seconds = f"{_places(abs(offset), 3)}{_NARROW}s"
        later = tr("begins {seconds} after the picture", seconds=seconds)
        parts.append(later if offset > 0 else tr("begins {seconds} before the picture", seconds=seconds))
    return Fact(tr("Sound"), ", ".join(parts), look=abs(offset) > _WORTH_A_LOOK)


def _picture_end(exhibit: Exhibit, facts: Mapping[str, Any]) -> Fact:
    """Compare the two ends on one clock: the picture's is counted from frame 0, the sound's is the container's."""
    name = tr("Picture ends before sound")
    timing: Mapping[str, Any] = facts.get("timing") or {}
    sound, picture = _fraction(timing.get("audio_end")), _fraction(timing.get("picture_end"))
    if sound is None or picture is None:
        return Fact(name, tr("No sound to compare"))
    zero = (exhibit.first_pts or 0) * (_fraction(exhibit.time_base) or Fraction(0))
    gap = sound - zero - picture
    if gap <= 0:
        return Fact(name, tr("No"))
    return Fact(name, f"{_places(gap, 3)}{_NARROW}s", look=gap > _WORTH_A_LOOK)


def _fraction(text: object) -> Fraction | None:
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError):
        return None


def _decimal(text: object, places: int = 1) -> str:
    value = _fraction(text)
    return _places(value, places) if value is not None else ""


def _places(value: Fraction, places: int) -> str:
    scaled = int(value * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}"
