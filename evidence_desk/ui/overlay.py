"""A panel over the dimmed window: focus stays inside, Esc leaves, focus goes back to where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from evidence_desk.ui.focus_back import FocusBefore
from evidence_desk.ui.theme import current_theme

_DIM = QColor(0, 0, 0, 150)
_MARGIN = 24


class Overlay(QWidget):
    """Covers `window`. `width` grows with the text; `top` is the share of the window's height above the panel.

    Signals: `closed()` after it has left.
    """

    closed = Signal()

    def __init__(self, window: QWidget, name: str, width: int, top: float = 0.12) -> None:
        super().__init__(window)
        self._window, self._width, self._top = window, width, top
        self._before: FocusBefore | None = None
        self.setAccessibleName(name)
        self.panel = QFrame(self)
        self.panel.setObjectName("overlay")
        self.column = QVBoxLayout(self.panel)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        window.installEventFilter(self)
        self.hide()

    def first_focus(self) -> QWidget:
        """The part that has the focus at first."""
        return self.panel

    def open(self) -> None:
        """Show the panel and take the focus."""
        if not self.isVisible():
            self._before = FocusBefore(self._window)
        self.place()
        self.show()
        self.raise_()
        if not self._window.isActiveWindow():
            self._window.activateWindow()
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go away and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None:
            self._before.give_back()
        self._before = None
        self.closed.emit()

    def wanted_height(self) -> int:
        """The panel's height where there is room for it."""
        return self.panel.sizeHint().height()

    def place(self) -> None:
        """Cover the window and put the panel in its place."""
        window = self._window
        self.setGeometry(window.rect())
        width = min(current_theme().px(self._width), window.width() - 2 * _MARGIN)
        self.panel.setFixedWidth(width)
        top = max(_MARGIN, round(window.height() * self._top))
        height = min(self.wanted_height(), window.height() - top - _MARGIN)
        self.panel.setGeometry(QRect((window.width() - width) // 2, top, width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def event(self, event: QEvent) -> bool:
        """Keep bare keys from acting on the window below; keys with Ctrl or Alt and function keys still do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            acting = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & acting and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Walk round inside the panel."""
        parts = [
            part
            for part in self.panel.findChildren(QWidget)
            if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not parts:
            return True
        focus = QApplication.focusWidget()
        here = parts.index(focus) if focus in parts else -1
        parts[(here + (1 if next else -1)) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; nothing else reaches the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel leaves."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DIM)
        painter.end()
