"""The links of an observation: cards with the relation's edge, and the inline picker that makes a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.panels.claim_rows import paint_ground, paint_ring
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, primary_button
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.labels import label
from evidence_desk.ui.widgets.relation_edge import EDGE_WIDTH, paint_edge
from evidence_desk.ui.widgets.wrapped_text import WrappedText

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
_LEFT = 12
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link as it is shown: its own number, the relation, the claim's number and words, and why."""

    number: str
    relation: str
    target: str
    words: str
    because: str


class LinkModel(QAbstractListModel):
    """The cards of one observation."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[LinkCard, ...] = ()

    def set_cards(self, cards: Sequence[LinkCard]) -> None:
        """Show these links."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self.endResetModel()

    @property
    def cards(self) -> tuple[LinkCard, ...]:
        """Return the links shown."""
        return self._cards

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of links."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the card or its sentence."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            word = current_theme().relation(card.relation).word
            return tr("{word} {target}, because {why}", word=word, target=card.target, why=card.because)
        return card.words if role == Qt.ItemDataRole.ToolTipRole else None


class LinkDelegate(QStyledItemDelegate):
    """Edge, icon, relation word, record, quotation; under it the because."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the because needs."""
        card = index.data(CARD_ROLE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 300
        if not isinstance(card, LinkCard):
            return QSize(width, 0)
        line = QFontMetricsF(current_theme().ui_font("small")).height()
        return QSize(width, round(line + self._because(card, width).height) + 14)

    @staticmethod
    def _because(card: LinkCard, width: float) -> WrappedText:
        text = tr("because {why}", why=card.because)
        return WrappedText(
            text, current_theme().ui_font("caption"), width - 2 * _LEFT - EDGE_WIDTH - 6, most=_MOST_LINES
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the card."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, LinkCard):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, rect, option, theme)
        paint_edge(
            painter, QRectF(rect.left() + _LEFT, rect.top() + 3, EDGE_WIDTH, rect.height() - 8), card.relation, theme
        )
        style = theme.relation(card.relation)
        color = theme.color(style.color)
        strong = theme.ui_font("small", QFont.Weight.Medium)
        line = QFontMetricsF(strong).height()
        x, y = rect.left() + _LEFT + EDGE_WIDTH + 6, rect.top() + 3
        side = theme.px(15)
        paint_sign(painter, QRectF(x, y + (line - side) / 2, side, side), style.icon, color)
        x += side + 4
        for font, text, pen in (
            (strong, style.word, color),
            (theme.mono_font("caption", QFont.Weight.Medium), card.target, theme.color("text.secondary")),
        ):
            painter.setFont(font)
            painter.setPen(pen)
            wide = QFontMetricsF(font).horizontalAdvance(text)
            painter.drawText(QRectF(x, y, wide + 2, line), Qt.AlignmentFlag.AlignVCenter, text)
            x += wide + 8
        quiet = theme.ui_font("small")
        painter.setFont(quiet)
        painter.setPen(theme.color("text.secondary"))
        room = QRectF(x, y, rect.right() - _LEFT - x, line)
        words = QFontMetricsF(quiet).elidedText(f"“{card.words}”", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        because = self._because(card, rect.width())
        because.draw(painter, rect.left() + _LEFT + EDGE_WIDTH + 6, y + line + 1, theme.color("text.secondary"))
        paint_ring(painter, rect, option, theme)
        painter.restore()


class LinkList(QListView):
    """The cards, as high as they are. Signals: `withdraw_asked(str link)` on Delete; `opened(str target)` on Enter."""

    withdraw_asked = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = LinkModel()
        self.setModel(self.cards)
        self._delegate = LinkDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Links"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._open)
        keeper().changed.connect(self._fit)

    def set_cards(self, cards: Sequence[LinkCard]) -> None:
        """Show these links."""
        self.cards.set_cards(cards)
        # Without a card there is nothing that the focus could be seen on.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if cards else Qt.FocusPolicy.NoFocus)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(i) for i in range(self.cards.rowCount())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew in another width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks to withdraw the link, Enter goes to the claim."""
        card = self.currentIndex().data(CARD_ROLE)
        if isinstance(card, LinkCard) and event.key() == Qt.Key.Key_Delete:
            self.withdraw_asked.emit(card.number)
        elif isinstance(card, LinkCard) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(card.target)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        card = index.data(CARD_ROLE)
        if isinstance(card, LinkCard):
            self.opened.emit(card.target)


class LinkPicker(QFrame):
    """Claim, relation, because: a link is kept only with all three.

    Signals: `made(str target, str relation, str because)`; `left()`; `edited()` by a person; `closing()` while it still
    holds what was typed.
    """

    made = Signal(str, str, str)
    left = Signal()
    edited = Signal()
    closing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(6)
        self.target = WordCombo(())
        self.relation = WordCombo(())
        self.because = QLineEdit()
        self.because.setPlaceholderText(tr("what in the picture or sound bears on it"))
        self._rows = [
            FormRow(tr("Claim"), self.target, width=62),
            FormRow(tr("Relation"), self.relation, width=62),
            FormRow(tr("Because"), self.because, width=62),
        ]
        for row in self._rows:
            column.addWidget(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        self._link = primary_button(tr("Link"), "Enter")
        self._link.clicked.connect(self.accept)
        leave = ghost_button(tr("Leave"), "Esc")
        leave.clicked.connect(self.left)
        buttons.addWidget(self._link)
        buttons.addWidget(leave)
        buttons.addStretch()
        column.addLayout(buttons)
        self._none = label(tr("There is no claim yet. Make one in the Claims room first."), "note", wrap=True)
        column.addWidget(self._none)
        for relation in RELATIONS:
            style = current_theme().relation(relation)
            self.relation.addItem(current_theme().icon(style.icon, style.color), style.word, relation)
        self.because.returnPressed.connect(self.accept)
        self.because.textEdited.connect(self.edited)
        self.target.activated.connect(self.edited)
        self.relation.activated.connect(self.edited)
        self.hide()

    def open_with(self, targets: Sequence[tuple[str, str]], focus: bool = True) -> None:
        """Lay the picker open with (number, words) of claims and propositions; what was typed before is kept."""
        self.target.set_choices([(n, f"{n}  {words}") for n, words in targets])
        if targets and not self.target.value():
            self.target.setCurrentIndex(0)
        for row in self._rows:
            row.setVisible(bool(targets))
            row.set_problem("")
        self._link.setVisible(bool(targets))
        self._none.setVisible(not targets)
        self.show()
        if focus:
            (self.target if targets else self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def typed(self) -> bool:
        """Tell whether a reason was begun."""
        return not self.isHidden() and bool(self.because.text().strip())

    def accept(self) -> None:
        """Hand the link over, or say what is missing."""
        why = self.because.text().strip()
        if not self.target.value():
            self._rows[0].set_problem(tr("Choose the claim."))
            return
        if not why:
            self._rows[2].set_problem(tr("A link needs its because."))
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.made.emit(self.target.value(), self.relation.value(), why)

    def accept_here(self) -> bool:
        """Hand the link over where the keyboard is in this form; tell whether it was here."""
        here = any(child.hasFocus() for child in self.findChildren(QWidget))
        if here:
            self.accept()
        return here

    def state(self) -> dict[str, str]:
        """Return what is chosen and typed."""
        return {"target": self.target.value(), "relation": self.relation.value(), "because": self.because.text()}

    def put(self, state: Mapping[str, object]) -> None:
        """Show what was chosen and typed before."""
        for combo, name in ((self.target, "target"), (self.relation, "relation")):
            place = combo.findData(str(state.get(name, "")))
            if place >= 0:
                combo.setCurrentIndex(place)
        self.because.setText(str(state.get("because", "")))

    def reset(self) -> None:
        """Empty and close it."""
        if not self.isHidden():
            self.closing.emit()
        self.because.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
