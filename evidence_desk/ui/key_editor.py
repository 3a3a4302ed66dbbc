"""Changing keys: choose an action, press its new key; a key that another action has is refused by name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.actions.specs import ActionSpec
from evidence_desk.ui.key_bindings import KeyBindings
from evidence_desk.ui.models.key_rows import ACTION, KeyRows
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.announce import announce
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, plain_button
from evidence_desk.ui.widgets.key_catcher import KeyCatcher
from evidence_desk.ui.widgets.labels import hairline, label, set_role

_IDLE, _CATCHING, _REFUSED = "idle", "catching", "refused"


class KeyEditor(QWidget):
    """The table of actions, and below it what can be done with the chosen one."""

    def __init__(self, bindings: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bindings = bindings
        self._adding = False
        self._wanted: tuple[str, ...] = ()
        self._state = _IDLE
        self.rows = KeyRows(bindings, self)
        self.table = _Table(self.rows)
        self.table.activated.connect(self._activated)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.note = label("", "label", wrap=True)
        self.catcher = KeyCatcher()
        self.catcher.caught.connect(self._caught)
        self.catcher.left.connect(self._left)
        self.change = plain_button(tr("Change…"))
        self.add = plain_button(tr("Add a key…"))
        self.none = ghost_button(tr("No key"))
        self.usual = ghost_button(tr("Usual keys"))
        self.all_usual = ghost_button(tr("All usual keys"))
        self.take = plain_button(tr("Take it from there"))
        self.keep = ghost_button(tr("Leave it there"))
        for button, does in (
            (self.change, self.ask),
            (self.add, self._ask_more),
            (self.none, self._none),
            (self.usual, self._usual),
            (self.all_usual, self._all_usual),
            (self.take, self._take_over),
            (self.keep, self._rest),
        ):
            button.clicked.connect(does)
        self._lay_out()
        bindings.changed.connect(self.rows.again)
        self._rest()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inset = QHBoxLayout()
        inset.setContentsMargins(14, 0, 4, 0)
        inset.addWidget(self.table)
        column.addLayout(inset, 1)
        column.addWidget(hairline())
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 10, 20, 12)
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(self.catcher)
        for button in self._buttons():
            row.addWidget(button)
        column.addWidget(bar)

    def _buttons(self) -> tuple[DeskButton, ...]:
        return (self.change, self.add, self.none, self.usual, self.all_usual, self.take, self.keep)

    @property
    def spec(self) -> ActionSpec | None:
        """The chosen action."""
        return self.rows.spec(self.table.currentIndex().row())

    def narrow(self, text: str) -> None:
        """Show the actions that hold the words; the first one is chosen where the chosen one is gone."""
        chosen = self.spec
        self.rows.narrow(text)
        self.choose(chosen.id if chosen is not None else "")

    def choose(self, id_: str) -> None:
        """Choose an action, the first where it is not shown."""
        row = max(self.rows.row_of(id_), 0)
        if self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(row, ACTION))
        self._rest()

    def ask(self) -> None:
        """Take the next key press as the only key of the chosen action."""
        self._catch(adding=False)

    def _activated(self, _: QModelIndex) -> None:
        self.ask()

    def _ask_more(self) -> None:
        self._catch(adding=True)

    def _catch(self, adding: bool) -> None:
        spec = self.spec
        if spec is None:
            return
        self._adding = adding
        self._show(_CATCHING, tr("Press the new key for “{name}”. Esc leaves it as it is.", name=self._name(spec)))
        self.catcher.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caught(self, key: str) -> None:
        spec = self.spec
        if spec is None:
            return
        before = self._bindings.bound(spec.id).keys if self._adding else ()
        keys = tuple(dict.fromkeys((*before, key)))
        self._wanted = keys if self._bindings.holder(spec.id, key) is not None else ()
        self._give(spec, keys)

    def _give(self, spec: ActionSpec, keys: tuple[str, ...], take_over: bool = False) -> None:
        try:
            self._bindings.give(spec.id, keys, take_over)
        except EvidenceDeskError as error:
            self._show(_REFUSED if self._wanted and not take_over else _IDLE, str(error), "danger")
            (self.take if self._state == _REFUSED else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._rest()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_over(self) -> None:
        spec = self.spec
        if spec is not None and self._state == _REFUSED:
            self._give(spec, self._wanted, take_over=True)

    def _none(self) -> None:
        spec = self.spec
        if spec is not None:
            self._give(spec, ())

    def _usual(self) -> None:
        spec = self.spec
        if spec is not None:
            self._bindings.usual(spec.id)
            self._rest()

    def _all_usual(self) -> None:
        self._bindings.all_usual()
        self._rest()

    def _left(self) -> None:
        if self._state == _CATCHING:
            self._rest()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self) -> None:
        """Ask for nothing, and say what the chosen action has."""
        self._show(_IDLE, self._summary(self.spec))

    def _chosen(self, _: QModelIndex) -> None:
        self._show(_IDLE, self._summary(self.spec), spoken=False)

    def _summary(self, spec: ActionSpec | None) -> str:
        if spec is None:
            return tr("Nothing matches. Clear the filter.")
        name, where, keys, origin = self.rows.texts(spec)
        return tr("{name}: {keys} ({where}, {origin})", name=name, keys=keys, where=where, origin=origin)

    def _name(self, spec: ActionSpec) -> str:
        return self.rows.texts(spec)[ACTION]

    def _show(self, state: str, text: str, role: str = "label", spoken: bool = True) -> None:
        self._state = state
        self.catcher.setVisible(state == _CATCHING)
        for button in (self.change, self.add, self.none, self.usual, self.all_usual):
            button.setVisible(state == _IDLE)
        for button in (self.take, self.keep):
            button.setVisible(state == _REFUSED)
        self.note.setText(text)
        set_role(self.note, role)
        if spoken and self.isVisible():
            announce(self.note, text)


class _Table(QTableView):
    """All actions, a row each."""

    def __init__(self, rows: KeyRows) -> None:
        super().__init__()
        self.setModel(rows)
        self.setAccessibleName(tr("Actions and their keys"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        keeper().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current_theme().row("list"))
