"""Withdrawing a record: it stays in the case, struck through, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.labels import label


class WithdrawDialog(DeskDialog):
    """Asks for the reason; `reach` names what hangs on the record and goes with it."""

    def __init__(self, number: str, what: str, reach: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Withdraw {number}", number=number),
            tr("{what} stays in the case and in the dossier's list of withdrawn records.", what=what or number),
            tr("Withdraw"),
            parent,
        )
        for line in reach:
            self.body.addWidget(label(line, "warn", wrap=True))
        self._line = QLineEdit()
        self._line.setPlaceholderText(tr("Why it no longer stands"))
        self.body.addWidget(FormRow(tr("Reason"), self._line))
        self._line.setFocus()

    @property
    def reason(self) -> str:
        """The reason without blanks around it."""
        return self._line.text().strip()

    def check(self) -> str:
        """A record is not withdrawn without a reason."""
        return "" if self.reason else tr("A reason is needed; it goes on record.")
