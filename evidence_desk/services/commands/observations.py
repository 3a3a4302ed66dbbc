"""Observations and the regions drawn for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.codebook import find_term
from evidence_desk.domain.controlled_values import PROVISIONAL
from evidence_desk.domain.time import FrameRef, fraction_text
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.codebook_rules import codebooks_in_force, version_text, vocabulary_of
from evidence_desk.services.commands.records import AddRecord
from evidence_desk.store.writer import CaseWriter


@dataclass(frozen=True, slots=True)
class RegionDraft:
    """A shape before it is kept: `points` as `domain.regions` tells them, in 1/16 pixel of the native picture.

    `provisional` tells that the frame's number comes from a table that no decoding has counted yet.
    """

    frame: int
    frame_hash: str
    points: tuple[int, ...]
    shape: str = "box"
    label: str = ""
    provisional: bool = False
    life: str = "frame"
    purpose: str = ""

    def values(self) -> dict[str, Any]:
        """Return the fields of the record."""
        return {
            "frame": self.frame,
            "frame_hash": self.frame_hash,
            "points": self.points,
            "shape": self.shape,
            "label": self.label,
            "life": self.life,
            "purpose": self.purpose,
            "anchor": PROVISIONAL if self.provisional else "",
        }


@dataclass(frozen=True, slots=True)
class AddObservation:
    """Resolves the term and the codebook at the moment of writing."""

    term: str
    values: Mapping[str, Any]
    regions: tuple[RegionDraft, ...]

    @property
    def label(self) -> str:
        """Name the step."""
        return "Add observation"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the observation and its regions as one step."""
        book = codebooks_in_force(writer)[-1]
        term = find_term(vocabulary_of(book).terms, self.term)
        values = {
            **self.values,
            "term": term.id,
            "basis": self.values["basis"] or term.basis,
            "codebook": version_text(book),
        }
        children = tuple(("region", "observation", r.values()) for r in self.regions)
        return AddRecord("observation", values, children).apply(writer)


def add_observation(  # noqa: PLR0913 - the fields of the record, all but three by name
    exhibit: str,
    term: str,
    first: FrameRef | None = None,
    last: FrameRef | None = None,
    *,
    statement: str = "",
    basis: str = "",
    presence: str = "observed",
    presence_reason: str = "",
    count: tuple[int, int, int] | None = None,
    legibility: str = "",
    certainty: str = "",
    attributes: Mapping[str, str] | None = None,
    alternatives: str = "",
    guard_reason: str = "",
    sound: tuple[int, int, str] | None = None,
    seen_as: Mapping[str, Any] | None = None,
    regions: Sequence[RegionDraft] = (),
) -> Command:
    """Record what is seen or heard; `last` defaults to `first`; `sound` is (start, end, time base `num/den`).

    `term` is the id or label of a codebook entry; an empty `basis` takes the term's own. `seen_as` is how the picture
    was shown when it was made (`media.seen_as`).
    """
    low, best, high = count if count is not None else (None, None, None)
    start, end, base = sound if sound is not None else (None, None, "")
    values = {
        "exhibit": exhibit,
        "statement": statement.strip(),
        "basis": basis,
        "presence": presence,
        "presence_reason": presence_reason,
        "count_min": low,
        "count_best": best,
        "count_max": high,
        "legibility": legibility,
        "certainty": certainty,
        "attributes": dict(attributes) if attributes else None,
        "alternatives": alternatives,
        "guard_reason": guard_reason,
        "seen_as": dict(seen_as) if seen_as is not None else None,
        "sound_start": start,
        "sound_end": end,
        "sound_time_base": base,
        **(frame_values(first, last or first) if first is not None else {}),
    }
    return AddObservation(term, values, tuple(regions))


def frame_values(first: FrameRef, last: FrameRef | None) -> dict[str, Any]:
    """Return the observation's fields that bind it to its first and last frame."""
    end = last or first
    return {
        "stream": first.stream,
        "time_base": fraction_text(first.time_base),
        "decoder": first.decoder,
        "first_frame": first.n,
        "first_pts": first.pts,
        "first_hash": first.frame_hash,
        "last_frame": end.n,
        "last_pts": end.pts,
        "last_hash": end.frame_hash,
        "anchor": PROVISIONAL if first.provisional or end.provisional else "",
    }


def add_region(observation: str, region: RegionDraft) -> Command:
    """Draw a shape for an observation."""
    return AddRecord("region", {**region.values(), "observation": observation})
