"""A room is built in slices; a key or click meanwhile waits for it, and the window lives on until then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from evidence_desk.ui.room_building import SLICE_S, RoomBuilding

PIECES = 6


class Site:
    """A room of six pieces, each longer than a slice, and what happened in which order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.owner = QObject()
        self.building = RoomBuilding(self._pieces(), self._done, self.owner)

    def _pieces(self) -> Iterator[None]:
        for _ in range(PIECES):
            time.sleep(SLICE_S * 1.2)
            self.told.append("piece")
            yield

    def _done(self) -> None:
        self.told.append("done")
        self.building.deleteLater()
        QTimer.singleShot(0, lambda: self.told.append("painted"))

    @property
    def built(self) -> int:
        """How many pieces there are."""
        return self.told.count("piece")


@pytest.fixture
def site(theme: None) -> Site:
    """Return a room that is not begun yet."""
    return Site()


@pytest.fixture
def line(qtbot: Any) -> QLineEdit:
    """Return a field with the focus."""
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    return line


def test_a_key_waits_for_the_room_while_the_window_lives(qtbot: Any, site: Site, line: QLineEdit) -> None:
    beats = QTimer(interval=1)
    beats.timeout.connect(lambda: site.told.append("beat"))
    line.textChanged.connect(site.told.append)
    site.building.start()
    assert site.built == 1
    beats.start()
    qtbot.keyClick(line, Qt.Key.Key_A)
    beats.stop()
    assert site.built == PIECES
    assert site.told.index("done") < site.told.index("painted") < site.told.index("a")
    between = site.told[site.told.index("piece") : site.told.index("done")]
    assert between.count("beat") >= PIECES - 2


def test_keys_that_come_meanwhile_keep_their_order(qtbot: Any, site: Site, line: QLineEdit) -> None:
    site.building.start()
    for key in (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_C):
        qtbot.keyClick(line, key)
    assert line.text() == "abc"
    assert site.told.count("done") == 1


def test_what_asks_for_the_room_meanwhile_finds_it_built_once(qtbot: Any, site: Site, line: QLineEdit) -> None:
    site.building.start()
    QTimer.singleShot(0, site.building.finish)
    qtbot.keyClick(line, Qt.Key.Key_A)
    assert (site.built, site.told.count("done"), line.text()) == (PIECES, 1, "a")


def test_a_key_for_what_is_gone_by_then_is_dropped(qtbot: Any, site: Site) -> None:
    line = QLineEdit()
    line.show()
    site.building.start()
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")

    def lose() -> None:
        shiboken6.delete(line)

    QTimer.singleShot(0, lose)
    assert site.building.eventFilter(line, press)
    assert site.told.count("done") == 1


def test_other_events_do_not_wait(site: Site, line: QLineEdit) -> None:
    site.building.start()
    QApplication.sendEvent(line, QEvent(QEvent.Type.StatusTip))
    assert site.built == 1
    site.building.stop()
    QApplication.processEvents()
    assert site.built == 1
