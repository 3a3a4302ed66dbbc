"""The case clock: one frame's moment in the world, as a person set it, and every other frame's from there.

A clip does not say when it was filmed. The moment, how sure it is and how it is known are all a person's statement and
are shown together; nothing is read off the file's own dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from evidence_desk.domain.errors import Refused
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.time import parse_utc


@dataclass(frozen=True, slots=True)
class CaseClock:
    """Frame `frame` was at `at` (UTC), give or take `uncertainty_ms`, None where nobody said; `basis` says why.

    `frame_hash` is the SHA-256 of that frame's picture, which alone tells it once frames are counted anew.
    """

    frame: int
    at: datetime
    uncertainty_ms: int | None = None
    basis: str = ""
    frame_hash: str = ""

    def moment(self, elapsed: Fraction) -> datetime:
        """Return the moment so many seconds after frame `frame` (before, where negative), to the microsecond, UTC."""
        return self.at + timedelta(microseconds=floor(elapsed * 1_000_000 + Fraction(1, 2)))

    def values(self) -> dict[str, object]:
        """Return the exhibit's fields that hold it."""
        return {
            "clock_frame": self.frame,
            "clock_time": self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "clock_uncertainty_ms": self.uncertainty_ms,
            "clock_basis": self.basis,
            "clock_hash": self.frame_hash,
        }


UNSET: dict[str, object] = {
    "clock_frame": None,
    "clock_time": "",
    "clock_uncertainty_ms": None,
    "clock_basis": "",
    "clock_hash": "",
}
"""The exhibit's fields where there is no case clock."""


def case_clock_of(exhibit: Exhibit) -> CaseClock | None:
    """Return the exhibit's case clock, None where none is set."""
    if not exhibit.clock_time or exhibit.clock_frame is None:
        return None
    at = parse_utc(exhibit.clock_time)
    return CaseClock(exhibit.clock_frame, at, exhibit.clock_uncertainty_ms, exhibit.clock_basis, exhibit.clock_hash)


def zone_named(name: str) -> tzinfo:
    """Return the zone of that name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, LookupError):
        return UTC


def typed_moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment a person typed: `2025-05-04 16:41:07.5` in `zone`, or with a zone of its own (`Z`, `+02:00`).

    Raises Refused for a text that names no moment.
    """
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        found = None
    if found is None or len(text.strip()) < len("2025-05-04 16:41"):
        raise Refused(f"“{text.strip()}” is no date with a time. Nothing was kept. Write 2025-05-04 16:41:07.5.")
    return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(UTC)


def zone_words(moment: datetime, zone: tzinfo) -> str:
    """Return the zone as it stood at that moment: `UTC`, `UTC+2`, `UTC−3:30`."""
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02d}' if rest else ''}"


def clock_words(moment: datetime, zone: tzinfo) -> str:
    """Return the time of day to a millisecond, as the clocks show it: `16:41:07.093`."""
    shown = (moment + timedelta(microseconds=500)).astimezone(zone)
    return f"{shown:%H:%M:%S}.{shown.microsecond // 1000:03d}"


def full_words(moment: datetime, zone: tzinfo) -> str:
    """Return date, time and zone: `4 May 2025, 16:41:07.093 UTC+2`."""
    shown = (moment + timedelta(microseconds=500)).astimezone(zone)
    return f"{shown.day} {shown:%b %Y}, {clock_words(moment, zone)} {zone_words(moment, zone)}"


def uncertainty_words(milliseconds: int | None) -> str:
    """Return how sure the clock is: `± 90 s`, `± 250 ms`; words where nobody said."""
    if milliseconds is None:
        return "± not stated"
    if milliseconds % 1000 == 0:
        return f"± {milliseconds // 1000} s"
    return f"± {milliseconds} ms"
