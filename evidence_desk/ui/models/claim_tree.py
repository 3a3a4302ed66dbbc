"""Claims and their propositions as a tree of two levels, with what bears on each proposition counted by relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.domain.records import (
    Claim,
    Link,
    Proposition,
    Question,
    Source,
)

Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = Qt.ItemDataRole.UserRole + 1
NUMBER_ROLE = Qt.ItemDataRole.UserRole + 2
TALLY_ROLE = Qt.ItemDataRole.UserRole + 3
CAPTION_ROLE = Qt.ItemDataRole.UserRole + 4
MISSING = "missing"
"""The tally of questions that bear on a proposition; it stands beside the five relations."""


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """One claim with the propositions under it that the filter leaves."""

    claim: Claim
    caption: str
    propositions: tuple[Proposition, ...] = field(default_factory=tuple)


def tallies(links: Sequence[Link], questions: Sequence[Question]) -> dict[str, Counter[str]]:
    """Return for each target how many links in force bear on it, by relation, and how many questions (`missing`)."""
    found: dict[str, Counter[str]] = {}
    for link in links:
        if link.in_force:
            found.setdefault(link.target, Counter())[link.relation] += 1
    for question in questions:
        if question.in_force:
            for number in borne_on(question):
                found.setdefault(number, Counter())[MISSING] += 1
    return found


def borne_on(question: Question) -> tuple[str, ...]:
    """Return the record numbers that a question bears on; they are kept as one field, apart by commas or spaces."""
    return tuple(dict.fromkeys(question.bears_on.replace(",", " ").split()))


class ClaimTreeModel(QAbstractItemModel):
    """Claims on top, propositions below. Holds no truth: `show` replaces everything at every change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[ClaimNode, ...] = ()
        self._tallies: Mapping[str, Counter[str]] = {}
        self.total_claims = 0
        self.total_propositions = 0

    def show(
        self,
        claims: Sequence[Claim],
        propositions: Sequence[Proposition],
        sources: Sequence[Source],
        tally: Mapping[str, Counter[str]],
        wanted: str = "",
    ) -> None:
        """Show these records; `wanted` narrows to claims or propositions that contain the words."""
        by_number = {s.number: s for s in sources}
        parts: dict[str, list[Proposition]] = {}
        for proposition in propositions:
            parts.setdefault(proposition.claim, []).append(proposition)
        nodes = []
        for claim in claims:
            below = tuple(parts.get(claim.number, ()))
            caption = claim_caption(claim, by_number.get(claim.source))
            if wanted:
                own = _matches(wanted, claim.number, claim.quote, caption)
                below = tuple(p for p in below if own or _matches(wanted, p.number, p.text, p.type))
                if not own and not below:
                    continue
            nodes.append(ClaimNode(claim, caption, below))
        self.beginResetModel()
        self._nodes, self._tallies = tuple(nodes), tally
        self.total_claims, self.total_propositions = len(claims), len(propositions)
        self.endResetModel()

    def index_of(self, number: str) -> QModelIndex:
        """Return the index of a claim or proposition, invalid where the filter hides it or it does not exist."""
        for row, node in enumerate(self._nodes):
            if node.claim.number == number:
                return self.index(row, 0)
            for below, proposition in enumerate(node.propositions):
                if proposition.number == number:
                    return self.index(below, 0, self.index(row, 0))
        return QModelIndex()

    # -- QAbstractItemModel

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Give a proposition the row of its claim plus one as its inner number; claims have 0."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """Return the claim of a proposition."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count claims, or the propositions of one."""
        if not parent.isValid():
            return len(self._nodes)
        return len(self._nodes[parent.row()].propositions) if parent.internalId() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """One column; the delegate paints all of a row."""
        return 1

    def record(self, index: Index) -> Claim | Proposition | None:
        """Return the record shown at an index."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._nodes[index.row()].claim
        return self._nodes[int(index.internalId()) - 1].propositions[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words, the record, the tallies and the sentence for a screen reader."""
        record = self.record(index)
        if record is None:
            return None
        text = f"“{record.quote}”" if isinstance(record, Claim) else record.text
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: text,
            Qt.ItemDataRole.ToolTipRole: text,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join((record.number, text, *self._spoken(record.number))),
            RECORD_ROLE: record,
            NUMBER_ROLE: record.number,
            TALLY_ROLE: dict(self._tallies.get(record.number, Counter())),
            CAPTION_ROLE: self._nodes[index.row()].caption if isinstance(record, Claim) else "",
        }
        return values.get(role)

    def _spoken(self, number: str) -> list[str]:
        tally = self._tallies.get(number, Counter())
        return [f"{name} {tally[name]}" for name in (*RELATIONS, MISSING) if tally[name]]


def claim_caption(claim: Claim, source: Source | None) -> str:
    """Return the line above a quotation: source, who said it, when."""
    who = claim.claimant or (source.publisher or source.author or source.title if source else "")
    return ", ".join(part for part in (claim.source, who, claim.dated or (source.dated if source else "")) if part)


def _matches(wanted: str, *texts: str) -> bool:
    haystack = " ".join(texts).casefold()
    return all(word in haystack for word in wanted.casefold().split())
