"""What bears on a claim or proposition, as cards: one for each link, one for each question about what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.domain.records import Exhibit, Link, Observation, Question, Record, Source
from evidence_desk.domain.time import clock
from evidence_desk.ui.models.claim_tree import MISSING, NUMBER_ROLE, RECORD_ROLE, borne_on
from evidence_desk.ui.translate import number, tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("supports", "contradicts", "fits", MISSING)
ROWS = ("unclear", "context")
CARD_ROLE = Qt.ItemDataRole.UserRole + 10


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that bears on the proposition. `number` is the link's or question's; `about` the record it shows."""

    relation: str
    number: str
    about: str
    place: str
    words: str
    because: str
    count: tuple[int, int, int] | None = None
    note: str = ""

    def spoken(self, word: str) -> str:
        """Return the card as one sentence for a screen reader; `word` is the relation's word."""
        count = (
            tr("count {low} to {high}, best {best}", low=self.count[0], best=self.count[1], high=self.count[2])
            if self.count
            else ""
        )
        parts = (word, self.about, self.place, self.words, count, self.because, self.note)
        return ", ".join(part for part in parts if part)


def frames_text(observation: Observation) -> str:
    """Return where an observation lies, in words: "frame 212", "frames 640 to 905", or the range of its sound."""
    first, last = observation.first_frame, observation.last_frame
    if first is not None and last is not None:
        if first == last:
            return tr("frame {n}", n=number(first))
        return tr("frames {first} to {last}", first=number(first), last=number(last))
    if observation.sound_start is not None and observation.sound_end is not None:
        base = Fraction(observation.sound_time_base)
        return tr(
            "{start} to {end}", start=clock(observation.sound_start * base), end=clock(observation.sound_end * base)
        )
    return ""


def count_of(observation: Observation) -> tuple[int, int, int] | None:
    """Return (min, best, max) where all three are stated."""
    if observation.count_min is None or observation.count_best is None or observation.count_max is None:
        return None
    return observation.count_min, observation.count_best, observation.count_max


def link_cards(
    target: str, links: Sequence[Link], records: Mapping[str, Record], labels: Mapping[str, str]
) -> tuple[Card, ...]:
    """Return the cards of the links in force that bear on `target`. `labels` gives the term's label for its id."""
    return tuple(
        _link_card(link, records.get(link.origin), records, labels)
        for link in links
        if link.target == target and link.in_force
    )


def question_cards(target: str, questions: Sequence[Question]) -> tuple[Card, ...]:
    """Return the cards of the questions that bear on `target`."""
    return tuple(
        Card(MISSING, q.number, q.number, q.reason_code, q.text, q.would_answer)
        for q in questions
        if q.in_force and target in borne_on(q)
    )


def _link_card(link: Link, origin: Record | None, records: Mapping[str, Record], labels: Mapping[str, str]) -> Card:
    place, words, count, note = "", "", None, ""
    exhibit: Record | None = None
    if isinstance(origin, Observation):
        exhibit = records.get(origin.exhibit)
        place = ", ".join(part for part in (origin.exhibit, frames_text(origin)) if part)
        words = origin.statement or labels.get(origin.term, origin.term)
        count = count_of(origin)
        if origin.presence != "observed":
            note = origin.presence
    elif isinstance(origin, Exhibit):
        exhibit, place, words = origin, tr("exhibit"), origin.title or origin.received_name
    elif isinstance(origin, Source):
        place = ", ".join(part for part in (origin.publisher or origin.author, origin.dated) if part)
        words = origin.title
    if isinstance(exhibit, Exhibit) and exhibit.repost_of:
        note = tr("Re-post of {number}: counts once", number=exhibit.repost_of)
    return Card(link.relation, link.number, link.origin, place, words, link.because, count, note)


class CardModel(QAbstractListModel):
    """The cards of one column."""

    def __init__(self, word: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self._cards: tuple[Card, ...] = ()

    def show(self, cards: Sequence[Card]) -> None:
        """Show these cards instead of the ones before."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self.endResetModel()

    def row_of(self, number_: str) -> int:
        """Return the row of a link or question, -1 where it is not here."""
        return next((row for row, card in enumerate(self._cards) if card.number == number_), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the card itself, its words, and its sentence for a screen reader."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: card.words,
            Qt.ItemDataRole.AccessibleTextRole: card.spoken(self._word),
            CARD_ROLE: card,
            RECORD_ROLE: card,
            NUMBER_ROLE: card.number,
        }
        return values.get(role)
