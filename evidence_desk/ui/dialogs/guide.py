"""The short guide, as it is kept with the program."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from evidence_desk import resources
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr


class GuideDialog(DeskDialog):
    """Shows the guide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Guide"), "", "", parent, width=720)
        page = QTextBrowser()
        page.setAccessibleName(tr("Guide"))
        page.document().setDefaultFont(current_theme().ui_font())
        page.document().setMarkdown(
            resources.read_text("manual", "guide.md"), QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        )
        page.setMinimumHeight(current_theme().px(440))
        page.document().setDocumentMargin(14)
        self.body.addWidget(page)
        self.leave.setText(tr("Close"))
        page.setFocus()
        page.moveCursor(QTextCursor.MoveOperation.Start)
