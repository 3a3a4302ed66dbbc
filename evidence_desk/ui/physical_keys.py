"""Lets the desk's letter keys act by their place on the keyboard where the layout has other letters there.

Under a Cyrillic, Greek, Hebrew or Arabic layout a key press carries a sign that no shortcut is written with. Such a
press is read again as the key at the same place of a Latin keyboard. Latin layouts are left as they are.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from evidence_desk.ui.actions.key_guard import needs_key
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.app_filters import watch
from evidence_desk.ui.overlay import Overlay

# Rows of the keyboard from the key after the left edge, as printed on a United States keyboard.
_ROWS = {10: "1234567890-=", 24: "QWERTYUIOP[]", 38: "ASDFGHJKL;'`", 51: "\\ZXCVBNM,./"}
"""By the number of the first key of each row in X11 and Wayland: the kernel's number of the key (KEY_1 is 2) plus 8."""
_SCAN = {code + place: sign for code, row in _ROWS.items() for place, sign in enumerate(row)}
# Apple's numbers of the keys (kVK_ANSI_A is 0), in their order.
_APPLE = {
    number: sign for number, sign in enumerate("ASDFHGZXCV\0BQWERYT123465=97-80]OU[IP\0LJ'K;\\,/NM.") if sign != "\0"
}
_SHIFTED = dict(zip("1234567890-=[]\\;'`,./", '!@#$%^&*()_+{}|:"~<>?', strict=True))
_KEPT = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_LATIN_1 = 0xFF
_FIRST_SPECIAL_KEY = 0x01000000


def latin_sign(event: QKeyEvent) -> str:
    """Return the sign at this key's place on a Latin keyboard, "" where the press carries a Latin sign itself."""
    if not _LATIN_1 < event.key() < _FIRST_SPECIAL_KEY:
        return ""
    if sys.platform == "win32":
        # Windows numbers letters and digits by what its Latin fallback layout prints there.
        key = event.nativeVirtualKey()
        return chr(key) if key < 0x80 and chr(key).isalnum() else ""
    if sys.platform == "darwin":
        return _APPLE.get(event.nativeVirtualKey(), "")
    return _SCAN.get(event.nativeScanCode(), "")


def written_keys(event: QKeyEvent) -> tuple[str, ...]:
    """Return how the key pressed by its place may be written in a shortcut, () where it needs no reading again."""
    sign = latin_sign(event)
    if not sign:
        return ()
    modifiers = event.modifiers() & _KEPT
    found = [_written(sign, modifiers)]
    if modifiers & Qt.KeyboardModifier.ShiftModifier and sign in _SHIFTED:
        found.append(_written(_SHIFTED[sign], modifiers & ~Qt.KeyboardModifier.ShiftModifier))
    return tuple(found)


def _written(sign: str, modifiers: Qt.KeyboardModifier) -> str:
    prefix = QKeySequence(modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)
    return f"{prefix}{sign}"


class PhysicalKeys(QObject):
    """Watches the presses that reached no shortcut, and runs the action whose key stands at that place."""

    def __init__(self, registry: ActionRegistry, window: QWidget) -> None:
        super().__init__(window)
        self._registry, self._window = registry, window
        watch(self, frozenset((QEvent.Type.KeyPress,)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a press that means an action; leave all others."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if not self._acts_in(watched.window()) or not _LATIN_1 < event.key() < _FIRST_SPECIAL_KEY:
            return False
        if _inside_overlay(watched):
            return False
        focus = QApplication.focusWidget()
        if focus is not None and needs_key(focus, event):
            return False
        return self._act(event)

    def _acts_in(self, window: QWidget) -> bool:
        """Tell whether the desk's keys act in a window: in the main one, and where its actions were added."""
        return window is self._window or self._registry.action(self._registry.specs[0].id) in window.actions()

    def _act(self, event: QKeyEvent) -> bool:
        for key in written_keys(event):
            action = self._registry.acting_on(key)
            if action is not None:
                if action.autoRepeat() or not event.isAutoRepeat():
                    action.trigger()
                return True
        return False


def _inside_overlay(part: QWidget | None) -> bool:
    while part is not None and not isinstance(part, Overlay):
        part = part.parentWidget()
    return part is not None
