"""The left side of Review: exhibits above, observations below; a narrow rail where the window is narrow."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QToolButton, QVBoxLayout, QWidget

from evidence_desk.domain.records import Exhibit
from evidence_desk.services.queries import Queries
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.models.exhibits import EXHIBIT_ROLE, ExhibitModel
from evidence_desk.ui.models.observations import ObservationRow
from evidence_desk.ui.panels.case_folds import CaseFolds
from evidence_desk.ui.panels.observation_list import ObservationList, RowList
from evidence_desk.ui.panels.review_rows import ExhibitDelegate
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.panel import PanelHeader

ROWS_SHOWN = 3
EXHIBITS, OBSERVATIONS = "exhibits", "observations"


class Navigator(QFrame):
    """Beside the picture all parts are shown; laid over it, as many as there is height for.

    Signals: `exhibit_picked(str)`; those of `observations`.
    """

    exhibit_picked = Signal(str)

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.exhibits = ExhibitModel()
        self.observations = ObservationList()
        self._quiet = False
        self._over = ""
        """The part that was asked for while this lies over the picture, "" beside it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._header = PanelHeader(tr("Exhibits"), actions=(actions.tool_button("file.add"),))
        self.list = RowList(tr("Exhibits"))
        self.list.setModel(self.exhibits)
        self._delegate = ExhibitDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._top = QWidget()
        rows = QVBoxLayout(self._top)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._header)
        rows.addWidget(self.list)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._top)
        self._split.addWidget(self.observations)
        self._split.setStretchFactor(1, 1)
        column.addWidget(self._split, 1)
        self.folds = CaseFolds()
        column.addWidget(self.folds)
        self._fit_rows()
        keeper().changed.connect(self._fit_rows)

    def set_exhibits(self, exhibits: tuple[Exhibit, ...], selected: str) -> None:
        """Show these exhibits."""
        if exhibits != self.exhibits.exhibits:
            more = len(exhibits) != len(self.exhibits.exhibits)
            self._quiet = True
            self.exhibits.set_exhibits(exhibits)
            self._quiet = False
            self._header.set_count(number(len(exhibits)))
            if more:
                self._fit_rows()
        self.select_exhibit(selected)

    def show_records(self, rows: tuple[ObservationRow, ...], selected: str, queries: Queries) -> None:
        """Show the observations and, folded away, what else the case holds."""
        self.observations.set_rows(rows, selected)
        self.folds.show_case(queries)

    def select_exhibit(self, exhibit: str) -> None:
        """Show an exhibit as the current one without telling."""
        self._quiet = True
        row = self.exhibits.row_of(exhibit)
        self.list.setCurrentIndex(self.exhibits.index(row) if row >= 0 else QModelIndex())
        self._quiet = False

    def lay_over(self, part: str) -> None:
        """Lie over the picture, with EXHIBITS or OBSERVATIONS alone where there is no height for both."""
        self._over = part
        self._fit_parts()

    def dock(self) -> None:
        """Stand beside the picture, with all parts."""
        self._over = ""
        self._fit_parts()

    @property
    def over(self) -> str:
        """The part that was asked for while this lies over the picture, "" beside it."""
        return self._over

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is height for."""
        super().resizeEvent(event)
        self._fit_parts()

    def _fit_parts(self) -> None:
        theme, free = current_theme(), self.height()
        least = theme.bar("panel_header") + theme.row("exhibit") + 2 + self.observations.least_height()
        both = not self._over or least <= free
        self._top.setVisible(both or self._over == EXHIBITS)
        self.observations.setVisible(both or self._over == OBSERVATIONS)
        self.folds.setVisible(not self._over or least + self.folds.sizeHint().height() <= free)

    def _fit_rows(self) -> None:
        theme = current_theme()
        rows = max(1, min(len(self.exhibits.exhibits), ROWS_SHOWN))
        height = theme.bar("panel_header") + rows * (theme.row("exhibit") - 2) + 2
        self.list.setMinimumHeight(theme.row("exhibit"))
        total = max(self._split.height(), height + 200)
        self._split.setSizes([height, total - height])

    def _moved(self, current: QModelIndex, _: QModelIndex) -> None:
        exhibit = current.data(EXHIBIT_ROLE)
        if not self._quiet and isinstance(exhibit, Exhibit):
            self.exhibit_picked.emit(exhibit.number)


class NavigatorRail(QFrame):
    """The navigator where there is no room for it: two buttons with counts.

    Signals: `opened(str)` to lay it open, with the part that was asked for, "" for any.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(6)
        self._exhibits = self._button("exhibit_video", tr("Exhibits"), EXHIBITS)
        self._observations = self._button("observation", tr("Observations"), OBSERVATIONS)
        self._open = self._button("ten_forward", tr("Show the navigator"), "")
        column.addWidget(self._exhibits)
        column.addWidget(self._observations)
        column.addStretch()
        column.addWidget(self._open)
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._resize()
        keeper().changed.connect(self._resize)

    def _button(self, icon: str, name: str, part: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(current_theme().icon(icon))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(partial(self._open_at, part))
        return button

    def _open_at(self, part: str) -> None:
        self.opened.emit(part)

    def set_counts(self, exhibits: int, observations: int) -> None:
        """Show how many there are."""
        for button, name, count in (
            (self._exhibits, tr("Exhibits"), exhibits),
            (self._observations, tr("Observations"), observations),
        ):
            button.setText(number(count))
            button.setAccessibleName(f"{name}, {number(count)}")

    def _resize(self) -> None:
        theme = current_theme()
        wide = theme.px(theme.width("navigator", "rail"))
        self.setFixedWidth(wide)
        side = theme.px(18)
        for button in (self._exhibits, self._observations, self._open):
            button.setIconSize(QSize(side, side))
            button.setFixedSize(wide - 8, theme.px(44 if button is not self._open else 32))
