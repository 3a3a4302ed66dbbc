"""Two clips on one axis: where each has frames, where it has none, the moments they share, and the place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_desk.domain.time import clock
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.compare_paint import hatch

Span = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Bands:
    """What is drawn, in seconds of the first clip: its name and stretches, those of the second, and the moments."""

    first: str
    second: str
    whole: Span
    first_spans: tuple[Span, ...]
    second_spans: tuple[Span, ...]
    moments: tuple[tuple[Fraction, Fraction], ...] = ()


class GapBands(QWidget):
    """Signals: `seek(Fraction)` the time, in seconds of the first clip, that was clicked."""

    seek = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bands: Bands | None = None
        self._at = Fraction(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keeper().changed.connect(self.updateGeometry)
        self.setToolTip(tr("Hatched: no frame there. Diamonds: shared moments. Click to go to a time."))

    def set_bands(self, bands: Bands | None) -> None:
        """Draw these."""
        self._bands = bands
        self.setVisible(bands is not None)
        self._describe()
        self.update()

    def set_time(self, seconds: Fraction) -> None:
        """Move the place."""
        self._at = seconds
        self.update()

    def sizeHint(self) -> QSize:
        """Two bands."""
        return QSize(320, 2 * self._row() + 8)

    def _row(self) -> int:
        return current_theme().px(18)

    def _label(self) -> float:
        return float(current_theme().px(64))

    def x_of(self, seconds: Fraction) -> float:
        """Return where a time lies in the widget."""
        assert self._bands is not None
        start, end = self._bands.whole
        share = float((seconds - start) / (end - start)) if end > start else 0.0
        return self._label() + share * (self.width() - self._label() - 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the time under the pointer."""
        room = self.width() - self._label() - 8
        if self._bands is None or event.button() != Qt.MouseButton.LeftButton or room <= 0:
            return
        share = Fraction(round(event.position().x() - self._label()), round(room))
        start, end = self._bands.whole
        self.seek.emit(start + min(max(share, Fraction(0)), Fraction(1)) * (end - start))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw both bands."""
        if self._bands is None:
            return
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = ((self._bands.first, self._bands.first_spans), (self._bands.second, self._bands.second_spans))
        for k, (name, spans) in enumerate(rows):
            self._paint_row(painter, k, name, spans)
        painter.setPen(QPen(theme.color("text.primary"), 1))
        painter.setBrush(theme.color("timeline.suggestion"))
        for a, b in self._bands.moments:
            upper, lower = QPointF(self.x_of(a), self._middle(0)), QPointF(self.x_of(b), self._middle(1))
            painter.drawLine(upper, lower)
            for place in (upper, lower):
                painter.drawPolygon(
                    QPolygonF([place + QPointF(dx, dy) for dx, dy in ((0, -5), (5, 0), (0, 5), (-5, 0))])
                )
        x = self.x_of(self._at)
        painter.setPen(QPen(theme.color("accent.line"), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _middle(self, row: int) -> float:
        return 4 + row * self._row() + self._row() / 2

    def _paint_row(self, painter: QPainter, row: int, name: str, spans: tuple[Span, ...]) -> None:
        assert self._bands is not None
        theme = current_theme()
        top, height = 4.0 + row * self._row(), float(self._row() - 4)
        painter.setFont(theme.ui_font("small"))
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(
            QRectF(8, top, self._label() - 12, height),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            name,
        )
        whole = QRectF(
            QPointF(self.x_of(self._bands.whole[0]), top), QPointF(self.x_of(self._bands.whole[1]), top + height)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hatch(theme.color("status.warn")))
        painter.drawRect(whole)
        painter.setBrush(theme.color("timeline.coverage_1x"))
        for start, end in spans:
            painter.drawRect(QRectF(QPointF(self.x_of(start), top), QPointF(self.x_of(end), top + height)))
        self._name_gaps(painter, top, height, spans)

    def _name_gaps(self, painter: QPainter, top: float, height: float, spans: tuple[Span, ...]) -> None:
        """Write "no frame" where a gap has the room for it: the pattern does not stand alone."""
        assert self._bands is not None
        theme, words = current_theme(), tr("no frame")
        edges = [self._bands.whole[0], *(edge for span in spans for edge in span), self._bands.whole[1]]
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 8
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            left, right = self.x_of(start), self.x_of(end)
            if right - left > width + 8:
                area = QRectF((left + right - width) / 2, top, width, height)
                painter.fillRect(area, theme.color("surface.panel"))
                painter.setPen(theme.color("status.warn"))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
                painter.setPen(Qt.PenStyle.NoPen)

    def _describe(self) -> None:
        if self._bands is None:
            return
        parts = []
        for name, spans in (
            (self._bands.first, self._bands.first_spans),
            (self._bands.second, self._bands.second_spans),
        ):
            stretches = ", ".join(f"{clock(a)} to {clock(b)}" for a, b in spans)
            parts.append(tr("{name} has frames {stretches}", name=name, stretches=stretches))
        self.setAccessibleName("; ".join(parts))
