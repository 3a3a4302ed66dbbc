"""The sources of the case as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.domain.records import Source
from evidence_desk.ui.models.claim_tree import NUMBER_ROLE, RECORD_ROLE

Index = QModelIndex | QPersistentModelIndex


class SourceModel(QAbstractListModel):
    """Sources in order of their numbers, narrowed to those that contain the wanted words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: tuple[Source, ...] = ()
        self.total = 0

    def show(self, sources: Sequence[Source], wanted: str = "") -> None:
        """Show these sources instead of the ones before."""
        words = wanted.casefold().split()
        self.beginResetModel()
        self.total = len(sources)
        self._sources = tuple(s for s in sources if all(word in _haystack(s) for word in words))
        self.endResetModel()

    def index_of(self, number: str) -> QModelIndex:
        """Return the index of a source, invalid where it is not shown."""
        rows = (row for row, source in enumerate(self._sources) if source.number == number)
        return self.index(next(rows, -1), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the sources shown."""
        return 0 if parent.isValid() else len(self._sources)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the title, the record, and the sentence for a screen reader."""
        if not index.isValid():
            return None
        source = self._sources[index.row()]
        grade = f"reliability {source.reliability}" if source.reliability else ""
        spoken = (source.number, source.title, source.publisher or source.author, source.dated, grade)
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: source.title,
            Qt.ItemDataRole.ToolTipRole: source.title,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(part for part in spoken if part),
            RECORD_ROLE: source,
            NUMBER_ROLE: source.number,
        }
        return values.get(role)


def _haystack(source: Source) -> str:
    return " ".join((source.number, source.title, source.publisher, source.author, source.kind)).casefold()
