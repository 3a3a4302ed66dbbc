"""What the observation form holds: a value that can be compared with the record and turned into its changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Observation
from evidence_desk.domain.sound_range import Ticks
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.services.commands import RegionDraft
from evidence_desk.services.commands.observations import frame_values
from evidence_desk.services.playhead import FrameClock, parse_goto
from evidence_desk.ui.translate import tr

Count = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form; `first` and `last` are frames, None for an observation that is bound to sound alone.

    `sound` is the range in the sound as ticks with their time base, None where none is stated.
    """

    term: str
    first: int | None
    last: int | None
    basis: str = "seen"
    presence: str = "observed"
    presence_reason: str = ""
    statement: str = ""
    guard_reason: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    count: Count | None = None
    legibility: str = ""
    certainty: str = ""
    alternatives: str = ""
    sound: Ticks | None = None

    def values(self) -> dict[str, Any]:
        """Return the fields of the record, the frames apart."""
        low, best, high = self.count if self.count is not None else (None, None, None)
        start, end, base = self.sound if self.sound is not None else (None, None, "")
        return {
            "term": self.term,
            "basis": self.basis,
            "presence": self.presence,
            "presence_reason": self.presence_reason,
            "statement": self.statement.strip(),
            "guard_reason": self.guard_reason.strip(),
            "attributes": {k: v for k, v in self.attributes.items() if v} or None,
            "count_min": low,
            "count_best": best,
            "count_max": high,
            "legibility": self.legibility,
            "certainty": self.certainty,
            "alternatives": self.alternatives.strip(),
            "sound_start": start,
            "sound_end": end,
            "sound_time_base": base,
        }


def draft_of(observation: Observation) -> Draft:
    """Return the draft that says what the record says."""
    low, best, high = observation.count_min, observation.count_best, observation.count_max
    return Draft(
        term=observation.term,
        first=observation.first_frame,
        last=observation.last_frame,
        basis=observation.basis,
        presence=observation.presence,
        presence_reason=observation.presence_reason,
        statement=observation.statement,
        guard_reason=observation.guard_reason,
        attributes={str(k): str(v) for k, v in (observation.attributes or {}).items()},
        count=(low, best, high) if low is not None and best is not None and high is not None else None,
        legibility=observation.legibility,
        certainty=observation.certainty,
        alternatives=observation.alternatives,
        sound=sound_of(observation),
    )


def sound_of(observation: Observation) -> Ticks | None:
    """Return the range in the sound that an observation names, None where it names none."""
    start, end, base = observation.sound_start, observation.sound_end, observation.sound_time_base
    return (start, end, base) if start is not None and end is not None and base else None


def changed_fields(observation: Observation, draft: Draft, refs: tuple[FrameRef, FrameRef] | None) -> dict[str, Any]:
    """Return the fields of the record that the draft changes; `refs` are the identities of its first and last frame."""
    values = draft.values()
    if refs is not None and (draft.first, draft.last) != (observation.first_frame, observation.last_frame):
        values |= frame_values(*refs)
    return {name: value for name, value in values.items() if getattr(observation, name) != value}


def add_command(
    exhibit: str,
    draft: Draft,
    refs: tuple[FrameRef, FrameRef],
    regions: tuple[RegionDraft, ...] = (),
    seen_as: Mapping[str, Any] | None = None,
) -> Command:
    """Return the command that keeps a new observation; `seen_as` is how the picture was shown."""
    return commands.add_observation(
        exhibit,
        draft.term,
        refs[0],
        refs[1],
        statement=draft.statement,
        basis=draft.basis,
        presence=draft.presence,
        presence_reason=draft.presence_reason,
        count=draft.count,
        legibility=draft.legibility,
        certainty=draft.certainty,
        attributes={k: v for k, v in draft.attributes.items() if v},
        alternatives=draft.alternatives.strip(),
        guard_reason=draft.guard_reason.strip(),
        sound=draft.sound,
        regions=regions,
        seen_as=seen_as,
    )


def frame_problem(first: str, last: str, clock: FrameClock, here: int) -> tuple[int, int] | str:
    """Return first and last frame as typed, or one sentence on why they are none."""
    try:
        a = parse_goto(first, clock, here)
        b = parse_goto(last, clock, here)
    except EvidenceDeskError as error:
        return str(error)
    if b < a:
        return tr("The last frame cannot come before the first.")
    return a, b
