"""The left panel of the Dossier room: which sections print."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.domain.dossier import SECTIONS
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.models.claim_tree import RECORD_ROLE
from evidence_desk.ui.models.section_list import SectionModel, SectionRow, pages_text, why_locked
from evidence_desk.ui.panels.claim_rows import paint_ground, paint_ring
from evidence_desk.ui.theme import Theme, current_theme, icon_sign
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.labels import label
from evidence_desk.ui.widgets.panel import PanelHeader

Index = QModelIndex | QPersistentModelIndex
_BOX_LEFT = 14
_BOX = 15


class SectionDelegate(QStyledItemDelegate):
    """Check, number, title, lock, pages."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(60, current_theme().row("list"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        row = index.data(RECORD_ROLE)
        if not isinstance(row, SectionRow):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = paint_ground(painter, rect, option, theme)
        side = float(theme.px(_BOX))
        box = QRectF(rect.left() + _BOX_LEFT, rect.center().y() - side / 2, side, side)
        _check(painter, box, row, theme)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight
        quiet = theme.color("text.secondary" if selected or row.on else "text.tertiary")
        painter.setFont(theme.ui_font("small", numbers=True))
        painter.setPen(quiet)
        number_box = QRectF(box.right() + 6, rect.top(), theme.px(26), rect.height())
        painter.drawText(number_box, middle | right, row.section.number)
        pages = pages_text(row)
        painter.drawText(rect.adjusted(0, 0, -12, 0), middle | right, pages)
        end = rect.right() - 12 - QFontMetricsF(painter.font()).horizontalAdvance(pages) - 12
        if row.section.locked:
            lock = theme.px(14)
            spot = QRectF(end - lock, rect.center().y() - lock / 2, lock, lock)
            paint_sign(painter, spot, icon_sign("read_only"), theme.color("text.secondary"))
            end -= lock + 8
        font = theme.ui_font("small", QFont.Weight.Medium if selected else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text.primary") if row.on else quiet)
        left = number_box.right() + 9
        title = QFontMetricsF(font).elidedText(row.section.title, Qt.TextElideMode.ElideRight, end - left)
        painter.drawText(QRectF(left, rect.top(), end - left, rect.height()), middle, title)
        paint_ring(painter, rect, option, theme)
        painter.restore()


class SectionView(QListView):
    """Space and a click on the box toggle. Signals: `chosen(int row)` another row is current."""

    chosen = Signal(int)

    def __init__(self, model: SectionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = model
        self.setModel(model)
        self.setItemDelegate(SectionDelegate(self))
        self.setAccessibleName(tr("Sections of the dossier"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space switches the current section on or off."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._sections.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box toggles it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < _BOX_LEFT + current_theme().px(_BOX) + 6:
            self._sections.toggle(index.row())


class SectionPanel(QWidget):
    """The list with its header, and under it why a locked section cannot be left out."""

    def __init__(self, model: SectionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self.header = PanelHeader(tr("Sections"))
        self.view = SectionView(model)
        self._foot = label("", "note", wrap=True)
        self._foot.setContentsMargins(12, 10, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)
        self.view.chosen.connect(self._explain)
        model.chosen_changed.connect(self._count)
        self._pages = 0
        self._count()
        self._explain(0)

    def show_pages(self, pages: int) -> None:
        """Show how many pages the built draft has."""
        self._pages = pages
        self._count()

    def _count(self) -> None:
        count = tr("{on} of {all}", on=number(self._model.count_on()), all=number(len(SECTIONS)))
        pages = plural(self._pages, "{count} page", "{count} pages") if self._pages else ""
        self.header.set_count(", ".join(part for part in (count, pages) if part))

    def _explain(self, row: int) -> None:
        locked = why_locked(SECTIONS[row])
        self._foot.setText(locked or tr("Space leaves a section out or puts it back. Locked sections always print."))


def _check(painter: QPainter, box: QRectF, row: SectionRow, theme: Theme) -> None:
    if row.on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.pressed" if row.section.locked else "accent.fill"))
        painter.drawRoundedRect(box, 3, 3)
        tick = theme.color("text.secondary" if row.section.locked else "text.on_accent")
        painter.setPen(QPen(tick, 1.6))
        x, y, side = box.left(), box.top(), box.width()
        painter.drawLine(QPointF(x + side * 0.22, y + side * 0.53), QPointF(x + side * 0.42, y + side * 0.72))
        painter.drawLine(QPointF(x + side * 0.42, y + side * 0.72), QPointF(x + side * 0.79, y + side * 0.29))
        return
    painter.setPen(QPen(theme.color("line.control_more_contrast"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
