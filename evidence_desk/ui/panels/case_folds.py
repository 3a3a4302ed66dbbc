"""Claims, sources and questions at the foot of the navigator: folded away, with their counts; Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from evidence_desk.services.queries import Queries
from evidence_desk.ui.panels.claim_rows import paint_ground, paint_ring
from evidence_desk.ui.panels.observation_list import RowList
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.labels import hairline
from evidence_desk.ui.widgets.panel import FoldHeader

Index = QModelIndex | QPersistentModelIndex
Line = tuple[str, str]
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_SHOWN = 5


class LineModel(QAbstractListModel):
    """Records as (number, words)."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these records."""
        if tuple(lines) != self._lines:
            self.beginResetModel()
            self._lines = tuple(lines)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line, or its text."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line[0]}, {line[1]}"
        return line[1] if role == Qt.ItemDataRole.ToolTipRole else None


class LineDelegate(QStyledItemDelegate):
    """Number and words on one row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a plain row."""
        return QSize(0, current_theme().row("compact"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, tuple):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        painter.save()
        paint_ground(painter, rect, option, theme)
        mono = theme.mono_font("caption")
        painter.setFont(mono)
        painter.setPen(theme.color("text.secondary"))
        left = rect.left() + 34
        painter.drawText(QRectF(left, rect.top(), 90, rect.height()), Qt.AlignmentFlag.AlignVCenter, line[0])
        left += QFontMetricsF(mono).horizontalAdvance(line[0]) + 8
        font = theme.ui_font("small")
        painter.setFont(font)
        painter.setPen(theme.color("text.primary"))
        room = QRectF(left, rect.top(), rect.right() - left - 8, rect.height())
        words = QFontMetricsF(font).elidedText(line[1], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        paint_ring(painter, rect, option, theme)
        painter.restore()


class Fold(QWidget):
    """One group. Signals: `chosen(str number)` on Enter or a double click."""

    chosen = Signal(str)

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        self.header = FoldHeader(title, icon)
        self.header.toggled.connect(self._fold)
        column.addWidget(self.header)
        self.model = LineModel()
        self.list = RowList(title)
        self.list.setModel(self.model)
        self._delegate = LineDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.entered_row.connect(self._enter)
        self.list.doubleClicked.connect(self._enter)
        column.addWidget(self.list)
        self.list.hide()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these records."""
        self.model.set_lines(lines)
        self.header.set_count(number(len(lines)))
        self._fold(self.header.isChecked())

    def _fold(self, shown: bool) -> None:
        rows = self.model.rowCount()
        self.list.setFixedHeight(current_theme().row("compact") * min(rows, _MOST_SHOWN) + 2)
        self.list.setVisible(shown and rows > 0)

    def _enter(self) -> None:
        line = self.list.currentIndex().data(LINE_ROLE)
        if isinstance(line, tuple):
            self.chosen.emit(line[0])


class CaseFolds(QWidget):
    """The three groups. Signals: `chosen(str number)` a record to show in its own room."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.claims = Fold(tr("Claims"), "claim")
        self.sources = Fold(tr("Sources"), "source")
        self.questions = Fold(tr("Questions"), "question")
        for fold in (self.claims, self.sources, self.questions):
            fold.chosen.connect(self.chosen)
            column.addWidget(fold)

    def show_case(self, queries: Queries) -> None:
        """Show what the case holds now."""
        self.claims.set_lines([(c.number, f"“{c.quote}”") for c in queries.claims()])
        self.sources.set_lines([(s.number, s.title) for s in queries.sources()])
        self.questions.set_lines([(q.number, q.text) for q in queries.questions()])
