"""Both pictures of a comparison: the one at the playhead, and one that a reader of its own fetches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.sync import SHOWN, Extent
from evidence_desk.ui.frame_reader import FrameReader, Shown, Wanted
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk


@dataclass(frozen=True, slots=True)
class Pair:
    """The clip beside the one under review, and when each of both has pictures."""

    first: Clip
    other: Clip
    first_extent: Extent
    other_extent: Extent

    @property
    def one_clip(self) -> bool:
        """Tell whether both are frames of one exhibit."""
        return self.first.exhibit.number == self.other.exhibit.number


class ComparePictures(QObject):
    """Holds both pictures and asks for the second one.

    Side A is the clip desk's own; side B has a reader of its own. Signals: `turned(bool)` comparing began or ended;
    `paired()` another clip, or none yet, stands beside; `synced_anew()` the shared moments changed or the way of
    stepping; `changed()` one of both pictures changed.
    """

    turned = Signal(bool)
    paired = Signal()
    synced_anew = Signal()
    changed = Signal()

    def __init__(
        self, context: RoomContext, desk: ClipDesk, shown: Callable[[], Shown | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._on_screen = context, desk, shown
        self.on = False
        self.pair: Pair | None = None
        self.n = 0
        self.place = SHOWN
        self.shown: tuple[Shown | None, Shown | None] = (None, None)
        self.failed = ""
        self._reader: FrameReader | None = None
        desk.showing.connect(self._first_shown)
        desk.view_changed.connect(self._ask)

    def _turn(self, on: bool) -> None:
        self.on = on
        if on:
            self.shown = (self._on_screen(), None)
        self.turned.emit(on)

    def _ask(self) -> None:
        if self.pair is None or not self.on:
            return
        shown = self.shown[1]
        view = self._desk.view_of(self.pair.other.exhibit.number)
        if self.place == SHOWN and (shown is None or (shown.n, shown.view) != (self.n, view)):
            clip = self.pair.other
            self.failed = ""
            self.reader.request(Wanted(clip.exhibit.number, clip.path, clip.table, self.n, view=view))
        self.changed.emit()

    @property
    def reader(self) -> FrameReader:
        """Return the reader of side B, begun at first use."""
        if self._reader is None:
            self._reader = FrameReader(lambda: self._context.session.worker, self)
            self._reader.arrived.connect(self._other_shown)
            self._reader.failed.connect(self._other_failed)
        return self._reader

    def _first_shown(self, shown: Shown) -> None:
        if self.on:
            self.shown = (shown, self.shown[1])
            self.changed.emit()

    def _other_shown(self, shown: Shown) -> None:
        if self.pair is None or shown.exhibit != self.pair.other.exhibit.number:
            return
        if shown.picture.provisional and shown.picture.hash:
            self.pair.other.seen[shown.n] = (shown.picture.hash, shown.picture.pts)
        self.shown = (self.shown[0], shown)
        self.changed.emit()

    def _other_failed(self, exhibit: str, n: int, message: str) -> None:
        if self.pair is not None and (exhibit, n) == (self.pair.other.exhibit.number, self.n):
            self.failed, self.shown = message, (self.shown[0], None)
            self.changed.emit()

    def close(self) -> None:
        """Stop the reader of side B."""
        self.on = False
        if self._reader is not None:
            self._reader.close()
