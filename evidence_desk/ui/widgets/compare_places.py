"""Where two compared pictures lie: their panes, and the zoom and place that both share."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QWidget

SIDE, WIPE, DIFFERENCE, BLINK = "side", "wipe", "difference", "blink"
MODES = (SIDE, WIPE, DIFFERENCE, BLINK)
LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 0.02, 64.0, 1.25
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class CompareSide:
    """One of both pictures as it stands now.

    `image` is None where there is nothing to show and `note` says why; `size` is that of the picture at 100 %.
    `awaited` tells that the picture is not of the frame that was asked for; `hash` is the shown frame's, "" unknown.
    """

    caption: str
    image: QImage | None = None
    size: QSizeF = field(default_factory=QSizeF)
    note: str = ""
    awaited: bool = False
    hash: str = ""
    missing: bool = False


class ComparePlaces(QWidget):
    """Holds both sides and says where each picture lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sides = (CompareSide(""), CompareSide(""))
        self._mode = SIDE
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)

    @property
    def sides(self) -> tuple[CompareSide, CompareSide]:
        """Return both sides as they are shown."""
        return self._sides

    @property
    def mode(self) -> str:
        """Return the way of comparing, one of MODES."""
        return self._mode

    @property
    def zoom(self) -> float:
        """Return how many times larger than fitted both pictures are."""
        return self._zoom

    def fit(self) -> None:
        """Show both whole."""
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or reduce both; the place `at` (in the widget) stays under the hand."""
        before = self._relative(at) if at is not None else None
        self._zoom = min(max(self._zoom * factor, LEAST_ZOOM), MOST_ZOOM)
        if at is not None and before is not None:
            after = self._relative(at)
            if after is not None:
                self._middle += before - after
        self.update()

    def one_to_one(self) -> None:
        """Show side A with one pixel of the picture for each of the screen; side B keeps its share of its pane."""
        place = self.place(0)
        if not place.isEmpty():
            self.zoom_by(self._sides[0].size.width() / (place.width() * self.devicePixelRatioF()))

    def pan_by(self, right: float, down: float) -> None:
        """Look further right and down, in shares of a pane."""
        place, pane = self.place(0), self.pane(0)
        if not place.isEmpty():
            self._middle += QPointF(right * pane.width() / place.width(), down * pane.height() / place.height())
            self.update()

    def pane(self, side: int) -> QRectF:
        """Return the room of a side in the widget."""
        whole = QRectF(self.rect())
        if self._mode != SIDE:
            return whole
        if whole.width() >= whole.height():
            width = (whole.width() - _GAP) / 2
            return QRectF(side * (width + _GAP), 0, width, whole.height())
        height = (whole.height() - _GAP) / 2
        return QRectF(0, side * (height + _GAP), whole.width(), height)

    def place(self, side: int) -> QRectF:
        """Return where the picture of a side lies in the widget, beyond its pane where it is enlarged."""
        pane, size = self.pane(side), self._sides[side].size
        if size.isEmpty():
            return QRectF()
        scale = min(pane.width() / size.width(), pane.height() / size.height()) * self._zoom
        width, height = size.width() * scale, size.height() * scale
        middle = pane.center()
        return QRectF(middle.x() - self._middle.x() * width, middle.y() - self._middle.y() * height, width, height)

    def _side_at(self, at: QPointF) -> int:
        return 1 if self._mode == SIDE and self.pane(1).contains(at) else 0

    def _relative(self, at: QPointF) -> QPointF | None:
        side = self._side_at(at)
        place = self.place(side)
        if place.isEmpty():
            return None
        return QPointF((at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height())

    # ---------------------------------------------------------------------------------------------------------- hand

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()
