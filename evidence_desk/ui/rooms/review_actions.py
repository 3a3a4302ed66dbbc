"""The actions of Review: what each key, menu entry and button of the room does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from evidence_desk.domain.codebook import TERM_KEYS
from evidence_desk.domain.controlled_values import NOT_ASSESSABLE, NOT_SEEN
from evidence_desk.services.shuttle import USUAL
from evidence_desk.ui.actions.specs import term_action
from evidence_desk.ui.panels.navigator import OBSERVATIONS
from evidence_desk.ui.panels.tool_strip import TOOL_ACTIONS
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_closer import CloserLook
from evidence_desk.ui.rooms.review_jog import Jog
from evidence_desk.ui.rooms.review_region_actions import RegionActions
from evidence_desk.ui.rooms.review_scrub import StepSound
from evidence_desk.ui.rooms.review_stills import Stills
from evidence_desk.ui.rooms.review_subject import SubjectHands
from evidence_desk.ui.rooms.review_views import AdjustActions, ViewActions
from evidence_desk.ui.rooms.review_zoom import ZoomActions

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

ROOM = "review"
Enabled = Callable[[], bool]


class ReviewActions(QObject):
    """Binds the room's actions; it holds no state of its own."""

    def __init__(self, context: RoomContext, room: ReviewRoom) -> None:
        super().__init__(room)
        self._context, self._room = context, room
        self.subject = SubjectHands(context, room)
        self._step_sound = StepSound(context, room.clip, lambda: room.centre.sound.track, self)
        context.actions.set_conditions({"frames": self._has_frames})
        self._bind_moves()
        self._bind_observing()
        self._bind_view()
        room.clip.moved.connect(self._refresh_ends)
        room.clip.marked.connect(self._refresh_marks)
        room.clip.sound.changed.connect(room.status_changed)
        room.observe.reloaded.connect(self._name_terms)
        room.observe.selected.connect(self._refresh)

    def _bind(self, id_: str, handler: Callable[[], object], enabled: Enabled | None = None) -> None:
        self._context.actions.bind(id_, handler, enabled, room=ROOM)

    def _bind_in_turn(self, id_: str, handler: Callable[[], object], enabled: Enabled | None = None) -> None:
        """Bind what leaves the frame: a mark made a moment before still gets its own."""
        self._bind(id_, partial(self._room.observe.in_turn.after, handler), enabled)

    def _bind_moves(self) -> None:
        clip, observe, bind = self._room.clip, self._room.observe, self._bind_in_turn
        bind("go.next_frame", partial(clip.step, 1), self._not_last)
        bind("go.prev_frame", partial(clip.step, -1), self._not_first)
        bind("go.next_ten", partial(clip.step, 10), self._not_last)
        bind("go.prev_ten", partial(clip.step, -10), self._not_first)
        bind("go.next_second", partial(self._step_second, 1), self._not_last)
        bind("go.prev_second", partial(self._step_second, -1), self._not_first)
        bind("go.first", partial(clip.go, 0), self._not_first)
        bind("go.last", clip.last, self._not_last)
        self._bind("go.to", self._room.centre.clocks.ask)
        bind("go.in", clip.go_in, self._has_in)
        bind("go.out", clip.go_out, self._has_out)
        bind("go.play", clip.toggle)
        jog = Jog(clip, self)
        self._bind("go.stop", jog.stop)
        bind("go.forward", partial(jog.go, 1))
        bind("go.back", partial(jog.go, -1))
        self._bind_play()
        bind("go.next_observation", partial(observe.go_neighbour, 1))
        bind("go.prev_observation", partial(observe.go_neighbour, -1))
        self._bind("go.next_exhibit", partial(self._step_exhibit, 1))
        self._bind("go.prev_exhibit", partial(self._step_exhibit, -1))

    def _bind_play(self) -> None:
        clip = self._room.clip
        self._bind("go.faster", partial(clip.faster, 1))
        self._bind("go.slower", partial(clip.faster, -1))
        self._bind("go.usual_speed", partial(clip.set_speed, USUAL))
        self._bind("go.loop", self._toggle_loop)
        self._bind("go.mute", self._toggle_mute)
        self._bind("go.louder", partial(clip.sound.louder, 1))
        self._bind("go.quieter", partial(clip.sound.louder, -1))
        self._bind("go.scrub", self._toggle_step_sound)

    def _toggle_loop(self) -> None:
        self._room.clip.set_loop(self._context.actions.action("go.loop").isChecked())

    def _toggle_step_sound(self) -> None:
        self._step_sound.on = self._context.actions.action("go.scrub").isChecked()

    def _toggle_mute(self) -> None:
        self._room.clip.sound.set_muted(self._context.actions.action("go.mute").isChecked())

    def _bind_observing(self) -> None:
        clip, observe, room = self._room.clip, self._room.observe, self._room
        self._bind("observe.now", partial(observe.when_exact, observe.observe_now))
        self._bind("observe.again", partial(observe.when_exact, observe.observe_again))
        self._bind("observe.form", partial(observe.when_exact, self._open_form))
        self._bind("observe.not_seen", partial(observe.when_exact, partial(self._open_form, NOT_SEEN)))
        self._bind("observe.not_assessable", self._not_assessable)
        self._bind("observe.count", partial(observe.in_turn.after, room.form.ask_count), self._has_form)
        self._bind("go.again", clip.try_again)
        self._bind_in_turn("observe.mark_in", clip.mark_in)
        self._bind_in_turn("observe.mark_out", clip.mark_out)
        self._bind_in_turn("observe.clear_marks", clip.clear_marks, self._has_marks)
        for tool, id_ in TOOL_ACTIONS.items():
            self._bind(id_, partial(room.regions.take, tool))
        RegionActions(self._context.actions, room.moving, ROOM, self)
        Stills(self._context, room.clip, room.centre.viewer, observe.when_exact, ROOM, self)
        self._bind("observe.repeat", room.regions.repeat)
        for key in TERM_KEYS:
            self._bind(term_action(key), partial(observe.observe_term, key))
        self._bind("edit.record", room.focus_form, self._has_form)
        self._bind("edit.keep", room.keep, self._has_form)
        self._bind("edit.withdraw", room.withdraw, self._has_record)
        self._bind("edit.history", room.show_history, self._has_record)
        self._bind("edit.filter", self._filter)
        self._bind("claims.link", room.links.open_picker, self._has_record)
        self._bind("view.as_seen", room.show_as_seen, self._has_record)

    def _bind_view(self) -> None:
        viewer, timeline = self._room.centre.viewer, self._room.centre.timeline
        self._bind("view.zoom_in", partial(viewer.zoom_by, 1.25))
        self._bind("view.zoom_out", partial(viewer.zoom_by, 0.8))
        self._bind("view.zoom_fit", viewer.fit)
        self._bind("view.timeline_in", timeline.zoom_in)
        self._bind("view.timeline_out", timeline.zoom_out)
        self._bind("view.timeline_all", timeline.show_whole)
        sound = self._room.centre.sound
        self._bind("view.spectrogram", sound.toggle_spectrum)
        self._bind("view.sound_stream", sound.next_stream, lambda: sound.has_more_streams)
        sound.tell_spectrum()
        timing = self._room.timing
        self._bind("view.timing", timing.toggle)
        self._bind("go.next_unseen", self._room.coverage.go_next_unseen)
        self._bind("go.next_irregular", partial(timing.step, 1))
        self._bind("go.prev_irregular", partial(timing.step, -1))
        ZoomActions(self._context.actions, viewer, ROOM, self)
        self.closer = CloserLook(self._context, self._room.clip, viewer, ROOM, self)
        ViewActions(self._context.actions, self._room.clip, ROOM, self)
        AdjustActions(self._context.actions, self._room.centre.adjust, self._room.adjust, ROOM, self)

    # ------------------------------------------------------------------------------------------------------ conditions

    def _has_frames(self) -> bool:
        return self._room.clip.has_frames

    def _not_first(self) -> bool:
        head = self._room.clip.head
        return head is not None and not head.at_first

    def _not_last(self) -> bool:
        head = self._room.clip.head
        return head is not None and not head.at_last

    def _has_in(self) -> bool:
        head = self._room.clip.head
        return head is not None and head.mark_in is not None

    def _has_out(self) -> bool:
        head = self._room.clip.head
        return head is not None and head.mark_out is not None

    def _has_marks(self) -> bool:
        return self._has_in() or self._has_out()

    def _has_record(self) -> bool:
        return bool(self._room.observe.current)

    def _has_form(self) -> bool:
        return self._room.form.is_new or self._has_record()

    def _refresh(self, _: object = None) -> None:
        self._context.actions.refresh()

    def _refresh_ends(self, _: object = None) -> None:
        for id_ in ("next_frame", "prev_frame", "next_second", "prev_second", "next_ten", "prev_ten", "first", "last"):
            self._context.actions.refresh_action(f"go.{id_}")

    def _refresh_marks(self, _: object = None) -> None:
        for id_ in ("go.in", "go.out", "observe.clear_marks"):
            self._context.actions.refresh_action(id_)

    # --------------------------------------------------------------------------------------------------------- doings

    def _name_terms(self) -> None:
        """Give the keys of terms the words of the codebook; those that it leaves free are not listed."""
        actions = self._context.actions
        terms = {term.key: term for term in self._room.observe.terms.values() if term.key}
        for key in TERM_KEYS:
            actions.set_listed(term_action(key), key in terms)
        for key, term in terms.items():
            actions.set_text(term_action(key), term.label, term.definition, term.icon)

    def _open_form(self, presence: str = "observed") -> None:
        self._room.observe.open_form(presence=presence)
        self._refresh()  # now there is a form to be kept, and its words can be gone to

    def _not_assessable(self) -> None:
        """Open the form for it; where it is open already, go to the reason."""
        form, observe = self._room.form, self._room.observe
        if form.is_new and form.fields.why.wanted:
            form.fields.why.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            observe.when_exact(partial(self._open_form, NOT_ASSESSABLE))

    def _filter(self) -> None:
        self._room.show_navigator(OBSERVATIONS)
        self._room.navigator.observations.focus_filter()

    def _step_second(self, by: int) -> None:
        clip = self._room.clip
        if clip.clip is not None:
            clock = clip.clip.clock
            reached = clock.frame_at(clock.at(clip.n) + by)
            # A picture may stand for longer than a second: then it is the next one.
            clip.step(reached - clip.n or by)

    def _step_exhibit(self, by: int) -> None:
        exhibits = [e.number for e in self._room.navigator.exhibits.exhibits]
        here = self._context.session.exhibit
        place = exhibits.index(here) + by if here in exhibits else 0
        if 0 <= place < len(exhibits):
            self._context.session.select_exhibit(exhibits[place])
