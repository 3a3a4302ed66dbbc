"""Every event of one record, as the log holds it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.ui.dialogs.desk_dialog import DeskDialog, body_height
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.labels import hairline, label


class HistoryDialog(DeskDialog):
    """Lists the sentences of a record's history in the order given; nothing can be changed here."""

    def __init__(self, record: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        count = plural(len(lines), "{count} event, kept for good.", "{count} events, kept for good.")
        super().__init__(tr("History of {number}", number=record), count, "", parent, width=520)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for place, line in enumerate(lines):
            if place:
                column.addWidget(hairline())
            shown = label(line, "small", wrap=True)
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(shown)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName(tr("Events"))
        scroll.setMinimumHeight(min(current_theme().px(60) * max(len(lines), 1), body_height(current_theme().px(360))))
        self.body.addWidget(scroll)
