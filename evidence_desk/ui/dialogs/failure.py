"""The calm line after a failure of the program itself."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from evidence_desk.ui.crash import words
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button


class FailureDialog(DeskDialog):
    """Shows that the case is safe and keeps the details a click away; accepted means: close the desk."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        title, text = words()
        super().__init__(title, text, "", parent, width=560)
        self._report = report
        self.leave.setText(tr("Go on"))
        copy, close = plain_button(tr("Copy the report"), icon="copy"), plain_button(tr("Close the desk"))
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        self.foot.addWidget(copy)
        self.foot.addWidget(close)
        shown = QPlainTextEdit(report)
        shown.setReadOnly(True)
        shown.setAccessibleName(tr("Report"))
        shown.setFont(current_theme().mono_font("caption"))
        shown.setFixedHeight(current_theme().px(140))
        self.body.addWidget(shown)
        self.leave.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
