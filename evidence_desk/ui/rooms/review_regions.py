"""The regions of the frame on screen: which are shown, and what drawing, moving and withdrawing them does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import (
    BETWEEN,
    CONFIRMED,
    TRACKED,
    WORDED,
    KeyFrame,
    Placed,
    absent,
    key_frames_of,
    placed,
    present,
    stamp_at,
)
from evidence_desk.services import commands
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_nudges import Nudges
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.region_shapes import ABSENT, ELSEWHERE, Shape
from evidence_desk.ui.widgets.shape_drawing import SELECT
from evidence_desk.ui.widgets.viewer import Viewer

_NEW = "new-"


class PictureRegions(QObject):
    """Joins the viewer's hands to the records.

    Signals: `changed()` the regions shown, or the one that the keyboard works on, are others.
    """

    changed = Signal()

    def __init__(
        self, context: RoomContext, viewer: Viewer, clip: ClipDesk, observe: ObserveDesk, form: ObservationForm
    ) -> None:
        super().__init__(viewer)
        self._context, self._viewer, self._clip, self._observe, self._form = context, viewer, clip, observe, form
        self._regions: tuple[Region, ...] = ()
        self._last: tuple[str, tuple[int, ...], str] | None = None
        self._instances = self._choose_new = False
        viewer.tool_changed.connect(self._tool_changed)
        viewer.shape_drawn.connect(self._drawn)
        self._nudges = Nudges(viewer, self._moved_on)
        viewer.region_moved.connect(self._moved)
        viewer.region_picked.connect(self._picked)
        viewer.words_asked.connect(self.ask_words)
        viewer.withdraw_asked.connect(self._withdraw)
        observe.reloaded.connect(self.reload)
        observe.selected.connect(self.refresh)
        clip.moved.connect(self._stepped)
        clip.opened.connect(self.refresh)

    def rest(self) -> None:
        """Keep what was moved by key just now."""
        self._nudges.flush()

    def _stepped(self, _: object = None) -> None:
        self.rest()
        self.refresh()

    def reload(self) -> None:
        """Read the regions anew."""
        before = {r.number for r in self._regions}
        self._regions = self._context.session.case.queries.regions()
        self._tell_form()
        self.refresh()
        if self._choose_new:
            self._choose_new = False
            for region in self._regions:
                if region.number not in before:
                    self._viewer.choose_region(region.number)

    def _tell_form(self) -> None:
        if self._form.is_new:
            return
        mine = self.of_current()
        self._form.set_regions(len(mine), len({k.frame for r in mine for k in present(key_frames_of(r))}))

    # -------------------------------------------------------------------------------------------------------- shown

    def refresh(self, _: object = None) -> None:
        """Show the regions of the frame at the playhead."""
        clip = self._clip.clip
        if clip is None:
            self._viewer.set_shapes(())
            self.changed.emit()
            return
        n, current = self._clip.n, self._observe.current
        shapes = []
        for region in self._regions:
            row = self._observe.row_here(region.observation)
            stamp = stamp_at(clip.table, n) if region.life == "keyed" else None
            here = placed(region, n, self.span_of(region), stamp) if row is not None else None
            gone = absent(region, n) if row is not None and region.observation == current else None
            if gone is not None:
                shapes.append(_absent(region, gone))
            if row is not None and here is not None:
                label = _standing(f"{region.observation} {row.label}", here)
                shapes.append(_shape(region, here, label, n, mine=region.observation == current))
        if not any(s.of_selected for s in shapes):
            shapes += self._elsewhere(n, current)
        for i, draft in enumerate(self._observe.new_regions):
            if draft.frame == n:
                words, new = draft.label, tr("New observation")
                shapes.append(
                    Shape(f"{_NEW}{i}", "", draft.points, n, new, of_selected=True, kind=draft.shape, words=words)
                )
        self._viewer.set_shapes([self._nudges.laid(shape) for shape in shapes])
        self._tell_form()
        self.changed.emit()

    def span_of(self, region: Region) -> tuple[int, int] | None:
        """Return first and last frame of a region's observation, None where it names none."""
        record = self._observe.observation(region.observation)
        if record is None or record.first_frame is None:
            return None
        return record.first_frame, record.first_frame if record.last_frame is None else record.last_frame

    def chosen(self) -> Region | None:
        """Return the region that the keyboard works on: the one picked, or the only one of the selected observation."""
        picked = self.find(self._viewer.chosen_region)
        if picked is not None:
            return picked
        mine = [r for r in self._regions if r.observation == self._observe.current]
        return mine[0] if len(mine) == 1 else None

    def find(self, wanted: str) -> Region | None:
        """Return a region in force by its number."""
        return next((r for r in self._regions if r.number == wanted), None)

    def _elsewhere(self, n: int, current: str) -> list[Shape]:
        """Return the selected observation's regions of another frame, dashed and saying so, while it lasts."""
        record = self._observe.observation(current) if current else None
        if record is None or record.exhibit != self._context.session.exhibit or record.first_frame is None:
            return []
        last = record.first_frame if record.last_frame is None else record.last_frame
        mine = [r for r in self._regions if r.observation == current]
        if not mine or not record.first_frame <= n <= last:
            return []
        frame = min((r.frame for r in mine), key=lambda f: (abs(f - n), f))
        label = tr("{number}, drawn on frame {frame}", number=current, frame=number(frame))
        there = Placed((), ELSEWHERE)
        return [_shape(r, Placed(r.points, there.how), label, frame, mine=True) for r in mine if r.frame == frame]

    # --------------------------------------------------------------------------------------------------------- hands

    def take(self, tool: str) -> None:
        """Take a tool in hand."""
        self._viewer.set_tool(tool)
        self._viewer.setFocus()

    def take_box(self) -> None:
        """Take the box tool in hand."""
        self.take("box")

    def take_select(self) -> None:
        """Take the select tool in hand."""
        self.take(SELECT)

    def take_instances(self) -> None:
        """Take the point in hand, and keep it, for marks of those that the selected observation counts."""
        self.take("point")
        self._viewer.hold_tool()
        self._instances = True

    def _tool_changed(self, _: str) -> None:
        self._instances = False

    def of_current(self) -> list[Region]:
        """Return the regions of the selected observation."""
        return [r for r in self._regions if r.observation == self._observe.current]

    def repeat(self) -> None:
        """Put the shape drawn last on this frame too."""
        last = self._last
        if last is None:
            self._context.session.noticed.emit(tr("No region was drawn yet. Press B and draw a box."), False)
            return
        kind, points, words = last
        self._observe.when_exact(lambda: self._observe.add_shape(points, kind, words))

    def _drawn(self, kind: str, points: tuple[int, ...]) -> None:
        if kind == "point" and self._instances:
            here = sum(r.purpose == "instance" and r.frame == self._clip.n for r in self.of_current())
            mark = partial(self._observe.add_shape, points, kind, str(here + 1), purpose="instance")
            self._observe.when_exact(mark)
        elif kind in WORDED:
            text = f"{self._next_number()} " if kind == "callout" else ""
            self._viewer.ask_words(kind, points, text, lambda words: self._keep(kind, points, words))
        else:
            self._keep(kind, points, "")

    def _keep(self, kind: str, points: tuple[int, ...], words: str) -> None:
        """Keep a shape and let the keyboard work on it at once."""
        self._last = kind, points, words

        def add() -> None:
            self._choose_new = True
            self._observe.add_shape(points, kind, words)
            self._choose_new = False

        self._observe.when_exact(add)

    def _next_number(self) -> int:
        """Return the number after the highest of the callouts of the selected observation, 1 where there is none."""
        mine = [r.label for r in self._regions if r.observation == self._observe.current and r.shape == "callout"]
        mine += [d.label for d in self._observe.new_regions if d.shape == "callout"]
        numbers = [int(first) for first in (words.partition(" ")[0] for words in mine) if first.isdecimal()]
        return max(numbers, default=0) + 1

    def _moved(self, wanted: str, points: tuple[int, ...]) -> None:
        self._moved_on(wanted, self._clip.n, points)

    def _moved_on(self, wanted: str, n: int, points: tuple[int, ...]) -> None:
        """Keep where a region was moved to on frame `n`, and say so."""
        region, clip = self.find(wanted), self._clip.clip
        if region is None or clip is None:
            return
        self._last = region.shape, points, region.label
        done = tr("{number} moved", number=wanted)
        if region.life != "keyed":
            self._context.session.run(commands.place_region(region, n, "", points, clip.stamp), done)
            return

        def place() -> None:
            self._context.session.run(commands.place_region(region, n, clip.hash_of(n), points, clip.stamp), done)

        if n == self._clip.n:
            self._observe.when_exact(place)
        else:
            place()

    def ask_words(self, wanted: str) -> None:
        """Ask for a region's words, on the picture where it stands."""
        region = self.find(wanted)
        shape = next((s for s in self._viewer.shapes if s.number == wanted), None)
        if region is not None and shape is not None and self._observe.writable:
            self._viewer.ask_words(shape.kind, shape.points, region.label, lambda words: self._word(region, words))

    def _word(self, region: Region, words: str) -> None:
        if words != region.label:
            self._context.session.run(commands.edit(region.number, {"label": words}, region.revision))

    def _picked(self, wanted: str) -> None:
        found = self.find(wanted)
        if found is not None:
            self._observe.select(found.observation)
        self.changed.emit()

    def _withdraw(self, region: str) -> None:
        if region.startswith(_NEW) or not self._observe.writable:
            return
        title = tr("Withdraw {number}", number=region)
        reason = self._context.prompter.ask_line(title, tr("Reason"), tr("Withdraw"))
        if reason:
            self._observe.withdraw(region, reason)


def _standing(label: str, here: Placed) -> str:
    """Return a region's label with how it stands here, where no person put it here."""
    if here.how == BETWEEN:
        words = tr("between tracked frames") if here.by == TRACKED else tr("between key frames")
    elif here.by == TRACKED:
        words = tr("tracked, not yet looked at")
    elif here.by == CONFIRMED:
        words = tr("tracked, accepted")
    else:
        return label
    return f"{label} · {words}"


def _absent(region: Region, gone: KeyFrame) -> Shape:
    """Return a region of which a key frame says that it is not in the picture: its label alone."""
    label = tr("{number} not in the picture from frame {n}", number=region.number, n=number(gone.frame))
    if gone.by == TRACKED:
        label = tr("{number} lost from frame {n}, not yet looked at", number=region.number, n=number(gone.frame))
    return Shape(region.number, region.observation, gone.points, gone.frame, label, ABSENT, True, region.shape, gone.by)


def _shape(region: Region, here: Placed, label: str, n: int, *, mine: bool) -> Shape:
    return Shape(
        region.number, region.observation, here.points, n, label, here.how, mine, region.shape, here.by, region.label
    )
