"""The lanes of Review: what they hold, and observations that are moved, split and merged on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from evidence_desk.domain.records import Observation
from evidence_desk.domain.regions import key_frames_of, runs_of
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.models.observations import ObservationRow
from evidence_desk.ui.panels.lane_menu import LaneMenu
from evidence_desk.ui.pieces import Pieces, at_once, parts
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_cuts import cut_frames, neighbour
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.lane_making import LaneMaking
from evidence_desk.ui.widgets.timeline_content import frames_text
from evidence_desk.ui.widgets.timeline_drag import Drag
from evidence_desk.ui.widgets.timeline_lanes import CATEGORY, OBSERVER, Lane
from evidence_desk.ui.widgets.timeline_shelf import LaneView

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

ROOM = "review"
_AT_ONCE = 3000
"""Observations up to which the lanes are built at once; for more the window must not wait."""
_NUDGE_MS = 500
"""Presses that follow one another within this time are one step."""


@dataclass(slots=True)
class _Nudged:
    record: Observation
    first: int
    last: int


class LaneHands(QObject):
    """Fills the lanes and does to observations what the hand, or a key, does to their bars."""

    def __init__(self, context: RoomContext, room: ReviewRoom) -> None:
        super().__init__(room)
        self._context, self._room, self._session = context, room, context.session
        self._timeline = room.centre.timeline
        self._timeline.writable = self._session.writable
        self._by = CATEGORY
        self._making, self._work = LaneMaking(), ByAndBy(self)
        self._nudged: _Nudged | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_NUDGE_MS)
        self._rest.timeout.connect(self._keep_nudged)
        self.menu = LaneMenu(self._timeline, room.centre.fit_timeline, room.centre)
        room.centre.add_lane_tools(self.menu.field)
        self._timeline.span_moved.connect(self._moved)
        self._timeline.lane_reached.connect(self._scroll_to)
        room.observe.selected.connect(self._keep_nudged)
        room.observe.selected.connect(self._bring_into_view)
        self._bind_all()

    def _bind(self, id_: str, handler: Callable[[], object], enabled: Callable[[], bool] | None = None) -> None:
        self._context.actions.bind(id_, handler, enabled, room=ROOM)

    def _bind_all(self) -> None:
        self._bind("view.lanes", lambda: self.menu.open_at(self._room.centre.lanes_button))
        self._bind("view.lane_words", self.menu.ask_words)
        self._bind("view.lane_alone", self.menu.switch_alone)
        self._bind("view.lane_lock", self.menu.switch_lock)
        self._bind("view.lanes_all", self.menu.show_all)
        self._bind("view.lanes_by", self._switch_by)
        self._bind("view.lanes_higher", partial(self.menu.make_higher, 1))
        self._bind("view.lanes_lower", partial(self.menu.make_higher, -1))
        self._bind("go.next_mark", partial(self._go_mark, 1))
        self._bind("go.prev_mark", partial(self._go_mark, -1))
        for name, first, last in (("first", 1, 0), ("last", 0, 1), ("span", 1, 1)):
            for word, by in (("earlier", -1), ("later", 1)):
                handler = partial(self._nudge, first * by, last * by)
                self._bind(f"observe.{name}_{word}", handler, self._has_frames)
        self._bind("observe.first_here", partial(self._edge_here, True), self._has_frames)
        self._bind("observe.last_here", partial(self._edge_here, False), self._has_frames)
        self._bind("observe.cut_here", partial(self._room.observe.when_exact, self._split), self._has_frames)
        self._bind("observe.merge", self._merge, self._has_frames)

    # ------------------------------------------------------------------------------------------------------- showing

    def show(self) -> None:
        """Fill the lanes with the observations of the clip that is open."""
        clip, observe = self._room.clip.clip, self._room.observe
        if clip is None:
            return
        ticks: dict[str, set[int]] = {}
        runs: dict[str, tuple[tuple[int, int], ...]] = {}
        for region in self._session.case.queries.regions():
            if region.life == "keyed":
                frames = key_frames_of(region)
                ticks.setdefault(region.observation, set()).update(k.frame for k in frames)
                runs[region.observation] = (*runs.get(region.observation, ()), *runs_of(frames))
        keys = {of: tuple(sorted(numbers)) for of, numbers in ticks.items()}
        made = self._fill(observe.here(), partial(self._making.pieces, by=self._by, ticks=keys, runs=runs))
        if len(observe.here()) > _AT_ONCE:
            self._work.begin(made)
            if not any(lane.bars for lane in self._timeline.lanes):
                self._room.centre.tell_lanes(tr("reading…"))
        else:
            self._work.stop()
            at_once(made)

    def _fill(self, rows: Sequence[ObservationRow], make: Callable[..., Pieces[tuple[Lane, ...]]]) -> Pieces[None]:
        clip, held = self._room.clip.clip, list[Observation]()
        if clip is None:
            return
        for part in parts(rows):
            held += [row.observation for row in part]
            yield
        lanes = yield from make(held, self._room.observe.terms, clip.clock)
        self._timeline.set_lanes(lanes)
        used, total = sum(bool(lane.bars) for lane in lanes), len(lanes)
        text = tr("{used} of {total} lanes hold observations", used=used, total=total) if total else ""
        self._room.centre.tell_lanes(text)

    def _switch_by(self) -> None:
        self._by = OBSERVER if self._context.actions.action("view.lanes_by").isChecked() else CATEGORY
        self.show()
        self._room.centre.fit_timeline()
        self.menu.changed.emit()

    def _bring_into_view(self, wanted: str) -> None:
        place = self._timeline.shelf.place_of(wanted)
        if place is not None:
            self._scroll_to(place[0])

    def _scroll_to(self, lane: int) -> None:
        """Scroll to a lane, where the lanes have more height than room."""
        row = next((r for r in self._timeline.rows if r.lane == lane), None)
        holder = self._timeline.parentWidget()
        area = holder.parentWidget() if holder is not None else None
        if row is not None and isinstance(area, QScrollArea):
            area.ensureVisible(0, row.top + row.height // 2, 0, row.height // 2 + 4)

    def kept(self) -> dict[str, Any]:
        """Return how the lanes are shown, for the next time."""
        return {**self._timeline.shelf.view.to_json(), "by": self._by}

    def take(self, kept: object) -> None:
        """Show the lanes as they were kept, as usual where nothing was."""
        self._by = OBSERVER if isinstance(kept, dict) and kept.get("by") == OBSERVER else CATEGORY
        self._context.actions.action("view.lanes_by").setChecked(self._by == OBSERVER)
        self.menu.restore(LaneView.from_json(kept))

    def _go_mark(self, direction: int) -> None:
        """Go to the next or previous cut that is recorded or pointed at, seen from the playhead."""
        clip, observe = self._room.clip.clip, self._room.observe
        if clip is None:
            return
        frames = cut_frames([r.observation for r in observe.here()], observe.terms, self._timeline.lanes)
        found = neighbour(frames, self._room.clip.n, direction)
        if found is not None:
            if not frames[found] or observe.select(frames[found]):
                self._room.clip.go(found)
            return
        exhibit = clip.exhibit.number
        if not frames:
            text = tr("No cut is recorded or pointed at in {exhibit}", exhibit=exhibit)
        elif direction > 0:
            text = tr("No cut is recorded or pointed at after this frame of {exhibit}", exhibit=exhibit)
        else:
            text = tr("No cut is recorded or pointed at before this frame of {exhibit}", exhibit=exhibit)
        self._session.noticed.emit(text, False)

    # ------------------------------------------------------------------------------------------------------- editing

    def _record(self) -> Observation | None:
        record = self._room.observe.observation(self._room.observe.current) if self._room.observe.current else None
        clip = self._room.clip.clip
        if record is None or clip is None or record.exhibit != clip.exhibit.number:
            return None
        return record if record.first_frame is not None and record.last_frame is not None else None

    def _has_frames(self) -> bool:
        return self._record() is not None

    def _is_locked(self, record: Observation) -> bool:
        shelf = self._timeline.shelf
        place = shelf.place_of(record.number)
        if place is None or not shelf.is_locked(shelf.shown[place[0]]):
            return False
        title = self._timeline.lane_title(shelf.shown[place[0]])
        self._session.noticed.emit(tr("The lane {lane} is locked; nothing was moved.", lane=title), False)
        return True

    def _moved(self, wanted: str, first: int, last: int) -> None:
        record = self._room.observe.observation(wanted)
        if record is not None:
            self._move(record, first, last)

    def _move(self, record: Observation, first: int, last: int) -> None:
        """Keep other frames for an observation, once what the form holds is kept."""
        if (first, last) == (record.first_frame, record.last_frame) or not self._room.observe.settle():
            return
        now = self._room.observe.observation(record.number)
        refs = self._refs(first, last)
        if now is None or refs is None:
            return
        done = tr("{number} now has {frames}", number=now.number, frames=frames_text(first, last))
        self._session.run(commands.move_span(now, *refs), done)

    def _refs(self, *frames: int) -> tuple[FrameRef, FrameRef] | None:
        """Return the identities of two frames; None, with a word, where a picture was not read yet."""
        clip = self._room.clip.clip
        if clip is None:
            return None
        missing = clip.unseen(*frames)
        if missing:
            text = tr("Frame {n} is not counted yet; nothing was moved. Go there first.", n=number(missing[0]))
            self._session.noticed.emit(text, False)
            return None
        return clip.ref(frames[0]), clip.ref(frames[1])

    def _edge_here(self, first: bool) -> None:
        record, n = self._record(), self._room.clip.n
        if record is None or record.first_frame is None or record.last_frame is None or self._is_locked(record):
            return
        a, b = (n, max(record.last_frame, n)) if first else (min(record.first_frame, n), n)
        self._room.observe.when_exact(partial(self._move, record, a, b))

    def _nudge(self, first: int, last: int) -> None:
        """Move an edge by a frame: shown at once, kept when the key rests."""
        record, clip = self._record(), self._room.clip.clip
        if record is None or clip is None or self._is_locked(record):
            return
        held = self._nudged
        if held is None or held.record.number != record.number:
            self._keep_nudged()
            held = _Nudged(record, record.first_frame or 0, record.last_frame or 0)
        a, b = held.first + first, held.last + last
        if not 0 <= a <= b < len(clip.clock):
            return
        held.first, held.last = a, b
        self._nudged = held
        place = self._timeline.shelf.place_of(record.number)
        if place is not None:
            bar = self._timeline.shelf.shown[place[0]].bars[place[1]]
            self._timeline.show_held(Drag(bar, "first" if first else "last", a, a, b))
        self._room.clip.go(a if first else b)
        self._rest.start()

    def _keep_nudged(self, _: str = "") -> None:
        self._rest.stop()
        held, self._nudged = self._nudged, None
        if held is not None:
            self._timeline.show_held(None)
            self._move(held.record, held.first, held.last)

    def _split(self) -> None:
        record, n = self._record(), self._room.clip.n
        if record is None or self._is_locked(record) or not self._room.observe.settle():
            return
        record = self._record()
        refs = self._refs(max(n - 1, 0), n)
        if record is not None and refs is not None:
            done = tr("{number} split; its links stay with the first part", number=record.number)
            self._run(commands.split_observation(record, *refs), done)

    def _merge(self) -> None:
        """Merge with the next observation of the same term in clip order."""
        record = self._record()
        if record is None or self._is_locked(record) or not self._room.observe.settle():
            return
        record = self._record()
        if record is None:
            return
        later = (row.observation for row in self._room.observe.kept_rows.after(record))
        other = next((o for o in later if o.term == record.term and o.first_frame is not None), None)
        if other is None:
            self._session.noticed.emit(tr("No later observation has the term of {number}", number=record.number), False)
            return
        done = tr("{second} merged into {first}", second=other.number, first=record.number)
        self._run(commands.merge_observations(record, other), done)

    def _run(self, command: Command, done: str) -> None:
        self._session.run(command, done)
