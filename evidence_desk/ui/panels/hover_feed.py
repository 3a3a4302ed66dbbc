"""The small picture under the pointer: at once the nearest of intake, then that very frame once the pointer rests."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.timeline_hover import HEIGHT

_REST_MS = 120
_KEPT = 64


class HoverFeed(QObject):
    """Gives the timeline pictures of the frame under the pointer, covered where the frame is."""

    def __init__(self, context: RoomContext, desk: ClipDesk, timeline: Timeline, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._timeline = context, desk, timeline
        self._n = -1
        self._fetching = False
        self._held: dict[int, QImage] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._fetch)
        timeline.hovered.connect(self._hovered)

    def begin(self) -> None:
        """Another clip is shown: the pictures of the one before are not its."""
        self._held = {}

    def _hovered(self, n: int) -> None:
        self._n = n
        clip = self._desk.clip
        if n < 0 or clip is None:
            self._rest.stop()
            return
        if n in self._held:
            self._show(n, n, self._held[n])
            return
        near = clip.thumbs.nearest(n) if clip.thumbs is not None else None
        if near is not None:
            self._show(n, near[0], QImage.fromData(near[1]))
        self._rest.start()

    def _show(self, n: int, shows: int, image: QImage) -> None:
        clip, safe = self._desk.clip, self._context.session.safe_view
        if clip is None or image.isNull():
            return
        for at in {n, shows}:
            image = safe.picture(clip.exhibit.number, at, image)
        self._timeline.show_hover(n, shows, image)

    def _fetch(self) -> None:
        clip, n = self._desk.clip, self._n
        # While frames are being counted, or played, the machine has better to do.
        if clip is None or n < 0 or clip.provisional or self._fetching or self._desk.playing:
            return
        self._fetching = True
        height = round(current_theme().px(HEIGHT) * self._timeline.devicePixelRatioF())
        task = partial(small_pictures, self._context.session.job_worker, clip, [n], height)
        title = tr("Small pictures of {exhibit}", exhibit=clip.exhibit.number)
        self._context.runner.start(
            title, task, self, then=partial(self._came, clip), failed=self._quietly, background=True
        )

    def _came(self, clip: Clip, pictures: list[tuple[int, bytes]]) -> None:
        self._fetching = False
        if self._desk.clip is not clip:
            return
        for n, data in pictures:
            self._held[n] = QImage.fromData(data)
            self._show(n, n, self._held[n])
        while len(self._held) > _KEPT:
            del self._held[next(iter(self._held))]
        if self._n >= 0 and self._n not in self._held:
            self._rest.start()

    def _quietly(self, _: EvidenceDeskError) -> None:
        """Without a picture the words stand alone; nothing else is affected."""
        self._fetching = False


def small_pictures(
    worker: MediaWorker, clip: Clip, frames: list[int], height: int, ctx: JobContext
) -> list[tuple[int, bytes]]:
    """Return each frame's number and its small picture (JPEG) of `height` pixels."""
    found = []
    for done, n in enumerate(frames):
        ctx.progress(done, len(frames))
        found.append((n, worker.thumbnail(clip.path, clip.table, n, height)))
    return found
