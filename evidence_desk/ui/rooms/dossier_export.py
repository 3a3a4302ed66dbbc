"""The export of a dossier or package: asks for the place, runs the job, enters it in the log."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.services import exporting
from evidence_desk.ui.job_runner import Job, JobRunner, JobView
from evidence_desk.ui.panels.export_panel import PACKAGE, PDF
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.rooms.dossier_draft import render
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr


class DossierExport(QObject):
    """One export at a time. Signals: `changed()` its state is another; `written(Written)`; `not_logged(str name, str
    why)` it was written and the log was not; `failed(EvidenceDeskError)`; `stopped()`."""

    changed = Signal()
    written = Signal(object)
    not_logged = Signal(str, str)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, session: Session, runner: JobRunner, prompter: Prompter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._runner, self._prompter = session, runner, prompter
        self._job: Job | None = None

    def work(self) -> JobView | None:
        """Return how far the export is, None while there is none."""
        return self._job.view() if self._job is not None else None

    def ask_target(self, form: str, zipped: bool) -> Path | None:
        """Ask where to write; None where the person leaves."""
        case = self._session.case
        suffix = ".pdf" if form == PDF else ".zip" if zipped else ""
        folder = case.paths.exports if self._session.writable else Path.home()
        folder.mkdir(exist_ok=True)
        head = case.queries.content_head()
        stem = f"{case.folder.stem}-{head.seq if head else 0}{'-package' if form == PACKAGE else ''}"
        kinds = {".pdf": tr("PDF (*.pdf)"), ".zip": tr("Zip file (*.zip)"), "": tr("Folder (*)")}[suffix]
        # A folder is never written over: the next free name is proposed.
        proposed = folder / f"{stem}{suffix}" if suffix else _free(folder, stem)
        title = tr("Export the dossier as PDF") if form == PDF else tr("Export the package")
        chosen = self._prompter.save_file(title, proposed, kinds)
        if chosen is not None and suffix and chosen.suffix.lower() != suffix:
            chosen = chosen.with_name(chosen.name + suffix)
        return chosen

    def start(self, form: str, target: Path, options: exporting.ExportOptions) -> None:
        """Begin to write; a second export waits for a person, not for the first."""
        if self._job is not None:
            return
        self._job = self._runner.start(
            tr("Exporting {name}", name=target.name),
            partial(render, self._session.case.folder, self._session.job_worker, form, target, options),
            self,
            self._done,
            self._ended,
        )
        self.changed.emit()

    def stop(self) -> None:
        """Ask the export to stop; nothing is left half made."""
        if self._job is not None:
            self._runner.cancel(self._job.id)

    def _done(self, written: exporting.Written) -> None:
        self._job = None
        if not self._session.is_open:
            return
        try:
            exporting.record(self._session.case, written)
        except (EvidenceDeskError, OSError) as error:
            self.not_logged.emit(written.path.name, str(error))
        self.written.emit(written)
        self.changed.emit()

    def _ended(self, error: EvidenceDeskError) -> None:
        self._job = None
        if not self._session.is_open:
            return
        self.changed.emit()
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)


def _free(folder: Path, stem: str) -> Path:
    names = (folder / (f"{stem}-{place}" if place > 1 else stem) for place in range(1, 10_000))
    return next(path for path in names if not path.exists())
