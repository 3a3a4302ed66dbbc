"""Regions that move: their key frames, how long they last, following a target, and accepting what was followed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import TRACKED, KeyFrame, Placed, Points, absent, key_frames_of, placed, present
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.services.case import Case
from evidence_desk.services.tracked_looks import looked_at_before
from evidence_desk.services.tracking import REACH, Followed, Way, follow, way_of
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.rooms.review_regions import PictureRegions
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.viewer import Viewer

LIVES = ("frame", "span", "keyed")


class MovingRegions(QObject):
    """Acts on the region that the keyboard works on."""

    def __init__(
        self, context: RoomContext, viewer: Viewer, clip: ClipDesk, observe: ObserveDesk, regions: PictureRegions
    ) -> None:
        super().__init__(viewer)
        self._context, self._viewer, self._clip, self._observe = context, viewer, clip, observe
        self._regions = regions
        self._seen: set[tuple[Case, str, str, int, Points]] = set()
        self._recalled: set[tuple[Case, str, str]] = set()
        self._running = False
        regions.changed.connect(self._look)
        clip.state_changed.connect(self._look)

    # ------------------------------------------------------------------------------------------------------- facts

    @property
    def can(self) -> bool:
        """Tell whether there is a region to act on."""
        return self._observe.writable and self._regions.chosen() is not None

    @property
    def can_accept(self) -> bool:
        """Tell whether tracked frames of the region were looked at and not accepted yet."""
        region = self._regions.chosen()
        return self._observe.writable and region is not None and bool(self._looked_at(region))

    def here(self) -> Placed | None:
        """Return where the region stands on the frame on screen, None where it does not."""
        region = self._regions.chosen()
        return self._placed(region, self._clip.n) if region is not None else None

    def gone(self) -> KeyFrame | None:
        """Return the key frame that says that the region is not in the picture on the frame on screen."""
        region = self._regions.chosen()
        return absent(region, self._clip.n) if region is not None else None

    def _placed(self, region: Region, n: int) -> Placed | None:
        stamp = self._clip.clip.stamp(n) if self._clip.clip is not None else None
        return placed(region, n, self._regions.span_of(region), stamp)

    def _look(self, *_: object) -> None:
        """Note the tracked places that are on screen, exactly and at rest: only those can be accepted."""
        if not self._viewer.is_exact or self._clip.playing or self._viewer.shown is None:
            return
        n, session = self._viewer.shown.n, self._context.session
        if session.safe_view.covers(session.exhibit, n):
            return
        for shape in self._viewer.shapes:
            if shape.by == TRACKED and shape.frame == n and not shape.is_between:
                self._seen.add((session.case, session.case.actor, shape.number, n, shape.points))

    def _looked_at(self, region: Region) -> set[int]:
        session = self._context.session
        waiting = [k for k in key_frames_of(region) if k.by == TRACKED]
        who = session.case, session.case.actor, region.number
        if waiting and who not in self._recalled:
            # What was looked at before this window was opened; from here on it is seen as it happens.
            self._recalled.add(who)
            before = looked_at_before(session.case, region, session.exhibit)
            self._seen |= {(*who, *place) for place in before}
        return {k.frame for k in waiting if (*who, k.frame, k.points) in self._seen}

    # ------------------------------------------------------------------------------------------------------- changes

    def _exactly(self, action: Callable[[Region, Clip, int], Command]) -> None:
        region = self._regions.chosen()
        if region is None:
            self._say(tr("Choose a region first."))
            return

        def run() -> None:
            clip = self._clip.clip
            if clip is None:
                return
            try:
                command = action(region, clip, self._clip.n)
            except EvidenceDeskError as error:
                self._context.session.failed.emit(error)
                return
            self._context.session.run(command, command.label, undo=True)

        self._observe.when_exact(run)

    def set_key_frame(self) -> None:
        """Fix the region where it stands on this frame; where it does not stand yet, at its nearest key frame."""
        self._exactly(lambda r, clip, n: commands.set_key_frame(r, n, clip.hash_of(n), self._nearest(r, n), clip.stamp))

    def set_outside(self) -> None:
        """Say that the region is not in the picture from this frame until its next key frame; again takes it back."""
        self._exactly(self._outside)

    def _outside(self, region: Region, clip: Clip, n: int) -> Command:
        gone = absent(region, n)
        if gone is None:
            points = self._nearest(region, n)
            return commands.set_key_frame(region, n, clip.hash_of(n), points, clip.stamp, outside=True)
        return commands.remove_key_frame(region, gone.frame)

    def remove_key_frame(self) -> None:
        """Take the key frame of this frame away."""
        self._exactly(lambda r, _clip, n: commands.remove_key_frame(r, n))

    def set_life(self, life: str) -> None:
        """Let the region last for its frame, for its observation's span, or from key frame to key frame."""
        region = self._regions.chosen()
        if region is not None and region.life != life:
            stamps = self._clip.clip.stamp if self._clip.clip is not None else lambda _: None
            self._context.session.run(
                commands.set_life(region, life, stamps), tr("Life of the region changed"), undo=True
            )

    def next_life(self) -> None:
        """Change how long the region lasts: this frame, the span, key frames, and round again."""
        region = self._regions.chosen()
        if region is not None:
            self.set_life(LIVES[(LIVES.index(region.life) + 1) % len(LIVES)])

    def accept(self) -> None:
        """Accept the tracked frames of the region that were on screen exactly since they were tracked."""
        region = self._regions.chosen()
        if region is None:
            return
        frames = self._looked_at(region)
        if not frames:
            self._say(tr("No tracked frame was looked at since. Step through them, then accept."))
            return
        said = plural(len(frames), "{count} tracked frame accepted", "{count} tracked frames accepted")
        self._context.session.run(commands.accept_tracked(region, frames), said, undo=True)

    def next_unseen(self) -> None:
        """Go to the next tracked frame of the region that is not accepted and was not looked at."""
        region = self._regions.chosen()
        if region is None:
            return
        left = {k.frame for k in key_frames_of(region) if k.by == TRACKED} - self._looked_at(region)
        if not left:
            self._say(tr("Every tracked frame of {number} was looked at.", number=region.number))
            return
        self._clip.go(min(left, key=lambda f: (f < self._clip.n, f)))

    def ask_words(self) -> None:
        """Ask for the words of the region."""
        region = self._regions.chosen()
        if region is not None:
            self._regions.ask_words(region.number)

    def next_corner(self) -> None:
        """Let the keyboard hold the next corner of the region, after the last the whole of it."""
        region = self._regions.chosen()
        if region is None:
            return
        self._viewer.choose_region(region.number)
        held = self._viewer.hold_next_corner()
        words = tr("Alt+arrows move the whole of {number}", number=region.number)
        if held >= 0:
            words = tr("Alt+arrows move corner {n} of {number}", n=number(held + 1), number=region.number)
        self._say(words)

    def _nearest(self, region: Region, n: int) -> Points:
        here = self._placed(region, n)
        if here is not None:
            return here.points
        return min(present(key_frames_of(region)), key=lambda k: (abs(k.frame - n), k.frame)).points

    # ------------------------------------------------------------------------------------------------------- tracking

    def track(self, direction: int) -> None:
        """Follow what the region holds, forwards (1) or backwards (-1), as far as its observation lasts."""
        region = self._regions.chosen()
        if region is None:
            self._say(tr("Choose a region first."))
        elif self._running:
            self._say(tr("A region is being tracked already."))
        else:
            self._observe.when_exact(lambda: self._track(region, direction))

    def _track(self, region: Region, direction: int) -> None:
        clip, n = self._clip.clip, self._clip.n
        if clip is None:
            return
        span = self._regions.span_of(region)
        try:
            way = way_of(clip.exhibit, clip.table, region, span, (n, clip.hash_of(n)), n + direction * REACH)
        except EvidenceDeskError as error:
            self._context.session.failed.emit(error)
            return
        self._running = True
        title = tr("Track {number} from frame {n}", number=region.number, n=number(n))
        task = partial(_follow, self._context.session.job_worker, clip, way)
        self._context.runner.start(title, task, self, then=partial(self._tracked, way, clip), failed=self._failed)

    def _tracked(self, way: Way, clip: Clip, found: Followed) -> None:
        self._running = False
        words = _lost_words(way, found)
        if not found.keys:
            self._say(words)
            return
        reached, lost = found.reached(way), bool(found.lost)
        kept = commands.keep_track(way.region, way.here, reached, found.keys, clip.stamp, lost=lost)
        session = self._context.session
        if session.run(kept) is not None:
            session.case.coverage.begin_anew(way.exhibit.number)
            session.noticed.emit(words, True)

    def _failed(self, error: EvidenceDeskError) -> None:
        self._running = False
        if not isinstance(error, Cancelled):
            self._context.session.failed.emit(error)

    def _say(self, text: str) -> None:
        self._context.session.noticed.emit(text, False)


def _follow(worker: MediaWorker, clip: Clip, way: Way, ctx: JobContext) -> Followed:
    return follow(worker, clip.path, clip.table, way, ctx)


def _lost_words(way: Way, found: Followed) -> str:
    """Return what came of tracking: how many frames wait to be looked at, and where and why the target was lost."""
    count = len(present(found.keys))
    done = plural(count, "{count} frame tracked, not yet looked at.", "{count} frames tracked, not yet looked at.")
    if not found.lost:
        return tr("{number}: {done}", number=way.region.number, done=done)
    lost = tr("Target lost at frame {n}: {why}.", n=number(found.lost_at), why=found.lost)
    if not count:
        return tr("{lost} Nothing was tracked.", lost=lost)
    if found.gone:
        gone = plural(found.gone, "{count} frame of an older run goes.", "{count} frames of an older run go.")
        return f"{lost} {done} {gone}"
    return f"{lost} {done}"
