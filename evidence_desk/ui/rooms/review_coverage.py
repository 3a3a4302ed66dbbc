"""Takes note of every exact frame that is painted, and shows what was looked at: lane, figures, and what is left."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from evidence_desk.domain.coverage import Coverage
from evidence_desk.domain.records import Exhibit
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.models.exhibits import ExhibitModel
from evidence_desk.ui.panels.review_centre import ReviewCentre
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.translate import number, percent, tr
from evidence_desk.ui.widgets.timeline_lanes import COVERAGE

WRITE_MS = 2000
"""A process that is killed loses at most what was on screen since the last write."""
SHOW_MS = 500
_SOUND_GAP = 5
"""Seconds: pictures of one run that lie further apart were sought, and the sound between them was not heard."""


class CoverageDesk(QObject):
    """Notes what the picture of the room shows, and tells timeline and list how much that is."""

    def __init__(
        self, context: RoomContext, centre: ReviewCentre, desk: ClipDesk, exhibits: ExhibitModel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._centre, self._desk, self._exhibits = context, centre, desk, exhibits
        self._safe = context.session.safe_view
        self._heard: int | None = None
        self._write = QTimer(self)
        self._write.setSingleShot(True)
        self._write.setInterval(WRITE_MS)
        self._write.timeout.connect(self.write)
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOW_MS)
        self._show.timeout.connect(self._tell)
        centre.viewer.painted.connect(self._painted)
        desk.played.connect(self._played)
        desk.opened.connect(self._tell)
        exhibits.modelReset.connect(self._show_all)
        centre.looked_at.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._safe.lifted.connect(self._lifted)

    # --------------------------------------------------------------------------------------------------------- noting

    def _painted(self, shown: Shown, zoom: int) -> None:
        clip, session = self._desk.clip, self._context.session
        # Under a provisional number nobody can say later which frame it was.
        if clip is None or clip.provisional or clip.exhibit.number != shown.exhibit or not session.is_open:
            return
        way = self._desk.way
        lifted = self._safe.marked(shown.exhibit, shown.n)
        log = session.case.coverage
        log.saw(shown.exhibit, shown.n, speed=str(way) if way is not None else "", zoom=zoom, lifted=lifted)
        if way is not None and self._audible():
            first = shown.n if self._heard is None or self._is_gap(clip, self._heard, shown.n) else self._heard + 1
            if first <= shown.n:
                heard = self._desk.sound.stream_heard
                log.heard(shown.exhibit, first, shown.n, speed=str(way), stream=heard, lifted=lifted)
            self._heard = shown.n
        else:
            self._heard = None
        self._soon()

    def note_compared(self, shown: Shown, zoom: int) -> None:
        """Take note of a picture that was painted whole in a comparison; the sound is that of the playhead's clip."""
        clip, session = self._desk.clip, self._context.session
        if clip is not None and shown.exhibit == clip.exhibit.number and shown.n == self._desk.n:
            self._painted(shown, zoom)
        elif session.is_open and not shown.picture.provisional:
            way = self._desk.way
            lifted = self._safe.marked(shown.exhibit, shown.n)
            speed = str(way) if way is not None else ""
            session.case.coverage.saw(shown.exhibit, shown.n, speed=speed, zoom=zoom, lifted=lifted)
            self._soon()

    def _audible(self) -> bool:
        sound = self._desk.sound
        return self._desk.live.playing and not sound.silent and sound.volume > 0 and sound.has_way_out

    @staticmethod
    def _is_gap(clip: Clip, before: int, n: int) -> bool:
        return not 0 <= clip.clock.at(n) - clip.clock.at(before) <= _SOUND_GAP

    def _played(self, _: bool) -> None:
        self._heard = None

    def _lifted(self, exhibit: str, n: int) -> None:
        if self._context.session.is_open:
            self._context.session.case.coverage.uncovered(exhibit, n)
            self._soon()

    def _soon(self) -> None:
        if not self._write.isActive():
            self._write.start()
        if not self._show.isActive():
            self._show.start()

    def write(self) -> None:
        """Write what was noted; a failure is said once."""
        if not self._context.session.is_open:
            return
        log = self._context.session.case.coverage
        before = log.problem
        log.flush()
        if log.problem and not before:
            self._context.session.noticed.emit(log.problem, False)

    def _tell(self) -> None:
        clip = self._desk.clip
        found = self.here
        text = looked_at(found)
        self._centre.looked_at.setText(text)
        self._centre.looked_at.setAccessibleName(text)
        if clip is not None:
            self._exhibits.set_coverage(clip.exhibit.number, found)
            self._centre.timeline.set_extra(COVERAGE, found.spans)

    def _show_all(self) -> None:
        for exhibit in self._exhibits.exhibits:
            self._exhibits.set_coverage(exhibit.number, self.of(exhibit))

    # -------------------------------------------------------------------------------------------------------- telling

    def of(self, exhibit: Exhibit) -> Coverage:
        """Return what was on screen of an exhibit; nothing while its frames are not counted."""
        count = 0 if exhibit.provisional else exhibit.frames or 0
        return self._context.session.case.coverage.of(exhibit.number, count)

    @property
    def here(self) -> Coverage:
        """Return what was on screen of the open clip."""
        clip = self._desk.clip
        return self.of(clip.exhibit) if clip is not None and self._context.session.is_open else Coverage(0)

    def go_next_unseen(self) -> None:
        """Go to the next frame that was never on screen, from the start again; say so where there is none."""
        if self._desk.clip is None or self._desk.clip.provisional:
            self._context.session.noticed.emit(tr("The frames are not counted yet; nothing is noted of them."), False)
            return
        found = self.here.next_unseen(self._desk.n)
        if found is None:
            self._context.session.noticed.emit(tr("Every frame of this exhibit was on screen."), False)
        else:
            self._desk.go(found)


def looked_at(found: Coverage) -> str:
    """Return the figures for people: `Looked at: stepped 18 %, played 46 %, not yet 36 %`."""
    if not found.count:
        return ""
    stepped, _, unseen = found.figures
    if stepped == found.count:
        return tr("Looked at: all {count} frames stepped", count=number(found.count))
    if unseen == found.count:
        return tr("Not looked at yet")
    shares = [_share(part, found.count, share) for part, share in zip(found.figures, found.shares, strict=True)]
    return tr(
        "Looked at: stepped {stepped}, played {played}, not yet {unseen}",
        stepped=shares[0],
        played=shares[1],
        unseen=shares[2],
    )


def _share(part: int, count: int, share: int) -> str:
    """Return a share for people: one frame of thousands is not one percent of them, and all but one not 99."""
    if 0 < 100 * part < count:
        return f"<{percent(1, 100)}"
    if 0 < 100 * (count - part) < count:
        return f">{percent(99, 100)}"
    return percent(share, 100)
