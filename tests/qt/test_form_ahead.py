"""What an observation of a term asks for is made before the term is used, so that its key need not wait for it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.ui.models.observation_draft import Draft
from evidence_desk.ui.panels.form_ahead import pieces
from evidence_desk.ui.panels.observation_fields import ObservationFields
from evidence_desk.ui.widgets.forms import FormRow

POSTURE = Term("hands", "posture", "Hands", "Hands.", attributes=(Attribute("side", "Side", ("left", "right")),))
COLOUR = Term("cloth", "clothing", "Cloth", "Cloth.", attributes=(Attribute("colour", "Colour"),))
PLAIN = Term("door", "objects", "Door", "A door.")
TERMS = {term.id: term for term in (POSTURE, COLOUR, PLAIN)}


@pytest.fixture
def fields(qtbot: QtBot, theme: None) -> ObservationFields:
    made = ObservationFields()
    qtbot.addWidget(made)
    return made


def parts(fields: ObservationFields) -> set[int]:
    return {id(part) for part in fields.attributes.findChildren(QWidget)}


def test_a_term_used_for_the_first_time_finds_its_rows_made(fields: ObservationFields) -> None:
    assert len(list(pieces(fields, TERMS))) == 3
    made = parts(fields)
    assert made
    rows = fields.attributes.findChildren(FormRow)
    assert len(rows) == 2
    assert not [row for row in rows if row.isVisibleTo(fields)]
    for term in TERMS.values():
        fields.load(Draft(term.id, None, None), sound_only=True)
        shown = [row.field.accessibleName() for row in fields.attributes.rows if row.isVisibleTo(fields)]
        assert shown == [attribute.label for attribute in term.attributes]
    assert parts(fields) == made


def test_what_is_prepared_twice_is_made_once(fields: ObservationFields) -> None:
    list(pieces(fields, TERMS))
    made = parts(fields)
    assert list(pieces(fields, TERMS)) == []
    assert parts(fields) == made
