"""The sheet of all keys, with a filter; made from the same specs as the menus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.ui.actions.registry import ActionRegistry, keys_text
from evidence_desk.ui.actions.specs import MENUS, ActionSpec
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import icon_button
from evidence_desk.ui.widgets.labels import ElidedLabel, KeyCap, hairline, label

# Which menus stand in which column of the sheet, so that the columns are about equally long.
_FOUR = (("Go",), ("Observe", "Claims"), ("View", "Help"), ("File", "Edit", "Tools"))
_TWO = (("Go", "Observe", "Claims"), ("View", "Help", "File", "Edit", "Tools"))


class ShortcutSheet(Overlay):
    """Opened by `?`."""

    def __init__(self, window: QWidget, registry: ActionRegistry) -> None:
        super().__init__(window, tr("Shortcuts"), 1150, top=0.06)
        self._registry = registry
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setAccessibleName(tr("Filter shortcuts"))
        self.filter.setFixedWidth(current_theme().px(200))
        self.filter.textChanged.connect(self._list)
        self.column.addWidget(self._head())
        self.column.addWidget(hairline())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self._area, 1)
        self.shown = 0

    def first_focus(self) -> QWidget:
        """The filter."""
        return self.filter

    def open(self) -> None:
        """Show all keys."""
        self.filter.clear()
        self._list()
        super().open()

    def wanted_height(self) -> int:
        """All rows where the window has room."""
        inner = self._area.widget()
        return current_theme().px(64) + (inner.sizeHint().height() if inner is not None else 0) + 12

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 12, 12, 12)
        row.setSpacing(10)
        row.addWidget(label(tr("Shortcuts"), "lead"))
        note = tr("Single letters rest while you type; Esc returns to the picture.")
        row.addWidget(ElidedLabel(note, "label"), 1)
        row.addWidget(self.filter)
        close = icon_button("close", tr("Leave"))
        close.clicked.connect(self.leave)
        row.addWidget(close)
        return head

    def _list(self) -> None:
        words = self.filter.text().casefold().split()
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(20, 10, 20, 16)
        columns.setSpacing(28)
        titles = {name: title.replace("&", "") for name, title in MENUS}
        self.shown = 0
        four = self._window.width() >= current_theme().px(1000)
        for menus in _FOUR if four else _TWO:
            column = QVBoxLayout()
            column.setSpacing(0)
            for menu in menus:
                specs = [spec for spec in self._registry.specs if spec.menu == menu and self._fits(spec, words)]
                self.shown += len(specs)
                if specs:
                    heading = label(tr(titles[menu]), "section")
                    heading.setContentsMargins(0, 0, 0, 5)
                    column.addWidget(heading)
                    column.addLayout(self._rows(specs))
                    column.addSpacing(12)
            column.addStretch()
            columns.addLayout(column, 1)
        if not self.shown:
            columns.insertWidget(0, label(tr("Nothing matches. Clear the filter."), "label"))
        self._area.setWidget(inner)
        self._area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")

    def _fits(self, spec: ActionSpec, words: list[str]) -> bool:
        action = self._registry.action(spec.id)
        searched = f"{action.text()} {spec.tip} {' '.join(keys_text(key) for key in spec.keys)}".casefold()
        return action.isVisible() and all(word in searched for word in words)

    def _rows(self, specs: list[ActionSpec]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, spec in enumerate(specs):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 3, 0, 3)
            line.setSpacing(6)
            line.addWidget(ElidedLabel(self._registry.action(spec.id).text().replace("&", ""), "label"), 1)
            caps = tuple(dict.fromkeys(keys_text(key) for key in spec.keys))
            for cap in caps[:2]:
                line.addWidget(KeyCap(cap))
            keys = " or ".join(caps)
            row.setAccessibleName(f"{self._registry.action(spec.id).text()}: {keys}")
            grid.addWidget(row, 2 * place, 0)
            grid.addWidget(hairline(), 2 * place + 1, 0)
        return grid
