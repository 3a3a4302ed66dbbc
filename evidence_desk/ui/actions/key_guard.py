"""Keeps bare keys from acting as shortcuts where the focused part needs them: letters in text, Space on a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QTreeView,
    QWidget,
)

_SPACE = frozenset((Qt.Key.Key_Space,))
_ENTER = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))
_SIDEWAYS = frozenset((Qt.Key.Key_Left, Qt.Key.Key_Right))
_UPRIGHT = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down))
_EDGES = frozenset((Qt.Key.Key_Home, Qt.Key.Key_End))
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

# First fit counts: the narrower kind of part stands first.
_NEEDS: tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...] = (
    (QComboBox, _SPACE | _ENTER | _UPRIGHT | _EDGES),
    (QRadioButton, _SPACE | _ENTER | _SIDEWAYS | _UPRIGHT),
    (QAbstractButton, _SPACE | _ENTER),
    (QTreeView, _ENTER | _SIDEWAYS | _UPRIGHT | _EDGES),
    (QAbstractItemView, _ENTER | _UPRIGHT),
)


class KeyGuard(QObject):
    """An event filter for the whole application."""

    KINDS = frozenset((QEvent.Type.ShortcutOverride,))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the key to the focused part instead of the shortcut, where the part needs it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = QApplication.focusWidget()
            if focus is None:
                return False
            if focus.window().windowType() == Qt.WindowType.Popup:
                return _in_list(event)
            if needs_key(focus, event):
                event.accept()
                return True
        return False


def _in_list(event: QKeyEvent) -> bool:
    """Give an open list its keys. The list itself looks for Enter here, before it becomes a key press."""
    if event.key() in _ENTER:
        return False
    if not event.modifiers() & _MODIFIERS:
        event.accept()
        return True
    return False


def needs_key(focus: QWidget, event: QKeyEvent) -> bool:
    """Tell whether the part needs the key for itself."""
    key = Qt.Key(event.key())
    if event.modifiers() & _MODIFIERS or key == Qt.Key.Key_Escape or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return False
    if is_typing(focus):
        return True
    if isinstance(focus, QComboBox) and event.text().isprintable() and event.text():
        return True  # a closed list is searched by its first letters
    return key in next((keys for kind, keys in _NEEDS if isinstance(focus, kind)), frozenset())


def is_typing(focus: QWidget | None) -> bool:
    """Tell whether the part takes text, so that letters belong to it."""
    if isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit):
        return not focus.isReadOnly()
    return isinstance(focus, QAbstractSpinBox) or (isinstance(focus, QComboBox) and focus.isEditable())
