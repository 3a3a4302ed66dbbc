"""Why something cannot be assessed: a list that stands only beside that presence."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidence_desk.domain.controlled_values import NOT_ASSESSABLE, PRESENCE_REASONS
from evidence_desk.ui.panels.observation_parts import words_of
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.translate import tr


class PresenceReason(WordCombo):
    """The reasons of the vocabulary; what is chosen counts only while `presence` says that it cannot be assessed."""

    def __init__(self, presence: WordCombo, parent: QWidget | None = None) -> None:
        super().__init__((("", tr("Not stated")), *words_of(PRESENCE_REASONS)), parent)
        self._presence = presence
        self.setAccessibleName(tr("Why it cannot be assessed"))

    @property
    def wanted(self) -> bool:
        """Tell whether a reason belongs to the presence chosen."""
        return self._presence.value() == NOT_ASSESSABLE

    def reason(self) -> str:
        """Return the reason, "" where none belongs to the presence."""
        return self.value() if self.wanted else ""
