"""Long work on whole cases and packages: copying, verifying, checking; each a job with its result shown at the end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from evidence_desk import wiring
from evidence_desk.domain.time import utc_now_text
from evidence_desk.jobs import JobContext
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.job_runner import JobRunner, Then
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import plural, tr

if TYPE_CHECKING:
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.copying import Copied
    from evidence_desk.services.verify import Report


class CaseJobs(QObject):
    """Signals: `copy_ready(Path)` a copy that was made to be worked on; `verified(Report)` of the open case."""

    copy_ready = Signal(object)
    verified = Signal(object)

    def __init__(self, session: Session, runner: JobRunner, prompter: Prompter, settings: SettingsFile) -> None:
        super().__init__(session)
        self._session, self._runner = session, runner
        self._prompter, self._settings = prompter, settings

    def save_copy(self) -> None:
        """Ask where to, then copy the open case as a job."""
        folder = self._session.case.folder
        proposed = folder.with_name(f"{folder.stem} copy{wiring.CASE_SUFFIX}")
        target = self._prompter.save_file(tr("Save a copy of the case"), proposed, tr("Case folders (*.edcase)"))
        if target is not None:
            self._copy(folder, target, self._copied)

    def work_on_copy(self) -> None:
        """Copy a case that is open to read and open the copy to write."""
        folder = self._session.case.folder
        proposed = folder.with_name(f"{folder.stem} copy{wiring.CASE_SUFFIX}")
        target = self._prompter.save_file(tr("Work on a copy"), proposed, tr("Case folders (*.edcase)"))
        if target is not None:
            self._copy(folder, target, self._copied_to_work)

    def verify(self) -> None:
        """Verify the open case as a job and show what was found."""
        folder, worker = self._session.case.folder, self._session.job_worker
        self._runner.start(
            tr("Verify {name}", name=folder.name),
            partial(_verify_case, folder, worker),
            self._session,
            self._case_verified,
        )

    def check_package(self) -> None:
        """Let the person choose a package (zip, or the bagit.txt of a folder) and check it."""
        kinds = tr("Packages (*.zip bagit.txt)")
        found = self._prompter.open_file(tr("Check a package"), self._settings.value.case_folder, kinds)
        if found is not None:
            self.check(found.parent if found.name == "bagit.txt" else found)

    def _copy(self, folder: Path, target: Path, then: Then) -> None:
        work = partial(_copy_case, folder, target)
        title = tr("Copy of {name}", name=folder.name)
        self._runner.start(title, work, self, then)

    def _copied(self, copied: Copied) -> None:
        exhibits = plural(copied.exhibits, "{count} exhibit", "{count} exhibits")
        text = tr("Copy saved and checked: {name}, {exhibits}", name=copied.folder.name, exhibits=exhibits)
        self._session.noticed.emit(text, False)

    def _copied_to_work(self, copied: Copied) -> None:
        self.copy_ready.emit(copied.folder)

    def check(self, path: Path) -> None:
        """Check a package as a job and show what was found."""
        title = tr("Check {name}", name=path.name)
        work = partial(_check_package, path, self._session.job_worker)
        self._runner.start(title, work, self, self._show_report)

    def _case_verified(self, report: Report) -> None:
        if self._session.writable:
            self._session.case.bus.log("case.verified", {"same": report.same, "head": report.head})
            path = str(self._session.case.folder)
            recent = tuple(
                replace(case, checked_at=utc_now_text()) if case.path == path else case
                for case in self._settings.value.recent
            )
            self._settings.change(recent=recent)
        self.verified.emit(report)
        self._show_report(report)

    def _show_report(self, report: Report) -> None:
        from evidence_desk.ui.dialogs.report import ReportDialog

        self._prompter.run(ReportDialog(report))


def _verify_case(folder: Path, worker: MediaWorker, ctx: JobContext) -> Report:
    return wiring.verify_case(folder, worker, ctx)


def _copy_case(folder: Path, target: Path, ctx: JobContext) -> Copied:
    return wiring.save_copy(folder, target, ctx)


def _check_package(path: Path, worker: MediaWorker, ctx: JobContext) -> Report:
    return wiring.verify_package(path, worker, ctx)
