"""The regions of the frame on screen: which are shown, and what drawing, moving and withdrawing them does."""

from __future__ import annotations

from PySide6.QtCore import QObject

from evidence_desk.domain.records import Region
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.picture_geometry import Box
from evidence_desk.ui.widgets.region_paint import Shape
from evidence_desk.ui.widgets.region_view import BOX, SELECT
from evidence_desk.ui.widgets.viewer import Viewer

_NEW = "new-"


class PictureRegions(QObject):
    """Joins the viewer's hands to the records."""

    def __init__(
        self, context: RoomContext, viewer: Viewer, clip: ClipDesk, observe: ObserveDesk, form: ObservationForm
    ) -> None:
        super().__init__(viewer)
        self._context, self._viewer, self._clip, self._observe, self._form = context, viewer, clip, observe, form
        self._regions: tuple[Region, ...] = ()
        self._last: Box | None = None
        viewer.box_drawn.connect(self._drawn)
        viewer.region_moved.connect(self._moved)
        viewer.region_picked.connect(self._picked)
        viewer.withdraw_asked.connect(self._withdraw)
        observe.reloaded.connect(self.reload)
        observe.selected.connect(self.refresh)
        clip.moved.connect(self.refresh)
        clip.opened.connect(self.refresh)

    def reload(self) -> None:
        """Read the regions anew."""
        self._regions = self._context.session.case.queries.regions()
        self._tell_form()
        self.refresh()

    def _tell_form(self) -> None:
        if self._form.is_new:
            return
        mine = [r for r in self._regions if r.observation == self._observe.current]
        self._form.set_regions(len(mine), len({r.frame for r in mine}))

    def refresh(self, _: object = None) -> None:
        """Show the regions of the frame at the playhead."""
        clip = self._clip.clip
        if clip is None:
            self._viewer.set_shapes(())
            return
        n, current = self._clip.n, self._observe.current
        rows = {r.observation.number: r for r in self._observe.here()}
        shapes = []
        for region in self._regions:
            row = rows.get(region.observation)
            if row is not None and region.frame == n:
                label = f"{region.observation} {row.label}"
                mine = region.observation == current
                shapes.append(_shape(region, label, True, mine))
        if not any(s.of_selected for s in shapes):
            shapes += self._elsewhere(n, current)
        shapes += [
            Shape(f"{_NEW}{i}", "", _box(draft.points), n, tr("New observation"), True, True)
            for i, draft in enumerate(self._observe.new_regions)
            if draft.frame == n
        ]
        self._viewer.set_shapes(shapes)
        self._tell_form()

    def _elsewhere(self, n: int, current: str) -> list[Shape]:
        """Return the selected observation's boxes of another frame, dashed and saying so, while it lasts."""
        record = self._observe.observation(current) if current else None
        if record is None or record.exhibit != self._context.session.exhibit or record.first_frame is None:
            return []
        last = record.first_frame if record.last_frame is None else record.last_frame
        mine = [r for r in self._regions if r.observation == current]
        if not mine or not record.first_frame <= n <= last:
            return []
        frame = min((r.frame for r in mine), key=lambda f: (abs(f - n), f))
        label = tr("{number}, drawn on frame {frame}", number=current, frame=number(frame))
        return [_shape(r, label, False, True) for r in mine if r.frame == frame]

    # --------------------------------------------------------------------------------------------------------- hands

    def take_box(self) -> None:
        """Take the box tool in hand."""
        self._viewer.set_tool(BOX)
        self._viewer.setFocus()

    def take_select(self) -> None:
        """Take the select tool in hand."""
        self._viewer.set_tool(SELECT)
        self._viewer.setFocus()

    def repeat(self) -> None:
        """Put the box drawn last on this frame too."""
        box = self._last
        if box is None:
            self._context.session.noticed.emit(tr("No box was drawn yet. Press B and draw one."), False)
            return
        self._observe.when_exact(lambda: self._observe.add_box(box))

    def _drawn(self, box: Box) -> None:
        self._last = box
        self._observe.when_exact(lambda: self._observe.add_box(box))

    def _moved(self, region: str, box: Box) -> None:
        self._last = box
        if not region.startswith(_NEW):
            self._observe.move_box(region, box)

    def _picked(self, region: str) -> None:
        found = next((r for r in self._regions if r.number == region), None)
        if found is not None:
            self._observe.select(found.observation)

    def _withdraw(self, region: str) -> None:
        if region.startswith(_NEW) or not self._observe.writable:
            return
        title = tr("Withdraw {number}", number=region)
        reason = self._context.prompter.ask_line(title, tr("Reason"), tr("Withdraw"))
        if reason:
            self._observe.withdraw(region, reason)


def _shape(region: Region, label: str, key: bool, mine: bool) -> Shape:
    return Shape(region.number, region.observation, _box(region.points), region.frame, label, key, mine)


def _box(points: tuple[int, ...]) -> Box:
    x, y, w, h = points
    return x, y, w, h
