"""Drafts in the observation form: offered where they belong, put aside again, thrown away when a person says so."""

from __future__ import annotations

from PySide6.QtCore import QObject

from evidence_desk.domain.records import Observation
from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.field_keeping import FieldKeeping, aside_words, begun_words
from evidence_desk.ui.panels import observation_groups as groups
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_records import ObserveRecords
from evidence_desk.ui.rooms.review_unkept import (
    NEW,
    RECORD,
    NewDraft,
    draft_here_again,
    record_draft,
    word_on_record,
    words_in,
)
from evidence_desk.ui.translate import tr


class ObserveDrafts(ObserveRecords):
    """Shows again what was typed before and is no record yet: for the observation at hand, or a new one."""

    def __init__(self, context: RoomContext, clip: ClipDesk, form: ObservationForm, parent: QObject) -> None:
        super().__init__(context, clip, form, parent)
        self.keeping = FieldKeeping(form)
        form.strip.discard_asked.connect(self.discard)
        clip.opened.connect(self.offer_new)
        self._offered: set[str] = set()
        """Groups of the form that come from a draft found again: they wait for a look, or for being asked for."""
        self._asked_word = ""
        self._touched = False
        """Whether a person entered something into the form of a new observation."""
        self._waits_at = ""
        """Key of the new observation that was found again and that the form shows."""

    def show_current(self) -> None:
        """Show the current observation, and what was typed for it before and is not kept yet."""
        before = self._form.record
        if self.is_waiting and not self.current and self._waits_at == self._new_key():
            return
        if before is not None and before.number != self.current and self._form.dirty:
            self._put_record_aside(before)
        super().show_current()
        record = self._form.record
        if record is None:
            self._offered = set()
            self._form.strip.say(self._of_withdrawn(), keepable=False)
        elif before is None or before.number != record.number:
            self._offer(record)

    def _put_record_aside(self, record: Observation) -> None:
        """Put aside what is typed for an observation that is about to leave the form, as one that was withdrawn."""
        form = self._form
        waiting = groups.edited_groups(form.fields, form.loaded) if form.loaded is not None else ()
        if waiting and self.writable:
            body = record_draft(record, form.fields, waiting, self._counted(record))
            self._session.case.drafts.put(RECORD + record.number, body)

    def _offer(self, record: Observation) -> None:
        self.keeping.settled()
        self._asked_word = ""
        draft = self._session.case.drafts.get(RECORD + record.number) if self.writable else None
        state = draft.body.get("state") if draft is not None else None
        if draft is None or not isinstance(state, dict):
            self._offered = set()
            self._form.strip.say("")
            return
        groups.put(self._form.fields, state)
        assert self._form.loaded is not None
        self._offered = set(groups.edited_groups(self._form.fields, self._form.loaded))
        if not self._offered:
            self._session.case.drafts.drop(draft.key)
            self._form.strip.say("")
            return
        words = begun_words(draft), word_on_record(draft, record, self._counted(record))
        self._form.strip.say(" ".join(word for word in words if word))
        self._form.mark_dirty()
        self._form.show_problems({g: w for g, w in groups.held(self._form.fields).items() if g in self._offered})

    def _of_withdrawn(self) -> str:
        """Tell of a draft whose observation is not in force any more: it waits until that is restored or discarded."""
        draft = self._stray()
        if draft is None:
            return ""
        return tr(
            "What was typed for {number} is not kept, since {number} was withdrawn: {words}. It is in the form again "
            "once {number} is restored.",
            number=draft.key.removeprefix(RECORD),
            words=words_in(draft),
        )

    def _stray(self) -> StoredDraft | None:
        if not self.writable:
            return None
        drafts = self._session.case.drafts.of(RECORD)
        return next((d for d in drafts if self.observation(d.key.removeprefix(RECORD)) is None), None)

    def discard(self) -> None:
        """Give up an observation that is being made, or what was typed for a record and is not kept."""
        form, drafts = self._form, self._session.case.drafts
        self.keeping.settled()
        if form.is_new:
            drafts.drop(self._new_key())
            form.dirty = False
            self._offered, self.new_regions = set(), ()
            self.show_current()
            self.selected.emit(self.current)
            return
        self._offered = set()
        if form.record is None:
            stray = self._stray()
            if stray is not None:
                drafts.drop(stray.key)
            self.show_current()
            return
        form.take_back()
        drafts.drop(RECORD + form.record.number)
        form.show_problems({})
        form.say("")
        form.strip.say("")

    # ------------------------------------------------------------------------------------------------ a new observation

    def _new_key(self) -> str:
        clip = self._clip.clip
        return NEW + (clip.exhibit.number if clip is not None else "")

    @property
    def is_waiting(self) -> bool:
        """Tell whether the form shows a new observation that was found again and that nobody has touched since."""
        return self._form.is_new and "new" in self._offered

    def begin_form(self) -> None:
        """Forget what belonged to the form before: another one is about to be shown."""
        self._touched = False
        self.keeping.settled()
        self._offered = set()
        self._form.strip.say("")

    def new_kept(self) -> None:
        """The new observation is on record: its draft is not needed any more."""
        if self._form.is_new:
            self._session.case.drafts.drop(self._new_key())
        self.begin_form()
        self._form.dirty = False

    def _put_new_aside(self) -> bool:
        """Put aside an observation that is being made; tell that nothing of it is on record."""
        clip = self._clip.clip
        self.keeping.settled()
        if clip is not None and self.writable and (self._touched or self.is_waiting):
            draft = NewDraft(groups.plain(self._form.fields), self.new_regions, self._form.fields.frames.value())
            drafts = self._session.case.drafts
            stored = drafts.put(self._new_key(), draft.body(clip))
            if stored is not None:
                self._form.say(drafts.problem or aside_words(stored))
            if drafts.problem:
                self.keeping.try_again()
        return False

    def offer_new(self, asked: bool = False) -> bool:
        """Show the observation that was begun on this exhibit and not kept yet; tell whether there is one.

        Not in the place of an observation that is looked at, unless `asked`.
        """
        clip, form = self._clip.clip, self._form
        stored = self._session.case.drafts.get(self._new_key()) if clip is not None and self.writable else None
        current = self.observation(self.current) if self.current else None
        if clip is None or stored is None or form.dirty:
            return False
        if current is not None and current.exhibit == clip.exhibit.number and not asked:
            return False
        found = draft_here_again(stored, clip)
        if found is None:
            return False
        self.current = ""
        self.selected.emit("")
        form.show_new(found.base, self.terms, clip.clock, self._clip.n)
        groups.put(form.fields, found.state)
        self.new_regions = found.regions
        form.set_regions(len(found.regions), len({r.frame for r in found.regions}))
        self._offered, self._waits_at = {"new"}, stored.key
        form.strip.say(" ".join(word for word in (begun_words(stored), found.word) if word))
        form.say("")
        self.reloaded.emit()
        return True

    def _counted(self, record: Observation) -> bool:
        clip = self._on_clip(record)
        return clip is not None and not clip.provisional
