"""From cut to cut: those that a person recorded and those that a detector points at, in clip order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Observation
from evidence_desk.ui.widgets.timeline_lanes import COVERAGE, OBSERVATION, Lane

CUT = "cut"


def is_cut(term: Term | None) -> bool:
    """Tell whether a term is about cuts: one of the words of its id says so, as in `cut` or `hard-cut`."""
    return term is not None and CUT in term.id.split("-")


def cut_frames(observations: Iterable[Observation], terms: Mapping[str, Term], lanes: Iterable[Lane]) -> dict[int, str]:
    """Return the frames to stop at, with the number of the observation there, "" for what a detector points at.

    `lanes` are those shown: a detector whose lane is hidden is passed over. What was looked for and not seen is no cut.
    """
    pointed = {bar.first: "" for lane in lanes if lane.kind not in (OBSERVATION, COVERAGE) for bar in lane.bars}
    recorded = {
        o.first_frame: o.number
        for o in observations
        if o.first_frame is not None and o.presence == "observed" and is_cut(terms.get(o.term))
    }
    return pointed | recorded


def neighbour(frames: Iterable[int], here: int, direction: int) -> int | None:
    """Return the next frame after `here` (1) or the one before it (-1), None where there is none."""
    if direction > 0:
        return min((n for n in frames if n > here), default=None)
    return max((n for n in frames if n < here), default=None)
