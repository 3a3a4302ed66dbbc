"""A large page is painted part after part, so that no turn of the window takes as long as all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_TURN_MS = 16


def show_in_turn(page: QObject, parts: Iterable[QWidget]) -> None:
    """Leave these parts of a page unpainted at first, and let each be painted in a turn of its own right after.

    A part that somebody else keeps from being painted is left to them; one that is gone by its turn is passed over.
    With the page goes what waits.
    """
    waiting = [part for part in parts if not part.testAttribute(Qt.WidgetAttribute.WA_ForceUpdatesDisabled)]
    for part in waiting:
        part.setUpdatesEnabled(False)
    _next(page, waiting)


def _next(page: QObject, waiting: list[QWidget]) -> None:
    # The next turn begins after this paint: turns that were all due by then would come as one.
    if waiting:
        QTimer.singleShot(_TURN_MS, page, partial(_show, page, waiting))


def _show(page: QObject, waiting: list[QWidget]) -> None:
    part = waiting.pop(0)
    if isValid(part):
        part.setUpdatesEnabled(True)
    _next(page, waiting)
