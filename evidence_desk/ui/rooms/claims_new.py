"""A record that is being made in the Claims room: its form is put aside while it is filled, and found again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from evidence_desk.domain.errors import NotFound
from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.field_keeping import FieldKeeping, aside_words, begun_words
from evidence_desk.ui.panels.draft_strip import DraftStrip
from evidence_desk.ui.panels.link_picker import LinkPicker
from evidence_desk.ui.panels.record_form import RecordForm
from evidence_desk.ui.session import Session

PREFIX = "new:"
KINDS = ("source", "claim", "proposition", "question", "link")


def key_of(begun: Mapping[str, object]) -> str:
    """Return the key of a new record's draft: one for each kind and, where it hangs on something, for each place."""
    places = (begun.get("source"), begun.get("at"), begun.get("claim"), begun.get("target"))
    return PREFIX + ":".join([str(begun["kind"]), *(str(place) for place in places if place is not None)])


class NewRecord(QObject):
    """At most one; `begun` holds its kind and what was known when its form was opened, and is empty without one."""

    def __init__(self, session: Session, strip: DraftStrip, picker: LinkPicker) -> None:
        super().__init__(picker)
        self._session, self._strip, self._picker = session, strip, picker
        self.begun: dict[str, object] = {}
        self._form: RecordForm | None = None
        self._timing: FieldKeeping | None = None
        self._picker_timing = FieldKeeping(picker)
        self._picker_timing.due.connect(self.put_aside)
        picker.edited.connect(self._edited)

    def begin(self, begun: Mapping[str, object], form: RecordForm | None) -> None:
        """A form, or the link picker, is open for a new record: show what was begun there before."""
        self.begun, self._form = dict(begun), form
        self._timing = self._picker_timing
        if form is not None:
            self._timing = FieldKeeping(form)
            self._timing.due.connect(self.put_aside)
            form.fields.edited.connect(self._edited)
        draft = self._session.case.drafts.get(key_of(begun))
        values = draft.body.get("values") if draft is not None else None
        if draft is None or not isinstance(values, dict):
            self._strip.say("")
            return
        if form is not None:
            form.fields.offer(values)
        else:
            self._picker.put(values)
        self._strip.say(begun_words(draft))

    def put_aside(self, left: bool = False) -> None:
        """Put aside what was entered; one that was `left` is shown again when it is asked for, not by itself."""
        if not self.begun or not self._session.writable:
            return
        if self._timing is not None:
            self._timing.settled()
        drafts = self._session.case.drafts
        values: Mapping[str, str] = self._form.fields.changes() if self._form is not None else self._picker.state()
        entered = bool(values) if self._form is not None else bool(values["because"])
        if entered:
            body = {"begun": self.begun, "values": dict(values), "left": left}
            stored = drafts.put(key_of(self.begun), body)
            if self._form is not None and stored is not None:
                self._form.footer.note.setText(drafts.problem or aside_words(stored))
            if drafts.problem and self._timing is not None:
                self._timing.try_again()
        else:
            drafts.drop(key_of(self.begun))

    def end(self, drop: bool) -> None:
        """The form goes: the record was kept or discarded, or what was entered waits."""
        if self.begun and drop:
            self._session.case.drafts.drop(key_of(self.begun))
        if self._timing is not None:
            self._timing.settled()
        self.begun, self._form, self._timing = {}, None, None
        self._strip.say("")

    def waiting(self) -> tuple[StoredDraft, ...]:
        """Return the drafts of new records that were not left on purpose, the newest first."""
        found = [d for d in self._session.case.drafts.of(PREFIX) if d.body.get("left") is not True and begun_in(d)]
        return tuple(sorted(found, key=lambda d: d.at, reverse=True))

    def stands(self, begun: Mapping[str, Any]) -> bool:
        """Tell whether what a new record hangs on is still in force."""
        for name in ("source", "claim", "target"):
            if name in begun:
                try:
                    if not self._session.case.queries.get(str(begun[name])).in_force:
                        return False
                except NotFound:
                    return False
        return True

    def _edited(self) -> None:
        if self.begun and self._timing is not None:
            self._timing.edited()


def begun_in(draft: StoredDraft) -> dict[str, Any]:
    """Return what a draft of a new record began with, empty where it makes no sense, as one of a stranger may."""
    begun = draft.body.get("begun")
    if not isinstance(begun, dict) or begun.get("kind") not in KINDS:
        return {}
    needs = {"claim": ("source", "quote", "at"), "proposition": ("claim",), "link": ("target",)}
    if any(name not in begun for name in needs.get(begun["kind"], ())):
        return {}
    return begun if isinstance(begun.get("at", 0), int) else {}
