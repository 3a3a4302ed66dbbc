"""The right panel of the Claims room: the record at hand with its history, or the form of a new one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_desk.domain.counts import stated_count
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Claim, Link, Proposition, Question, Record, Source
from evidence_desk.services import commands as c
from evidence_desk.services.bus import Command
from evidence_desk.ui.dialogs.history import HistoryDialog
from evidence_desk.ui.dialogs.withdraw import WithdrawDialog
from evidence_desk.ui.panels.link_picker import LinkPicker
from evidence_desk.ui.panels.record_form import RecordForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims_content import (
    candidates_for,
    form_values,
    history_of,
    lead_of,
    place_text,
    reach_of,
    title_of,
)
from evidence_desk.ui.rooms.claims_entry import load_text, new_record
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.messages import Banner, Banners
from evidence_desk.ui.widgets.pages import Pages
from evidence_desk.ui.widgets.panel import EmptyState

_KINDS: tuple[tuple[type[Record], str], ...] = (
    (Source, "source"),
    (Claim, "claim"),
    (Proposition, "proposition"),
    (Link, "link"),
    (Question, "question"),
)


_MOST_EVENTS = 8
"""How many events stand under the fields; the history dialog shows all."""


class ClaimsSide(QWidget):
    """Signals: `kept(str number)` a new record was kept; `left()` a new one was given up; `split_asked()`."""

    kept = Signal(str)
    left = Signal()
    split_asked = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context, self.session = context, context.session
        self._writable = context.session.writable
        self.record: Record | None = None
        self.form: RecordForm | None = None
        self.picker = LinkPicker()
        self.picker.keep_asked.connect(self.keep)
        self.picker.left.connect(self._leave)
        self._new: dict[str, object] = {}
        self._nothing = EmptyState(
            "link", tr("No record is chosen"), tr("The fields and the history of what you choose stand here.")
        )
        self.banners = Banners()
        self._pages = Pages()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.picker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self._pages, 1)

    # -- showing

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        if not self.busy():
            self.keep_record(leaving=True)
            self.record = None
            self._pages.setCurrentWidget(self._nothing)

    def show_record(self, record: Record) -> None:
        """Show a record with its fields and history; what was typed in the one before is kept first."""
        if self.form is not None and self.form.number == record.number:
            self._load(record)
            return
        self.keep_record(leaving=True)
        kind = next(name for cls, name in _KINDS if isinstance(record, cls))
        extras = (("split", tr("Split off a proposition…")),) if kind == "claim" and self._writable else ()
        self._take_form(RecordForm(kind, title_of(record), self._writable, record.number, extras))
        self._new = {}
        self._load(record)

    def reload(self) -> None:
        """Read the record at hand again after a change."""
        if self.record is None or self.busy():
            return
        record = self.session.case.queries.get(self.record.number)
        if not record.in_force:
            self.record = None
            self._drop_form()
            self._pages.setCurrentWidget(self._nothing)
        elif self.form is not None and not self.form.changed():
            self._load(record)

    def busy(self) -> bool:
        """Tell whether the form of a new record is open."""
        return bool(self._new)

    def unkept(self) -> str:
        """Name what is typed and not kept."""
        if self.busy():
            return tr("a new {kind}", kind=str(self._new["kind"]))
        return self.form.number if self.form is not None and self.form.changed() else ""

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
        self._end_new()
        return True

    # -- new records

    def begin_source(self) -> None:
        """Open the form of a new source."""
        lead = tr("A document or a speaker. Its text stays as it is pasted; claims quote it word for word.")
        self._begin("source", tr("New source"), {}, lead, (("load", tr("Load the text from a file…")),))

    def begin_claim(self, source: str, start: int, quote: str) -> None:
        """Open the form of a claim from a selected passage."""
        values: dict[str, object] = {"quote": f"“{quote}”", "place": place_text(source, start, start + len(quote))}
        self._begin("claim", tr("New claim"), values)
        self._new |= {"source": source, "at": start, "quote": quote}

    def begin_split(self, claim: Claim) -> None:
        """Open the form of a proposition of a claim."""
        # A first guess that a person sees and changes: a quotation that states a number mostly asks how many.
        preset = {"type": "how-many" if stated_count(claim.quote) else "what-happened"}
        self._begin("proposition", tr("New proposition of {claim}", claim=claim.number), preset, f"“{claim.quote}”")
        self._new["claim"] = claim.number

    def begin_question(self, bears_on: str) -> None:
        """Open the form of a question."""
        self._begin("question", tr("New question"), {"bears_on": bears_on})

    def begin_link(self, target: Claim | Proposition, relation: str) -> None:
        """Open the link picker for a claim or proposition."""
        self.keep_record(leaving=True)
        self._new = {"kind": "link"}
        words = f"“{target.quote}”" if isinstance(target, Claim) else target.text
        self.picker.offer(target.number, words, relation, candidates_for(self.session.case.queries, target.number))
        self._pages.setCurrentWidget(self.picker)
        self.picker.focus_first()

    # -- keeping

    def keep(self) -> None:
        """Keep what the form at hand holds, new or changed."""
        if not self._writable:
            return
        if not self.busy():
            self.keep_record()
            return
        if self._new["kind"] == "link" and not self.picker.check():
            return
        values = self.form.fields.values() if self.form is not None else {}
        outcome = self._run(new_record(self._new, values, self.picker))
        if outcome:
            self._end_new()
            self.kept.emit(outcome)

    def keep_record(self, leaving: bool = False) -> None:
        """Keep the changed fields of the record at hand, if there are any; `leaving` tells its form is about to go."""
        if self.busy() or self.form is None or self.record is None or not self.form.changed() or not self._writable:
            return
        changes = self.form.fields.changes()
        shown = self.record.number
        if self._run(c.edit(shown, changes, self.record.revision), leaving):
            self.form.fields.take_as_kept()
            self._load(self.session.case.queries.get(shown))

    def show_history(self) -> None:
        """Show every event of the record at hand."""
        if self.record is not None:
            number = self.record.number
            self.context.prompter.run(HistoryDialog(number, history_of(self.session.case.queries, number)))

    def can_withdraw(self) -> bool:
        """Tell whether a record is at hand that can be withdrawn."""
        return self.record is not None and not self.busy()

    def withdraw(self) -> None:
        """Ask for a reason and withdraw the record at hand."""
        record = self.record
        if record is None or self.busy():
            return
        dialog = WithdrawDialog(record.number, title_of(record), reach_of(self.session.case.queries, record))
        if self.context.prompter.run(dialog):
            if self.form is not None:
                self.form.fields.take_as_kept()
            text = tr("{number} withdrawn; it stays in the record", number=record.number)
            self.session.run(c.withdraw(record.number, dialog.reason), text)

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

    # -- forms

    def _begin(
        self,
        kind: str,
        title: str,
        values: Mapping[str, object],
        lead: str = "",
        extras: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.keep_record(leaving=True)
        self._take_form(RecordForm(kind, title, True, "", extras))
        self._new = {"kind": kind}
        assert self.form is not None
        self.form.load(values, lead)
        self.form.fields.focus_first()

    def _take_form(self, form: RecordForm) -> None:
        self._drop_form()
        self.form = form
        form.keep_asked.connect(self.keep)
        form.left.connect(self._leave)
        form.withdraw_asked.connect(self.withdraw)
        form.extra_asked.connect(self._extra)
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)

    def _drop_form(self) -> None:
        if self.form is not None:
            self._pages.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _load(self, record: Record) -> None:
        self.record = record
        if self.form is None:
            return
        self.form.load(
            form_values(record), lead_of(record), history_of(self.session.case.queries, record.number, _MOST_EVENTS)
        )
        self._pages.setCurrentWidget(self.form)

    def _end_new(self) -> None:
        self._new = {}
        self._drop_form()
        self.record = None
        self._pages.setCurrentWidget(self._nothing)

    def _leave(self) -> None:
        self._end_new()
        self.left.emit()

    def _extra(self, name: str) -> None:
        if name == "split":
            self.split_asked.emit()
        elif self.form is not None:
            load_text(self.context.prompter, self.form)
