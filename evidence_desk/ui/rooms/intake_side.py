"""The right panel of the Intake room: how the chosen exhibit was acquired, or the case sheet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Exhibit
from evidence_desk.services import commands as c
from evidence_desk.services.bus import Command
from evidence_desk.ui.field_keeping import FieldKeeping, kept_words, step_of
from evidence_desk.ui.panels.acquisition_form import AcquisitionForm
from evidence_desk.ui.panels.case_sheet_form import CaseSheetForm, time_zones
from evidence_desk.ui.panels.draft_strip import DraftStrip
from evidence_desk.ui.record_keeping import Kept, RecordKeeping
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.panel import EmptyState, PanelHeader

ACQUISITION, SHEET = "acquisition", "sheet"


class IntakeSide(QWidget):
    """Two forms under one switch; keeping keeps both. Signals: `help_asked()` what the eight items mean."""

    help_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._writable = session.writable
        self._exhibit: Exhibit | None = None
        self._begun = False

    def build_up(self) -> Iterator[None]:
        """Make the parts, each where it stays; stops in between, for the window's turn."""
        self._lay_out()
        yield
        self.form = AcquisitionForm(self._writable)
        yield
        self._pages.addWidget(self.form)
        yield
        time_zones()
        yield
        self.sheet_form = CaseSheetForm(self._writable)
        yield
        self._pages.addWidget(self.sheet_form)
        self._pages.addWidget(self._no_exhibit)
        yield
        self._keeping = RecordKeeping(
            self.form, self.form.parts, self._session, self._strips[ACQUISITION], self.form.say
        )
        self._sheet_keeping = RecordKeeping(
            self.sheet_form, (self.sheet_form.fields,), self._session, self._strips[SHEET], self.sheet_form.say
        )
        self._people = FieldKeeping(self.sheet_form.people)
        self._connect()

    def _lay_out(self) -> None:
        self.header = PanelHeader(tr("Acquisition"))
        words = ((ACQUISITION, tr("Acquisition")), (SHEET, tr("Case sheet")))
        self.switch = Choice(tr("Form"), words, ACQUISITION)
        self.header.add(self.switch)
        self._no_exhibit = EmptyState(
            "exhibit_video",
            tr("No exhibit is chosen"),
            tr("Take a file in, or choose one in the table, to record how it came to be held."),
        )
        self._pages = QStackedWidget()
        self._strips = {ACQUISITION: DraftStrip(), SHEET: DraftStrip()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._strip_pages = {which: QWidget() for which in self._strips}
        for which, room in self._strip_pages.items():
            lines = QVBoxLayout(room)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.addWidget(self._strips[which])
            column.addWidget(room)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.switch.chosen.connect(self.show_form)
        self.form.keep_asked.connect(self.keep)
        self.form.help_asked.connect(self.help_asked)
        self.sheet_form.keep_asked.connect(self.keep)
        for which, keeping in ((ACQUISITION, self._keeping), (SHEET, self._sheet_keeping)):
            self._strips[which].keep_asked.connect(self.keep)
            self._strips[which].discard_asked.connect(keeping.discard)
        self.sheet_form.people.edited.connect(self._people.edited)
        self._people.due.connect(self._keep_people)

    def show_first(self, exhibits: int) -> None:
        """Show what there is something to do in: a sheet that holds words not kept, else the acquisition."""
        held = {which for which, strip in self._strips.items() if not strip.isHidden()}
        self.show_form(SHEET if not exhibits or held == {SHEET} else ACQUISITION)

    def show_form(self, which: str) -> None:
        """Show the acquisition form or the case sheet."""
        self.switch.set_value(which)
        sheet = which == SHEET
        self.header.set_title(tr("Case sheet") if sheet else tr("Acquisition"))
        self.header.set_number(self._exhibit.number if self._exhibit is not None and not sheet else "")
        for name, room in self._strip_pages.items():
            room.setVisible(name == which and (sheet or self._exhibit is not None))
        self._pages.setCurrentWidget(
            self.sheet_form if sheet else self.form if self._exhibit is not None else self._no_exhibit
        )

    def show_exhibit(self, exhibit: Exhibit | None) -> None:
        """Show what is recorded of an exhibit, None for no exhibit; what is being typed for the same one stays."""
        before, self._exhibit = self.form.exhibit, exhibit
        if exhibit is not None:
            queries = self._session.case.queries
            others = tuple(e for e in queries.exhibits() if e.number != exhibit.number)
            acquisition = queries.acquisition_of(exhibit.number)
            self.form.show_exhibit(exhibit, acquisition, others)
            revision = exhibit.revision + (acquisition.revision if acquisition is not None else 0)
            how = Kept(f"acquisition:{exhibit.number}", revision, self.form.step)
            (self._keeping.follow if before == exhibit.number else self._keeping.begin)(how)
        self.show_form(self.switch.value())

    def refresh(self, exhibit: Exhibit | None) -> None:
        """Read again what nobody is typing into."""
        sheet = self._session.case.queries.sheet()
        self.sheet_form.show_sheet(sheet)
        how = Kept("sheet", sheet.revision, self._sheet_step, self.sheet_form.problem)
        (self._sheet_keeping.follow if self._begun else self._sheet_keeping.begin)(how)
        self._begun = True
        if exhibit is None and self.form.changed():
            self._keeping.keep()
        self.show_exhibit(exhibit)

    @staticmethod
    def _sheet_step(name: str, value: str, title: str) -> Command:
        return c.edit_sheet({name: value}, title)

    def keep(self) -> bool:
        """Keep both forms, as far as something was typed; tell whether everything is on record."""
        if not self._writable:
            return True
        done = [self._keeping.keep(asked=True), self._sheet_keeping.keep(asked=True), self._keep_people()]
        return all(done)

    def put_aside(self) -> None:
        """Keep what was typed as far as it can be, and put the rest aside."""
        if self._writable:
            self._keeping.keep(leaving=True)
            self._sheet_keeping.keep(leaving=True)
            self._keep_people()

    def _keep_people(self) -> bool:
        people = self.sheet_form.people
        self._people.settled()
        if not self._session.writable or not people.changed():
            return True
        step = c.edit_sheet({"people": people.value()}, step_of(tr("People and roles")))
        try:
            self._session.case.bus.run(step)
        except EvidenceDeskError as error:
            self.sheet_form.say(str(error))
            return False
        self.sheet_form.say(kept_words(self._session.case.bus.last_saved))
        return True

    def unkept(self) -> str:
        """Name the form that would be lost on closing: none, except where the case file cannot be written."""
        self.put_aside()
        if not self._session.case.drafts.problem:
            return ""
        if self.form.changed():
            return tr("the acquisition of {number}", number=self.form.exhibit)
        return tr("the case sheet") if self.sheet_form.changes() else ""

    def focus_first(self) -> None:
        """Put the focus on the first field of the form shown."""
        if self.switch.value() == SHEET:
            self.sheet_form.focus_first()
        else:
            self.form.focus_first()
