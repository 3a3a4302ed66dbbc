"""Measuring on the picture: the length of a line in pixels, its angle, and its ratio to another. Kept nowhere.

Lengths are in pixels of the picture as shown at 100 % (square pixels). They say nothing of distances in the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.regions import UNITS
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.picture_geometry import LEVEL
from evidence_desk.ui.widgets.zoomed_picture import ZoomedPicture

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line on the shown picture, from `a` to `b`."""

    a: QPointF
    b: QPointF

    @property
    def length(self) -> float:
        """Return its length in pixels of the shown picture."""
        return hypot(self.b.x() - self.a.x(), self.b.y() - self.a.y())

    @property
    def angle(self) -> float:
        """Return how far it is turned anticlockwise from the horizontal, in degrees from 0 to below 360."""
        return degrees(atan2(self.a.y() - self.b.y(), self.b.x() - self.a.x())) % 360

    def angle_to(self, other: Line) -> float:
        """Return the angle between both, in degrees from 0 to 180."""
        between = abs(self.angle - other.angle) % 360
        return min(between, 360 - between)


class MeasureOverlay(QWidget):
    """Takes the mouse and the keys while it lies over the picture. Signals: `left()`."""

    left = Signal()

    def __init__(self, viewer: ZoomedPicture) -> None:
        super().__init__(viewer.viewport())
        self._viewer = viewer
        self.line: Line | None = None
        self.reference: Line | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        viewer.viewport().installEventFilter(self)
        viewer.view_changed.connect(self.update)
        self.hide()

    def begin(self) -> None:
        """Lie over the picture with a line in its middle."""
        geometry = self._viewer.picture_geometry
        if geometry is None:
            return
        self.setGeometry(self._viewer.viewport().rect())
        if self.line is None:
            middle = self._viewer.mapToScene(self.rect().center())
            reach = geometry.shown.width() / 8
            self.line = Line(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._describe()

    def leave(self) -> None:
        """Take the lines away."""
        if not self.isHidden():
            self.line = self.reference = None
            self.hide()
            self.left.emit()

    def words(self) -> str:
        """Return what is measured."""
        line = self.line
        if line is None:
            return ""
        parts = [self._length(line), tr("{angle}° from level", angle=f"{line.angle:.1f}")]
        if self.reference is not None and self.reference.length:
            ratio, between = line.length / self.reference.length, line.angle_to(self.reference)
            parts.append(tr("{ratio} × the first line", ratio=f"{ratio:.3f}"))
            parts.append(tr("{angle}° between both", angle=f"{between:.1f}"))
        return ", ".join(parts)

    def _length(self, line: Line) -> str:
        """Return the length in shown pixels; where these are not the stored ones, both."""
        length, geometry = f"{line.length:.1f}", self._viewer.picture_geometry
        if geometry is None or (geometry.sar == 1 and geometry.tilt == LEVEL):
            return tr("{length} px", length=length)
        (ax, ay), (bx, by) = (geometry.points_to_native([place]) for place in (line.a, line.b))
        across, down = (f"{abs(v) / UNITS:.1f}" for v in (bx - ax, by - ay))
        return tr("{length} px shown ({across} × {down} as stored)", length=length, across=across, down=down)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the picture's room."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._viewer.viewport().rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a line."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = self._viewer.mapToScene(event.position().toPoint())
            self.line = Line(place, place)
            self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the line on."""
        if self.line is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.line = Line(self.line.a, self._viewer.mapToScene(event.position().toPoint()))
            self._changed()

    def event(self, event: QEvent) -> bool:
        """Take from the window's shortcuts the keys that are needed here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        copies = event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        keys = (*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        return copies or (plain and event.key() in keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the end by a pixel (Shift: ten, Alt: the other end), Enter keeps it as first line, Esc leaves."""
        key = Qt.Key(event.key())
        if not self._wants(event) or self.line is None:
            event.ignore()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in _STEPS:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            step = QPointF(_STEPS[key][0] * far, _STEPS[key][1] * far)
            begins = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            a, b = self.line.a, self.line.b
            self.line = Line(a + step, b) if begins else Line(a, b + step)
            self._changed()
        elif key == Qt.Key.Key_C:
            QGuiApplication.clipboard().setText(self.words())
        else:
            self.reference = self.line
            self._changed()

    def _changed(self) -> None:
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(tr("Measuring, {words}", words=self.words()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw both lines and what they measure."""
        theme, p = current_theme(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        to_widget = self._viewer.viewportTransform()
        for line, name in ((self.reference, "picture.region"), (self.line, "picture.region_selected")):
            if line is None:
                continue
            a, b = to_widget.map(line.a), to_widget.map(line.b)
            for color, width in (("picture.region_halo", 3.5), (name, 1.5)):
                p.setPen(
                    QPen(
                        theme.color(color),
                        width,
                        Qt.PenStyle.DashLine if line is self.reference else Qt.PenStyle.SolidLine,
                    )
                )
                p.drawLine(a, b)
                p.drawEllipse(a, 3, 3)
                p.drawEllipse(b, 3, 3)
        self._paint_words(p, to_widget.map(self.line.b) if self.line is not None else QPointF())
        p.end()

    def _paint_words(self, p: QPainter, at: QPointF) -> None:
        theme, text = current_theme(), self.words()
        hint = tr("Arrows move the end, Enter compares with this line, Ctrl C copies, Esc leaves")
        p.setFont(theme.ui_font("caption", numbers=True))
        metrics, line = p.fontMetrics(), theme.px(20)
        wide = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(hint)) + 16
        x = min(max(at.x() + 12, 4), max(self.width() - wide - 4, 4))
        y = min(max(at.y() + 12, 4), max(self.height() - 2 * line - 8, 4))
        ground = theme.color("picture.label_bg")
        ground.setAlphaF(0.86)
        p.fillRect(QRectF(x, y, wide, 2 * line + 4), ground)
        p.setPen(theme.color("picture.label_text"))
        p.drawText(QRectF(x + 8, y + 2, wide - 16, line), Qt.AlignmentFlag.AlignVCenter, text)
        p.drawText(QRectF(x + 8, y + 2 + line, wide - 16, line), Qt.AlignmentFlag.AlignVCenter, hint)
