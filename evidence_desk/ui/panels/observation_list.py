"""The observations of the navigator: filter field, chips, and the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.models.observations import ROW_ROLE, ObservationFilter, ObservationModel, ObservationRow
from evidence_desk.ui.panels.review_rows import ObservationDelegate
from evidence_desk.ui.pieces import Pieces, at_once
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import Chip, ghost_button, icon_button, primary_button
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.panel import EmptyState, PanelHeader

Index = QModelIndex
_AT_ONCE = 3000
"""Observations up to which the list is narrowed at once; for more the window must not wait."""


class RowList(QListView):
    """A list without frame whose rows are drawn by a delegate. Signals: `entered_row()` on Enter."""

    entered_row = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        keeper().changed.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit()
            return
        super().keyPressEvent(event)


class ObservationList(QWidget):
    """Signals: `picked(str)` an observation; `entered(str)` Enter on it; `observe_asked()` from the empty list."""

    picked = Signal(str)
    entered = Signal(str)
    observe_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ObservationModel()
        self._exhibit = ""
        self._quiet = False
        self._selected = ""
        self._all: tuple[ObservationRow, ...] = ()
        self._wanted = ObservationFilter()
        self._work = ByAndBy(self)
        self._fold = icon_button("filter", tr("Show the filter"), checkable=True)
        self._fold.setChecked(True)
        self._fold.toggled.connect(self._show_filter)
        self.header = PanelHeader(tr("Observations"), actions=(self._fold,))
        self.filter = FilterField(tr("Filter by word, term or frame"), tr("Filter observations"))
        self.filter.textChanged.connect(self._narrow)
        self._here = Chip(tr("This exhibit"), on=True)
        self._seen = Chip(tr("Seen"))
        self._heard = Chip(tr("Heard"))
        self._no_link = Chip(tr("No link"))
        self.list = RowList(tr("Observations"))
        # Qt asks how many rows there are for each row it lays out: between the two it is answered without Python.
        self._shown = QSortFilterProxyModel(self)
        self._shown.setDynamicSortFilter(False)
        self._shown.setSourceModel(self.model)
        self.list.setModel(self._shown)
        self._delegate = ObservationDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.clicked.connect(self._clicked)
        self.list.entered_row.connect(self._enter)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._tools = QWidget()
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(12, 4, 12, 8)
        tools.setSpacing(6)
        tools.addWidget(self.filter)
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for chip in (self._here, self._seen, self._heard, self._no_link):
            chip.toggled.connect(self._narrow)
            chips.addWidget(chip)
        chips.addStretch()
        tools.addLayout(chips)
        column.addWidget(self._tools)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._observe = primary_button(tr("Observe at this frame"), "M")
        self._none = EmptyState(
            "observation",
            tr("No observations yet"),
            tr("Step to a frame and press a term key, or press M to observe here."),
            (self._observe,),
        )
        self._none.activated.connect(self._ask)
        clear = ghost_button(tr("Clear filter"))
        self._no_match = EmptyState("filter", tr("Nothing matches"), buttons=(clear,))
        self._no_match.activated.connect(self.clear_filter)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._no_match)
        # What is said where nothing is listed gives way before the filter does.
        self._stack.setMinimumHeight(1)
        column.addWidget(self._stack, 1)

    def least_height(self) -> int:
        """Return what header, filter and two rows need."""
        tools = self._tools.sizeHint().height() if self._fold.isChecked() else 0
        return current_theme().bar("panel_header") + tools + 2 * current_theme().row("two_line")

    def set_exhibit(self, exhibit: str) -> None:
        """Narrow to another exhibit where the first chip says so."""
        self._exhibit = exhibit
        self._narrow()

    def set_rows(self, rows: tuple[ObservationRow, ...], selected: str) -> None:
        """Show these observations, keeping the selection."""
        self._selected = selected
        self._all = rows
        self._bring(stay=True)

    def set_observing(self, possible: bool) -> None:
        """Offer to observe only where a frame is shown and the case may be written."""
        self._none.text.setVisible(possible)
        self._observe.setVisible(possible)

    def select(self, observation: str) -> None:
        """Show an observation as selected without telling; one that the filter hides is kept in mind."""
        self._selected = observation
        if not self._work.is_at_work:  # else the rows to come are looked through once they are there
            self._mark_selected()

    def _mark_selected(self) -> None:
        self._quiet = True
        row = self.model.row_of(self._selected)
        if row >= 0:
            index = self._shown.index(row, 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        self._quiet = False

    def focus_filter(self) -> None:
        """Put the keyboard into the filter."""
        self._fold.setChecked(True)
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def clear_filter(self) -> None:
        """Show every observation of this exhibit again."""
        self.filter.clear()
        for chip in (self._seen, self._heard, self._no_link):
            chip.setChecked(False)

    def current(self) -> str:
        """Return the selected observation, "" for none."""
        row = self.list.currentIndex().data(ROW_ROLE)
        return row.observation.number if isinstance(row, ObservationRow) else ""

    def _show_filter(self, shown: bool) -> None:
        self._tools.setVisible(shown)

    def _narrow(self) -> None:
        wanted = ObservationFilter(
            self.filter.text(),
            self._exhibit if self._here.isChecked() else "",
            self._seen.isChecked(),
            self._heard.isChecked(),
            self._no_link.isChecked(),
        )
        if wanted != self._wanted:
            self._wanted = wanted
            self._bring()

    def _bring(self, stay: bool = False) -> None:
        """Narrow the rows as wanted now: many by and by, and what was under way is let go."""
        pieces = self._narrowed(stay)
        if len(self._all) <= _AT_ONCE:
            self._work.stop()
            at_once(pieces)
        else:
            self._work.begin(pieces)
            self.header.set_count(tr("reading…"))

    def _narrowed(self, stay: bool) -> Pieces[None]:
        place = self.list.verticalScrollBar().value()
        pieces = self.model.narrowing(self._all, self._wanted)
        while True:
            self._quiet = True
            try:
                next(pieces)
            except StopIteration:
                break
            finally:
                self._quiet = False
            yield
        self._mark_selected()
        if stay and self.model.row_of(self._selected) < 0:
            self.list.verticalScrollBar().setValue(place)
        self._tell()

    def _tell(self) -> None:
        shown, total = len(self.model.rows), self.model.total
        text = number(total) if shown == total else tr("{shown} of {total}", shown=number(shown), total=number(total))
        self.header.set_count(text)
        if self.model.rows:
            self._stack.setCurrentWidget(self.list)
        else:
            self._stack.setCurrentWidget(self._no_match if self._wanted.active else self._none)

    def _moved(self, current: Index, _: Index) -> None:
        row = current.data(ROW_ROLE)
        if not self._quiet and isinstance(row, ObservationRow):
            self._selected = row.observation.number
            self.picked.emit(row.observation.number)

    def _clicked(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ObservationRow):
            self.picked.emit(row.observation.number)

    def _enter(self) -> None:
        self.entered.emit(self.current())

    def _ask(self, _: int) -> None:
        self.observe_asked.emit()
