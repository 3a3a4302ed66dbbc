"""The forms of the codebook editor: one term with its facts, or one category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from evidence_desk.domain import guard
from evidence_desk.domain.codebook import (
    ATTRIBUTE_KINDS,
    CATEGORIES,
    CHOICE,
    NUMBER,
    TERM_KEYS,
    Attribute,
    Category,
    Term,
    id_from,
)
from evidence_desk.domain.controlled_values import BASES
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.actions.registry import keys_text
from evidence_desk.ui.models.codebook_draft import CodebookDraft
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, icon_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.labels import label

_WIDTH = 104
_ICONS = """
    users-three person-simple person-simple-walk person-simple-run hand-palm hand-grabbing hand-waving
    hands-clapping t-shirt tag-simple shield flag identification-badge line-segment cube target crosshair rocket
    airplane airplane-tilt car truck bicycle drop fire lightning cloud wind waves sun moon circle-dashed wall house
    buildings columns rows path arrows-out arrows-in arrow-down stack dots-nine grid-four ear speaker-high
    speaker-slash megaphone chats camera scissors ruler map-pin text-aa eye first-aid note question star
"""
ICONS = tuple(_ICONS.split())
"""Icons of the typeface that a term or category may have; a screen reader hears their names."""


def colour_words() -> dict[str, str]:
    """Return the name of each colour that a category may have."""
    return {
        "people": tr("Green"),
        "marking": tr("Yellow"),
        "posture": tr("Blue"),
        "object": tr("Brown"),
        "sound": tr("Pink"),
        "continuity": tr("Grey"),
        "place": tr("Teal"),
    }


class IconCombo(WordCombo):
    """One of the icons, with its name."""

    def __init__(self) -> None:
        super().__init__([(f"ph.{name}", name.replace("-", " ")) for name in ICONS])
        side = current_theme().px(16)
        self.setIconSize(QSize(side, side))
        for place in range(self.count()):
            self.setItemIcon(place, current_theme().icon(str(self.itemData(place)), "text.primary"))

    def set_value(self, value: str) -> None:
        """Choose an icon; one that is not offered, but drawn by the typeface, is added."""
        super().set_value(value)
        place = self.currentIndex()
        if value and self.itemIcon(place).isNull():
            try:
                self.setItemIcon(place, current_theme().icon(value, "text.primary"))
            except EvidenceDeskError:
                self.setItemIcon(place, QIcon())


class FactRow(QWidget):
    """One further fact of a term. Signals: `edited()`; `removed()`."""

    edited = Signal()
    removed = Signal()

    def __init__(self, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = attribute
        self.name = QLineEdit(attribute.label)
        self.name.setAccessibleName(tr("Name of the fact"))
        self.kind = WordCombo([(kind, tr(kind)) for kind in ATTRIBUTE_KINDS])
        self.kind.setAccessibleName(tr("Kind of {name}", name=attribute.label))
        self.kind.set_value(attribute.kind)
        self.more = QLineEdit(", ".join(attribute.choices) or attribute.unit)
        remove = icon_button("close", tr("Remove {name}", name=attribute.label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for field, share in ((self.name, 3), (self.kind, 2), (self.more, 5), (remove, 0)):
            row.addWidget(field, share)
        self.name.textEdited.connect(self.edited)
        self.more.textEdited.connect(self.edited)
        self.kind.activated.connect(self._kind_chosen)
        remove.clicked.connect(self.removed)
        self._dress()

    def attribute(self, taken: Sequence[str]) -> Attribute:
        """Return the fact; its id stays once it has one, so that observations keep what they say."""
        name, more, kind = self.name.text().strip(), self.more.text(), self.kind.value()
        id_ = self._before.id or id_from(name, taken)
        choices = tuple(part.strip() for part in more.split(",") if part.strip()) if kind == CHOICE else ()
        unit = more.strip() if kind == NUMBER else ""
        return replace(self._before, id=id_, label=name, kind=kind, choices=choices, unit=unit)

    def _kind_chosen(self) -> None:
        self._dress()
        self.edited.emit()

    def _dress(self) -> None:
        hints = {CHOICE: tr("left, right, not decidable"), NUMBER: tr("Unit, e.g. pixels")}
        kind = self.kind.value()
        self.more.setVisible(kind in hints)
        self.more.setPlaceholderText(hints.get(kind, ""))
        self.more.setAccessibleName(tr("Choices, parted by commas") if kind == CHOICE else tr("Unit"))


class TermForm(QWidget):
    """Edits one term of the draft at once. Signals: `edited()`."""

    edited = Signal()

    def __init__(self, draft: CodebookDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._id = draft, ""
        self.label = QLineEdit()
        self.category = WordCombo([])
        self.key = WordCombo([])
        self.icon = IconCombo()
        self.lasts = Choice(tr("Usually"), (("point", tr("At one frame")), ("span", tr("For a while"))))
        self.basis = WordCombo([(basis, tr(basis)) for basis in BASES])
        self.counted = QCheckBox(tr("Asks for a count (min, best, max)"))
        self.definition, self.example = _text(), _text()
        self.statement = QLineEdit()
        self.facts: list[FactRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._add_fact = ghost_button(tr("Add a fact"), icon="add")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(6)
        self.key_row = FormRow(tr("Key"), self.key, width=_WIDTH)
        self.statement_row = FormRow(
            tr("Suggests"), self.statement, tr("Offered as what is seen; never kept by itself"), _WIDTH
        )
        rows = (
            FormRow(tr("Term"), self.label, width=_WIDTH),
            FormRow(tr("Definition"), self.definition, tr("What has to be seen or heard for it"), _WIDTH),
            FormRow(tr("Example"), self.example, tr("One case of it, and a near miss"), _WIDTH),
            FormRow(tr("Category"), self.category, width=_WIDTH),
            self.key_row,
            FormRow(tr("Icon"), self.icon, width=_WIDTH),
            FormRow(tr("Usually"), self.lasts, width=_WIDTH),
            FormRow(tr("Basis"), self.basis, width=_WIDTH),
            self.statement_row,
        )
        for row in rows:
            column.addWidget(row)
        column.addWidget(self.counted)
        column.addWidget(label(tr("Facts"), "section"))
        column.addLayout(self._rows)
        column.addWidget(self._add_fact, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    def _connect(self) -> None:
        self.label.textEdited.connect(lambda text: self._set(label=text))
        self.category.activated.connect(lambda _: self._set(category=self.category.value()))
        self.key.activated.connect(self._key_chosen)
        self.icon.activated.connect(lambda _: self._set(icon=self.icon.value()))
        self.lasts.chosen.connect(lambda value: self._set(span=value == "span"))
        self.basis.activated.connect(lambda _: self._set(basis=self.basis.value()))
        self.counted.clicked.connect(lambda on: self._set(counted=on))
        self.definition.textChanged.connect(self._texts_changed)
        self.example.textChanged.connect(self._texts_changed)
        self.statement.textEdited.connect(self._statement_edited)
        self._add_fact.clicked.connect(self._new_fact)

    def show_term(self, id_: str) -> None:
        """Show a term of the draft."""
        term = self._draft.term(id_)
        self._id = ""
        self.label.setText(term.label)
        self.category.set_choices([(c.id, c.label) for c in self._draft.book.categories])
        self.category.set_value(term.category)
        self._offer_keys(term)
        self.icon.set_value(term.icon or self._draft.category(term.category).icon)
        self.lasts.set_value("span" if term.span else "point")
        self.basis.set_value(term.basis)
        self.counted.setChecked(term.counted)
        self.definition.setPlainText(term.definition)
        self.example.setPlainText(term.example)
        self.statement.setText(term.statement)
        self._guard(term.statement)
        self._show_facts(term.attributes)
        self._id = id_

    def _offer_keys(self, term: Term) -> None:
        held = {other.key: other.label for other in self._draft.book.terms if other.key and other.id != term.id}
        words = [
            (key, f"{keys_text(key)}   {tr('taken by {term}', term=held[key])}" if key in held else keys_text(key))
            for key in TERM_KEYS
        ]
        self.key.set_choices([("", tr("No key")), *words])
        self.key.set_value(term.key)
        self.key_row.set_problem("")

    def _key_chosen(self) -> None:
        term, key = self._draft.term(self._id), self.key.value()
        try:
            self._draft.set_term(self._id, key=key)
        except EvidenceDeskError as error:
            self.key.set_value(term.key)
            self.key_row.set_problem(str(error))
            return
        self.key_row.set_problem("")
        self.edited.emit()

    def _texts_changed(self) -> None:
        if self._id:
            definition, example = self.definition.toPlainText().strip(), self.example.toPlainText().strip()
            self._set(definition=definition, example=example)

    def _statement_edited(self, text: str) -> None:
        self._guard(text)
        self._set(statement=text.strip())

    def _guard(self, text: str) -> None:
        hits = guard.check(text)
        words = tr("“{word}” {why}.", word=hits[0].word, why=hits[0].why) if hits else ""
        self.statement_row.set_problem(words)

    def _show_facts(self, attributes: Sequence[Attribute]) -> None:
        for row in self.facts:
            row.hide()
            self._rows.removeWidget(row)
            row.deleteLater()
        self.facts = []
        for attribute in attributes:
            self._put_fact(attribute)

    def _put_fact(self, attribute: Attribute) -> FactRow:
        row = FactRow(attribute)
        row.edited.connect(self._facts_edited)
        row.removed.connect(lambda: self._remove_fact(row))
        self.facts.append(row)
        self._rows.addWidget(row)
        return row

    def _new_fact(self) -> None:
        self._put_fact(Attribute("", "")).name.setFocus()

    def _remove_fact(self, row: FactRow) -> None:
        self._show_facts([a for a in self._attributes(all_=True) if a != row.attribute(())])
        self._facts_edited()

    def _facts_edited(self) -> None:
        self._set(attributes=self._attributes())

    def _attributes(self, all_: bool = False) -> tuple[Attribute, ...]:
        found: list[Attribute] = []
        for row in self.facts:
            attribute = row.attribute([a.id for a in found])
            if attribute.label or all_:
                found.append(attribute)
        return tuple(found)

    def _set(self, **changes: object) -> None:
        if self._id:
            self._draft.set_term(self._id, **changes)
            self.edited.emit()


class CategoryForm(QWidget):
    """Edits one category of the draft at once. Signals: `edited()`."""

    edited = Signal()

    def __init__(self, draft: CodebookDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._id = draft, ""
        self.label = QLineEdit()
        words = colour_words()
        self.colour = WordCombo([(colour, words[colour]) for colour in CATEGORIES])
        for place, colour in enumerate(CATEGORIES):
            self.colour.setItemIcon(place, _swatch(colour))
        self.icon = IconCombo()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(6)
        column.addWidget(FormRow(tr("Category"), self.label, tr("A lane of the timeline"), _WIDTH))
        column.addWidget(FormRow(tr("Colour"), self.colour, width=_WIDTH))
        column.addWidget(FormRow(tr("Icon"), self.icon, tr("A lane is never told by its colour alone"), _WIDTH))
        column.addStretch()
        self.label.textEdited.connect(lambda text: self._set(label=text))
        self.colour.activated.connect(lambda _: self._set(colour=self.colour.value()))
        self.icon.activated.connect(lambda _: self._set(icon=self.icon.value()))

    def show_category(self, category: Category) -> None:
        """Show a category of the draft."""
        self._id = ""
        self.label.setText(category.label)
        self.colour.set_value(category.colour)
        self.icon.set_value(category.icon or "ph.tag-simple")
        self._id = category.id

    def _set(self, **changes: object) -> None:
        if self._id:
            self._draft.set_category(self._id, **changes)
            self.edited.emit()


def _text() -> QTextEdit:
    field = QTextEdit()
    field.setAcceptRichText(False)
    field.setTabChangesFocus(True)
    field.setFixedHeight(current_theme().px(48))
    return field


def _swatch(colour: str) -> QIcon:
    side = current_theme().px(14)
    picture = QPixmap(side, side)
    picture.fill(current_theme().color(f"category.{colour}"))
    return QIcon(picture)
