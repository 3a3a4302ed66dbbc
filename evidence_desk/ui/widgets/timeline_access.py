"""Lets a screen reader walk the bars of the timeline as if they were widgets of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from evidence_desk.ui.widgets.timeline import Timeline
    from evidence_desk.ui.widgets.timeline_lanes import Bar

# The toolkit keeps only addresses: what Python made has to be held here for as long as the program runs.
_held: dict[int, QAccessibleInterface] = {}


class BarInterface(QAccessibleInterface):
    """One bar as a list item."""

    def __init__(self, timeline: Timeline, bar: Bar) -> None:
        super().__init__()
        self._timeline, self._bar = timeline, bar

    def isValid(self) -> bool:
        """Tell whether the bar is still there."""
        place = self._timeline.shelf.place_of(self._bar.number)
        return place is not None and self._timeline.shelf.shown[place[0]].bars[place[1]] == self._bar

    def object(self) -> QObject:
        """There is no object behind a bar."""
        return cast(QObject, None)

    def window(self) -> QWindow:
        """Return the window it is in."""
        return self._timeline.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """Return the timeline."""
        return QAccessible.queryAccessibleInterface(self._timeline)

    def child(self, index: int) -> QAccessibleInterface:
        """A bar has no children."""
        return cast(QAccessibleInterface, None)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """A bar has no children."""
        return cast(QAccessibleInterface, None)

    def childCount(self) -> int:
        """A bar has no children."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """A bar has no children."""
        return -1

    def rect(self) -> QRect:
        """Return its place on the screen."""
        rect = self._timeline.rect_of(self._bar).toAlignedRect()
        return QRect(self._timeline.mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        """It reads as an item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return an ordinary state."""
        return QAccessible.State()

    def text(self, kind: QAccessible.Text) -> str:
        """Return its sentence as the name."""
        return self._timeline.bar_sentence(self._bar) if kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A bar is not renamed from outside."""


class TimelineInterface(QAccessibleWidget):
    """The timeline as a list whose items are the bars."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline, QAccessible.Role.List, timeline.accessibleName())
        self._timeline = timeline
        self._children: dict[str, BarInterface] = {}

    def text(self, kind: QAccessible.Text) -> str:
        """Return name and description as they are now."""
        if kind == QAccessible.Text.Name:
            return self._timeline.accessibleName()
        return self._timeline.accessibleDescription() if kind == QAccessible.Text.Description else ""

    def childCount(self) -> int:
        """Return the number of bars."""
        return len(self._timeline.bars())

    def child(self, index: int) -> QAccessibleInterface:
        """Return one bar."""
        bars = self._timeline.bars()
        if not 0 <= index < len(bars):
            return cast(QAccessibleInterface, None)
        bar = bars[index]
        held = self._children.get(bar.number)
        if held is None or not held.isValid():
            held = self._children[bar.number] = BarInterface(self._timeline, bar)
        return held

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a bar."""
        numbers = [number for number, held in self._children.items() if held is child]
        return next((i for i, bar in enumerate(self._timeline.bars()) if bar.number in numbers), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return the bar under a place on the screen."""
        place = self._timeline.mapFromGlobal(QPoint(x, y)).toPointF()
        bar = self._timeline.bar_at(place)
        return cast(QAccessibleInterface, None) if bar is None else self.child(self._timeline.bars().index(bar))


def _make(_key: str, thing: QObject) -> QAccessibleInterface | None:
    from evidence_desk.ui.widgets.timeline import Timeline

    if not isinstance(thing, QWidget) or not isinstance(thing, Timeline):
        return None
    held = _held.get(id(thing))
    if held is None:
        held = _held[id(thing)] = TimelineInterface(thing)
        thing.destroyed.connect(_Forget(id(thing)))
    return held


class _Forget:
    """Drops what is held for a timeline that is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self, _: object = None) -> None:
        _held.pop(self._key, None)


@cache
def install() -> None:
    """Make screen readers meet timelines through the interface above; done once."""
    QAccessible.installFactory(_make)
