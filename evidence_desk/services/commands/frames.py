"""The count of frames arrives: the exhibit's provisional numbers are replaced, and what cites them is found again.

What is found by decoding is no person's step: it is logged, and undo does not take it back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.case_clock import UNSET, case_clock_of
from evidence_desk.domain.controlled_values import NOT_FOUND, PROVISIONAL
from evidence_desk.domain.errors import Refused
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import (
    EXHIBIT,
    OBSERVATION,
    REGION,
    Exhibit,
    Observation,
    Region,
)
from evidence_desk.services.bus import LASTING, Command
from evidence_desk.services.commands.records import Edit
from evidence_desk.services.commands.rules import validate
from evidence_desk.services.intake import Examination
from evidence_desk.store.writer import CaseWriter

CONFIRM, RE_ANCHOR = "confirm-frames", "re-anchor"
"""Names of the events: `exhibit.confirm-frames`, `observation.re-anchor`, `region.re-anchor`."""


@dataclass(frozen=True, slots=True)
class RecordFindings:
    """Keeps what reading or decoding a file found; where its frames were provisional, finds again what cites them."""

    exhibit: str
    examination: Examination

    @property
    def label(self) -> str:
        """Name the step."""
        return "Examine"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the facts, and with counted frames every anchor, in this one transaction."""
        before = writer.get(self.exhibit)
        if not isinstance(before, Exhibit):
            raise Refused(f"{self.exhibit} is no exhibit. Nothing was changed.")
        table = self.examination.table
        if not before.provisional:
            Edit(self.exhibit, self.examination.values()).apply(writer)
            return LASTING
        if table is None or table.provisional:
            # It could not be decoded: the numbers stay as provisional as they were, and what cites them with them.
            kept = ("condition", "condition_note", "examined_at")
            values = {name: value for name, value in self.examination.values().items() if name in kept}
            self._write(writer, before, values, "edit")
            return LASTING
        self._write(writer, before, self._counted(before, table), CONFIRM)
        for found in writer.find(OBSERVATION, "exhibit", self.exhibit):
            if isinstance(found, Observation) and found.anchor == PROVISIONAL:
                _re_anchor(writer, found, table)
        return LASTING

    def _counted(self, before: Exhibit, table: FrameTable) -> Mapping[str, Any]:
        values = self.examination.values()
        said = f"{before.frames} frames were expected from the packets; {len(table)} were decoded."
        clock = case_clock_of(before)
        if clock is not None:
            n = frame_again(table, clock.frame_hash, clock.frame, None)
            values = {**values, **(UNSET if n is None else {"clock_frame": n})}
            if n is None:
                said += f" The case clock was taken away: its picture, frame {clock.frame} before, is not among them."
        values["facts"] = {**(values["facts"] or {}), "confirmation": said}
        return values

    def _write(self, writer: CaseWriter, before: Exhibit, values: Mapping[str, Any], action: str) -> None:
        changed = {name: value for name, value in values.items() if getattr(before, name) != value}
        validate(writer, EXHIBIT, writer.update(EXHIBIT, before, changed, action))


def record_findings(exhibit: str, examination: Examination) -> Command:
    """Keep what a job found in an exhibit's file; counted frames replace provisional ones. It is not undone."""
    return RecordFindings(exhibit, examination)


def frame_again(table: FrameTable, frame_hash: str, n: int, pts: int | None) -> int | None:
    """Return the counted frame whose picture has that hash, None where none has.

    Of several the one with the same stamp is meant, else the one nearest to `n`, the provisional number.
    """
    if not frame_hash:
        return None
    likely = _at_stamp(table, pts)
    if likely is not None and table.hash_of(likely) == frame_hash:
        return likely
    numbers = table.find_hash(frame_hash)
    same = [m for m in numbers if pts is not None and table.pts(m) == pts]
    return min(same or numbers, key=lambda m: (abs(m - n), m), default=None)


def _at_stamp(table: FrameTable, pts: int | None) -> int | None:
    """Return the one frame with that stamp, None where stamps do not tell."""
    if pts is None or not table.stamps_increase:
        return None
    at = bisect_left(table.frames.pts, pts)
    return at if at < len(table) and table.frames.pts[at] == pts else None


def _re_anchor(writer: CaseWriter, record: Observation, table: FrameTable) -> None:
    first, last = record.first_frame, record.last_frame
    if first is None or last is None:
        return
    begins = frame_again(table, record.first_hash, first, record.first_pts)
    ends = frame_again(table, record.last_hash, last, record.last_pts)
    if begins is None or ends is None or begins > ends:
        writer.update(OBSERVATION, record, {"anchor": NOT_FOUND}, RE_ANCHOR)
        span = None
    else:
        values = {
            "anchor": "",
            "first_frame": begins,
            "first_pts": table.pts(begins),
            "last_frame": ends,
            "last_pts": table.pts(ends),
            "decoder": table.decoder,
        }
        writer.update(OBSERVATION, record, values, RE_ANCHOR)
        span = (begins, ends)
    for region in writer.find(REGION, "observation", record.number):
        if isinstance(region, Region) and region.anchor == PROVISIONAL:
            _re_anchor_region(writer, region, span, table)


def _re_anchor_region(writer: CaseWriter, region: Region, span: tuple[int, int] | None, table: FrameTable) -> None:
    n = frame_again(table, region.frame_hash, region.frame, None)
    if n is None or span is None or not span[0] <= n <= span[1]:
        writer.update(REGION, region, {"anchor": NOT_FOUND}, RE_ANCHOR)
    else:
        writer.update(REGION, region, {"anchor": "", "frame": n}, RE_ANCHOR)
