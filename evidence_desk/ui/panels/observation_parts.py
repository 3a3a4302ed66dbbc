"""Parts of the observation form: frames, further facts of a term, plain words where nothing can be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.models.observation_draft import frame_problem
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.choice import Choice, least_width
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.labels import ElidedLabel, label
from evidence_desk.ui.widgets.tab_order import walk_after

_SEGMENT_ROOM = 200
"""Words that fit into this width stand side by side; more become a list."""
_PAGES_KEPT = 32


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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._field)
        row.addWidget(self._field)

    def _make(self, attribute: Attribute) -> Choice | WordCombo | QLineEdit:
        if not attribute.offered:
            line = QLineEdit()
            line.setPlaceholderText(attribute.unit)
            line.textEdited.connect(partial(self._written, line))
            return line
        words = words_of(attribute.offered)
        if least_width([text for _, text in words]) <= current_theme().px(_SEGMENT_ROOM):
            choice = Choice(attribute.label, words)
            choice.chosen.connect(self._tell)
            return choice
        combo = WordCombo((("", tr("Not stated")), *words))
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

    def _written(self, line: QLineEdit, text: str) -> None:
        """What is pasted into one line stands in one line: a break in it would be on record and not be seen."""
        one_line = " ".join(text.splitlines())
        if one_line != text:
            line.setText(one_line)
        self._tell()

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

    def set_texts(self, first: str, last: str) -> None:
        """Show what was typed, also where it names no frame."""
        self.first.setText(first)
        self.last.setText(last)
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


class AttributeRows(QWidget):
    """The further facts that a term asks for, one row each; Tab reaches them behind `after`. Signals: `edited()`.

    Rows that were made once stay for their term: making them takes longer than anything else of a record's form.
    """

    edited = Signal()

    def __init__(self, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = after
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._kept: dict[str, str] = {}
        self._pages: dict[tuple[Attribute, ...], _RowsOfTerm] = {}
        self._page: _RowsOfTerm | None = None
        self._rows: tuple[FormRow, ...] = ()

    def prepare(self, terms: Iterable[Term]) -> Iterator[None]:
        """Make the rows of these terms ahead; stops after each."""
        for asked in dict.fromkeys(tuple(term.attributes) for term in terms):
            if asked and asked not in self._pages and len(self._pages) < _PAGES_KEPT:
                self._page_of(asked).hide()
                yield

    def load(self, values: Mapping[str, str]) -> None:
        """Take the facts on record; they are kept for terms that do not ask for them. The rows follow with the term."""
        self._kept = dict(values)
        self._rows = ()

    def show_term(self, term: Term | None) -> None:
        """Ask for the facts of a term; what was stated before is kept."""
        self._kept |= {k: v for k, v in self._stated().items() if v}
        asked = tuple(term.attributes) if term is not None else ()
        page = self._page_of(asked) if asked else None
        if page is not self._page:
            if self._page is not None:
                self._page.hide()
            self._page = page
        self._rows = page.rows if page is not None else ()
        for row in self._rows:
            if isinstance(row.field, AttributeField):
                row.field.set_value(self._kept.get(row.field.id, ""))
        if page is not None:
            page.show()
            walk_after(self._after, [row.field for row in self._rows])
        self.setVisible(page is not None)

    def _page_of(self, asked: tuple[Attribute, ...]) -> _RowsOfTerm:
        page = self._pages.pop(asked, None)
        if page is None:
            page = _RowsOfTerm(asked)
            page.edited.connect(self.edited)
            self._column.addWidget(page)
        self._pages[asked] = page  # the last one is the newest
        if len(self._pages) > _PAGES_KEPT:
            self._pages.pop(next(iter(self._pages))).deleteLater()
        return page

    def put(self, values: Mapping[str, str]) -> None:
        """State these facts in the rows there are; a row that says so already is left alone."""
        self._kept = dict(values)
        for row in self._rows:
            if isinstance(row.field, AttributeField) and row.field.value().strip() != values.get(row.field.id, ""):
                row.field.set_value(values.get(row.field.id, ""))

    def _stated(self) -> dict[str, str]:
        return {row.field.id: row.field.value().strip() for row in self._rows if isinstance(row.field, AttributeField)}

    def values(self) -> dict[str, str]:
        """Return every fact by its id, "" where it is not stated."""
        return {**self._kept, **self._stated()}

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """Return the rows shown."""
        return self._rows


class _RowsOfTerm(QWidget):
    """The rows of one term. Signals: `edited()`."""

    edited = Signal()

    def __init__(self, asked: tuple[Attribute, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        rows = []
        for attribute in asked:
            field = AttributeField(attribute)
            field.edited.connect(self.edited)
            rows.append(FormRow(attribute.label, field))
            column.addWidget(rows[-1])
        self.rows = tuple(rows)


class PlainWords:
    """Puts words in the place of boxes, for a case that is open to read."""

    def __init__(self) -> None:
        self._shown: dict[FormRow, QLabel] = {}

    def show(self, row: FormRow) -> None:
        """Hide the row's choice or list and show its word."""
        field = row.field
        if isinstance(field, Choice):
            words = sentence_case(tr(field.value()))
        elif isinstance(field, WordCombo):
            words = field.currentText()
        elif isinstance(field, AttributeField):
            words = sentence_case(field.value())
        else:
            return
        shown = self._shown.get(row)
        if shown is None:
            shown = self._shown[row] = label("", "small", wrap=True)
            row.put_beside(shown)
        field.hide()
        shown.setText(words or tr("not stated"))
        shown.setAccessibleName(f"{row.name.text()}: {shown.text()}")
