"""Two exhibits of a case on one time: their shared moments with tables, residuals, and which frame goes with which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit, Sync
from evidence_desk.domain.sync import (
    Extent,
    Fit,
    Match,
    drift_words,
    fit,
    fit_json,
    flipped,
    match,
    milliseconds,
    moments_of,
    offset_told,
    unsigned,
    verdict_words,
)
from evidence_desk.domain.time import clock, parse_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Synced:
    """A synchronisation as seen from one of its exhibits, `a`: the line to the other and when both have pictures."""

    record: Sync
    a: str
    b: str
    table_a: FrameTable
    table_b: FrameTable
    extent_a: Extent
    extent_b: Extent
    fit: Fit

    def beside(self, n: int) -> Match:
        """Return what the other exhibit shows when frame n of this one begins."""
        return match(self.fit, self.table_a.time_of(n), self.table_b, self.extent_b)

    @property
    def values(self) -> tuple[dict[str, Any], ...]:
        """The moments as seen from `a`."""
        return moments_from(self.record, self.a)


def moments_from(record: Sync, exhibit: str) -> tuple[dict[str, Any], ...]:
    """Return the moments of a record with `exhibit` as their side a."""
    return tuple(dict(m) for m in record.moments) if record.exhibit_a == exhibit else flipped(record.moments)


def synced(
    record: Sync,
    exhibit: str,
    table_a: FrameTable,
    table_b: FrameTable,
    extents: tuple[Extent, Extent] | None = None,
) -> Synced:
    """Return a synchronisation as seen from `exhibit`, whose table is the first; IndexError where a frame is gone.

    `extents`, of both tables, are worked out where they are not given: a second for a million frames.
    """
    other = record.exhibit_b if record.exhibit_a == exhibit else record.exhibit_a
    moments = moments_of(moments_from(record, exhibit), table_a, table_b)
    first, second = extents or (Extent.of(table_a), Extent.of(table_b))
    return Synced(record, exhibit, other, table_a, table_b, first, second, fit(moments))


def sync_between(records: Iterable[Sync], one: str, other: str) -> Sync | None:
    """Return the synchronisation in force that ties two exhibits, None where there is none."""
    return next((r for r in records if r.in_force and {r.exhibit_a, r.exhibit_b} == {one, other}), None)


@dataclass(frozen=True, slots=True)
class ByClocks:
    """How two exhibits lie by their case clocks: time in B = time in A + `lead`, give or take `within`; seconds.

    `within` is None where nobody said how sure one of the clocks is.
    """

    lead: Fraction
    within: Fraction | None


def by_clocks(a: Exhibit, b: Exhibit, table_a: FrameTable, table_b: FrameTable) -> ByClocks | None:
    """Return how two exhibits lie by their case clocks, None where one of them has none."""
    starts, doubts = [], (a.clock_uncertainty_ms, b.clock_uncertainty_ms)
    for exhibit, table in ((a, table_a), (b, table_b)):
        n = exhibit.clock_frame
        if not exhibit.clock_time or n is None or not 0 <= n < len(table):
            return None
        since = parse_utc(exhibit.clock_time) - _EPOCH
        starts.append(Fraction(since // timedelta(microseconds=1), 1_000_000) - table.time_of(n))
    within = None if None in doubts else Fraction(sum(d for d in doubts if d is not None), 1000)
    return ByClocks(starts[0] - starts[1], within)


def stated(found: Synced) -> tuple[tuple[str, str], ...]:
    """Return a synchronisation as lines for people, name and value: for the command line and the dossier."""
    fitted = found.fit
    lines = [
        ("Exhibits", f"{found.a} and {found.b}"),
        ("Offset", f"time in {found.b} = time in {found.a} {offset_told(fitted)}"),
    ]
    if fitted.rate != 1:
        lines.append(("Speed", f"{found.b} taken {float(fitted.rate):.6f} times as fast, from frame 0"))
    if fitted.drift is not None:
        lines.append(("Drift", drift_words(fitted.drift)))
    lines.append(("Residual", f"{unsigned(fitted.largest)} ms at most" if fitted.checked else "not checked"))
    for k, (moment, residual) in enumerate(zip(fitted.moments, fitted.residuals, strict=True), 1):
        what = f" {moment.what}" if moment.what else ""
        about = "" if moment.a.exact and moment.b.exact else "about "
        lines.append(
            (
                f"Moment {k}{what}",
                f"{found.a} frame {moment.a.n} ({about}{clock(moment.a.at)}), "
                f"{found.b} frame {moment.b.n} ({about}{clock(moment.b.at)}), residual {milliseconds(residual)} ms"
                f"{', marked where the others had put both, not counted' if moment.led else ''}",
            )
        )
    lines.append(("Says", verdict_words(fitted)))
    if found.record.note:
        lines.append(("Note", found.record.note))
    return tuple(lines)


def beside_words(found: Synced, n: int) -> str:
    """Return for people what the other exhibit shows with frame n."""
    at = found.beside(n)
    when = clock(at.seconds)
    if at.place != "shown":
        why = {"before": "has not begun", "after": "has ended", "gap": "lacks time"}[at.place]
        return f"{found.b} has no frame: it {why} at {when}; the nearest is frame {at.n}"
    first = "?" if at.first is None else at.first
    last = "?" if at.last is None else at.last
    return f"{found.b} frame {at.n} ({when}), between frames {first} and {last}"


def sync_json(found: Synced, at: Iterable[int] = ()) -> dict[str, Any]:
    """Return fit and moments by name; for each frame of `at` what the other exhibit shows."""
    values: dict[str, Any] = {"from": found.a, "to": found.b, **fit_json(found.fit)}
    values["beside"] = [_match_json(n, found.beside(n)) for n in at]
    return values


def _match_json(n: int, found: Match) -> dict[str, Any]:
    return {
        "frame": n,
        "other": found.n if found.place == "shown" else None,
        "nearest": found.n,
        "first": found.first,
        "last": found.last,
        "place": found.place,
    }


Stretches = tuple[tuple[Fraction, Fraction], ...]


def bands_of(found: Synced) -> tuple[tuple[Fraction, Fraction], Stretches, Stretches, Stretches]:
    """Return in time of `a`: from when to when either has pictures, when each has them, and each moment's two times."""
    fitted = found.fit
    second = tuple((fitted.back(first), fitted.back(last)) for first, last in found.extent_b.spans())
    whole = min(Fraction(0), fitted.back(Fraction(0))), max(found.extent_a.end, fitted.back(found.extent_b.end))
    moments = tuple((m.a.at, fitted.back(m.b.at)) for m in fitted.moments)
    return whole, found.extent_a.spans(), second, moments


def offset_words(found: Synced) -> str:
    """Return in one line how the other exhibit lies, how far off that may be, and the largest residual."""
    fitted = found.fit
    parts = [f"largest residual {unsigned(fitted.largest)} ms"] if fitted.checked else []
    parts.append(f"offset {offset_told(fitted)}")
    if fitted.drift is not None and fitted.drift.shown:
        parts.append(f"drift {drift_words(fitted.drift)}")
    return ", ".join(parts)


TableOf = Callable[[str], FrameTable]


def all_synced(records: Iterable[Sync], table_of: TableOf) -> tuple[Synced, ...]:
    """Return every synchronisation in force, seen from its first exhibit."""
    return tuple(synced(r, r.exhibit_a, table_of(r.exhibit_a), table_of(r.exhibit_b)) for r in records if r.in_force)
