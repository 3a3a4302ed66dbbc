"""The pattern at the left edge of a link card: it tells the relation without any colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from evidence_desk.ui.theme import Theme

EDGE_WIDTH = 3


def paint_edge(painter: QPainter, rect: QRectF, relation: str, theme: Theme) -> None:
    """Fill `rect` with the relation's pattern; questions about what is `missing` have dashes in quiet grey."""
    missing = relation == "missing"
    color = theme.color("text.tertiary" if missing else f"relation.{relation}")
    kind = "dashed" if missing else theme.relation(relation).edge
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, kind == "diagonal hatch")
    if kind == "solid":
        painter.fillRect(rect, color)
    elif kind == "diagonal hatch":
        painter.setClipRect(rect)
        painter.setPen(QPen(color, 2))
        y = rect.top() - 6
        while y < rect.bottom() + 6:
            painter.drawLine(QPointF(rect.left() - 1, y + 4), QPointF(rect.right() + 1, y))
            y += 5
    elif kind in ("dotted", "dashed"):
        drawn, gap = (2.0, 3.0) if kind == "dotted" else (7.0, 4.0)
        width = 1.0 if missing else rect.width()
        y = rect.top()
        while y < rect.bottom():
            painter.fillRect(QRectF(rect.left(), y, width, min(drawn, rect.bottom() - y)), color)
            y += drawn + gap
    else:
        painter.setPen(QPen(color, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()
