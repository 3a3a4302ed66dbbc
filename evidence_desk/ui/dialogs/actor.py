"""Who is working: asked once, kept in the settings, recorded with every event."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.forms import FormRow


class ActorDialog(DeskDialog):
    """Asks for name and role."""

    def __init__(self, name: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Who is working"),
            tr("Every event of a case names who caused it. A role or an alias serves as well as a name."),
            tr("Keep"),
            parent,
        )
        self._name, self._role = QLineEdit(name), QLineEdit(role)
        self._name.setPlaceholderText(tr("Reviewer A"))
        self._role.setPlaceholderText(tr("Optional, e.g. second reviewer"))
        self.body.addWidget(FormRow(tr("Name"), self._name))
        self.body.addWidget(FormRow(tr("Role"), self._role))
        self._name.setFocus()

    @property
    def name(self) -> str:
        """The name without blanks around it."""
        return self._name.text().strip()

    @property
    def role(self) -> str:
        """The role without blanks around it."""
        return self._role.text().strip()

    def check(self) -> str:
        """A name is needed."""
        return "" if self.name else tr("A name is needed before anything can be written.")
