"""How cards and rows of the board are drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.models.board import CARD_ROLE, Card
from evidence_desk.ui.models.claim_tree import MISSING
from evidence_desk.ui.theme import Theme, current_theme, icon_sign
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.relation_edge import EDGE_WIDTH, paint_edge
from evidence_desk.ui.widgets.wrapped_text import WrappedText

Index = QModelIndex | QPersistentModelIndex
_PAD = 10
_GAP = 8


def statement_of(card: Card) -> tuple[str, list[tuple[int, int]]]:
    """Return the card's words with its count behind them, and the range of the best count, which is drawn bold."""
    if card.count is None:
        return card.words, []
    low, best, high = card.count
    lead = f"{card.words.rstrip(' .')}: " if card.words else ""
    start = len(f"{lead}{low} – ".encode("utf-16-le")) // 2
    return f"{lead}{low} – {best} – {high}.", [(start, len(str(best)))]


class CardDelegate(QStyledItemDelegate):
    """Paints a card: edge, record and place, words with count, because, note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the wrapped words need in the width of the list."""
        width = _view_width(option)
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return QSize(width, 0)
        return QSize(width, round(_draw_card(None, QRectF(0, 0, width, 0), card, current_theme())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the card, with the focus ring where it is current."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        theme = current_theme()
        rect = QRectF(option.rect).adjusted(0, 0, 0, -_GAP)
        selected, hovered, focused = _states(option)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered or card.relation != MISSING:
            ground = "surface.selected" if selected else "surface.hover" if hovered else "surface.raised"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(rect, 3, 3)
        paint_edge(painter, QRectF(rect.left(), rect.top(), EDGE_WIDTH, rect.height()), card.relation, theme)
        _draw_card(painter, QRectF(option.rect), card, theme, selected)
        if selected and focused:
            painter.setPen(QPen(theme.color("accent.line"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()


class RowDelegate(QStyledItemDelegate):
    """Paints a link in one line: record, words, because; it wraps where the room is narrow."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of at most three lines."""
        width = _view_width(option)
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return QSize(width, 0)
        text = _row_text(card, current_theme(), width)[1]
        return QSize(width, max(current_theme().row("list"), round(text.height) + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        selected, hovered, focused = _states(option)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if selected or hovered:
            painter.fillRect(rect, theme.color("surface.selected" if selected else "surface.hover"))
        indent, text = _row_text(card, theme, rect.width())
        y = rect.top() + (rect.height() - text.height) / 2
        painter.setFont(theme.mono_font("caption"))
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(QRectF(rect.left() + 6, y + 1, indent, 24), Qt.AlignmentFlag.AlignLeft, card.about)
        text.draw(painter, rect.left() + 6 + indent, y, theme.color("text.primary"))
        if selected and focused:
            painter.setPen(QPen(theme.color("accent.line"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


def _draw_card(painter: QPainter | None, rect: QRectF, card: Card, theme: Theme, selected: bool = False) -> float:
    """Lay the card out from the top of `rect`, drawing where a painter is given; return the height it takes."""
    x, width = rect.left() + EDGE_WIDTH + _PAD, max(40.0, rect.width() - EDGE_WIDTH - 2 * _PAD)
    y = rect.top() + 8
    quiet = theme.color("text.secondary" if selected else "text.tertiary")
    missing = card.relation == MISSING
    if not missing:
        y = _head(painter, QRectF(x, y, width, 0), card, theme, quiet) + 3
    text, bold = statement_of(card)
    y = _put(painter, WrappedText(text, theme.ui_font("small"), width, bold), x, y, theme.color("text.primary"))
    caption = theme.ui_font("caption")
    because = f"{card.about}: {card.because}" if missing else tr("because {reason}", reason=card.because)
    y = _put(painter, WrappedText(because, caption, width), x, y + 4, theme.color("text.secondary"))
    if missing and card.place:
        y = _put(painter, WrappedText(card.place, caption, width), x, y + 2, quiet)
    if card.note:
        size = QFontMetricsF(caption).height()
        if painter is not None:
            paint_sign(painter, QRectF(x, y + 4, size, size), icon_sign("link"), quiet)
        y = _put(painter, WrappedText(card.note, caption, width - size - 5), x + size + 5, y + 4, quiet)
    return y - rect.top() + 8 + _GAP


def _head(painter: QPainter | None, rect: QRectF, card: Card, theme: Theme, quiet: QColor) -> float:
    mono = theme.mono_font("caption", QFont.Weight.Medium)
    caption = theme.ui_font("caption")
    metrics, wide = QFontMetricsF(caption), QFontMetricsF(mono).horizontalAdvance(card.about) + 8
    height = max(metrics.height(), QFontMetricsF(mono).height())
    if painter is not None:
        line = QRectF(rect.left(), rect.top(), rect.width(), height)
        painter.setFont(mono)
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, card.about)
        painter.setFont(caption)
        painter.setPen(quiet)
        place = metrics.elidedText(card.place, Qt.TextElideMode.ElideRight, rect.width() - wide)
        painter.drawText(line.adjusted(wide, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, place)
    return rect.top() + height


def _put(painter: QPainter | None, text: WrappedText, x: float, y: float, color: QColor) -> float:
    if painter is not None:
        text.draw(painter, x, y, color)
    return y + text.height


def _row_text(card: Card, theme: Theme, width: float) -> tuple[float, WrappedText]:
    indent = QFontMetricsF(theme.mono_font("caption")).horizontalAdvance("OB-0000 ") + 2
    words, bold = statement_of(card)
    place = f"{card.place}: " if card.place and card.about.startswith("OB") else ""
    text = f"{place}{words}  {tr('because {reason}', reason=card.because)}"
    shift = len(place.encode("utf-16-le")) // 2
    moved = [(start + shift, length) for start, length in bold]
    return indent, WrappedText(text, theme.ui_font("small"), width - indent - 12, moved, most=3)


def _view_width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    return int(view.viewport().width()) if isinstance(view, QListView) else int(option.rect.width())


def _states(option: QStyleOptionViewItem) -> tuple[bool, bool, bool]:
    state = option.state
    flag = QStyle.StateFlag
    return bool(state & flag.State_Selected), bool(state & flag.State_MouseOver), bool(state & flag.State_HasFocus)
