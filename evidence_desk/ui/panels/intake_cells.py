"""How the cells of the exhibit table are drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.models.intake_table import (
    ACQUISITION,
    HASH,
    NUMBER,
    ROW_ROLE,
    SIZE,
    STATE,
    TITLE,
    IntakeRow,
)
from evidence_desk.ui.theme import Theme, current_theme, icon_sign
from evidence_desk.ui.translate import file_size, short_hash, tr
from evidence_desk.ui.widgets.forms import paint_meter

Index = QModelIndex | QPersistentModelIndex
THUMB = (56, 32)
_KIND_ICONS = {
    "video": "exhibit_video",
    "sound": "exhibit_audio",
    "image": "exhibit_image",
    "page capture": "source",
    "document": "exhibit_document",
    "other": "exhibit_document",
}
_LEFT = 8
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class IntakeDelegate(QStyledItemDelegate):
    """Paints one cell; `picture(number)` gives an exhibit's thumbnail or None."""

    def __init__(self, picture: Callable[[str], QImage | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are all of one height."""
        return QSize(40, current_theme().row("two_line"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words and the line under the row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, IntakeRow):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        flag = QStyle.StateFlag
        selected = bool(option.state & flag.State_Selected)
        painter.save()
        if selected:
            active = bool(option.state & flag.State_Active)
            painter.fillRect(rect, theme.color("surface.selected" if active else "surface.selected_idle"))
        painter.setPen(theme.color("line.hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        quiet = theme.color("text.secondary" if selected else "text.tertiary")
        column = index.column()
        if column == NUMBER:
            self._number(painter, rect, row, theme)
        elif column in (TITLE, STATE):
            (_title if column == TITLE else _state)(painter, rect, row, theme, quiet)
        else:
            {SIZE: _size, HASH: _hash, ACQUISITION: _acquisition}[column](painter, rect, row, theme)
        painter.restore()

    def _number(self, painter: QPainter, rect: QRectF, row: IntakeRow, theme: Theme) -> None:
        wide, high = theme.px(THUMB[0]), theme.px(THUMB[1])
        box = QRectF(rect.left() + 16, rect.center().y() - high / 2, wide, high)
        picture = self._picture(row.number) if row.number else None
        painter.fillRect(box, theme.color("surface.canvas"))
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = box.left() + (wide - size.width()) / 2, box.top() + (high - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
        else:
            side = theme.px(16)
            icon = icon_sign(_KIND_ICONS.get(row.kind, "exhibit_document"))
            sign = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            # The ground of a picture stays dark in both themes, so its sign is light in both.
            paint_sign(painter, sign, icon, theme.color("picture.label_text"))
        painter.setFont(theme.mono_font("small", QFont.Weight.Medium))
        painter.setPen(theme.color("text.primary"))
        painter.drawText(
            QRectF(box.right() + 8, rect.top(), rect.right() - box.right() - 8, rect.height()),
            _MIDDLE,
            row.number or "–",
        )


def _title(painter: QPainter, rect: QRectF, row: IntakeRow, theme: Theme, quiet: QColor) -> None:
    strong, small = theme.ui_font("small", QFont.Weight.Medium), theme.ui_font("caption")
    room = rect.width() - 2 * _LEFT
    upper, lower = QFontMetricsF(strong), QFontMetricsF(small)
    top = rect.center().y() - (upper.height() + lower.height() + 1) / 2
    painter.setFont(strong)
    painter.setPen(quiet if row.untitled else theme.color("text.primary"))
    title = tr("No title yet") if row.untitled else row.title
    right = Qt.TextElideMode.ElideRight
    painter.drawText(
        QRectF(rect.left() + _LEFT, top, room, upper.height()), _MIDDLE, upper.elidedText(title, right, room)
    )
    painter.setFont(small)
    painter.setPen(quiet)
    name = lower.elidedText(row.file, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(QRectF(rect.left() + _LEFT, top + upper.height() + 1, room, lower.height()), _MIDDLE, name)


def _size(painter: QPainter, rect: QRectF, row: IntakeRow, theme: Theme) -> None:
    painter.setFont(theme.ui_font("small", numbers=True))
    painter.setPen(theme.color("text.primary"))
    painter.drawText(rect.adjusted(0, 0, -_LEFT, 0), _MIDDLE | Qt.AlignmentFlag.AlignRight, file_size(row.size))


def _hash(painter: QPainter, rect: QRectF, row: IntakeRow, theme: Theme) -> None:
    painter.setFont(theme.mono_font("small"))
    painter.setPen(theme.color("text.secondary"))
    text = QFontMetricsF(painter.font()).elidedText(
        short_hash(row.sha256), Qt.TextElideMode.ElideRight, rect.width() - 2 * _LEFT
    )
    painter.drawText(rect.adjusted(_LEFT, 0, 0, 0), _MIDDLE, text)


def _state(painter: QPainter, rect: QRectF, row: IntakeRow, theme: Theme, quiet: QColor) -> None:
    font, small = theme.ui_font("small"), theme.ui_font("caption", numbers=True)
    left, right = rect.left() + _LEFT, rect.right() - _LEFT
    upper = QFontMetricsF(font)
    below_it = bool(row.detail) or row.share >= 0
    both = upper.height() + 1 + QFontMetricsF(small).height()
    top = rect.center().y() - both / 2 if below_it else rect.center().y() - upper.height() / 2
    if row.tone in ("done", "look"):
        side = theme.px(14)
        sign, color = ("done", "text.secondary") if row.tone == "done" else ("warn", "status.warn")
        paint_sign(painter, QRectF(left, top + 1, side, side), icon_sign(sign), theme.color(color))
        left += side + 6
    painter.setFont(font)
    painter.setPen(theme.color("status.warn" if row.tone == "look" else "text.primary"))
    elide = Qt.TextElideMode.ElideRight
    painter.drawText(
        QRectF(left, top, right - left, upper.height()), _MIDDLE, upper.elidedText(row.state, elide, right - left)
    )
    painter.setFont(small)
    painter.setPen(quiet)
    below = top + upper.height() + 1
    lower = QFontMetricsF(small)
    if row.share >= 0:
        width = min(110.0, (right - left) * 0.45)
        bar = QRectF(left, below + lower.height() / 2 - 2, width, 4)
        painter.fillRect(bar, theme.color("line.strong"))
        painter.fillRect(QRectF(bar.left(), bar.top(), width * row.share / 100, 4), theme.color("accent.line"))
        left += width + 8
    room = QRectF(left, below, right - left, lower.height())
    painter.drawText(room, _MIDDLE, lower.elidedText(row.detail, elide, right - left))


def _acquisition(painter: QPainter, rect: QRectF, row: IntakeRow, theme: Theme) -> None:
    if not row.number:
        return
    width = min(float(theme.px(86)), rect.width() * 0.55)
    high = theme.px(8)
    meter = QRectF(rect.left() + _LEFT, rect.center().y() - high / 2, width, high)
    paint_meter(painter, meter, sorted(row.held, reverse=True))
    painter.setFont(theme.ui_font("small"))
    painter.setPen(theme.color("text.secondary"))
    words = tr("{count} of {total}", count=sum(row.held), total=len(row.held))
    painter.drawText(
        QRectF(meter.right() + 8, rect.top(), rect.right() - meter.right() - 8, rect.height()), _MIDDLE, words
    )
