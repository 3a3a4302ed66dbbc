"""The fields of an observation: term, frames, basis, what is seen, and what the term asks for besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_desk.domain import guard
from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.domain.guard import GuardHit
from evidence_desk.domain.records import BASES, CERTAINTIES, LEGIBILITIES, PRESENCES
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.models.observation_draft import Draft, frame_problem
from evidence_desk.ui.panels.guard_strip import GuardStrip, StatementField
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.forms import CountFields, FormRow, show_as_text
from evidence_desk.ui.widgets.labels import ElidedLabel, label
from evidence_desk.ui.widgets.panel import FoldHeader

_SEGMENT_ROOM = 200
"""Words that fit into this width stand side by side; more become a list."""


def sentence_case(word: str) -> str:
    """Return a word of the vocabulary as it stands on a button."""
    return word[:1].upper() + word[1:]


def words_of(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return (value, shown) pairs."""
    return tuple((v, sentence_case(tr(v))) for v in values)


class AttributeField(QWidget):
    """One further fact of a term. Signals: `edited()`."""

    edited = Signal()

    def __init__(self, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = attribute.id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._field: Choice | WordCombo | QLineEdit = self._make(attribute)
        self._field.setAccessibleName(attribute.label)
        self.setFocusProxy(self._field)
        row.addWidget(self._field)

    def _make(self, attribute: Attribute) -> Choice | WordCombo | QLineEdit:
        if not attribute.choices:
            line = QLineEdit()
            line.textEdited.connect(self._tell)
            return line
        choice = Choice(attribute.label, words_of(attribute.choices))
        if choice.minimumSizeHint().width() <= current_theme().px(_SEGMENT_ROOM):
            choice.chosen.connect(self._tell)
            return choice
        choice.deleteLater()
        combo = WordCombo((("", tr("Not stated")), *words_of(attribute.choices)))
        combo.activated.connect(self._tell)
        return combo

    def value(self) -> str:
        """Return the fact, "" where it is not stated."""
        return self._field.text() if isinstance(self._field, QLineEdit) else self._field.value()

    def set_value(self, value: str) -> None:
        """Show a fact."""
        if isinstance(self._field, QLineEdit):
            self._field.setText(value)
        else:
            self._field.set_value(value)

    def _tell(self) -> None:
        self.edited.emit()


class FrameFields(QWidget):
    """First and last frame, as numbers or as whatever "go to" understands. Signals: `edited()`."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock: FrameClock | None = None
        self._here = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.first, self.last = QLineEdit(), QLineEdit()
        for field, name in ((self.first, tr("First frame")), (self.last, tr("Last frame"))):
            field.setAccessibleName(name)
            field.textEdited.connect(self._changed)
        self._note = ElidedLabel("", "caption")
        row.addWidget(self.first)
        row.addWidget(label(tr("to"), "label"))
        row.addWidget(self.last)
        row.addWidget(self._note, 1)
        self.setFocusProxy(self.first)
        self._dress()
        keeper().changed.connect(self._dress)

    def _dress(self) -> None:
        for field in (self.first, self.last):
            field.setFixedWidth(current_theme().px(58))

    def set_clip(self, clock: FrameClock | None, here: int) -> None:
        """Understand places of this clip, seen from frame `here`."""
        self._clock, self._here = clock, here

    def set_value(self, first: int | None, last: int | None) -> None:
        """Show a range."""
        self.first.setText("" if first is None else str(first))
        self.last.setText("" if last is None else str(last))
        self._say()

    def value(self) -> tuple[int, int] | str:
        """Return first and last frame, or one sentence on why the texts are none."""
        if self._clock is None:
            a, b = self.first.text().strip(), self.last.text().strip()
            return (int(a), int(b)) if a.isdigit() and b.isdigit() else tr("The exhibit is not open.")
        return frame_problem(self.first.text(), self.last.text() or self.first.text(), self._clock, self._here)

    def _changed(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        span = self.value() if self.first.text() else ""
        self._note.setText(
            "" if isinstance(span, str) else plural(span[1] - span[0] + 1, "{count} frame", "{count} frames")
        )


class ObservationFields(QWidget):
    """Everything of the form that is typed or chosen. Signals: `edited()`, `keep_asked()`, `leave_asked()`."""

    edited = Signal()
    keep_asked = Signal()
    leave_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms: dict[str, Term] = {}
        self._reason = ""
        self._attributes: list[AttributeField] = []
        self._kept_attributes: dict[str, str] = {}
        self._sound_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self.term = WordCombo(())
        self.frames = FrameFields()
        self.basis = Choice(tr("Basis"), words_of(BASES), "seen")
        self.statement = StatementField()
        self.guard = GuardStrip()
        self.count = CountFields(tr("Count"))
        self.legibility = Choice(tr("Legibility"), words_of(LEGIBILITIES))
        self.certainty = Choice(tr("Certainty"), words_of(CERTAINTIES))
        self.presence = WordCombo(words_of(PRESENCES))
        self.alternatives = QLineEdit()
        self.alternatives.setPlaceholderText(tr("Other ways to read what is seen"))
        self.rows = {
            "term": FormRow(tr("Term"), self.term),
            "frames": FormRow(tr("Frames"), self.frames),
            "basis": FormRow(tr("Basis"), self.basis),
            "count": FormRow(tr("Count"), self.count),
            "legibility": FormRow(tr("Legibility"), self.legibility),
            "certainty": FormRow(tr("Certainty"), self.certainty),
            "presence": FormRow(tr("Presence"), self.presence),
            "alternatives": FormRow(tr("Otherwise"), self.alternatives),
        }
        self._place(column)
        self._connect()

    def _place(self, column: QVBoxLayout) -> None:
        for name in ("term", "frames", "basis"):
            column.addWidget(self.rows[name])
        head = QHBoxLayout()
        self._statement_label = label(tr("What is seen"), "label")
        self._statement_label.setBuddy(self.statement)
        self.statement.setAccessibleName(tr("What is seen"))
        head.addWidget(self._statement_label)
        hint = ElidedLabel(tr("No causes, names or intent"), "caption")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(hint, 1)
        column.addLayout(head)
        column.addWidget(self.statement)
        column.addWidget(self.guard)
        self._attribute_box = QVBoxLayout()
        self._attribute_box.setSpacing(6)
        column.addLayout(self._attribute_box)
        for name in ("count", "legibility", "certainty"):
            column.addWidget(self.rows[name])
        self.more = FoldHeader(tr("More"), "more")
        self.more.toggled.connect(self._show_more)
        fold = QHBoxLayout()
        fold.setContentsMargins(-12, 0, -12, 0)
        fold.addWidget(self.more)
        column.addLayout(fold)
        for name in ("presence", "alternatives"):
            column.addWidget(self.rows[name])
        self._show_more(False)

    def _connect(self) -> None:
        self.term.activated.connect(self._term_chosen)
        self.frames.edited.connect(self._edited)
        for choice in (self.basis, self.legibility, self.certainty):
            choice.chosen.connect(self._edited)
        self.basis.chosen.connect(self._name_statement)
        self.statement.textChanged.connect(self._typed)
        self.statement.keep_asked.connect(self.keep_asked)
        self.statement.left.connect(self.leave_asked)
        self.guard.replace_asked.connect(self._replace)
        self.guard.reasoned.connect(self._reasoned)
        self.count.edited.connect(self._edited)
        self.presence.activated.connect(self._edited)
        self.alternatives.textEdited.connect(self._edited)

    # ------------------------------------------------------------------------------------------------------ content

    def set_terms(self, terms: Mapping[str, Term]) -> None:
        """Offer the terms of the codebook."""
        if list(self._terms) == list(terms):
            return
        self._terms = dict(terms)
        self.term.clear()
        for term in terms.values():
            icon = current_theme().icon(term.icon or "observation", f"category.{term.category}")
            self.term.addItem(icon, term.label, term.id)

    def load(self, draft: Draft, sound_only: bool = False) -> None:
        """Show a draft; nothing counts as edited."""
        self.blockSignals(True)
        self._sound_only = sound_only
        self._reason = draft.guard_reason
        self._kept_attributes = dict(draft.attributes)
        self.term.set_value(draft.term)
        self.frames.set_value(draft.first, draft.last)
        self.rows["frames"].setVisible(not sound_only)
        self.basis.set_value(draft.basis)
        self.statement.setPlainText(draft.statement)
        self.count.set_value(draft.count)
        self.legibility.set_value(draft.legibility)
        self.certainty.set_value(draft.certainty)
        self.presence.set_value(draft.presence)
        self.alternatives.setText(draft.alternatives)
        self._show_term()
        self._name_statement()
        self._look()
        self.more.setChecked(draft.presence != "observed" or bool(draft.alternatives))
        for row in self.rows.values():
            row.set_problem("")
        self.blockSignals(False)

    def draft(self) -> Draft | None:
        """Return what the form holds; None where `problem` has something to say."""
        if self.problem():
            return None
        span = (None, None) if self._sound_only else self.frames.value()
        if isinstance(span, str):
            return None
        return Draft(
            term=self.term.value(),
            first=span[0],
            last=span[1],
            basis=self.basis.value() or "seen",
            presence=self.presence.value() or "observed",
            statement=self.statement.toPlainText(),
            guard_reason=self._reason if guard.check(self.statement.toPlainText()) else "",
            attributes={**self._kept_attributes, **{a.id: a.value().strip() for a in self._attributes}},
            count=self.count.value(),
            legibility=self.legibility.value(),
            certainty=self.certainty.value(),
            alternatives=self.alternatives.text(),
        )

    def problem(self) -> str:
        """Return one sentence on what cannot be kept, "" for nothing; the field is marked."""
        span = (0, 0) if self._sound_only else self.frames.value()
        wrong_frames = span if isinstance(span, str) else ""
        self.rows["frames"].set_problem(wrong_frames)
        return wrong_frames or self.count.problem()

    def show_as_text(self, text: bool) -> None:
        """Make the fields read as text, as in a case that is open to read."""
        for line in (self.frames.first, self.frames.last, self.alternatives):
            show_as_text(line, text)
        self.statement.setReadOnly(text)
        self.count.set_text_only(text)
        for widget in (self.term, self.basis, self.legibility, self.certainty, self.presence, *self._attributes):
            widget.setEnabled(not text)

    def focus_statement(self) -> None:
        """Put the keyboard where words are asked for."""
        self.statement.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.statement.selectAll()

    # ------------------------------------------------------------------------------------------------------- parts

    def _term_chosen(self) -> None:
        before = {a.id: a.value() for a in self._attributes}
        self._kept_attributes |= {k: v for k, v in before.items() if v}
        term = self._terms.get(self.term.value())
        if term is not None:
            self.basis.set_value(term.basis)
        self._show_term()
        self._name_statement()
        self._edited()

    def _show_term(self) -> None:
        term = self._terms.get(self.term.value())
        self.rows["term"].set_help(term.definition if term is not None else "")
        while (item := self._attribute_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._attributes = []
        for attribute in term.attributes if term is not None else ():
            field = AttributeField(attribute)
            field.set_value(self._kept_attributes.get(attribute.id, ""))
            field.edited.connect(self._edited)
            self._attributes.append(field)
            self._attribute_box.addWidget(FormRow(attribute.label, field))
        counted = term is not None and term.counted
        self.rows["count"].setVisible(counted or self.count.value() is not None)

    def _name_statement(self) -> None:
        name = tr("What is heard") if self.basis.value() == "heard" else tr("What is seen")
        self._statement_label.setText(name)
        self.statement.setAccessibleName(name)

    def _show_more(self, shown: bool) -> None:
        for name in ("presence", "alternatives"):
            self.rows[name].setVisible(shown)

    def _typed(self) -> None:
        self._look()
        self._edited()

    def _look(self) -> None:
        self.guard.look_at(self.statement.toPlainText(), self._reason)

    def _replace(self, hit: GuardHit) -> None:
        text = self.statement.toPlainText()
        cursor = self.statement.textCursor()
        start = len(text[: hit.start].encode("utf-16-le")) // 2
        end = len(text[: hit.end].encode("utf-16-le")) // 2
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        cursor.insertText(hit.seen_form)
        self.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reasoned(self, reason: str) -> None:
        self._reason = reason
        self._look()
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
