"""Sets of keys for people who come from another tool: what their fingers know, laid over the desk's own keys.

Each line is an action and its keys in that tool; actions not named keep the desk's keys unless one of those was taken.
A key that the tool has for something that the desk has not is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """A named set of keys, by action; `title` is shown, `note` says for whom it is."""

    id: str
    title: str
    note: str
    keys: Mapping[str, tuple[str, ...]]


# As in DaVinci Resolve's manual, "Simple Keyboard Shortcuts for Playback and Navigation": arrows step, with Shift by a
# second, Up and Down go from edit to edit, ; and ' to the ends. Premiere Pro (CS4 to CC) steps five frames with Shift.
_NLE = """
go.next_observation | Down, Ctrl+Right
go.prev_observation | Up, Ctrl+Left
go.next_second | Shift+Right
go.prev_second | Shift+Left
go.next_ten | Ctrl+Shift+.
go.prev_ten | Ctrl+Shift+,
go.first | Home, ;
go.last | End, '
go.in | Shift+I
go.out | Shift+O
go.loop | Ctrl+/
go.usual_speed | Ctrl+Alt+/
observe.clear_marks | Alt+X
view.timeline_all | Shift+Z
view.full_screen | F11, `
"""

# As in etc/input.conf of mpv (dbb8b27). Its arrows seek five seconds, with Shift exactly one; both are a second here.
# Its 1 to 9 are the terms', its q would end the desk: left out. Chapters are cuts and suggestions.
_MPV = """
go.next_frame | .
go.prev_frame | ","
go.next_second | Right, Shift+Right
go.prev_second | Left, Shift+Left
go.next_ten | Ctrl+.
go.prev_ten | Ctrl+,
go.next_mark | PgUp
go.prev_mark | PgDown
go.play | Space, P
go.loop | L
go.forward | Alt+L
go.faster | ], }
go.slower | [, {
go.usual_speed | Backspace
go.in | Ctrl+[
go.out | Ctrl+]
go.mute | M
go.louder | *, 0
go.quieter | /
observe.now | Ins, Ctrl+M
observe.still | S
observe.select | Alt+S
observe.polygon | Alt+P
observe.point | Alt+D
view.deinterlace | D
view.timing | I
view.pan_left | Alt+Left
view.pan_right | Alt+Right
view.pan_up | Alt+Up
view.pan_down | Alt+Down
observe.mark_in | Alt+I
observe.first_here | Alt+Shift+I
observe.last_here | Alt+Shift+O
observe.mark_out | O
view.full_screen | F
tools.palette | `, Ctrl+K
"""

# As in boris/core.py of BORIS 9 (00a6031) and its user guide, "Coding": Page Up is the next file, not the previous one.
# Ctrl and an arrow moves the picture that way, so that one looks further the other way.
_BORIS = """
go.next_frame | *, Right
go.prev_frame | /, Left
go.next_second | Up
go.prev_second | Down
go.next_exhibit | PgUp
go.prev_exhibit | PgDown
go.next_observation | Shift+PgDown
go.prev_observation | Shift+PgUp
go.faster | Home
go.slower | End
go.usual_speed | Backspace
go.first | Ctrl+Home
go.last | Ctrl+End
go.to | Ctrl+T, Ctrl+G, G
view.pan_right | Ctrl+Left
view.pan_left | Ctrl+Right
view.pan_down | Ctrl+Up
view.pan_up | Ctrl+Down
"""

# As in the shortcuts that cvat-ui registers (annotation page, standard workspace, objects sidebar; 2024 to 2026). Its o
# (outside) is kept for the out mark; its r, e, l, h have nothing here that they would do.
_CVAT = """
go.next_frame | F
go.prev_frame | D
go.next_ten | V
go.prev_ten | C
go.next_observation | Right
go.prev_observation | Left
go.to | `, ~, Ctrl+G
go.play | Space
go.stop | Ctrl+Shift+Space
observe.key_frame | K
observe.still | Ctrl+Alt+Z
observe.repeat | N
observe.point | Alt+D
view.show_covered | Alt+W
view.full_screen | F11
edit.withdraw | Del, Shift+Del
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for line in table.strip().splitlines():
        id_, _, keys = line.partition(" | ")
        # The comma parts the keys, so the key of that name is written in quotes.
        found[id_.strip()] = tuple("," if key == '","' else key for key in keys.strip().split(", "))
    return found


PRESETS: tuple[Preset, ...] = (
    Preset("", "Evidence Desk", "The desk's own keys", {}),
    Preset("nle", "NLE", "As in editing suites: arrows for places, Shift and arrow for a second", _read(_NLE)),
    Preset("mpv", "mpv", "As in mpv: comma and full stop step, arrows seek", _read(_MPV)),
    Preset("boris", "BORIS", "As in BORIS: slash and star step, Home and End for speed", _read(_BORIS)),
    Preset("cvat", "CVAT", "As in CVAT: D and F step, C and V by ten", _read(_CVAT)),
)


def preset_named(id_: str) -> Preset:
    """Return the preset with that id, the desk's own keys for an id that is none."""
    return next((preset for preset in PRESETS if preset.id == id_), PRESETS[0])
