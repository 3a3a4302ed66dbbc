"""The focal subject: of whom the next marks are. Off until one is chosen; only terms that ask on whom state it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.subject_strip import SubjectStrip

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

ON_WHOM = "on-whom"
_OFFERED = 20


class SubjectHands(QObject):
    """Asks for the subject and puts it into the facts of marks made from then on, until it is changed."""

    def __init__(self, context: RoomContext, room: ReviewRoom) -> None:
        super().__init__(room)
        self._session, self._observe, self._viewer = context.session, room.observe, room.centre.viewer
        self.subject = ""
        self.strip = SubjectStrip(self._viewer)
        self.strip.chosen.connect(self.choose)
        self.strip.left.connect(self._back)
        self._observe.usual_facts = self.facts
        context.actions.bind("observe.subject", self.ask, room="review")

    def ask(self) -> None:
        """Ask of whom the next marks are, where a term of the codebook asks on whom."""
        if not any(_asked(term) for term in self._observe.terms.values()):
            words = tr("No term of this codebook asks on whom: give one a fact “On whom” in the codebook first.")
            self._session.noticed.emit(words, False)
            return
        self.strip.ask(self.subject, self.named())

    def named(self) -> list[str]:
        """Return the subjects that observations of the case name, the most named first."""
        found = Counter[str]()
        for row in self._observe.rows:
            asked = _asked(row.term) if row.term is not None else None
            named = str((row.observation.attributes or {}).get(asked.id, "")) if asked is not None else ""
            if named:
                found[named] += 1
        return [name for name, _ in found.most_common(_OFFERED)]

    def choose(self, subject: str) -> None:
        """State this subject of marks from now on, "" for none."""
        self.subject = subject
        self.strip.name(subject)
        said = tr("Marks that ask on whom state: {subject}", subject=subject) if subject else tr("No focal subject")
        self._session.noticed.emit(said, False)
        self._back()

    def facts(self, term: Term) -> dict[str, str]:
        """Return what is stated of a mark of this term by itself."""
        asked = _asked(term)
        return {asked.id: self.subject} if self.subject and asked is not None else {}

    def _back(self) -> None:
        self._viewer.setFocus(Qt.FocusReason.OtherFocusReason)


def _asked(term: Term) -> Attribute | None:
    """Return the fact of a term that says on whom, None where it has none that can be written freely."""
    return next(
        (a for a in term.attributes if not a.offered and (a.id == ON_WHOM or a.label.casefold() == "on whom")), None
    )
