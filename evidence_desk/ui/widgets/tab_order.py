"""The order in which Tab walks: parts made later, or put elsewhere, would come last of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def walk_in_order(places: Iterable[QWidget]) -> None:
    """Let Tab go through these places one after the other; within each the order stays as it is."""
    parts = [part for place in places for part in _focusable(place)]
    for one, other in pairwise(parts):
        if one.window() is other.window():
            QWidget.setTabOrder(one, other)


def walk_here(place: QWidget) -> None:
    """Let Tab reach what is in `place` now where `place` itself stands in the order."""
    parts = list(_focusable(place))
    before = place.previousInFocusChain()
    while before is not None and before is not place:
        if before.focusPolicy() != Qt.FocusPolicy.NoFocus and not place.isAncestorOf(before):
            for one, other in pairwise((before, *parts)):
                QWidget.setTabOrder(one, other)
            return
        before = before.previousInFocusChain()


def _focusable(place: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus in `place`, in the order of Tab.

    A part that hands the focus to one inside it is moved with all it holds, so what is inside is left out.
    """
    whole: QWidget | None = None
    part: QWidget | None = place
    while part is not None:
        inside = whole is not None and whole.isAncestorOf(part)
        if (part is place or place.isAncestorOf(part)) and not inside:
            proxy = part.focusProxy()
            if proxy is not None and part.isAncestorOf(proxy):
                whole = part
                yield part
            elif proxy is None and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                yield part
        part = part.nextInFocusChain()
        if part is place:
            return
