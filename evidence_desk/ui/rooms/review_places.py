"""The clip under review: which exhibit is open, where the playhead is, in and out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.regions import stamp_at
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.media.thumb_track import ThumbTrack
from evidence_desk.services.case import Case
from evidence_desk.services.commands import frame_again
from evidence_desk.services.intake import table_of, thumbs_of
from evidence_desk.services.playhead import FrameClock, Playhead
from evidence_desk.ui.frame_reader import FrameReader, Shown, Wanted
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import tr

EXACT, LOADING, PREVIEW, FAILED, PROVISIONAL = "exact", "loading", "preview", "failed", "provisional"
SETTLED = (EXACT, PROVISIONAL)
"""The frame asked for is on screen; under a provisional number it is known by its hash alone."""


@dataclass(frozen=True, slots=True)
class Clip:
    """An exhibit that can be stepped through.

    `seen` holds hash and stamp of the pictures that were decoded under provisional numbers: no table knows them yet.
    """

    exhibit: Exhibit
    path: Path
    table: FrameTable
    clock: FrameClock
    thumbs: ThumbTrack | None = None
    seen: dict[int, tuple[str, int | None]] = field(default_factory=dict)

    @property
    def provisional(self) -> bool:
        """Tell whether its frames are not counted yet."""
        return self.table.provisional

    def hash_of(self, n: int) -> str:
        """Return the frame hash of frame n, "" where it was not decoded yet."""
        return self.table.hash_of(n) or self.seen.get(n, ("", None))[0]

    def stamp(self, n: int) -> int | None:
        """Return the stamp by which regions move to frame n, None where the exhibit has none that rise throughout."""
        return stamp_at(self.table, n)

    def unseen(self, *numbers: int) -> tuple[int, ...]:
        """Return those of the frames whose pictures nothing is known of yet."""
        return tuple(n for n in dict.fromkeys(numbers) if not self.hash_of(n))

    def ref(self, n: int) -> FrameRef:
        """Return the identity of frame n."""
        table = self.table
        pts = self.seen[n][1] if n in self.seen else table.pts(n)
        return FrameRef(
            self.exhibit.sha256,
            table.stream,
            n,
            pts,
            table.time_base,
            self.hash_of(n),
            table.decoder,
            table.provisional,
        )

    def number_in(self, counted: FrameTable, n: int) -> int:
        """Return where frame n of this clip stands once its frames are counted: by hash, else by stamp, else as it was.

        Only for what a person looks at or is typing; what is kept is found again by hash alone.
        """
        pts = self.ref(n).pts
        found = frame_again(counted, self.hash_of(n), n, pts)
        if found is None and pts is not None and counted.stamps_increase:
            found = max(0, bisect_right(counted.frames.pts, pts) - 1)
        return min(n if found is None else found, len(counted) - 1)


class ClipPlaces(QObject):
    """Holds the open clip and moves its playhead; play comes with `ClipDesk`.

    Signals: `opened()` another clip, or none (`why_none` says why); `moved(Playhead)`; `marked(Playhead)`;
    `played(bool)` play began or ended; `state_changed(str)` exact, loading, preview, provisional or failed;
    `showing(Shown)` the picture of the frame at the playhead, before anything else is told of it;
    `recounted(Clip before)` its frames were counted, the clip is another and `opened` follows;
    `stops_changed(str exhibit)` the process that opens media stopped at one of its frames;
    `view_changed()` its pictures are to be shown another way.
    """

    opened = Signal()
    moved = Signal(object)
    marked = Signal(object)
    played = Signal(bool)
    state_changed = Signal(str)
    showing = Signal(object)
    recounted = Signal(object)
    stops_changed = Signal(str)
    view_changed = Signal()

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.clip: Clip | None = None
        self.head: Playhead | None = None
        self.why_none = ("", "")
        self.state = EXACT
        self._places: dict[str, Playhead] = {}
        self.left_at: dict[str, tuple[int, int]] = {}
        """Frame and count of frames where exhibits were left before the case was opened this time."""
        self._views: dict[str, PictureView] = {}
        self._opening: tuple[str, int | None, str, bool] | None = None
        self._then: int | None = None
        self.stops: Counter[str] = Counter()
        self.reader = FrameReader(lambda: context.session.worker, self)
        self.reader.stopped.connect(self._stopped)

    # ------------------------------------------------------------------------------------------------------- opening

    def open(self, exhibit: Exhibit | None, then: int | None = None) -> None:
        """Open an exhibit, at frame `then` or where it was left; its frame table is read by a job.

        Asked again for the same exhibit it only goes to `then`, unless the exhibit was examined meanwhile.
        """
        key = (exhibit.number, exhibit.frames, exhibit.condition, exhibit.provisional) if exhibit is not None else None
        if key == self._opening and exhibit is not None:
            self._then = then if then is not None else self._then
            if self.clip is not None and then is not None:
                self.go(then)
            return
        if self.clip is not None and exhibit is not None and self._is_counted_now(exhibit):
            # The picture stays where it is: only its number may be another in a moment.
            self._opening, self._then = key, then if then is not None else self._then
            self._load(exhibit)
            return
        self.pause()
        self._remember()
        self.clip, self.head, self._then, self._opening = None, None, then, key
        self.why_none = _why_no_picture(exhibit)
        self.opened.emit()
        if exhibit is not None and exhibit.frames:
            self._load(exhibit)

    def _is_counted_now(self, exhibit: Exhibit) -> bool:
        shown = self.clip.exhibit if self.clip is not None else None
        return shown is not None and shown.number == exhibit.number and shown.provisional and not exhibit.provisional

    def _load(self, exhibit: Exhibit) -> None:
        task = partial(_load, self._worker, self._context.session.case, exhibit)
        title = tr("Frame table of {exhibit}", exhibit=exhibit.number)
        failed = partial(self._not_loaded, exhibit.number)
        self._context.runner.start(title, task, self, then=self._loaded, failed=failed, background=True)

    def _worker(self) -> MediaWorker:
        return self._context.session.job_worker

    def _loaded(self, clip: Clip) -> None:
        # An answer to an older question about this exhibit is no answer: its frames were counted meanwhile.
        if self._opening is None or (clip.exhibit.number, clip.provisional) != (self._opening[0], self._opening[3]):
            return
        before, self.clip = self.clip, clip
        self.why_none = ("", "")
        if before is not None and self.head is not None:
            self._carry_over(before, self.head, clip)
            return
        place = self._places.get(clip.exhibit.number) or _left(self.left_at.get(clip.exhibit.number))
        # A place of before its frames were counted says nothing about the counted ones.
        self.head = place if place is not None and place.count == len(clip.clock) else Playhead(len(clip.clock))
        if self._then is not None:
            self.head = self.head.stepped(self._then - self.head.n)
        self.opened.emit()
        self.marked.emit(self.head)
        self._show(1)

    def _carry_over(self, before: Clip, head: Playhead, clip: Clip) -> None:
        """Show the same picture under its counted number; marks and places go with it."""
        self.pause()
        self.reader.forget()
        self.head = head.renumbered(len(clip.clock), partial(before.number_in, clip.table))
        self._places.pop(clip.exhibit.number, None)
        self.recounted.emit(before)
        self.opened.emit()
        self.marked.emit(self.head)
        self._show(1)

    def _not_loaded(self, number: str, error: EvidenceDeskError) -> None:
        if self._opening is not None and number == self._opening[0]:
            self.clip = self.head = None
            self.why_none = (tr("{exhibit} cannot be opened", exhibit=number), str(error))
            self.opened.emit()

    def places(self) -> dict[str, Playhead]:
        """Return where each exhibit that was open stands."""
        self._remember()
        return dict(self._places)

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
        self.reader.request(self.wanted(self.clip, self.head.n, direction))

    def wanted(self, clip: Clip, n: int, direction: int = 1, ahead: int = 0) -> Wanted:
        """Return the request for frame n of the clip, shown as was chosen for its exhibit."""
        return Wanted(clip.exhibit.number, clip.path, clip.table, n, direction, ahead, self.view)

    @property
    def view(self) -> PictureView:
        """Return how the pictures of the open exhibit are to be shown; kept for each exhibit while the desk is open."""
        return self.view_of(self.clip.exhibit.number) if self.clip is not None else AS_IS

    def view_of(self, exhibit: str) -> PictureView:
        """Return how the pictures of an exhibit are to be shown."""
        return self._views.get(exhibit, AS_IS)

    def views(self) -> dict[str, PictureView]:
        """Return how the pictures of each exhibit are shown that was changed."""
        return dict(self._views)

    def start_view(self, exhibit: str, view: PictureView) -> None:
        """Show the pictures of an exhibit so from its first picture on."""
        self._views[exhibit] = view

    def set_view(self, view: PictureView) -> None:
        """Show the pictures of the open exhibit another way."""
        if self.clip is None or view == self.view:
            return
        self.pause()
        self._views[self.clip.exhibit.number] = view
        self.view_changed.emit()
        self._show(1)

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

    def try_again(self) -> None:
        """Ask again for a frame that could not be shown."""
        if self.state == FAILED:
            self._show(1)

    def _stopped(self, exhibit: str, _: int) -> None:
        self.stops[exhibit] += 1
        self.stops_changed.emit(exhibit)

    def state_of(self, shown: Shown) -> str:
        """Return how a picture stands, and remember what is known of it by its picture alone."""
        picture = shown.picture
        if self.clip is not None and picture.provisional and picture.hash:
            self.clip.seen[shown.n] = (picture.hash, picture.pts)
            return PROVISIONAL
        return EXACT if picture.exact else FAILED

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def pause(self) -> None:
        """There is no play to stop here."""


def _load(worker: Callable[[], MediaWorker], case: Case, exhibit: Exhibit, ctx: JobContext) -> Clip:
    path = case.paths.exhibit_file(exhibit)
    table = table_of(worker(), case.paths, exhibit, ctx)
    return Clip(exhibit, path, table, FrameClock.of(table), thumbs_of(case.paths, exhibit))


def _left(place: tuple[int, int] | None) -> Playhead | None:
    """Return the playhead where an exhibit was left; None where it was not, or the place makes no sense."""
    return Playhead(place[1], place[0]) if place is not None and 0 <= place[0] < place[1] else None


def _why_no_picture(exhibit: Exhibit | None) -> tuple[str, str]:
    """Return in words why there is no picture yet, or none at all."""
    if exhibit is None:
        return tr("No exhibit yet"), tr("Add a file in Intake, or drop one there.")
    if exhibit.frames:
        return tr("Opening {exhibit}", exhibit=exhibit.number), tr("Its frame table is being read.")
    if exhibit.condition == "unreadable":
        return tr("{exhibit} cannot be decoded", exhibit=exhibit.number), exhibit.condition_note
    if exhibit.condition == "not examined":
        return tr("{exhibit} has not been examined yet", exhibit=exhibit.number), tr("Its frames are not counted.")
    return tr("{exhibit} has no frames", exhibit=exhibit.number), exhibit.condition_note
