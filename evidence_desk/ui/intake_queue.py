"""Files on their way into the case, in two lanes at once: received and outlined one by one; decoded one by one.

Jobs write no record: the queue takes their results on the window's thread and runs the commands there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import Cancelled, Duplicate, EvidenceDeskError
from evidence_desk.domain.records import Exhibit
from evidence_desk.services import commands as c
from evidence_desk.services.intake import Examination, Received, examine, outline, receive, received_as
from evidence_desk.ui.job_runner import Job, JobRunner, JobView
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr


class Stage(StrEnum):
    """Where a file stands on its way."""

    QUEUED = "queued"
    RECEIVING = "receiving"
    RECEIVED = "received"
    OUTLINING = "outlining"
    WAITING = "waiting"
    EXAMINING = "examining"
    DONE = "done"


@dataclass(eq=False, slots=True)
class Arrival:
    """One file on its way. `number` is the exhibit's once it is registered; `job` the work at hand."""

    id: int
    path: Path
    size: int
    stage: Stage = Stage.QUEUED
    number: str = ""
    received: Received | None = None
    job: Job | None = field(default=None, repr=False)

    def view(self) -> JobView | None:
        """Return how far the work at hand is."""
        return self.job.view() if self.job is not None else None


class IntakeQueue(QObject):
    """Signals: `changed()` a file moved on; `registered(str number)` a file became an exhibit; `examined(str number)`;
    `duplicate(Path, str number)`; `refused(Path, EvidenceDeskError)`.

    A long file has provisional frames once its packets are read; it can be reviewed from then on.
    """

    changed = Signal()
    registered = Signal(str)
    examined = Signal(str)
    duplicate = Signal(object, str)
    refused = Signal(object, object)

    def __init__(self, session: Session, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self._ids = itertools.count(1)
        self._arrivals: list[Arrival] = []
        self._closed = False

    def arrivals(self) -> tuple[Arrival, ...]:
        """Return the files on their way, in order."""
        return tuple(self._arrivals)

    def arrival_of(self, number: str) -> Arrival | None:
        """Return the way of an exhibit that is still being examined, or None."""
        return next((a for a in self._arrivals if a.number == number), None)

    def add(self, paths: Iterable[Path]) -> int:
        """Put files, and the files of folders, at the end of the queue; return how many."""
        before = len(self._arrivals)
        for path in _files(paths):
            try:
                size = path.stat().st_size
            except OSError:
                size = 0
            self._arrivals.append(Arrival(next(self._ids), path, size))
        self._go_on()
        return len(self._arrivals) - before

    def take_up(self, exhibits: Iterable[Exhibit]) -> None:
        """Go on with what a desk that was closed or ended left undone, in a case that can be written."""
        if not self._session.writable:
            return
        for exhibit in exhibits:
            if exhibit.condition == "not examined" and self._session.case.paths.exhibit_file(exhibit).is_file():
                self.examine_again(exhibit)

    def examine_again(self, exhibit: Exhibit) -> None:
        """Examine an exhibit that is in the vault: one whose examination was stopped, or has to be made anew."""
        if self.arrival_of(exhibit.number) is not None:
            return
        received = received_as(exhibit)
        path = self._session.case.paths.exhibit_file(exhibit)
        outlined = exhibit.provisional or exhibit.condition != "not examined"
        stage = Stage.WAITING if outlined else Stage.RECEIVED
        arrival = Arrival(next(self._ids), path, exhibit.size, stage, exhibit.number, received)
        self._arrivals.append(arrival)
        self._go_on()

    def cancel(self, arrival: Arrival) -> None:
        """Stop one file: one that is registered stays in the case, not examined."""
        if arrival.job is not None:
            self._runner.cancel(arrival.job.id)
            # A job that had not begun is taken off the list at once and reports nothing any more.
            if any(view.id == arrival.job.id for view in self._runner.jobs()):
                return
        self._drop(arrival)

    def cancel_number(self, number: int) -> None:
        """Stop the file whose arrival has that number; one that is done meanwhile is no news."""
        for arrival in self._arrivals:
            if arrival.id == number:
                self.cancel(arrival)
                return

    def cancel_all(self) -> None:
        """Stop every file."""
        for arrival in tuple(self._arrivals):
            self.cancel(arrival)

    def release(self) -> None:
        """Stop everything for good: the case is about to close. What is registered stays, not examined."""
        self._closed = True
        for arrival in self._arrivals:
            if arrival.job is not None:
                self._runner.cancel(arrival.job.id)
        self._arrivals.clear()

    # -- the two lanes

    def _go_on(self) -> None:
        if self._closed:
            return
        stages = {a.stage for a in self._arrivals}
        if not stages & {Stage.RECEIVING, Stage.OUTLINING}:
            # What is registered comes first: its packets are read in a moment, and then it can be reviewed.
            self._start(Stage.RECEIVED if Stage.RECEIVED in stages else Stage.QUEUED, self._begin)
        if Stage.EXAMINING not in stages:
            self._start(Stage.WAITING, self._examine)
        self.changed.emit()

    def _start(self, stage: Stage, begin: object) -> None:
        arrival = next((a for a in self._arrivals if a.stage == stage), None)
        if arrival is not None and callable(begin):
            begin(arrival)

    def _begin(self, arrival: Arrival) -> None:
        if arrival.stage == Stage.RECEIVED:
            self._outline(arrival)
        else:
            self._receive(arrival)

    def _receive(self, arrival: Arrival) -> None:
        case = self._session.case
        arrival.stage = Stage.RECEIVING
        known = case.known_hashes()
        paths, file = case.paths, arrival.path
        arrival.job = self._runner.start(
            tr("Receiving {name}", name=file.name),
            lambda ctx: receive(paths, file, known, ctx),
            self,
            partial(self._received, arrival),
            partial(self._stopped, arrival),
        )

    def _received(self, arrival: Arrival, received: Received) -> None:
        arrival.job = None
        if self._closed:
            # The file lies in the vault without a row; the next opening of the case puts it back to staging.
            return
        outcome = self._session.run(c.add_exhibit(received))
        if outcome is None:
            self._drop(arrival)
            return
        arrival.number, arrival.received, arrival.stage = outcome.numbers[0], received, Stage.RECEIVED
        self.registered.emit(arrival.number)
        self._go_on()

    def _outline(self, arrival: Arrival) -> None:
        received = arrival.received
        if received is None:
            return
        arrival.stage = Stage.OUTLINING
        worker, paths = self._session.job_worker, self._session.case.paths
        arrival.job = self._runner.start(
            tr("Reading the packets of {number}", number=arrival.number),
            lambda ctx: outline(worker, paths, received, ctx),
            self,
            partial(self._outlined, arrival),
            partial(self._stopped, arrival),
        )

    def _outlined(self, arrival: Arrival, found: Examination | None) -> None:
        arrival.job = None
        if self._closed:
            return
        if found is None or found.provisional:
            arrival.stage = Stage.WAITING
            if found is not None:
                self._session.run(c.record_findings(arrival.number, found))
            self._go_on()
        else:
            self._examined(arrival, found)

    def _examine(self, arrival: Arrival) -> None:
        received = arrival.received
        if received is None:
            return
        arrival.stage = Stage.EXAMINING
        worker, paths = self._session.job_worker, self._session.case.paths
        arrival.job = self._runner.start(
            tr("Examining {number}", number=arrival.number),
            lambda ctx: examine(worker, paths, received, ctx),
            self,
            partial(self._examined, arrival),
            partial(self._stopped, arrival),
        )

    def _examined(self, arrival: Arrival, examination: Examination) -> None:
        arrival.stage, arrival.job = Stage.DONE, None
        if self._closed:
            return
        self._session.run(c.record_findings(arrival.number, examination))
        self.examined.emit(arrival.number)
        self._drop(arrival)

    def _stopped(self, arrival: Arrival, error: EvidenceDeskError) -> None:
        arrival.job = None
        if self._closed:
            return
        if isinstance(error, Duplicate):
            self.duplicate.emit(arrival.path, error.number)
        elif not isinstance(error, Cancelled):
            self.refused.emit(arrival.path, error)
        self._drop(arrival)

    def _drop(self, arrival: Arrival) -> None:
        if arrival in self._arrivals:
            self._arrivals.remove(arrival)
        self._go_on()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the files named and, in order of their names, those in the folders named; hidden ones only when named."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            yield from (p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
        else:
            yield path
