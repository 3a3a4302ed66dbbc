"""The fields of an observation: term, frames, basis, what is seen, and what the term asks for besides."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_desk.domain import guard
from evidence_desk.domain.codebook import Term
from evidence_desk.domain.controlled_values import (
    BASES,
    CERTAINTIES,
    LEGIBILITIES,
    PRESENCES,
)
from evidence_desk.domain.guard import GuardHit
from evidence_desk.ui.categories import colour_path
from evidence_desk.ui.models.observation_draft import Draft
from evidence_desk.ui.panels.guard_strip import GuardStrip, StatementField
from evidence_desk.ui.panels.observation_groups import plain_of, put
from evidence_desk.ui.panels.observation_parts import AttributeRows, FrameFields, PlainWords, words_of
from evidence_desk.ui.panels.presence_reason import PresenceReason
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.panels.sound_range_row import SoundRangeField
from evidence_desk.ui.panels.term_words import TermWords
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.forms import CountFields, FormRow, show_as_text
from evidence_desk.ui.widgets.labels import ElidedLabel, label
from evidence_desk.ui.widgets.panel import FoldHeader


class ObservationFields(QWidget):
    """Everything of the form that is typed or chosen. Signals: `edited()`, `keep_asked()`, `leave_asked()`."""

    edited = Signal()
    keep_asked = Signal()
    leave_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms: dict[str, Term] = {}
        self.reason, self._sound_only = "", False
        self._plain = PlainWords()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self.term = WordCombo(())
        self.frames = FrameFields()
        self.sound = SoundRangeField()
        self.basis = Choice(tr("Basis"), words_of(BASES), "seen")
        self.statement = StatementField()
        self.guard = GuardStrip()
        self.count = CountFields(tr("Count"))
        self.legibility = Choice(tr("Legibility"), words_of(LEGIBILITIES))
        self.certainty = Choice(tr("Certainty"), words_of(CERTAINTIES))
        self.presence = WordCombo(words_of(PRESENCES))
        self.why = PresenceReason(self.presence)
        self.alternatives = QLineEdit()
        self.alternatives.setPlaceholderText(tr("Other ways to read what is seen"))
        self.rows = {
            "term": FormRow(tr("Term"), self.term),
            "frames": FormRow(tr("Frames"), self.frames),
            "sound": FormRow(tr("Sound"), self.sound),
            "basis": FormRow(tr("Basis"), self.basis),
            "count": FormRow(tr("Count"), self.count),
            "legibility": FormRow(tr("Legibility"), self.legibility),
            "certainty": FormRow(tr("Certainty"), self.certainty),
            "presence": FormRow(tr("Presence"), self.presence),
            "why": FormRow(tr("Because"), self.why),
            "alternatives": FormRow(tr("Otherwise"), self.alternatives),
        }
        self._place(column)
        self._connect()

    def _place(self, column: QVBoxLayout) -> None:
        for name in ("term", "frames", "sound", "basis"):
            column.addWidget(self.rows[name])
        head = QHBoxLayout()
        self._statement_label = label(tr("What is seen"), "label")
        self._statement_label.setBuddy(self.statement)
        self.statement.setAccessibleName(tr("What is seen"))
        head.addWidget(self._statement_label)
        hint = ElidedLabel(tr("No causes, names or intent"), "caption")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(hint, 1)
        self.term_words = TermWords(self.statement, hint, self)
        head.addWidget(self.term_words.take, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(head)
        column.addWidget(self.statement)
        column.addWidget(self.guard)
        self.attributes = AttributeRows(self.guard)
        column.addWidget(self.attributes)
        for name in ("count", "legibility", "certainty"):
            column.addWidget(self.rows[name])
        self.more = FoldHeader(tr("More"), "more", inset=0)
        self.more.toggled.connect(self.show_more)
        fold = QHBoxLayout()
        fold.setContentsMargins(-12, 0, -12, 0)
        fold.addWidget(self.more)
        column.addLayout(fold)
        for name in ("presence", "why", "alternatives"):
            column.addWidget(self.rows[name])
        self.show_more(False)

    def _connect(self) -> None:
        self.term.activated.connect(self._term_chosen)
        for part in (self.frames, self.sound, self.attributes, self.count):
            part.edited.connect(self._edited)
        for choice in (self.basis, self.legibility, self.certainty):
            choice.chosen.connect(self._edited)
        self.basis.chosen.connect(self.name_statement)
        self.statement.textChanged.connect(self._typed)
        self.statement.keep_asked.connect(self.keep_asked)
        self.statement.left.connect(self.leave_asked)
        self.guard.replace_asked.connect(self._replace)
        self.guard.reasoned.connect(self._reasoned)
        self.guard.reason_line.textEdited.connect(self._edited)
        self.presence.activated.connect(self._presence_chosen)
        self.why.activated.connect(self._edited)
        self.alternatives.textEdited.connect(self._edited)

    # ------------------------------------------------------------------------------------------------------ content

    def set_terms(self, terms: Mapping[str, Term]) -> None:
        """Offer the terms of the codebook."""
        if self._terms == dict(terms):
            return
        self._terms = dict(terms)
        self.term.clear()
        for term in terms.values():
            icon = current_theme().icon(term.icon or "observation", colour_path(term.category))
            self.term.addItem(icon, term.label, term.id)
            if term.example:
                tip = tr("{definition}. For example: {example}", definition=term.definition, example=term.example)
                self.term.setItemData(self.term.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def load(self, draft: Draft, sound_only: bool = False) -> None:
        """Show a draft; nothing counts as edited."""
        self.blockSignals(True)
        self._sound_only, self.reason = sound_only, draft.guard_reason
        self.guard.reset()
        self.attributes.load(draft.attributes)
        self.sound.load(draft.sound)
        self.rows["frames"].setVisible(not sound_only)
        put(self, plain_of(draft))
        self.show_term()
        self.name_statement()
        self.look()
        self.more.setChecked(draft.presence != "observed" or bool(draft.alternatives))
        self.show_more(self.more.isChecked())
        for row in self.rows.values():
            row.set_problem("")
        self.blockSignals(False)

    def draft(self) -> Draft | None:
        """Return what the form holds; None where `problem` has something to say."""
        return None if self.problem() else self.read()

    def read(self) -> Draft:
        """Return what the form holds, None in place of frames and counts that make no sense."""
        span = (None, None) if self._sound_only else self.frames.value()
        if isinstance(span, str):
            span = (None, None)
        return Draft(
            term=self.term.value(),
            first=span[0],
            last=span[1],
            basis=self.basis.value() or "seen",
            presence=self.presence.value() or "observed",
            presence_reason=self.why.reason(),
            statement=self.statement.toPlainText(),
            guard_reason=self.reason if guard.check(self.statement.toPlainText()) else "",
            attributes=self.attributes.values(),
            count=self.count.value(),
            legibility=self.legibility.value(),
            certainty=self.certainty.value(),
            alternatives=self.alternatives.text(),
            sound=self.sound.value(),
        )

    def problem(self) -> str:
        """Return one sentence on what cannot be kept, "" for nothing; the field is marked."""
        self.rows["frames"].set_problem(self.frames_problem())
        return self.frames_problem() or self.sound.problem() or self.count.problem()

    def frames_problem(self) -> str:
        """Return one sentence on why the frames are none, "" where they are."""
        span = (0, 0) if self._sound_only else self.frames.value()
        return span if isinstance(span, str) else ""

    def show_as_text(self, text: bool) -> None:
        """Make the fields read as text, not as boxes, in a case that is open to read."""
        for line in (self.frames.first, self.frames.last, self.alternatives):
            show_as_text(line, text)
        show_as_text(self.statement, text)
        self.term_words.refresh()
        self.count.set_text_only(text)
        self.sound.set_text_only(text)
        self.guard.set_quiet(text)
        if text:
            for row in (*self.rows.values(), *self.attributes.rows):
                self._plain.show(row)

    def focus_statement(self) -> None:
        """Put the keyboard where words are asked for."""
        self.statement.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.statement.selectAll()

    # ------------------------------------------------------------------------------------------------------- parts

    def _term_chosen(self) -> None:
        term = self._terms.get(self.term.value())
        if term is not None:
            self.basis.set_value(term.basis)
        self.show_term()
        self.name_statement()
        self._edited()

    def show_term(self) -> None:
        """Show what belongs to the chosen term: its definition, its facts, a count where it asks for one."""
        term = self._terms.get(self.term.value())
        self.rows["term"].set_help(term.definition if term is not None else "")
        self.term_words.show_term(term)
        self.attributes.show_term(term)
        counted = term is not None and term.counted
        self.rows["count"].setVisible(counted or self.count.value() is not None)

    def name_statement(self) -> None:
        """Name the statement by its basis."""
        name = tr("What is heard") if self.basis.value() == "heard" else tr("What is seen")
        self._statement_label.setText(name)
        self.statement.setAccessibleName(name)
        self.rows["sound"].setVisible(self.basis.value() == "heard" or self.sound.range() is not None)

    def show_more(self, shown: bool) -> None:
        """Show or fold away what is seldom asked for."""
        for name in ("presence", "alternatives"):
            self.rows[name].setVisible(shown)
        self.rows["why"].setVisible(shown and self.why.wanted)

    def _presence_chosen(self) -> None:
        self.show_more(self.more.isChecked())
        self._edited()

    def _typed(self) -> None:
        self.look()
        self._edited()

    def look(self) -> None:
        """Let the guard look at the statement."""
        self.guard.look_at(self.statement.toPlainText(), self.reason)

    def _replace(self, hit: GuardHit) -> None:
        text, cursor = self.statement.toPlainText(), self.statement.textCursor()
        start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in (hit.start, hit.end))
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        cursor.insertText(hit.seen_form)
        self.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reasoned(self, reason: str) -> None:
        self.reason = reason
        self.look()
        self._edited()

    def _edited(self) -> None:
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)
