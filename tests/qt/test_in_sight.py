"""When a picture counts as seen: not in another room, not minimised, not under an overlay or a dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from evidence_desk.ui.in_sight import SightWatch, in_sight
from evidence_desk.ui.overlay import Overlay


def test_a_picture_is_seen_where_nothing_of_the_desk_is_over_it(qtbot: Any, host: QMainWindow) -> None:
    pages, picture = QStackedWidget(), QWidget()
    pages.addWidget(picture)
    pages.addWidget(QWidget())
    host.setCentralWidget(pages)
    told: list[str] = []
    watch = SightWatch(picture, lambda: told.append("hidden"), lambda: told.append("seen"), host)
    watch.watch(host)
    watch.watch(host)
    assert not in_sight(picture)
    host.setGeometry(0, 0, 600, 400)
    host.show()
    qtbot.waitExposed(host)
    assert in_sight(picture)
    pages.setCurrentIndex(1)
    assert not in_sight(picture)
    pages.setCurrentIndex(0)
    overlay = Overlay(host, "Over it", 200)  # made after the window was watched, as the table of records is
    overlay.ensurePolished()
    qtbot.wait(1)
    overlay.open()
    assert (in_sight(picture), told) == (False, ["hidden"])
    overlay.leave()
    assert (in_sight(picture), told) == (True, ["hidden", "seen"])
    beside = QDialog(host)
    beside.setModal(True)
    beside.setGeometry(700, 0, 60, 60)
    beside.show()
    assert told[-1] == "hidden", "the key that would stop play is blocked"
    assert in_sight(picture), "a dialog beside it hides nothing"
    beside.setGeometry(10, 10, 60, 60)
    assert not in_sight(picture)
    beside.close()
    assert (in_sight(picture), told[-1]) == (True, "seen")
    host.setWindowState(Qt.WindowState.WindowMinimized)
    assert (in_sight(picture), told[-1]) == (False, "hidden")
