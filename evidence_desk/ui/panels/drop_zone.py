"""The place where files are dropped, with buttons that do the same by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

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
        self._note = label(note, "label", wrap=True)
        words.addWidget(self._note)
        words.addStretch()
        row.addLayout(words, 1)
        self._files = files = plain_button(tr("Choose files…"), "Ctrl I", "add")
        files.clicked.connect(self.files_asked)
        self._folder = folder = ghost_button(tr("Choose a folder…"))
        folder.clicked.connect(self.folder_asked)
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._ways.setSpacing(4)
        self._ways.addWidget(files)
        self._ways.addWidget(folder)
        row.addLayout(self._ways)
        self._dress()
        keeper().changed.connect(self._dress)

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        self._files.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Return what is needed with the buttons under each other and without the explanation."""
        ways = max(button.minimumSizeHint().width() for button in (self._files, self._folder))
        return QSize(ways + current_theme().px(130), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under each other where room is short; the explanation is told on hovering then."""
        super().resizeEvent(event)
        narrow = self.width() < current_theme().px(560)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._ways.setDirection(way)
        self._note.setVisible(not narrow)
        self.setToolTip(self._note.text() if narrow else "")

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
