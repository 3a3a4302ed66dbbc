"""Which lanes there are and which of them are shown: hidden, shown alone, locked, narrowed by a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from evidence_desk.domain.coverage import CoverageSpan
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.widgets.timeline_lanes import (
    COVERAGE,
    CUTS,
    OBSERVATION,
    SUGGESTIONS,
    Bar,
    Lane,
    Mark,
    coverage_lane,
    lane_of,
    mark_lanes,
)

Switch = Literal["hidden", "locked", "solo"]
HEIGHTS = (75, 100, 125, 150, 200, 250, 300)
"""How high lanes may be, in percent of the usual."""
USUAL_HEIGHT = 100


@dataclass(frozen=True, slots=True)
class LaneView:
    """How the lanes are shown; lanes and fixed rows are named by their key. `words` narrows the marks, `height` is one
    of HEIGHTS."""

    hidden: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    solo: frozenset[str] = frozenset()
    words: str = ""
    height: int = USUAL_HEIGHT

    def higher(self, by: int) -> LaneView:
        """Return the view with lanes so many steps higher, or lower, within HEIGHTS."""
        place = HEIGHTS.index(self.height) + by
        return replace(self, height=HEIGHTS[min(max(place, 0), len(HEIGHTS) - 1)])

    def to_json(self) -> dict[str, Any]:
        """Return what JSON can hold of it."""
        return {
            "hidden": sorted(self.hidden),
            "locked": sorted(self.locked),
            "solo": sorted(self.solo),
            "words": self.words,
            "height": self.height,
        }

    @classmethod
    def from_json(cls, value: object) -> LaneView:
        """Return a view as it was kept; what makes no sense is as usual."""
        found = value if isinstance(value, dict) else {}
        words, height = found.get("words"), found.get("height")
        return cls(
            _keys(found.get("hidden")),
            _keys(found.get("locked")),
            _keys(found.get("solo")),
            words if isinstance(words, str) else "",
            height if isinstance(height, int) and height in HEIGHTS else USUAL_HEIGHT,
        )

    def switched(self, switch: Switch, key: str) -> LaneView:
        """Return the view with one switch of one lane turned over."""
        match switch:
            case "hidden":
                return replace(self, hidden=self.hidden ^ {key})
            case "locked":
                return replace(self, locked=self.locked ^ {key})
        return replace(self, solo=self.solo ^ {key})

    def shows(self, lane: Lane) -> bool:
        """Tell whether a lane is shown; what is shown alone hides other lanes of marks, never what was looked at."""
        if self.solo and lane.kind != COVERAGE:
            return lane.key in self.solo
        return lane.key not in self.hidden


class LaneShelf:
    """Holds every lane of the clip, those shown, and every bar of those, lane by lane.

    `version` changes with anything that changes how lanes look.
    """

    def __init__(self) -> None:
        self.view = LaneView()
        self.version = 0
        self.shown: tuple[Lane, ...] = ()
        self._bars: tuple[Bar, ...] | None = ()
        self._states: dict[str, tuple[Lane, int]] = {}
        self._state = 0
        self._narrowed: dict[str, tuple[Lane, str, Lane]] = {}
        self._lanes: dict[str, tuple[Lane, ...]] = {}

    def clear(self) -> None:
        """Forget the lanes of a clip; how lanes are shown stays."""
        self._lanes = {}
        self._narrowed = {}
        self._show()

    def set_observations(self, lanes: Sequence[Lane]) -> None:
        """Take the lanes of observations."""
        self._lanes[OBSERVATION] = tuple(lanes)
        self._show()

    def set_extra(self, kind: str, spans: Iterable[CoverageSpan | Mark], clock: FrameClock) -> None:
        """Take what was looked at (COVERAGE), or the marks of detectors (CUTS, SUGGESTIONS)."""
        if kind == COVERAGE:
            covered = (s for s in spans if isinstance(s, CoverageSpan))
            self._lanes[COVERAGE] = (coverage_lane(covered, clock),)
        else:
            self._lanes[kind] = mark_lanes(kind, (s for s in spans if isinstance(s, Mark)), clock)
        self._show()

    def set_view(self, view: LaneView) -> None:
        """Show the lanes in another way."""
        self.view = view
        self._show()

    def is_locked(self, lane: Lane) -> bool:
        """Tell whether the marks of a lane stay as they are."""
        return lane.key in self.view.locked

    def place_of(self, number: str) -> tuple[int, int] | None:
        """Return the index of the lane shown, and that of the bar on it, of a record; None where none is shown."""
        for i, lane in enumerate(self.shown):
            if lane.kind != COVERAGE:
                place = lane.places.get(number)
                if place is not None:
                    return i, place
        return None

    def state_of(self, lane: Lane) -> int:
        """Return a figure that changes with what a lane holds, whatever becomes of the others."""
        held = self._states.get(lane.key)
        if held is None or held[0] is not lane:
            self._state += 1
            held = self._states[lane.key] = (lane, self._state)
        return held[1]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return every bar of the lanes shown, what was looked at left out, lane by lane."""
        if self._bars is None:
            self._bars = tuple(bar for lane in self.shown if lane.kind != COVERAGE for bar in lane.bars)
        return self._bars

    def every(self) -> tuple[Lane, ...]:
        """Return every lane, also those not shown, from top to bottom."""
        order = (CUTS, SUGGESTIONS, OBSERVATION, COVERAGE)
        return tuple(lane for kind in order for lane in self._lanes.get(kind, ()))

    def _show(self) -> None:
        self.version += 1
        words = self.view.words.casefold().split()
        self.shown = tuple(self._held(lane, words) for lane in self.every() if self.view.shows(lane))
        self._bars = None

    def _held(self, lane: Lane, words: Sequence[str]) -> Lane:
        """Return what the words leave of a lane, made once for each."""
        if not words or lane.kind == COVERAGE:
            return lane
        held = self._narrowed.get(lane.key)
        if held is None or held[0] is not lane or held[1] != self.view.words:
            held = self._narrowed[lane.key] = (lane, self.view.words, _narrowed(lane, words))
        return held[2]


def _keys(value: object) -> frozenset[str]:
    return frozenset(key for key in value if isinstance(key, str)) if isinstance(value, list) else frozenset()


def _narrowed(lane: Lane, words: Sequence[str]) -> Lane:
    bars = [b for b in lane.bars if all(w in f"{b.number} {b.label}".casefold() for w in words)]
    return replace(lane_of(lane.kind, bars, lane.category), by=lane.by)
