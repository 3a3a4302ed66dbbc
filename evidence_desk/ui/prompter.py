"""The one door for questions to the person; tests put a scripted answerer in its place.

After each question the keyboard is back where it was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from evidence_desk.ui.focus_back import FocusBefore
from evidence_desk.ui.translate import tr


class Prompter:
    """Asks with dialogs. Each method returns None (or False) where the person leaves without an answer."""

    def __init__(self, window: QWidget | None = None) -> None:
        self._window = window

    def attach(self, window: QWidget) -> None:
        """Let the dialogs belong to a window."""
        self._window = window

    def confirm(self, title: str, text: str, action: str, stay: str = "") -> bool:
        """Ask whether to do `action`; `stay` names the way out."""
        return self.choose(title, text, (action,), stay) == 0

    def choose(self, title: str, text: str, actions: Sequence[str], stay: str = "") -> int | None:
        """Offer actions, the first being the usual one; return the position of the chosen one."""
        from evidence_desk.ui.dialogs.question import QuestionDialog

        dialog = QuestionDialog(title, text, tuple(actions), stay or tr("Leave"), self._window)
        return dialog.chosen if self.run(dialog) else None

    def ask_line(self, title: str, label: str, action: str, value: str = "", needed: bool = True) -> str | None:
        """Ask for one line of text; where `needed`, an empty line cannot be sent."""
        from evidence_desk.ui.dialogs.question import LineDialog

        dialog = LineDialog(title, label, action, value, needed, self._window)
        return dialog.text if self.run(dialog) else None

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog until it is answered; tell whether it was accepted."""
        if dialog.parent() is None and self._window is not None:
            dialog.setParent(self._window, dialog.windowFlags())
        before = FocusBefore(self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        before.give_back()
        return bool(accepted)

    def open_files(self, title: str, folder: Path | None = None, kinds: str = "") -> tuple[Path, ...]:
        """Let the person choose files."""
        before = FocusBefore(self._window)
        names, _ = QFileDialog.getOpenFileNames(self._window, title, str(folder or Path.home()), kinds)
        before.give_back()
        return tuple(Path(name) for name in names)

    def open_file(self, title: str, folder: Path | None = None, kinds: str = "") -> Path | None:
        """Let the person choose one file."""
        before = FocusBefore(self._window)
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(folder or Path.home()), kinds)
        before.give_back()
        return Path(name) if name else None

    def open_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Let the person choose a folder."""
        before = FocusBefore(self._window)
        name = QFileDialog.getExistingDirectory(self._window, title, str(folder or Path.home()))
        before.give_back()
        return Path(name) if name else None

    def save_file(self, title: str, proposed: Path, kinds: str = "") -> Path | None:
        """Let the person name a file to write."""
        before = FocusBefore(self._window)
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), kinds)
        before.give_back()
        return Path(name) if name else None
