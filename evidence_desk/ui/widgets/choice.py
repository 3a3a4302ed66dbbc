"""One of a few words, as a row of segments; a screen reader finds radio buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from evidence_desk.ui.theme import current_theme

_FRAME, _TIGHT = 1, 8
"""The line around the segments, and the room that a word has at least."""


def least_width(texts: Sequence[str]) -> int:
    """Return how wide a choice of these words is at least, without making one."""
    return sum(_width(text) + current_theme().px(_TIGHT) for text in texts) + 2 * _FRAME


def _width(text: str) -> int:
    return QFontMetrics(current_theme().ui_font("small", QFont.Weight.Medium)).horizontalAdvance(text)


class ChoiceButton(QRadioButton):
    """One segment."""

    def __init__(self, group_name: str, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(f"{group_name}: {text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole segment takes the click."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """As wide as the bolder of its two looks."""
        theme = current_theme()
        return QSize(_width(self.text()) + theme.px(14), theme.row("form_field") - 2)

    def minimumSizeHint(self) -> QSize:
        """As the size hint, a little tighter."""
        return QSize(_width(self.text()) + current_theme().px(_TIGHT), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment."""
        theme, on = current_theme(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.selected" if on else "surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        path = "text.disabled" if not self.isEnabled() else "text.primary" if on else "text.secondary"
        painter.setFont(theme.ui_font("small", QFont.Weight.Medium if on else QFont.Weight.Normal))
        painter.setPen(theme.color(path))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent.line"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()


class Choice(QFrame):
    """Two to five words of which one, or none yet, is chosen; arrow keys move the choice.

    `words` are (value, shown text). Signals: `chosen(str value)` when a person chose another one.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, words: Sequence[tuple[str, str]], value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("segment")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ChoiceButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        row.setSpacing(0)
        for word, text in words:
            button = ChoiceButton(name, text)
            self._buttons[word] = button
            self._group.addButton(button)
            # Stretched by the width of the word: equal shares would cut the long ones.
            row.addWidget(button, button.sizeHint().width())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_value(value)
        self._group.buttonClicked.connect(self._tell)

    def value(self) -> str:
        """The chosen value, "" for none."""
        return next((word for word, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose without telling; a value that is none of the words clears the choice."""
        self._group.setExclusive(False)
        for word, button in self._buttons.items():
            button.setChecked(word == value)
        self._group.setExclusive(True)
        # Tab goes to the chosen word, to the first where none is; the arrow keys go on from there.
        buttons = tuple(self._buttons.values())
        entry = next((button for button in buttons if button.isChecked()), buttons[0])
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is entry else Qt.FocusPolicy.ClickFocus)

    def focus_first(self) -> None:
        """Put the focus on the chosen segment, or the first."""
        buttons = tuple(self._buttons.values())
        target = next((button for button in buttons if button.isChecked()), buttons[0])
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self) -> None:
        self.chosen.emit(self.value())
