"""How Review shares out its room: navigator or rail, picture, inspector."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStyle, QVBoxLayout, QWidget

from evidence_desk.services.playhead import parse_goto
from evidence_desk.ui.panels.adjust_panel import AdjustPanel
from evidence_desk.ui.panels.navigator import EXHIBITS, OBSERVATIONS, Navigator, NavigatorRail
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.panels.review_centre import ReviewCentre
from evidence_desk.ui.panels.timing_inspector import TimingInspector
from evidence_desk.ui.rooms.review_care import CareDesk
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_coverage import CoverageDesk
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.shown_in_turn import show_in_turn
from evidence_desk.ui.theme import current_theme, tokens
from evidence_desk.ui.widgets.panel import FoldHeader


class ReviewLayout(Room):
    """The parts of the room and their places; what they do to each other is in `review`."""

    def build_up(self) -> Iterator[None]:
        """Make the parts, the picture first, each where it stays."""
        self._narrow = False
        self.kept_widths: list[int] = []
        context = self.context
        column = self._lay_out()
        self.clip = ClipDesk(context, self)
        yield
        self.centre = ReviewCentre(context, self.clip)
        yield
        yield from self.centre.build_up()
        self.centre.setMinimumWidth(480)
        yield
        self.split.insertWidget(0, self.centre)
        yield
        self.navigator = Navigator(context.actions)
        self.navigator.setMinimumWidth(current_theme().width("navigator", "min"))
        self.split.insertWidget(0, self.navigator)
        self.split.setStretchFactor(1, 1)
        yield
        self.form = ObservationForm(context.actions)
        column.addWidget(self.form, 1)
        yield
        yield from self.form.build_up()
        yield
        self.timing = TimingInspector(context, self.clip)
        yield
        self.care = CareDesk(context, self.centre.viewer, self.clip, self)
        self.coverage = CoverageDesk(context, self.centre, self.clip, self.navigator.exhibits, self)
        self.centre.sound.track_shown.connect(self.timing.show_sound)
        yield
        self.adjust = AdjustPanel(context, self.clip, self.centre.adjust)
        yield
        column.addWidget(self.adjust)
        column.addWidget(self.timing)
        # Both are high: one open at a time leaves the form its room.
        for one, other in ((self.adjust, self.timing), (self.timing, self.adjust)):
            one.header.toggled.connect(partial(_fold_other, other.header))
        yield
        self._set_widths()

    def _lay_out(self) -> QVBoxLayout:
        """Lay out the room with its places empty, and return that of the right side.

        What is put into a place is dressed anew with all in it: a part is put where it stays as soon as it is built.
        """
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = NavigatorRail()
        row.addWidget(self.rail)
        self.rail.hide()
        self.rail.opened.connect(self.open_navigator)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        row.addWidget(self.split)
        self.side = QWidget()
        self.split.addWidget(self.side)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        return column

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
        if self.is_built:
            self._fit_window()

    def _fit_window(self) -> None:
        limits, scale = tokens()["breakpoint_px"], current_theme().scale
        self._set_narrow(self.width() * 100 < int(limits["navigator_to_rail_below_width"]) * scale)
        self.centre.set_short(self.window().height() * 100 < int(limits["lanes_short_below_height"]) * scale)
        if self._narrow and self.navigator.parent() is self:
            self._place_navigator()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room out once its size is known."""
        super().showEvent(event)
        if not self.is_built:
            return
        self._fit_window()
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
            self.navigator.dock()
            self.navigator.show()
        self._set_widths()

    def open_navigator(self, part: str = "") -> None:
        """Lay the navigator over the picture where there is only the rail; the same again takes it away."""
        if not self._narrow:
            return
        first = self._first_row(part)
        part = part or (EXHIBITS if first is self.navigator.list else OBSERVATIONS)
        if self.navigator.isVisible() and self.navigator.over == part:
            self.navigator.hide()
            return
        self.show_navigator(part)
        if first.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.navigator.observations.focus_filter()

    def show_navigator(self, part: str) -> None:
        """Have a part of the navigator in sight."""
        if self._narrow:
            self._place_navigator()
            self.navigator.lay_over(part)
            self.navigator.raise_()
        self.navigator.show()

    def _place_navigator(self) -> None:
        theme, shown = current_theme(), self.rect()
        frame = self.parentWidget()
        if frame is not None:  # of a room that scrolls the part in sight
            shown &= frame.rect().translated(-self.pos())
        width = min(theme.px(theme.width("navigator")), self.width() - self.rail.width())
        over = QRect(self.rail.width(), shown.top(), width, shown.height())
        self.navigator.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), over))

    def moveEvent(self, event: QMoveEvent) -> None:
        """The room was scrolled: what lies over the picture stays in sight."""
        super().moveEvent(event)
        if self.is_built and self._narrow:
            self._place_navigator()

    def paint_in_turn(self, *_: object) -> None:
        """Paint the picture first and the parts around it right after: all of them at once would be felt."""
        show_in_turn(self, (self.navigator, self.side, self.centre.timeline))

    def place(self, text: str) -> tuple[str, int] | None:
        """Return the open exhibit and the frame that a typed text names in it; raises as `parse_goto`."""
        clip = self.clip.clip
        return (clip.exhibit.number, parse_goto(text, clip.clock, self.clip.n)) if clip is not None else None

    def take_focus(self) -> None:
        """Put the keyboard on the picture."""
        self.centre.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_form(self) -> None:
        """Put the keyboard into the form; in a low window the panels below it give way, so that it is seen."""
        if self.form.record is None and not self.form.is_new:
            return
        if self.form.is_low:
            for panel in (self.adjust, self.timing):
                panel.header.setChecked(False)
        self.form.fields.focus_statement()
        # Only once the form has its height.
        QTimer.singleShot(0, self.form, partial(self.form.show_part, self.form.fields.statement))

    def next_panel(self) -> None:
        """Move the focus on: navigator, picture or what stands in its place, timeline, form, an open panel below it."""
        focus, stops = QApplication.focusWidget(), self._stops()
        here = next((i for i, (panel, _) in enumerate(stops) if _holds(panel, focus)), 0)
        if self._narrow and _holds(self.navigator, focus):
            self.navigator.hide()
        for step in range(1, len(stops) + 1):
            panel, first = stops[(here + step) % len(stops)]
            if panel is self.navigator and self._narrow:
                self.open_navigator()
                return
            if first.isVisible():
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _first_row(self, part: str = "") -> QWidget:
        """Return the list of observations, that of the exhibits where there are none or they are asked for."""
        rows = self.navigator.observations.list
        none = rows.isHidden() or not rows.model().rowCount()
        return self.navigator.list if none or part == EXHIBITS else rows

    def _stops(self) -> list[tuple[QWidget, QWidget]]:
        """Return each panel with the part of it that takes the focus first."""
        pages, form = self.centre.pages, self.form
        page, viewer = pages.currentWidget(), self.centre.viewer
        picture: QWidget = viewer if page is None or page.isAncestorOf(viewer) else page
        stops: list[tuple[QWidget, QWidget]] = [
            (self.navigator, self._first_row()),
            (pages, picture.focusProxy() or picture),
            (self.centre.timeline, self.centre.timeline),
            (form, form.fields.term if form.fields.term.isVisible() else _first_in(form)),
        ]
        stops += [(panel, panel.header) for panel in (self.adjust, self.timing) if panel.header.isChecked()]
        return stops


def _holds(panel: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is panel or panel.isAncestorOf(focus))


def _first_in(panel: QWidget) -> QWidget:
    """Return the first part of a panel that Tab reaches, the panel where there is none."""
    tab = Qt.FocusPolicy.TabFocus
    parts = (p for p in panel.findChildren(QWidget) if p.isVisible() and p.isEnabled() and p.focusPolicy() & tab)
    return next(parts, panel)


def _fold_other(other: FoldHeader, opened: bool) -> None:
    if opened:
        other.setChecked(False)
