"""The actions of comparing: what each key, menu entry and button does, and where the comparison stands in the room."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from evidence_desk.media.seen_as import Beside
from evidence_desk.ui.in_sight import in_sight
from evidence_desk.ui.panels.compare_panel import ComparePanel
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_compare import CompareDesk
from evidence_desk.ui.rooms.review_compare_still import PairStills
from evidence_desk.ui.widgets.compare_view import BLINK, MODES

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

ROOM = "review"
_WHILE_ON = (
    *(f"view.compare_{mode}" for mode in MODES),
    "view.compare_next",
    "view.compare_flip",
    "view.compare_swap",
    "view.compare_together",
    "go.next_other",
    "go.prev_other",
    "go.next_moment",
    "go.prev_moment",
    "observe.shared_moment",
    "observe.still_pair",
)
_PAN = 0.125
"""Shares of a pane that a key moves the enlarged pictures."""


class CompareHands(QObject):
    """Owns the comparison; made after the room's other actions, since zooming serves whichever picture is shown."""

    def __init__(self, context: RoomContext, room: ReviewRoom) -> None:
        super().__init__(room)
        self._context, self._room = context, room
        self.desk = CompareDesk(context, room.clip, lambda: room.centre.viewer.shown, self)
        self.panel = ComparePanel(context, room.clip, self.desk)
        room.centre.add_page(self.panel)
        room.centre.adjust.beside = self._beside
        self._noted: dict[int, tuple[str, int, int]] = {}
        self._bind_all()
        self.desk.turned.connect(self._turned)
        self.panel.view.painted.connect(self._painted)
        room.clip.opened.connect(self._opened)
        context.session.case_closing.connect(self.desk.close)

    def _bind(self, id_: str, handler: Callable[[], object], enabled: Callable[[], bool] | None = None) -> None:
        self._context.actions.bind(id_, handler, enabled, room=ROOM)

    def _bind_all(self) -> None:
        desk, panel = self.desk, self.panel
        self._bind("view.compare", desk.toggle)
        self._bind("view.compare_keep", desk.keep_here)
        for mode in MODES:
            self._bind(f"view.compare_{mode}", partial(panel.set_mode, mode), self._on)
        self._bind("view.compare_next", self._next_mode, self._on)
        self._bind("view.compare_flip", self._flip, self._on)
        self._bind("view.compare_swap", desk.swap, self._on)
        self._bind("view.compare_together", lambda: desk.set_together(not desk.together), self._on)
        self._bind("go.next_other", partial(desk.nudge, 1), self._on)
        self._bind("go.prev_other", partial(desk.nudge, -1), self._on)
        self._bind("go.next_moment", partial(desk.go_moment, 1), self._tied)
        self._bind("go.prev_moment", partial(desk.go_moment, -1), self._tied)
        self._bind("observe.shared_moment", desk.mark, lambda: desk.markable)
        stills = PairStills(self._context, desk, self._room.clip, self)
        self._bind("observe.still_pair", stills.save, self._on)
        view = panel.view
        doings: dict[str, Callable[[], object]] = {
            "view.zoom_in": partial(view.zoom_by, 1.25),
            "view.zoom_out": partial(view.zoom_by, 0.8),
            "view.zoom_fit": view.fit,
            "view.zoom_one": view.one_to_one,
            "view.pan_left": partial(view.pan_by, -_PAN, 0.0),
            "view.pan_right": partial(view.pan_by, _PAN, 0.0),
            "view.pan_up": partial(view.pan_by, 0.0, -_PAN),
            "view.pan_down": partial(view.pan_by, 0.0, _PAN),
        }
        for id_, doing in doings.items():
            self._bind(id_, partial(self._either, doing, self._context.actions.handler(id_, ROOM)))

    def _either(self, while_comparing: Callable[[], object], else_do: Callable[[], object] | None) -> None:
        if self.desk.on:
            while_comparing()
        elif else_do is not None:
            else_do()

    def _beside(self) -> Beside | None:
        """Return what is on screen beside the picture, for the record."""
        other = self.desk.shown[1]
        if not self.desk.on or other is None:
            return None
        return Beside(other.exhibit, other.n, self.panel.view.mode)

    def _on(self) -> bool:
        return self.desk.on

    def _tied(self) -> bool:
        return self.desk.on and self.desk.synced is not None

    def _next_mode(self) -> None:
        self.panel.set_mode(MODES[(MODES.index(self.panel.view.mode) + 1) % len(MODES)])

    def _flip(self) -> None:
        if self.panel.view.mode != BLINK:
            self.panel.set_mode(BLINK)
        self.panel.view.flip_by_hand()

    def _turned(self, on: bool) -> None:
        centre = self._room.centre
        centre.show_page(self.panel if on else None)
        # Whoever gives the focus back to the picture gives it to the one that is shown.
        centre.viewer.setFocusProxy(self.panel.view if on else None)  # type: ignore[arg-type]
        centre.viewer.setFocus(Qt.FocusReason.OtherFocusReason)
        # It speaks of the picture that is hidden now.
        centre.zoom_button.setVisible(not on and self._room.clip.has_frames)
        self._context.actions.action("view.compare").setChecked(on)
        for id_ in _WHILE_ON:
            self._context.actions.refresh_action(id_)

    def _opened(self) -> None:
        if self.desk.on:
            self._room.centre.show_page(self.panel)

    def _painted(self, side: int, zoom: int) -> None:
        """Let a picture count as looked at that stood exactly on screen, whole and uncovered."""
        shown = self.desk.shown[side]
        view = self.panel.view
        if shown is None or not shown.picture.exact or view.sides[side].awaited or not in_sight(view):
            return
        # A picture is painted anew for many reasons; it is looked at once.
        place = (shown.exhibit, shown.n, zoom)
        if self._noted.get(side) == place or self._context.session.safe_view.covers(shown.exhibit, shown.n):
            return
        self._noted[side] = place
        self._room.coverage.note_compared(shown, zoom)

    def escape(self) -> bool:
        """Leave the comparison; tell whether there was one."""
        was_on = self.desk.on
        self.desk.leave()
        return was_on
