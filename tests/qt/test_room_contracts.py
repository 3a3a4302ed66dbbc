"""What holds for every room built here: names for screen readers, closing in the middle of work, both themes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QMainWindow,
    QScrollBar,
    QWidget,
)

from evidence_desk.jobs import JobContext
from evidence_desk.services import exporting
from evidence_desk.services.intake import Examination
from evidence_desk.ui import intake_queue
from evidence_desk.ui.rooms import ROOMS, RoomContext
from evidence_desk.ui.rooms.claims import ClaimsRoom
from evidence_desk.ui.rooms.dossier import DossierRoom
from evidence_desk.ui.rooms.intake import IntakeRoom
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.theme import apply_theme
from tests.qt.rooms import Stage, stage
from tests.qt.sample_records import fill

KINDS: tuple[tuple[str, type[Room]], ...] = (
    ("intake", IntakeRoom),
    ("claims", ClaimsRoom),
    ("dossier", DossierRoom),
)


@pytest.fixture
def desk(host: QMainWindow, room_context: RoomContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(DossierRoom, "build", lambda self: None)
    return stage(host, room_context, tmp_path, fill)


def nameless(room: QWidget) -> list[str]:
    """Parts that take the focus and that a screen reader could not name."""
    found = []
    for part in room.findChildren(QWidget):
        inner = isinstance(part.parent(), QComboBox | QAbstractSpinBox | QAbstractScrollArea)
        if inner or isinstance(part, QScrollBar) or part.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        text = part.text() if isinstance(part, QAbstractButton | QLabel) else ""
        if part.isVisible() and not part.accessibleName() and not text:
            found.append(f"{type(part).__name__} {part.objectName()} in {type(part.parent()).__name__}")
    return found


@pytest.mark.parametrize(("id_", "kind"), KINDS, ids=[id_ for id_, _ in KINDS])
def test_whatever_takes_the_focus_has_a_name(desk: Stage, id_: str, kind: type[Room]) -> None:
    room = desk.show(id_, kind)
    assert nameless(room) == []
    if isinstance(room, ClaimsRoom):
        room.select("SR-001")
        assert nameless(room) == []
        room.select("CL-001.1")
        for begin in (room.new_source, room.new_question, room.split, lambda: room._add_to_board("fits")):
            begin()
            assert nameless(room) == []
    if isinstance(room, IntakeRoom):
        room.show_case_sheet()
        assert nameless(room) == []


@pytest.mark.parametrize(("id_", "kind"), KINDS, ids=[id_ for id_, _ in KINDS])
def test_tab_walks_the_room_and_comes_round(desk: Stage, id_: str, kind: type[Room]) -> None:
    room = desk.show(id_, kind)
    first, seen = QApplication.focusWidget(), 1
    room.focusNextChild()
    while QApplication.focusWidget() is not first and seen < 120:
        room.focusNextChild()
        seen += 1
    assert 3 < seen < 120


@pytest.mark.parametrize(("id_", "kind"), KINDS, ids=[id_ for id_, _ in KINDS])
def test_f6_reaches_every_panel_and_escape_leads_back(desk: Stage, id_: str, kind: type[Room]) -> None:
    room = desk.show(id_, kind)
    places = []
    for _ in range(3):
        places.append(QApplication.focusWidget())
        room.next_panel()
    assert len({id(place) for place in places}) >= 2
    room.next_panel()
    room.escape()
    assert not room.escape()


@pytest.mark.parametrize(("id_", "kind"), KINDS, ids=[id_ for id_, _ in KINDS])
def test_a_switch_of_theme_and_text_size_is_taken_at_once(desk: Stage, id_: str, kind: type[Room]) -> None:
    room = desk.show(id_, kind)
    before = room.grab().toImage()
    apply_theme("light", 100)
    QApplication.processEvents()
    light = room.grab().toImage()
    assert before.pixelColor(2, 2).lightness() < 60 < light.pixelColor(2, 2).lightness()
    apply_theme("dark", 200)
    QApplication.processEvents()
    assert not room.grab().isNull()


def test_closing_in_the_middle_of_work_raises_nothing(
    host: QMainWindow, room_context: RoomContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    def slow(*arguments: Any) -> Any:
        ctx: JobContext = arguments[-1]
        for done in range(40):
            ctx.progress(done, 40)
            time.sleep(0.01)
        return Examination("ok", "", "video", {"frames": 1}, None)

    monkeypatch.setattr(intake_queue, "examine", slow)
    monkeypatch.setattr(exporting, "render", slow)
    desk = stage(host, room_context, tmp_path, fill)
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"clip")
    intake = desk.show("intake", IntakeRoom)
    intake.take_in([clip])
    qtbot.waitUntil(lambda: any(a.number for a in intake.queue.arrivals()), timeout=10_000)
    dossier = next(spec for spec in ROOMS if spec.id == "dossier")
    room = dossier.build(room_context)
    assert isinstance(room, DossierRoom)
    room.build_on()
    qtbot.addWidget(room)
    room.build()
    for built in (intake, room):
        built.release()
    room_context.session.close()
    qtbot.waitUntil(lambda: not room_context.runner.active(), timeout=10_000)
    assert intake.queue.arrivals() == ()
