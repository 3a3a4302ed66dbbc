"""What the window asks of every room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.rooms import RoomContext


class Room(QWidget):
    """A place of the window for one part of the work.

    Built once a case is open and dropped when it closes, so the case never changes under a room. It may be built in
    pieces, so that the window lives meanwhile; before the last one it is neither shown nor asked anything.

    Signals: `status_changed()` when `status()` gives another text.
    """

    status_changed = Signal()

    def __init__(self, context: RoomContext, in_pieces: bool = False) -> None:
        """Build the room, at once or, with `in_pieces`, as `pieces` is asked for them."""
        super().__init__()
        self.context = context
        self.session = context.session
        self.actions_ = context.actions
        self.is_built = False
        self.in_turn: tuple[QWidget, ...] = ()
        """What is painted part after part when the room comes to be shown for the first time."""
        self._pieces = self.build_up()
        if not in_pieces:
            self.build_on()

    def build_up(self) -> Iterator[None]:
        """Make the parts of the room; stops after each that takes a while."""
        return iter(())

    def pieces(self) -> Iterator[None]:
        """Build what is left, stopping after each piece."""
        yield from self._pieces
        self.is_built = True

    def build_on(self) -> None:
        """Build what is left, now."""
        for _ in self.pieces():
            pass

    def enter(self) -> None:
        """The room has become the shown one: take the focus, bring up to date."""

    def leave(self) -> None:
        """Another room is about to be shown: stop playing."""

    def take_focus(self) -> None:
        """Put the keyboard where the room's work is done."""
        self.setFocus()

    def escape(self) -> bool:
        """Go one level back; tell whether there was a level."""
        return False

    def next_panel(self) -> None:
        """Move the focus to the next panel of the room."""
        self.focusNextChild()

    def take_in(self, files: Sequence[Path]) -> None:
        """Files were chosen or dropped anywhere in the window; only Intake takes them."""

    def show_record(self, number: str) -> None:
        """Show a record that belongs to this room."""

    def go_to(self, exhibit: str, frame: int) -> None:
        """Show a frame of an exhibit; only Review does."""

    def place(self, text: str) -> tuple[str, int] | None:
        """Return exhibit and frame that a typed text names; only Review does, None elsewhere and without a clip."""

    def unkept(self) -> str:
        """Name what would be lost on closing, "" for nothing, e.g. `the form of OB-004`."""
        return ""

    def status(self) -> str:
        """The counts for the status line, e.g. `14 observations, 2 without a link`."""
        return ""

    def release(self) -> None:
        """The case is about to close: drop subscriptions, timers and threads."""
