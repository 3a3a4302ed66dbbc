"""Builds rooms when they are first shown, piece by piece, shows one at a time, and drops them when the case closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from evidence_desk.domain.errors import NotFound
from evidence_desk.domain.records import (
    ACQUISITION,
    CASE_SHEET,
    CLAIM,
    EXHIBIT,
    LINK,
    OBSERVATION,
    PROPOSITION,
    QUESTION,
    REGION,
    SOURCE,
    Observation,
    kind_of,
)
from evidence_desk.ui.app_filters import unwatched
from evidence_desk.ui.collecting import let_go, settle
from evidence_desk.ui.load_ahead import load_ahead
from evidence_desk.ui.room_building import RoomBuilding
from evidence_desk.ui.room_frame import RoomFrame
from evidence_desk.ui.rooms import RoomContext, RoomSpec
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.shown_in_turn import show_in_turn
from evidence_desk.ui.translate import tr
from evidence_desk.ui.window_bars import RoomsBar

_LOADED = object()
# In which room a kind of record is shown.
_HOMES = {
    OBSERVATION: "review",
    REGION: "review",
    EXHIBIT: "review",
    ACQUISITION: "intake",
    CASE_SHEET: "intake",
    SOURCE: "claims",
    CLAIM: "claims",
    PROPOSITION: "claims",
    LINK: "claims",
    QUESTION: "claims",
}


class RoomStack(QObject):
    """A room that is asked for the first time is shown once it is built; until then the one before stays.

    Signals: `status_changed()` when the shown room's counts change; `shown(str id)` a room has become the shown one.
    """

    status_changed = Signal()
    shown = Signal(str)

    def __init__(self, rooms: Sequence[RoomSpec], context: RoomContext, stack: QStackedWidget, bar: RoomsBar) -> None:
        super().__init__(stack)
        self._specs = {room.id: room for room in rooms}
        self._context, self._stack, self._bar = context, stack, bar
        self._rooms: dict[str, Room] = {}
        self._frames: dict[str, RoomFrame] = {}
        self._coming: RoomBuilding | None = None
        self._later: list[str] = []
        self._ahead: Iterator[None] = iter(())
        self._loading = QTimer(self)
        self._loading.timeout.connect(self._load_on)
        self.current = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The rooms in the order of the bar."""
        return tuple(self._specs)

    def title(self, id_: str) -> str:
        """Return a room's name as the bar shows it."""
        return tr(self._specs[id_].title)

    def load_ahead(self) -> None:
        """Begin to load what the rooms are made of, while nothing else is done."""
        self._ahead = load_ahead()
        self._loading.start(0)

    def _load_on(self) -> None:
        with unwatched():
            if next(self._ahead, _LOADED) is _LOADED:
                self._loading.stop()

    @property
    def is_settled(self) -> bool:
        """Tell whether no room is being built."""
        return self._coming is None

    def room(self, id_: str) -> Room:
        """Return a room, built now if it was not shown yet."""
        self.arrive()
        if id_ not in self._rooms:
            room = self._begin(id_)
            with unwatched():
                room.build_on()
            self._built(id_, room)
        return self._rooms[id_]

    def show(self, id_: str) -> None:
        """Make a room the shown one, once it is built."""
        self.arrive()
        if id_ in self._rooms:
            self._enter(id_)
        else:
            self._bar.show_room(id_)
            self._build(id_, show=True)

    def prepare(self, id_: str) -> None:
        """Build a room by and by without showing it."""
        if self._coming is not None:
            self._later.append(id_)
        elif id_ not in self._rooms:
            self._build(id_, show=False)

    def arrive(self) -> None:
        """Finish the room that is being built: something is asked of it."""
        if self._coming is not None:
            self._coming.finish()

    def _begin(self, id_: str) -> Room:
        with unwatched():
            room = self._specs[id_].build(self._context)
            room.status_changed.connect(self.status_changed)
            self._frames[id_] = RoomFrame(room)
            self._stack.addWidget(self._frames[id_])
        return room

    def _build(self, id_: str, show: bool) -> None:
        self._loading.stop()
        self._coming = RoomBuilding(self._pieces(id_), partial(self._arrived, id_, show), self)
        self._coming.start()

    def _pieces(self, id_: str) -> Iterator[None]:
        yield from self._ahead
        room = self._begin(id_)
        yield
        yield from room.pieces()
        self._built(id_, room)

    def _arrived(self, id_: str, show: bool) -> None:
        settle()
        if self._coming is not None:
            self._coming.deleteLater()
            self._coming = None
        if show:
            show_in_turn(self._rooms[id_], self._rooms[id_].in_turn)
            self._enter(id_)
        if self._later:
            self.prepare(self._later.pop(0))

    def _built(self, id_: str, room: Room) -> None:
        self._rooms[id_] = room
        self._context.actions.room_is_built(id_)

    def _enter(self, id_: str) -> None:
        room = self._rooms[id_]
        if self.current and self.current != id_:
            self._rooms[self.current].leave()
        self.current = id_
        self._stack.setCurrentWidget(self._frames[id_])
        self._bar.show_room(id_)
        actions = self._context.actions
        for other in self._specs:
            actions.action(f"room.{other}").setChecked(other == id_)
        actions.set_room(id_)
        self.shown.emit(id_)
        room.enter()
        self.status_changed.emit()

    def show_record(self, number: str) -> None:
        """Show a record in its room and make it the current one."""
        session = self._context.session
        try:
            record = session.case.queries.get(number)
        except NotFound as error:
            session.failed.emit(error)
            return
        kind = kind_of(number)
        home = _HOMES.get(kind, self.current) if kind is not None else self.current
        if home not in self._specs:
            return
        self.show(home)
        self.arrive()
        if isinstance(record, Observation):
            session.select_exhibit(record.exhibit)
            session.select_observation(number)
        elif kind is EXHIBIT:
            session.select_exhibit(number)
        self._rooms[home].show_record(number)

    def go_to(self, exhibit: str, frame: int) -> None:
        """Show a frame in Review."""
        if "review" in self._specs:
            self.show("review")
            self.arrive()
            self._rooms["review"].go_to(exhibit, frame)

    def place(self, text: str) -> tuple[str, int] | None:
        """Return exhibit and frame that a typed text names in Review, None where no clip is open; raises as Review."""
        return self._rooms["review"].place(text) if "review" in self._rooms else None

    def take_in(self, files: Sequence[Path]) -> None:
        """Hand files to the shown room, or to the one that is about to be."""
        self.arrive()
        if self.current:
            self._rooms[self.current].take_in(files)

    def take_focus(self) -> None:
        """Put the keyboard where the work of the shown room is done."""
        if self.current:
            self._rooms[self.current].take_focus()

    def escape(self) -> None:
        """Let the shown room go one level back."""
        if self.current:
            self._rooms[self.current].escape()

    def next_panel(self) -> None:
        """Move the focus to the next panel of the shown room."""
        if self.current:
            self._rooms[self.current].next_panel()

    def status(self) -> str:
        """The counts of the shown room."""
        return self._rooms[self.current].status() if self.current else ""

    def unkept(self) -> str:
        """Name what would be lost on closing, "" for nothing."""
        return ", ".join(text for text in (room.unkept() for room in self._rooms.values()) if text)

    def release(self) -> None:
        """Drop all rooms; the case is about to close."""
        self._later.clear()
        self.arrive()
        # The shown one last: without it the next would be dressed and shown.
        for id_ in sorted(self._rooms, key=self.current.__eq__):
            self._rooms[id_].release()
            frame = self._frames.pop(id_)
            with unwatched():
                self._stack.removeWidget(frame)
            frame.deleteLater()
        self._context.actions.unbind_rooms(self._rooms)
        self.current = ""
        self._rooms.clear()
        let_go()
