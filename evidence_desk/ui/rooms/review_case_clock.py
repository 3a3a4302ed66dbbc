"""The case clock in Review: shown for each frame, set at the frame on screen."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from evidence_desk.domain.case_clock import CaseClock, case_clock_of, clock_words, zone_named
from evidence_desk.services import commands
from evidence_desk.ui.field_keeping import FieldKeeping, begun_words
from evidence_desk.ui.panels.case_clock_strip import CaseClockStrip
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import number, tr

if TYPE_CHECKING:
    from evidence_desk.ui.panels.review_centre import ReviewCentre
    from evidence_desk.ui.rooms.review_clip import ClipDesk
    from evidence_desk.ui.rooms.review_places import Clip

KEY = "clock:"


class CaseClockHands(QObject):
    """Joins the fifth clock and its strip to the exhibit's record."""

    def __init__(self, context: RoomContext, clip: ClipDesk, centre: ReviewCentre, strip: CaseClockStrip) -> None:
        super().__init__(centre)
        self._session, self._clip, self._centre, self._strip = context.session, clip, centre, strip
        clip.moved.connect(self._show)
        clip.opened.connect(self._opened)
        self._session.changed.connect(self._show)
        centre.clocks.case_clock_asked.connect(self.ask)
        strip.kept.connect(self._keep)
        strip.left.connect(self._left)
        self._asked = ""
        """The exhibit that the strip asks about, "" while it is closed."""
        self._timing = FieldKeeping(strip)
        self._timing.due.connect(self._put_aside)
        strip.edited.connect(self._timing.edited)
        context.actions.bind("observe.case_clock", self.ask, lambda: clip.has_frames, room="review")
        self._show()

    def _zone(self) -> tzinfo:
        return zone_named(self._session.case.queries.sheet().time_zone)

    def _clock(self) -> CaseClock | None:
        clip = self._clip.clip
        return None if clip is None else case_clock_of(self._session.case.queries.exhibit(clip.exhibit.number))

    def _moment(self, case_clock: CaseClock | None) -> datetime | None:
        clip = self._clip.clip
        if clip is None or case_clock is None or case_clock.frame >= len(clip.clock):
            return None
        return case_clock.moment(clip.clock.at(self._clip.n) - clip.clock.at(case_clock.frame))

    def _show(self, _: object = None) -> None:
        if self._session.is_open and self._clip.clip is not None:
            known = self._clock()
            self._centre.clocks.show_case_clock(known, self._moment(known), self._zone())

    def _opened(self) -> None:
        if self._timing.waiting:
            self._put_aside()
        self._timing.settled()
        self._asked = ""
        self._strip.hide()
        self._show()

    def ask(self) -> None:
        """Open the strip for the frame on screen."""
        if self._clip.clip is None or not self._session.writable:
            return
        self._clip.pause()
        frame_hash = self._clip.clip.hash_of(self._clip.n)
        if not frame_hash:
            said = tr("Frame {n} is not shown exactly yet; the clock is set on a picture.", n=number(self._clip.n))
            self._session.noticed.emit(said, False)
            return
        known, zone = self._clock(), self._zone()
        moment = self._moment(known)
        here = f"{moment.astimezone(zone):%Y-%m-%d} {clock_words(moment, zone)}" if moment is not None else ""
        self._strip.ask(self._clip.n, frame_hash, zone, known, here)
        self._offer(self._clip.clip)
        self._share_height()

    # What is typed waits as a draft of the exhibit until it is kept or the strip is left on purpose.

    def _put_aside(self) -> None:
        if self._asked and self._session.writable:
            self._session.case.drafts.put(KEY + self._asked, self._strip.state())

    def _offer(self, clip: Clip) -> None:
        self._asked = clip.exhibit.number
        draft = self._session.case.drafts.get(KEY + self._asked)
        frame = draft.body.get("frame") if draft is not None else None
        if draft is None or type(frame) is not int or not 0 <= frame < len(clip.clock):
            return
        # A moment was typed for one picture: where another stands there now, it says nothing.
        if clip.hash_of(frame) == draft.body.get("hash"):
            self._strip.offer(draft.body, begun_words(draft))

    def _drop(self) -> None:
        self._timing.settled()
        if self._asked and self._session.is_open:
            self._session.case.drafts.drop(KEY + self._asked)
        self._asked = ""

    def _left(self) -> None:
        self._drop()
        self._back()

    def _keep(self, values: dict[str, object]) -> None:
        clip = self._clip.clip
        if clip is None:
            return
        exhibit = clip.exhibit.number
        now = self._session.case.queries.exhibit(exhibit)
        if all(getattr(now, name) == value for name, value in values.items()):
            self._strip.leave()
            return
        said = tr("Case clock of {exhibit} kept", exhibit=exhibit)
        if self._session.run(commands.edit(exhibit, values), said) is not None:
            self._drop()
            self._strip.hide()
            self._back()

    def _share_height(self) -> None:
        """Let the lanes and not the picture give the height of the strip, once its layout knows it."""
        QTimer.singleShot(0, self._centre, self._centre.fit_timeline)

    def _back(self) -> None:
        self._share_height()
        self._centre.viewer.setFocus(Qt.FocusReason.OtherFocusReason)
