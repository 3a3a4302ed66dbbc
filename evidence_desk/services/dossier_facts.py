"""The lines of the dossier that are worked out from records: facts, timing, custody, limits, chronology, techniques."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from fractions import Fraction
from typing import Any

from evidence_desk.domain.case_clock import case_clock_of, full_words, uncertainty_words
from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.domain.dossier import Custody, Dated, Seen, Sheet, Technique
from evidence_desk.domain.records import (
    Acquisition,
    Claim,
    Exhibit,
    Observation,
    Source,
)
from evidence_desk.domain.sound import beside_picture
from evidence_desk.domain.sound_range import SoundRange
from evidence_desk.domain.time import seconds_text
from evidence_desk.services.coverage import LOOKED_AT
from evidence_desk.store.audit import Event

Rows = tuple[tuple[str, str], ...]


def mirrored(exhibit: Exhibit) -> bool:
    """Tell whether the container asks to mirror the picture."""
    return bool(_video(exhibit).get("mirrored"))


def picture_start(exhibit: Exhibit) -> Fraction:
    """Return where frame 0 begins, in seconds on the container's clock."""
    if exhibit.first_pts is None or not exhibit.time_base:
        return Fraction(0)
    return exhibit.first_pts * Fraction(exhibit.time_base)


def heard_at(exhibit: Exhibit, observation: Observation) -> tuple[Fraction, Fraction] | None:
    """Return where an observation's range in the sound begins and ends, seconds after frame 0; None for none."""
    start, end, base = observation.sound_start, observation.sound_end, observation.sound_time_base
    if start is None or end is None or not base:
        return None
    held, zero = SoundRange.of((start, end, base)), picture_start(exhibit)
    return held.begin - zero, held.end - zero


def ends(exhibit: Exhibit) -> tuple[Fraction, Fraction | None]:
    """Return where the picture ends and, where there is sound, where that ends: both in seconds after frame 0."""
    timing = (exhibit.facts or {}).get("timing", {})
    length = Fraction(timing["picture_end"]) if timing.get("picture_end") else Fraction(0)
    sound = Fraction(timing["audio_end"]) - picture_start(exhibit) if timing.get("audio_end") else None
    return length, sound


def facts(exhibit: Exhibit) -> Rows:
    """Return what the container says, and what it does not."""
    told = exhibit.facts or {}
    video = _video(exhibit)
    sounds = [s for s in told.get("streams", ()) if s.get("kind") == "audio"]
    dates = told.get("dates", {})
    counted = "not decoded" if exhibit.frames is None else _number(exhibit.frames)
    if exhibit.provisional:
        counted = f"not counted yet, {_number(exhibit.frames or 0)} expected from the packets"
    declared = "declared: nothing" if not exhibit.declared_frames else f"declared {_number(exhibit.declared_frames)}"
    rows = [
        ("Container", str(told.get("format_name") or told.get("format") or "none read")),
        ("Picture", _picture(exhibit, video)),
        ("Sound", ", ".join(_sound(s) for s in sounds) or "no sound track in the container"),
        ("Frames, counted", f"{counted} ({declared})"),
        ("Written by", _traces(told.get("encoder_traces", ()))),
        ("Capture date", _dates(dates)),
        ("Edit list", "; ".join(told.get("edit_lists", ())) or "none"),
        ("Anomalies", " ".join(told.get("anomalies", ())) or "none found"),
        ("Decoded with", exhibit.decoder or "not decoded"),
        ("Condition", f"{exhibit.condition}{'. ' + exhibit.condition_note if exhibit.condition_note else ''}"),
    ]
    return tuple(rows)


def timing(exhibit: Exhibit) -> Rows:
    """Return what the time stamps say."""
    told = (exhibit.facts or {}).get("timing", {})
    if not exhibit.frames or not told:
        return (("Frames", "none counted"),)
    length, sound = ends(exhibit)
    slow, fast = told.get("slowest_rate"), told.get("fastest_rate")
    rate = "one frame"
    if slow and fast:
        least, most = seconds_text(Fraction(slow)), seconds_text(Fraction(fast))
        rate = f"{least} per second" if least == most else f"{least} to {most} per second"
    rows = [
        (
            "Time base",
            f"{exhibit.time_base} s; first pts {_stated(exhibit.first_pts)}, last pts {_stated(exhibit.last_pts)}",
        ),
        ("Frame rate", f"{'variable' if exhibit.variable_rate else 'even'}, {rate}"),
        (
            "Order",
            "pts rise throughout" if told.get("stamps_increase") else "pts are missing or do not rise throughout",
        ),
        ("Picture ends", f"{seconds_text(length)} s"),
    ]
    offset = (exhibit.facts or {}).get("sound_offset")
    if offset:
        rows.append(("Sound begins", beside_picture(Fraction(offset))))
    if sound is not None:
        rows.append(("Sound ends", f"{seconds_text(sound)} s after frame 0"))
    case_clock = case_clock_of(exhibit)
    if case_clock is not None:
        sure = f"{full_words(case_clock.at, UTC)}, {uncertainty_words(case_clock.uncertainty_ms)}"
        basis = case_clock.basis or "basis not stated"
        rows.append(
            ("Case clock", f"frame {case_clock.frame} at {sure}: {basis}; set by a person, not read off the file")
        )
    digest = f"SHA-256 over all frame hashes {exhibit.frames_digest[:16]}…" if exhibit.frames_digest else "none yet"
    rows.append(("Digest", digest))
    return tuple(rows)


def custody(exhibit: Exhibit, acquisition: Acquisition | None, events: Sequence[Event]) -> tuple[Custody, ...]:
    """Return every hand and every check that is recorded, oldest first; what was before intake is as stated."""
    rows = []
    if acquisition is not None and acquisition.posted_at:
        where = " ".join(p for p in (acquisition.platform, acquisition.account) if p) or "place not stated"
        rows.append(
            Custody(
                _minute(acquisition.posted_at), acquisition.account or "unknown", f"posted, {where}", "as displayed", ""
            )
        )
    if acquisition is not None and (acquisition.collected_by or acquisition.collected_at):
        how = ", ".join(p for p in (acquisition.method, acquisition.tool) if p) or "how is not stated"
        told = acquisition.hash_at_collection or "not stated"
        when = _minute(acquisition.collected_at) or "not stated"
        rows.append(Custody(when, acquisition.collected_by or "not stated", "collected", how, told))
    words = {
        "exhibit.add": ("taken into the case; hash taken", "copied into the vault, read back, kept read-only"),
        "exhibit.withdraw": ("withdrawn", ""),
        "exhibit.restore": ("put back in force", ""),
    }
    for event in events:
        after = event.after or {}
        if event.action in words:
            what, how = words[event.action]
            rows.append(Custody(_minute(event.at), event.actor, what, how, exhibit.sha256[:16] + "…"))
        elif event.action == "exhibit.edit" and after.get("provisional"):
            what = f"packets read, {after.get('frames')} frames expected; not decoded yet"
            rows.append(Custody(_minute(event.at), event.actor, what, str(after.get("decoder") or ""), "same"))
        elif event.action in ("exhibit.edit", "exhibit.confirm-frames") and "examined_at" in after:
            what = f"decoded, {exhibit.frames} frames counted" if exhibit.frames else "examined, no frames"
            rows.append(Custody(_minute(event.at), event.actor, what, exhibit.decoder, "same"))
    return tuple(rows)


def limits(sheets: Sequence[Sheet], seen: Sequence[Seen]) -> tuple[str, ...]:
    """Return the limits that follow from the records; never empty."""
    lines = [line for sheet in sheets for line in _limits_of(sheet)]
    lost = [s.observation.number for s in seen if s.observation.anchor == NOT_FOUND]
    if lost:
        lines.append(
            f"{', '.join(lost)}: recorded before the frames were counted, and the picture is not among the counted "
            "frames. The number printed is that of before; a person has to look."
        )
    doubtful = [s.observation.number for s in seen if s.observation.legibility == "doubtful"]
    if doubtful:
        lines.append(f"Legibility is doubtful in {', '.join(doubtful)}.")
    return (
        *lines,
        "Looked at means that a frame stood on screen in the desk, exact and uncovered; it says nothing of attention, "
        "nor of what was looked at elsewhere.",
        "Colours are those of the file after its last encoding. A still is a rendering for the eye.",
        "No time stamp of an outside authority is attached.",
    )


def _limits_of(sheet: Sheet) -> list[str]:
    """Return the limits that follow from what is recorded of one exhibit."""
    lines = []
    exhibit = sheet.exhibit
    if exhibit.condition in ("damaged", "unreadable", "not examined"):
        lines.append(f"{exhibit.number} is {exhibit.condition}: {exhibit.condition_note or 'no further note'}")
    if exhibit.provisional:
        lines.append(
            f"{exhibit.number}: its frames were not counted when this was made. Frame numbers are provisional; "
            "each cited picture is bound by its frame hash."
        )
    if sheet.missing:
        lines.append(f"{exhibit.number}: the acquisition record lacks {', '.join(sheet.missing)}.")
    if not (exhibit.facts or {}).get("dates"):
        lines.append(f"{exhibit.number}: the container states no capture date.")
    if not sheet.seen:
        lines.append(f"{exhibit.number}: no observation is recorded on it.")
    if exhibit.frames and not any(name == LOOKED_AT for name, _ in sheet.facts):
        lines.append(f"{exhibit.number}: the desk noted nobody's looking at it.")
    if exhibit.repost_of:
        lines.append(f"{exhibit.number} is another upload of {exhibit.repost_of}; the two count once.")
    return lines


def chronology(sheets: Sequence[Sheet], sources: Sequence[Source], claims: Sequence[Claim]) -> tuple[Dated, ...]:
    """Return what is dated, in the order of the texts as recorded; a date is as stated by the record named."""
    found = [Dated(s.dated, f"{s.title}", s.number, "stated by the source") for s in sources if s.dated]
    for sheet in sheets:
        number, acquisition = sheet.exhibit.number, sheet.acquisition
        if acquisition is not None and acquisition.posted_at:
            found.append(
                Dated(_minute(acquisition.posted_at), f"{number} posted", number, "as displayed by the platform")
            )
        if acquisition is not None and acquisition.collected_at:
            found.append(
                Dated(_minute(acquisition.collected_at), f"{number} collected", number, "stated by the collector")
            )
        found.append(Dated(_minute(sheet.exhibit.taken_in_at), f"{number} taken into the case", number, "event log"))
    known = {s.number: s.dated for s in sources}
    found += [
        Dated(c.dated, f"{c.claimant or 'somebody'} says {c.number}", c.number, "stated")
        for c in claims
        if c.dated and c.dated != known.get(c.source)
    ]
    return tuple(sorted(found, key=lambda d: (d.at, d.record)))


def techniques(sheets: Sequence[Sheet], seen: Sequence[Seen]) -> tuple[Technique, ...]:
    """Return the techniques that were used here, each with what it cannot carry."""
    rows = [
        Technique(
            "SHA-256 at intake",
            "the file is unchanged since intake",
            "that it was unchanged before; that its content is true",
            "every exhibit",
        ),
        Technique(
            "Frame hash",
            "the printed still is that frame of that file",
            "what the frame means; where or when it was recorded",
            "every cited frame",
        ),
        Technique(
            "Chained log with printed head",
            "no silent change between two published heads",
            "changes before the first head; truth of entries",
            "every record",
        ),
        Technique(
            "Container reading",
            "whether the structure fits what is stated of the file",
            "authorship; platforms remove most of it when they encode again",
            "every exhibit",
        ),
    ]
    if any(
        s.exhibit.variable_rate or not (s.exhibit.facts or {}).get("timing", {}).get("stamps_increase", True)
        for s in sheets
    ):
        rows.append(
            Technique(
                "Frame timing",
                "gaps, repeats and uneven steps between frames",
                "why they are there: device, platform or edit",
                "variable rates",
            )
        )
    if any(s.observation.basis == "heard" for s in seen):
        rows.append(
            Technique(
                "Listening",
                "a sound at this place of this track",
                "its cause, direction or target",
                "observations heard",
            )
        )
    if any(s.observation.count_best is not None for s in seen):
        rows.append(
            Technique(
                "Count by a person",
                "how many can be made out in this picture",
                "how many there were; whether two pictures show the same",
                "counts",
            )
        )
    return tuple(rows)


def _video(exhibit: Exhibit) -> dict[str, Any]:
    told = exhibit.facts or {}
    return next((s for s in told.get("streams", ()) if s.get("index") == exhibit.stream), {})


def _picture(exhibit: Exhibit, video: dict[str, Any]) -> str:
    if not video:
        return "no picture stream read"
    parts = [
        f"{video.get('codec', '')} {video.get('profile', '')}".strip(),
        f"{exhibit.width} × {exhibit.height} as stored",
    ]
    parts.append(f"turned {exhibit.rotation} degrees for display" if exhibit.rotation else "no rotation")
    if video.get("sar") not in ("", "1/1", "0/1", None):
        parts.append(f"pixel aspect {video['sar']}")
    if video.get("pix_fmt"):
        parts.append(str(video["pix_fmt"]))
    return ", ".join(p for p in parts if p)


def _sound(stream: dict[str, Any]) -> str:
    return f"{stream.get('codec', '')}, {stream.get('sample_rate', 0)} Hz, {stream.get('channels', 0)} channels"


def _dates(dates: dict[str, str]) -> str:
    """Return each different date once, with where it stands; many places are counted."""
    places: dict[str, list[str]] = {}
    for place, value in sorted(dates.items()):
        places.setdefault(value, []).append(place)
    told = [f"{v} ({p[0]})" if len(p) == 1 else f"{v} ({len(p)} places)" for v, p in places.items()]
    return "; ".join(told) or "none stated"


def _stated(pts: int | None) -> str:
    return "not stated" if pts is None else str(pts)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


_TRACE, _TRACES = 44, 5


def _traces(traces: Sequence[str]) -> str:
    """Return what wrote the file, each trace cut short; what is left out stands in the package."""
    told = [t if len(t) <= _TRACE else f"{t[:_TRACE].rstrip()}…" for t in dict.fromkeys(traces)]
    more = f"; {len(told) - _TRACES} more in the package" if len(told) > _TRACES else ""
    return "; ".join(told[:_TRACES]) + more or "nothing stated"


def _minute(at: str) -> str:
    return at[:16].replace("T", " ") + " UTC" if at.endswith("Z") else at
