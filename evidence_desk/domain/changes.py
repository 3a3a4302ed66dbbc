"""What a command touched, so that a view can ask: does this concern me?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Area(StrEnum):
    """One area for each kind of record, and the log."""

    CASE = "case"
    EXHIBITS = "exhibits"
    ACQUISITIONS = "acquisitions"
    SOURCES = "sources"
    CLAIMS = "claims"
    PROPOSITIONS = "propositions"
    OBSERVATIONS = "observations"
    REGIONS = "regions"
    LINKS = "links"
    QUESTIONS = "questions"
    CODEBOOKS = "codebooks"
    SYNCS = "syncs"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Changes:
    """The areas and record numbers that a finished command touched."""

    areas: frozenset[Area] = field(default_factory=frozenset)
    numbers: frozenset[str] = field(default_factory=frozenset)

    def touches(self, *areas: Area) -> bool:
        """Tell whether any of the areas changed."""
        return not self.areas.isdisjoint(areas)

    def joined(self, other: Changes) -> Changes:
        """Return both sets of changes as one."""
        return Changes(self.areas | other.areas, self.numbers | other.numbers)
