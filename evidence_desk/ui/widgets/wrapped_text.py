"""Text broken into lines for delegates and painted widgets, each paragraph in its own direction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption


class WrappedText:
    """Lines of one paragraph in a width; `bold` are (start, length) ranges in UTF-16 units drawn semi-bold."""

    def __init__(
        self, text: str, font: QFont, width: float, bold: Sequence[tuple[int, int]] = (), most: int = 0
    ) -> None:
        # A layout breaks lines at U+2028 only.
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._layout.setTextOption(option)
        if bold:
            self._layout.setFormats([_bold(start, length) for start, length in bold])
        self._layout.beginLayout()
        y, count = 0.0, 0
        while True:
            line = self._layout.createLine()
            if not line.isValid() or (most and count == most):
                break
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, y))
            y += line.height()
            count += 1
        self._layout.endLayout()
        self.height = y
        self._lines = count

    def draw(self, painter: QPainter, x: float, y: float, color: QColor) -> float:
        """Draw with the upper left corner at (x, y) and return the y below the last line."""
        painter.setPen(color)
        for number in range(self._lines):
            self._layout.lineAt(number).draw(painter, QPointF(x, y))
        return y + self.height


def _bold(start: int, length: int) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length
    shape = QTextCharFormat()
    shape.setFontWeight(QFont.Weight.DemiBold)
    found.format = shape
    return found
