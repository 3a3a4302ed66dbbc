"""Marks of those that are counted: a numbered point for each, and the count taken from them where it is asked for."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject

from evidence_desk.domain.records import Observation, Region
from evidence_desk.services import commands
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.rooms.review_regions import PictureRegions
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.viewer import Viewer

INSTANCE = "instance"


class InstanceMarks(QObject):
    """Lays the marks and counts them."""

    def __init__(
        self, actions: ActionRegistry, session: Session, regions: PictureRegions, observe: ObserveDesk, viewer: Viewer
    ) -> None:
        super().__init__(viewer)
        self._session, self._regions, self._observe, self._viewer = session, regions, observe, viewer
        actions.bind("observe.instance", self.begin, room="review")
        actions.bind("observe.count_marks", self.take_count, room="review")

    def begin(self) -> None:
        """Take the point in hand and keep it there: each click marks one more; Esc or another tool ends it."""
        if self._record() is None:
            text = tr("Choose or make the observation that counts them first; nothing was marked.")
            self._session.noticed.emit(text, False)
            return
        self._regions.take_instances()

    def _record(self) -> Observation | None:
        return self._observe.observation(self._observe.current) if self._observe.current else None

    def _marks(self) -> list[Region]:
        return [r for r in self._regions.of_current() if r.purpose == INSTANCE]

    def take_count(self) -> None:
        """Keep as best the number of marks on the frame that has most of them; min and max give way where they must."""
        record, marks = self._record(), self._marks()
        if record is None or not marks:
            text = tr("No marks of those counted are drawn for the selected observation.")
            self._session.noticed.emit(text, False)
            return
        if not self._observe.settle():
            return
        best = max(Counter(mark.frame for mark in marks).values())
        low = best if record.count_min is None else min(record.count_min, best)
        high = best if record.count_max is None else max(record.count_max, best)
        values = {"count_min": low, "count_best": best, "count_max": high}
        if all(getattr(record, name) == value for name, value in values.items()):
            self._session.noticed.emit(tr("The count is {count} already.", count=number(best)), False)
            return
        said = tr("{number} counts {count}, by its marks", number=record.number, count=number(best))
        words = [said, _bound(tr("min"), record.count_min, low), _bound(tr("max"), record.count_max, high)]
        self._session.run(commands.edit(record.number, values), "; ".join(filter(None, words)))


def _bound(name: str, before: int | None, now: int) -> str:
    """Return the words for a bound that gave way, "" where it stayed: nothing of a count changes without a word."""
    if before == now:
        return ""
    if before is None:
        return tr("{bound} set to {now}", bound=name, now=number(now))
    return tr("{bound} was {before}, is now {now}", bound=name, before=number(before), now=number(now))
