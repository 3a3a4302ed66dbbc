"""How Review shares out its room: navigator or rail, picture, inspector."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from evidence_desk.services.playhead import parse_goto
from evidence_desk.ui.panels.adjust_panel import AdjustPanel
from evidence_desk.ui.panels.navigator import Navigator, NavigatorRail
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.panels.review_centre import ReviewCentre
from evidence_desk.ui.panels.timing_inspector import TimingInspector
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_care import CareDesk
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_coverage import CoverageDesk
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.theme import current_theme, tokens
from evidence_desk.ui.widgets.panel import FoldHeader


class ReviewLayout(Room):
    """The parts of the room and their places; what they do to each other is in `review`."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._narrow = False
        self.kept_widths: list[int] = []
        self.clip = ClipDesk(context, self)
        self.navigator = Navigator(context.actions)
        self.rail = NavigatorRail()
        self.centre = ReviewCentre(context, self.clip)
        self.form = ObservationForm(context.actions)
        self.timing = TimingInspector(context, self.clip)
        self.care = CareDesk(context, self.centre.viewer, self.clip, self)
        self.coverage = CoverageDesk(context, self.centre, self.clip, self.navigator.exhibits, self)
        self.centre.sound.track_shown.connect(self.timing.show_sound)
        self.adjust = AdjustPanel(context, self.clip, self.centre.adjust)
        self._lay_out()
        self.rail.opened.connect(self.open_navigator)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self.rail.hide()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.navigator)
        self.split.addWidget(self.centre)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(self.adjust)
        column.addWidget(self.timing)
        # Both are high: one open at a time leaves the form its room.
        for one, other in ((self.adjust, self.timing), (self.timing, self.adjust)):
            one.header.toggled.connect(partial(_fold_other, other.header))
        self.split.addWidget(side)
        self.split.setStretchFactor(1, 1)
        row.addWidget(self.split)
        theme = current_theme()
        self.navigator.setMinimumWidth(theme.width("navigator", "min"))
        self.centre.setMinimumWidth(480)
        self._set_widths()

    def _set_widths(self) -> None:
        theme, room = current_theme(), max(self.width(), 900)
        # Larger text needs wider columns, but the picture keeps more than half of the room.
        inspector = min(theme.px(theme.width("inspector")), round(room * 0.42))
        navigator = min(theme.px(theme.width("navigator")), round(room * 0.25))
        self.form.setMinimumWidth(max(inspector, self.form.minimumSizeHint().width()))
        if len(self.kept_widths) == self.split.count():
            self.split.setSizes(self.kept_widths)
        elif self._narrow:
            self.split.setSizes([room - inspector, inspector])
        else:
            self.split.setSizes([navigator, room - navigator - inspector, inspector])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The navigator becomes a rail, and lanes low, where the window is small."""
        super().resizeEvent(event)
        limits, scale = tokens()["breakpoint_px"], current_theme().scale
        self._set_narrow(self.width() * 100 < int(limits["navigator_to_rail_below_width"]) * scale)
        self.centre.set_short(self.window().height() * 100 < int(limits["lanes_short_below_height"]) * scale)
        if self._narrow and self.navigator.parent() is self:
            self._place_navigator()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room out once its size is known."""
        super().showEvent(event)
        self._set_widths()
        self.centre.fit_timeline()

    def _set_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.rail.setVisible(narrow)
        if narrow:
            self.navigator.setParent(self)
            self.navigator.hide()
        else:
            self.split.insertWidget(0, self.navigator)
            self.split.setStretchFactor(0, 0)
            self.split.setStretchFactor(1, 1)
            self.navigator.show()
        self._set_widths()

    def open_navigator(self) -> None:
        """Lay the navigator over the picture where there is only the rail; again takes it away."""
        if not self._narrow:
            return
        if self.navigator.isVisible():
            self.navigator.hide()
            return
        self._place_navigator()
        self.navigator.show()
        self.navigator.raise_()
        self.navigator.observations.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_navigator(self) -> None:
        width = current_theme().width("navigator")
        self.navigator.setGeometry(self.rail.width(), 0, width, self.height())

    def place(self, text: str) -> tuple[str, int] | None:
        """Return the open exhibit and the frame that a typed text names in it; raises as `parse_goto`."""
        clip = self.clip.clip
        return (clip.exhibit.number, parse_goto(text, clip.clock, self.clip.n)) if clip is not None else None

    def next_panel(self) -> None:
        """Move the focus on: navigator, picture, timeline, form."""
        picture = self.centre.viewer.focusProxy() or self.centre.viewer
        stops: list[QWidget] = [self.navigator.observations.list, picture, self.centre.timeline]
        stops.append(self.form.fields.term)
        here = next((i for i, stop in enumerate(stops) if self._holds_focus(stop)), 0)
        for step in range(1, len(stops) + 1):
            stop = stops[(here + step) % len(stops)]
            if stop is stops[0] and self._narrow:
                self.open_navigator()
                return
            if stop.isVisible():
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _holds_focus(self, stop: QWidget) -> bool:
        focus = QApplication.focusWidget()
        panel = {self.navigator.observations.list: self.navigator, self.form.fields.term: self.form}.get(stop, stop)
        return focus is not None and (focus is panel or panel.isAncestorOf(focus))


def _fold_other(other: FoldHeader, opened: bool) -> None:
    if opened:
        other.setChecked(False)
