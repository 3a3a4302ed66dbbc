"""Keeping the fields of a record's form one by one, and putting aside what cannot be kept yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.services.bus import Command
from evidence_desk.ui.field_keeping import FieldKeeping, aside_words, begun_words, kept_words, step_of
from evidence_desk.ui.panels.draft_strip import DraftStrip
from evidence_desk.ui.panels.record_fields import RecordFields
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr


@dataclass(frozen=True, slots=True)
class Kept:
    """How one record is kept: the key of its draft, its revision, and the step for one field.

    `step(name, value, title)` returns the command, titled by the field, or None where nothing differs; it may raise
    EvidenceDeskError. `problem(name, value)` says why a value cannot be kept, "" for nothing.
    """

    key: str
    revision: int
    step: Callable[[str, str, str], Command | None]
    problem: Callable[[str, str], str] = lambda _name, _value: ""


class RecordKeeping(QObject):
    """Watches the fields of one form. Signals: `kept()` after something went on record."""

    kept = Signal()

    def __init__(
        self,
        form: QWidget,
        fields: Sequence[RecordFields],
        session: Session,
        strip: DraftStrip,
        say: Callable[[str], None],
    ) -> None:
        super().__init__(form)
        self._fields, self._session, self._strip, self._say = tuple(fields), session, strip, say
        self._how: Kept | None = None
        self._offered: set[str] = set()
        """Fields that show a draft found again: they wait for a look, or for being asked for."""
        self.timing = FieldKeeping(form)
        self.timing.due.connect(self.keep)
        for part in self._fields:
            part.edited_field.connect(self._edited)

    def begin(self, how: Kept) -> None:
        """The form shows a record: offer what was typed for it before and is not kept yet."""
        self.timing.settled()
        self._how, self._offered = how, set()
        draft = self._session.case.drafts.get(how.key) if self._session.writable else None
        values = draft.body.get("values") if draft is not None else None
        if draft is None or not isinstance(values, dict):
            self._strip.say("")
            return
        for part in self._fields:
            self._offered |= part.offer(values)
        if not self._offered:
            self._session.case.drafts.drop(draft.key)
            self._strip.say("")
            return
        meanwhile = draft.body.get("revision") != how.revision
        word = tr("The record was changed meanwhile; look at both before you keep it.") if meanwhile else ""
        self._strip.say(f"{begun_words(draft)} {word}".strip())
        self._say(tr("Not kept yet"))

    def follow(self, how: Kept) -> None:
        """The same record has another revision."""
        self._how = how

    def keep(self, asked: bool = False, leaving: bool = False) -> bool:
        """Keep each changed field as a step of its own; tell whether everything is on record.

        What cannot be kept stays, is said beside its field, and is put aside. `asked` keeps also what was found again,
        `leaving` also what has the keyboard and makes sense only as a whole.
        """
        how = self._how
        self.timing.settled()
        if how is None or not self._session.is_open or not self._session.writable:
            return True
        waiting: dict[str, str] = {}
        wrote = False
        for part in self._fields:
            for name, value in part.changes().items():
                if not asked and (name in self._offered or (part.is_half(name) and not leaving)):
                    waiting[name] = value
                    continue
                why, done = self._keep_one(part, name, value)
                part.set_problem(name, why)
                wrote = wrote or done
                if why:
                    waiting[name] = value
        self._finish(waiting, wrote)
        return not waiting

    def discard(self) -> None:
        """Throw away what was typed and is not kept."""
        self.timing.settled()
        self._offered = set()
        for part in self._fields:
            part.take_back()
        self._finish({}, wrote=False)

    def _keep_one(self, part: RecordFields, name: str, value: str) -> tuple[str, bool]:
        """Keep one field; return why it was not, "" where it is on record, and whether a step was needed for it."""
        how = self._how
        assert how is not None
        why = how.problem(name, value)
        if why:
            return why, False
        try:
            command = how.step(name, value, step_of(part.title_of(name)))
            # Taken as kept first: whoever hears of the step shows the record anew while other fields are still typed.
            if command is not None:
                part.keep_while(name, lambda: self._session.case.bus.run(command))
        except EvidenceDeskError as error:
            return str(error), False
        part.take_as_kept(name)
        self._offered.discard(name)
        return "", command is not None

    def _finish(self, waiting: Mapping[str, str], wrote: bool) -> None:
        how = self._how
        assert how is not None
        drafts = self._session.case.drafts
        if waiting:
            stored = drafts.put(how.key, {"revision": how.revision, "values": dict(waiting)})
            self._say(drafts.problem or (aside_words(stored) if stored is not None else ""))
            if drafts.problem:
                self.timing.try_again()
        else:
            drafts.drop(how.key)
            self._strip.say("")
            self._say(kept_words(self._session.case.bus.last_saved) if wrote else "")
        if wrote:
            self.kept.emit()

    def _edited(self, name: str) -> None:
        self._offered.discard(name)
        self.timing.edited()
