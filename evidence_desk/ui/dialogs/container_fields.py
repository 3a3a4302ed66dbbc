"""Every field that the container of an exhibit has, with a filter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from evidence_desk.ui.dialogs.desk_dialog import DeskDialog, body_height
from evidence_desk.ui.models.container_facts import Fact
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button


class ContainerFieldsDialog(DeskDialog):
    """A table of names and values."""

    def __init__(self, number: str, facts: Sequence[Fact], parent: QWidget | None = None) -> None:
        super().__init__(tr("What the container of {number} says", number=number), parent=parent, width=680)
        self._facts = tuple(facts)
        model = QStandardItemModel(0, 2, self)
        model.setHorizontalHeaderLabels([tr("Field"), tr("Value")])
        for fact in facts:
            model.appendRow([QStandardItem(fact.name), QStandardItem(fact.value)])
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(model)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        wanted = QLineEdit()
        wanted.setPlaceholderText(tr("Filter"))
        wanted.setAccessibleName(tr("Filter the fields"))
        wanted.setClearButtonEnabled(True)
        wanted.textChanged.connect(self._proxy.setFilterFixedString)
        self.body.addWidget(wanted)
        table = QTableView()
        table.setModel(self._proxy)
        table.setAccessibleName(tr("Fields of the container"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(current_theme().row("compact"))
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.setMinimumHeight(body_height(current_theme().px(360)))
        self.body.addWidget(table)
        copy = plain_button(tr("Copy all"), icon="copy")
        copy.clicked.connect(self._copy)
        self.foot.insertWidget(0, copy)
        self.leave.setText(tr("Close"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{f.name}\t{f.value}" for f in self._facts))
