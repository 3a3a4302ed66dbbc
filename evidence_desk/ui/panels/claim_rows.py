"""How the rows of the claim tree and of the source list are drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.domain.records import (
    Claim,
    Proposition,
    Source,
)
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.models.candidates import Candidate
from evidence_desk.ui.models.claim_tree import CAPTION_ROLE, MISSING, RECORD_ROLE, TALLY_ROLE
from evidence_desk.ui.theme import Theme, current_theme, icon_sign
from evidence_desk.ui.widgets.wrapped_text import WrappedText

Index = QModelIndex | QPersistentModelIndex
_LEFT = 12
_QUOTE_LINES = 3


class ClaimTreeDelegate(QStyledItemDelegate):
    """A claim: number, who and when, its quotation over up to three lines. A proposition: number, text, tallies."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the row in the width of the tree."""
        theme, width = current_theme(), _width(option)
        record = index.data(RECORD_ROLE)
        if isinstance(record, Claim):
            quote = WrappedText(f"“{record.quote}”", _quote_font(theme), width - 2 * _LEFT, most=_QUOTE_LINES)
            return QSize(width, round(quote.height + QFontMetricsF(theme.ui_font("caption")).height()) + 20)
        if isinstance(record, Proposition) and _needs_two_lines(record, index.data(TALLY_ROLE), width, theme):
            return QSize(width, theme.row("two_line"))
        return QSize(width, theme.row("list"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row over the whole width, whatever its level."""
        theme, record = current_theme(), index.data(RECORD_ROLE)
        rect = QRectF(0, option.rect.top(), _width(option), option.rect.height())
        painter.save()
        selected = paint_ground(painter, rect, option, theme)
        if isinstance(record, Claim):
            painter.setPen(theme.color("line.hair"))
            if index.row():
                painter.drawLine(QPointF(0, rect.top() + 0.5), QPointF(rect.right(), rect.top() + 0.5))
            self._claim(painter, rect, record, str(index.data(CAPTION_ROLE)), selected)
        elif isinstance(record, Proposition):
            self._proposition(painter, rect, record, index.data(TALLY_ROLE), selected)
        paint_ring(painter, rect, option, theme)
        painter.restore()

    def _claim(self, painter: QPainter, rect: QRectF, claim: Claim, caption: str, selected: bool) -> None:
        theme = current_theme()
        y = _caption_line(painter, rect, claim.number, caption, selected)
        quote = WrappedText(f"“{claim.quote}”", _quote_font(theme), rect.width() - 2 * _LEFT, most=_QUOTE_LINES)
        quote.draw(painter, rect.left() + _LEFT, y + 2, theme.color("text.primary"))

    def _proposition(
        self, painter: QPainter, rect: QRectF, record: Proposition, tally: dict[str, int], selected: bool
    ) -> None:
        theme = current_theme()
        right = rect.right() - _LEFT
        if _needs_two_lines(record, tally, round(rect.width()), theme):
            half = rect.height() / 2
            _tallies(painter, rect.adjusted(0, half - 3, 0, -3), tally, theme)
            rect = rect.adjusted(0, 2, 0, -half + 2)
        else:
            right = _tallies(painter, rect, tally, theme)
        mono = theme.mono_font("small")
        painter.setFont(mono)
        painter.setPen(theme.color("text.secondary"))
        left = rect.left() + 2 * _LEFT
        middle = Qt.AlignmentFlag.AlignVCenter
        wide = QFontMetricsF(mono).horizontalAdvance(record.number) + 2
        painter.drawText(QRectF(left, rect.top(), wide, rect.height()), middle, record.number)
        left += wide + 10
        font = theme.ui_font("small", QFont.Weight.Medium if selected else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text.primary"))
        room = right - left - 6
        words = QFontMetricsF(font).elidedText(record.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), middle, words)


class SourceDelegate(QStyledItemDelegate):
    """A source: number, who and when above, title below, reliability at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row of two lines."""
        return QSize(_width(option), current_theme().row("two_line"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        theme, source = current_theme(), index.data(RECORD_ROLE)
        if not isinstance(source, Source):
            return
        rect = QRectF(option.rect)
        painter.save()
        selected = paint_ground(painter, rect, option, theme)
        grade = source.reliability
        caption = ", ".join(part for part in (source.publisher or source.author, source.dated) if part)
        y = _caption_line(painter, rect.adjusted(0, -2, -28, 0), source.number, caption, selected)
        font = theme.ui_font("small", QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(theme.color("text.primary"))
        room = rect.width() - 2 * _LEFT - 28
        title = QFontMetricsF(font).elidedText(source.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(rect.left() + _LEFT, y + QFontMetricsF(font).ascent() + 1), title)
        if grade:
            painter.setFont(theme.mono_font("small", QFont.Weight.Medium))
            painter.setPen(theme.color("text.secondary"))
            box = QRectF(rect.right() - 34, rect.top(), 22, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, grade)
        paint_ring(painter, rect, option, theme)
        painter.restore()


class CandidateDelegate(QStyledItemDelegate):
    """A record of the link picker: number and place above, its words below over up to two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the words need."""
        theme, width = current_theme(), _width(option)
        text = WrappedText(str(index.data()), theme.ui_font("small"), width - 2 * _LEFT, most=2)
        return QSize(width, round(text.height + QFontMetricsF(theme.mono_font("small")).height()) + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        theme, found = current_theme(), index.data(RECORD_ROLE)
        if not isinstance(found, Candidate):
            return
        rect = QRectF(option.rect)
        painter.save()
        selected = paint_ground(painter, rect, option, theme)
        place = f"{found.place}, {found.linked}" if found.linked else found.place
        y = _caption_line(painter, rect, found.number, place, selected)
        text = WrappedText(found.words, theme.ui_font("small"), rect.width() - 2 * _LEFT, most=2)
        text.draw(painter, rect.left() + _LEFT, y + 1, theme.color("text.primary"))
        paint_ring(painter, rect, option, theme)
        painter.restore()


def paint_ground(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, theme: Theme) -> bool:
    """Fill a row for rest, hover or selection and tell whether it is selected.

    Rows are drawn at places counted from the left, so their words start there too, whichever way the window runs.
    """
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    flag = QStyle.StateFlag
    selected = bool(option.state & flag.State_Selected)
    if selected:
        painter.fillRect(rect, theme.color("surface.selected"))
    elif option.state & flag.State_MouseOver:
        painter.fillRect(rect, theme.color("surface.hover"))
    return selected


def paint_ring(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Draw the focus ring where the row is current and the keys go here."""
    flag = QStyle.StateFlag
    if option.state & flag.State_Selected and option.state & flag.State_HasFocus:
        painter.setPen(QPen(theme.color("accent.line"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _caption_line(painter: QPainter, rect: QRectF, number: str, caption: str, selected: bool) -> float:
    theme = current_theme()
    mono, font = theme.mono_font("small", QFont.Weight.Medium), theme.ui_font("caption")
    height = QFontMetricsF(mono).height()
    top = rect.top() + 8
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(mono)
    painter.setPen(theme.color("text.secondary"))
    wide = QFontMetricsF(mono).horizontalAdvance(number) + 2
    painter.drawText(QRectF(rect.left() + _LEFT, top, wide, height), middle, number)
    left = rect.left() + _LEFT + wide + 6
    painter.setFont(font)
    painter.setPen(theme.color("text.secondary" if selected else "text.tertiary"))
    room = rect.right() - left - _LEFT
    painter.drawText(
        QRectF(left, top, room, height),
        middle,
        QFontMetricsF(font).elidedText(caption, Qt.TextElideMode.ElideRight, room),
    )
    return top + height


def _tallies(painter: QPainter, rect: QRectF, tally: dict[str, int], theme: Theme) -> float:
    """Draw icon and number for each relation from the right edge; return the x where they begin."""
    font = theme.ui_font("small", numbers=True)
    metrics, size = QFontMetricsF(font), float(theme.px(14))
    x = rect.right() - _LEFT
    painter.setFont(font)
    for relation in reversed((*RELATIONS, MISSING)):
        count = tally.get(relation, 0) if tally else 0
        if not count:
            continue
        sign, color = tally_sign(relation, theme)
        painter.setPen(color)
        wide = metrics.horizontalAdvance(str(count))
        x -= wide
        painter.drawText(QRectF(x, rect.top(), wide + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, str(count))
        x -= size + 2
        paint_sign(painter, QRectF(x, rect.center().y() - size / 2, size, size), sign, color)
        x -= 8
    return x


def _needs_two_lines(record: Proposition, tally: dict[str, int], width: int, theme: Theme) -> bool:
    """Tell whether words and tallies do not fit beside each other; one tally never pushes words to a second line."""
    kinds = sum(1 for count in (tally or {}).values() if count)
    if kinds < 2:
        return False
    numbers = QFontMetricsF(theme.mono_font("small")).horizontalAdvance(record.number) + 12
    words = QFontMetricsF(theme.ui_font("small", QFont.Weight.Medium)).horizontalAdvance(record.text)
    return 3 * _LEFT + numbers + words + 6 + kinds * theme.px(33) > width


def tally_sign(relation: str, theme: Theme) -> tuple[str, QColor]:
    """Return the icon and the colour of a relation, or of what is missing."""
    if relation == MISSING:
        return icon_sign("ph.circle-dashed"), theme.color("text.tertiary")
    style = theme.relation(relation)
    return style.icon, theme.color(style.color)


def _quote_font(theme: Theme) -> QFont:
    return theme.ui_font("small", QFont.Weight.Medium)


def _width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    return view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
