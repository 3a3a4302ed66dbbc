"""What the lanes of the timeline hold: marks of records by category or observer, marks of detectors, what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.coverage import CoverageSpan
from evidence_desk.domain.records import Observation
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.pieces import Pieces, at_once, parts, sorted_in_pieces
from evidence_desk.ui.widgets.timeline_index import SpanIndex

MAX_ROWS = 8
"""Bars that overlap in time are laid under each other, in at most this many rows; more share the last one."""

OBSERVATION, CUTS, SUGGESTIONS, COVERAGE = "observation", "cuts", "suggestions", "coverage"
"""The kinds of lanes."""
CATEGORY, OBSERVER = "category", "observer"
"""What observations are laid on lanes by."""
ACCEPTED, PENDING = "accepted", "pending"


@dataclass(frozen=True, slots=True)
class Bar:
    """A mark on its lane: frames, seconds from frame 0, the row inside the lane.

    `number` is the record's, "" for what is no record. `ticks` are the key frames of its regions, `runs` the first and
    last frames of the stretches in which one that moves is in the picture. `state` is
    ACCEPTED or PENDING on a lane of suggestions, how it was looked at on the lane of coverage, and the presence of an
    observation that is `negative`.
    """

    number: str
    label: str
    first: int
    last: int
    start: float
    end: float
    negative: bool = False
    heard: bool = False
    row: int = 0
    category: str = ""
    ticks: tuple[int, ...] = ()
    runs: tuple[tuple[int, int], ...] = ()
    state: str = ""

    @property
    def is_point(self) -> bool:
        """Tell whether it stands at one frame."""
        return self.first == self.last and not self.heard


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a detector points at; `source` is the detector, `state` ACCEPTED or PENDING."""

    number: str
    label: str
    first: int
    last: int
    source: str = ""
    state: str = PENDING


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane with its bars in clip order. `category` tells lanes of a kind apart: a category's id, or a name."""

    category: str
    bars: tuple[Bar, ...]
    rows: int = 1
    kind: str = OBSERVATION
    by: str = CATEGORY
    index: SpanIndex = field(default_factory=lambda: SpanIndex(()), compare=False, repr=False)
    places: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Where its bars stand, by their numbers."""

    @property
    def key(self) -> str:
        """Return what tells it from every other lane, also when its bars change."""
        return f"{self.kind}:{self.category}" if self.category else self.kind


def bar_of(observation: Observation, term: Term | None, clock: FrameClock, ticks: tuple[int, ...] = ()) -> Bar | None:
    """Return the bar of an observation; None where it names neither frames of this clip nor a sound range."""
    label = term.label if term is not None else observation.term
    category = term.category if term is not None else ""
    negative = observation.presence != "observed"
    state = observation.presence if negative else ""
    if observation.first_frame is not None and observation.first_frame < len(clock):
        first = observation.first_frame
        last = min(first if observation.last_frame is None else observation.last_frame, len(clock) - 1)
        start, end = seconds_of(clock, first, last)
        return Bar(
            observation.number, label, first, last, start, end, negative, category=category, ticks=ticks, state=state
        )
    if observation.sound_start is None or observation.sound_end is None or not observation.sound_time_base:
        return None
    base = Fraction(observation.sound_time_base)
    offset = (clock.pts[0] or 0) * clock.time_base
    begun, ended = observation.sound_start * base - offset, observation.sound_end * base - offset
    first, last = clock.frame_at(begun), clock.frame_at(ended)
    return Bar(
        observation.number,
        label,
        first,
        last,
        float(begun),
        float(ended),
        negative,
        heard=True,
        category=category,
        state=state,
    )


def mark_lanes(kind: str, marks: Iterable[Mark], clock: FrameClock) -> tuple[Lane, ...]:
    """Return one lane for each source of marks, none where there is no mark."""
    grouped: dict[str, list[Bar]] = {}
    for mark in marks:
        if 0 <= mark.first < len(clock):
            last = min(max(mark.last, mark.first), len(clock) - 1)
            start, end = seconds_of(clock, mark.first, last)
            bar = Bar(mark.number, mark.label, mark.first, last, start, end, state=mark.state)
            grouped.setdefault(mark.source, []).append(bar)
    return tuple(lane_of(kind, bars, source) for source, bars in sorted(grouped.items()))


def coverage_lane(spans: Iterable[CoverageSpan], clock: FrameClock) -> Lane:
    """Return the lane of what was on screen; spans beyond the clip are left out."""
    bars = []
    for span in spans:
        if 0 <= span.first < len(clock):
            last = min(span.last, len(clock) - 1)
            start, end = seconds_of(clock, span.first, last)
            bars.append(Bar("", span.how, span.first, last, start, end, state=span.how))
    bars.sort(key=lambda b: b.start)
    return Lane("", tuple(bars), 1, COVERAGE, index=SpanIndex((b.start, b.end) for b in bars))


def lane_of(kind: str, bars: Iterable[Bar], category: str = "") -> Lane:
    """Return the lane of these bars, in clip order, each on the first row that is free when it begins."""
    return at_once(lane_in_pieces(kind, tuple(bars), category))


def lane_in_pieces(kind: str, bars: Sequence[Bar], category: str = "") -> Pieces[Lane]:
    """Make the lane of `lane_of` piece by piece."""
    last_in: list[int] = []
    placed: list[Bar] = []
    places: dict[str, int] = {}
    for part in parts((yield from sorted_in_pieces(bars, _in_clip_order))):
        for _, bar in part:
            # What ends at the frame where the next begins follows it on the same row: kneels, then lies.
            row = next((i for i, last in enumerate(last_in) if last <= bar.first), len(last_in))
            if row == len(last_in) and row < MAX_ROWS:
                last_in.append(bar.last)
            row = min(row, MAX_ROWS - 1)
            last_in[row] = max(last_in[row], bar.last)
            places[bar.number] = len(placed)
            placed.append(bar if row == bar.row else replace(bar, row=row))
        yield
    index = yield from SpanIndex.in_pieces([(bar.start, bar.end) for bar in placed])
    return Lane(category, tuple(placed), max(len(last_in), 1), kind, index=index, places=places)


def _in_clip_order(bar: Bar) -> tuple[float, float, str]:
    return bar.start, bar.end, bar.number


def seconds_of(clock: FrameClock, first: int, last: int) -> tuple[float, float]:
    """Return where frames begin and end in seconds: places on a screen, so that floats serve."""
    tick = float(clock.time_base)
    return clock.starts[first] * tick, (clock.starts[last] + clock.duration(last)) * tick
