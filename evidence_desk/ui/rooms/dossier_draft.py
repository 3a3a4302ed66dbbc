"""The draft of the dossier: built by a job, and known to be as new as the records or not."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import exporting
from evidence_desk.ui.job_runner import Job, JobRunner, JobView
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr

# Long enough to switch several sections before the draft is built again.
_BUILD_AFTER_MS = 700
PDF = "pdf"
Sections = tuple[str, ...] | None


class Draft(QObject):
    """One draft at a time. Signals: `built(Path)`, `failed(EvidenceDeskError)`, `changed()` its state is another;
    `outdated()` other pictures are covered than in the draft."""

    built = Signal(object)
    failed = Signal(object)
    changed = Signal()
    outdated = Signal()

    def __init__(self, session: Session, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self._sections: Sections = None
        self._marked = True
        self._job: Job | None = None
        self._built: tuple[object, ...] = ()
        self._building: tuple[object, ...] = ()
        self._second = False
        self._closed = False
        self._private: tempfile.TemporaryDirectory[str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BUILD_AFTER_MS)
        self._timer.timeout.connect(self.build)
        session.safe_view.changed.connect(self._covers_changed)

    def choose(self, sections: Sections, marked_stills: bool) -> None:
        """Take other options; they count at the next build."""
        self._sections, self._marked = sections, marked_stills

    def _covers_changed(self) -> None:
        if self._session.is_open and not self._closed and not self.is_current:
            self.outdated.emit()

    @property
    def is_made(self) -> bool:
        """Tell whether a draft was built."""
        return bool(self._built)

    @property
    def is_current(self) -> bool:
        """Tell whether the draft shows the records and options as they are now."""
        return self._built == self._wanted()

    def work(self) -> JobView | None:
        """Return how far the building is, None while nothing is built."""
        return self._job.view() if self._job is not None else None

    def build_soon(self) -> None:
        """Build after a short rest, so that several changes cost one draft."""
        self._timer.start()

    def rest(self) -> None:
        """Do not begin to build."""
        self._timer.stop()

    def build(self) -> None:
        """Build from the records as they are now; after running work, which is of older content."""
        self._timer.stop()
        if self._job is not None:
            self._timer.start()
            return
        try:
            target = self._place()
        except OSError as error:
            self.failed.emit(EvidenceDeskError(tr("The draft has no place to be written: {why}.", why=error)))
            return
        self._building = self._wanted()
        options = exporting.ExportOptions(
            sections=self._sections,
            marked_stills=self._marked,
            replace=True,
            covered=self._session.safe_view.covers_now(),
        )
        self._job = self._runner.start(
            tr("Building the draft"),
            partial(render, self._session.case.folder, self._session.job_worker, PDF, target, options),
            self,
            self._done,
            self._stopped,
            background=True,
        )
        self.changed.emit()

    def release(self) -> None:
        """Stop the work for good and take the private folder away."""
        self._closed = True
        self._timer.stop()
        if self._job is not None:
            self._runner.cancel(self._job.id)
        if self._private is not None:
            self._private.cleanup()
            self._private = None

    def _place(self) -> Path:
        folder = self._session.case.paths.derived
        if not self._session.writable:
            if self._private is None:
                self._private = tempfile.TemporaryDirectory(prefix="evidence-desk-draft-")
            folder = Path(self._private.name)
        folder.mkdir(exist_ok=True)
        # Two names in turn: the file on screen is never written over.
        self._second = not self._second
        return folder / ("draft-b.pdf" if self._second else "draft-a.pdf")

    def _wanted(self) -> tuple[object, ...]:
        head = self._session.case.queries.content_head()
        return (
            head.hash if head is not None else "",
            self._sections,
            self._marked,
            self._session.safe_view.covers_now(),
        )

    def _done(self, written: exporting.Written) -> None:
        self._job, self._built = None, self._building
        if self._closed:
            return
        self.built.emit(written.path)
        self.changed.emit()
        if not self.is_current:
            self._timer.start()

    def _stopped(self, error: EvidenceDeskError) -> None:
        self._job = None
        if self._closed:
            return
        self.changed.emit()
        if not isinstance(error, Cancelled):
            self.failed.emit(error)


def render(
    case: Path, worker: MediaWorker, form: str, target: Path, options: exporting.ExportOptions, ctx: JobContext
) -> exporting.Written:
    """Write an export of a case folder; a job."""
    return exporting.render(case, worker, form, target, options, ctx)
