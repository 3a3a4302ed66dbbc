"""The sheet of all keys: with a filter, with presets, and with the table in which keys are changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.ui.actions.presets import PRESETS
from evidence_desk.ui.actions.registry import keys_text
from evidence_desk.ui.actions.specs import MENUS, ActionSpec
from evidence_desk.ui.app_filters import unwatched
from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.key_bindings import KeyBindings
from evidence_desk.ui.key_editor import KeyEditor
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import icon_button, plain_button
from evidence_desk.ui.widgets.labels import ElidedLabel, KeyCap, hairline, label

# Which menus stand in which column of the sheet, so that the columns are about equally long.
_FOUR = (("Go",), ("Observe",), ("View",), ("File", "Edit", "Claims", "Tools", "Help"))
_TWO = (("Go", "Observe"), ("View", "File", "Edit", "Claims", "Tools", "Help"))
_ROWS = 10
"""So many rows are made and dressed at a time: the window would stand still for all of them."""


class ShortcutSheet(Overlay):
    """Opened by `?`; "Change keys…" turns the columns into the table in which they are changed."""

    def __init__(self, window: QWidget, bindings: KeyBindings) -> None:
        super().__init__(window, tr("Shortcuts"), 1150, top=0.06)
        self._bindings, self._registry = bindings, bindings.registry
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setAccessibleName(tr("Filter shortcuts"))
        self.filter.setFixedWidth(current_theme().px(200))
        self.filter.textChanged.connect(self._narrow)
        self.presets = QComboBox()
        self.presets.setAccessibleName(tr("Preset"))
        for preset in PRESETS:
            self.presets.addItem(tr("Preset: {title}", title=tr(preset.title)), preset.id)
            self.presets.setItemData(self.presets.count() - 1, tr(preset.note), Qt.ItemDataRole.ToolTipRole)
        self.presets.activated.connect(self._choose_preset)
        self.change = plain_button(tr("Change keys…"))
        self.change.setCheckable(True)
        self.change.toggled.connect(self._turn)
        self.column.addWidget(self._head())
        self.column.addWidget(hairline())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(tr("All shortcuts"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self._filling = ByAndBy(self)
        self._half: QWidget | None = None
        self.editor = KeyEditor(bindings)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(self.editor)
        self.column.addWidget(self._pages, 1)
        self.shown = 0
        bindings.changed.connect(self._follow)

    def first_focus(self) -> QWidget:
        """The filter."""
        return self.filter

    def open(self) -> None:
        """Show all keys."""
        self._open(change=False)

    def open_to_change(self, id_: str = "") -> None:
        """Show the table in which keys are changed, with that action chosen."""
        self._open(change=True)
        self.editor.choose(id_)
        self.editor.table.setFocus(Qt.FocusReason.PopupFocusReason)

    def _open(self, change: bool) -> None:
        self.filter.clear()
        self.change.setChecked(change)
        self.presets.setCurrentIndex(max(self.presets.findData(self._bindings.preset.id), 0))
        self._narrow()
        super().open()

    def _turn(self, change: bool) -> None:
        self._pages.setCurrentWidget(self.editor if change else self._area)
        self._narrow()
        if self.isVisible():
            self.place()

    def _narrow(self) -> None:
        if self.change.isChecked():
            self.editor.narrow(self.filter.text())
        else:
            self._list()

    def _choose_preset(self, place: int) -> None:
        self._bindings.choose(self.presets.itemData(place))

    def _follow(self) -> None:
        if self.isVisible() and not self.change.isChecked():
            self._list()

    def wanted_height(self) -> int:
        """All rows where the window has room."""
        if self.change.isChecked() or self._filling.is_at_work:
            return self._window.height()
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
        row.addWidget(self.presets)
        row.addWidget(self.change)
        close = icon_button("close", tr("Leave"))
        close.clicked.connect(self.leave)
        row.addWidget(close)
        return head

    def _list(self) -> None:
        words = self.filter.text().casefold().split()
        four = self._window.width() >= current_theme().px(1000)
        columns = [
            [(menu, [s for s in self._registry.specs if s.menu == menu and self._fits(s, words)]) for menu in menus]
            for menus in (_FOUR if four else _TWO)
        ]
        self.shown = sum(len(specs) for column in columns for _, specs in column)
        if self._half is not None:
            self._half.deleteLater()
        self._half = QWidget(self._area.viewport())
        self._filling.start(self._fill(self._half, columns))

    def _fill(self, inner: QWidget, columns: Sequence[Sequence[tuple[str, list[ActionSpec]]]]) -> Iterator[None]:
        # Dressed while hidden: in sight each few rows would lay out all the others anew.
        inner.hide()
        row = QHBoxLayout(inner)
        row.setContentsMargins(20, 10, 20, 16)
        row.setSpacing(28)
        titles = {name: title.replace("&", "") for name, title in MENUS}
        if not self.shown:
            row.addWidget(label(tr("Nothing matches. Clear the filter."), "label"))
        for menus in columns:
            column = QVBoxLayout()
            column.setSpacing(0)
            row.addLayout(column, 1)
            for menu, specs in menus:
                if specs:
                    heading = label(tr(titles[menu]), "section")
                    heading.setContentsMargins(0, 0, 0, 5)
                    column.addWidget(heading)
                for at in range(0, len(specs), _ROWS):
                    rows = self._rows(specs[at : at + _ROWS])
                    column.addWidget(rows)
                    with unwatched():
                        for part in (rows, *rows.findChildren(QWidget)):
                            part.ensurePolished()
                    yield
                column.addSpacing(12 if specs else 0)
            column.addStretch()
        yield
        self._filling.stop()
        self._area.setWidget(inner)
        self._half = None
        if self.isVisible():
            self.place()

    def _fits(self, spec: ActionSpec, words: list[str]) -> bool:
        action = self._registry.action(spec.id)
        searched = f"{action.text()} {spec.tip} {' '.join(self._caps(spec))}".casefold()
        return action.isVisible() and all(word in searched for word in words)

    def _caps(self, spec: ActionSpec) -> tuple[str, ...]:
        return tuple(dict.fromkeys(keys_text(key) for key in self._registry.keys_of(spec.id)))

    def _rows(self, specs: list[ActionSpec]) -> QWidget:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        with unwatched():
            for spec in specs:
                column.addWidget(self._row(spec))
                column.addWidget(hairline())
        return rows

    def _row(self, spec: ActionSpec) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 3, 0, 3)
        line.setSpacing(6)
        line.addWidget(ElidedLabel(self._registry.action(spec.id).text().replace("&", ""), "label"), 1)
        caps = self._caps(spec)
        for cap in caps[:2]:
            line.addWidget(KeyCap(cap))
        keys = " or ".join(caps) or tr("no key")
        row.setAccessibleName(f"{self._registry.action(spec.id).text()}: {keys}")
        return row
