"""The list of recent cases on the welcome page: title, counts and folder at the left, when at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_desk.ui.models.recent_cases import RECENT_ROLE, Index, RecentRow
from evidence_desk.ui.theme import current_theme

ROW = 68
_BETWEEN = 2


class RecentDelegate(QStyledItemDelegate):
    """Draws a recent case; its folder takes the whole width, cut in the middle where that is too little."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines and air."""
        return QSize(0, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        theme, row = current_theme(), index.data(RECENT_ROLE)
        if not isinstance(row, RecentRow):
            return
        rect = option.rect
        painter.save()
        selected = option.widget.hasFocus() and bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("surface.selected" if selected else "surface.hover"))
        if index.row():
            painter.setPen(theme.color("line.hair"))
            painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
        side = theme.px(18)
        icon = QRect(rect.left() + 14, rect.center().y() - side // 2, side, side)
        theme.icon("case" if row.found else "missing_folder").paint(painter, icon)
        words = rect.adjusted(icon.right() + 14 - rect.left(), 0, -14, 0)
        first, second, third = _lines(words)
        quiet = "text.secondary" if selected or row.found else "text.tertiary"
        strong = "text.primary" if row.found else "text.secondary"
        link = "accent.text" if not row.found else "text.secondary" if selected else "text.tertiary"
        end, middle = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
        room = _right(painter, first, theme.ui_font("small", numbers=True), "text.secondary", row.when)
        _left(painter, room, theme.ui_font("body", QFont.Weight.Medium), strong, row.case.title, end)
        room = _right(painter, second, theme.ui_font("caption"), link, row.note)
        _left(painter, room, theme.ui_font("small"), quiet, row.detail, end)
        _left(painter, third, theme.ui_font("caption"), quiet, row.place, middle)
        painter.restore()


def _lines(rect: QRect) -> tuple[QRect, QRect, QRect]:
    """Return where the three lines stand, in the middle of a row."""
    theme = current_theme()
    heights = [QFontMetrics(theme.ui_font(role)).height() for role in ("body", "small", "caption")]
    top = rect.top() + (rect.height() - sum(heights) - 2 * _BETWEEN) // 2
    first = QRect(rect.left(), top, rect.width(), heights[0])
    second = QRect(rect.left(), first.bottom() + 1 + _BETWEEN, rect.width(), heights[1])
    return first, second, QRect(rect.left(), second.bottom() + 1 + _BETWEEN, rect.width(), heights[2])


def _right(painter: QPainter, line: QRect, font: QFont, color: str, text: str) -> QRect:
    """Write at the end of a line and return what is left of it."""
    painter.setFont(font)
    painter.setPen(current_theme().color(color))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    taken = QFontMetrics(font).horizontalAdvance(text) + 14 if text else 0
    return line.adjusted(0, 0, -taken, 0)


def _left(painter: QPainter, room: QRect, font: QFont, color: str, text: str, cut: Qt.TextElideMode) -> None:
    painter.setFont(font)
    painter.setPen(current_theme().color(color))
    shown = QFontMetrics(font).elidedText(text, cut, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class RecentList(QListView):
    """The list; Enter opens, Delete takes a case off the list. Signals: `removal_asked(QModelIndex)`."""

    removal_asked = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes off the list; the case itself is left alone."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removal_asked.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first case is chosen when the focus arrives by key."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount() > 0:
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One click opens, as on a page."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.activated.emit(index)
