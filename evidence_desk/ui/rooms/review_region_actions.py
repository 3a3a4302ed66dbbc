"""The actions of regions that move: what each key and menu entry does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.rooms.review_tracking import MovingRegions


class RegionActions(QObject):
    """Binds the actions; it holds no state of its own."""

    def __init__(self, actions: ActionRegistry, moving: MovingRegions, room: str, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        for id_, handler in (
            ("observe.region_words", moving.ask_words),
            ("observe.region_corner", moving.next_corner),
            ("observe.region_life", moving.next_life),
            ("observe.key_frame", moving.set_key_frame),
            ("observe.key_remove", moving.remove_key_frame),
            ("observe.key_outside", moving.set_outside),
            ("observe.track_on", partial(moving.track, 1)),
            ("observe.track_back", partial(moving.track, -1)),
            ("observe.track_next", moving.next_unseen),
        ):
            actions.bind(id_, handler, lambda: moving.can, room=room)
        actions.bind("observe.track_accept", moving.accept, lambda: moving.can_accept, room=room)
