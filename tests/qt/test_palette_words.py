"""The palette finds a record by words that stand in no line of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from evidence_desk.services import commands
from evidence_desk.services.case import Case
from evidence_desk.ui import by_and_by, command_palette, pieces
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.command_palette import ENTRY_ROLE, CommandPalette
from evidence_desk.ui.palette_entries import Entry, matching
from evidence_desk.ui.rooms import RoomContext


@pytest.fixture
def palette(qtbot: Any, host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> CommandPalette:
    case = Case.create(tmp_path / "words", "Words", "Reviewer A")
    case.bus.run(commands.add_source(title="Post", text="Троє чоловіків стояли біля café."))
    case.bus.run(commands.add_source(title="Letter", text="Nothing of it."))
    room_context.session.open(case)
    host.show()
    made = CommandPalette(host, ActionRegistry(host, ()), room_context.session)
    made.open()
    return made


def found(palette: CommandPalette) -> list[str]:
    rows = (palette.model.index(row, 0).data(ENTRY_ROLE) for row in range(palette.model.rowCount()))
    return [row.id for row in rows if isinstance(row, Entry)]


@pytest.mark.parametrize("text", ["чоловіків", "@cafe чоло"])
def test_words_of_a_field_that_is_not_shown(palette: CommandPalette, qtbot: Any, text: str) -> None:
    palette.line.setText(text)
    qtbot.waitUntil(lambda: found(palette) == ["SR-001"])


def test_what_changes_is_found_at_the_next_opening(
    palette: CommandPalette, room_context: RoomContext, qtbot: Any
) -> None:
    palette.leave()
    room_context.session.run(commands.edit("SR-002", {"note": "kept in a shoebox"}))
    palette.open()
    palette.line.setText("shoebox")
    qtbot.waitUntil(lambda: found(palette) == ["SR-002"])


def test_what_is_called_just_so_stands_first() -> None:
    def entry(title: str, menu: str) -> Entry:
        return Entry(title, "Commands", title, menu, "", (), bool)

    new, room, still = entry("New source…", "Claims"), entry("Claims", "Go"), entry("Still as it is seen…", "Observe")
    assert matching((new, room, still), "claims", recent=("New source…",)) == (room, new)
    assert matching((new, still), "still as it is seen")[0] is still


def rows(palette: CommandPalette) -> list[str]:
    shown = (palette.model.index(row, 0).data(ENTRY_ROLE) for row in range(palette.model.rowCount()))
    return [row.id if isinstance(row, Entry) else row for row in shown]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few records fill a turn of the window, and few are many."""
    monkeypatch.setattr(by_and_by, "SLICE_S", 0.0)
    monkeypatch.setattr(pieces, "PIECE", 2)
    monkeypatch.setattr(command_palette, "AT_ONCE", 3)


def many(room_context: RoomContext) -> None:
    made = [commands.add_source(title=f"Paper x{i}x", text="Of a gate.") for i in range(30)]
    room_context.session.run(commands.batch("Add", made))


def test_many_records_come_by_and_by_and_it_says_so(
    palette: CommandPalette, room_context: RoomContext, qtbot: Any, slow: None
) -> None:
    many(room_context)
    palette.open()
    assert rows(palette)[-1] == "Records in this case: reading…"
    qtbot.waitUntil(lambda: not palette.is_at_work)
    assert found(palette) == [f"SR-{i:03d}" for i in range(1, 9)]
    palette.line.setText("let")
    palette.line.setText("paper x2")
    qtbot.waitUntil(lambda: not palette.is_at_work)
    assert found(palette)[:4] == ["SR-005", "SR-023", "SR-024", "SR-025"], "the last words win"
    room_context.session.run(commands.edit("SR-005", {"title": "Nothing"}))
    palette.open()
    palette.line.setText("paper x2")
    qtbot.waitUntil(lambda: not palette.is_at_work)
    assert found(palette)[:2] == ["SR-023", "SR-024"], "what changed is read again"


def test_enter_takes_what_the_words_find_also_before_it_is_shown(
    palette: CommandPalette, room_context: RoomContext, qtbot: Any, slow: None
) -> None:
    many(room_context)
    asked: list[str] = []
    room_context.session.record_asked.connect(asked.append)
    palette.open()
    qtbot.waitUntil(lambda: not palette.is_at_work)
    palette.line.setText("paper x27x")
    assert palette.is_at_work
    palette.take_key(Qt.Key.Key_Return)
    assert asked == ["SR-030"]


def test_a_line_that_begins_with_the_word_stands_before_others(
    palette: CommandPalette, room_context: RoomContext, qtbot: Any
) -> None:
    room_context.session.run(commands.add_source(title="Newspaper"))
    room_context.session.run(commands.add_source(title="Paper of the day"))
    palette.open()
    palette.line.setText("paper")
    qtbot.waitUntil(lambda: found(palette) == ["SR-004", "SR-003"])
