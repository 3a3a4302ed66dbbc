"""A question with a few answers, and a question for one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.forms import FormRow


class QuestionDialog(DeskDialog):
    """Offers actions; `chosen` is the position of the chosen one once accepted."""

    def __init__(self, title: str, text: str, actions: Sequence[str], stay: str, parent: QWidget | None = None) -> None:
        super().__init__(title, text, actions[0] if actions else "", parent)
        self.chosen = 0
        self.leave.setText(stay)
        for position, action in enumerate(actions[1:], start=1):
            button = plain_button(action)
            button.setProperty("position", position)
            button.clicked.connect(self._choose)
            self.foot.insertWidget(position, button)
        if self.primary is not None:
            self.primary.setFocus()

    def _choose(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen = int(sender.property("position"))
            self.accept()


class LineDialog(DeskDialog):
    """Asks for one line; `text` is the answer."""

    def __init__(
        self, title: str, name: str, action: str, value: str, needed: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, "", action, parent)
        self._needed, self._name = needed, name
        self.line = QLineEdit(value)
        self.body.addWidget(FormRow(name, self.line, width=96))
        self.line.setFocus()
        self.line.selectAll()

    @property
    def text(self) -> str:
        """The answer without blanks around it."""
        return self.line.text().strip()

    def check(self) -> str:
        """An empty line is no answer where one is needed."""
        return tr("{name} is needed.", name=self._name) if self._needed and not self.text else ""
