"""Magnifier, stored values and measuring in Review: what looks closer and leaves no record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from evidence_desk.media.sample_questions import PixelSample
from evidence_desk.ui.quick_tasks import QuickTasks
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.magnifier import Magnifier
from evidence_desk.ui.widgets.measure_overlay import MeasureOverlay
from evidence_desk.ui.widgets.viewer import Viewer


class CloserLook(QObject):
    """Joins them to the frame on screen."""

    def __init__(self, context: RoomContext, clip: ClipDesk, viewer: Viewer, room: str, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._clip, self._viewer = context.session, clip, viewer
        self._quick = QuickTasks(self)
        self._sampled: tuple[str, int, PixelSample] | None = None
        self.magnifier = Magnifier(viewer)
        self.measure = MeasureOverlay(viewer)
        self.magnifier.rested.connect(self._ask)
        self.measure.left.connect(partial(viewer.setFocus, Qt.FocusReason.OtherFocusReason))
        clip.showing.connect(self.magnifier.refresh)
        context.actions.bind("view.magnifier", self.magnifier.toggle, room=room)
        context.actions.bind("view.measure", self._toggle_measure, room=room)
        context.actions.bind("view.copy_colour", self._copy, room=room)

    def _toggle_measure(self) -> None:
        if self.measure.isHidden():
            self.measure.begin()
        else:
            self.measure.leave()

    def _ask(self, x: int, y: int) -> None:
        clip, n = self._clip.clip, self._clip.n
        if clip is None or self._clip.playing or self._viewer.is_covered or not self._viewer.is_exact:
            return
        self._quick.start(partial(_sample, self._session, clip, n, x, y), partial(self._came, clip.exhibit.number, n))

    def _came(self, exhibit: str, n: int, found: PixelSample | None) -> None:
        if found is not None and (exhibit, n) == (self._session.exhibit, self._clip.n):
            self._sampled = exhibit, n, found
            self.magnifier.show_values(found.x, found.y, (found.told(), found.read_as()))

    def _copy(self) -> None:
        """Copy the values of the magnified pixel with its whole address."""
        clip, sampled = self._clip.clip, self._sampled
        here = (
            sampled is not None and clip is not None and (sampled[0], sampled[1]) == (clip.exhibit.number, self._clip.n)
        )
        if sampled is None or clip is None or not here or (sampled[2].x, sampled[2].y) != self.magnifier.native:
            text = tr("Turn the magnifier on and rest on a pixel first; nothing was copied.")
            self._session.noticed.emit(text, False)
            return
        where = {
            "exhibit": sampled[0],
            "n": sampled[1],
            "hash": clip.hash_of(sampled[1]),
            "x": sampled[2].x,
            "y": sampled[2].y,
        }
        told = tr("{exhibit} frame {n} ({hash}), pixel {x}, {y}: {values}", **where, values=sampled[2].words())
        QGuiApplication.clipboard().setText(told)
        self._session.noticed.emit(tr("Copied: {values}", values=sampled[2].words()), False)


def _sample(session: Session, clip: Clip, n: int, x: int, y: int) -> PixelSample:
    return session.worker.sample(clip.path, clip.table, n, x, y)
