"""A row of parts that becomes two rows where there is no room for one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

_GAP = 8


class FoldingRow(QWidget):
    """`first` with `grows` taking the room to spare, `rest` beside them, `last` at the end.

    Where all together do not fit, `rest` stands in a row of its own.
    """

    def __init__(
        self, first: Sequence[QWidget], rest: Sequence[QWidget], last: Sequence[QWidget], grows: QWidget
    ) -> None:
        super().__init__()
        self._upper = [_row(first, grows), _row(last)]
        self._rest = _row(rest)
        self._folded = False
        self._grid = QGridLayout(self)
        self._grid.setSpacing(_GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._upper[0], 0, 0)
        self._grid.addWidget(self._rest, 0, 1)
        self._grid.addWidget(self._upper[1], 0, 2)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Set the room round the parts."""
        self._grid.setContentsMargins(left, top, right, bottom)

    @property
    def folded(self) -> bool:
        """Tell whether there are two rows."""
        return self._folded

    def minimumSizeHint(self) -> QSize:
        """The wider of both rows; the height as laid out now."""
        upper = sum(part.minimumSizeHint().width() for part in self._upper) + _GAP
        margins = self._grid.contentsMargins()
        width = max(upper, self._rest.minimumSizeHint().width()) + margins.left() + margins.right()
        return QSize(width, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where the parts would be squeezed, unfold where they fit again."""
        super().resizeEvent(event)
        margins = self._grid.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 2 * _GAP
        folded = room < sum(part.sizeHint().width() for part in (*self._upper, self._rest))
        if folded != self._folded:
            self._folded = folded
            self._grid.addWidget(self._rest, *((1, 0, 1, 3) if folded else (0, 1, 1, 1)))


def _row(parts: Sequence[QWidget], grows: QWidget | None = None) -> QWidget:
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    for part in parts:
        row.addWidget(part, int(part is grows))
    if grows is None:
        row.addStretch()
    return place
