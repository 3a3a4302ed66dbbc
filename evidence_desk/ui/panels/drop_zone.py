"""The place where files are dropped, with buttons that do the same by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, plain_button
from evidence_desk.ui.widgets.labels import IconLabel, label


class DropZone(QFrame):
    """Signals: `dropped(list of Path)`, `files_asked()`, `folder_asked()`."""

    dropped = Signal(list)
    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(16)
        row.addWidget(IconLabel("room_intake", "text.secondary", 24))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(label(tr("Drop files here"), "section"))
        note = tr("Each file is copied into the case and hashed. The original is only read and stays where it is.")
        words.addWidget(label(note, "label", wrap=True))
        words.addStretch()
        row.addLayout(words, 1)
        self._files = files = plain_button(tr("Choose files…"), "Ctrl I", "add")
        files.clicked.connect(self.files_asked)
        folder = ghost_button(tr("Choose a folder…"))
        folder.clicked.connect(self.folder_asked)
        row.addWidget(files)
        row.addWidget(folder)
        self._dress()
        keeper().changed.connect(self._dress)

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        self._files.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders of this computer."""
        if local_paths(event):
            event.acceptProposedAction()
            self._over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show rest again."""
        self._over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the paths on."""
        self._over(False)
        paths = local_paths(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _over(self, over: bool) -> None:
        self.setProperty("over", "true" if over else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _dress(self) -> None:
        self.setFixedHeight(current_theme().px(84))


def local_paths(event: QDropEvent) -> list[Path]:
    """Return the files and folders of this computer that a drag carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
