"""Keys can be changed: presets, own keys, clashes by name, what a preset takes; letters by place; places typed."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.domain.errors import Refused
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.actions.bindings import OWN, PRESET, USUAL, portable, resolve
from evidence_desk.ui.actions.clashes import can_meet
from evidence_desk.ui.actions.presets import PRESETS, Preset, preset_named
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.actions.specs import SPECS, room_specs
from evidence_desk.ui.key_bindings import KeyBindings
from evidence_desk.ui.models.key_rows import KEYS, ORIGIN
from evidence_desk.ui.physical_keys import PhysicalKeys, written_keys
from evidence_desk.ui.rooms import ROOMS
from evidence_desk.ui.shortcut_sheet import ShortcutSheet
from evidence_desk.ui.widgets.key_catcher import key_of

ALL = (*SPECS, *room_specs((room.id, room.title, room.icon, room.key) for room in ROOMS))
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def registry(host: QMainWindow) -> ActionRegistry:
    return ActionRegistry(host, ALL)


@pytest.fixture
def bindings(registry: ActionRegistry, settings_file: SettingsFile) -> KeyBindings:
    return KeyBindings(settings_file, registry)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_a_preset_names_what_there_is_and_shares_no_key(preset: Preset) -> None:
    named = {spec.id: spec for spec in ALL}
    assert set(preset.keys) <= set(named)
    bound = resolve(ALL, preset.keys, {})
    for id_, keys in preset.keys.items():
        assert [portable(key) for key in keys] == list(bound[id_].keys), f"{id_} does not get its keys"
        assert bound[id_].origin == PRESET
    for place, first in enumerate(ALL):
        for second in ALL[place + 1 :]:
            if can_meet(first, second):
                assert not set(bound[first.id].keys) & set(bound[second.id].keys), (first.id, second.id)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_a_preset_leaves_no_action_without_a_key(preset: Preset) -> None:
    bound = resolve(ALL, preset.keys, {})
    left = [(spec.id, bound[spec.id].gave_up) for spec in ALL if not bound[spec.id].keys]
    assert not left, "give them another key in the preset"


@pytest.mark.parametrize(
    ("preset", "key", "id_"),
    [
        ("boris", "PgUp", "go.next_exhibit"),
        ("boris", "*", "go.next_frame"),
        ("boris", "Home", "go.faster"),
        ("boris", "Ctrl+Left", "view.pan_right"),
        ("mpv", "Shift+Right", "go.next_second"),
        ("mpv", "Alt+Left", "view.pan_left"),
        ("mpv", "PgUp", "go.next_mark"),
        ("cvat", "K", "observe.key_frame"),
        ("cvat", "V", "go.next_ten"),
        ("nle", "Shift+Right", "go.next_second"),
        ("nle", ";", "go.first"),
    ],
)
def test_a_preset_does_what_the_other_program_does(preset: str, key: str, id_: str) -> None:
    bound = resolve(ALL, preset_named(preset).keys, {})
    assert portable(key) in bound[id_].keys


def test_own_keys_go_before_a_preset_and_a_preset_before_the_usual() -> None:
    bound = resolve(ALL, {"go.next_frame": ("F",)}, {"observe.box": ("F", "Ctrl+Alt+F12")})
    assert bound["observe.box"].keys == ("F", "Ctrl+Alt+F12")
    assert bound["observe.box"].origin == OWN
    assert (bound["go.next_frame"].keys, bound["go.next_frame"].gave_up) == ((), ("F",))
    assert (bound["view.full_screen"].keys, bound["view.full_screen"].gave_up) == (("F11",), ("F",))
    assert bound["view.full_screen"].origin == USUAL


def test_keys_that_make_no_sense_are_left_out() -> None:
    assert resolve(ALL, {}, {"go.play": ("", "Esc", "Space")})["go.play"].keys == ("Space",)
    assert resolve(ALL, {}, {"go.level_up": ("F12",), "go.gone": ("F9",)})["go.level_up"].keys == ("Esc",)


def test_a_given_key_acts_is_kept_and_comes_back(
    registry: ActionRegistry, bindings: KeyBindings, settings_file: SettingsFile
) -> None:
    bindings.give("go.next_frame", ("Ctrl+Alt+F10",))
    assert registry.action("go.next_frame").shortcuts() == [QKeySequence("Ctrl+Alt+F10")]
    assert "Ctrl Alt F10" in registry.action("go.next_frame").toolTip()
    again = SettingsFile(settings_file.path).value
    assert again.keys == {"go.next_frame": ("Ctrl+Alt+F10",)}
    bindings.usual("go.next_frame")
    assert registry.keys_text("go.next_frame") == "→"
    assert SettingsFile(settings_file.path).value.keys == {}


def test_a_taken_key_is_refused_by_name_and_can_be_taken_over(registry: ActionRegistry, bindings: KeyBindings) -> None:
    with pytest.raises(Refused, match="K is the key of “Stop”"):
        bindings.give("observe.now", ("M", "K"))
    assert registry.keys_of("go.stop") == ("K",)
    bindings.give("observe.now", ("M", "K"), take_over=True)
    assert registry.keys_of("go.stop") == ()
    assert registry.keys_text("go.stop") == ""
    assert registry.keys_of("observe.now") == ("M", "K")
    bindings.all_usual()
    assert registry.keys_of("go.stop") == ("K",)


def test_a_key_of_another_room_is_free(bindings: KeyBindings) -> None:
    bindings.give("claims.claim", ("M",))
    assert bindings.bound("observe.now").keys == ("M",)


@pytest.mark.parametrize(("id_", "key"), [("go.level_up", "F12"), ("go.play", "Esc"), ("go.play", "Tab")])
def test_esc_and_tab_keep_their_meaning(bindings: KeyBindings, id_: str, key: str) -> None:
    with pytest.raises(Refused):
        bindings.give(id_, (key,), take_over=True)


def test_a_chosen_preset_stays_under_own_keys(bindings: KeyBindings, settings_file: SettingsFile) -> None:
    bindings.give("observe.now", ("Ctrl+Alt+F11",))
    bindings.choose("cvat")
    assert bindings.bound("go.next_frame").keys == ("F",)
    assert bindings.bound("observe.now").keys == ("Ctrl+Alt+F11",)
    assert SettingsFile(settings_file.path).value.key_preset == "cvat"
    bindings.choose("")
    assert bindings.bound("go.next_frame").keys == ("Right", ".")


# ------------------------------------------------------------------------------------------------------ sheet and table


@pytest.fixture
def sheet(host: QMainWindow, registry: ActionRegistry, bindings: KeyBindings) -> ShortcutSheet:
    for spec in ALL:
        registry.bind(spec.id, lambda: None)
    host.show()
    return ShortcutSheet(host, bindings)


def _type(sheet: ShortcutSheet, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    sheet.editor.catcher.event(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def test_the_sheet_follows_presets(sheet: ShortcutSheet, bindings: KeyBindings) -> None:
    sheet.open()
    whole = sheet.shown
    sheet.filter.setText("next frame")
    assert 1 <= sheet.shown < whole
    sheet.presets.setCurrentIndex(sheet.presets.findData("boris"))
    sheet.presets.activated.emit(sheet.presets.currentIndex())
    assert bindings.preset.id == "boris"


def test_a_key_is_changed_by_pressing_it(sheet: ShortcutSheet, bindings: KeyBindings) -> None:
    sheet.open_to_change("observe.still")
    editor = sheet.editor
    assert editor.spec is not None
    assert editor.spec.id == "observe.still"
    editor.change.click()
    _type(sheet, Qt.Key.Key_Shift, modifiers=SHIFT)
    assert editor.catcher.isVisible()
    _type(sheet, Qt.Key.Key_F9, modifiers=CONTROL)
    assert bindings.bound("observe.still").keys == ("Ctrl+F9",)
    row = editor.rows.row_of("observe.still")
    assert editor.rows.index(row, KEYS).data() == "Ctrl F9"
    assert editor.rows.index(row, ORIGIN).data() == "changed by you"
    editor.usual.click()
    assert bindings.bound("observe.still").keys == ("C",)


def test_a_clash_is_said_and_asked_about(sheet: ShortcutSheet, bindings: KeyBindings) -> None:
    sheet.open_to_change("observe.still")
    editor = sheet.editor
    editor.add.click()
    _type(sheet, Qt.Key.Key_K, "k")
    assert "“Stop”" in editor.note.text()
    assert editor.take.isVisible()
    assert bindings.bound("observe.still").keys == ("C",)
    editor.keep.click()
    assert not editor.take.isVisible()
    editor.add.click()
    _type(sheet, Qt.Key.Key_K, "k")
    editor.take.click()
    assert bindings.bound("observe.still").keys == ("C", "K")
    assert bindings.bound("go.stop").keys == ()


def test_esc_leaves_the_key_as_it_is(sheet: ShortcutSheet, bindings: KeyBindings) -> None:
    sheet.open_to_change("observe.still")
    sheet.editor.change.click()
    _type(sheet, Qt.Key.Key_Escape)
    assert not sheet.editor.catcher.isVisible()
    assert sheet.isVisible()
    assert bindings.own == {}


def test_bare_keys_rest_below_an_open_sheet(
    qtbot: Any, host: QMainWindow, registry: ActionRegistry, bindings: KeyBindings
) -> None:
    ran: list[str] = []
    registry.bind("observe.now", lambda: ran.append("now"))
    registry.set_room("review")
    sheet = ShortcutSheet(host, bindings)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    sheet.open()
    sheet.change.setFocus()
    qtbot.keyClick(sheet.change, Qt.Key.Key_M)
    assert ran == []
    sheet.leave()
    host.setFocus()
    qtbot.keyClick(host, Qt.Key.Key_M)
    assert ran == ["now"]


# ------------------------------------------------------------------------------------------------ keys by their place


def _press(key: int, code: int, text: str, modifiers: Qt.KeyboardModifier = PLAIN) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, 0, 0, text)


@pytest.mark.skipif(sys.platform != "linux", reason="the numbers of the keys are those of X11 and Wayland")
@pytest.mark.parametrize(
    ("sign", "code", "modifiers", "written"),
    [
        ("Ь", 58, PLAIN, ("M",)),
        ("Ь", 58, SHIFT, ("Shift+M",)),
        ("ة", 58, PLAIN, ("M",)),
        ("Ю", 60, PLAIN, (".",)),
        ("ظ", 61, SHIFT, ("Shift+/", "?")),
        ("٣", 12, PLAIN, ("3",)),
        ("Л", 45, CONTROL, ("Ctrl+K",)),
    ],
)
def test_a_key_is_read_by_its_place(
    sign: str, code: int, modifiers: Qt.KeyboardModifier, written: tuple[str, ...]
) -> None:
    assert written_keys(_press(ord(sign), code, sign, modifiers)) == written


def test_latin_letters_are_not_read_again() -> None:
    assert written_keys(_press(Qt.Key.Key_M.value, 58, "m")) == ()
    assert written_keys(_press(Qt.Key.Key_Eacute.value, 11, "é")) == ()
    assert written_keys(_press(Qt.Key.Key_Left.value, 113, "")) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="the numbers of the keys are those of X11 and Wayland")
def test_letters_act_under_a_cyrillic_layout_and_rest_while_typing(
    qtbot: Any, host: QMainWindow, registry: ActionRegistry
) -> None:
    ran: list[str] = []
    registry.bind("observe.now", lambda: ran.append("now"))
    registry.set_room("review")
    keys = PhysicalKeys(registry, host)
    line, picture, place = QLineEdit(), QWidget(), QWidget()
    picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(place)
    column.addWidget(line)
    column.addWidget(picture)
    host.setCentralWidget(place)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    picture.setFocus()
    assert keys.eventFilter(picture, _press(ord("Ь"), 58, "ь"))
    assert ran == ["now"]
    line.setFocus()
    assert not keys.eventFilter(line, _press(ord("Ь"), 58, "ь"))
    assert ran == ["now"]


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "written"),
    [
        (Qt.Key.Key_Question, "?", SHIFT, "?"),
        (Qt.Key.Key_M, "M", SHIFT, "Shift+M"),
        (Qt.Key.Key_Space, " ", SHIFT, "Shift+Space"),
        (Qt.Key.Key_Asterisk, "*", Qt.KeyboardModifier.KeypadModifier, "*"),
        (Qt.Key.Key_Right, "", CONTROL | SHIFT, "Ctrl+Shift+Right"),
    ],
)
def test_a_caught_key_is_written_as_shortcuts_are(
    key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier, written: str
) -> None:
    assert key_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == written


def test_the_rows_of_the_sheet_are_those_of_the_last_words(qtbot: Any, sheet: ShortcutSheet) -> None:
    sheet.open()
    sheet.filter.setText("frame")
    sheet.filter.setText("next frame not looked")

    def rows() -> list[str]:
        names = (part.accessibleName() for part in sheet.panel.findChildren(QWidget))
        return [name for name in names if "rame" in name and ":" in name]

    qtbot.waitUntil(lambda: len(rows()) == 1)
    area = sheet.panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: len([part for part in area.viewport().children() if isinstance(part, QWidget)]) == 1)
