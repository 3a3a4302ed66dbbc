"""The Review room: step to a frame, say what is seen, draw where, link it to a claim."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QPixmap

from evidence_desk.domain.records import Exhibit, Observation, Region
from evidence_desk.ui.dialogs.history import HistoryDialog
from evidence_desk.ui.dialogs.withdraw import WithdrawDialog
from evidence_desk.ui.panels.region_bar import RegionBar
from evidence_desk.ui.rooms.claims_content import history_of
from evidence_desk.ui.rooms.review_actions import ReviewActions
from evidence_desk.ui.rooms.review_attributes import AttributeHands
from evidence_desk.ui.rooms.review_case_clock import CaseClockHands
from evidence_desk.ui.rooms.review_compare_actions import CompareHands
from evidence_desk.ui.rooms.review_float import PictureFloat
from evidence_desk.ui.rooms.review_instances import InstanceMarks
from evidence_desk.ui.rooms.review_lanes import LaneHands
from evidence_desk.ui.rooms.review_layout import ReviewLayout
from evidence_desk.ui.rooms.review_links import LinkHands
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.rooms.review_regions import PictureRegions
from evidence_desk.ui.rooms.review_resume import Resume
from evidence_desk.ui.rooms.review_sound_range import SoundRangeHands
from evidence_desk.ui.rooms.review_spoken import SpokenSteps
from evidence_desk.ui.rooms.review_tracking import MovingRegions
from evidence_desk.ui.thumbnails import Thumbnails
from evidence_desk.ui.translate import number, plural, tr


class ReviewRoom(ReviewLayout):
    """Navigator, picture with timeline, inspector."""

    def build_up(self) -> Iterator[None]:
        """Make the parts, join them and open the exhibit at hand."""
        self._released = False
        self._exhibits: tuple[Exhibit, ...] = ()
        yield from super().build_up()
        yield
        context = self.context
        self.observe = ObserveDesk(context, self.clip, self.form, self)
        self.navigator.observations.model.book = self.observe.kept_rows
        self.links = LinkHands(context, self.observe, self.form, self.centre.viewer)
        self.regions = PictureRegions(context, self.centre.viewer, self.clip, self.observe, self.form)
        self.moving = MovingRegions(context, self.centre.viewer, self.clip, self.observe, self.regions)
        self.thumbnails = Thumbnails(self.session, context.runner, self)
        self.observe.seen_as_now = self.centre.adjust.seen_as_now
        self._connect()
        yield
        self.hands = ReviewActions(context, self)
        yield
        self.instances = InstanceMarks(context.actions, self.session, self.regions, self.observe, self.centre.viewer)
        self.attributes = AttributeHands(self.session, self.clip, self.observe, self.centre.viewer)
        yield
        self.region_bar = RegionBar(context, self.centre.viewer, self.regions, self.moving)
        self.lanes = LaneHands(context, self)
        yield
        self.compare = CompareHands(context, self)
        yield
        self.sound_range = SoundRangeHands(context, self)
        self.case_clock = CaseClockHands(context, self.clip, self.centre, self.centre.case_clock)
        self.spoken = SpokenSteps(self.clip, self.observe, self.centre.viewer)
        self.form.set_writable(self.session.writable)
        self.centre.viewer.set_writable(self.session.writable)
        yield
        self.float = PictureFloat(context, self)
        self.resume = Resume(self)
        yield
        yield from self.observe.read_ahead()
        self.observe.reload()
        yield
        self.paint_in_turn()
        self.observe.marked.connect(self.paint_in_turn)
        self._open_exhibit(self.session.exhibit)

    # -------------------------------------------------------------------------------------------------------- wiring

    def _connect(self) -> None:
        navigator, form, centre = self.navigator, self.form, self.centre
        navigator.exhibit_picked.connect(self.session.select_exhibit)
        navigator.folds.chosen.connect(self.session.show_record)
        navigator.observations.picked.connect(self._row_picked)
        navigator.observations.entered.connect(self._row_entered)
        navigator.observations.observe_asked.connect(self.observe.observe_now)
        form.keep_asked.connect(self.keep)
        form.leave_asked.connect(self.leave_form)
        form.withdraw_asked.connect(self.withdraw)
        form.box_asked.connect(self.regions.take_box)
        form.history_asked.connect(self.show_history)
        form.about.seen_as.restore_asked.connect(self.show_as_seen)
        form.observe_asked.connect(self.observe.observe_now)
        centre.timeline.picked.connect(self.observe.select)
        self.clip.opened.connect(self._clip_opened)
        self.observe.reloaded.connect(self._reloaded)
        self.observe.selected.connect(self._selected)
        self.session.exhibit_selected.connect(self._open_exhibit)
        self.session.observation_selected.connect(self._select_from_outside)
        self.thumbnails.arrived.connect(self._thumbnail)

    def _open_exhibit(self, wanted: str) -> None:
        if self._released:
            return
        if not self.observe.settle():
            self.navigator.select_exhibit(self.clip.clip.exhibit.number if self.clip.clip is not None else "")
            return
        exhibit = next((e for e in self._exhibits if e.number == wanted), None)
        record = self.observe.observation(self.observe.current) if self.observe.current else None
        if record is not None and record.exhibit != wanted:
            self.observe.select("")
        self.navigator.select_exhibit(wanted)
        self.navigator.observations.set_exhibit(wanted)
        self.clip.open(exhibit)

    def _clip_opened(self) -> None:
        self.navigator.observations.set_observing(self.clip.has_frames and self.session.writable)
        self.lanes.show()
        # Only now: a lane that grows later must not make the picture jump under the hand.
        self.centre.fit_timeline()
        self.actions_.refresh()
        if not self.form.dirty:
            self.observe.show_current()
        self.links.show()

    def _reloaded(self) -> None:
        self._exhibits = self.session.case.queries.exhibits()
        self.navigator.set_exhibits(self._exhibits, self.session.exhibit)
        self.thumbnails.ask(self._exhibits)
        for exhibit in self._exhibits:
            self._thumbnail(exhibit.number)
        self.navigator.show_records(self.observe.rows, self.observe.current, self.session.case.queries)
        self.rail.set_counts(len(self._exhibits), len(self.observe.here()))
        self.lanes.show()
        self.links.show()
        current = next((e for e in self._exhibits if e.number == self.session.exhibit), None)
        self.clip.open(current)
        self.status_changed.emit()

    def _thumbnail(self, exhibit: str) -> None:
        picture = self.thumbnails.picture(exhibit)
        if picture is not None:
            self.navigator.exhibits.set_thumbnail(exhibit, QPixmap.fromImage(picture))

    def _selected(self, wanted: str) -> None:
        self.navigator.observations.select(wanted)
        self.centre.timeline.set_selected(wanted)
        self.links.show()
        self.actions_.refresh()

    def _select_from_outside(self, wanted: str) -> None:
        if not self._released and wanted and wanted != self.observe.current:
            self.observe.select(wanted)

    def _row_picked(self, wanted: str) -> None:
        record = self.observe.observation(wanted)
        if record is not None and self.observe.select(wanted):
            self.observe.show_place(record)

    def _row_entered(self, wanted: str) -> None:
        self._row_picked(wanted)
        if self._narrow:
            self.navigator.hide()
        self.focus_form()

    # ------------------------------------------------------------------------------------------------- what forms ask

    def keep(self) -> None:
        """Keep what the form holds and go back to the picture; while a link is being made, keep the link."""
        if self.form.picker.accept_here() or (self.form.record is None and not self.form.is_new):
            return
        if self.observe.keep():
            self.take_focus()

    def leave_form(self) -> None:
        """Leave the form: a new one is discarded, an edited one is kept."""
        if self.form.is_new:
            self.observe.discard()
        elif not self.observe.settle():
            return
        self.take_focus()

    def withdraw(self) -> None:
        """Withdraw the current observation, with a reason and a word on what goes with it."""
        record = self.observe.observation(self.observe.current)
        if record is None:
            return
        term = self.observe.terms.get(record.term)
        what = term.label if term is not None else record.term
        dialog = WithdrawDialog(record.number, what, self.observe.reach_of(record.number), self.window())
        if self.context.prompter.run(dialog):
            self.observe.withdraw(record.number, dialog.reason)
            self.take_focus()

    def show_history(self) -> None:
        """Show every event of the current observation."""
        number = self.observe.current
        if number:
            lines = history_of(self.session.case.queries, number)
            self.context.prompter.run(HistoryDialog(number, lines, self.window()))

    def show_as_seen(self) -> None:
        """Show the first frame of the current observation under the view it was made under."""
        record = self.observe.observation(self.observe.current)
        if record is not None:
            self.observe.show_place(record)
            self.centre.adjust.restore(record.seen_as, record.exhibit)

    # --------------------------------------------------------------------------------------------- what the window asks

    def enter(self) -> None:
        """Bring the exhibits up to date and put the keyboard on the picture."""
        self._open_exhibit(self.session.exhibit)
        self._select_from_outside(self.session.observation)
        self.float.enter()
        self.take_focus()

    def leave(self) -> None:
        """Stop playing and keep what the form holds."""
        self.clip.pause()
        self.observe.settle()
        self.float.leave()

    def go_to(self, exhibit: str, frame: int) -> None:
        """Show a frame of an exhibit."""
        if exhibit == self.session.exhibit and self.clip.clip is not None:
            self.clip.go(frame)
            return
        found = next((e for e in self._exhibits if e.number == exhibit), None)
        self.clip.open(found, then=frame)

    def show_record(self, number: str) -> None:
        """Select an observation, the one of a region, or an exhibit."""
        record = self.session.case.queries.get(number)
        if isinstance(record, Region):
            record = self.session.case.queries.get(record.observation)
        if isinstance(record, Observation) and self.observe.select(record.number):
            self.observe.show_place(record)

    def escape(self) -> bool:
        """Go one level back, at last to the picture."""
        viewer = self.centre.viewer
        if self.centre.clocks.asking:
            self.centre.clocks.leave()
        elif not self.form.picker.isHidden():
            self.form.picker.left.emit()
        elif self._narrow and self.navigator.isVisible():
            self.navigator.hide()
        elif self.clip.playing:
            self.clip.pause()
        elif self.compare.escape() or viewer.tool != "select":
            self.regions.take_select()
        elif viewer.chosen_region:
            viewer.choose_region("")
        elif self.float.escape():
            return True
        elif viewer.hasFocus():
            return False
        self.take_focus()
        return True

    def unkept(self) -> str:
        """Keep an edited form or put it aside; name it only where the case file cannot be written."""
        self.links.put_aside()
        self.regions.rest()
        found = self.observe.unkept()
        return tr("the form of {number}", number=found) if found else ""

    def status(self) -> str:
        """Count the observations and those without a link; say why play has no sound."""
        counted = _count(len(self.observe.rows), self.observe.kept_rows.loose)
        return "  ·  ".join(part for part in (counted, self.clip.sound.why_silent) if part)

    def release(self) -> None:
        """Keep what the form holds or put it aside, stop play and the reader."""
        if not self._released:
            self.observe.put_aside()
            self.links.put_aside()
            self.resume.keep_now()
            self._released = True
            self.float.release()
            self.clip.close()


def _count(rows: int, loose: int) -> str:
    text = plural(rows, "{count} observation", "{count} observations")
    return tr("{text}, {loose} without a link", text=text, loose=number(loose)) if rows else text
