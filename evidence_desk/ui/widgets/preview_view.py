"""The picture, and what stands in for it: a small one until it is decoded; a number that may still change says so."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.region_view import RegionView


class PreviewView(RegionView):
    """Shows previews, which are never counted as the frame. Signals: those of the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._stands_in: int | None = None
        super().__init__(parent)

    @property
    def is_exact(self) -> bool:
        """Tell whether the frame asked for is on screen, as it was hashed at intake; a provisional number never is."""
        return super().is_exact and self._shown is not None and not self._shown.picture.provisional

    @property
    def previewing(self) -> bool:
        """Tell whether a small picture stands in for the frame that is on its way."""
        return self._stands_in is not None

    def show_preview(self, image: QImage, stands_in: int, geometry: PictureGeometry) -> None:
        """Lay the small picture of frame `stands_in` where the awaited frame will be; nothing where none is awaited."""
        if self._asked is None or self._asked[2]:
            return
        fresh = geometry != self._geometry
        self._stands_in, self._shown, self._geometry = stands_in, None, geometry
        exhibit, awaited, _ = self._asked
        may_show = self._may_show(exhibit, awaited, self._may_show(exhibit, stands_in, image))
        size, pixmap = geometry.shown, QPixmap.fromImage(may_show)
        self._item.setPixmap(pixmap)
        self._item.setTransform(QTransform.fromScale(size.width() / pixmap.width(), size.height() / pixmap.height()))
        self._item.setOpacity(0.65)
        if fresh:
            self._scene.setSceneRect(QRectF(0, 0, size.width(), size.height()))
            self.fit()
        text = tr(
            "A small picture of frame {near}, until frame {n} is decoded.",
            near=number(stands_in),
            n=number(self._asked[1]),
        )
        self._badge.say("jobs", tr("Preview"), text)
        self._describe()
        self.viewport().update()

    def set_picture(self, shown: Shown, count: int) -> None:
        """Put a picture on screen; one under a provisional number says so."""
        self._stands_in = None
        super().set_picture(shown, count)
        if shown.picture.provisional and shown.picture.hash and not self._reduced:
            spoken = tr("The frames are not counted yet: this number may change, the frame hash does not.")
            self._badge.say("hash", tr("Provisional number"), "", "status.warn", spoken=spoken)

    def set_failed(self, exhibit: str, n: int, message: str) -> None:
        """Say that frame n cannot be shown; no other picture stands in for it."""
        self._stands_in = None
        super().set_failed(exhibit, n, message)

    def clear(self, title: str = "", text: str = "", icon: str = "exhibit_video") -> None:
        """Show no picture and no regions; the words say why and what to do."""
        self._stands_in = None
        super().clear(title, text, icon)

    def show_waiting(self) -> None:
        """Say which frame is awaited, unless a preview does."""
        if not self.previewing:
            super().show_waiting()

    def _state_words(self) -> str:
        shown = self._shown
        if shown is not None and self._asked is None and shown.picture.provisional and shown.picture.hash:
            return tr("provisional number")
        return super()._state_words()

    def _describe(self) -> None:
        super()._describe()
        if self._stands_in is not None and self._asked is not None:
            exhibit, n, _ = self._asked
            near = number(self._stands_in)
            text = tr(
                "Picture, {exhibit}, preview of frame {n} by frame {near}, not exact", exhibit=exhibit, n=n, near=near
            )
            self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rule a preview through from corner to corner, so that it is taken for none of the frames at a glance."""
        super().paintEvent(event)
        if self._stands_in is None or self._geometry is None:
            return
        size = self._geometry.shown
        place = self._to_widget(QRectF(0, 0, size.width(), size.height()))
        painter = QPainter(self.viewport())
        line = current_theme().color("picture.label_text")
        painter.setPen(QPen(line, 2, Qt.PenStyle.DashLine))
        painter.drawRect(place)
        line.setAlphaF(0.35)
        painter.setPen(QPen(line, 1, Qt.PenStyle.DashLine))
        painter.drawLine(place.topLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomLeft())
        painter.end()
