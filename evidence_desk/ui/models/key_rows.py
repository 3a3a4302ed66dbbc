"""The table of all actions and their keys, for changing them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.ui.actions.bindings import OWN, PRESET
from evidence_desk.ui.actions.registry import keys_text
from evidence_desk.ui.actions.specs import ActionSpec
from evidence_desk.ui.key_bindings import KeyBindings
from evidence_desk.ui.translate import tr

ACTION, WHERE, KEYS, ORIGIN = range(4)
Index = QModelIndex | QPersistentModelIndex


class KeyRows(QAbstractTableModel):
    """One row for each action that is built, in the order of the menus."""

    def __init__(self, bindings: KeyBindings, parent: QObject) -> None:
        super().__init__(parent)
        self._bindings = bindings
        self._rows: tuple[ActionSpec, ...] = ()

    def narrow(self, text: str) -> None:
        """Show the actions that hold every word of `text` in name, room or keys."""
        words = text.casefold().split()
        self.beginResetModel()
        self._rows = tuple(
            spec
            for spec in self._bindings.registry.specs
            if self._bindings.registry.action(spec.id).isVisible()
            and all(word in " ".join(self.texts(spec)).casefold() for word in words)
        )
        self.endResetModel()

    def again(self) -> None:
        """Show the same actions with the keys as they are now."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, ORIGIN))

    def spec(self, row: int) -> ActionSpec | None:
        """Return the action of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, id_: str) -> int:
        """Return the row of an action, -1 where it is not shown."""
        return next((row for row, spec in enumerate(self._rows) if spec.id == id_), -1)

    def texts(self, spec: ActionSpec) -> tuple[str, str, str, str]:
        """Return the words of a row: action, where it works, its keys, who set them."""
        bound = self._bindings.bound(spec.id)
        name = self._bindings.registry.action(spec.id).text().replace("&", "")
        where = ", ".join(tr(room.capitalize()) for room in spec.scope) or tr("Everywhere")
        keys = tr(" or ").join(dict.fromkeys(keys_text(key) for key in bound.keys))
        return name, where, keys or tr("no key"), self._origin(spec.id)

    def _origin(self, id_: str) -> str:
        bound = self._bindings.bound(id_)
        origin = {OWN: tr("changed by you"), PRESET: self._bindings.preset.title}.get(bound.origin, tr("usual"))
        if id_ == "go.level_up":
            origin = tr("stays")
        if bound.gave_up:
            gave_up = ", ".join(keys_text(key) for key in bound.gave_up)
            return tr("{origin}, gave up {keys}", origin=origin, keys=gave_up)
        return origin

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many actions."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Action, where, keys, who set them."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Action"), tr("Works in"), tr("Keys"), tr("Set by"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words; a screen reader hears the whole row."""
        spec = self.spec(index.row())
        if spec is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.texts(spec)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self.texts(spec))
        return None
