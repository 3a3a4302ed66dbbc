"""Actions: in a menu, with keys, tooltip and name; clashes refused by name; letters rest while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.domain.errors import NotFound, Refused
from evidence_desk.ui.actions.clashes import clashes, refuse_clashes
from evidence_desk.ui.actions.key_guard import KeyGuard, needs_key
from evidence_desk.ui.actions.registry import ActionRegistry, keys_text
from evidence_desk.ui.actions.specs import MENUS, SPECS, ActionSpec, room_specs
from evidence_desk.ui.rooms import ROOMS
from evidence_desk.ui.widgets.buttons import ghost_button

ALL = (*SPECS, *room_specs((room.id, room.title, room.icon, room.key) for room in ROOMS))


@pytest.fixture
def registry(host: QMainWindow) -> ActionRegistry:
    return ActionRegistry(host, ALL)


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.id)
def test_every_action_is_whole(spec: ActionSpec) -> None:
    assert spec.text
    assert spec.keys
    assert spec.tip
    assert spec.icon
    assert spec.menu in dict(MENUS)
    assert not spec.text.isupper()


def test_ids_are_unique() -> None:
    assert len({spec.id for spec in ALL}) == len(ALL) > 60


def test_every_action_stands_in_a_menu_with_its_keys(registry: ActionRegistry, host: QMainWindow) -> None:
    bar = QMenuBar(host)
    registry.fill(bar)
    shown = {action.objectName() for menu in bar.findChildren(QMenu) for action in menu.actions()}
    assert {spec.id for spec in ALL} <= shown
    for spec in ALL:
        action = registry.action(spec.id)
        assert len(action.shortcuts()) == len(spec.keys)
        assert all(not keys.isEmpty() for keys in action.shortcuts())
        assert keys_text(spec.keys[0]) in action.toolTip()
        assert action.statusTip()


def test_no_two_actions_share_a_key() -> None:
    assert clashes(ALL) == ()


def test_a_clash_is_refused_by_name() -> None:
    spec = next(spec for spec in SPECS if spec.id == "go.play")
    other = replace(spec, id="go.other", text="Another", keys=("Space",))
    with pytest.raises(Refused, match="Play or pause and Another share the key Space"):
        refuse_clashes((*ALL, other))
    elsewhere = replace(other, scope=("claims",))
    refuse_clashes((*ALL, elsewhere))


@pytest.mark.parametrize(
    ("id_", "keys"),
    [
        ("go.play", "Space"),
        ("go.next_frame", "Right"),
        ("go.next_frame", "."),
        ("go.prev_frame", ","),
        ("go.next_ten", "Shift+Right"),
        ("go.next_observation", "Ctrl+Right"),
        ("go.back", "J"),
        ("go.stop", "K"),
        ("go.forward", "L"),
        ("observe.mark_in", "I"),
        ("observe.mark_out", "O"),
        ("go.in", "["),
        ("go.out", "]"),
        ("go.first", "Home"),
        ("go.last", "End"),
        ("observe.now", "M"),
        ("observe.form", "Shift+M"),
        ("observe.term_1", "1"),
        ("observe.term_9", "9"),
        ("observe.still", "C"),
        ("go.to", "G"),
        ("go.to", "Ctrl+G"),
        ("view.full_screen", "F"),
        ("tools.palette", "Ctrl+K"),
        ("edit.undo", "Ctrl+Z"),
        ("edit.redo", "Ctrl+Shift+Z"),
        ("edit.redo", "Ctrl+Y"),
        ("help.shortcuts", "?"),
        ("go.level_up", "Esc"),
        ("room.intake", "Ctrl+1"),
        ("room.dossier", "Ctrl+4"),
    ],
)
def test_the_promised_keys(id_: str, keys: str) -> None:
    assert keys in next(spec.keys for spec in ALL if spec.id == id_)


def test_an_action_runs_its_handler_in_its_room_only(registry: ActionRegistry) -> None:
    ran: list[str] = []
    registry.bind("go.next_frame", lambda: ran.append("step"))
    registry.set_room("claims")
    assert not registry.trigger("go.next_frame")
    registry.set_room("review")
    assert registry.trigger("go.next_frame")
    assert ran == ["step"]


def test_a_rooms_handler_goes_before_the_windows(registry: ActionRegistry) -> None:
    ran: list[str] = []
    registry.bind("edit.withdraw", lambda: ran.append("window"))
    registry.bind("edit.withdraw", lambda: ran.append("review"), room="review")
    registry.set_room("review")
    registry.trigger("edit.withdraw")
    registry.set_room("claims")
    registry.trigger("edit.withdraw")
    registry.unbind_rooms(("review",))
    registry.set_room("review")
    registry.trigger("edit.withdraw")
    assert ran == ["review", "window", "window"]


def test_conditions_disable(registry: ActionRegistry) -> None:
    open_ = False
    registry.bind("file.close", lambda: None)
    registry.set_conditions({"case": lambda: open_})
    assert not registry.action("file.close").isEnabled()
    open_ = True
    registry.refresh()
    assert registry.action("file.close").isEnabled()


def test_what_nobody_built_is_absent_not_grey(registry: ActionRegistry) -> None:
    registry.bind("go.play", lambda: None)
    registry.room_is_built("review")
    registry.set_room("review")
    assert registry.action("go.play").isVisible()
    assert not registry.action("go.loop").isVisible()


def test_an_unknown_id_is_refused(registry: ActionRegistry) -> None:
    with pytest.raises(NotFound, match=r"go\.nowhere"):
        registry.bind("go.nowhere", lambda: None)


def test_buttons_carry_name_and_tooltip(registry: ActionRegistry) -> None:
    tool, push = registry.tool_button("go.next_frame"), registry.push_button("observe.now", "primary")
    assert tool.accessibleName() == "Next frame"
    assert "→" in tool.toolTip()
    assert push.accessibleName() == "Observe at this frame"
    assert not push.isEnabled()
    registry.bind("observe.now", lambda: None)
    registry.set_room("review")
    assert push.isEnabled()


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Ctrl+Shift+Z", "Ctrl Shift Z"),
        ("Ctrl++", "Ctrl +"),
        ("=", "="),
        ("Left", "←"),
        ("Ctrl+Del", "Ctrl Delete"),
        ("?", "?"),
    ],
)
def test_keys_as_people_read_them(keys: str, text: str) -> None:
    assert keys_text(keys) == text


def _press(key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)


@pytest.mark.parametrize(
    ("part", "key", "needed"),
    [
        (QLineEdit, Qt.Key.Key_M, True),
        (QTextEdit, Qt.Key.Key_Left, True),
        (QSpinBox, Qt.Key.Key_1, True),
        (QPushButton, Qt.Key.Key_Space, True),
        (QPushButton, Qt.Key.Key_M, False),
        (QTreeView, Qt.Key.Key_Left, True),
        (QListView, Qt.Key.Key_Left, False),
        (QListView, Qt.Key.Key_Up, True),
        (QWidget, Qt.Key.Key_M, False),
        (QLineEdit, Qt.Key.Key_Escape, False),
        (QLineEdit, Qt.Key.Key_F6, False),
    ],
)
def test_who_needs_which_key(qtbot: Any, part: type[QWidget], key: Qt.Key, needed: bool) -> None:
    widget = part()
    qtbot.addWidget(widget)
    assert needs_key(widget, _press(key)) is needed


def test_letters_typed_on_a_closed_list_search_it(qtbot: Any) -> None:
    choice = QComboBox()
    qtbot.addWidget(choice)
    assert needs_key(choice, _press(Qt.Key.Key_N, "n"))
    assert needs_key(choice, _press(Qt.Key.Key_L, "L", Qt.KeyboardModifier.ShiftModifier))
    assert not needs_key(choice, _press(Qt.Key.Key_N, "n", Qt.KeyboardModifier.AltModifier))
    assert not needs_key(choice, _press(Qt.Key.Key_Escape, "\x1b"))


def test_control_keys_stay_shortcuts_while_typing(qtbot: Any) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    assert not needs_key(line, _press(Qt.Key.Key_K, "k", Qt.KeyboardModifier.ControlModifier))


def test_letters_rest_while_a_text_field_has_the_focus(qtbot: Any, host: QMainWindow, registry: ActionRegistry) -> None:
    ran: list[str] = []
    registry.bind("observe.now", lambda: ran.append("now"))
    registry.bind("go.play", lambda: ran.append("play"))
    registry.set_room("review")
    line, button, picture = QLineEdit(), QPushButton("b"), QWidget()
    picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("button"))
    place = QWidget()
    host.setCentralWidget(place)
    column = QVBoxLayout(place)
    for part in (line, button, picture):
        column.addWidget(part)
    guard = KeyGuard()
    QApplication.instance().installEventFilter(guard)  # type: ignore[union-attr]
    try:
        with qtbot.waitActive(host):
            host.show()
            host.activateWindow()
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_M)
        qtbot.keyClick(line, Qt.Key.Key_Space)
        assert (line.text(), ran) == ("m ", [])
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert (len(pressed), ran) == (1, [])
        picture.setFocus()
        qtbot.keyClick(picture, Qt.Key.Key_M)
        qtbot.keyClick(picture, Qt.Key.Key_Space)
        assert ran == ["now", "play"]
    finally:
        QApplication.instance().removeEventFilter(guard)  # type: ignore[union-attr]


def test_enter_chooses_in_an_open_list_and_presses_a_focused_button(qtbot: Any, host: QMainWindow) -> None:
    choice, button = QComboBox(), ghost_button("Again")
    choice.addItems(["a", "b", "c"])
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("again"))
    place = QWidget()
    host.setCentralWidget(place)
    column = QVBoxLayout(place)
    column.addWidget(choice)
    column.addWidget(button)
    guard = KeyGuard()
    QApplication.instance().installEventFilter(guard)  # type: ignore[union-attr]
    try:
        with qtbot.waitActive(host):
            host.show()
            host.activateWindow()
        choice.setFocus()
        choice.showPopup()
        qtbot.waitUntil(lambda: choice.view().hasFocus())
        qtbot.keyClick(choice.view(), Qt.Key.Key_Down)
        qtbot.keyClick(choice.view(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not choice.view().isVisible())
        assert choice.currentText() == "b"
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Return)
        assert pressed == ["again"]
    finally:
        QApplication.instance().removeEventFilter(guard)  # type: ignore[union-attr]
