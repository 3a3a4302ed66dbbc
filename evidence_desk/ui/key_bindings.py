"""The keys of this person: which preset, and what they changed; kept in the settings and put in force at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.errors import Refused
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.actions.bindings import Bound, holder, portable, refuse_unfit, resolve
from evidence_desk.ui.actions.presets import Preset, preset_named
from evidence_desk.ui.actions.registry import ActionRegistry, keys_text
from evidence_desk.ui.actions.specs import ActionSpec


class KeyBindings(QObject):
    """Holds what each action's keys are and why.

    Signals: `changed()` after they are others.
    """

    changed = Signal()

    def __init__(self, settings: SettingsFile, registry: ActionRegistry) -> None:
        super().__init__(registry)
        self._settings, self.registry = settings, registry
        self._bound: dict[str, Bound] = {}
        self._apply()

    @property
    def preset(self) -> Preset:
        """The preset that lies under the own changes."""
        return preset_named(self._settings.value.key_preset)

    @property
    def own(self) -> dict[str, tuple[str, ...]]:
        """What this person changed, by action."""
        return dict(self._settings.value.keys)

    def bound(self, id_: str) -> Bound:
        """Return the keys of an action and where they come from."""
        return self._bound[id_]

    def holder(self, id_: str, key: str) -> ActionSpec | None:
        """Return the action that would have to give the key up, None where it is free."""
        return holder(self.registry.specs, self._bound, id_, key)

    def choose(self, preset: str) -> None:
        """Lay another preset under the own changes."""
        self._settings.change(key_preset=preset_named(preset).id)
        self._apply()

    def give(self, id_: str, keys: Sequence[str], take_over: bool = False) -> None:
        """Give an action these keys and no others.

        Raises Refused naming the action that has one of them, unless `take_over` lets that one give it up; Refused too
        for keys that no action may have.
        """
        given = tuple(dict.fromkeys(portable(key) or key for key in keys))
        refuse_unfit(id_, given)
        own = self.own
        for key in given:
            other = self.holder(id_, key)
            if other is None:
                continue
            if not take_over:
                raise Refused(f"{keys_text(key)} is the key of “{other.text}”. Nothing was changed.")
            refuse_unfit(other.id, ())
            own[other.id] = tuple(held for held in self._bound[other.id].keys if held != key)
        own[id_] = given
        self._keep(own)

    def usual(self, id_: str) -> None:
        """Give an action the keys of the preset again; where another own change holds one of them, that one stays."""
        own = self.own
        own.pop(id_, None)
        self._keep(own)

    def all_usual(self) -> None:
        """Forget every own change; the preset stays."""
        self._keep({})

    def _keep(self, own: dict[str, tuple[str, ...]]) -> None:
        self._settings.change(keys=own)
        self._apply()

    def _apply(self) -> None:
        self._bound = resolve(self.registry.specs, self.preset.keys, self._settings.value.keys)
        self.registry.set_keys({id_: bound.keys for id_, bound in self._bound.items()})
        self.changed.emit()
