"""The order in which Tab walks: parts made later would come last of all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def walk_in_order(parts: Sequence[QWidget]) -> None:
    """Let Tab go from each of these parts to the next; one that hands the focus on is taken with what it holds."""
    for one, other in pairwise(parts):
        if one.window() is other.window():
            QWidget.setTabOrder(one, other)


def walk_after(place: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab reach these parts, one after the other, right after the last that takes the focus in `place`.

    The chain of Qt itself is not walked: asked for from Python, it lets go of parts that others still hold.
    """
    inside = [part for part in place.findChildren(QWidget) if part.focusPolicy() != Qt.FocusPolicy.NoFocus]
    walk_in_order((inside[-1] if inside else place, *parts))
