"""What the lanes of the timeline hold: one lane for each category of the codebook, one bar for each observation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence_desk.domain.codebook import CATEGORIES, Term
from evidence_desk.domain.records import Observation
from evidence_desk.services.playhead import FrameClock

MAX_ROWS = 3
"""Bars that overlap in time are laid under each other, in at most this many rows; more share the last one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An observation on its lane: frames, seconds from frame 0, the row inside the lane."""

    number: str
    label: str
    first: int
    last: int
    start: float
    end: float
    negative: bool = False
    heard: bool = False
    row: int = 0

    @property
    def is_point(self) -> bool:
        """Tell whether it stands at one frame."""
        return self.first == self.last and not self.heard


@dataclass(frozen=True, slots=True)
class Lane:
    """One category with its bars in clip order."""

    category: str
    bars: tuple[Bar, ...]
    rows: int = 1


def build_lanes(observations: Sequence[Observation], terms: Mapping[str, Term], clock: FrameClock) -> tuple[Lane, ...]:
    """Return one lane for each category that the codebook has terms in, in the codebook's order of lanes."""
    used = {t.category for t in terms.values()}
    grouped: dict[str, list[Bar]] = {c: [] for c in CATEGORIES if c in used}
    for observation in observations:
        term = terms.get(observation.term)
        bar = bar_of(observation, term, clock)
        if bar is not None and term is not None:
            grouped[term.category].append(bar)
    return tuple(_packed(category, bars) for category, bars in grouped.items())


def bar_of(observation: Observation, term: Term | None, clock: FrameClock) -> Bar | None:
    """Return the bar of an observation; None where it names neither frames of this clip nor a sound range."""
    label = term.label if term is not None else observation.term
    negative = observation.presence != "observed"
    if observation.first_frame is not None and observation.first_frame < len(clock):
        first = observation.first_frame
        last = min(first if observation.last_frame is None else observation.last_frame, len(clock) - 1)
        end = clock.at(last) + clock.duration(last) * clock.time_base
        return Bar(observation.number, label, first, last, float(clock.at(first)), float(end), negative)
    if observation.sound_start is None or observation.sound_end is None or not observation.sound_time_base:
        return None
    base = Fraction(observation.sound_time_base)
    offset = (clock.pts[0] or 0) * clock.time_base
    start, end = observation.sound_start * base - offset, observation.sound_end * base - offset
    first, last = clock.frame_at(start), clock.frame_at(end)
    return Bar(observation.number, label, first, last, float(start), float(end), negative, heard=True)


def _packed(category: str, bars: list[Bar]) -> Lane:
    bars.sort(key=lambda b: (b.start, b.end, b.number))
    last_in: list[int] = []
    placed: list[Bar] = []
    for bar in bars:
        # What ends at the frame where the next begins follows it on the same row: kneels, then lies.
        row = next((i for i, last in enumerate(last_in) if last <= bar.first), len(last_in))
        if row == len(last_in) and row < MAX_ROWS:
            last_in.append(bar.last)
        row = min(row, MAX_ROWS - 1)
        last_in[row] = max(last_in[row], bar.last)
        placed.append(replace(bar, row=row))
    return Lane(category, tuple(placed), max(len(last_in), 1))
