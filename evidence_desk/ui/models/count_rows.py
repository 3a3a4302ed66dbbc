"""The rows of the counts chart: stated numbers above, counted ones below; the two are never added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_desk.domain.counts import StatedCount, stated_count
from evidence_desk.domain.records import Link, Observation, Proposition
from evidence_desk.ui.models.board import count_of, frames_text
from evidence_desk.ui.translate import tr

HOW_MANY = "how-many"


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A number as a proposition states it."""

    number: str
    stated: StatedCount

    def sentence(self) -> str:
        """Return the row as one sentence."""
        return tr("Claimed, {number}: “{phrase}”", number=self.number, phrase=self.stated.phrase)


@dataclass(frozen=True, slots=True)
class ObservedRow:
    """A count as an observation records it: (min, best, max)."""

    number: str
    exhibit: str
    place: str
    count: tuple[int, int, int]

    def sentence(self) -> str:
        """Return the row as one sentence."""
        low, best, high = self.count
        return tr(
            "Observed, {number}, {place}: {low} to {high}, best {best}",
            number=self.number,
            place=self.place,
            low=low,
            best=best,
            high=high,
        )


@dataclass(frozen=True, slots=True)
class CountRows:
    """Both parts of the chart."""

    claimed: tuple[ClaimedRow, ...] = ()
    observed: tuple[ObservedRow, ...] = ()

    @property
    def largest(self) -> int:
        """Return the largest number named anywhere, 0 where there is none."""
        named = [row.stated.largest for row in self.claimed] + [row.count[2] for row in self.observed]
        return max(named, default=0)

    def note(self) -> str:
        """Return what the chart shows and what it does not, in neutral words."""
        spans: dict[str, tuple[int, int]] = {}
        for row in self.observed:
            low, high = spans.get(row.exhibit, (row.count[0], row.count[2]))
            spans[row.exhibit] = (min(low, row.count[0]), max(high, row.count[2]))
        parts = [
            tr("Frames of {exhibit} were counted at {low} to {high}.", exhibit=exhibit, low=low, high=high)
            for exhibit, (low, high) in spans.items()
        ]
        if len(spans) > 1:
            parts.append(tr("Counts of different exhibits are not added: no link between them is established here."))
        if spans:
            parts.append(tr("A count is what was visible in those frames; it does not show how many there were."))
        else:
            parts.append(tr("No observation with a count is linked to these propositions yet."))
        return " ".join(parts)


def count_rows(
    propositions: Sequence[Proposition], observations: Sequence[Observation], links: Sequence[Link]
) -> CountRows:
    """Return the rows for all propositions of the type how-many and for the counts linked to any of them.

    A proposition whose text states no readable number gives no row: nothing is drawn that nobody said.
    """
    asked = [p for p in propositions if p.in_force and p.type == HOW_MANY]
    claimed = [ClaimedRow(p.number, stated) for p in asked if (stated := stated_count(p.text)) is not None]
    targets = {p.number for p in asked}
    origins = {li.origin for li in links if li.in_force and li.target in targets}
    observed = []
    for observation in observations:
        count = count_of(observation)
        if observation.number in origins and observation.in_force and count is not None:
            place = ", ".join(part for part in (observation.exhibit, frames_text(observation)) if part)
            observed.append(ObservedRow(observation.number, observation.exhibit, place, count))
    return CountRows(tuple(claimed), tuple(observed))
