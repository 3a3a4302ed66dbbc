"""A bar on the picture for the region that is chosen: what it is, how long it lasts, key frames and tracking.

It lies over the picture's edge, away from the region, so that nothing moves under the hand when a region is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import BETWEEN, CONFIRMED, HELD, TRACKED, KeyFrame, Placed, key_frames_of
from evidence_desk.ui.panels.tool_strip import StripButton
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.region_view import shape_name
from evidence_desk.ui.widgets.shape_drawing import SELECT
from evidence_desk.ui.widgets.viewer import Viewer

if TYPE_CHECKING:
    from evidence_desk.ui.rooms import RoomContext
    from evidence_desk.ui.rooms.review_regions import PictureRegions
    from evidence_desk.ui.rooms.review_tracking import MovingRegions

REGION_ACTIONS = (
    "observe.region_words",
    "observe.region_corner",
    "observe.region_life",
    "observe.key_frame",
    "observe.key_remove",
    "observe.key_outside",
    "observe.track_on",
    "observe.track_back",
    "observe.track_next",
    "observe.track_accept",
)
_SHOWN = (
    "observe.track_back",
    "observe.key_frame",
    "observe.key_outside",
    "observe.track_on",
    "observe.track_next",
    "observe.track_accept",
    "observe.region_words",
)


class RegionBar(QFrame):
    """Shown while a region is chosen on the picture."""

    def __init__(self, context: RoomContext, viewer: Viewer, regions: PictureRegions, moving: MovingRegions) -> None:
        super().__init__(viewer.viewport())
        self._context, self._viewer, self._regions, self._moving = context, viewer, regions, moving
        self.setObjectName("regionBar")
        self._name, self._stands = QLabel(), QLabel()
        keys = tr(
            "Alt and an arrow move the region by one pixel, with Shift by ten; Alt+Left and Alt+Right do not go to "
            "cuts meanwhile. Esc lets the region go."
        )
        self.setToolTip(keys)
        self.setAccessibleDescription(keys)
        lives = (("frame", tr("This frame")), ("span", tr("Whole span")), ("keyed", tr("Key frames")))
        self._life = Choice(tr("How long the region lasts"), lives)
        self._life.chosen.connect(self._moving.set_life)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 6, 3)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._life)
        row.addWidget(self._stands)
        for id_ in _SHOWN:
            row.addWidget(StripButton(context.actions, id_, self))
        regions.changed.connect(self.refresh)
        viewer.region_picked.connect(self.refresh)
        viewer.tool_changed.connect(self.refresh)
        viewer.viewport().installEventFilter(self)
        keeper().changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        theme = current_theme()
        ground, text = theme.color("picture.label_bg"), theme.color("picture.label_text").name()
        ground.setAlphaF(0.94)
        self.setStyleSheet(
            f"#regionBar {{ background: rgba({ground.red()}, {ground.green()}, {ground.blue()}, 240);"
            f" border-radius: 4px; }} #regionBar QLabel {{ color: {text}; background: transparent; }}"
        )
        for label in (self._name, self._stands):
            label.setFont(theme.ui_font("small"))

    def refresh(self, *_: object) -> None:
        """Show the region that is chosen on the picture, or nothing."""
        region = self._regions.find(self._viewer.chosen_region)
        for id_ in REGION_ACTIONS:
            self._context.actions.refresh_action(id_)
        # While a tool draws, the whole picture is free for it.
        if region is None or not self._viewer.writable or self._viewer.tool != SELECT:
            self.hide()
            return
        self._name.setText(f"{region.number}  {shape_name(region.shape)}")
        self._life.set_value(region.life)
        self._stands.setText(_words(region, self._moving.here(), self._moving.gone()))
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        """Lie at the foot of the picture area, at its head where the region lies low."""
        room = self._viewer.viewport().rect()
        # In little room the words go first that stand elsewhere too: how long it lasts has a key, its name a label.
        for part in (self._life, self._name):
            part.show()
        for part in (self._life, self._name):
            if self.sizeHint().width() > room.width() - 16:
                part.hide()
        wide = min(self.sizeHint().width(), room.width() - 16)
        self.resize(wide, self.sizeHint().height())
        shape = next((s for s in self._viewer.shapes if s.number == self._viewer.chosen_region), None)
        foot = room.height() - self.height() - 8
        low = shape is not None and self._viewer.shape_rect(shape).bottom() > foot - 12
        self.move((room.width() - wide) // 2, 8 if low else foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the picture's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _words(region: Region, here: Placed | None, gone: KeyFrame | None) -> str:
    """Return how the region stands on this frame, and how many tracked frames wait to be looked at."""
    if gone is not None:
        lost = gone.by == TRACKED
        stands = tr("lost here, not yet looked at") if lost else tr("not in the picture here")
    elif here is None:
        stands = tr("not on this frame")
    elif here.how == BETWEEN:
        stands = tr("between tracked frames") if here.by == TRACKED else tr("between key frames")
        rule = tr("by time") if here.by_time else tr("by frame number")
        stands = f"{stands}, {rule}"
    elif here.by == TRACKED:
        stands = tr("tracked, not yet looked at")
    elif here.by == CONFIRMED:
        stands = tr("tracked, accepted")
    else:
        stands = tr("unmoved since frame {n}", n=number(region.frame)) if here.how == HELD else tr("drawn here")
    waiting = sum(k.by == TRACKED for k in key_frames_of(region))
    if not waiting:
        return stands
    return f"{stands}  ·  " + plural(waiting, "{count} to accept", "{count} to accept")
