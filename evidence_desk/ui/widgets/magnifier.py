"""The magnifier: the pixels around the pointer, large and as squares, with place and values of the middle one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.zoomed_picture import ZoomedPicture

CELLS = 21
CELL = 10.0
_LINES, _LINE, _WORDS, _LEAST_CELLS = 5, 18, 190, 7
_GAP = 24
DWELL_MS = 150
"""How long the pointer rests before the stored values of its pixel are asked for."""


class Magnifier(QWidget):
    """Lies over the picture and follows the pointer, out of its way.

    Signals: `rested(int x, int y)` the pointer rests on a native pixel.
    """

    rested = Signal(int, int)

    def __init__(self, viewer: ZoomedPicture) -> None:
        super().__init__(viewer.viewport())
        self._viewer = viewer
        self._place = QPointF()
        self._cells, self._beside = CELLS, False
        self._native: tuple[int, int] | None = None
        self._values: tuple[str, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DWELL_MS)
        self._rest.timeout.connect(self._tell)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        viewer.viewport().installEventFilter(self)
        viewer.view_changed.connect(self.refresh)
        self.hide()

    @property
    def native(self) -> tuple[int, int] | None:
        """Return the native pixel in the middle, None where there is none."""
        return self._native

    def toggle(self) -> None:
        """Show it at the pointer, in the middle of the picture where the pointer is elsewhere, or put it away."""
        if not self.isHidden():
            self.hide()
            return
        port = self._viewer.viewport()
        place = QPointF(port.mapFromGlobal(self._viewer.cursor().pos()))
        self._follow(place if QRectF(port.rect()).contains(place) else QPointF(port.rect().center()))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer."""
        if not self.isHidden() and event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._follow(event.position())
        return super().eventFilter(watched, event)

    def refresh(self, _: object = None) -> None:
        """Show the same place of another frame or zoom."""
        if not self.isHidden():
            self._follow(self._place)

    def show_values(self, x: int, y: int, words: tuple[str, ...]) -> None:
        """Take the stored values of a pixel, in lines; those of another than the middle one are dropped."""
        if (x, y) == self._native:
            self._values = words
            self.update()

    def _follow(self, place: QPointF) -> None:
        self._place, self._values = place, ()
        self._native = self._pixel_at(place)
        room = self._viewer.viewport().size()
        self._fit(room.height())
        x = place.x() + _GAP if place.x() + _GAP + self.width() < room.width() else place.x() - _GAP - self.width()
        y = place.y() + _GAP if place.y() + _GAP + self.height() < room.height() else place.y() - _GAP - self.height()
        y = min(y, room.height() - self.height())
        self.move(QPoint(round(max(x, 0)), round(max(y, 0))))
        self.setAccessibleName(tr("Magnifier, {words}", words=", ".join(self.lines())))
        self._rest.start()
        self.update()

    def _fit(self, room: int) -> None:
        """Put the words below the pixels; in a picture too low for both beside them, and fewer pixels at need."""
        words = _LINES * current_theme().px(_LINE)
        below = round(CELLS * CELL) + words + 6
        self._beside = below > room
        fitting = int((room - 2) / CELL) if self._beside else CELLS
        self._cells = max(_LEAST_CELLS, min(CELLS, fitting - 1 + fitting % 2))
        side = round(self._cells * CELL)
        if self._beside:
            self.resize(side + current_theme().px(_WORDS) + 8, max(side + 2, words + 4))
        else:
            self.resize(max(side + 2, current_theme().px(_WORDS) + 12), below)

    def _pixel_at(self, place: QPointF) -> tuple[int, int] | None:
        geometry = self._viewer.picture_geometry
        if geometry is None or self._viewer.shown is None:
            return None
        scene = self._viewer.mapToScene(place.toPoint())
        if not QRectF(QPointF(0, 0), geometry.shown).contains(scene):
            return None
        inverse, _ = geometry.transform().inverted()
        native = inverse.map(scene)
        return min(int(native.x()), geometry.width - 1), min(int(native.y()), geometry.height - 1)

    def _image(self) -> QImage:
        """Return the picture as it may be shown: under its cover where it has one."""
        return self._viewer.shown_image()

    def _shown_at(self) -> QPointF:
        """Return the middle's place in the shown image."""
        image, geometry = self._image(), self._viewer.picture_geometry
        scene = self._viewer.mapToScene(self._place.toPoint())
        if geometry is None or image.isNull():
            return QPointF()
        return QPointF(
            scene.x() * image.width() / geometry.shown.width(), scene.y() * image.height() / geometry.shown.height()
        )

    def lines(self) -> tuple[str, ...]:
        """Return what is said below: the native pixel, the colour as shown, the stored values once they are there."""
        if self._native is None:
            return (tr("Not on the picture"),)
        x, y = self._native
        found = [tr("Pixel {x}, {y} as stored", x=x, y=y)]
        image, at = self._image(), self._shown_at()
        column, row = int(at.x()), int(at.y())
        if image.valid(column, row):
            color = image.pixelColor(column, row)
            rgb = {"red": color.red(), "green": color.green(), "blue": color.blue()}
            found.append(tr("Shown: R {red}, G {green}, B {blue}", **rgb))
        return (*found, *self._values)

    def _tell(self) -> None:
        if self._native is not None and not self.isHidden():
            self.rested.emit(*self._native)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the pixels as squares, the middle one framed, and the words."""
        theme, p = current_theme(), QPainter(self)
        cells, side = self._cells, self._cells * CELL
        p.fillRect(self.rect(), theme.color("picture.label_bg"))
        image, at = self._image(), self._shown_at()
        column, row = int(at.x()) - cells // 2, int(at.y()) - cells // 2
        for k in range(cells):
            for i in range(cells):
                if image.valid(column + i, row + k):
                    p.fillRect(QRectF(1 + i * CELL, 1 + k * CELL, CELL, CELL), image.pixelColor(column + i, row + k))
        middle = QRectF(1 + cells // 2 * CELL, 1 + cells // 2 * CELL, CELL, CELL)
        for name, width in (("picture.region_halo", 3), ("picture.region", 1)):
            p.setPen(QPen(theme.color(name), width))
            p.drawRect(middle)
        p.setPen(QPen(theme.color("picture.region"), 1))
        p.drawRect(QRectF(0.5, 0.5, side + 1, side + 1))
        p.setFont(theme.ui_font("caption", numbers=True))
        p.setPen(theme.color("picture.label_text"))
        line = theme.px(_LINE)
        left, top = (side + 6, 2.0) if self._beside else (6.0, side + 4)
        width = int(self.width() - left - 6)
        rows = [row for said in self.lines() for row in broken(said, p.fontMetrics(), width)]
        for k, text in enumerate(rows):
            room = QRectF(left, top + k * line, width, line)
            words = p.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            p.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        p.end()


def broken(text: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """Return a text in rows no wider than `width` pixels, broken behind commas; a part wider than that stays whole."""
    rows: list[str] = []
    for part in text.split(", "):
        longer = f"{rows[-1]}, {part}" if rows else part
        if rows and metrics.horizontalAdvance(f"{longer},") > width:
            rows[-1] += ","
            rows.append(part)
        else:
            rows[-1:] = [longer]
    return tuple(rows)
