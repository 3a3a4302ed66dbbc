"""Keeping what stands in the observation form: field by field while it is edited, and put aside where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Observation
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.ui.field_keeping import aside_words, kept_words, step_of
from evidence_desk.ui.models.observation_draft import Draft, changed_fields, draft_of
from evidence_desk.ui.panels import observation_groups as groups
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_counting import UncountedFrames
from evidence_desk.ui.rooms.review_drafts import ObserveDrafts
from evidence_desk.ui.rooms.review_places import Clip
from evidence_desk.ui.rooms.review_records import NOTE
from evidence_desk.ui.rooms.review_unkept import RECORD, record_draft
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.timeline_content import frames_text


class ObserveKeeping(ObserveDrafts):
    """One command for each field. What has to wait is marked, said, and put aside in the case file."""

    def __init__(self, context: RoomContext, clip: ClipDesk, form: ObservationForm, parent: QObject) -> None:
        super().__init__(context, clip, form, parent)
        self._uncounted = UncountedFrames(context, clip, form, self)
        self.keeping.due.connect(self.keep_fields)
        # While somebody types the lists follow in a turn of their own: writing and showing together would be felt.
        self._views = QTimer(self)
        self._views.setSingleShot(True)
        self._views.timeout.connect(self.reload)
        form.edited.connect(self._edited)
        form.strip.keep_asked.connect(form.keep_asked)
        self._last_term = NOTE

    # ------------------------------------------------------------------------------------------------- field by field

    def reload(self) -> None:
        """Read the records anew and bring everything that shows them up to date."""
        self._views.stop()
        if self._session.is_open:
            super().reload()

    def _edited(self) -> None:
        self._touched = True
        self._offered -= {groups.focused_group(self._form.fields), "new"}
        self.keeping.edited()

    def keep_fields(self, asked: bool = False, leaving: bool = False) -> bool:
        """Keep each edited field as a command of its own; what cannot be kept stays, is said and is put aside.

        Tell whether everything is on record. `asked` keeps what a person only looked at, or gave no reason for;
        `leaving` keeps also the numbers that have the keyboard.
        """
        form = self._form
        if not self.writable or form.loaded is None:
            return True
        if form.record is None:
            return self._put_new_aside()
        self.keeping.settled()
        focused = "" if asked or leaving else groups.focused_group(form.fields)
        waiting: dict[str, str] = {}
        before = form.record.revision
        for group in groups.edited_groups(form.fields, form.loaded):
            if (group in self._offered and not asked) or (group == focused and group in groups.NUMBERS):
                waiting[group] = ""
                continue
            why = groups.held(form.fields, reasonless=asked).get(group, "") or self._keep_group(group)
            if why:
                waiting[group] = why
        kept = form.record.revision != before
        if kept and (asked or leaving):
            self.reload()
        elif kept:
            self._views.start(0)
        self._say(waiting, kept)
        return not waiting

    def _keep_group(self, group: str) -> str:
        """Keep one group; return why it was not, "" where it is on record."""
        form, record = self._form, self._form.record
        assert record is not None
        draft = form.fields.read()
        refs = None
        if group == "frames":
            clip = self._on_clip(record)
            if clip is None or draft.first is None or draft.last is None:
                return tr("Open {exhibit} to change its frames.", exhibit=record.exhibit)
            if self._uncounted.must_read(clip, draft, self.keep_fields):
                return tr("The frame is read first.")
            refs = clip.ref(draft.first), clip.ref(draft.last)
        values = groups.columns(group, changed_fields(record, draft, refs))
        if values:
            command = commands.edit(record.number, values, record.revision, step_of(self._word_of(group, values)))
            why = self._run_quietly(command)
            if why:
                return why
        if group == "term":
            self._last_term = draft.term
        again = self._session.case.queries.get(record.number)
        assert isinstance(again, Observation)
        self._offered.discard(group)
        self._follow(again)
        return ""

    def _word_of(self, group: str, values: Mapping[str, Any]) -> str:
        """Return what the history calls a group: facts by their own names."""
        record, term = self._form.record, self.terms.get(self._form.fields.term.value())
        if group != "attributes" or record is None or term is None:
            return groups.word_of(group)
        before, now = record.attributes or {}, values.get("attributes") or {}
        names = [a.label for a in term.attributes if before.get(a.id, "") != now.get(a.id, "")]
        return ", ".join(names) or groups.word_of(group)

    def _run_quietly(self, command: Command) -> str:
        """Run a command whose refusal is said in the form; views read the records anew after the last of several."""
        self._keeping = True
        try:
            self._session.case.bus.run(command)
        except EvidenceDeskError as error:
            return str(error)
        finally:
            self._keeping = False
        return ""

    def _say(self, waiting: Mapping[str, str], kept: bool) -> None:
        """Say in the form what waits and why, put it aside, or say when everything was kept."""
        form, record = self._form, self._form.record
        if record is None:
            return
        drafts = self._session.case.drafts
        whys = {group: why for group, why in waiting.items() if why}
        form.show_problems(whys)
        if waiting:
            body = record_draft(record, form.fields, waiting, self._counted(record))
            stored = drafts.put(RECORD + record.number, body)
            form.mark_dirty()
            first = next(iter(whys.items()), None)
            aside = aside_words(stored) if stored is not None else ""
            said = tr("{field} not kept: {why}", field=groups.word_of(first[0]), why=first[1]) if first else aside
            form.say(drafts.problem or said)
            if drafts.problem:
                self.keeping.try_again()
            return
        drafts.drop(RECORD + record.number)
        form.strip.say("")
        form.settled()
        if kept:
            form.say(kept_words(self._session.case.bus.last_saved))

    # --------------------------------------------------------------------------------------------------- leaving it

    def keep(self) -> bool:
        """Keep what the form holds; a word that the guard points at asks for a reason first, once."""
        fields = self._form.fields
        if fields.guard.open_question and self._asked_word != fields.guard.text:
            self._asked_word = fields.guard.text
            fields.guard.ask_reason()
            return False
        self._asked_word = ""
        self._offered = set()
        before = self._form.record
        if not self.settle(asked=True):
            return False
        now = self.observation(before.number) if before is not None else None
        if now is not None and before is not None and now.revision != before.revision:
            self._say_kept(now.number, draft_of(now))
        return True

    def _say_kept(self, kept: str, draft: Draft) -> None:
        term = self.terms.get(draft.term)
        where = frames_text(draft.first, draft.last) if draft.first is not None and draft.last is not None else ""
        said = tr("{number} kept: {term}, {where}", number=kept, term=term.label if term else draft.term, where=where)
        self._session.noticed.emit(said.rstrip(", "), True)

    def settle(self, asked: bool = False) -> bool:
        """Keep an edited form before it is left; False where it cannot be kept and so has to stay."""
        form = self._form
        if self._views.isActive():
            self.reload()
        edited = form.dirty or self.keeping.waiting or (asked and form.is_new)
        if not edited or not self.writable or (form.record is None and not form.is_new):
            return True
        if form.is_new:
            return self._settle_new(asked)
        offered = set(self._offered)
        if self.keep_fields(asked, leaving=True):
            return True
        assert form.loaded is not None
        left = set(groups.edited_groups(form.fields, form.loaded)) - offered
        if left & {"frames", "count"} or (asked and left):
            problem = form.fields.problem() or form.footer.note.text_whole()
            self._session.noticed.emit(tr("The form stays open: {problem}", problem=problem), False)
            return False
        if left:
            number = form.record.number if form.record is not None else ""
            text = tr("{field} of {number} is not kept yet; it stays in its form.", field="{field}", number=number)
            words = ", ".join(groups.word_of(group) for group in groups.PARTS if group in left)
            self._session.noticed.emit(text.replace("{field}", words), False)
        return True

    def _settle_new(self, asked: bool) -> bool:
        """Keep a new observation before its form is left; the one who makes them knows how."""
        return not self._form.is_new

    def _recounted(self, before: Clip) -> None:
        self.new_regions = self._uncounted.follow(before, self.new_regions)

    def put_aside(self) -> None:
        """Keep what can be kept and put the rest aside, as when the case is about to close."""
        if self._form.dirty or self.keeping.waiting:
            self.keep_fields(leaving=True)

    def unkept(self) -> str:
        """Return what would be lost on closing: nothing, except where the case file cannot be written."""
        self.put_aside()
        if not self._form.dirty or not self._session.case.drafts.problem:
            return ""
        return self._form.record.number if self._form.record is not None else tr("the new observation")
