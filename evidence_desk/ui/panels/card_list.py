"""Lists of cards that bear on a proposition: a column of the board, or one of the two rows under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyleOptionViewItem, QWidget

from evidence_desk.ui.models.board import CARD_ROLE, Card, CardModel
from evidence_desk.ui.panels.card_paint import CardDelegate, RowDelegate

Index = QModelIndex | QPersistentModelIndex


class CardList(QListView):
    """One list of cards.

    Signals: `chosen(str number)` a card became current under the hand; `opened(str number)` Enter or double click;
    `side_asked(int)` Left (-1) or Right (+1) was pressed; `width_changed()` the cards wrap differently now.
    """

    chosen = Signal(str)
    opened = Signal(str)
    side_asked = Signal(int)
    width_changed = Signal()

    def __init__(self, model: CardModel, name: str, rows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = RowDelegate(self) if rows else CardDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._open)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which card is current, but only where a person put the focus here."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self._choose(current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the first card the selection where none has it, so that Tab alone reaches a card."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        elif self.currentIndex().isValid():
            self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to the neighbour column."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.side_asked.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()

    def select(self, number: str) -> None:
        """Make the card of a link or question current; where it is not here, nothing is."""
        model = self.model()
        row = model.row_of(number) if isinstance(model, CardModel) else -1
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(model.index(row, 0))

    def height_of_all(self) -> int:
        """Return the height that shows every card without scrolling."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        model = self.model()
        return sum(self._delegate.sizeHint(option, model.index(row, 0)).height() for row in range(model.rowCount()))

    def _choose(self, index: Index) -> None:
        card = index.data(CARD_ROLE)
        if isinstance(card, Card):
            self.chosen.emit(card.number)

    def _open(self, index: QModelIndex) -> None:
        card = index.data(CARD_ROLE)
        if isinstance(card, Card):
            self.opened.emit(card.number)
