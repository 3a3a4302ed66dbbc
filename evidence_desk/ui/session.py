"""The open case as the window sees it: one place to run commands, to learn what changed, and what is selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.changes import Changes
from evidence_desk.domain.errors import CaseError, EvidenceDeskError
from evidence_desk.ui.long_step import MANY, LongStep
from evidence_desk.ui.safe_view import SafeView
from evidence_desk.ui.translate import tr

if TYPE_CHECKING:
    from evidence_desk.jobs import JobContext
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.media.player import Player, PlayerEvent
    from evidence_desk.media.protections import Protections
    from evidence_desk.services.bus import Command, ManyEdits, Outcome
    from evidence_desk.services.case import Case
    from evidence_desk.wiring import Workers


class Session(QObject):
    """Holds at most one open case.

    Signals: `case_opened()`, `case_closing()` while it can still be read, `case_closed()`;
    `changed(Changes)` after a command was kept or undone; `exhibit_selected(str number)` and
    `observation_selected(str number)`, "" for none; `go_to_asked(str exhibit, int frame)` a place to show in Review;
    `record_asked(str number)` a record to show in its room; `saved(str utc)` after each commit;
    `noticed(str text, bool undo)` for a toast; `failed(EvidenceDeskError)` for a banner.
    """

    case_opened = Signal()
    case_closing = Signal()
    case_closed = Signal()
    changed = Signal(object)
    exhibit_selected = Signal(str)
    observation_selected = Signal(str)
    go_to_asked = Signal(str, int)
    record_asked = Signal(str)
    saved = Signal(str)
    noticed = Signal(str, bool)
    failed = Signal(object)

    def __init__(self, workers: Workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._case: Case | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._exhibit = ""
        self._observation = ""
        self.safe_view = SafeView(self)
        self.long_step = LongStep(self)
        self.long_step.refused.connect(self.failed)

    @property
    def is_open(self) -> bool:
        """Tell whether a case is open."""
        return self._case is not None

    @property
    def case(self) -> Case:
        """The open case; raises CaseError where none is open (ask `is_open` first)."""
        if self._case is None:
            raise CaseError(tr("No case is open. Open or make one first."))
        return self._case

    @property
    def writable(self) -> bool:
        """Tell whether a case is open and may be written."""
        return self._case is not None and not self._case.read_only

    @property
    def worker(self) -> MediaWorker:
        """The process that decodes pictures for the eye; started at first use."""
        return self._workers.pictures

    @property
    def job_worker(self) -> MediaWorker:
        """The process that long jobs use, so that a picture never waits behind an index."""
        return self._workers.jobs

    def make_player(self, heard: Callable[[PlayerEvent], None]) -> Player:
        """Return a player with sound that tells `heard` what it shows; started with its first file."""
        return self._workers.player(heard)

    def why_no_player(self) -> str:
        """Return "" where play with sound can be had, else why not. For jobs: a process is asked."""
        return self._workers.why_no_player()

    def protections(self, _ctx: JobContext) -> tuple[Protections, ...]:
        """Return what holds each kind of process that opens media. A job: one of each is started to be asked."""
        return tuple(self.worker.protections(kind) for kind in ("decoder", "player"))

    @property
    def exhibit(self) -> str:
        """Number of the current exhibit, "" for none."""
        return self._exhibit

    @property
    def observation(self) -> str:
        """Number of the current observation, "" for none."""
        return self._observation

    def open(self, case: Case) -> None:
        """Take an open case over; one that was open before is closed first."""
        self.close()
        self._case = case
        self._unsubscribe = case.bus.subscribe(self._tell)
        exhibits = case.queries.exhibits()
        self._exhibit = exhibits[0].number if exhibits else ""
        self.case_opened.emit()
        self.exhibit_selected.emit(self._exhibit)
        if case.bus.last_saved:
            self.saved.emit(case.bus.last_saved)

    def close(self) -> None:
        """Close the case, if one is open; what was kept stays on disk."""
        case = self._case
        if case is None:
            return
        self.long_step.finish()
        self.case_closing.emit()
        self._case = None
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._exhibit = self._observation = ""
        self.case_closed.emit()
        case.close()

    def run(self, command: Command, done: str = "", undo: bool = True) -> Outcome | None:
        """Run a command. `done` is said in a toast, with Undo where `undo`; a refusal goes to `failed`."""
        try:
            outcome = self.case.bus.run(command)
        except EvidenceDeskError as error:
            self.failed.emit(error)
            return None
        if done:
            self.noticed.emit(done, undo)
        return outcome

    def run_by_and_by(self, command: ManyEdits, done: str) -> bool:
        """Run a command of many edits while the window is used, see `long_step`; tell whether it was begun."""
        if self._is_busy():
            return False
        step = self.case.bus.run_by_and_by(command)
        self.long_step.begin(step, command.edits, lambda: self.noticed.emit(done, True))
        return True

    def undo(self, *, at_once: bool = False) -> bool:
        """Undo the last command of this window, as a new command of its own; tell whether there was one to undo.

        One of many edits is taken back by `long_step`, unless it must be done `at_once`.
        """
        return self._step_history(undoing=True, at_once=at_once)

    def redo(self, *, at_once: bool = False) -> bool:
        """Do again what was undone last, as `undo` does; tell whether there was anything."""
        return self._step_history(undoing=False, at_once=at_once)

    def select_exhibit(self, number: str) -> None:
        """Make an exhibit the current one; the same number again is no news."""
        if number != self._exhibit:
            self._exhibit = number
            self.exhibit_selected.emit(number)

    def select_observation(self, number: str) -> None:
        """Make an observation the current one; the same number again is no news."""
        if number != self._observation:
            self._observation = number
            self.observation_selected.emit(number)

    def go_to(self, exhibit: str, frame: int) -> None:
        """Ask to see frame `frame` of an exhibit in Review."""
        self.select_exhibit(exhibit)
        self.go_to_asked.emit(exhibit, frame)

    def show_record(self, number: str) -> None:
        """Ask to see a record in its own room."""
        self.record_asked.emit(number)

    def _is_busy(self) -> bool:
        """Tell whether a long step is under way, and say that the next has to wait for it."""
        if self.long_step.is_at_work:
            self.noticed.emit(tr("Many records are still being set. Wait for it, or cancel it in Records."), False)
        return self.long_step.is_at_work

    def _step_history(self, undoing: bool, at_once: bool) -> bool:
        if not self.writable or self._is_busy():
            return False
        bus = self.case.bus
        label = bus.undo_label if undoing else bus.redo_label
        told = tr("Undone: {what}", what=label) if undoing else tr("Done again: {what}", what=label)
        many = bus.many_edits(undoing=undoing)
        if many > MANY and not at_once:
            step = bus.step_by_and_by(undoing=undoing)
            self.long_step.begin(step, many, lambda: self.noticed.emit(told, False))
            return True
        try:
            outcome = bus.undo() if undoing else bus.redo()
        except EvidenceDeskError as error:
            self.failed.emit(error)
            return False
        if outcome is None:
            text = tr("There is nothing to undo.") if undoing else tr("There is nothing to redo.")
        else:
            text = told
        self.noticed.emit(text, False)
        return outcome is not None

    def _tell(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if self._case is not None:
            self.saved.emit(self._case.bus.last_saved)
