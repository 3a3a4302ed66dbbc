"""What is typed or drawn under provisional numbers: read before it is kept, and brought over to the counted frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.domain.frames import FrameRow
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.commands import RegionDraft, frame_again
from evidence_desk.ui.models.observation_draft import Draft
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_places import Clip, ClipPlaces
from evidence_desk.ui.translate import number, tr


class UncountedFrames(QObject):
    """Stands between the form and the record while a clip's frames are not counted."""

    def __init__(self, context: RoomContext, places: ClipPlaces, form: ObservationForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._places, self._form = context, places, form
        self._reading = False

    def must_read(self, clip: Clip, draft: Draft, then: Callable[[], object]) -> bool:
        """Tell whether frames are named by a provisional number alone; they are read, and `then` keeps what waits."""
        if not clip.provisional or draft.first is None or draft.last is None:
            return False
        missing = clip.unseen(draft.first, draft.last)
        if not missing:
            return False
        if not self._reading:
            self._reading = True
            names = ", ".join(number(n) for n in missing)
            self._context.session.noticed.emit(tr("Frame {n} is read first, then it is kept.", n=names), False)
            self._context.runner.start(
                tr("Reading frame {n} of {exhibit}", n=names, exhibit=clip.exhibit.number),
                partial(_read, self._context.session.worker, clip, missing),
                self,
                then=partial(self._read, clip, then),
                failed=self._not_read,
                background=True,
            )
        return True

    def _read(self, clip: Clip, then: Callable[[], object], rows: list[FrameRow]) -> None:
        self._reading = False
        clip.seen.update({row.n: (row.hash, row.pts) for row in rows})
        # Another clip by now, or counted meanwhile: what was typed is still in the form and can be kept anew.
        if self._places.clip is clip:
            then()

    def _not_read(self, error: Exception) -> None:
        self._reading = False
        self._context.session.noticed.emit(str(error), False)

    def follow(self, before: Clip, regions: tuple[RegionDraft, ...]) -> tuple[RegionDraft, ...]:
        """Bring what is typed and drawn over to the counted frames; returns the regions that were found again."""
        clip = self._places.clip
        if clip is None:
            return ()
        self._form.renumber(partial(before.number_in, clip.table), clip.clock, self._places.n)
        found = []
        for region in regions:
            n = frame_again(clip.table, region.frame_hash, region.frame, None)
            if n is not None:
                found.append(replace(region, frame=n, provisional=False))
        lost = len(regions) - len(found)
        if lost:
            text = tr(
                "{count} boxes lay on pictures that are not among the counted frames; draw them again.", count=lost
            )
            self._context.session.noticed.emit(text, False)
        return tuple(found)


def _read(worker: MediaWorker, clip: Clip, numbers: tuple[int, ...], ctx: JobContext) -> list[FrameRow]:
    return [row for row, _ in worker.reached_at(clip.path, clip.table, numbers, ctx)]
