"""Where the keyboard is after dialogs and overlays: where it was, at last on the picture."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget

from evidence_desk.ui.focus_back import FocusBefore
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.prompter import Prompter
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QMainWindow):
    """Two fields, and a place where the keyboard belongs at last."""

    def __init__(self) -> None:
        super().__init__()
        root = QWidget()
        column = QVBoxLayout(root)
        self.first, self.other, self.home = QLineEdit(), QPushButton("other"), QLineEdit()
        for part in (self.first, self.other, self.home):
            column.addWidget(part)
        self.setCentralWidget(root)

    def take_focus(self) -> None:
        """The place at last."""
        self.home.setFocus()


def test_a_question_gives_the_keyboard_back_or_to_the_place_at_last(qtbot: Any, theme: None) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.other.setFocus()

    question = QDialog()
    QTimer.singleShot(50, question.accept)
    assert Prompter(window).run(question)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.other, timeout=2000)
    before = FocusBefore(window)
    window.other.hide()
    before.give_back()
    assert QApplication.focusWidget() is window.home
    overlay = Overlay(window, "All", 200)
    window.first.setFocus()
    overlay.open()
    window.first.deleteLater()
    qtbot.wait(1)
    overlay.leave()
    assert QApplication.focusWidget() is window.home


def test_withdrawing_from_the_form_ends_on_the_picture(hands: Hands) -> None:  # noqa: F811
    hands.press(Key.Key_M)
    hands.press(Key.Key_F2)
    prompter: Any = hands.context.prompter

    def answer(dialog: Any) -> bool:
        dialog._line.setText("a slip")
        return True

    prompter.dialogs.append(answer)
    hands.press(Key.Key_Delete, CTRL)
    assert hands.room.centre.viewer.hasFocus()
