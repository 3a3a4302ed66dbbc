"""The right panel of the Intake room: how the chosen exhibit was acquired, or the case sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Exhibit
from evidence_desk.services import commands as c
from evidence_desk.ui.panels.acquisition_form import AcquisitionForm
from evidence_desk.ui.panels.case_sheet_form import CaseSheetForm
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
        self.form = AcquisitionForm(self._writable)
        self.sheet_form = CaseSheetForm(self._writable)
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
        for page in (self.form, self.sheet_form, self._no_exhibit):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._pages, 1)
        self.switch.chosen.connect(self.show_form)
        self.form.keep_asked.connect(self.keep)
        self.form.help_asked.connect(self.help_asked)
        self.sheet_form.keep_asked.connect(self.keep)

    def show_form(self, which: str) -> None:
        """Show the acquisition form or the case sheet."""
        self.switch.set_value(which)
        sheet = which == SHEET
        self.header.set_title(tr("Case sheet") if sheet else tr("Acquisition"))
        self.header.set_number(self._exhibit.number if self._exhibit is not None and not sheet else "")
        self._pages.setCurrentWidget(
            self.sheet_form if sheet else self.form if self._exhibit is not None else self._no_exhibit
        )

    def show_exhibit(self, exhibit: Exhibit | None) -> None:
        """Show what is recorded of an exhibit, None for no exhibit; what was typed before is gone."""
        self._exhibit = exhibit
        if exhibit is not None:
            queries = self._session.case.queries
            others = tuple(e for e in queries.exhibits() if e.number != exhibit.number)
            self.form.show_exhibit(exhibit, queries.acquisition_of(exhibit.number), others)
        self.show_form(self.switch.value())

    def refresh(self, exhibit: Exhibit | None) -> None:
        """Read again what nobody is typing into."""
        if not self.sheet_form.changes():
            self.sheet_form.show_sheet(self._session.case.queries.sheet())
        if not self.form.changed():
            self.show_exhibit(exhibit)

    def keep(self) -> None:
        """Keep both forms, as far as something was typed."""
        if not self._writable:
            return
        try:
            steps = self.form.commands()
        except EvidenceDeskError as error:
            self._session.failed.emit(error)
            return
        if steps:
            command = steps[0] if len(steps) == 1 else c.batch(tr("Edit acquisition"), steps)
            done = tr("Acquisition of {number} kept", number=self.form.exhibit)
            if self._session.run(command, done) is not None:
                record = self._session.case.queries.get(self.form.exhibit)
                self.show_exhibit(record if isinstance(record, Exhibit) else None)
        changes = self.sheet_form.changes()
        if (
            changes
            and not self.sheet_form.problem()
            and self._session.run(c.edit_sheet(changes), tr("Case sheet kept")) is not None
        ):
            self.sheet_form.show_sheet(self._session.case.queries.sheet())

    def unkept(self) -> str:
        """Name the form that holds what is not kept."""
        if self.form.changed():
            return tr("the acquisition of {number}", number=self.form.exhibit)
        return tr("the case sheet") if self.sheet_form.changes() else ""

    def focus_first(self) -> None:
        """Put the focus on the first field of the form shown."""
        if self.switch.value() == SHEET:
            self.sheet_form.focus_first()
        else:
            self.form.focus_first()
