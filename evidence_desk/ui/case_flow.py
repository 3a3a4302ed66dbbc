"""Making, opening, closing, copying and checking cases: the steps around a case, with their questions and banners."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from evidence_desk import wiring
from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.domain.time import utc_now_text
from evidence_desk.settings import RecentCase
from evidence_desk.ui.acting import Acting
from evidence_desk.ui.case_banners import WaysOut, show_case_banners, show_differences
from evidence_desk.ui.case_jobs import CaseJobs
from evidence_desk.ui.case_opening import CaseOpening
from evidence_desk.ui.full_disk import FullDisk
from evidence_desk.ui.job_runner import Job, JobRunner
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.refusals import Refusals, is_refusal, parts
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.messages import Banner, Banners

if TYPE_CHECKING:
    from evidence_desk.services.case import Case
    from evidence_desk.training.demo import Demo

FAILED = "failed"


class CaseFlow(QObject):
    """A case is made and opened on a thread; `opening` knows which, and tells when it has.

    Signals: `recent_changed()`; `files_waiting(list[Path])` files that go into the case that was just made;
    `actor_changed()`; `sample_changed(bool)` the sample is being built, or no more."""

    recent_changed = Signal()
    files_waiting = Signal(object)
    actor_changed = Signal()
    sample_changed = Signal(bool)

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        prompter: Prompter,
        acting: Acting,
        banners: Banners,
        refusals: Refusals,
    ) -> None:
        super().__init__(session)
        self._session, self._runner, self._prompter = session, runner, prompter
        self._settings, self._acting = acting.file, acting
        self._banners, self._refusals = banners, refusals
        self._sample: Job | None = None
        # Names what a form holds that is not kept yet; the window puts the rooms' answer here.
        self.unkept: Callable[[], str] = str
        self.opening = CaseOpening(runner, self)
        self.jobs = CaseJobs(session, runner, prompter, acting.file)
        self.jobs.copy_ready.connect(self._open)
        self.jobs.verified.connect(lambda report: show_differences(report, self._banners, self.jobs.verify))
        session.failed.connect(self._step_failed)
        FullDisk(session, banners, FAILED)
        runner.failed.connect(self._job_failed)

    # ---- making and opening

    def new_case(self, title: str = "", files: tuple[Path, ...] = ()) -> None:
        """Ask for a new case, make it and open it; `files` go in at once."""
        from evidence_desk.ui.dialogs.new_case import NewCaseDialog

        dialog = NewCaseDialog(self._acting.settings, self._prompter, title)
        if not self._prompter.run(dialog) or not self.may_close():
            return
        self._keep_actor(dialog.actor, dialog.role)
        made = partial(
            wiring.create_case, dialog.folder, dialog.title, self._acting.text, dialog.sheet(), dialog.codebook
        )
        self.opening.start(dialog.folder, lambda _: made(), partial(self._made, files), self.show_failure)

    def open_case(self) -> None:
        """Let the person choose a case folder and open it."""
        folder = self._prompter.open_folder(tr("Open a case folder"), self._settings.value.case_folder)
        if folder is not None:
            self.open_path(folder)

    def open_path(self, path: Path, acting: str = "") -> bool:
        """Open whatever lies at `path`: a case, else a package to check, else a file to make a case around.

        Tells whether it was begun: a case is open a moment later.
        `acting` acts in this case, this once, where nobody has said who they are: a sample can be looked at before.
        """
        if wiring.is_case(path):
            return self._open(path, acting)
        if wiring.is_package(path):
            self.jobs.check(path)
            return True
        if path.is_file():
            return self._offer_case_around(path)
        self.show_failure(
            EvidenceDeskError(
                tr("{path} is no case folder. Case folders end in .edcase. Nothing was changed.", path=path)
            )
        )
        return False

    def locate(self, old: str) -> None:
        """Ask where a case of the list lies now."""
        found = self._prompter.open_folder(
            tr("Where is {name}?", name=Path(old).name), self._settings.value.case_folder
        )
        if found is not None and wiring.is_case(found):
            self._open(found, then=partial(self.forget, old))
        elif found is not None:
            self.open_path(found)

    def forget(self, path: str) -> None:
        """Take a case off the list; the case itself is left alone."""
        self._settings.put(self._settings.value.without_recent(path))
        self.recent_changed.emit()

    def start_sample(self) -> None:
        """Build the sample case as a job and open it; asked again meanwhile, nothing more is built."""
        if self._sample is None:
            self._sample = self._runner.start(
                tr("Sample case"), wiring.build_sample, self, self._sample_built, self._sample_failed
            )
            self.sample_changed.emit(True)

    # ---- closing

    def may_close(self) -> bool:
        """Ask once where a job runs; tell whether the case may go."""
        jobs = [job for job in self._runner.active() if not job.background]
        if not jobs:
            self._runner.cancel_all()
            return True
        names = ", ".join(job.title for job in jobs)
        text = tr("Still running: {names}. Stopping leaves nothing half made; what was kept stays.", names=names)
        title = plural(len(jobs), "{count} job is running", "{count} jobs are running")
        if not self._prompter.confirm(title, text, tr("Stop and close"), tr("Stay")):
            return False
        self._runner.cancel_all()
        return True

    def _may_lose(self) -> bool:
        unkept = self.unkept()
        if not unkept:
            return True
        # What is typed waits in the case file; only where that cannot be written is there anything to lose.
        text = tr("The case file cannot be written, so what is typed would be lost: {what}.", what=unkept)
        return self._prompter.confirm(tr("Not kept yet"), text, tr("Close without keeping"), tr("Stay"))

    def close_case(self) -> bool:
        """Close the case after asking where a job runs; tell whether it is closed."""
        if not self._session.is_open:
            return True
        if not self._may_lose() or not self.may_close():
            return False
        self._remember(self._session.case)
        self._banners.clear()
        self._session.close()
        return True

    def try_to_write(self) -> None:
        """Open the case anew: whoever held it may have closed it."""
        folder = self._session.case.folder
        if self.close_case():
            self._open(folder)

    # ---- people

    def ask_actor(self) -> bool:
        """Ask who is working; tell whether a name is known now. An open case is opened anew under it."""
        from evidence_desk.ui.dialogs.actor import ActorDialog

        dialog = ActorDialog(self._acting.name, self._acting.role)
        if not self._prompter.run(dialog):
            return bool(self._acting.name)
        self._keep_actor(dialog.name, dialog.role)
        if self._session.is_open and self._session.case.actor != self._acting.text:
            self.try_to_write()
        return True

    # ---- banners

    def show_failure(self, error: EvidenceDeskError) -> None:
        """Show a failure until it is closed."""
        title, lines = parts(error)
        self._banners.show_banner(FAILED, Banner("error", title, lines))

    def show_case_banners(self) -> None:
        """Tell of a case that can only be read, and of what opening it found."""
        ways = WaysOut(self.ask_actor, self.try_to_write, self.jobs.work_on_copy, self.jobs.verify)
        show_case_banners(self._session.case, self._banners, ways)

    def _step_failed(self, error: EvidenceDeskError) -> None:
        (self._refusals.say if is_refusal(error) else self.show_failure)(error)

    def _job_failed(self, title: str, error: EvidenceDeskError) -> None:
        self.show_failure(error)

    # ---- steps

    def _open(self, path: Path, acting: str = "", then: Callable[[], object] = bool) -> bool:
        """Begin to open a case; `then()` is called once it is open. Asked again meanwhile, nothing more is begun."""
        if self.opening.place == path:
            return True
        if not (self._acting.name or acting):
            self.ask_actor()
        if self._session.is_open and not self.close_case():
            return False
        actor = self._acting.text or acting
        # Without a name nothing can be written, but all can be looked at.
        opened = partial(wiring.open_case, path, actor, bool(actor))
        self.opening.start(path, lambda ctx: opened(ctx=ctx), partial(self._opened, then), self.show_failure)
        return True

    def _opened(self, then: Callable[[], object], case: Case) -> None:
        self._take_over(case)
        then()

    def _made(self, files: tuple[Path, ...], case: Case) -> None:
        self._settings.change(folder=str(case.folder.parent))
        self._take_over(case)
        if files:
            self.files_waiting.emit(list(files))

    def _take_over(self, case: Case) -> None:
        if self._session.is_open:
            self._remember(self._session.case)
        self._banners.clear()
        self._session.open(case)
        self._remember(case)
        self.show_case_banners()

    def _remember(self, case: Case) -> None:
        try:
            counts = wiring.case_counts(case)
        except EvidenceDeskError:
            return
        known = next((c for c in self._settings.value.recent if c.path == str(case.folder)), None)
        checked = known.checked_at if known is not None else ""
        entry = RecentCase(str(case.folder), opened_at=utc_now_text(), checked_at=checked, **counts)
        self._settings.put(self._settings.value.with_recent(entry))
        self.recent_changed.emit()

    def _keep_actor(self, name: str, role: str) -> None:
        self._acting.keep(name, role)
        self.actor_changed.emit()

    def _offer_case_around(self, file: Path) -> bool:
        title = tr("{name} is no case", name=file.name)
        text = tr("A case can be made around it: the file is copied into the case and hashed, and stays where it is.")
        if not self._prompter.confirm(title, text, tr("Make a case…")):
            return False
        self.new_case(file.stem, (file,))
        return True

    def _sample_failed(self, error: EvidenceDeskError) -> None:
        self._sample = None
        self.sample_changed.emit(False)
        if not isinstance(error, Cancelled):
            self.show_failure(error)

    def _sample_built(self, demo: Demo) -> None:
        self._sample = None
        self.sample_changed.emit(False)
        self._open(demo.case, wiring.SAMPLE_ACTOR)
