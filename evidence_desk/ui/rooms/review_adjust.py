"""Display adjustments of the open exhibit: what is set, whether it is shown, and how the picture is seen now.

What is set stays while the original is shown, so that both can be looked at in turn. Nothing here is part of a record
but what an observation keeps of how it was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPointF, Signal

from evidence_desk.domain.regions import UNITS
from evidence_desk.media.adjustments import NONE, Adjustments
from evidence_desk.media.seen_as import Beside, SeenAs
from evidence_desk.ui.rooms.review_places import SETTLED, ClipPlaces
from evidence_desk.ui.widgets.viewer import Viewer


class AdjustDesk(QObject):
    """Signals: `changed()` the values, or whether they are shown, are others; `panel_asked()` nothing is set yet."""

    changed = Signal()
    panel_asked = Signal()

    def __init__(self, places: ClipPlaces, viewer: Viewer, parent: QObject) -> None:
        super().__init__(parent)
        self._places, self._viewer = places, viewer
        self._set: dict[str, Adjustments] = {}
        self._pending: tuple[str, SeenAs] | None = None
        self.beside: Callable[[], Beside | None] = lambda: None
        """What stands beside the picture: whoever compares knows."""
        places.opened.connect(self._opened)
        places.view_changed.connect(self._view_changed)
        places.state_changed.connect(self._state_changed)

    # ------------------------------------------------------------------------------------------------- what is shown

    @property
    def _exhibit(self) -> str:
        return self._places.clip.exhibit.number if self._places.clip is not None else ""

    @property
    def values(self) -> Adjustments:
        """Return what is set for the open exhibit, shown or not."""
        return self._places.view.adjust or self._set.get(self._exhibit, NONE)

    @property
    def shown(self) -> bool:
        """Tell whether the picture is shown adjusted."""
        return bool(self._places.view.adjust)

    def set_values(self, values: Adjustments) -> None:
        """Set the adjustments and show them."""
        if not self._exhibit or (values == self.values and self.shown == bool(values)):
            return
        self._set[self._exhibit] = values
        self._places.set_view(replace(self._places.view, adjust=values))
        self.changed.emit()

    def show_adjusted(self, adjusted: bool) -> None:
        """Show the picture adjusted, or the original while what is set stays."""
        if adjusted and not self.values:
            self.panel_asked.emit()
            self.changed.emit()
            return
        values = self.values
        self._set[self._exhibit] = values
        self._places.set_view(replace(self._places.view, adjust=values if adjusted else NONE))

    def bypass(self) -> None:
        """Show the original where the adjusted picture is shown, and the other way round."""
        self.show_adjusted(not self.shown)

    def turn(self) -> None:
        """Turn the picture a quarter clockwise."""
        self.set_values(replace(self.values, turn=(self.values.turn + 90) % 360))

    def steady_here(self) -> None:
        """Move every other frame onto the one on screen; again lets them be as they are."""
        self._steady(turn=False)

    def steady_turn_here(self) -> None:
        """Turn and scale every other frame onto the one on screen; again lets them be as they are."""
        self._steady(turn=True)

    def _steady(self, *, turn: bool) -> None:
        now = self.values
        if now.steady_to is None:
            self.set_values(replace(now, steady_to=self._places.n, steady_turn=turn))
        elif now.steady_turn == turn:
            self.set_values(replace(now, steady_to=None, steady_turn=False))
        else:
            self.set_values(replace(now, steady_turn=turn))

    def reset(self) -> None:
        """Show the picture as it is, with nothing set."""
        self.set_values(NONE)

    def take_focus(self) -> None:
        """Give the keyboard to the picture."""
        self._viewer.setFocus()

    def _view_changed(self) -> None:
        # Where the view was set by another hand, as from a record, that is what is set.
        if self._places.view.adjust:
            self._set[self._exhibit] = self._places.view.adjust
        self.changed.emit()

    # ----------------------------------------------------------------------------------------------------- seen as

    def seen_as_now(self) -> dict[str, Any] | None:
        """Return how the picture on screen is seen, for the record; None where there is none."""
        geometry = self._viewer.picture_geometry
        if self._places.clip is None or geometry is None:
            return None
        covered, beside = self._viewer.is_covered, self.beside()
        if beside is not None:
            return SeenAs(self._places.view, covered=covered, beside=beside).to_json()
        scale = self._viewer.transform().m11()
        percent = max(1, int(scale * self._viewer.devicePixelRatioF() * 100 + 1e-6))
        room = self._viewer.viewport().rect()
        corners = self._viewer.mapToScene(room).boundingRect()
        whole = geometry.shown
        # Half a pixel of slack: a fitted picture fills its room to the pixel.
        sees_all = (
            corners.left() <= 0.5
            and corners.top() <= 0.5
            and corners.right() >= whole.width() - 0.5
            and corners.bottom() >= whole.height() - 0.5
        )
        middle = geometry.points_to_native([QPointF(corners.center())])
        centre = None if sees_all else (middle[0] // UNITS, middle[1] // UNITS)
        return SeenAs(self._places.view, percent, centre, covered).to_json()

    def restore(self, kept: object, exhibit: str) -> bool:
        """Show the exhibit again as an observation was made under; False where that was not kept.

        Where another exhibit is open, as soon as that one is.
        """
        seen = SeenAs.from_json(kept)
        if seen is None:
            return False
        self._pending = (exhibit, seen)
        self._opened()
        return True

    def _opened(self) -> None:
        if self._pending is not None and self._pending[0] == self._exhibit:
            self._places.set_view(self._pending[1].view)
            self._state_changed(self._places.state)
        self.changed.emit()

    def _state_changed(self, state: str) -> None:
        if state in SETTLED and self._pending is not None and self._pending[0] == self._exhibit:
            seen, self._pending = self._pending[1], None
            self._look(seen)

    def _look(self, seen: SeenAs) -> None:
        geometry = self._viewer.picture_geometry
        if seen.centre is None or not seen.zoom_percent or geometry is None:
            self._viewer.fit()
            return
        x, y = seen.centre
        place = geometry.points_to_shown([x * UNITS, y * UNITS])[0]
        self._viewer.look_at(place, seen.zoom_percent / 100)
