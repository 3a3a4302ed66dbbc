"""A second picture beside the one at the playhead: held, lined up by hand, or by moments that both exhibits share."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.domain.records import Exhibit, Sync
from evidence_desk.domain.sync import SHOWN, Extent
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.case import Case
from evidence_desk.services.intake import table_of, thumbs_of
from evidence_desk.services.playhead import FrameClock
from evidence_desk.services.sync import ByClocks, Synced, by_clocks, sync_between, synced
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.rooms.review_compare_pictures import ComparePictures, Pair
from evidence_desk.ui.translate import tr


class ComparePair(ComparePictures):
    """Chooses what stands beside and where. Signals: those of the pictures."""

    def __init__(
        self, context: RoomContext, desk: ClipDesk, shown: Callable[[], Shown | None], parent: QObject
    ) -> None:
        super().__init__(context, desk, shown, parent)
        self.there = Fraction(0)
        self.together = False
        self.synced: Synced | None = None
        self.clocks: ByClocks | None = None
        self._lead = Fraction(0)
        self._wanted: tuple[str, int | None] = ("", None)
        self._partners: dict[str, tuple[str, int | None]] = {}
        desk.opened.connect(self._opened)
        desk.moved.connect(self._moved)

    # ---------------------------------------------------------------------------------------------- on, off, with what

    def toggle(self) -> None:
        """Begin to compare with what this exhibit was compared with last, or end."""
        if self.on:
            self.leave()
        elif self._desk.clip is not None:
            self._turn(True)
            self._open_partner()

    def leave(self) -> None:
        """Show the picture alone again."""
        if self.on:
            self._turn(False)

    @property
    def wanted(self) -> str:
        """Return the exhibit that stands beside or is on its way there."""
        return self._wanted[0]

    def candidates(self) -> tuple[Exhibit, ...]:
        """Return the exhibits that can stand beside: those with frames."""
        return tuple(e for e in self._context.session.case.queries.exhibits() if e.frames)

    def keep_here(self) -> None:
        """Keep the frame at the playhead on screen beside those that are stepped to."""
        clip = self._desk.clip
        if clip is None:
            return
        if not self.on:
            self._turn(True)
        self.together = False
        self.choose(clip.exhibit.number, self._desk.n)

    def choose(self, exhibit: str, n: int | None = None) -> None:
        """Lay an exhibit beside, at frame n or where shared moments put it; its frame table is read by a job."""
        clip = self._desk.clip
        if clip is None:
            return
        self._wanted = self._partners[clip.exhibit.number] = (exhibit, n)
        self.pair, self.synced, self.shown, self.failed = None, None, (self.shown[0], None), ""
        self.paired.emit()
        self.changed.emit()
        if exhibit == clip.exhibit.number:
            whole = Extent(clip.table.duration)
            self._paired(Pair(clip, clip, whole, whole))
            return
        found = next((e for e in self.candidates() if e.number == exhibit), None)
        if found is None:
            return
        task = partial(_load, self._worker, self._context.session.case, clip, found)
        title = tr("Frame table of {exhibit}", exhibit=exhibit)
        self._context.runner.start(title, task, self, then=self._paired, background=True)

    def _worker(self) -> MediaWorker:
        return self._context.session.job_worker

    def _open_partner(self) -> None:
        clip = self._desk.clip
        if clip is None:
            return
        here = clip.exhibit.number
        tied = [{s.exhibit_a, s.exhibit_b} - {here} for s in self._syncs() if here in (s.exhibit_a, s.exhibit_b)]
        others = [e.number for e in self.candidates() if e.number != here]
        first_tied: tuple[str, int | None] = (next((x for found in tied for x in found), ""), None)
        partner, n = self._partners.get(here, first_tied)
        if partner and (partner in others or partner == here):
            self.choose(partner, n)
        elif others:
            self.choose(others[0])
        else:
            self.choose(here, self._desk.n)

    def _paired(self, pair: Pair) -> None:
        clip = self._desk.clip
        wanted, n = self._wanted
        if clip is None or pair.other.exhibit.number != wanted or pair.first.table is not clip.table or not self.on:
            return
        self.pair = pair
        self._read_sync()
        self.together = self.synced is not None and (n is None or self.together)
        self.clocks = None if pair.one_clip or self.synced is not None or n is not None else _clocks(pair)
        if self.clocks is not None:
            self.together, self._lead = True, self.clocks.lead
        self._set_frame(n if n is not None else pair.other.table.frame_at(pair.first.table.time_of(self._desk.n)))
        self.paired.emit()
        self.synced_anew.emit()
        self._follow()

    def _opened(self) -> None:
        if not self.on:
            return
        if self._desk.clip is None:
            self.pair, self.synced, self.shown = None, None, (None, None)
            self.paired.emit()
            return
        self._open_partner()

    def swap(self) -> None:
        """Exchange the sides: the other picture comes under the playhead, this one stands beside it."""
        if self.pair is None or self._desk.clip is None:
            return
        here, n = self._desk.clip.exhibit.number, self._desk.n
        other, m = self.pair.other.exhibit.number, self.n
        if self.pair.one_clip:
            self._set_frame(n)
            self._desk.go(m)
            self._ask()
            return
        self._partners[other] = (here, n)
        self._context.session.go_to(other, m)

    # -------------------------------------------------------------------------------------------------------- moving

    def set_together(self, together: bool) -> None:
        """Step both by shared time, or each by itself; without shared moments the frames on screen are lined up."""
        if self.pair is None or self._desk.head is None:
            return
        self.together, self.clocks = together, None
        if together and self.synced is None:
            self._lead = self.pair.other.table.time_of(self.n) - self.pair.first.table.time_of(self._desk.n)
        self.synced_anew.emit()
        self._follow()

    def nudge(self, by: int) -> None:
        """Step the other picture alone: it stands by itself then, or is lined up anew where no moment ties both."""
        if self.pair is None:
            return
        self._set_frame(min(max(self.n + by, 0), len(self.pair.other.clock) - 1))
        self.set_together(self.together and self.synced is None)
        self._ask()

    def go_moment(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) shared moment."""
        if self.synced is None:
            return
        frames = sorted((m.a.n, m.b.n) for m in self.synced.fit.moments)
        here = self._desk.n
        found = (
            next((f for f in frames if f[0] > here), None)
            if direction > 0
            else next((f for f in reversed(frames) if f[0] < here), None)
        )
        if found is not None:
            self.go(*found)

    def go(self, n: int, m: int) -> None:
        """Show frame n of side A and, where each side stands by itself, frame m of side B."""
        self._desk.go(n)
        if not self.together:
            self._set_frame(m)
            self._ask()

    def seek(self, seconds: Fraction) -> None:
        """Go to a time of side A."""
        if self.pair is not None:
            self._desk.go(self.pair.first.table.frame_at(max(seconds, Fraction(0))))

    def _moved(self, _: object) -> None:
        if self.on:
            self._follow()
            self.changed.emit()

    def time_beside(self, n: int) -> Fraction:
        """Return the time of side B when frame n of side A begins."""
        assert self.pair is not None
        seconds = self.pair.first.table.time_of(n)
        return self.synced.fit.at(seconds) if self.synced is not None else seconds + self._lead

    def _follow(self) -> None:
        if self.pair is None or not self.on:
            return
        if self.together and self._desk.n < len(self.pair.first.table):
            self.there = self.time_beside(self._desk.n)
            self.place = self.pair.other_extent.at(self.there)
            self.n = self.pair.other.table.frame_at(self.there)
        else:
            self.place = SHOWN
        self._ask()

    def _set_frame(self, n: int) -> None:
        self.n, self.place = n, SHOWN

    # ------------------------------------------------------------------------------------------------------- syncs

    def _syncs(self) -> tuple[Sync, ...]:
        return self._context.session.case.queries.syncs()

    def _read_sync(self) -> None:
        self.synced = None
        if self.pair is None or self.pair.one_clip:
            return
        a, b = self.pair.first, self.pair.other
        record = sync_between(self._syncs(), a.exhibit.number, b.exhibit.number)
        if record is not None:
            extents = (self.pair.first_extent, self.pair.other_extent)
            self.synced = synced(record, a.exhibit.number, a.table, b.table, extents)


def _clocks(pair: Pair) -> ByClocks | None:
    a, b = pair.first, pair.other
    return by_clocks(a.exhibit, b.exhibit, a.table, b.table)


def _load(worker: Callable[[], MediaWorker], case: Case, first: Clip, exhibit: Exhibit, ctx: JobContext) -> Pair:
    table = table_of(worker(), case.paths, exhibit, ctx)
    path = case.paths.exhibit_file(exhibit)
    clip = Clip(exhibit, path, table, FrameClock.of(table), thumbs_of(case.paths, exhibit))
    return Pair(first, clip, Extent.of(first.table), Extent.of(table))
