"""A window with one place for the keyboard and the real door for questions; says on stdout which keys reached it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget

from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.prompter import Prompter


class Place(QWidget):
    """Stands for the picture: `d`, `f` and `o` open a question, a choice of a file and an overlay."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        self._prompter = Prompter(window)
        self._overlay = Overlay(window, "Overlay", 300)
        self._overlay.closed.connect(lambda: say("closed"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say the key; open what it stands for."""
        key = event.text()
        say(f"key {key}")
        match key:
            case "d":
                QTimer.singleShot(200, lambda: say("asking"))
                self._prompter.ask_line("Question", "Answer", "Keep")
                say("closed")
            case "f":
                QTimer.singleShot(200, lambda: say("asking"))
                self._prompter.save_file("Save", Path("still.png"))
                say("closed")
            case "o":
                self._overlay.open()
                say("asking")


def say(text: str) -> None:
    """Tell the test."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Show the window until the test ends it."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    root = QWidget()
    column = QVBoxLayout(root)
    place = Place(window)
    column.addWidget(QLabel("A place"))
    column.addWidget(place, 1)
    window.setCentralWidget(root)
    window.resize(600, 400)
    window.show()
    window.activateWindow()
    place.setFocus()
    QTimer.singleShot(500, lambda: say("ready"))
    app.exec()


main()
