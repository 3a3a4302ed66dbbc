"""The picture with its regions painted over it, at the sharpness of the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.regions import BETWEEN, CONFIRMED, FRAMED, HELD, TRACKED
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets import region_paint
from evidence_desk.ui.widgets.covered_picture import CoveredPicture
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.region_keys import RegionKeys
from evidence_desk.ui.widgets.region_shapes import ABSENT, ELSEWHERE, Places, Shape, framing
from evidence_desk.ui.widgets.shape_drawing import SELECT, ShapeDrawing


class RegionView(CoveredPicture):
    """Holds the regions of the frame on screen and draws them. Signals: those of the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._shapes: tuple[Shape, ...] = ()
        self._chosen = ""
        self._drawing = ShapeDrawing()
        self._keys = RegionKeys()
        self._live: Places | None = None
        super().__init__(parent)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return the regions shown."""
        return self._shapes

    def shape_places(self, shape: Shape) -> Places:
        """Return where a region lies in the widget: two corners of its rectangle, or its points."""
        if self._geometry is None:
            return []
        if shape.kind in FRAMED:
            rect = self._to_widget(self._geometry.to_shown(shape.box))
            return [rect.topLeft(), rect.bottomRight()]
        to_widget = self.viewportTransform()
        return [to_widget.map(place) for place in self._geometry.points_to_shown(shape.points)]

    def shape_rect(self, shape: Shape) -> QRectF:
        """Return the rectangle around a region in the widget."""
        places = self.shape_places(shape)
        return framing(places) if places else QRectF()

    def _to_widget(self, rect: QRectF) -> QRectF:
        return self.viewportTransform().mapRect(rect)

    def _to_scene(self, rect: QRectF) -> QRectF:
        inverse, _ = self.viewportTransform().inverted()
        return inverse.mapRect(rect)

    def _chosen_shape(self) -> Shape | None:
        return next((s for s in self._shapes if s.number == self._chosen), None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    # ----------------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay regions, labels and the focus ring over the picture, all at the sharpness of the screen."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._geometry is not None and self._item.opacity() > 0:
            self._paint_shapes(painter, self._geometry)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(current_theme().color("picture.region_selected"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        # Ended by hand: a traceback that is kept somewhere would keep the painter alive beyond this call.
        painter.end()

    def _paint_shapes(self, painter: QPainter, geometry: PictureGeometry) -> None:
        theme = current_theme()
        size = geometry.shown
        picture = self._to_widget(QRectF(0, 0, size.width(), size.height()))
        inside = picture.intersected(QRectF(self.viewport().rect()))
        for shape in self._shapes:
            moving = self._live is not None and shape.number == self._chosen and self._drawing.tool == SELECT
            places = self._live if moving and self._live is not None else self.shape_places(shape)
            chosen = shape.number == self._chosen
            region_paint.paint_shape(painter, theme, places, shape, chosen)
            held = self._keys.place(shape, geometry) if chosen and shape.editable else None
            if held is not None:
                region_paint.paint_held(painter, theme, self.viewportTransform().map(held))
        busy = [region_paint.words_room(theme, self.shape_places(s), s) for s in self._shapes]
        labelled: set[str] = set()
        for shape in sorted(self._shapes, key=lambda s: s.number != self._chosen):
            if shape.label and shape.label not in labelled:
                labelled.add(shape.label)
                rect = self.shape_rect(shape)
                busy.append(region_paint.paint_label(painter, theme, rect, shape.label, inside, busy))
        drawn = self._drawing.shown()
        if drawn:
            live = Shape("", "", (), 0, of_selected=True, kind=_open(self._drawing.tool, len(drawn)))
            region_paint.paint_shape(painter, theme, drawn, live, False)

    def clear(self, title: str = "", text: str = "", icon: str = "exhibit_video") -> None:
        """Show no picture and no regions; the words say why and what to do."""
        self._shapes, self._chosen = (), ""
        super().clear(title, text, icon)

    def _describe(self) -> None:
        super()._describe()
        shape = self._chosen_shape()
        if shape is None:
            self.setAccessibleDescription("")
        else:
            where = {
                "shape": shape_name(shape.kind),
                "observation": shape.observation,
                "frame": number(shape.frame),
                "how": standing(shape),
            }
            words = tr("{shape}, {observation}, {how} {frame}", **where)
            held = self._keys.held(shape)
            corner = tr("corner {n} held", n=number(held + 1)) if held >= 0 else ""
            self.setAccessibleDescription(f"{words}, {corner}" if corner else words)


def shape_name(kind: str) -> str:
    """Return what a shape is called, for people."""
    return {
        "box": tr("Box"),
        "ellipse": tr("Ellipse"),
        "polygon": tr("Polygon"),
        "polyline": tr("Line"),
        "arrow": tr("Arrow"),
        "point": tr("Point"),
        "callout": tr("Callout"),
        "text": tr("Text"),
    }.get(kind, kind)


def standing(shape: Shape) -> str:
    """Return how a region stands on the frame on screen, to be read before the frame's number."""
    if shape.how == ELSEWHERE:
        return tr("drawn on frame")
    if shape.how == ABSENT:
        return tr("not in the picture from frame")
    if shape.by == TRACKED:
        return tr("tracked and not yet looked at, frame")
    if shape.how == BETWEEN:
        return tr("between key frames, frame")
    if shape.by == CONFIRMED:
        return tr("tracked and accepted, frame")
    return tr("unmoved, frame") if shape.how == HELD else tr("key frame")


def _open(tool: str, count: int) -> str:
    """Return how a shape looks while too few of its corners are laid."""
    return "polyline" if tool == "polygon" and count < 3 else tool
