"""The right panel of the Claims room: the record at hand with its history, or the form of a new one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.counts import stated_count
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Claim, Proposition
from evidence_desk.services.bus import Command
from evidence_desk.ui.panels.record_form import RecordForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims_content import (
    candidates_for,
    place_text,
)
from evidence_desk.ui.rooms.claims_entry import load_text, new_record
from evidence_desk.ui.rooms.claims_new import begun_in
from evidence_desk.ui.rooms.claims_record import RecordSide
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.messages import Banner


class ClaimsSide(RecordSide):
    """Signals: `kept(str number)` a new record was kept; `left()` a new one was given up; `split_asked()`."""

    kept = Signal(str)
    left = Signal()
    split_asked = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.picker.keep_asked.connect(self.keep)
        self.picker.left.connect(self._leave)
        self.strip.keep_asked.connect(self.keep)
        self.strip.discard_asked.connect(self._discard)

    def _take_form(self, form: RecordForm) -> None:
        super()._take_form(form)
        form.keep_asked.connect(self.keep)
        form.left.connect(self._leave)
        form.extra_asked.connect(self._extra)

    def unkept(self) -> str:
        """Name what would be lost on closing: nothing, except where the case file cannot be written."""
        self.put_aside()
        if not self.session.case.drafts.problem:
            return ""
        if self.busy():
            return tr("a new {kind}", kind=str(self.making.begun["kind"]))
        return self.form.number if self.form is not None and self.form.changed() else ""

    def resume(self) -> None:
        """Show again the newest record that was begun and neither kept nor left."""
        queries = self.session.case.queries
        for draft in self.making.waiting() if self._writable and not self.busy() else ():
            begun = begun_in(draft)
            if not self.making.stands(begun):
                kind = begun["kind"]
                text = tr("What a new {kind} hangs on was withdrawn. It waits until that is restored.", kind=kind)
                self.banners.show_banner("draft", Banner("warn", tr("Not kept yet"), (("", text),)))
                continue
            kind = begun["kind"]
            if kind == "source":
                self.begin_source()
            elif kind == "claim":
                self.begin_claim(str(begun["source"]), int(begun["at"]), str(begun["quote"]))
            elif kind == "question":
                self.begin_question("")
            else:
                record = queries.get(str(begun["claim" if kind == "proposition" else "target"]))
                if kind == "proposition" and isinstance(record, Claim):
                    self.begin_split(record)
                elif kind == "link" and isinstance(record, Claim | Proposition):
                    self.begin_link(record, "")
            return

    def focus_first(self) -> None:
        """Put the focus on the first field."""
        if self._pages.currentWidget() is self.picker:
            self.picker.focus_first()
        elif self.form is not None:
            self.form.fields.focus_first()

    def give_up(self) -> bool:
        """Leave the form of a new record; tell whether there was one."""
        if not self.busy():
            return False
        self.making.put_aside(left=True)
        self._end_new()
        return True

    def begin_source(self) -> None:
        """Open the form of a new source."""
        lead = tr("A document or a speaker. Its text stays as it is pasted; claims quote it word for word.")
        self._begin("source", tr("New source"), {}, lead, (("load", tr("Load the text from a file…")),))

    def begin_claim(self, source: str, start: int, quote: str) -> None:
        """Open the form of a claim from a selected passage."""
        values: dict[str, object] = {"quote": f"“{quote}”", "place": place_text(source, start, start + len(quote))}
        self._begin("claim", tr("New claim"), values, about={"source": source, "at": start, "quote": quote})

    def begin_split(self, claim: Claim) -> None:
        """Open the form of a proposition of a claim."""
        # A first guess that a person sees and changes: a quotation that states a number mostly asks how many.
        preset = {"type": "how-many" if stated_count(claim.quote) else "what-happened"}
        title, about = tr("New proposition of {claim}", claim=claim.number), {"claim": claim.number}
        self._begin("proposition", title, preset, f"“{claim.quote}”", about=about)

    def begin_question(self, bears_on: str) -> None:
        """Open the form of a question."""
        self._begin("question", tr("New question"), {"bears_on": bears_on})

    def begin_link(self, target: Claim | Proposition, relation: str) -> None:
        """Open the link picker for a claim or proposition."""
        self.put_aside()
        self._drop_form()
        words = f"“{target.quote}”" if isinstance(target, Claim) else target.text
        self.picker.offer(target.number, words, relation, candidates_for(self.session.case.queries, target.number))
        self._pages.setCurrentWidget(self.picker)
        self.making.begin({"kind": "link", "target": target.number}, None)
        self.picker.focus_first()

    def keep(self) -> None:
        """Keep what the form at hand holds, new or changed."""
        if not self._writable:
            return
        if not self.busy():
            self.keep_record()
            return
        if self.making.begun["kind"] == "link" and not self.picker.check():
            return
        values = self.form.fields.values() if self.form is not None else {}
        outcome = self._run(new_record(self.making.begun, values, self.picker))
        if outcome:
            self._end_new(drop=True)
            self.kept.emit(outcome)

    def _run(self, command: Command, leaving: bool = False) -> str:
        """Run a command; return the number it wrote first, "" where it was refused: the reason is said then, in the
        form, or above it where the form is about to go."""
        try:
            outcome = self.session.case.bus.run(command)
        except EvidenceDeskError as error:
            if self.form is not None and self._pages.currentWidget() is self.form and not leaving:
                self.form.say(str(error))
            else:
                self.banners.show_banner("refused", Banner("error", tr("Nothing was kept."), (("", str(error)),)))
            return ""
        self.banners.clear()
        self.session.noticed.emit(tr("{number} kept", number=outcome.numbers[0]), True)
        return outcome.numbers[0]

    def _begin(
        self,
        kind: str,
        title: str,
        values: Mapping[str, object],
        lead: str = "",
        extras: tuple[tuple[str, str], ...] = (),
        about: Mapping[str, object] | None = None,
    ) -> None:
        self.put_aside()
        self._take_form(RecordForm(kind, title, True, "", extras))
        assert self.form is not None
        self.form.load(values, lead)
        self.making.begin({"kind": kind, **(about or {})}, self.form)
        self.form.fields.focus_first()

    def _end_new(self, drop: bool = False) -> None:
        self.making.end(drop)
        self._drop_form()
        self.record = None
        self._pages.setCurrentWidget(self._nothing)

    def _discard(self) -> None:
        """Throw away what was typed and is not kept."""
        if self.busy():
            self._end_new(drop=True)
            self.left.emit()
        elif self._keeping is not None:
            self._keeping.discard()

    def _leave(self) -> None:
        self.making.put_aside(left=True)
        self._end_new()
        self.left.emit()

    def _extra(self, name: str) -> None:
        if name == "split":
            self.split_asked.emit()
        elif self.form is not None:
            load_text(self.context.prompter, self.form)
