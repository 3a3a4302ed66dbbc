"""The case sheet: what was asked, by whom, what was not asked, and how times are shown."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from evidence_desk.domain.records import CaseSheet
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog, body_height
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.forms import FormRow, show_as_text

_WIDTH = 132


class CaseSheetDialog(DeskDialog):
    """Shows the case sheet; `changes()` tells what was changed. Read as text where the case cannot be written."""

    def __init__(self, sheet: CaseSheet, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Case sheet"),
            tr("The dossier prints this before anything else."),
            tr("Keep") if writable else "",
            parent,
            width=640,
        )
        self._sheet = sheet
        self._lines: dict[str, QLineEdit] = {}
        self._texts: dict[str, QTextEdit] = {}
        self._zone = QComboBox()
        column = QVBoxLayout()
        column.setSpacing(6)
        for name, title, help_ in _lines():
            self._lines[name] = QLineEdit(str(getattr(sheet, name)))
            # A long text shows its beginning.
            self._lines[name].setCursorPosition(0)
            column.addWidget(FormRow(title, self._lines[name], help_, _WIDTH))
        for name, title, help_ in _texts():
            column.addWidget(FormRow(title, self._text(name), help_, _WIDTH))
        self._fill_zones(sheet.time_zone)
        column.addWidget(FormRow(tr("Time zone shown"), self._zone, width=_WIDTH))
        column.addWidget(FormRow(tr("People and roles"), self._people(), tr("One a line: name, role"), _WIDTH))
        column.addStretch()
        self.body.addWidget(_scrolled(column))
        if not writable:
            self._read_only()
        (self._lines["title"] if writable else self.leave).setFocus()

    def changes(self) -> dict[str, object]:
        """The fields that differ from the sheet as it was."""
        values: dict[str, object] = {name: line.text().strip() for name, line in self._lines.items()}
        values |= {name: text.toPlainText().strip() for name, text in self._texts.items() if name != "people"}
        values["time_zone"] = self._zone.currentText()
        values["people"] = people_from(self._texts["people"].toPlainText())
        return {name: value for name, value in values.items() if value != getattr(self._sheet, name)}

    def check(self) -> str:
        """A case needs a title."""
        return "" if self._lines["title"].text().strip() else tr("A case needs a title.")

    def _text(self, name: str) -> QTextEdit:
        field = QTextEdit()
        field.setAcceptRichText(False)
        field.setTabChangesFocus(True)
        field.setPlainText(str(getattr(self._sheet, name)))
        field.setFixedHeight(current_theme().px(54))
        self._texts[name] = field
        return field

    def _people(self) -> QTextEdit:
        field = self._texts["people"] = QTextEdit()
        field.setAcceptRichText(False)
        field.setTabChangesFocus(True)
        field.setPlainText(people_text(self._sheet.people))
        field.setFixedHeight(current_theme().px(54))
        return field

    def _fill_zones(self, value: str) -> None:
        names = ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone)]
        if value not in names:
            names.insert(1, value)
        self._zone.addItems(names)
        self._zone.setCurrentText(value)
        self._zone.setMaxVisibleItems(14)

    def _read_only(self) -> None:
        for line in self._lines.values():
            show_as_text(line, True)
        for text in self._texts.values():
            show_as_text(text, True)
        self._zone.setEnabled(False)


def people_text(people: tuple[dict[str, object], ...]) -> str:
    """Return people and roles as lines of text."""
    rows = (", ".join(str(person.get(key, "")) for key in ("name", "role") if person.get(key)) for person in people)
    return "\n".join(row for row in rows if row)


def people_from(text: str) -> tuple[dict[str, object], ...]:
    """Return people and roles from lines of text: what stands after the first comma is the role."""
    rows = (line.partition(",") for line in text.splitlines() if line.strip())
    return tuple({"name": name.strip(), "role": role.strip()} for name, _, role in rows)


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    inner.setLayout(column)
    column.setContentsMargins(0, 0, 10, 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setMinimumHeight(min(body_height(current_theme().px(430)), 520))
    return area


def _lines() -> tuple[tuple[str, str, str], ...]:
    return (
        ("title", tr("Title"), ""),
        ("case_number", tr("Number"), ""),
        ("asked_by", tr("Asked by"), ""),
        ("standard", tr("Standard"), tr("What the work is held to, e.g. a protocol and its year")),
        ("languages", tr("Languages"), ""),
        ("distribution", tr("May be given to"), ""),
        ("content_notice", tr("Content notice"), tr("What a reader should know before looking")),
    )


def _texts() -> tuple[tuple[str, str, str], ...]:
    return (
        ("mandate", tr("Mandate"), tr("What was asked")),
        ("scope", tr("Scope"), tr("Which material, which time, which place")),
        ("not_asked", tr("Not asked"), tr("What the dossier does not answer")),
    )
