"""How the picture was shown when an observation was made, and the way back to that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_desk.domain.records import Observation
from evidence_desk.media.seen_as import SeenAs
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import link_button
from evidence_desk.ui.widgets.labels import label


class SeenAsRow(QWidget):
    """Hidden where a record keeps nothing of it. Signals: `restore_asked()`."""

    restore_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        self.words = label("", "caption", wrap=True)
        row.addWidget(self.words, 1)
        self.restore = link_button(tr("Show it so"))
        self.restore.setToolTip(tr("Show its first frame with the view, adjustments and zoom it was made under"))
        self.restore.clicked.connect(self.restore_asked)
        row.addWidget(self.restore)
        self.show_record(None)

    def show_record(self, record: Observation | None) -> None:
        """Show what an observation keeps, None for one that is being made."""
        seen = SeenAs.from_json(record.seen_as) if record is not None else None
        self.setVisible(seen is not None)
        if seen is not None:
            self.words.setText(tr("Seen as {words}.", words=seen.words()))
