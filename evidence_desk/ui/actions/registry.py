"""Builds the actions, menus and buttons of the window from their specs, and gives them their handlers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QPushButton, QToolButton, QWidget

from evidence_desk.domain.errors import NotFound
from evidence_desk.ui.actions.clashes import refuse_clashes
from evidence_desk.ui.actions.specs import MENUS, ActionSpec
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr

Handler = Callable[[], object]
Enabled = Callable[[], bool]
# Handlers bound without a room serve every room that has none of its own.
EVERY_ROOM = ""
_REPEATING = ("next", "prev", "zoom", "undo", "redo", "timeline")


class ActionRegistry(QObject):
    """One QAction for each spec, on the window.

    An action is enabled when its conditions hold, it works in the shown room and somebody handles it. One that nobody
    handles although its rooms are there is not built yet, and is hidden.

    Signals: `keys_changed()` after actions were given other keys.
    """

    keys_changed = Signal()

    def __init__(self, window: QWidget, specs: Sequence[ActionSpec]) -> None:
        super().__init__(window)
        refuse_clashes(specs)
        self._specs = {spec.id: spec for spec in specs}
        self._handlers: dict[tuple[str, str], tuple[Handler, Enabled | None]] = {}
        self._conditions: dict[str, Enabled] = {}
        self._icons = {spec.id: spec.icon for spec in specs}
        self._keys = {spec.id: spec.keys for spec in specs}
        self._tips = {spec.id: tr(spec.tip) for spec in specs}
        self._unlisted: set[str] = set()
        self._built: set[str] = set()
        self._room = ""
        self._actions = {spec.id: self._make(spec, window) for spec in specs}
        self.refresh()

    @property
    def specs(self) -> tuple[ActionSpec, ...]:
        """All specs, in the order of the menus."""
        return tuple(self._specs.values())

    @property
    def room(self) -> str:
        """The room that is shown, "" for none."""
        return self._room

    def action(self, id_: str) -> QAction:
        """Return the QAction; raises NotFound for an id that is none."""
        self.spec(id_)
        return self._actions[id_]

    def spec(self, id_: str) -> ActionSpec:
        """Return the spec; raises NotFound for an id that is none."""
        try:
            return self._specs[id_]
        except KeyError:
            raise NotFound(f"There is no action named {id_}.") from None

    def bind(self, id_: str, handler: Handler, enabled: Enabled | None = None, room: str = EVERY_ROOM) -> None:
        """Let `handler()` do the action, with `room` only while that is shown; `enabled` is asked at each refresh."""
        scope = self.spec(id_).scope
        self._handlers[id_, room or (scope[0] if len(scope) == 1 else EVERY_ROOM)] = (handler, enabled)
        self._refresh_one(id_)

    def handler(self, id_: str, room: str) -> Handler | None:
        """Return what an action does in a room, None where nobody handles it: for what goes before it and hands on."""
        found = self._handlers.get((id_, room)) or self._handlers.get((id_, EVERY_ROOM))
        return found[0] if found is not None else None

    def is_bound(self, id_: str, room: str) -> bool:
        """Tell whether a room handles an action itself."""
        return (id_, room) in self._handlers

    def unbind_rooms(self, rooms: Collection[str]) -> None:
        """Forget what rooms bound; they are about to go."""
        self._handlers = {key: value for key, value in self._handlers.items() if key[1] not in rooms}
        self._built.difference_update(rooms)
        self.refresh()

    def room_is_built(self, room: str) -> None:
        """Learn that a room has bound all it can: actions of it that nobody handles are hidden from now on."""
        self._built.add(room)
        self.refresh()

    def set_room(self, room: str) -> None:
        """Learn which room is shown, "" for none."""
        self._room = room
        self.refresh()

    def set_conditions(self, conditions: Mapping[str, Enabled]) -> None:
        """Give the conditions that specs name in `when`; one that nobody gave holds."""
        self._conditions.update(conditions)
        self.refresh()

    def set_text(self, id_: str, text: str, tip: str = "", icon: str = "") -> None:
        """Give an action other words (already translated), e.g. a term's label or what undo would take back."""
        action = self.action(id_)
        if (action.text(), self._tips[id_], self._icons[id_]) == (text, tip or text, icon or self._icons[id_]):
            return  # menus and buttons need not hear of it
        action.setText(text)
        if icon:
            self._icons[id_] = icon
            action.setIcon(current_theme().icon(icon))
        self._tips[id_] = tip or text
        self._describe(action)

    def set_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Give actions other keys than their specs name, none at all where the tuple is empty."""
        for id_, given in keys.items():
            if given != self._keys[id_]:
                self._keys[id_] = given
                action = self.action(id_)
                action.setShortcuts([QKeySequence(key) for key in given])
                self._describe(action)
        self.keys_changed.emit()

    def set_listed(self, id_: str, listed: bool) -> None:
        """Leave an action out of menus and sheet, e.g. the key of a term that the codebook does not have."""
        self.spec(id_)
        if listed is (id_ in self._unlisted):
            (self._unlisted.discard if listed else self._unlisted.add)(id_)
            self._refresh_one(id_)

    def keys_of(self, id_: str) -> tuple[str, ...]:
        """Return the keys that an action has now."""
        self.spec(id_)
        return self._keys[id_]

    def acting_on(self, key: str) -> QAction | None:
        """Return the enabled action that a key stands for in the shown room, None where it stands for nothing."""
        sequence = QKeySequence(key)
        return next((a for a in self._actions.values() if a.isEnabled() and sequence in a.shortcuts()), None)

    def refresh(self) -> None:
        """Ask all conditions again, each once: many actions share one."""
        met = {name: condition() for name, condition in self._conditions.items()}
        for id_ in self._actions:
            self._refresh_one(id_, met)

    def refresh_action(self, id_: str) -> None:
        """Ask the conditions of one action again; cheap enough for every step of the playhead."""
        self.spec(id_)
        self._refresh_one(id_)

    def trigger(self, id_: str) -> bool:
        """Run an action as if chosen in the menu; tell whether it was enabled."""
        action = self.action(id_)
        if not action.isEnabled():
            return False
        action.trigger()
        return True

    def icon_name(self, id_: str) -> str:
        """Return the name of the icon that an action has now."""
        return self._icons[id_]

    def keys_text(self, id_: str) -> str:
        """Return the first key of an action as people read it: `Ctrl K`, "" where it has none."""
        keys = self.keys_of(id_)
        return keys_text(keys[0]) if keys else ""

    def tool_button(self, id_: str, parent: QWidget | None = None) -> QToolButton:
        """Return a button with the action's icon alone; tooltip and accessible name come with it."""
        from evidence_desk.ui.widgets.buttons import ToolButton

        button = ToolButton(parent)
        button.setDefaultAction(self.action(id_))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(tr(self.spec(id_).text).replace("…", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def push_button(self, id_: str, kind: str = "", text: str = "", caps: bool = True) -> QPushButton:
        """Return a button with word and key cap that runs the action and is enabled with it."""
        from evidence_desk.ui.widgets.buttons import DeskButton
        from evidence_desk.ui.widgets.key_caps import follow_keys

        spec, action = self.spec(id_), self.action(id_)
        button = DeskButton(text or action.text(), kind=kind, icon=spec.icon)
        if caps:
            follow_keys(self, id_, button)
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        button.setEnabled(action.isEnabled())
        return button

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into the menus."""
        for name, title in MENUS:
            menu = bar.addMenu(tr(title))
            menu.setToolTipsVisible(True)
            self._fill_menu(menu, [spec for spec in self._specs.values() if spec.menu == name])

    def _fill_menu(self, menu: QMenu, specs: Sequence[ActionSpec]) -> None:
        group = None
        for spec in sorted(specs, key=lambda spec: spec.group):
            if group is not None and spec.group != group:
                menu.addSeparator()
            group = spec.group
            menu.addAction(self._actions[spec.id])

    def _make(self, spec: ActionSpec, window: QWidget) -> QAction:
        action = QAction(tr(spec.text), window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(spec.id.partition(".")[2].startswith(_REPEATING))
        action.setCheckable(spec.checkable)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setIcon(current_theme().icon(spec.icon))
        action.setIconVisibleInMenu(False)
        self._describe(action)
        action.triggered.connect(self._run)
        window.addAction(action)
        return action

    def _describe(self, action: QAction) -> None:
        tip = self._tips[action.objectName()]
        keys = ", ".join(keys_text(key) for key in self._keys[action.objectName()])
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)

    def _run(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            found = self._handler(action.objectName())
            if found is not None:
                found[0]()

    def _handler(self, id_: str) -> tuple[Handler, Enabled | None] | None:
        return self._handlers.get((id_, self._room)) or self._handlers.get((id_, EVERY_ROOM))

    def _refresh_one(self, id_: str, met: Mapping[str, bool] | None = None) -> None:
        spec, action = self._specs[id_], self._actions[id_]
        rooms = set(spec.scope)
        handled = any((id_, room) in self._handlers for room in (*rooms, self._room, EVERY_ROOM))
        built = handled or not rooms <= self._built or not self._built
        action.setVisible(built and id_ not in self._unlisted)
        found = self._handler(id_)
        in_scope = not rooms or self._room in rooms
        holds = all(met[name] if met and name in met else self._conditions.get(name, _always)() for name in spec.when)
        enabled = found[1] if found is not None else None
        usable = found is not None and in_scope and holds and id_ not in self._unlisted
        action.setEnabled(usable and (enabled is None or enabled()))


def keys_text(keys: str) -> str:
    """Return a key sequence as key caps show it: `Ctrl Shift Z`."""
    parts = [*keys[:-2].split("+"), "+"] if keys.endswith("++") else keys.split("+") if len(keys) > 1 else [keys]
    return " ".join(_KEY_NAMES.get(part, part) for part in parts)


_KEY_NAMES = {
    "Del": "Delete",
    "Return": "Enter",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Ins": "Insert",
    "PgUp": "Page up",
    "PgDown": "Page down",
}


def _always() -> bool:
    return True
