"""Looks at the records before a dossier leaves the desk, as a job: a long event log takes a second to read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.ui.job_runner import Job, JobRunner
from evidence_desk.ui.models.dossier_checks import CheckRow, dossier_checks
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr
from evidence_desk.wiring import open_case


class DossierChecking(QObject):
    """One look at a time; what changes meanwhile is looked at after. Signals: `began()`; `checked(tuple)` the rows."""

    began = Signal()
    checked = Signal(object)

    def __init__(self, session: Session, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self._job: Job | None = None
        self._again = self._closed = False

    @property
    def is_at_work(self) -> bool:
        """Tell whether the rows shown may be older than the records."""
        return self._job is not None

    def start(self) -> None:
        """Look at the records as they are now."""
        if self._job is not None:
            self._again = True
            return
        self._again = False
        case = self._session.case
        task = partial(look, case.folder, case.actor)
        # Not behind the draft, which takes longer and begins at the same moment.
        self._job = self._runner.start(tr("Checking the records"), task, self, self._done, self._stopped)
        self.began.emit()

    def release(self) -> None:
        """End for good."""
        self._closed = True
        if self._job is not None:
            self._runner.cancel(self._job.id)

    def _done(self, rows: tuple[CheckRow, ...]) -> None:
        self._job = None
        if self._closed:
            return
        if self._again:
            self.start()
        else:
            self.checked.emit(rows)

    def _stopped(self, error: EvidenceDeskError) -> None:
        why = tr("It was stopped.") if isinstance(error, Cancelled) else str(error)
        self._done((CheckRow(True, tr("The records were not checked"), why),))


def look(case: Path, actor: str, ctx: JobContext) -> tuple[CheckRow, ...]:
    """Return the checks of a case folder, read on a connection of its own; a job."""
    opened = open_case(case, actor, write=False, ctx=ctx)
    try:
        return dossier_checks(opened.queries)
    finally:
        opened.close()
