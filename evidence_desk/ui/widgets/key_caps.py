"""Key caps on buttons that show the keys as they are now, also after somebody changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from evidence_desk.ui.widgets.buttons import DeskButton

if TYPE_CHECKING:
    from evidence_desk.ui.actions.registry import ActionRegistry


class _Follower(QObject):
    """Lives and goes with its button."""

    def __init__(self, registry: ActionRegistry, id_: str, button: DeskButton) -> None:
        super().__init__(button)
        self._registry, self._id, self._button = registry, id_, button
        registry.keys_changed.connect(self.show)
        self.show()

    def show(self) -> None:
        """Show the first key of the action."""
        self._button.set_keys(self._registry.keys_text(self._id))


def follow_keys(registry: ActionRegistry, id_: str, button: DeskButton) -> DeskButton:
    """Show the first key of an action on the button from now on, and return the button."""
    _Follower(registry, id_, button)
    return button
