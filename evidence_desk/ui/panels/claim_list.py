"""The left panel of the Claims room: claims with their propositions, or the sources, with a filter."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.services.queries import Queries
from evidence_desk.ui.models.claim_tree import NUMBER_ROLE, ClaimTreeModel, tallies
from evidence_desk.ui.models.sources import SourceModel
from evidence_desk.ui.panels.claim_rows import ClaimTreeDelegate, SourceDelegate
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.buttons import icon_button, link_button, primary_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.labels import label
from evidence_desk.ui.widgets.panel import EmptyState, PanelHeader

Index = QModelIndex | QPersistentModelIndex
CLAIMS, SOURCES = "claims", "sources"


class ClaimTree(QTreeView):
    """The tree. Signals: `chosen(str number)` another row is current; `opened(str number)` Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, model: ClaimTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ClaimTreeDelegate(self))
        self.setAccessibleName(tr("Claims and propositions"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.activated.connect(self._open)
        model.modelReset.connect(self.expandAll)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(str(current.data(NUMBER_ROLE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the quotations anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(str(index.data(NUMBER_ROLE)))


class SourceList(QListView):
    """The sources. Signals: `chosen(str number)`, `opened(str number)`."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, model: SourceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(SourceDelegate(self))
        self.setAccessibleName(tr("Sources"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._open)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(str(current.data(NUMBER_ROLE)))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(str(index.data(NUMBER_ROLE)))


class ClaimListPanel(QWidget):
    """Signals: `section_chosen(str)` claims or sources; `filtered(str)`; `add_asked()` the plus of the section."""

    section_chosen = Signal(str)
    filtered = Signal(str)
    add_asked = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.claims, self.sources = ClaimTreeModel(self), SourceModel(self)
        self.tree, self.source_list = ClaimTree(self.claims), SourceList(self.sources)
        self.header = PanelHeader(tr("Claims"))
        self.add = icon_button("add", tr("New source"))
        self.add.clicked.connect(self.add_asked)
        if writable:
            self.header.add(self.add)
        self.switch = Choice(tr("List"), ((CLAIMS, tr("Claims")), (SOURCES, tr("Sources"))), CLAIMS)
        self.switch.chosen.connect(self.section_chosen)
        self.wanted = FilterField("", "")
        self.wanted.textChanged.connect(self.filtered)
        self._writable = writable
        self._build()
        self.show_section(CLAIMS)

    @property
    def section(self) -> str:
        """Which list is shown."""
        return self.switch.value()

    def show_section(self, section: str) -> None:
        """Show claims or sources."""
        self.switch.set_value(section)
        words = tr("Filter by word or claimant") if section == CLAIMS else tr("Filter by word or publisher")
        self.wanted.setPlaceholderText(words)
        self.wanted.setAccessibleName(words)
        self.add.setAccessibleName(tr("New claim") if section == CLAIMS else tr("New source"))
        self.add.setToolTip(self.add.accessibleName())
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Show counts and the fitting page after the models changed."""
        is_claims = self.section == CLAIMS
        model = self.claims if is_claims else self.sources
        total = self.claims.total_claims if is_claims else self.sources.total
        self.header.set_title(tr("Claims") if is_claims else tr("Sources"))
        self.header.set_count(self._count_text())
        self._no_match.setVisible(False)
        if model.rowCount():
            self._pages.setCurrentWidget(self.tree if is_claims else self.source_list)
        elif total and self.wanted.text():
            self._no_match.setVisible(True)
            self._pages.setCurrentWidget(self._blank)
        else:
            self._pages.setCurrentWidget(self._no_claims if is_claims else self._no_sources)
        self._tools.setVisible(bool(total or self.sources.total))

    def show_records(self, queries: Queries, current: str) -> None:
        """Show claims and sources as they are now; `current` stays chosen where it is still there."""
        sources, wanted = queries.sources(), self.wanted.text()
        tally = tallies(queries.links(), queries.questions())
        views = (self.tree, self.source_list)
        for view in views:
            view.blockSignals(True)
        self.claims.show(queries.claims(), queries.propositions(), sources, tally, wanted)
        self.sources.show(sources, wanted)
        self.tree.setCurrentIndex(self.claims.index_of(current))
        self.source_list.setCurrentIndex(self.sources.index_of(current))
        for view in views:
            view.blockSignals(False)
        self.bring_up_to_date()

    def select(self, number_: str) -> bool:
        """Choose a source, claim or proposition in its list, whatever the filter; tell whether it is there."""
        is_source = number_.startswith("SR-")
        self.wanted.clear()
        self.show_section(SOURCES if is_source else CLAIMS)
        view: QAbstractItemView = self.source_list if is_source else self.tree
        index = (self.sources if is_source else self.claims).index_of(number_)
        view.setCurrentIndex(index)
        return index.isValid()

    def first(self) -> str:
        """Return the first proposition, or claim, or source; "" in an empty case."""
        claim = self.claims.index(0, 0)
        for index in (self.claims.index(0, 0, claim), claim, self.sources.index(0, 0)):
            if index.isValid():
                return str(index.data(NUMBER_ROLE))
        return ""

    def current(self) -> str:
        """Return what is chosen in the list shown, or its first row; "" where it is empty."""
        view: QAbstractItemView = self.tree if self.section == CLAIMS else self.source_list
        index = view.currentIndex() if view.currentIndex().isValid() else view.model().index(0, 0)
        return str(index.data(NUMBER_ROLE)) if index.isValid() else ""

    def focus_list(self) -> None:
        """Put the focus on the list shown."""
        shown = self._pages.currentWidget()
        target = shown if shown in (self.tree, self.source_list) else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_text(self) -> str:
        if self.section == SOURCES:
            shown, total = self.sources.rowCount(), self.sources.total
        else:
            shown, total = self.claims.rowCount(), self.claims.total_claims
        if self.wanted.text():
            return tr("{shown} of {total}", shown=number(shown), total=number(total))
        if self.section == SOURCES:
            return number(total)
        below = plural(self.claims.total_propositions, "{count} proposition", "{count} propositions")
        return tr("{claims}, with {below}", claims=number(total), below=below)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._tools = QWidget()
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(12, 8, 12, 8)
        tools.setSpacing(8)
        tools.addWidget(self.switch)
        tools.addWidget(self.wanted)
        column.addWidget(self._tools)
        self._no_match = QWidget()
        row = QHBoxLayout(self._no_match)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(label(tr("Nothing matches."), "label"))
        clear = link_button(tr("Clear the filter"))
        clear.clicked.connect(self.wanted.clear)
        row.addWidget(clear)
        row.addStretch()
        column.addWidget(self._no_match)
        self._pages = QStackedWidget()
        self._blank = QWidget()
        self._no_claims = self._empty(
            "claim",
            tr("No claims yet"),
            tr("A claim is a passage of a source, word for word. Add a source with its text, then select the passage."),
        )
        self._no_sources = self._empty(
            "source", tr("No sources yet"), tr("A source is a document or a speaker; its text is kept in the case.")
        )
        for page in (self.tree, self.source_list, self._blank, self._no_claims, self._no_sources):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)

    def _empty(self, icon: str, title: str, text: str) -> EmptyState:
        buttons = (primary_button(tr("New source…"), "Ctrl Alt S"),) if self._writable else ()
        state = EmptyState(icon, title, text, buttons)
        state.activated.connect(self._add_source)
        return state

    def _add_source(self) -> None:
        self.show_section(SOURCES)
        self.add_asked.emit()
