"""Rows of a form, counts, and the completeness of an acquisition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import listed, tr
from evidence_desk.ui.widgets.labels import label, set_role

LABEL_WIDTH = 78
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX
_FIELD_LEAST = 194
"""A field that would be narrower than this beside its label stands below it; all rows of a form change together."""


class FormRow(QWidget):
    """A label at the left or, where room is short, above; the field, and under it one line of help or what is wrong.

    The label's word is the field's accessible name and its buddy.
    """

    def __init__(
        self, name: str, field: QWidget, help_: str = "", width: int = LABEL_WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._width, self._help = width, help_
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.name = label(name, "label", wrap=True)
        grid.addWidget(self.name, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, 0, 1)
        self.note = label(help_, "caption", wrap=True)
        self.note.setVisible(bool(help_))
        grid.addWidget(self.note, 1, 1)
        self._beside: QWidget | None = None
        self._above = False
        if field.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        self._dress()
        keeper().changed.connect(self._dress)

    def put_beside(self, shown: QWidget) -> None:
        """Lay another widget where the field stands, for when the field is hidden."""
        self._beside = shown
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The width that the field needs below its label; the height as arranged now."""
        parts = [part for part in (self.field, self._beside) if part is not None and not part.isHidden()]
        width = max((part.minimumSizeHint().expandedTo(part.minimumSize()).width() for part in parts), default=0)
        return QSize(width, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the label above the field, or beside it again."""
        super().resizeEvent(event)
        above = self.width() < current_theme().px(self._width + _FIELD_LEAST)
        if above != self._above:
            self._above = above
            self._arrange()
            self._dress()

    def _arrange(self) -> None:
        row, column = (1, 0) if self._above else (0, 1)
        self._grid.setColumnStretch(0, int(self._above))
        self._grid.setColumnStretch(1, int(not self._above))
        for part in (self.field, self._beside):
            if part is not None:
                self._grid.addWidget(part, row, column)
        self._grid.addWidget(self.note, row + 1, column)

    def set_problem(self, text: str) -> None:
        """Say what is wrong under the field, "" for nothing."""
        mark_wrong(self.field, bool(text))
        set_role(self.note, "danger" if text else "caption")
        self.note.setText(text or self._help)
        self.note.setVisible(bool(text or self._help))

    @property
    def is_wrong(self) -> bool:
        """Tell whether something is said to be wrong."""
        return bool(self.note.property("role") == "danger")

    def set_help(self, text: str) -> None:
        """Show another line of help."""
        self._help = text
        self.set_problem("")

    def _dress(self) -> None:
        theme = current_theme()
        # Above the field it may take the whole width.
        self.name.setMinimumWidth(0 if self._above else theme.px(self._width))
        self.name.setMaximumWidth(_ANY_WIDTH if self._above else theme.px(self._width))
        self.name.setMinimumHeight(0 if self._above else theme.row("form_field"))


def mark_wrong(field: QWidget, wrong: bool) -> None:
    """Give a field the border of a wrong value, or take it away."""
    _dress(field, "wrong", "true" if wrong else "false")


def show_as_text(field: QLineEdit | QTextEdit | QPlainTextEdit, text: bool) -> None:
    """Make a field read as text (a case that is open to read) or as a field."""
    field.setReadOnly(text)
    _dress(field, "shown", "text" if text else "")


def _dress(field: QWidget, name: str, value: str) -> None:
    """Give a field a property of the style sheet; one that has it already is not dressed anew, which takes long."""
    if (field.property(name) or "") != value:
        field.setProperty(name, value)
        field.style().unpolish(field)
        field.style().polish(field)


class CountFields(QWidget):
    """Min, best and max of what is visible; all three empty means no count.

    Signals: `edited()` after a person changed a field.
    """

    edited = Signal()

    def __init__(self, name: str = "Count", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(5)
        self._fields: list[QLineEdit] = []
        for word in (tr("min"), tr("best"), tr("max")):
            row.addWidget(label(word, "caption"))
            field = QLineEdit()
            field.setValidator(QIntValidator(0, 1_000_000, field))
            field.setAccessibleName(f"{name} {word}")
            field.textEdited.connect(self._changed)
            self._fields.append(field)
            row.addWidget(field)
        row.addStretch()
        outer.addLayout(row)
        self._note = label("", "danger", wrap=True)
        self._note.hide()
        outer.addWidget(self._note)
        self._dress()
        keeper().changed.connect(self._dress)

    def value(self) -> tuple[int, int, int] | None:
        """The count, or None where a field is empty or the three are out of order; `problem` tells them apart."""
        texts = [field.text() for field in self._fields]
        if self.problem() or not all(texts):
            return None
        low, best, high = (int(text) for text in texts)
        return (low, best, high)

    def set_value(self, value: tuple[int | None, int | None, int | None] | None) -> None:
        """Show a count, None for none."""
        for field, part in zip(self._fields, value or (None, None, None), strict=True):
            field.setText("" if part is None else str(part))
        self._show_problem()

    def texts(self) -> tuple[str, ...]:
        """What is typed into the three, also where it is no count."""
        return tuple(field.text() for field in self._fields)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show what was typed."""
        for field, text in zip(self._fields, texts, strict=True):
            field.setText(text)
        self._show_problem()

    def problem(self) -> str:
        """One sentence on what is wrong, "" for nothing."""
        texts = [field.text() for field in self._fields]
        if not any(texts):
            return ""
        low, best, high = (int(text) if text else None for text in texts)
        if low is not None and best is not None and best < low:
            return tr("Best cannot be below min.")
        if best is not None and high is not None and high < best:
            return tr("Max cannot be below best.")
        if low is not None and high is not None and high < low:
            return tr("Max cannot be below min.")
        return tr("Fill all three, or leave all three empty.") if not all(texts) else ""

    def focus_first(self) -> None:
        """Put the focus on min."""
        self._fields[0].setFocus(Qt.FocusReason.TabFocusReason)
        self._fields[0].selectAll()

    def fill(self) -> None:
        """Let what is left empty follow what stands before it: 3 means 3, 3, 3."""
        for before, field in pairwise(self._fields):
            if before.text() and not field.text():
                field.setText(before.text())
        self._show_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter fills what is empty and goes on to the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.fill()
            self.edited.emit()
        super().keyPressEvent(event)

    def set_text_only(self, text: bool) -> None:
        """Read as text, or as fields."""
        for field in self._fields:
            show_as_text(field, text)

    def _changed(self) -> None:
        self._show_problem()
        self.edited.emit()

    def _show_problem(self) -> None:
        problem = self.problem()
        # Half filled is no mistake while a person types; out of order is.
        wrong = bool(problem) and "all three" not in problem
        for field in self._fields:
            mark_wrong(field, wrong)
        self._note.setText(problem if wrong else "")
        self._note.setVisible(wrong)

    def _dress(self) -> None:
        for field in self._fields:
            field.setFixedWidth(current_theme().px(40))


class CompletenessMeter(QWidget):
    """How many of the eight items of an acquisition are recorded; one colour at any value."""

    def __init__(self, total: int = 8, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total, self._small = total, small
        self._held: tuple[bool, ...] = (False,) * total
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        self.set_value(0)

    def set_value(self, count: int, missing: Sequence[str] = ()) -> None:
        """Show `count` filled segments; `missing` names what a screen reader should tell."""
        self._held = tuple(place < count for place in range(self._total))
        text = tr("Acquisition, {count} of {total} items recorded", count=count, total=self._total)
        rest = tr(", missing {names}", names=listed(missing)) if missing else ""
        self.setAccessibleName(text + rest)
        self.setToolTip(tr("Missing: {names}", names=listed(missing)) if missing else "")
        self.update()

    def sizeHint(self) -> QSize:
        """A thin row."""
        theme = current_theme()
        return QSize(theme.px(86 if self._small else 200), theme.px(9))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segments."""
        painter = QPainter(self)
        paint_meter(painter, QRectF(self.rect()), self._held)
        painter.end()


def paint_meter(painter: QPainter, rect: QRectF, held: Sequence[bool]) -> None:
    """Draw one segment for each item into `rect`: filled where it is held, a frame where not."""
    theme = current_theme()
    gap = 3.0 if rect.width() > 120 else 2.0
    width = (rect.width() - gap * (len(held) - 1)) / len(held)
    painter.save()
    for place, has in enumerate(held):
        segment = QRectF(rect.left() + place * (width + gap), rect.top(), width, rect.height())
        if has:
            painter.fillRect(segment, theme.color("accent.line"))
        else:
            painter.setPen(QPen(theme.color("line.control_more_contrast"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(segment.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()
