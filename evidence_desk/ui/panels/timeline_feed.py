"""What the timeline shows besides records and sound: small pictures, those of intake first, the rest made by jobs."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.panels.hover_feed import HoverFeed, small_pictures
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.safe_view import covered
from evidence_desk.ui.theme import current_theme, lane_height
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.timeline import Timeline

_THUMBNAILS_AT_ONCE = 3
_NEAR_ENOUGH = 8
"""A picture of intake serves where it lies no further off than this part of the way to the next one in the strip."""


class TimelineFeed(QObject):
    """Asks for the small pictures that the timeline lacks."""

    def __init__(self, context: RoomContext, desk: ClipDesk, timeline: Timeline, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._timeline = context, desk, timeline
        self._wanted: list[int] = []
        self._fetching = False
        self._given: dict[int, tuple[int, QImage, bool]] = {}
        context.session.safe_view.changed.connect(self._cover)
        timeline.thumbnails_wanted.connect(self._fetch_thumbnails)
        self._hover = HoverFeed(context, desk, timeline, self)

    def begin(self) -> None:
        """Another clip is shown: nothing of the one before is wanted any more."""
        self._wanted = []
        self._given = {}
        self._hover.begin()

    def _give(self, n: int, shows: int, image: QImage) -> None:
        """Give the timeline the picture for frame n, which shows frame `shows`; covered where either is."""
        is_covered = self._is_covered(n, shows)
        self._given[n] = (shows, image, is_covered)
        self._timeline.set_thumbnail(n, covered(image) if is_covered else image)

    def _cover(self) -> None:
        for n, (shows, image, was_covered) in list(self._given.items()):
            if self._is_covered(n, shows) != was_covered:
                self._give(n, shows, image)

    def _is_covered(self, n: int, shows: int) -> bool:
        clip, safe = self._desk.clip, self._context.session.safe_view
        return clip is not None and any(safe.covers(clip.exhibit.number, at, small=True) for at in (n, shows))

    def _quietly(self, _: EvidenceDeskError) -> None:
        """Without small pictures the lane stays empty; nothing else is affected."""
        self._fetching = False

    def _fetch_thumbnails(self, frames: list[int]) -> None:
        clip = self._desk.clip
        # Where frames are being counted, the same pass makes the pictures; asking now would only delay it.
        self._wanted = self._not_at_hand(list(frames)) if clip is not None and not clip.provisional else []
        self._fetch_more()

    def _not_at_hand(self, frames: list[int]) -> list[int]:
        """Show what intake made small pictures of; return the frames that have to be decoded."""
        thumbs = self._desk.clip.thumbs if self._desk.clip is not None else None
        if thumbs is None:
            return frames
        gap = min((abs(b - a) for a, b in pairwise(sorted(frames))), default=0) // _NEAR_ENOUGH
        rest = []
        for n in frames:
            near = thumbs.nearest(n)
            if near is not None and abs(near[0] - n) <= gap:
                self._give(n, near[0], QImage.fromData(near[1]))
            else:
                rest.append(n)
        return rest

    def _fetch_more(self) -> None:
        clip = self._desk.clip
        if self._fetching or clip is None or not self._wanted:
            return
        now = self._wanted[:_THUMBNAILS_AT_ONCE]
        del self._wanted[:_THUMBNAILS_AT_ONCE]
        height = round(
            (lane_height("filmstrip") - 3) * current_theme().scale / 100 * self._timeline.devicePixelRatioF()
        )
        task = partial(small_pictures, self._context.session.job_worker, clip, now, height)
        self._fetching = True
        title = tr("Small pictures of {exhibit}", exhibit=clip.exhibit.number)
        self._context.runner.start(
            title, task, self, then=partial(self._seen, clip.exhibit.number), failed=self._quietly, background=True
        )

    def _seen(self, exhibit: str, pictures: list[tuple[int, bytes]]) -> None:
        self._fetching = False
        if self._desk.clip is not None and self._desk.clip.exhibit.number == exhibit:
            for n, data in pictures:
                self._give(n, n, QImage.fromData(data))
        self._fetch_more()


def picture_aspect(clip: Clip) -> float:
    """Return width by height of the picture as shown, near enough for small pictures; 0 where it is not known."""
    wide, high = clip.table.width, clip.table.height
    if not wide or not high:
        return 0.0
    shown = float(Fraction(video_facts(clip).get("sar") or 1) * Fraction(wide, high)) or wide / high
    return 1 / shown if clip.exhibit.rotation % 180 else shown


def video_facts(clip: Clip) -> dict[str, Any]:
    """Return what the container says of the stream under review, {} where it says nothing."""
    streams = (clip.exhibit.facts or {}).get("streams", ())
    return next((s for s in streams if s.get("index") == clip.table.stream), {})
