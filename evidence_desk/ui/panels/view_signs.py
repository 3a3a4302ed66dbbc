"""Badges in the picture's header where it is not shown as it is stored: tone-mapped, one field, deinterlaced."""

from __future__ import annotations

from PySide6.QtCore import QObject

from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.panels.adjust_switch import AdjustSwitch
from evidence_desk.ui.rooms.review_adjust import AdjustDesk
from evidence_desk.ui.rooms.review_places import ClipPlaces
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.labels import Badge
from evidence_desk.ui.widgets.panel import PanelHeader


class ViewSigns(QObject):
    """Shows with each picture what was done to it for display."""

    def __init__(self, places: ClipPlaces, adjust: AdjustDesk, header: PanelHeader, parent: QObject) -> None:
        super().__init__(parent)
        display_only = tr("For display only: the frame hash is that of the picture as it is stored")
        self.mapped = Badge(tr("Tone-mapped for display"), tip=display_only)
        self.plain = Badge(tr("HDR, not tone-mapped"), tip=tr("Its colours look pale here; see the View menu"))
        self.top = Badge(tr("Top field"), tip=display_only)
        self.bottom = Badge(tr("Bottom field"), tip=display_only)
        self.woven = Badge(tr("Deinterlaced"), tip=display_only)
        self._of = {
            "top field": self.top,
            "bottom field": self.bottom,
            "deinterlaced": self.woven,
            "HDR without tone mapping": self.plain,
        }
        for badge in (self.mapped, *self._of.values()):
            badge.hide()
            header.add(badge)
        self.switch = AdjustSwitch(adjust, places, header, self)
        places.showing.connect(self._show)
        places.reader.passed.connect(self._show)
        places.opened.connect(self._clear)

    def _show(self, shown: Shown) -> None:
        picture = shown.picture
        self.mapped.setVisible(picture.tone_mapped)
        for words, badge in self._of.items():
            badge.setVisible(words in picture.view)

    def _clear(self) -> None:
        for badge in (self.mapped, *self._of.values()):
            badge.hide()
