"""All jobs: how far each is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from evidence_desk.ui.job_runner import JobRunner, JobState, JobView
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import DeskButton, icon_button, plain_button
from evidence_desk.ui.widgets.labels import ElidedLabel, hairline, label
from evidence_desk.ui.window_bars import job_sentence, job_share


class JobRow(QWidget):
    """One job."""

    def __init__(self, job: JobView) -> None:
        super().__init__()
        self.id = job.id
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(job.title, "small"), 1)
        self._share = label("", "caption")
        head.addWidget(self._share)
        column.addLayout(head)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        column.addWidget(self._bar)
        self._note = ElidedLabel("", "caption")
        column.addWidget(self._note)
        row.addLayout(column, 1)
        self.button = DeskButton(tr("Cancel"), size="small")
        row.addWidget(self.button)
        self.show_job(job)

    def show_job(self, job: JobView) -> None:
        """Bring the row up to date."""
        stopped = job.state == JobState.FAILED
        self._share.setText(tr("Stopped") if stopped else job_share(job))
        self._bar.setVisible(not stopped)
        self._bar.setRange(0, 1000 if job.total > 0 or job.state == JobState.QUEUED else 0)
        self._bar.setValue(1000 * job.done // job.total if job.total > 0 else 0)
        self._note.setText(job.note)
        self.button.setText(tr("Close") if stopped else tr("Cancel"))
        self.button.setAccessibleName(f"{self.button.text()} {job.title}")
        self.setAccessibleName(job_sentence(job))


class JobsPanel(Overlay):
    """Opened by Ctrl+J."""

    def __init__(self, window: QWidget, runner: JobRunner) -> None:
        super().__init__(window, tr("Jobs"), 480)
        self._runner = runner
        self._rows: dict[int, JobRow] = {}
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(label(tr("Jobs"), "section"), 1)
        self._close = icon_button("close", tr("Leave"))
        self._close.clicked.connect(self.leave)
        row.addWidget(self._close)
        self.column.addWidget(head)
        self.column.addWidget(hairline())
        self._none = label(
            tr("Nothing runs. Jobs that take a while are listed here; each can be stopped."), "label", wrap=True
        )
        self._none.setContentsMargins(14, 16, 14, 20)
        self.column.addWidget(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.addLayout(self._list)
        self.column.addStretch()
        self._all = plain_button(tr("Cancel all"))
        self._all.clicked.connect(self._runner.cancel_all)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 4, 14, 12)
        foot.addWidget(self._all)
        foot.addStretch()
        self.column.addLayout(foot)
        runner.changed.connect(self.refresh)

    def first_focus(self) -> QWidget:
        """The way out."""
        return self._close

    def open(self) -> None:
        """Show all jobs."""
        super().open()
        self.refresh()

    def refresh(self) -> None:
        """Bring the rows up to date."""
        if not self.isVisible():
            return
        jobs = self._runner.jobs()
        known = {job.id for job in jobs}
        for id_ in [id_ for id_ in self._rows if id_ not in known]:
            row = self._rows.pop(id_)
            row.hide()
            row.deleteLater()
        for job in jobs:
            if job.id not in self._rows:
                row = self._rows[job.id] = JobRow(job)
                row.button.setProperty("job", job.id)
                row.button.clicked.connect(self._cancel)
                self._list.addWidget(row)
            self._rows[job.id].show_job(job)
        self._none.setVisible(not jobs)
        self._all.setVisible(len(self._runner.active()) > 1)
        self.place()

    def _cancel(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._runner.cancel(int(sender.property("job")))
