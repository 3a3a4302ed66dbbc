"""Widths that a person moved are there again in the same case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims import ClaimsRoom
from evidence_desk.ui.rooms.columns import columns_in
from evidence_desk.ui.theme import Theme
from tests.qt.rooms import stage
from tests.qt.sample_records import fill


def columns(host: QMainWindow, key: str, scale: int = 100) -> list[int]:
    room = QWidget()
    host.setCentralWidget(room)
    made = columns_in(room, Theme("dark", scale), key, ((QWidget(), 300), (QWidget(), 0), (QWidget(), 340)))
    host.show()
    QApplication.processEvents()
    sizes = made.sizes()
    made.moveSplitter(360, 1)
    return sizes


def test_moved_widths_are_kept_for_each_case_and_text_size(host: QMainWindow) -> None:
    assert columns(host, "claims/case-1")[0] == 300
    assert columns(host, "claims/case-1")[0] == 360
    assert columns(host, "claims/case-2")[0] == 300
    assert columns(host, "claims/case-1", 200)[0] == 450


def test_a_room_never_squeezes_its_list_below_its_words(
    host: QMainWindow, room_context: RoomContext, tmp_path: Path
) -> None:
    host.resize(1180, 660)
    room = stage(host, room_context, tmp_path, fill).show("claims", ClaimsRoom)
    assert room.list.width() >= room.list.minimumSizeHint().width()
    assert room.side.width() >= room.side.minimumSizeHint().width()
