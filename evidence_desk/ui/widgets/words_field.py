"""A line to type on, laid on the picture where the words will stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr

_WIDTH = 220


class WordsField(QLineEdit):
    """Enter keeps the words, Esc gives them up, leaving the field keeps them; hidden otherwise."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = parent
        self._then: Callable[[str], None] | None = None
        self.setAccessibleName(tr("Words of the region"))
        self.setPlaceholderText(tr("Words, then Enter"))
        self.returnPressed.connect(self._keep)
        self.hide()

    def ask(self, at: QPoint, text: str, then: Callable[[str], None]) -> None:
        """Ask for words near a place of the picture; `then` gets them, unless they are given up or empty."""
        self._then = then
        theme = current_theme()
        room = self._picture.size()
        self.resize(theme.px(_WIDTH), self.sizeHint().height())
        x = min(max(at.x() + 6, 4), max(4, room.width() - self.width() - 4))
        y = min(max(at.y() - self.height() // 2, 4), max(4, room.height() - self.height() - 4))
        self.move(x, y)
        self.setText(text)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.end(False)

    def _keep(self) -> None:
        then, words = self._then, self.text().strip()
        self._close()
        if then is not None and words:
            then(words)

    def _close(self) -> None:
        self._then = None
        if self.hasFocus():
            # Before it is hidden: Qt would look for the next field, as for Tab, and the picture would choose a region.
            self._picture.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Take Esc from the window's shortcuts."""
        over = event.type() == QEvent.Type.ShortcutOverride
        if over and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the words up on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the words when the field is left: nothing typed is thrown away."""
        super().focusOutEvent(event)
        if self.isVisible() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._keep()
