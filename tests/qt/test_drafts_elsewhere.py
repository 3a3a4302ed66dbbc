"""What was typed and not kept is told when the case opens in another room, and not any more once it was looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from evidence_desk.services import commands
from evidence_desk.services.case import Case
from evidence_desk.ui.drafts_elsewhere import KEY
from tests.qt.test_shell_window import Desk, _case, _open, _room, desk

__all__ = ["desk"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case without exhibits, which opens in Intake."""
    folder = _case(tmp_path)
    put_aside(folder, **{"new:observation:EX-001": {"state": {}}, "record:CL-077": {"values": {"note": "x"}}})
    return folder


def put_aside(folder: Path, **bodies: Any) -> None:
    case = Case.open(folder, "Reviewer A")
    for key, body in bodies.items():
        case.drafts.put(key, body)
    case.close()


NEW_SOURCE = {"new:source": {"begun": {"kind": "source"}, "values": {"title": "Radio"}, "left": False}}
BOOK = {"codebook": {"book": "x"}}


def told(window: Any) -> str:
    return str(window.banners.banner(KEY).accessibleName()) if KEY in window.banners.shown() else ""


def test_claims_and_codebook_are_named_until_they_were_looked_at(
    desk: Desk, folder: Path, prompter: Any, qtbot: Any
) -> None:
    put_aside(folder, **NEW_SOURCE, **BOOK, sheet={"values": {"title": ""}})
    window = desk()
    _open(window, folder)
    assert window.rooms.current == "intake"
    assert "Claims: a new source" in told(window)
    assert "Codebook: changes" in told(window)
    assert "Intake" not in told(window), "the shown room shows its own"
    assert "CL-077" not in told(window), "a record that is not there has no form"

    to_claims, to_book = window.banners.banner(KEY).buttons
    assert (to_claims.text(), to_book.text()) == ("Go to Claims", "Go to Codebook")
    to_claims.click()
    qtbot.waitUntil(lambda: window.rooms.current == "claims")
    assert "Claims" not in told(window)
    assert "Codebook" in told(window)
    prompter.dialogs = [lambda _dialog: False]
    window.banners.banner(KEY).buttons[0].click()
    assert [title.split(":")[0] for title in prompter.asked] == ["Codebook"]
    assert told(window) == ""
    window.show_room("intake")
    assert told(window) == ""


def test_closed_by_hand_it_does_not_come_again(desk: Desk, folder: Path) -> None:
    put_aside(folder, **NEW_SOURCE, **BOOK)
    window = desk()
    _open(window, folder)
    window.banners.banner(KEY).take_away()
    window.show_room("claims")
    window.show_room("intake")
    assert told(window) == ""


def test_what_was_left_on_purpose_is_not_told(desk: Desk, folder: Path) -> None:
    put_aside(folder, **{"new:source": {**NEW_SOURCE["new:source"], "left": True}})
    window = desk()
    _open(window, folder)
    assert told(window) == ""


def test_the_way_leads_to_the_record_itself(desk: Desk, folder: Path) -> None:
    case = Case.open(folder, "Reviewer A")
    number = case.bus.run(commands.add_source(title="Statement", text="They left.")).numbers[0]
    case.close()
    put_aside(folder, **{f"record:{number}": {"revision": 1, "values": {"title": ""}}})
    window = desk()
    _open(window, folder)
    assert f"Claims: {number}" in told(window)
    window.banners.banner(KEY).buttons[0].click()
    QApplication.processEvents()
    assert f"show {number}" in _room(window, "claims").told
    assert told(window) == ""


def test_a_case_that_is_open_to_read_tells_nothing(desk: Desk, folder: Path) -> None:
    put_aside(folder, **NEW_SOURCE)
    writer = Case.open(folder, "Reviewer B")
    try:
        window = desk()
        _open(window, folder)
        assert window.session.case.read_only
        assert told(window) == ""
    finally:
        writer.close()
