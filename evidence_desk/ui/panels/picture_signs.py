"""What stands at the picture while its frame is on its way, cannot be had, or has a number that may still change."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QTransform

from evidence_desk.ui.panels.timeline_feed import video_facts
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_places import FAILED, LOADING, Clip, ClipPlaces
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.announce import announce
from evidence_desk.ui.widgets.buttons import ghost_button
from evidence_desk.ui.widgets.key_caps import follow_keys
from evidence_desk.ui.widgets.labels import Badge
from evidence_desk.ui.widgets.panel import PanelHeader
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.viewer import Viewer

PREVIEW_MS = 35
"""A frame that takes longer than this is preceded by a small picture: it stands within 50 ms of the request."""
_BELOW_BADGE = 8


class PictureSigns(QObject):
    """Joins the open clip to the viewer's signs and to two badges of the picture's header."""

    def __init__(self, context: RoomContext, places: ClipPlaces, viewer: Viewer, header: PanelHeader) -> None:
        super().__init__(viewer)
        self._places, self._viewer = places, viewer
        tip = tr("Its frames are listed from the packets and not counted yet: numbers may change, frame hashes do not")
        self.provisional = Badge(tr("Provisional"), tip=tip)
        self.stops = Badge("")
        for badge in (self.provisional, self.stops):
            badge.hide()
            header.add(badge)
        self.again = follow_keys(context.actions, "go.again", ghost_button(tr("Try again"), icon="redo"))
        self.again.setParent(viewer.viewport())
        self.again.setToolTip(tr("Decode this frame once more"))
        self.again.clicked.connect(context.actions.action("go.again").trigger)
        self.again.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_MS)
        self._soon.timeout.connect(self._preview)
        places.opened.connect(self._opened)
        places.state_changed.connect(self._state_changed)
        places.moved.connect(self._moved)
        places.stops_changed.connect(self._stopped)

    # ------------------------------------------------------------------------------------------------------- preview

    def _moved(self, _: object) -> None:
        if self._places.state == LOADING:
            self._soon.start()

    def _preview(self) -> None:
        clip, n = self._places.clip, self._places.n
        if clip is None or clip.thumbs is None or self._places.state != LOADING:
            return
        found = clip.thumbs.nearest(n)
        shown = self._viewer.shown
        # A step away the picture on screen says more than a small one of the same moment.
        if found is None or (shown is not None and abs(shown.n - n) <= abs(found[0] - n)):
            return
        image = QImage.fromData(found[1])
        if not image.isNull():
            turn, geometry = self._places.view.adjust.turn, geometry_of(clip)
            geometry = replace(geometry, rotation=(geometry.rotation + turn) % 360)
            turned = image.transformed(QTransform().rotate(turn)) if turn else image
            self._viewer.show_preview(turned, found[0], geometry)

    # ------------------------------------------------------------------------------------- provisional, stopped, failed

    def _opened(self) -> None:
        clip = self._places.clip
        self.provisional.setVisible(clip is not None and clip.provisional)
        self._show_stops()

    def _state_changed(self, state: str) -> None:
        if state != LOADING:
            self._soon.stop()
        if state != FAILED:
            self.again.hide()

    def _stopped(self, exhibit: str) -> None:
        self._show_stops()
        times = plural(self._places.stops[exhibit], "{count} time", "{count} times")
        announce(self._viewer, tr("{exhibit} stopped the media process {times}", exhibit=exhibit, times=times), True)

    def _show_stops(self) -> None:
        clip = self._places.clip
        count = self._places.stops[clip.exhibit.number] if clip is not None else 0
        if clip is not None and count:
            self.stops.setText(tr("Stopped ×{count}", count=number(count)))
            times = plural(count, "{count} time", "{count} times")
            tip = tr(
                "{exhibit} stopped the process that opens media {times} in this session; the case was not in its reach",
                exhibit=clip.exhibit.number,
                times=times,
            )
            self.stops.setToolTip(tip)
            self.stops.setAccessibleName(tip)
        self.stops.setVisible(bool(count))

    def show_failed(self, exhibit: str, n: int, message: str) -> None:
        """Say why a frame cannot be shown, and offer to try it again."""
        if self._places.reader.stopped_at(exhibit, n):
            message = tr(
                "The process that opens media stopped at frame {n} of {exhibit} and was replaced. What you kept and "
                "typed is safe. Go on from another frame, or try this one again.",
                n=number(n),
                exhibit=exhibit,
            )
            announce(self._viewer, message, True)
        clip = self._places.clip
        if clip is not None and not clip.path.is_file():
            message = tr(
                "{number} ({name}) is missing from the vault. Its records are safe. Put the file back as {place}, then "
                "try again.",
                number=exhibit,
                name=clip.exhibit.received_name,
                place=clip.exhibit.vault_path,
            )
        self._viewer.set_failed(exhibit, n, message)
        badge = self._viewer.badge.geometry()
        self.again.adjustSize()
        self.again.move(badge.left(), badge.bottom() + _BELOW_BADGE)
        self.again.show()
        self.again.raise_()


def geometry_of(clip: Clip) -> PictureGeometry:
    """Return how the clip's pictures lie on screen by what its container says, until one was decoded."""
    facts = video_facts(clip)
    sar = Fraction(facts.get("sar") or 1) or Fraction(1)
    width, height = clip.table.width or 16, clip.table.height or 9
    return PictureGeometry(width, height, clip.exhibit.rotation, bool(facts.get("mirrored")), sar)
