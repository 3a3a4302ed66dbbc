"""Finds parts that a keyboard cannot use well: without a name for a screen reader, or whose focus cannot be seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QScrollBar,
    QWidget,
)


def focusable(place: QWidget) -> list[QWidget]:
    """Return the parts of `place` that take the focus by Tab, as they stand now."""
    found = []
    for part in place.findChildren(QWidget):
        inner = isinstance(part.parent(), QComboBox | QAbstractSpinBox | QAbstractScrollArea)
        if inner or isinstance(part, QScrollBar) or part.focusProxy() is not None:
            continue
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(part)
    return found


def nameless(place: QWidget) -> list[str]:
    """Return the parts that a screen reader could not name."""
    found = []
    for part in focusable(place):
        text = part.text() if isinstance(part, QAbstractButton | QLabel) else ""
        if not part.accessibleName() and not text:
            found.append(_called(part))
    return found


def unseen(place: QWidget) -> list[str]:
    """Return the parts that look the same with and without the focus."""
    found = []
    for part in focusable(place):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        _scroll_to(part)
        QApplication.processEvents()
        if not part.hasFocus() or not part.isVisible():
            continue
        held = _look(part)
        part.clearFocus()
        QApplication.processEvents()
        if part.isVisible() and held == _look(part):
            found.append(_called(part))
    return found


def _scroll_to(part: QWidget) -> None:
    """Bring the part into view, as Tab does."""
    parent = part.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(part)
        parent = parent.parentWidget()


def _look(part: QWidget) -> QImage:
    window = part.window()
    room = QRect(part.mapTo(window, QPoint(0, 0)), part.size()).adjusted(-3, -3, 3, 3)
    return window.grab(room.intersected(window.rect())).toImage()


def _called(part: QWidget) -> str:
    parent = type(part.parent()).__name__
    return f"{type(part).__name__} {part.accessibleName() or part.objectName()} in {parent}"
