"""A room's columns side by side: the middle takes what the others leave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from evidence_desk.ui.theme import Theme


def lay_out_columns(room: QWidget, theme: Theme, parts: Sequence[tuple[QWidget, int]]) -> QSplitter:
    """Put (widget, usual width) side by side into `room`; width 0 marks the one that takes the rest.

    Side columns grow half as fast as the text: at 200 % they are half as wide again, and the middle still has room.
    """
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    growth = (theme.scale + 100) / 200
    sizes = []
    for place, (part, usual) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, 0 if usual else 1)
        wide = round(usual * growth)
        if usual:
            part.setMinimumWidth(round(wide * 0.8))
        sizes.append(wide or 900)
    splitter.setSizes(sizes)
    outer = QHBoxLayout(room)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(splitter)
    return splitter
