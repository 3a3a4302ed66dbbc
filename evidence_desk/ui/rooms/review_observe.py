"""Observing: what is selected, what is made with one key, what the form keeps, and the regions on the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.changes import Area
from evidence_desk.domain.records import Observation
from evidence_desk.domain.sound_range import Ticks
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.services.commands import RegionDraft
from evidence_desk.ui.models.observation_draft import Draft, add_command, changed_fields
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_counting import UncountedFrames
from evidence_desk.ui.rooms.review_in_turn import InTurn
from evidence_desk.ui.rooms.review_places import Clip
from evidence_desk.ui.rooms.review_records import ObserveRecords
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.timeline_content import frames_text

NOTE = "note"
_AREAS = (Area.OBSERVATIONS, Area.REGIONS, Area.LINKS, Area.CODEBOOKS, Area.EXHIBITS, Area.CLAIMS, Area.PROPOSITIONS)


class ObserveDesk(ObserveRecords):
    """Makes, keeps, withdraws and links observations. Signals: those of the records; `marked(str)` by one key."""

    marked = Signal(str)

    def __init__(self, context: RoomContext, clip: ClipDesk, form: ObservationForm, parent: QObject) -> None:
        super().__init__(context, clip, form, parent)
        self._last_term = NOTE
        self.seen_as_now: Callable[[], dict[str, Any] | None] = lambda: None
        self.sound_of_frames: Callable[[int, int], Ticks | None] = lambda _first, _last: None
        self.in_turn = InTurn(context.session, clip, self)
        self.when_exact = self.in_turn.when_exact
        self._asked_word = ""
        self._uncounted = UncountedFrames(context, clip, form, self)
        clip.recounted.connect(self._recounted)

    # -------------------------------------------------------------------------------------------------------- making

    def _recounted(self, before: Clip) -> None:
        self.new_regions = self._uncounted.follow(before, self.new_regions)

    def draft_here(self, term: str, presence: str = "observed") -> Draft | None:
        """Return a draft of the marked range, or of this frame where nothing is marked."""
        found = self.terms.get(term)
        head = self._clip.head
        if found is None or head is None:
            return None
        first, last = head.span()
        marked = head.mark_in is not None or head.mark_out is not None
        sound = self.sound_of_frames(first, last) if marked and found.basis == "heard" else None
        # What is seen is said by a person: the sentence of the term is offered in the form, never kept unread.
        return Draft(term=term, first=first, last=last, basis=found.basis, presence=presence, sound=sound)

    def observe_now(self, term: str = "") -> None:
        """Keep an observation at once: the marked range or this frame, with the last term where none is given."""
        wanted = term or (self._last_term if self._last_term in self.terms else NOTE)
        if not self.settle():
            return
        draft = self.draft_here(wanted)
        if draft is not None and self._keep_new(draft, ()):
            self.marked.emit(self.current)

    def open_form(self, term: str = "", presence: str = "observed") -> None:
        """Open the form for an observation that is kept when it is filled."""
        if not self.settle():
            return
        draft = self.draft_here(term or (self._last_term if self._last_term in self.terms else NOTE), presence)
        if draft is None or self._clip.clip is None:
            return
        self.current, self.new_regions = "", ()
        self.selected.emit("")
        self._form.show_new(draft, self.terms, self._clip.clip.clock, self._clip.n)
        self._form.set_regions(0, 0)
        self._form.fields.term.setFocus()

    def observe_term(self, key: str) -> None:
        """Keep an observation of the term that has this key."""
        term = next((t for t in self.terms.values() if t.key == key), None)
        if term is not None:
            self.observe_now(term.id)

    def _keep_new(self, draft: Draft, regions: tuple[RegionDraft, ...]) -> bool:
        clip = self._clip.clip
        if clip is None or draft.first is None or draft.last is None:
            return False
        if self._uncounted.must_read(clip, draft, lambda: self._keep_new(draft, regions)):
            return False
        refs = clip.ref(draft.first), clip.ref(draft.last)
        self._keeping = True
        try:
            outcome = self._run(add_command(clip.exhibit.number, draft, refs, regions, self.seen_as_now()))
        finally:
            self._keeping = False
        if outcome is None:
            return False
        self._last_term = draft.term
        self.new_regions = ()
        self._form.dirty = False
        self._clip.clear_marks()
        self.current = outcome[0]
        self.reload()
        self._session.select_observation(self.current)
        self.selected.emit(self.current)
        self._say_kept(self.current, draft)
        return True

    def _say_kept(self, kept: str, draft: Draft) -> None:
        term = self.terms.get(draft.term)
        where = frames_text(draft.first, draft.last) if draft.first is not None and draft.last is not None else ""
        said = tr("{number} kept: {term}, {where}", number=kept, term=term.label if term else draft.term, where=where)
        self._session.noticed.emit(said.rstrip(", "), True)

    def _run(self, command: Command) -> tuple[str, ...] | None:
        outcome = self._session.run(command)
        return outcome.numbers if outcome is not None else None

    # --------------------------------------------------------------------------------------------------------- keeping

    def keep(self) -> bool:
        """Keep what the form holds, as one command; a word that the guard points at asks for a reason first, once."""
        fields = self._form.fields
        if fields.guard.open_question and self._asked_word != fields.guard.text:
            self._asked_word = fields.guard.text
            fields.guard.ask_reason()
            return False
        self._asked_word = ""
        return self.settle(asked=True)

    def settle(self, asked: bool = False) -> bool:
        """Keep an edited form before it is left; False where it cannot be kept and so has to stay."""
        form = self._form
        shows_something = form.is_new or form.record is not None
        if not form.dirty or not self.writable or not shows_something:
            form.dirty = False
            return True
        draft = form.fields.draft()
        if draft is None:
            problem = form.fields.problem()
            form.say(problem)
            self._session.noticed.emit(tr("The form stays open: {problem}", problem=problem), False)
            return False
        if form.record is None:
            return self._keep_new(draft, self._regions_of_range(draft))
        return self._keep_changes(form.record, draft, asked)

    def _regions_of_range(self, draft: Draft) -> tuple[RegionDraft, ...]:
        if draft.first is None or draft.last is None:
            return ()
        return tuple(r for r in self.new_regions if draft.first <= r.frame <= draft.last)

    def _keep_changes(self, record: Observation, draft: Draft, asked: bool) -> bool:
        clip = self._on_clip(record)
        moved = (draft.first, draft.last) != (record.first_frame, record.last_frame)
        if moved and clip is None:
            self._form.say(tr("Open {exhibit} to change its frames.", exhibit=record.exhibit))
            return False
        refs = None
        if moved and clip is not None and draft.first is not None and draft.last is not None:
            if self._uncounted.must_read(clip, draft, lambda: self.settle(asked)):
                return False
            refs = clip.ref(draft.first), clip.ref(draft.last)
        values = changed_fields(record, draft, refs)
        self._form.dirty = False
        if not values:
            self.show_current()
            return True
        if self._run(commands.edit(record.number, values, record.revision)) is None:
            self._form.mark_dirty()
            return False
        self._last_term = draft.term
        self._say_kept(record.number, draft)
        if asked:
            self.show_current()
        return True

    def discard(self) -> None:
        """Give up an observation that is being made."""
        if self._form.is_new:
            self._form.dirty = False
            self.new_regions = ()
            self.show_current()
            self.selected.emit(self.current)

    def unkept(self) -> str:
        """Return what cannot be kept as it is, "" where everything is on record."""
        if self.settle():
            return ""
        return self._form.record.number if self._form.record is not None else tr("the new observation")

    # --------------------------------------------------------------------------------------------- regions and links

    def add_shape(self, points: tuple[int, ...], shape: str = "box", label: str = "", *, purpose: str = "") -> None:
        """Take a shape drawn on this frame: for the new observation, for the selected one, or for one begun with it."""
        clip = self._clip.clip
        if clip is None or not self.writable:
            return
        n = self._clip.n
        draft = RegionDraft(n, clip.hash_of(n), points, shape, label, provisional=clip.provisional, purpose=purpose)
        record = self.observation(self.current) if self.current and not self._form.is_new else None
        if record is None:
            if not self._form.is_new:
                self.open_form()
            self.new_regions = (*self.new_regions, draft)
            self._form.set_regions(len(self.new_regions), len({r.frame for r in self.new_regions}))
            self._form.mark_dirty()
            self.reloaded.emit()
            return
        first, last = record.first_frame, record.last_frame
        if record.exhibit != clip.exhibit.number or first is None or last is None or not first <= n <= last:
            where = frames_text(first or 0, last or first or 0)
            text = tr(
                "Frame {n} is not among the frames of {number} ({where}).",
                n=number(n),
                number=record.number,
                where=where,
            )
            self._session.noticed.emit(text, False)
            return
        if self.settle():
            self._run(commands.add_region(record.number, draft))

    def withdraw(self, record: str, reason: str) -> None:
        """Withdraw a record with a reason."""
        self._form.dirty = False
        done = tr("{number} withdrawn; it stays in the record", number=record)
        self._session.run(commands.withdraw(record, reason), done)

    def link(self, target: str, relation: str, because: str) -> bool:
        """Link the current observation to a claim."""
        if not self.current or not self.settle():
            return False
        kept = self._run(commands.add_link(self.current, target, relation, because))
        if kept is not None:
            self._session.noticed.emit(tr("{origin} linked to {target}", origin=self.current, target=target), True)
        return kept is not None

    def targets(self) -> tuple[tuple[str, str], ...]:
        """Return number and words of every proposition and claim that can be linked to, each claim before its parts."""
        queries = self._session.case.queries
        found: list[tuple[str, str]] = []
        for claim in queries.claims():
            found.append((claim.number, f"“{claim.quote}”"))
            found += [(p.number, p.text) for p in queries.propositions(claim.number)]
        return tuple(found)
