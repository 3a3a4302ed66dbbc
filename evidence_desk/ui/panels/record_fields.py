"""Fields of a record from a list of specs: boxes while the case can be written, plain text where it is open to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.forms import FormRow, mark_wrong
from evidence_desk.ui.widgets.labels import label, set_role

YES = "yes"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: `kind` is line, text, combo, check or fixed (never edited); `choices` are (value, words) of a combo.

    A check holds `YES` or ""; its words stand in `hint`, what it does in `tip`. Of a `whole` field a half makes another
    sense or none: it is kept once it is left, not at an idle second.
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    help: str = ""
    lines: int = 2
    tip: str = ""
    whole: bool = False


class TextField(QPlainTextEdit):
    """Several lines of text; Tab leaves it, and it grows with its content up to eight lines."""

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        keeper().changed.connect(self._grow)
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as the lines it was given."""
        return QSize(120, self.height())

    def _grow(self) -> None:
        step = QFontMetrics(current_theme().ui_font("body")).lineSpacing()
        shown = int(self.document().size().height())
        self.setFixedHeight(max(self._lines, min(8, shown)) * step + 20)


class WordCombo(QComboBox):
    """One of several words; the wheel scrolls the form instead of changing a value nobody looked at."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for value, words in choices:
            self.addItem(words, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> str:
        """The chosen value."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not among the words is added as it is, since a record may hold it."""
        place = self.findData(value)
        if place < 0:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other words, keeping the value where it is still among them."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.set_value(kept)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as the sheet says; a word that does not fit ends in … instead of being cut."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        room -= self.iconSize().width() + 4 if not option.currentIcon.isNull() else 0
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


Field = QLineEdit | TextField | WordCombo | QCheckBox | QLabel


class RecordFields(QWidget):
    """The fields of one record. Signals: `edited()` when a person changed one, `edited_field(str)` which."""

    edited = Signal()
    edited_field = Signal(str)

    def __init__(
        self, specs: Sequence[FieldSpec], writable: bool, label_width: int = 104, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._writable = writable
        self._fields: dict[str, Field] = {}
        self._rows: dict[str, QWidget] = {}
        self._notes: dict[str, QLabel] = {}
        self._loaded: dict[str, str] = {}
        self._specs = {spec.name: spec for spec in specs}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for spec in specs:
            self._add(spec, label_width)

    def load(self, values: Mapping[str, object]) -> None:
        """Show these values; what a person typed before is gone."""
        self._loaded = {name: _text(values.get(name)) for name in self._fields}
        for name, value in self._loaded.items():
            field = self._fields[name]
            field.blockSignals(True)
            _put(field, value)
            field.blockSignals(False)
            self.set_problem(name, "")

    def follow(self, values: Mapping[str, object]) -> None:
        """Show newer values; a field into which something else is typed keeps that."""
        shown = {name: _get(field) for name, field in self._fields.items()}
        for name, before in tuple(self._loaded.items()):
            now = _text(values.get(name))
            self._loaded[name] = now
            fixed = isinstance(self._fields[name], QLabel)
            if now != before and (fixed or shown[name] == before):
                self._put(name, now)
                self.set_problem(name, "")

    def offer(self, values: Mapping[str, object]) -> set[str]:
        """Show what was typed before beside what is on record; return the fields in which the two differ."""
        found = set()
        for name, field in self._fields.items():
            value = values.get(name)
            if isinstance(value, str) and not isinstance(field, QLabel) and value != self._loaded.get(name, ""):
                self._put(name, value)
                found.add(name)
        return found

    def take_back(self) -> None:
        """Show what was loaded in the place of what was typed."""
        for name in self.changes():
            self._put(name, self._loaded.get(name, ""))
            self.set_problem(name, "")

    def title_of(self, name: str) -> str:
        """Return what a field is called."""
        return self._specs[name].label

    def is_half(self, name: str) -> bool:
        """Tell whether a field that makes sense only as a whole is being typed into."""
        return self._specs[name].whole and self._fields[name].hasFocus()

    def keep_while(self, name: str, write: Callable[[], object]) -> None:
        """Count a field as kept while it is written; where that is refused it is as before."""
        before = self._loaded.get(name, "")
        self._loaded[name] = _get(self._fields[name])
        try:
            write()
        except BaseException:
            self._loaded[name] = before
            raise

    def _put(self, name: str, value: str) -> None:
        field = self._fields[name]
        place = field.textCursor().position() if isinstance(field, TextField) else 0
        field.blockSignals(True)
        _put(field, value)
        field.blockSignals(False)
        if isinstance(field, TextField):
            cursor = field.textCursor()
            cursor.setPosition(min(place, len(value.encode("utf-16-le")) // 2))
            field.setTextCursor(cursor)

    def values(self) -> dict[str, str]:
        """Return what the fields hold."""
        return {name: _get(field) for name, field in self._fields.items() if not isinstance(field, QLabel)}

    def changes(self) -> dict[str, str]:
        """Return the fields that differ from what was loaded."""
        return {name: value for name, value in self.values().items() if value != self._loaded.get(name, "")}

    def fill(self, name: str, value: str) -> None:
        """Put a value into a field as if a person had typed it."""
        _put(self._fields[name], value)

    def take_as_kept(self, name: str = "") -> None:
        """Let what the fields hold, or one of them, be what was loaded."""
        self._loaded.update({n: v for n, v in self.values().items() if n == (name or n)})

    def field(self, name: str) -> Field:
        """Return the widget of a field."""
        return self._fields[name]

    def row(self, name: str) -> QWidget:
        """Return the row of a field, label and all."""
        return self._rows[name]

    def set_problem(self, name: str, text: str) -> None:
        """Say what is wrong with a field, "" for nothing."""
        row = self._rows[name]
        if isinstance(row, FormRow):
            row.set_problem(text)
            return
        mark_wrong(self._fields[name], bool(text))
        self._notes[name].setText(text)
        self._notes[name].setVisible(bool(text))

    def problems(self) -> str:
        """Return what is said to be wrong with the fields, one sentence after another."""
        notes = [row.note.text() for row in self._rows.values() if isinstance(row, FormRow) and row.is_wrong]
        return " ".join([*notes, *(note.text() for note in self._notes.values() if not note.isHidden())])

    def focus_first(self) -> None:
        """Put the focus on the first field that can be edited."""
        for field in self._fields.values():
            if not isinstance(field, QLabel) and field.isVisibleTo(self):
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _add(self, spec: FieldSpec, label_width: int) -> None:
        field = self._make(spec)
        self._fields[spec.name] = field
        if isinstance(field, TextField):
            row = self._text_row(spec, field)
        else:
            row = FormRow(spec.label, field, spec.help, label_width)
        self._rows[spec.name] = row
        self._column.addWidget(row)

    def _make(self, spec: FieldSpec) -> Field:
        if spec.kind == "fixed" or not self._writable:
            shown = label("", "small", wrap=True)
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            shown.setMinimumHeight(current_theme().row("form_field"))
            shown.setProperty("absent", tr("Not recorded"))
            shown.setProperty("words", dict(spec.choices))
            return shown
        if spec.kind == "combo":
            combo = WordCombo(spec.choices)
            combo.currentIndexChanged.connect(partial(self._tell, spec.name))
            return combo
        if spec.kind == "check":
            check = QCheckBox(spec.hint)
            check.setToolTip(spec.tip)
            check.setAccessibleName(f"{spec.label}: {spec.hint}")
            check.setMinimumHeight(current_theme().row("form_field"))
            check.toggled.connect(partial(self._tell, spec.name))
            return check
        if spec.kind == "text":
            text = TextField(spec.lines)
            text.setPlaceholderText(spec.hint)
            text.setAccessibleName(spec.label)
            text.textChanged.connect(partial(self._tell, spec.name))
            return text
        line = QLineEdit()
        line.setPlaceholderText(spec.hint or tr("Not recorded"))
        line.textEdited.connect(partial(self._tell, spec.name))
        return line

    def _text_row(self, spec: FieldSpec, field: TextField) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        name = label(spec.label, "label")
        name.setBuddy(field)
        column.addWidget(name)
        column.addWidget(field)
        if spec.help:
            column.addWidget(label(spec.help, "caption", wrap=True))
        problem = label("", "danger", wrap=True)
        set_role(problem, "danger")
        problem.hide()
        self._notes[spec.name] = problem
        column.addWidget(problem)
        return row

    def _tell(self, name: str, _: object = None) -> None:
        self.edited.emit()
        self.edited_field.emit(name)


def _text(value: object) -> str:
    return YES if value is True else str(value or "")


def _get(field: Field) -> str:
    if isinstance(field, QCheckBox):
        return YES if field.isChecked() else ""
    if isinstance(field, QLineEdit):
        return field.text().strip()
    if isinstance(field, WordCombo):
        return field.value()
    return field.toPlainText().strip() if isinstance(field, TextField) else field.text()


def _put(field: Field, value: str) -> None:
    if isinstance(field, QCheckBox):
        field.setChecked(value == YES)
    elif isinstance(field, QLineEdit):
        field.setText(value)
        field.setCursorPosition(0)
    elif isinstance(field, WordCombo):
        field.set_value(value)
    elif isinstance(field, TextField):
        field.setPlainText(value)
    else:
        words: dict[str, str] = field.property("words") or {}
        field.setText(words.get(value, value) or str(field.property("absent")))
        set_role(field, "small" if value else "note")
