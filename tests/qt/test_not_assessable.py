"""What cannot be assessed, with its reason: in the form, in the list and on the timeline."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Observation
from evidence_desk.ui.models.observation_draft import Draft, changed_fields, draft_of
from evidence_desk.ui.models.observations import build_rows, row_sentence
from evidence_desk.ui.panels.observation_fields import ObservationFields

TERM = Term("hands-visible", "posture", "Hands visible", "Hands are in view.")


def kept(**fields: Any) -> Observation:
    return Observation(
        uid="u", number="OB-001", exhibit="EX-001", term=TERM.id, codebook="", statement="", basis="seen", **fields
    )


@pytest.fixture
def fields(qtbot: Any, theme: None) -> ObservationFields:
    made = ObservationFields()
    qtbot.addWidget(made)
    made.set_terms({TERM.id: TERM})
    return made


def test_the_reason_stands_beside_that_presence_alone(fields: ObservationFields) -> None:
    fields.load(Draft(TERM.id, None, None, presence="cannot be assessed", presence_reason="occluded"), sound_only=True)
    assert not fields.rows["why"].isHidden()
    held = fields.draft()
    assert held is not None
    assert held.presence_reason == "occluded"
    fields.presence.set_value("looked for, not seen")
    fields.presence.activated.emit(1)
    assert fields.rows["why"].isHidden()
    held = fields.draft()
    assert held is not None
    assert (held.presence, held.presence_reason) == ("looked for, not seen", "")


def test_what_the_form_changes_is_the_reason_alone() -> None:
    record = kept(presence="cannot be assessed")
    draft = draft_of(kept(presence="cannot be assessed", presence_reason="too dark"))
    assert changed_fields(record, draft, None) == {"presence_reason": "too dark"}


def test_the_list_says_why() -> None:
    (row,) = build_rows((kept(presence="cannot be assessed", presence_reason="blurred"),), {TERM.id: TERM}, ())
    assert row.label == "Hands visible, cannot be assessed: blurred"
    assert "cannot be assessed: blurred" in row_sentence(row)
