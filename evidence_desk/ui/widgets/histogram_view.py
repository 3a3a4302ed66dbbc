"""The spread of luma over a picture, without and with the adjustments; the levels are lines on it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_desk.media.adjustments import Adjustments, Histogram
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, tr


class HistogramView(QWidget):
    """Area: the picture as it is; line: as it is shown. Heights grow with the logarithm of the counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Histogram | None = None
        self._values = Adjustments()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def found(self) -> Histogram | None:
        """Return what is drawn, None where nothing was counted yet."""
        return self._found

    def show_counts(self, found: Histogram | None, values: Adjustments) -> None:
        """Draw other counts and the levels of these adjustments."""
        self._found, self._values = found, values
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, current_theme().px(72))

    def _describe(self) -> None:
        if self._found is None:
            self.setAccessibleName(tr("Histogram, not counted yet"))
            return
        low, high = self._found.spread()
        self.setAccessibleName(
            tr("Histogram: luma lies between {low} and {high} of 0 to 255", low=number(low), high=number(high))
        )

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw area, line and levels."""
        theme, p = current_theme(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        p.fillRect(room, theme.color("picture.surround"))
        if self._found is not None:
            quiet = theme.color("picture.label_text")
            quiet.setAlphaF(0.35)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(quiet)
            p.drawPolygon(_outline(self._found.before, room, closed=True))
            if self._found.after != self._found.before:
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.setPen(QPen(theme.color("picture.region_selected"), 1.2))
                p.drawPolyline(_outline(self._found.after, room, closed=False))
        p.setPen(QPen(theme.color("picture.label_text"), 1, Qt.PenStyle.DashLine))
        for level in (self._values.black, self._values.white):
            x = room.left() + room.width() * level / 255
            p.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(theme.color("line.control"), 1))
        p.drawRect(room)
        p.end()


def _outline(counts: Sequence[int], room: QRectF, *, closed: bool) -> QPolygonF:
    most = log1p(max(*counts, 1))
    points = [
        QPointF(room.left() + room.width() * v / 255, room.bottom() - room.height() * 0.96 * log1p(count) / most)
        for v, count in enumerate(counts)
    ]
    return QPolygonF([room.bottomLeft(), *points, room.bottomRight()] if closed else points)
