"""The strip over a form that holds a draft found again: since when, what stands in its way, and how to be rid of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, plain_button
from evidence_desk.ui.widgets.labels import IconLabel, label


class DraftStrip(QFrame):
    """Hidden while there is nothing to say. Signals: `keep_asked()`, `discard_asked()`."""

    keep_asked = Signal()
    discard_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 7, 9, 7)
        row.setSpacing(9)
        row.addWidget(IconLabel("ph.note-pencil", "text.secondary", 15), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        row.addLayout(column, 1)
        self.words = label("", "small", wrap=True)
        column.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self.keep = plain_button(tr("Keep"))
        self.keep.setProperty("extent", "small")
        self.keep.setToolTip(tr("Keep what was typed then"))
        self.keep.clicked.connect(self.keep_asked)
        self.discard = ghost_button(tr("Discard"))
        self.discard.setProperty("extent", "small")
        self.discard.setToolTip(tr("Throw away what was typed and not kept; the record stays as it is"))
        self.discard.clicked.connect(self.discard_asked)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.discard)
        buttons.addStretch()
        column.addLayout(buttons)
        self.hide()

    def say(self, text: str, keepable: bool = True) -> None:
        """Show the strip with a sentence, or hide it; `keepable` tells whether keeping can be asked for."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.keep.setVisible(keepable)
        self.setVisible(bool(text))
