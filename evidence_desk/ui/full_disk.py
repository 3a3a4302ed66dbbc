"""That the case file could not be written is said until a step is kept again; then that, and what was kept."""

from __future__ import annotations

from PySide6.QtCore import QObject

from evidence_desk.domain.changes import Changes
from evidence_desk.domain.errors import DiskFull, EvidenceDeskError
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import listed, tr
from evidence_desk.ui.widgets.messages import Banner, Banners

_MOST_NAMES = 3


class FullDisk(QObject):
    """Takes away the banner `key` of a step that found no room, and no other; made after what shows that banner."""

    def __init__(self, session: Session, banners: Banners, key: str) -> None:
        super().__init__(session)
        self._session, self._banners, self._key = session, banners, key
        self._said: Banner | None = None
        session.failed.connect(self._failed)
        session.changed.connect(self._written)

    def _failed(self, error: EvidenceDeskError) -> None:
        if isinstance(error, DiskFull) and self._key in self._banners.shown():
            self._said = self._banners.banner(self._key)

    def _written(self, changes: Changes) -> None:
        said, self._said = self._said, None
        if said is None or self._key not in self._banners.shown() or self._banners.banner(self._key) is not said:
            return
        self._banners.take_away(self._key)
        text = tr("The case file can be written again.")
        if changes.numbers:
            text = tr("{again} Kept: {numbers}", again=text, numbers=listed(sorted(changes.numbers)[:_MOST_NAMES]))
        self._session.noticed.emit(text, False)
