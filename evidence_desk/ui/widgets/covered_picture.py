"""The picture under its cover, and word of every exact frame that was really painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.in_sight import in_sight
from evidence_desk.ui.safe_view import covered
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.zoomed_picture import ZoomedPicture


class CoveredPicture(ZoomedPicture):
    """Shows a cover in place of frames that may not be shown.

    Signals: `painted(Shown, int zoom in percent)` the frame asked for was painted exactly, uncovered and in sight, once
    for each time it came and each zoom; and those of the picture.
    """

    painted = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._covers: Callable[[str, int], bool] = lambda _exhibit, _n: False
        self._cover_words: Callable[[], str] = str
        self._told: tuple[int, int] | None = None
        super().__init__(parent)

    def set_cover(self, covers: Callable[[str, int], bool], words: Callable[[], str]) -> None:
        """Ask `covers(exhibit, n)` before a frame is shown as it is; `words` tell how a covered one can be seen."""
        self._covers, self._cover_words = covers, words
        self.refresh_cover()

    def refresh_cover(self) -> None:
        """Show the picture on screen anew: covered or not, as it is now."""
        shown, asked, opacity = self._shown, self._asked, self._item.opacity()
        if shown is None:
            return
        self.set_picture(shown, self._count)
        if asked is not None:
            self._asked = asked
            self._item.setOpacity(opacity)
            self._describe()

    @property
    def is_covered(self) -> bool:
        """Tell whether a cover is on screen in place of the picture."""
        return self._shown is not None and self._covers(self._shown.exhibit, self._shown.n)

    def set_picture(self, shown: Shown, count: int) -> None:
        """Put a picture on screen, or its cover."""
        self._told = None
        super().set_picture(shown, count)
        if self.is_covered and not self._badge.title:
            self._badge.say("safe_view", tr("Covered picture"), self._cover_words())

    def _may_show(self, exhibit: str, n: int, image: QImage) -> QImage:
        return covered(image) if self._covers(exhibit, n) else image

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of an exact frame that is really on screen."""
        super().paintEvent(event)
        shown = self._shown
        key = (id(shown), round(self._zoom() * 100))
        if shown is None or key == self._told or not self.is_exact or self.is_covered:
            return
        if self._item.sceneBoundingRect().intersects(self.sceneRect()) and in_sight(self):
            self._told = key
            self.painted.emit(shown, key[1])

    def _describe(self) -> None:
        super()._describe()
        if self._shown is not None and self.is_covered:
            exhibit, n, count = self._shown.exhibit, self._shown.n, number(self._count)
            self.setAccessibleName(
                tr("Covered picture, {exhibit}, frame {n} of {count}", exhibit=exhibit, n=n, count=count)
            )
