"""Going to a frame or a time that is typed: 812, #812, +10, 0:27.093."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.forms import FormRow

# Gives the frame that the text means; raises EvidenceDeskError with one line where it means none.
Reading = Callable[[str], int]


class GoToDialog(DeskDialog):
    """Asks for a frame or a time; `frame` is the answer once accepted."""

    def __init__(self, frame: int, frames: int, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(tr("Go to frame or time"), "", tr("Go"), parent, width=380)
        self._reading = reading
        self.frame = frame
        self.line = QLineEdit(str(frame))
        last = number(max(0, frames - 1))
        help_ = tr("Frames 0 to {last}. Also +10, -10, or a time such as 0:27.093.", last=last)
        self.body.addWidget(FormRow(tr("Place"), self.line, help_))
        self.line.setFocus()
        self.line.selectAll()

    def check(self) -> str:
        """Read the text; say in one line why it cannot be read."""
        try:
            self.frame = self._reading(self.line.text())
        except EvidenceDeskError as error:
            return str(error)
        return ""
