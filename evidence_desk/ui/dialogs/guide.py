"""The short guide, as it is kept with the program."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from evidence_desk import resources
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog, body_height
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
        _soften(page.document())
        page.setMinimumHeight(body_height(current_theme().px(440)))
        page.document().setDocumentMargin(14)
        self.body.addWidget(page)
        self.leave.setText(tr("Close"))
        page.setFocus()
        page.moveCursor(QTextCursor.MoveOperation.Start)


def _soften(document: QTextDocument) -> None:
    """Bring headings and strong words to the weight and sizes of the window; there is no bolder face than 600."""
    theme = current_theme()
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if level:
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            look.setFontPointSize(theme.pt("title" if level == 1 else "lead"))
            cursor.mergeCharFormat(look)
        else:
            _soften_words(document, block.position(), block.length())
        block = block.next()


def _soften_words(document: QTextDocument, start: int, length: int) -> None:
    cursor = QTextCursor(document)
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.DemiBold)
    for place in range(start, start + length - 1):
        cursor.setPosition(place)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().fontWeight() > QFont.Weight.DemiBold:
            cursor.mergeCharFormat(look)
