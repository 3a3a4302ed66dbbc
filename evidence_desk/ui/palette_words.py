"""What the palette knows of the words of all records, read in small parts while the window stays quick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_desk.ui.session import Session

if TYPE_CHECKING:
    from evidence_desk.services.search import CaseSearch


class WordsOfRecords(QObject):
    """The index of the open case. Signals: `read_all()` once every record was read."""

    read_all = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._search: CaseSearch | None = None
        self._asked = 0
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_on)
        session.case_closing.connect(self._forget)

    def read(self) -> None:
        """Begin to read what changed since the last time."""
        if not self._session.is_open:
            return
        if self._search is None:
            # Only now: SQLite has no place in the start of the window.
            from evidence_desk.services.search import CaseSearch

            self._search = CaseSearch(self._session.case.queries)
        if self._search.stale():
            self._reading.start(0)

    def holding(self, text: str) -> Iterator[str]:
        """Return the numbers of the records read so far that hold every word of `text` in any field, one by one.

        Nothing is read on meanwhile.
        """
        if self._search is None:
            return
        self._asked += 1
        try:
            yield from self._search.each_number(text)
        finally:
            self._asked -= 1

    def _read_on(self) -> None:
        if self._asked:
            return
        if self._search is None or not self._search.advance():
            self._reading.stop()
            self.read_all.emit()

    def _forget(self) -> None:
        self._reading.stop()
        if self._search is not None:
            self._search.close()
            self._search = None
