"""Who works on the case, and as what: rows of name and role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, icon_button
from evidence_desk.ui.widgets.labels import label


class PersonRow(QWidget):
    """One person. Signals: `edited()`, `removal_asked()`."""

    edited = Signal()
    removal_asked = Signal()

    def __init__(self, name: str, role: str, place: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.name, self.role = QLineEdit(name), QLineEdit(role)
        self.name.setPlaceholderText(tr("Name"))
        self.role.setPlaceholderText(tr("Role"))
        self.name.setAccessibleName(tr("Name of person {place}", place=place))
        self.role.setAccessibleName(tr("Role of person {place}", place=place))
        for field in (self.name, self.role):
            field.textEdited.connect(self.edited)
            row.addWidget(field, 1)
        remove = icon_button("close", tr("Take person {place} off the list", place=place))
        remove.clicked.connect(self.removal_asked)
        row.addWidget(remove)


class PeopleEditor(QWidget):
    """The list. Signals: `edited()` when a person changed it."""

    edited = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self._rows: list[PersonRow] = []
        self._loaded: tuple[dict[str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._shown = label("", "small", wrap=True)
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._column.addWidget(self._shown)
        self._shown.setVisible(not writable)
        self._add = ghost_button(tr("Add a person"), icon="add")
        self._add.clicked.connect(self._add_empty)
        self._column.addWidget(self._add)
        self._add.setVisible(writable)

    def load(self, people: Sequence[Mapping[str, object]]) -> None:
        """Show these people, each with `name` and `role`."""
        self._loaded = tuple({k: str(v) for k, v in person.items()} for person in people)
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        lines = [", ".join(v for v in (p.get("name", ""), p.get("role", "")) if v) for p in self._loaded]
        self._shown.setText("\n".join(lines) or tr("Nobody is named"))
        if self._writable:
            for person in self._loaded:
                self._add_row(person.get("name", ""), person.get("role", ""))

    def follow(self, people: Sequence[Mapping[str, object]]) -> None:
        """Show newer people, unless they are those shown or others are being typed."""
        now = tuple({k: str(v) for k, v in person.items()} for person in people)
        if now == self.value():
            self._loaded = now
        elif not self.changed():
            self.load(people)

    def value(self) -> tuple[dict[str, str], ...]:
        """Return the people as typed; rows without a name and a role are left out."""
        if not self._writable:
            return self._loaded
        found = []
        for place, row in enumerate(self._rows):
            name, role = row.name.text().strip(), row.role.text().strip()
            rest = self._loaded[place] if place < len(self._loaded) and self._loaded[place].get("name") == name else {}
            if name or role:
                found.append({**rest, "name": name, "role": role})
        return tuple(found)

    def changed(self) -> bool:
        """Tell whether the list differs from what was loaded."""
        plain = tuple({"name": p.get("name", ""), "role": p.get("role", "")} for p in self._loaded)
        return tuple({"name": p["name"], "role": p["role"]} for p in self.value()) != plain if self._writable else False

    def _add_empty(self) -> None:
        row = self._add_row("", "")
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, name: str, role: str) -> PersonRow:
        row = PersonRow(name, role, len(self._rows) + 1)
        row.edited.connect(self.edited)
        row.removal_asked.connect(self._remove)
        self._column.insertWidget(self._column.indexOf(self._add), row)
        self._rows.append(row)
        return row

    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, PersonRow):
            self._rows.remove(row)
            row.deleteLater()
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()
