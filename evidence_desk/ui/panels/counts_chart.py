"""The counts chart: stated numbers above, counted ones below, one axis. Shape tells what a bound means, not colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_desk.domain.counts import StatedCount
from evidence_desk.ui.models.count_rows import ClaimedRow, CountRows, ObservedRow
from evidence_desk.ui.theme import Theme, current_theme
from evidence_desk.ui.translate import tr

_LEFT = 12
_RIGHT_ROOM = 96
_DOT = 5.0


class CountsChart(QWidget):
    """Paints the rows; Up and Down move over them, each read as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = CountRows()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Counts, claimed and observed"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: CountRows) -> None:
        """Draw these rows instead of the ones before."""
        self._rows, self._current = rows, 0
        self.updateGeometry()
        self._tell()
        self.update()

    def sentences(self) -> tuple[str, ...]:
        """Return every row as it is read out."""
        return tuple(row.sentence() for _, row in self._tops())

    def sizeHint(self) -> QSize:
        """Return the height of all rows with their two headings and the axis."""
        return QSize(
            560, round(self._observed_top() + max(1, len(self._rows.observed)) * self._step() + current_theme().px(26))
        )

    def minimumSizeHint(self) -> QSize:
        """Return the least the rows need."""
        return QSize(320, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move the current row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        count = len(self.sentences())
        if not step or not count:
            super().keyPressEvent(event)
            return
        self._move(max(0, min(count - 1, self._current + step)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the row under the pointer current."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        tops = [top for top, _ in self._tops()]
        for number, top in enumerate(tops):
            if top <= event.position().y() < top + self._step():
                self._move(number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current row."""
        super().focusInEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw headings, grid, rows and axis."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._grid(painter, theme)
        for number, (top, row) in enumerate(self._tops()):
            if self.hasFocus() and number == self._current:
                painter.setPen(QPen(theme.color("accent.line"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(2, top + 1, self.width() - 4, self._step() - 2), 3, 3)
            self._words(painter, theme, top, row)
            if isinstance(row, ClaimedRow):
                self._claimed(painter, theme, top + self._step() / 2, row.stated)
            else:
                self._observed(painter, theme, top + self._step() / 2, row)
        painter.end()

    # -- geometry

    def _step(self) -> float:
        return float(current_theme().px(23))

    def _claimed_top(self) -> float:
        return float(current_theme().px(26))

    def _observed_top(self) -> float:
        return self._claimed_top() + max(1, len(self._rows.claimed)) * self._step() + current_theme().px(36)

    def _tops(self) -> list[tuple[float, ClaimedRow | ObservedRow]]:
        step = self._step()
        rows: list[tuple[float, ClaimedRow | ObservedRow]] = []
        rows += [(self._claimed_top() + i * step, row) for i, row in enumerate(self._rows.claimed)]
        rows += [(self._observed_top() + i * step, row) for i, row in enumerate(self._rows.observed)]
        return rows

    def _axis_left(self) -> float:
        return min(float(current_theme().px(286)), self.width() * 0.42)

    def _axis_end(self) -> tuple[int, int]:
        """Return the last number of the axis and the step of its ticks."""
        largest = self._rows.largest + max(1, self._rows.largest // 5)
        tick = next(t for t in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**4, 10**5, 10**9) if largest / t <= 10)
        return -(-largest // tick) * tick, tick

    def _x(self, value: float) -> float:
        left, right = self._axis_left(), self.width() - _RIGHT_ROOM
        return left + value / self._axis_end()[0] * max(40.0, right - left)

    # -- painting

    def _grid(self, painter: QPainter, theme: Theme) -> None:
        end, tick = self._axis_end()
        caption = theme.ui_font("caption", numbers=True)
        bottom = self._observed_top() + max(1, len(self._rows.observed)) * self._step()
        box = QRectF(self._x(0), self._claimed_top(), self._x(end) - self._x(0), bottom - self._claimed_top())
        painter.fillRect(box, theme.color("surface.window"))
        painter.setFont(caption)
        for value in range(0, end + 1, tick):
            x = round(self._x(value)) + 0.5
            painter.setPen(QPen(theme.color("line.hair"), 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, bottom))
            painter.setPen(theme.color("text.secondary"))
            painter.drawText(QRectF(x - 60, bottom + 4, 120, theme.px(18)), Qt.AlignmentFlag.AlignHCenter, str(value))
        between = self._observed_top() - theme.px(26)
        painter.setPen(QPen(theme.color("line.strong"), 1))
        painter.drawLine(QPointF(0, between + 0.5), QPointF(self.width(), between + 0.5))
        painter.setFont(theme.ui_font("small"))
        painter.setPen(theme.color("text.primary"))
        line = theme.px(22)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(_LEFT, 2, 200, line), middle, tr("Claimed"))
        painter.drawText(QRectF(_LEFT, between + 3, 200, line), middle, tr("Observed"))
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(
            QRectF(self._x(0), 2, self.width() - self._x(0), line), middle, tr("Number of people or things")
        )
        if not self._rows.claimed:
            self._absent(painter, theme, self._claimed_top(), tr("No proposition states a number that can be read."))
        if not self._rows.observed:
            self._absent(painter, theme, self._observed_top(), tr("No count is linked yet."))

    def _absent(self, painter: QPainter, theme: Theme, top: float, text: str) -> None:
        painter.setFont(theme.ui_font("caption"))
        painter.setPen(theme.color("text.tertiary"))
        room = QRectF(self._x(0) + 8, top, self.width() - self._x(0) - 16, self._step())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _words(self, painter: QPainter, theme: Theme, top: float, row: ClaimedRow | ObservedRow) -> None:
        mono, font = theme.mono_font("caption", QFont.Weight.Medium), theme.ui_font("small")
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(mono)
        painter.setPen(theme.color("text.secondary"))
        left = _LEFT + QFontMetricsF(mono).horizontalAdvance("CL-000.0 ") + 4
        painter.drawText(QRectF(_LEFT, top, left - _LEFT, self._step()), middle, row.number)
        text = f"“{row.stated.phrase}”" if isinstance(row, ClaimedRow) else row.place
        painter.setFont(font)
        painter.setPen(theme.color("text.primary"))
        room = self._axis_left() - left - 8
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top, room, self._step()), middle, shown)

    def _claimed(self, painter: QPainter, theme: Theme, y: float, stated: StatedCount) -> None:
        color = theme.color("text.secondary")
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(color)
        if stated.about is not None:
            self._about(painter, theme, y, stated.about)
            return
        left = self._x(stated.low if stated.low is not None else 0)
        right = self._x(stated.high if stated.high is not None else self._axis_end()[0])
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        if stated.high is None:
            painter.drawPolyline(QPolygonF([QPointF(right - 6, y - 4), QPointF(right, y), QPointF(right - 6, y + 4)]))
        if stated.low is None:
            painter.drawPolyline(QPolygonF([QPointF(left + 6, y - 4), QPointF(left, y), QPointF(left + 6, y + 4)]))
        for bound, is_open, x in ((stated.low, stated.low_open, left), (stated.high, stated.high_open, right)):
            if bound is not None:
                painter.setBrush(theme.color("surface.window") if is_open else color)
                painter.drawEllipse(QPointF(x, y), _DOT, _DOT)

    def _about(self, painter: QPainter, theme: Theme, y: float, about: int) -> None:
        x, color = self._x(about), theme.color("text.secondary")
        pen = QPen(color, 1.6, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x - 38, y), QPointF(x + 38, y))
        painter.setPen(QPen(color, 1))
        half = _DOT + 0.5
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])
        )
        painter.setFont(theme.ui_font("caption"))
        room = QRectF(x + 44, y - 20, self.width() - x - 44, 40)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tr("no bounds stated"))

    def _observed(self, painter: QPainter, theme: Theme, y: float, row: ObservedRow) -> None:
        low, best, high = row.count
        color = theme.color("accent.line")
        painter.setPen(QPen(color, 1.8))
        painter.drawLine(QPointF(self._x(low), y), QPointF(self._x(high), y))
        for value in (low, high):
            painter.drawLine(QPointF(self._x(value), y - 5), QPointF(self._x(value), y + 5))
        painter.fillRect(QRectF(self._x(best) - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT), color)
        x = self._x(high) + 10
        painter.setPen(theme.color("text.primary"))
        for text, weight in ((f"{low} – ", 0), (str(best), 1), (f" – {high}", 0)):
            font = theme.ui_font("small", QFont.Weight.DemiBold if weight else QFont.Weight.Normal)
            painter.setFont(font)
            painter.drawText(QRectF(x, y - 24, 160, 48), Qt.AlignmentFlag.AlignVCenter, text)
            x += QFontMetricsF(font).horizontalAdvance(text)

    # -- reading out

    def _move(self, number: int) -> None:
        self._current = number
        self._tell()
        self.update()

    def _tell(self) -> None:
        sentences = self.sentences()
        self.setAccessibleDescription(sentences[self._current] if sentences else self._rows.note())
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
