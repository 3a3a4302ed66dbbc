"""Original or Adjusted, in the picture's header, and the badge that names what is adjusted."""

from __future__ import annotations

from PySide6.QtCore import QObject

from evidence_desk.media.pictures import ADJUSTED
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.rooms.review_adjust import AdjustDesk
from evidence_desk.ui.rooms.review_places import ClipPlaces
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.labels import Badge
from evidence_desk.ui.widgets.panel import PanelHeader

ORIGINAL, SHOWN_ADJUSTED = "original", "adjusted"
_LONGEST = 2


class AdjustSwitch(QObject):
    """Keeps both in step with the picture on screen."""

    def __init__(self, desk: AdjustDesk, places: ClipPlaces, header: PanelHeader, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.badge = Badge("", tip="")
        self.badge.hide()
        words = ((ORIGINAL, tr("Original")), (SHOWN_ADJUSTED, tr("Adjusted")))
        self.choice = Choice(tr("Picture shown"), words, ORIGINAL)
        self.choice.setToolTip(tr("Original or adjusted picture (Shift+H)"))
        header.add(self.badge)
        header.add(self.choice)
        self.choice.chosen.connect(lambda value: desk.show_adjusted(value == SHOWN_ADJUSTED))
        desk.changed.connect(self._show_choice)
        places.showing.connect(self._show_badge)
        places.reader.passed.connect(self._show_badge)
        places.opened.connect(self._opened)
        self._opened()

    def _opened(self) -> None:
        self.badge.hide()
        self._show_choice()

    def _show_choice(self) -> None:
        self.choice.set_value(SHOWN_ADJUSTED if self._desk.shown else ORIGINAL)

    def _show_badge(self, shown: Shown) -> None:
        words = shown.picture.view
        if ADJUSTED not in words:
            self.badge.hide()
            return
        names = words.split(ADJUSTED)[1].split(", ")
        more = tr("{count} more", count=len(names) - _LONGEST) if len(names) > _LONGEST + 1 else ""
        kept = names[:_LONGEST] if more else names
        text = tr("Adjusted: {names}", names=", ".join([*kept, more] if more else kept))
        self.badge.setText(text)
        tip = tr("{names}. For display only: the frame hash is that of the picture as it is stored", names=words)
        self.badge.setToolTip(tip)
        self.badge.setAccessibleName(f"{text}: {tip}")
        self.badge.show()
