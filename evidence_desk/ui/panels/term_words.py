"""The sentence a term suggests: grey in an empty statement, and a person's only once that person takes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.codebook import Term
from evidence_desk.ui.panels.guard_strip import StatementField
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import link_button


class TermWords(QObject):
    """Offers the sentence of the term; `hint` stands in its place where there is nothing to take."""

    def __init__(self, statement: StatementField, hint: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._statement, self._hint = statement, hint
        self._words = ""
        self.take = link_button(tr("Use these words"))
        self.take.clicked.connect(self._take)
        self.take.hide()
        statement.textChanged.connect(self.refresh)

    def show_term(self, term: Term | None) -> None:
        """Suggest the sentence of that term."""
        self._words = term.statement if term is not None else ""
        self._statement.setPlaceholderText(self._words)
        self.take.setToolTip(tr("Take the words of the term as what is seen: {words}", words=self._words))
        self.take.setAccessibleDescription(self._words)
        self.refresh()

    def refresh(self) -> None:
        """Offer the sentence where nothing is written and something may be."""
        offered = bool(self._words) and not self._statement.toPlainText() and not self._statement.isReadOnly()
        if not offered and self.take.hasFocus():
            self._statement.setFocus(Qt.FocusReason.OtherFocusReason)
        self.take.setVisible(offered)
        self._hint.setVisible(not offered)

    def _take(self) -> None:
        self._statement.setPlainText(self._words)
        self._statement.setFocus(Qt.FocusReason.OtherFocusReason)
        self._statement.moveCursor(self._statement.textCursor().MoveOperation.End)
