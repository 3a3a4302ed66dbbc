"""What the case is about: mandate and scope, who works on it, how times are shown."""

from __future__ import annotations

from dataclasses import fields as fields_of
from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.domain.records import CaseSheet
from evidence_desk.ui.panels.people_editor import PeopleEditor
from evidence_desk.ui.panels.record_fields import FieldSpec, RecordFields
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import primary_button
from evidence_desk.ui.widgets.labels import hairline, label
from evidence_desk.ui.widgets.panel import PanelFooter


class CaseSheetForm(QWidget):
    """The form of the case sheet. Signals: `keep_asked()`, `edited()`."""

    keep_asked = Signal()
    edited = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = False
        self.fields = RecordFields(_specs(), writable, 104)
        self.people = PeopleEditor(writable)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(self.fields)
        inner.addSpacing(6)
        inner.addWidget(hairline())
        inner.addSpacing(6)
        inner.addWidget(label(tr("People and roles"), "section"))
        inner.addWidget(self.people)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(scroll, 1)
        keep = primary_button(tr("Keep"), "Ctrl Enter")
        keep.clicked.connect(self.keep_asked)
        self.footer = PanelFooter((keep,))
        column.addWidget(self.footer)
        self.footer.setVisible(writable)
        zone = self.fields.field("time_zone")
        if isinstance(zone, QLineEdit):
            completer = QCompleter(time_zones(), zone)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            zone.setCompleter(completer)
        self.fields.edited.connect(self._edited)
        self.people.edited.connect(self._edited)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the sheet as it is kept; shown before, only what is not being typed is shown anew."""
        values = {f.name: getattr(sheet, f.name) for f in fields_of(CaseSheet)}
        if self._shown:
            self.fields.follow(values)
            self.people.follow(sheet.people)
            return
        self._shown = True
        self.fields.load(values)
        self.people.load(sheet.people)
        self.say("")

    def changes(self) -> dict[str, object]:
        """Return the fields that differ from what is kept."""
        found: dict[str, object] = dict(self.fields.changes())
        if self.people.changed():
            found["people"] = self.people.value()
        return found

    @staticmethod
    def problem(name: str, value: str) -> str:
        """Return what keeps a field from being kept, "" for nothing."""
        if name == "title" and not value:
            return tr("A case needs a title.")
        if name == "time_zone" and value not in time_zones():
            return tr("No time zone has that name; a name looks like Europe/Vienna.")
        return ""

    def say(self, text: str) -> None:
        """Say how far the form is kept."""
        self.footer.note.setText(text)

    def focus_first(self) -> None:
        """Put the focus on the title."""
        self.fields.focus_first()

    def _edited(self) -> None:
        self.say(tr("Not kept yet") if self.changes() else "")
        self.edited.emit()


@cache
def time_zones() -> tuple[str, ...]:
    """Return the names of all time zones in order. To find them takes a walk over the files that hold them, once."""
    return tuple(sorted(available_timezones()))


def _specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("title", tr("Title")),
        FieldSpec("case_number", tr("Number")),
        FieldSpec("asked_by", tr("Asked by")),
        FieldSpec("mandate", tr("Mandate: what was asked"), "text", lines=3),
        FieldSpec("scope", tr("Scope: what was looked at"), "text"),
        FieldSpec("not_asked", tr("What was not asked"), "text"),
        FieldSpec("standard", tr("Standard"), hint=tr("What the work is held to")),
        FieldSpec(
            "time_zone", tr("Time zone"), hint="UTC", help=tr("Records keep UTC; this zone is only shown."), whole=True
        ),
        FieldSpec("languages", tr("Languages")),
        FieldSpec("content_notice", tr("Content notice"), "text"),
        FieldSpec("distribution", tr("Distribution"), "text"),
    )
