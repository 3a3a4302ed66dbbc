"""What was refused: said over the top of the room, so that nothing moves, until Esc or the next step that is kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.changes import Changes
from evidence_desk.domain.errors import EvidenceDeskError, FrameOutOfRange, NotFound, Refused
from evidence_desk.ui.session import Session
from evidence_desk.ui.widgets.messages import Banner, Banners

_KEY = "refused"
_MOST_WIDE = 760
_ABOVE = 8
_SLIGHT = (Refused, NotFound, FrameOutOfRange)
"""Answers to what a person just asked for. Whatever concerns the case or the machine stays until it is closed."""


def is_refusal(error: EvidenceDeskError) -> bool:
    """Tell whether an error answers a step that was asked for, and means nothing any more after the next one."""
    return isinstance(error, _SLIGHT)


class Refusals(QObject):
    """Shows the last refusal at the top centre of `place`."""

    def __init__(self, place: QWidget, session: Session) -> None:
        super().__init__(place)
        self._place = place
        self.banners = Banners(place)
        place.installEventFilter(self)
        session.changed.connect(self._kept)
        session.case_closing.connect(self.leave)

    def say(self, error: EvidenceDeskError) -> None:
        """Say what was refused; the refusal before gives way."""
        title, lines = parts(error)
        self.banners.show_banner(_KEY, Banner("error", title, lines))
        self._arrange()
        self.banners.raise_()

    def leave(self) -> bool:
        """Take the refusal away; tell whether one stood there."""
        stood = bool(self.banners.shown())
        self.banners.clear()
        return stood

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the top when the place changes its size."""
        if event.type() == QEvent.Type.Resize and self.banners.isVisible():
            self._arrange()
        return False

    def _kept(self, _: Changes) -> None:
        self.leave()

    def _arrange(self) -> None:
        width = min(_MOST_WIDE, self._place.width() - 2 * _ABOVE)
        layout = self.banners.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else 0
        height = max(height, self.banners.sizeHint().height() if height <= 0 else height)
        self.banners.setGeometry((self._place.width() - width) // 2, _ABOVE, width, height)


def parts(error: EvidenceDeskError) -> tuple[str, list[tuple[str, str]]]:
    """Return what happened as a title, and the rest of the line, where there is more."""
    happened, _, rest = str(error).partition(". ")
    title = happened if happened.endswith((".", "?")) else f"{happened}."
    return title, [("", rest)] if rest else []
