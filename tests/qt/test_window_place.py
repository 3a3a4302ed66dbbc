"""Where the window lies at its first start: whole on the screen, with its frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow

from evidence_desk.ui import window_place


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(tmp_path / "window.ini")
    monkeypatch.setattr(window_place, "_places", lambda: QSettings(file, QSettings.Format.IniFormat))


def test_a_window_whose_frame_would_not_fit_fills_the_screen(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_place, "framed", lambda: True)
    room = QMainWindow()
    qtbot.addWidget(room)
    screen = room.screen().availableSize()
    window_place.restore_place(room, (screen.width() - 10, screen.height() - 10))
    assert room.isMaximized()


def test_one_that_fits_is_as_large_as_usual_and_is_found_again(qtbot: Any) -> None:
    first, again = QMainWindow(), QMainWindow()
    for window in (first, again):
        qtbot.addWidget(window)
    window_place.restore_place(first, (400, 300))
    assert not first.isMaximized()
    assert (first.width(), first.height()) == (400, 300)
    first.resize(420, 320)
    window_place.keep_place(first)
    window_place.restore_place(again, (400, 300))
    assert (again.width(), again.height()) == (420, 320)
