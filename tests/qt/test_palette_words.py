"""The palette finds a record by words that stand in no line of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMainWindow

from evidence_desk.services import commands
from evidence_desk.services.case import Case
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.command_palette import ENTRY_ROLE, CommandPalette
from evidence_desk.ui.palette_entries import Entry
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
