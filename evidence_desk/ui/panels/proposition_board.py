"""What bears on one claim or proposition: four columns, two rows, and the counts chart where it asks how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from evidence_desk.ui.models.board import COLUMNS, ROWS, Card, CardModel
from evidence_desk.ui.models.claim_tree import MISSING
from evidence_desk.ui.models.count_rows import CountRows
from evidence_desk.ui.panels.card_list import CardList
from evidence_desk.ui.panels.counts_chart import CountsChart
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import DeskButton, icon_button
from evidence_desk.ui.widgets.labels import Badge, ElidedLabel, IconLabel, hairline, label
from evidence_desk.ui.widgets.relation_edge import EDGE_WIDTH, paint_edge


@dataclass(frozen=True, slots=True)
class BoardContent:
    """All that the board shows: number, words, where they were said, chips, cards, and counts where they are asked."""

    number: str
    title: str
    said: str
    chips: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    counts: CountRows | None = None
    is_claim: bool = False
    numbers: frozenset[str] = field(default_factory=frozenset)


class EdgeMark(QWidget):
    """The edge pattern of a relation, as tall as its row."""

    def __init__(self, relation: str) -> None:
        super().__init__()
        self._relation = relation
        self.setFixedWidth(EDGE_WIDTH)

    def sizeHint(self) -> QSize:
        """As a row."""
        return QSize(EDGE_WIDTH, current_theme().row("list"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pattern."""
        painter = QPainter(self)
        paint_edge(painter, QRectF(self.rect()), self._relation, current_theme())
        painter.end()


class Column(QWidget):
    """One relation: icon, word, count, a button to add, and the cards. Signals: `add_asked(str relation)`."""

    add_asked = Signal(str)

    def __init__(self, relation: str, writable: bool, rows: bool = False) -> None:
        super().__init__()
        self.relation = relation
        theme = current_theme()
        style = None if relation == MISSING else theme.relation(relation)
        word = style.word if style is not None else tr("Missing")
        color = style.color if style is not None else "text.secondary"
        self.model = CardModel(word, self)
        self.list = CardList(self.model, word, rows)
        self._count = label("", "note")
        self._word = label(word, "section")
        self._color = color
        icon = IconLabel(style.icon if style is not None else "ph.circle-dashed", color, 15)
        add_words = tr("Ask what is missing") if relation == MISSING else tr("Link: {relation}", relation=word.lower())
        self.add: QToolButton = icon_button("add", add_words)
        self.add.clicked.connect(self._ask)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(icon)
        head.addWidget(self._word)
        head.addWidget(self._count)
        head.addStretch()
        if writable:
            head.addWidget(self.add)
        outer = QHBoxLayout(self) if rows else QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        if rows:
            side = QWidget()
            head.setContentsMargins(0, 0, 0, 0)
            head.insertWidget(0, EdgeMark(relation))
            side.setLayout(head)
            side.setFixedWidth(theme.px(136))
            outer.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        else:
            outer.addLayout(head)
        outer.addWidget(self.list, 1)
        self._dress()
        keeper().changed.connect(self._dress)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards."""
        self.model.show(cards)
        self._count.setText(number(len(cards)) if cards else "")

    def _ask(self) -> None:
        self.add_asked.emit(self.relation)

    def _dress(self) -> None:
        self._word.setStyleSheet(f"color: {current_theme().color(self._color).name()}")


class PropositionBoard(QWidget):
    """Signals: `card_chosen(str number)`, `card_opened(str number)`, `add_asked(str relation)`; `split_asked()` and
    `source_asked()` the buttons of the head."""

    card_chosen = Signal(str)
    card_opened = Signal(str)
    add_asked = Signal(str)
    split_asked = Signal()
    source_asked = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self.columns = {relation: Column(relation, writable) for relation in COLUMNS}
        self.rows = {relation: Column(relation, writable, rows=True) for relation in ROWS}
        self.chart = CountsChart()
        self._number = label("", "id")
        self._title = label("", "lead", wrap=True)
        self._said = label("", "label", wrap=True)
        self._note = label("", "label", wrap=True)
        self._chips = QHBoxLayout()
        self.split = DeskButton(tr("Split off a proposition…"), "ghost", "hypothesis", size="small")
        self.split.clicked.connect(self.split_asked)
        self._source = DeskButton(tr("Show in the source"), "ghost", "source", size="small")
        self._source.clicked.connect(self.source_asked)
        self._build()
        for column in self._all():
            column.list.chosen.connect(self._chosen)
            column.list.opened.connect(self.card_opened)
            column.list.side_asked.connect(self._side)
            # Later: heights set while a width is being set would be undone by the same layout pass.
            column.list.width_changed.connect(self._fit_rows, Qt.ConnectionType.QueuedConnection)
            column.add_asked.connect(self.add_asked)

    def show_content(self, content: BoardContent) -> None:
        """Show a claim or proposition with everything that bears on it."""
        self._number.setText(content.number)
        self._title.setText(content.title)
        self._said.setText(content.said)
        self.split.setVisible(self._writable)
        while self._chips.count():
            item = self._chips.takeAt(0)
            chip = item.widget() if item is not None else None
            if chip is not None:
                chip.deleteLater()
        for chip_text in content.chips:
            self._chips.addWidget(Badge(chip_text, "text.secondary"))
        for column in self._all():
            column.show_cards([card for card in content.cards if card.relation == column.relation])
        self._fit_rows()
        linked = any(card.relation != MISSING for card in content.cards)
        how = tr("Nothing is linked yet. Shift+L, or + in a column, links an observation, exhibit or source.")
        self._hint.setText(how if self._writable else tr("Nothing is linked."))
        self._hint.setVisible(not linked)
        self._counts.setVisible(content.counts is not None)
        if content.counts is not None:
            self.chart.show_rows(content.counts)
            self._note.setText(content.counts.note())

    def select_card(self, number_: str) -> None:
        """Mark the card of a link or question, and no other."""
        for column in self._all():
            column.list.blockSignals(True)
            column.list.select(number_)
            column.list.blockSignals(False)

    def focus_first(self) -> None:
        """Put the focus on the first column that has cards, else on the first button that adds."""
        for column in self.columns.values():
            if column.model.rowCount():
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.columns[COLUMNS[0]].add.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _build(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._head())
        inner.addWidget(hairline())
        self._hint = label("", "note", wrap=True)
        self._hint.setContentsMargins(16, 10, 16, 0)
        inner.addWidget(self._hint)
        columns = QHBoxLayout()
        columns.setContentsMargins(16, 10, 16, 4)
        columns.setSpacing(12)
        for column in self.columns.values():
            columns.addWidget(column, 1)
        inner.addLayout(columns, 1)
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 4, 16, 8)
        rows.setSpacing(2)
        for row in self.rows.values():
            rows.addWidget(row)
        inner.addLayout(rows)
        inner.addWidget(self._build_counts())
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._number)
        self._chips.setSpacing(6)
        line.addLayout(self._chips)
        line.addStretch()
        head.addLayout(line)
        # Beside the title, which wraps: beside the chips the buttons would keep the column wide.
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._title, 1)
        for button in (self._source, self.split):
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words)
        head.addWidget(self._said)
        return head

    def _build_counts(self) -> QWidget:
        self._counts = QWidget()
        column = QVBoxLayout(self._counts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 16, 2)
        head.setSpacing(24)
        head.addWidget(label(tr("Counts, claimed and observed"), "section"))
        legend = tr("Filled dot includes the number, open dot excludes it. Square is the best count.")
        head.addWidget(ElidedLabel(legend, "caption"), 1)
        column.addLayout(head)
        column.addWidget(self.chart)
        note = QHBoxLayout()
        note.setContentsMargins(12, 2, 16, 12)
        note.addWidget(self._note)
        column.addLayout(note)
        return self._counts

    # -- doing

    def _all(self) -> tuple[Column, ...]:
        return (*self.columns.values(), *self.rows.values())

    def _chosen(self, number_: str) -> None:
        sender = self.sender()
        for column in self._all():
            if column.list is not sender:
                column.list.blockSignals(True)
                column.list.select("")
                column.list.blockSignals(False)
        self.card_chosen.emit(number_)

    def _side(self, by: int) -> None:
        sender = self.sender()
        lists = [column.list for column in self.columns.values()]
        if sender not in lists:
            return
        place = lists.index(sender) + by
        while 0 <= place < len(lists):
            if lists[place].model().rowCount():
                lists[place].setFocus(Qt.FocusReason.OtherFocusReason)
                return
            place += by

    def _fit_rows(self) -> None:
        least = current_theme().row("list")
        for row in self.rows.values():
            row.list.setFixedHeight(max(least, min(140, row.list.height_of_all())))
        tallest = max(column.list.height_of_all() for column in self.columns.values())
        for column in self.columns.values():
            # The board scrolls as a whole; only a very long column scrolls by itself.
            column.list.setMinimumHeight(min(tallest, 1200) if tallest else 60)
