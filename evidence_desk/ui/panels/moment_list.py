"""The moments that two exhibits share, a line each: what it is, both frames, how far it lies off, go, take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import icon_button
from evidence_desk.ui.widgets.labels import label

_LINES_SHOWN = 3
"""Lines before the list scrolls; one alone in a low window, where the pictures need the room."""


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One moment as told: `frames` names both, `residual` is in milliseconds."""

    what: str
    frames: str
    residual: str


class _Line:
    """The widgets of one moment."""

    def __init__(self, place: int, grid: QGridLayout) -> None:
        self.what = QLineEdit()
        self.what.setPlaceholderText(tr("What is it? flash, shot, step"))
        self.what.setAccessibleName(tr("What moment {k} is", k=number(place + 1)))
        self.frames = label("", "id")
        self.residual = label("", "note")
        self.go = icon_button("go_to", tr("Go to moment {k}", k=number(place + 1)))
        self.remove = icon_button("close", tr("Take moment {k} away", k=number(place + 1)))
        self.number = label(number(place + 1), "note")
        for column, part in enumerate(self.parts()):
            grid.addWidget(part, place, column)

    def parts(self) -> tuple[QLabel | QLineEdit | QToolButton, ...]:
        """Return the widgets in their order."""
        return (self.number, self.what, self.frames, self.residual, self.go, self.remove)


class MomentList(QFrame):
    """Signals: `went(int)`, `named(int, str)`, `removed(int)`, each with the place of a moment from 0."""

    went = Signal(int)
    named = Signal(int, str)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._rows: tuple[MomentRow, ...] = ()
        self._most = _LINES_SHOWN
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(12, 2, 8, 2)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._scroll.setWidget(self._body)
        column.addWidget(self._scroll)
        keeper().changed.connect(self._size)

    def set_rows(self, rows: Sequence[MomentRow], writable: bool) -> None:
        """Show these; a line that a person is writing in stays as it is."""
        while len(self._lines) > len(rows):
            for part in self._lines.pop().parts():
                self._grid.removeWidget(part)
                part.deleteLater()
        while len(self._lines) < len(rows):
            self._lines.append(self._new_line(len(self._lines)))
        self._rows = tuple(rows)
        for line, row in zip(self._lines, rows, strict=True):
            if not (line.what.hasFocus() and line.what.isModified()):
                line.what.setText(row.what)
            line.what.setReadOnly(not writable)
            line.remove.setVisible(writable)
            line.frames.setText(row.frames)
            line.residual.setText(row.residual)
        self.setVisible(bool(rows))
        self._size()

    def set_low(self, low: bool) -> None:
        """Show one line alone, the rest by scrolling."""
        self._most = 1 if low else _LINES_SHOWN
        self._size()

    def _new_line(self, place: int) -> _Line:
        line = _Line(place, self._grid)
        line.what.editingFinished.connect(partial(self._named, place))
        line.go.clicked.connect(partial(self.went.emit, place))
        line.remove.clicked.connect(partial(self.removed.emit, place))
        return line

    def _named(self, place: int) -> None:
        what = self._lines[place].what.text().strip()
        if what != self._rows[place].what:
            self._lines[place].what.setModified(False)
            self.named.emit(place, what)

    def _size(self) -> None:
        step = current_theme().row("form_field") + 4
        self._scroll.setFixedHeight(min(max(len(self._rows), 1), self._most) * step + 4)
