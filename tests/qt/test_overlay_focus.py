"""Panels over the window and the codebook editor: each part has a name, shows its focus, and Tab comes round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.services.case import Case
from evidence_desk.services.codebooks import shipped_codebooks
from evidence_desk.ui.command_palette import CommandPalette
from evidence_desk.ui.dialogs.codebook import CodebookDialog
from evidence_desk.ui.history_panel import HistoryPanel
from evidence_desk.ui.jobs_panel import JobsPanel
from evidence_desk.ui.key_bindings import KeyBindings
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.records_panel import RecordsPanel
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.shortcut_sheet import ShortcutSheet
from evidence_desk.ui.theme import apply_theme
from tests.qt import sample_records
from tests.qt.conftest import ScriptedPrompter
from tests.qt.seen_focus import focusable, nameless, unseen


@pytest.fixture
def desk(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> QMainWindow:
    case = Case.create(tmp_path / "kestrel", "Kestrel", "Reviewer A")
    sample_records.fill(case)
    room_context.session.open(case)
    host.resize(1280, 720)
    host.show()
    host.activateWindow()
    return host


def made(name: str, host: QMainWindow, context: RoomContext) -> Overlay:
    match name:
        case "records":
            return RecordsPanel(host, context.session)
        case "steps":
            return HistoryPanel(host, context.session)
        case "palette":
            return CommandPalette(host, context.actions, context.session)
        case "jobs":
            return JobsPanel(host, context.runner)
    sheet = ShortcutSheet(host, KeyBindings(context.settings, context.actions))
    sheet.change.setChecked(name == "key editor")
    return sheet


@pytest.mark.parametrize("name", ["records", "steps", "palette", "jobs", "keys", "key editor"])
def test_a_panel_is_used_by_keyboard_alone(desk: QMainWindow, room_context: RoomContext, qtbot: Any, name: str) -> None:
    panel = made(name, desk, room_context)
    panel.open()
    if isinstance(panel, RecordsPanel):
        qtbot.waitUntil(lambda: not panel.is_at_work)
    QApplication.processEvents()
    assert panel.accessibleName()
    assert nameless(panel) == []
    for theme_name in ("dark", "light") if name in ("records", "steps") else ("dark",):
        apply_theme(theme_name, 100)
        assert unseen(panel) == []
    panel.first_focus().setFocus()
    walked = []
    for _ in range(len(focusable(panel)) + 2):
        walked.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Tab)
    assert all(part is not None and panel.isAncestorOf(part) for part in walked)
    QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Escape)
    if panel.isVisible():  # the first Esc may empty a field
        QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_codebook_editor_is_used_by_keyboard_alone(qtbot: Any, theme: None, prompter: ScriptedPrompter) -> None:
    dialog = CodebookDialog(shipped_codebooks()["custody"], {"arms-raised": 2}, True, prompter)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    QApplication.processEvents()
    assert nameless(dialog) == []
    for theme_name in ("dark", "light"):
        apply_theme(theme_name, 100)
        assert unseen(dialog) == []
