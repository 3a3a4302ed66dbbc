"""Records that can be linked to a claim: observations first, then exhibits, then sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.domain.records import Exhibit, Observation, Source
from evidence_desk.ui.models.board import frames_text
from evidence_desk.ui.models.claim_tree import NUMBER_ROLE, RECORD_ROLE
from evidence_desk.ui.translate import tr

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record: number, where it stands, what it says, and how it is linked already ("" where it is not)."""

    number: str
    place: str
    words: str
    linked: str = ""


def candidates(
    observations: Sequence[Observation],
    exhibits: Sequence[Exhibit],
    sources: Sequence[Source],
    labels: Mapping[str, str],
    linked: Mapping[str, str],
) -> tuple[Candidate, ...]:
    """Return all records that can be linked; `labels` names terms, `linked` relations by origin."""
    found = []
    for o in observations:
        place = ", ".join(part for part in (o.exhibit, frames_text(o), labels.get(o.term, o.term)) if part)
        found.append(Candidate(o.number, place, o.statement or labels.get(o.term, o.term), linked.get(o.number, "")))
    for e in exhibits:
        found.append(Candidate(e.number, tr("exhibit"), e.title or e.received_name, linked.get(e.number, "")))
    for s in sources:
        place = ", ".join(part for part in (s.publisher or s.author, s.dated) if part)
        found.append(Candidate(s.number, place or tr("source"), s.title, linked.get(s.number, "")))
    return tuple(found)


class CandidateModel(QAbstractListModel):
    """The list of the link picker, narrowed to what contains the wanted words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Candidate, ...] = ()
        self._shown: tuple[Candidate, ...] = ()

    def show(self, found: Sequence[Candidate], wanted: str = "") -> None:
        """Offer these records."""
        self._all = tuple(found)
        self.narrow(wanted)

    def narrow(self, wanted: str) -> None:
        """Show those that contain every wanted word."""
        words = wanted.casefold().split()
        self.beginResetModel()
        self._shown = tuple(
            c for c in self._all if all(word in f"{c.number} {c.place} {c.words}".casefold() for word in words)
        )
        self.endResetModel()

    def row_of(self, number: str) -> int:
        """Return the row of a record, -1 where it is not shown."""
        return next((row for row, c in enumerate(self._shown) if c.number == number), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the records shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words, the candidate and the sentence for a screen reader."""
        if not index.isValid():
            return None
        found = self._shown[index.row()]
        linked = tr("linked already: {relation}", relation=found.linked) if found.linked else ""
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: found.words,
            Qt.ItemDataRole.ToolTipRole: found.words,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(
                part for part in (found.number, found.place, found.words, linked) if part
            ),
            RECORD_ROLE: found,
            NUMBER_ROLE: found.number,
        }
        return values.get(role)
