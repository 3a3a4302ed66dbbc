"""The record at hand in the Claims room: its fields, kept one by one, and its history."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_desk.domain.records import Claim, Link, Proposition, Question, Record, Source
from evidence_desk.services import commands as c
from evidence_desk.services.bus import Command
from evidence_desk.ui.dialogs.history import HistoryDialog
from evidence_desk.ui.dialogs.withdraw import WithdrawDialog
from evidence_desk.ui.panels.draft_strip import DraftStrip
from evidence_desk.ui.panels.link_picker import LinkPicker
from evidence_desk.ui.panels.record_form import RecordForm
from evidence_desk.ui.record_keeping import Kept, RecordKeeping
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims_content import (
    form_values,
    history_of,
    lead_of,
    reach_of,
    title_of,
)
from evidence_desk.ui.rooms.claims_new import NewRecord
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


class RecordSide(QWidget):
    """Shows one record; what is typed into it is kept, or waits in the case file."""

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context, self.session = context, context.session
        self._writable = context.session.writable
        self.record: Record | None = None
        self.form: RecordForm | None = None
        self.picker = LinkPicker()
        self.strip = DraftStrip()
        self.making = NewRecord(self.session, self.strip, self.picker)
        self._keeping: RecordKeeping | None = None
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
        column.addWidget(self.strip)
        column.addWidget(self._pages, 1)

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        if not self.busy():
            self.keep_record(leaving=True)
            self.record = None
            self._drop_form()
            self._pages.setCurrentWidget(self._nothing)

    def show_record(self, record: Record) -> None:
        """Show a record with its fields and history; what was typed in the one before is kept first."""
        if self.form is not None and self.form.number == record.number:
            self._follow(record)
            return
        self.keep_record(leaving=True)
        kind = next(name for cls, name in _KINDS if isinstance(record, cls))
        extras = (("split", tr("Split off a proposition…")),) if kind == "claim" and self._writable else ()
        self._take_form(RecordForm(kind, title_of(record), self._writable, record.number, extras))
        self._load(record)

    def reload(self) -> None:
        """Read the record at hand again after a change."""
        if self.record is None or self.busy():
            return
        record = self.session.case.queries.get(self.record.number)
        if not record.in_force:
            self.keep_record(leaving=True)
            self.record = None
            self._drop_form()
            self._pages.setCurrentWidget(self._nothing)
        elif self.form is not None:
            self._follow(record)

    def busy(self) -> bool:
        """Tell whether the form of a new record is open."""
        return bool(self.making.begun)

    def put_aside(self) -> None:
        """Keep what was typed as far as it can be, and put the rest aside."""
        if self._writable:
            self.making.put_aside()
            self.keep_record(leaving=True)

    def keep_record(self, leaving: bool = False) -> None:
        """Keep the changed fields of the record at hand, if there are any; `leaving` tells its form is about to go."""
        form = self.form
        if self.busy() or form is None or self._keeping is None or not form.changed():
            return
        if self._keeping.keep(asked=not leaving, leaving=True):
            self.banners.clear()
            return
        if leaving:
            why = form.fields.problems()
            text = tr("What was typed waits in the form of {number}. {why}", number=form.number, why=why)
            self.banners.show_banner("refused", Banner("warn", tr("Not kept yet"), (("", text),)))

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
            self.put_aside()
            text = tr("{number} withdrawn; it stays in the record", number=record.number)
            self.session.run(c.withdraw(record.number, dialog.reason), text)

    def _take_form(self, form: RecordForm) -> None:
        self._drop_form()
        self.form = form
        form.withdraw_asked.connect(self.withdraw)
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)

    def _drop_form(self) -> None:
        self._keeping = None
        self.making.end(drop=False)
        if self.form is not None:
            self._pages.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _load(self, record: Record) -> None:
        self.record = record
        if self.form is None:
            return
        self.form.load(*self._content(record))
        if self._writable:
            self._keeping = RecordKeeping(
                self.form, (self.form.fields,), self.session, self.strip, self.form.footer.note.setText
            )
            self._keeping.begin(self._how(record))
        self._pages.setCurrentWidget(self.form)

    def _follow(self, record: Record) -> None:
        """Show a newer revision of the record at hand; what is being typed stays."""
        self.record = record
        if self.form is not None:
            self.form.follow(*self._content(record))
            self._pages.setCurrentWidget(self.form)
        if self._keeping is not None:
            self._keeping.follow(self._how(record))

    def _content(self, record: Record) -> tuple[dict[str, object], str, list[str]]:
        history = history_of(self.session.case.queries, record.number, _MOST_EVENTS)
        return form_values(record), lead_of(record), history

    def _how(self, record: Record) -> Kept:
        return Kept(f"record:{record.number}", record.revision, self._step)

    def _step(self, name: str, value: str, title: str) -> Command | None:
        record = self.record
        return c.edit(record.number, {name: value}, record.revision, title) if record is not None else None
