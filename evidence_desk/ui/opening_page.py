"""What stands in the window while a case is being opened: which one, how far, and a way to leave it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.job_runner import JobView
from evidence_desk.ui.translate import percent, tr
from evidence_desk.ui.widgets.buttons import ghost_button
from evidence_desk.ui.widgets.panel import EmptyState


class OpeningPage(EmptyState):
    """Signals: `cancel_asked()`."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._cancel = ghost_button(tr("Cancel"), "Esc")
        super().__init__("case", "", " ", (self._cancel,), parent)
        self.activated.connect(self.leave)

    def tell(self, name: str) -> None:
        """Name the case that is being opened."""
        self.title.setText(tr("Opening {name}…", name=name))
        self.text.setText(tr("Nothing is shown before the case was looked over."))
        self.setAccessibleName(self.title.text())

    def tell_progress(self, job: JobView | None) -> None:
        """Tell how far the log was read, where it is long."""
        if self.isVisible() and job is not None and job.total > 1:
            self.text.setText(tr("Its log is read: {share}.", share=percent(job.done, job.total)))

    def take_focus(self) -> None:
        """Put the focus on Cancel."""
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self, _: int = 0) -> None:
        """Ask to open nothing after all."""
        self.cancel_asked.emit()
