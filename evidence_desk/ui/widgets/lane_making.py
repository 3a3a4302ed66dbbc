"""The lanes of observations, made piece by piece; what did not change since the last time is not made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Observation
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.categories import in_order
from evidence_desk.ui.pieces import Pieces, at_once, parts
from evidence_desk.ui.widgets.timeline_lanes import CATEGORY, OBSERVATION, Bar, Lane, bar_of, lane_in_pieces

Ticks = Mapping[str, tuple[int, ...]]
"""The key frames of an observation's regions."""
Runs = Mapping[str, tuple[tuple[int, int], ...]]
"""The stretches in which those of its regions that move are in the picture."""
_Made = tuple[Observation, tuple[int, ...], tuple[tuple[int, int], ...], Bar | None]


class LaneMaking:
    """Keeps the bars and lanes of one clip."""

    def __init__(self) -> None:
        self._terms: Mapping[str, Term] = {}
        self._clock: FrameClock | None = None
        self._bars: dict[str, _Made] = {}
        self._lanes: dict[tuple[str, str], tuple[list[Bar], Lane]] = {}

    def pieces(
        self,
        observations: Sequence[Observation],
        terms: Mapping[str, Term],
        clock: FrameClock,
        by: str = CATEGORY,
        ticks: Ticks | None = None,
        runs: Runs | None = None,
    ) -> Pieces[tuple[Lane, ...]]:
        """Make the lanes.

        By CATEGORY there is one lane for each that the codebook has terms in, in its order of lanes, also where it is
        empty; by OBSERVER one for each who observed.
        """
        if clock is not self._clock or terms != self._terms:
            self._clock, self._terms, self._bars, self._lanes = clock, terms, {}, {}
        grouped: dict[str, list[Bar]] = {}
        if by == CATEGORY:
            grouped = {category: [] for category in in_order(term.category for term in terms.values())}
        bars, key_frames, stretches = self._bars, ticks or {}, runs or {}
        for part in parts(observations):
            for seen in part:
                marks, spans = key_frames.get(seen.number, ()), stretches.get(seen.number, ())
                term, made = terms.get(seen.term), bars.get(seen.number)
                if made is None or made[0] is not seen or made[1] != marks or made[2] != spans:
                    bar = bar_of(seen, term, clock, marks)
                    if bar is not None and spans:
                        bar = replace(bar, runs=spans)
                    made = bars[seen.number] = (seen, marks, spans, bar)
                if made[3] is not None and term is not None:
                    grouped.setdefault(term.category if by == CATEGORY else seen.created_by, []).append(made[3])
            yield
        lanes: list[Lane] = []
        for name in grouped if by == CATEGORY else sorted(grouped):
            before = self._lanes.get((by, name))
            if before is None or before[0] != grouped[name]:
                lane = yield from lane_in_pieces(OBSERVATION, grouped[name], name)
                before = self._lanes[by, name] = (grouped[name], replace(lane, by=by))
            lanes.append(before[1])
        return tuple(lanes)


def build_lanes(
    observations: Sequence[Observation],
    terms: Mapping[str, Term],
    clock: FrameClock,
    by: str = CATEGORY,
    ticks: Ticks | None = None,
    runs: Runs | None = None,
) -> tuple[Lane, ...]:
    """Return the lanes of observations, all made now; see `LaneMaking.pieces`."""
    return at_once(LaneMaking().pieces(observations, terms, clock, by, ticks, runs))
