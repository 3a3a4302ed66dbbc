"""The field that narrows a list: a glass at the left, Esc clears it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr

_INSET = 8


class FilterField(QLineEdit):
    """One line; `name` is what a screen reader says."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(tr("Clear"))
            button.setToolTip(tr("Clear (Esc)"))
        self._dress()
        keeper().changed.connect(self._dress)

    def event(self, event: QEvent) -> bool:
        """Esc is this field's as long as there is something to clear."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glass beside the text."""
        super().paintEvent(event)
        theme = current_theme()
        side = theme.px(14)
        painter = QPainter(self)
        icon = theme.icon("search", "text.tertiary")
        icon.paint(painter, _INSET, (self.height() - side) // 2, side, side)
        painter.end()

    def _dress(self) -> None:
        self.setTextMargins(current_theme().px(14) + _INSET, 0, 0, 0)
