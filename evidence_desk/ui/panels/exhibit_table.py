"""The exhibit table of the Intake room: keys, selection and menu."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from evidence_desk.ui.models.intake_table import (
    ACQUISITION,
    HASH,
    NUMBER,
    SIZE,
    STATE,
    TITLE,
    IntakeRow,
    IntakeTable,
)
from evidence_desk.ui.panels.intake_cells import THUMB, IntakeDelegate
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.thumbnails import Thumbnails
from evidence_desk.ui.translate import tr


class ExhibitTable(QTableView):
    """Signals: `row_chosen()` another row is current; `opened(str number)` Enter or double click; `stop_asked(int
    arrival)`; `examine_asked(str number)`; `withdraw_asked(str number)`."""

    row_chosen = Signal()
    opened = Signal(str)
    stop_asked = Signal(int)
    examine_asked = Signal(str)
    withdraw_asked = Signal(str)

    def __init__(
        self, model: IntakeTable, thumbnails: Thumbnails, writable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table, self._writable = model, writable
        self.setModel(model)
        self.setItemDelegate(IntakeDelegate(thumbnails.picture, self))
        self.setAccessibleName(tr("Exhibits"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(40)
        # The words stand over the cells' words, whose inset is wider than a header's usual one.
        header.setStyleSheet(
            "QHeaderView::section { padding: 0 8px; } QHeaderView::section:first { padding-left: 16px; }"
        )
        self.activated.connect(self._activate)
        keeper().changed.connect(self._dress)
        thumbnails.arrived.connect(self._repaint)
        self._dress()

    def current_row(self) -> IntakeRow | None:
        """Return the current row, None where there is none."""
        index = self.currentIndex()
        return self._table.row(index.row()) if index.isValid() else None

    def select_number(self, number: str) -> None:
        """Make the row of an exhibit current."""
        place = self._table.place_of(number)
        if place >= 0 and place != self.currentIndex().row():
            self.setCurrentIndex(self._table.index(place, 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that another row is current."""
        super().selectionChanged(selected, deselected)
        self.row_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the hash, Delete stops a file on its way."""
        row = self.current_row()
        if event.matches(QKeySequence.StandardKey.Copy) and row is not None:
            self.copy_hash()
        elif event.key() == Qt.Key.Key_Delete and row is not None and row.arrival:
            self.stop_asked.emit(row.arrival)
        else:
            super().keyPressEvent(event)

    def copy_hash(self) -> None:
        """Put the whole SHA-256 of the current row on the clipboard."""
        row = self.current_row()
        if row is not None and row.sha256:
            QGuiApplication.clipboard().setText(row.sha256)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row."""
        menu = self.menu()
        if menu is None:
            return
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(QPoint(rect.left() + 90, rect.bottom()))
        menu.exec(place)
        menu.deleteLater()

    def menu(self) -> QMenu | None:
        """Return the menu of the current row, None where there is no row."""
        row = self.current_row()
        if row is None:
            return None
        menu = QMenu(self)
        if row.arrival:
            menu.addAction(tr("Stop"), self._stop)
        if row.number:
            menu.addAction(tr("Open in Review"), self._open)
            menu.addAction(tr("Copy the SHA-256"), self.copy_hash)
        if row.number and self._writable and not row.arrival:
            menu.addSeparator()
            menu.addAction(tr("Examine again"), self._examine)
            menu.addAction(tr("Withdraw…"), self._withdraw)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the title what the other columns leave."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        theme, width = current_theme(), self.viewport().width()
        fixed = {
            NUMBER: theme.px(THUMB[0]) + 24 + theme.px(66),
            SIZE: theme.px(76),
            HASH: theme.px(158),
            STATE: theme.px(206),
            ACQUISITION: theme.px(148),
        }
        tight = width < sum(fixed.values()) + theme.px(180)
        if tight:
            fixed[HASH], fixed[STATE], fixed[ACQUISITION] = theme.px(84), theme.px(176), theme.px(128)
        # Where even that is too much the hash goes: it stays in the row's tooltip and under Ctrl+C.
        bare = width < sum(fixed.values()) + theme.px(120)
        self.setColumnHidden(HASH, bare)
        if bare:
            del fixed[HASH]
        for column, wide in fixed.items():
            self.setColumnWidth(column, wide)
        self.setColumnWidth(TITLE, max(theme.px(120), width - sum(fixed.values())))

    def _dress(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.row("two_line"))
        self.horizontalHeader().setFixedHeight(theme.row("table_header"))
        self._share()

    def _repaint(self) -> None:
        self.viewport().update()

    def _activate(self) -> None:
        self._open()

    def _open(self) -> None:
        row = self.current_row()
        if row is not None and row.number:
            self.opened.emit(row.number)

    def _stop(self) -> None:
        row = self.current_row()
        if row is not None:
            self.stop_asked.emit(row.arrival)

    def _examine(self) -> None:
        row = self.current_row()
        if row is not None:
            self.examine_asked.emit(row.number)

    def _withdraw(self) -> None:
        row = self.current_row()
        if row is not None:
            self.withdraw_asked.emit(row.number)
