"""Observing: what is selected, what is made with one key, what the form keeps, and the regions on the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.sound_range import Ticks
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.services.commands import RegionDraft
from evidence_desk.ui.models.observation_draft import Draft, add_command
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_in_turn import InTurn
from evidence_desk.ui.rooms.review_keeping import ObserveKeeping
from evidence_desk.ui.rooms.review_places import Clip
from evidence_desk.ui.rooms.review_records import NOTE
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.timeline_content import frames_text


class ObserveDesk(ObserveKeeping):
    """Makes, keeps, withdraws and links observations.

    Signals: those of the records; `marked(str)` by one key; `awaited(str)` a term whose key was pressed while its frame
    is not there yet; `attempted(str)` that term's turn has come, whether it was kept or not.
    """

    marked = Signal(str)
    awaited = Signal(str)
    attempted = Signal(str)

    def __init__(self, context: RoomContext, clip: ClipDesk, form: ObservationForm, parent: QObject) -> None:
        super().__init__(context, clip, form, parent)
        self.seen_as_now: Callable[[], dict[str, Any] | None] = lambda: None
        self.sound_of_frames: Callable[[int, int], Ticks | None] = lambda _first, _last: None
        self.usual_facts: Callable[[Term], dict[str, str]] = lambda _: {}
        self.in_turn = InTurn(context.session, clip, self)
        self.when_exact = self.in_turn.when_exact
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
        facts = self.usual_facts(found)
        # What is seen is said by a person: the sentence of the term is offered in the form, never kept unread.
        return Draft(term, first, last, basis=found.basis, presence=presence, sound=sound, attributes=facts)

    def observe_now(self, term: str = "") -> None:
        """Keep an observation at once: the marked range or this frame; without a term a note to be worded later."""
        if not self.settle():
            return
        draft = self.draft_here(term or NOTE)
        if draft is not None and self._keep_new(draft, ()):
            self.marked.emit(self.current)

    def observe_again(self) -> None:
        """Keep an observation of the term that was used last."""
        self.observe_now(self._last_term if self._last_term in self.terms else NOTE)

    def open_form(self, term: str = "", presence: str = "observed") -> None:
        """Open the form for an observation that is kept when it is filled."""
        if not self.settle() or self.offer_new(asked=True):
            return
        draft = self.draft_here(term or NOTE, presence)
        if draft is None or self._clip.clip is None:
            return
        self.current, self.new_regions = "", ()
        self.selected.emit("")
        self.begin_form()
        self._form.show_new(draft, self.terms, self._clip.clip.clock, self._clip.n)
        self._form.set_regions(0, 0)
        self._form.fields.term.setFocus()

    def observe_term(self, key: str) -> None:
        """Keep an observation of the term that has this key."""
        term = next((t for t in self.terms.values() if t.key == key), None)
        if term is None:
            return

        def attempt() -> None:
            self.observe_now(term.id)
            self.attempted.emit(term.id)

        self.when_exact(attempt)
        if self.in_turn.is_waiting:
            self.awaited.emit(term.id)

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
        self.new_kept()
        self.new_regions = ()
        self._clip.clear_marks()
        self.current = outcome[0]
        self.reload()
        self._session.select_observation(self.current)
        self.selected.emit(self.current)
        self._say_kept(self.current, draft)
        return True

    def _run(self, command: Command) -> tuple[str, ...] | None:
        outcome = self._session.run(command)
        return outcome.numbers if outcome is not None else None

    def _settle_new(self, asked: bool) -> bool:
        form = self._form
        if not (asked or self._touched or self.is_waiting):
            # Nobody entered anything: what the desk filled in by itself is no finding.
            self.new_kept()
            return True
        if self.is_waiting:
            # Nobody looked at it since it was found again: it goes on waiting.
            self.put_aside()
            form.dirty = False
            return True
        draft = form.fields.draft()
        if draft is None:
            self.put_aside()
            problem = form.fields.problem()
            form.say(problem)
            self._session.noticed.emit(tr("The form stays open: {problem}", problem=problem), False)
            return False
        if form.fields.guard.open_question and not asked:
            # Keeping the word is a person's decision: whoever only went on did not make it.
            self.put_aside()
            form.dirty = False
            word = form.fields.guard.word
            said = tr("Put aside, not kept: {word} asks for a reason or other words. Shift+M shows it.", word=word)
            self._session.noticed.emit(said, False)
            return True
        return self._keep_new(draft, self._regions_of_range(draft))

    def _regions_of_range(self, draft: Draft) -> tuple[RegionDraft, ...]:
        if draft.first is None or draft.last is None:
            return ()
        return tuple(r for r in self.new_regions if draft.first <= r.frame <= draft.last)

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
            self._touched = True
            self.put_aside()
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
        self.put_aside()
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
