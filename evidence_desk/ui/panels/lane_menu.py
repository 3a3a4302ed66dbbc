"""Which lanes of the timeline are shown, as a menu, and the field that narrows their marks by words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import percent, tr
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.timeline_lanes import COVERAGE, OBSERVATION, Lane
from evidence_desk.ui.widgets.timeline_shelf import HEIGHTS, LaneView

_TYPING_MS = 200


class LaneMenu(QObject):
    """Changes how the lanes are shown; `resized` is called after other rows are shown.

    Signals: `changed()` they are shown another way.
    """

    changed = Signal()

    def __init__(self, timeline: Timeline, resized: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._timeline, self._resized, self._parent = timeline, resized, parent
        self.field = FilterField(tr("Narrow by words"), tr("Narrow the timeline by words"))
        self.field.setMaximumWidth(current_theme().px(170))
        self.field.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TYPING_MS)
        self._wait.timeout.connect(self._narrow)
        self.field.textChanged.connect(self._wait.start)
        self.field.editingFinished.connect(self._leave_field)
        timeline.lane_asked.connect(self._ask)
        timeline.height_asked.connect(self.make_higher)

    # ---------------------------------------------------------------------------------------------------------- doings

    def show_all(self) -> None:
        """Show every lane with every mark, none locked, as high as they are."""
        self.field.clear()
        self._put_field_away()
        self._take(LaneView(height=self._timeline.shelf.view.height))

    def make_higher(self, by: int) -> None:
        """Make the lanes so many steps higher, or lower; the picture keeps its room, and the lanes scroll."""
        self._show(self._timeline.shelf.view.higher(by))

    def restore(self, view: LaneView) -> None:
        """Show the lanes as they were kept, with the words that narrow them."""
        self.field.setText(view.words)
        self.field.setVisible(bool(view.words))
        self._wait.stop()
        self._take(view)

    def ask_words(self) -> None:
        """Put the keyboard into the field that narrows."""
        self.field.show()
        self.field.setFocus()

    def switch_alone(self) -> None:
        """Show the lane of the selected or current mark alone, or all again."""
        lane = self._lane()
        if lane is not None:
            self._take(self._timeline.shelf.view.switched("solo", lane.key))

    def switch_lock(self) -> None:
        """Lock the lane of the selected or current mark, or unlock it."""
        lane = self._lane()
        if lane is not None:
            self._take(self._timeline.shelf.view.switched("locked", lane.key))

    def open_at(self, button: QToolButton | None) -> None:
        """Open the menu of all lanes, below its button where that is seen."""
        under = button if button is not None and button.isVisible() else self._timeline
        self.menu().popup(under.mapToGlobal(QPoint(0, under.height() if under is button else 0)))

    def menu(self) -> QMenu:
        """Return the menu of all lanes as they are now; it deletes itself once closed."""
        menu = self._new_menu()
        timeline, view = self._timeline, self._timeline.shelf.view
        for key, title in self._rows():
            self._add(menu, title, key not in view.hidden, partial(self._switch, "hidden", key))
        for heading, switch in ((tr("Shown alone"), "solo"), (tr("Locked"), "locked")):
            menu.addSeparator()
            part = menu.addMenu(heading)
            for lane in timeline.shelf.every():
                if lane.kind == OBSERVATION or (switch == "solo" and lane.kind != COVERAGE):
                    held = view.solo if switch == "solo" else view.locked
                    self._add(
                        part, timeline.lane_title(lane), lane.key in held, partial(self._switch, switch, lane.key)
                    )
        menu.addSeparator()
        height = menu.addMenu(tr("Height of lanes"))
        for percent_ in HEIGHTS:
            by = HEIGHTS.index(percent_) - HEIGHTS.index(view.height)
            self._add(height, percent(percent_, 100), percent_ == view.height, partial(self.make_higher, by))
        menu.addAction(tr("All lanes")).triggered.connect(self.show_all)
        return menu

    # ------------------------------------------------------------------------------------------------------------ parts

    def _rows(self) -> list[tuple[str, str]]:
        timeline = self._timeline
        fixed = [(k, timeline.row_title(k)) for k in timeline.fixed_rows()]
        return fixed + [(lane.key, timeline.lane_title(lane)) for lane in timeline.shelf.every()]

    def _ask(self, key: str, place: QPoint) -> None:
        """Open the menu of one lane, or of one fixed row, whose name was clicked."""
        lane = next((lane for lane in self._timeline.shelf.every() if lane.key == key), None)
        if lane is None and key not in self._timeline.fixed_rows():
            return
        menu, view = self._new_menu(), self._timeline.shelf.view
        menu.addAction(tr("Hide")).triggered.connect(partial(self._switch, "hidden", key))
        if lane is not None and lane.kind != COVERAGE:
            self._add(menu, tr("Show alone"), key in view.solo, partial(self._switch, "solo", key))
        if lane is not None and lane.kind == OBSERVATION:
            self._add(menu, tr("Lock"), key in view.locked, partial(self._switch, "locked", key))
        menu.addSeparator()
        menu.addAction(tr("All lanes")).triggered.connect(self.show_all)
        menu.popup(place)

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    @staticmethod
    def _add(menu: QMenu, title: str, on: bool, handler: Callable[[], None]) -> None:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _=False: handler())

    def _switch(self, switch: str, key: str, _: bool = False) -> None:
        view = self._timeline.shelf.view
        match switch:
            case "hidden":
                self._take(view.switched("hidden", key))
            case "solo":
                self._take(view.switched("solo", key))
            case _:
                self._take(view.switched("locked", key))

    def _take(self, view: LaneView) -> None:
        self._show(view)
        self._resized()

    def _show(self, view: LaneView) -> None:
        self._timeline.set_lane_view(view)
        self.changed.emit()

    def _lane(self) -> Lane | None:
        return self._timeline.current_lane()

    def _narrow(self) -> None:
        self._show(replace(self._timeline.shelf.view, words=self.field.text()))

    def _leave_field(self) -> None:
        if not self.field.text():
            self._put_field_away()

    def _put_field_away(self) -> None:
        if self.field.hasFocus():
            self._timeline.setFocus(
                Qt.FocusReason.OtherFocusReason
            )  # what hides gives the keyboard to whatever is next
        self.field.hide()
