"""The clip under review: which exhibit is open, where the playhead is, in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.case import Case
from evidence_desk.services.intake import table_of
from evidence_desk.services.playhead import FrameClock, Playhead
from evidence_desk.ui.frame_reader import FrameReader, Wanted
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import tr

EXACT, LOADING, PREVIEW, FAILED = "exact", "loading", "preview", "failed"


@dataclass(frozen=True, slots=True)
class Clip:
    """An exhibit that can be stepped through."""

    exhibit: Exhibit
    path: Path
    table: FrameTable
    clock: FrameClock

    def ref(self, n: int) -> FrameRef:
        """Return the identity of frame n."""
        table = self.table
        return FrameRef(
            self.exhibit.sha256, table.stream, n, table.pts(n), table.time_base, table.hash_of(n), table.decoder
        )


class ClipPlaces(QObject):
    """Holds the open clip and moves its playhead; play comes with `ClipDesk`.

    Signals: `opened()` another clip, or none (`why_none` says why); `moved(Playhead)`; `marked(Playhead)`;
    `played(bool)` play began or ended; `state_changed(str)` exact, loading, preview or failed;
    `showing(Shown)` the picture of the frame at the playhead, before anything else is told of it.
    """

    opened = Signal()
    moved = Signal(object)
    marked = Signal(object)
    played = Signal(bool)
    state_changed = Signal(str)
    showing = Signal(object)

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.clip: Clip | None = None
        self.head: Playhead | None = None
        self.why_none = ("", "")
        self.state = EXACT
        self._places: dict[str, Playhead] = {}
        self._opening: tuple[str, int | None, str] | None = None
        self._then: int | None = None
        self.reader = FrameReader(lambda: context.session.worker, self)

    # ------------------------------------------------------------------------------------------------------- opening

    def open(self, exhibit: Exhibit | None, then: int | None = None) -> None:
        """Open an exhibit, at frame `then` or where it was left; its frame table is read by a job.

        Asked again for the same exhibit it only goes to `then`, unless the exhibit was examined meanwhile.
        """
        key = (exhibit.number, exhibit.frames, exhibit.condition) if exhibit is not None else None
        if key == self._opening and exhibit is not None:
            self._then = then if then is not None else self._then
            if self.clip is not None and then is not None:
                self.go(then)
            return
        self.pause()
        self._remember()
        self.clip, self.head, self._then, self._opening = None, None, then, key
        self.why_none = self._reason(exhibit)
        self.opened.emit()
        if exhibit is None or not exhibit.frames:
            return
        task = partial(_load, self._worker, self._context.session.case, exhibit)
        title = tr("Frame table of {exhibit}", exhibit=exhibit.number)
        failed = partial(self._not_loaded, exhibit.number)
        self._context.runner.start(title, task, self, then=self._loaded, failed=failed, background=True)

    def _worker(self) -> MediaWorker:
        return self._context.session.job_worker

    @staticmethod
    def _reason(exhibit: Exhibit | None) -> tuple[str, str]:
        if exhibit is None:
            return tr("No exhibit yet"), tr("Add a file in Intake, or drop one there.")
        if exhibit.frames:
            return tr("Opening {exhibit}", exhibit=exhibit.number), tr("Its frame table is being read.")
        if exhibit.condition == "unreadable":
            return tr("{exhibit} cannot be decoded", exhibit=exhibit.number), exhibit.condition_note
        if exhibit.condition == "not examined":
            return tr("{exhibit} has not been examined yet", exhibit=exhibit.number), tr("Its frames are not counted.")
        return tr("{exhibit} has no frames", exhibit=exhibit.number), exhibit.condition_note

    def _loaded(self, clip: Clip) -> None:
        if self._opening is None or clip.exhibit.number != self._opening[0]:
            return
        self.clip = clip
        self.why_none = ("", "")
        self.head = self._places.get(clip.exhibit.number) or Playhead(len(clip.clock))
        if self._then is not None:
            self.head = self.head.stepped(self._then - self.head.n)
        self.opened.emit()
        self.marked.emit(self.head)
        self._show(1)

    def _not_loaded(self, number: str, error: EvidenceDeskError) -> None:
        if self._opening is not None and number == self._opening[0]:
            self.why_none = (tr("{exhibit} cannot be opened", exhibit=number), str(error))
            self.opened.emit()

    def _remember(self) -> None:
        if self.clip is not None and self.head is not None:
            self._places[self.clip.exhibit.number] = self.head

    @property
    def has_frames(self) -> bool:
        """Tell whether a frame is shown."""
        return self.clip is not None

    @property
    def n(self) -> int:
        """Return the frame that the playhead is at, 0 where none is."""
        return self.head.n if self.head is not None else 0

    def close(self) -> None:
        """Stop play and the reader."""
        self.pause()
        self.reader.close()

    # -------------------------------------------------------------------------------------------------------- moving

    def go(self, n: int) -> None:
        """Go to frame n, held inside the clip."""
        if self.head is not None:
            self._move(self.head.stepped(n - self.head.n))

    def step(self, by: int) -> None:
        """Step by a number of frames."""
        if self.head is not None:
            self._move(self.head.stepped(by))

    def last(self) -> None:
        """Go to the last frame."""
        if self.head is not None:
            self.go(self.head.count - 1)

    def _move(self, head: Playhead) -> None:
        self.pause()
        if self.head is None or head.n == self.head.n:
            return
        direction = 1 if head.n > self.head.n else -1
        self.head = head
        self._show(direction)

    def _show(self, direction: int) -> None:
        if self.clip is None or self.head is None:
            return
        self._set_state(LOADING)
        self.moved.emit(self.head)
        self.reader.request(Wanted(self.clip.exhibit.number, self.clip.path, self.clip.table, self.head.n, direction))

    def mark_in(self) -> None:
        """The range begins at this frame."""
        self._mark(lambda head: head.marked_in(head.n))

    def mark_out(self) -> None:
        """The range ends at this frame."""
        self._mark(lambda head: head.marked_out(head.n))

    def clear_marks(self) -> None:
        """Forget in and out."""
        self._mark(Playhead.unmarked)

    def _mark(self, change: Callable[[Playhead], Playhead]) -> None:
        if self.head is not None:
            self.head = change(self.head)
            self.marked.emit(self.head)

    def go_in(self) -> None:
        """Go to the in mark."""
        if self.head is not None and self.head.mark_in is not None:
            self.go(self.head.mark_in)

    def go_out(self) -> None:
        """Go to the out mark."""
        if self.head is not None and self.head.mark_out is not None:
            self.go(self.head.mark_out)

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def pause(self) -> None:
        """There is no play to stop here."""


def _load(worker: Callable[[], MediaWorker], case: Case, exhibit: Exhibit, ctx: JobContext) -> Clip:
    path = case.paths.exhibit_file(exhibit)
    table = table_of(worker(), case.paths, exhibit, ctx)
    return Clip(exhibit, path, table, FrameClock.of(table))
