"""The picture as it is shown: one decoded frame, its zoom, and signs for whatever is not exact."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, percent, tr
from evidence_desk.ui.widgets.picture_badge import PictureBadge
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry, geometry_of

MARGIN = 8.0
NEAREST_ABOVE = 2.0
"""Above this zoom each stored pixel is drawn as a square: nothing is smoothed that a reader might take for detail."""
ZOOM_STEP = 1.25


class PictureView(QGraphicsView):
    """Shows what it is given and says so when that is not the frame asked for.

    Signals: `zoom_changed(str)` the text for the zoom field.
    """

    zoom_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewer")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem()
        self._item.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self._scene.addItem(self._item)
        self.setScene(self._scene)
        self._geometry: PictureGeometry | None = None
        self._shown: Shown | None = None
        self._asked: tuple[str, int, str] | None = None
        self._count = 0
        self._fit = True
        self._badge = PictureBadge(self.viewport())
        self._badge.move(12, 12)
        self._reduced = False
        keeper().changed.connect(self._recolour)
        self._recolour()
        self._describe()

    # ------------------------------------------------------------------------------------------------------ picture

    @property
    def shown(self) -> Shown | None:
        """Return the picture on screen, None where there is none."""
        return self._shown

    @property
    def is_exact(self) -> bool:
        """Tell whether the frame asked for is on screen, as it was hashed at intake."""
        return self._shown is not None and self._asked is None and self._shown.picture.exact

    @property
    def badge(self) -> PictureBadge:
        """Return the sign over the picture."""
        return self._badge

    @property
    def picture_geometry(self) -> PictureGeometry | None:
        """Return how stored pixels lie on the picture that is shown."""
        return self._geometry

    def clear(self, title: str = "", text: str = "", icon: str = "exhibit_video") -> None:
        """Show no picture; the words say why and what to do."""
        self._shown, self._geometry, self._asked, self._count = None, None, None, 0
        self._item.setPixmap(QPixmap())
        self._item.setOpacity(1.0)
        self._badge.say(icon, title, text)
        self._describe()
        self.viewport().update()

    def set_picture(self, shown: Shown, count: int) -> None:
        """Put a picture on screen; `count` is how many frames its exhibit has."""
        picture = shown.picture
        geometry = geometry_of(picture)
        fresh = geometry != self._geometry
        self._shown, self._geometry, self._asked, self._count = shown, geometry, None, count
        pixmap = QPixmap.fromImage(self._may_show(shown.exhibit, shown.n, shown.image))
        self._item.setPixmap(pixmap)
        size = geometry.shown
        # A reduced picture is laid over the same place: regions and zoom never depend on how many pixels came.
        self._item.setTransform(QTransform.fromScale(size.width() / pixmap.width(), size.height() / pixmap.height()))
        self._item.setOpacity(1.0)
        if fresh:
            self._scene.setSceneRect(QRectF(0, 0, size.width(), size.height()))
            self.fit()
        if self._reduced:
            self._badge.say("play", tr("Preview"), tr("Frames are left out while playing. Pause to see each frame."))
        elif picture.exact:
            self._badge.say("", "")
        else:
            note = picture.note or tr("The picture decoded now is not the one hashed at intake.")
            self._badge.say("warn", tr("Not the exact frame"), note, "status.warn")
        self._describe()

    def set_loading(self, exhibit: str, n: int, count: int) -> None:
        """Say that frame n is on its way; what is on screen is dimmed until it is there."""
        self._count = count
        if self._shown is not None and (self._shown.exhibit, self._shown.n) == (exhibit, n):
            return
        self._asked = (exhibit, n, "")
        self._describe()

    def show_waiting(self) -> None:
        """Dim the picture on screen and say which frame is awaited; nothing where none is."""
        if self._asked is None or self._asked[2]:
            return
        self._item.setOpacity(0.65)
        self._badge.say("jobs", tr("Frame {n} is being decoded", n=number(self._asked[1])))

    def set_failed(self, exhibit: str, n: int, message: str) -> None:
        """Say that frame n cannot be shown; no other picture stands in for it."""
        self._asked = (exhibit, n, message)
        self._item.setOpacity(0.0)
        self._badge.say("error", tr("Frame {n} cannot be shown", n=number(n)), message, "status.danger")
        self._describe()

    def _may_show(self, exhibit: str, n: int, image: QImage) -> QImage:
        """Return frame n of an exhibit as it may be shown."""
        return image

    def set_reduced(self, reduced: bool) -> None:
        """Say that play leaves frames out, or take that back; the sign follows with the next picture."""
        self._reduced = reduced
        if not reduced and self._badge.title == tr("Preview"):
            self._badge.say("", "")

    # --------------------------------------------------------------------------------------------------------- zoom

    def zoom_text(self) -> str:
        """Return the zoom for people: `Fit, 54 %`."""
        shown = (
            percent(round(self._zoom() * 1000), 1000) if self._zoom() <= 1 else f"{round(self._zoom() * 100)}\u202f%"
        )
        return tr("Fit, {percent}", percent=shown) if self._fit else shown

    def _zoom(self) -> float:
        """Return device pixels per picture pixel."""
        return self.transform().m11() * self.devicePixelRatioF()

    def fit(self) -> None:
        """Show the whole picture, as large as it goes, and keep doing so when the room changes."""
        self._fit = True
        if self._geometry is None:
            return
        size, room = self._geometry.shown, self.viewport().size()
        scale = min((room.width() - 2 * MARGIN) / size.width(), (room.height() - 2 * MARGIN) / size.height())
        self._set_scale(max(scale, 0.01))
        self._centre()

    def zoom_to(self, factor: float) -> None:
        """Show the picture at a factor: 1.0 is one picture pixel per pixel of the screen."""
        self._fit = False
        self._set_scale(factor / self.devicePixelRatioF())
        self._centre()

    def look_at(self, place: QPointF, factor: float) -> None:
        """Show a place of the picture (in shown pixels) in the middle, at a factor as for `zoom_to`."""
        self._fit = False
        self._set_scale(factor / self.devicePixelRatioF())
        self._move_to(place, QPointF(self.viewport().rect().center()))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or reduce; the place `at` (in the widget) stays under the hand."""
        if self._geometry is None:
            return
        place = at if at is not None else QPointF(self.viewport().rect().center())
        before = self.mapToScene(place.toPoint())
        self._fit = False
        self._set_scale(min(max(self.transform().m11() * factor, 0.02), 32.0))
        self._move_to(before, place)

    def _set_scale(self, scale: float) -> None:
        nearest = scale * self.devicePixelRatioF() > NEAREST_ABOVE
        mode = Qt.TransformationMode.FastTransformation if nearest else Qt.TransformationMode.SmoothTransformation
        self._item.setTransformationMode(mode)
        self.setTransform(QTransform.fromScale(scale, scale))
        self.zoom_changed.emit(self.zoom_text())

    def _centre(self) -> None:
        if self._geometry is not None:
            size = self._geometry.shown
            self._move_to(QPointF(size.width() / 2, size.height() / 2), QPointF(self.viewport().rect().center()))

    def _move_to(self, scene: QPointF, place: QPointF) -> None:
        """Lay the scene so that a point of it comes to a place of the widget, whatever the scroll range would allow."""
        scale, room = self.transform().m11(), self.viewport().size()
        if self._geometry is None:
            return
        left, top = scene.x() - place.x() / scale, scene.y() - place.y() / scale
        seen = QRectF(left, top, room.width() / scale, room.height() / scale)
        self.setSceneRect(seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture fitted, or its middle in the middle."""
        super().resizeEvent(event)
        self._badge.resize(self._badge.sizeHint())
        if self._fit:
            self.fit()
        elif self._geometry is not None:
            seen = self.sceneRect()
            self._move_to(seen.center(), QPointF(self.viewport().rect().center()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def _recolour(self) -> None:
        self.setBackgroundBrush(current_theme().color("picture.surround"))
        self.viewport().update()

    def _state_words(self) -> str:
        """Return how the picture on screen stands to the frame asked for."""
        return tr("exact") if self.is_exact else tr("not the frame asked for")

    def _describe(self) -> None:
        if self._shown is None:
            self.setAccessibleName(tr("Picture, none shown"))
            return
        exhibit, n = self._shown.exhibit, self._shown.n
        state = self._state_words()
        count = number(self._count)
        name = tr("Picture, {exhibit}, frame {n} of {count}, {state}", exhibit=exhibit, n=n, count=count, state=state)
        self.setAccessibleName(name)
