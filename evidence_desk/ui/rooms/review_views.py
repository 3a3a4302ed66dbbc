"""The actions that show the picture another way: HDR as stored, deinterlaced, one field. Kept for each exhibit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.media.pictures import PictureView
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.panels.adjust_panel import AdjustPanel
from evidence_desk.ui.rooms.review_adjust import AdjustDesk
from evidence_desk.ui.rooms.review_places import ClipPlaces

Change = Callable[[PictureView], PictureView]


class ViewActions(QObject):
    """Binds the actions and ticks those that hold for the open exhibit."""

    def __init__(self, actions: ActionRegistry, places: ClipPlaces, room: str, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._places = actions, places
        changes: dict[str, Change] = {
            "view.tone_map": lambda view: replace(view, tone_map=not view.tone_map),
            "view.deinterlace": lambda view: replace(view, deinterlace=not view.deinterlace, field=""),
            "view.field_top": partial(_field, "top"),
            "view.field_bottom": partial(_field, "bottom"),
            "view.field_order": lambda view: replace(view, first="" if view.first else "bottom"),
        }
        for id_, change in changes.items():
            actions.bind(id_, partial(self._change, change), room=room)
        places.opened.connect(self._tick)
        places.view_changed.connect(self._tick)
        self._tick()

    def _change(self, change: Change) -> None:
        self._places.set_view(change(self._places.view))
        self._tick()

    def _tick(self) -> None:
        view = self._places.view
        for id_, on in (
            ("view.tone_map", view.tone_map),
            ("view.deinterlace", view.deinterlace),
            ("view.field_top", view.field == "top"),
            ("view.field_bottom", view.field == "bottom"),
            ("view.field_order", view.first == "bottom"),
        ):
            self._actions.action(id_).setChecked(on)


def _field(field: str, view: PictureView) -> PictureView:
    return replace(view, field="" if view.field == field else field, deinterlace=False)


class AdjustActions(QObject):
    """Binds the actions of the adjustments, and ticks those that hold."""

    def __init__(
        self, actions: ActionRegistry, desk: AdjustDesk, panel: AdjustPanel, room: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions, self._desk = actions, desk
        for id_, handler in (
            ("view.adjust", panel.toggle),
            ("view.adjust_bypass", desk.bypass),
            ("view.adjust_levels", panel.auto_levels),
            ("view.adjust_turn", desk.turn),
            ("view.adjust_steady", desk.steady_here),
            ("view.adjust_steady_turn", desk.steady_turn_here),
            ("view.adjust_reset", desk.reset),
        ):
            actions.bind(id_, handler, room=room)
        desk.changed.connect(self._tick)
        panel.header.toggled.connect(actions.action("view.adjust").setChecked)
        self._tick()

    def _tick(self) -> None:
        self._actions.action("view.adjust_bypass").setChecked(bool(self._desk.values) and not self._desk.shown)
        values = self._desk.values
        self._actions.action("view.adjust_steady").setChecked(values.steady_to is not None and not values.steady_turn)
        self._actions.action("view.adjust_steady_turn").setChecked(values.steady_to is not None and values.steady_turn)
