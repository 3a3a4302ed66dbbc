"""Every action of the window as data; `registry` turns them into menus, shortcuts and buttons."""

from evidence_desk.ui.actions.specs import MENUS, SPECS, ActionSpec

__all__ = ["MENUS", "SPECS", "ActionSpec"]
