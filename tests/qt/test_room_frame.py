"""Larger text never clips a room: where the window is too small for its parts, the room scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QScrollArea, QWidget

from evidence_desk.ui.room_frame import RoomFrame
from evidence_desk.ui.theme import apply_theme, current_theme


class GrowingRoom(QWidget):
    """Needs as much as its text does."""

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(800), theme.px(400))


def test_a_room_keeps_the_room_its_parts_need_and_scrolls(qapp: QApplication, qtbot: object) -> None:
    room = GrowingRoom()
    frame = RoomFrame(room)
    frame.resize(1280, 600)
    frame.show()
    try:
        apply_theme("dark", 200)
        qapp.processEvents()
        assert (room.width(), room.height()) == (1600, 800)
        assert frame.horizontalScrollBar().maximum() > 0
        apply_theme("dark", 100)
        qapp.processEvents()
        assert (room.width(), room.height()) == (frame.viewport().width(), frame.viewport().height())
        assert frame.horizontalScrollBar().maximum() == 0
    finally:
        apply_theme("dark", 100)
        frame.close()
        frame.deleteLater()


def test_a_jump_of_the_focus_brings_its_part_into_view(host: QMainWindow) -> None:
    room = QWidget()
    room.setMinimumSize(1000, 3000)
    above, below = QLineEdit(room), QLineEdit(room)
    below.move(10, 2500)
    frame = RoomFrame(room)
    host.setCentralWidget(frame)
    host.show()
    host.activateWindow()
    QApplication.processEvents()
    above.setFocus()
    assert frame.verticalScrollBar().value() == 0
    below.setFocus()
    assert frame.viewport().rect().contains(below.mapTo(frame.viewport(), below.rect().center()))


def test_so_does_a_form_in_it_that_scrolls(host: QMainWindow) -> None:
    room, form = QWidget(), QWidget()
    form.setMinimumSize(200, 3000)
    above, below = QLineEdit(form), QLineEdit(form)
    below.move(10, 2500)
    scroll = QScrollArea(room)
    scroll.resize(260, 200)
    scroll.setWidget(form)
    frame = RoomFrame(room)
    host.setCentralWidget(frame)
    host.show()
    host.activateWindow()
    QApplication.processEvents()
    above.setFocus()
    assert scroll.verticalScrollBar().value() == 0
    below.setFocus()
    assert scroll.viewport().rect().contains(below.mapTo(scroll.viewport(), below.rect().center()))
