"""The models of the rooms keep Qt's rules and give what the designs show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QTableView

from evidence_desk.domain.records import Claim, Proposition
from evidence_desk.services.case import Case
from evidence_desk.ui.dialogs.container_fields import ContainerFieldsDialog
from evidence_desk.ui.models.board import CardModel, link_cards, question_cards
from evidence_desk.ui.models.candidates import CandidateModel
from evidence_desk.ui.models.claim_tree import ClaimTreeModel, tallies
from evidence_desk.ui.models.container_facts import all_facts, main_facts
from evidence_desk.ui.models.intake_table import IntakeTable, exhibit_row
from evidence_desk.ui.models.section_list import SectionModel
from evidence_desk.ui.models.sources import SourceModel
from evidence_desk.ui.rooms.claims_content import candidates_for
from tests.qt.sample_records import FACTS, fill


@pytest.fixture
def case(tmp_path: Path) -> Any:
    made = Case.create(tmp_path / "exercise", "Exercise Kestrel", "Reviewer A")
    fill(made)
    yield made
    made.close()


def models(case: Case) -> list[Any]:
    """Every model of the rooms, filled."""
    q = case.queries
    tree, sources, table, cards, found, sections = (
        ClaimTreeModel(), SourceModel(), IntakeTable(), CardModel("Supports"), CandidateModel(), SectionModel(),
    )  # fmt: skip
    tree.show(q.claims(), q.propositions(), q.sources(), tallies(q.links(), q.questions()))
    sources.show(q.sources())
    recorded = {a.exhibit: a for a in q.acquisitions()}
    table.show([exhibit_row(e, recorded.get(e.number), None, False) for e in q.exhibits()])
    records: dict[str, Any] = {r.number: r for r in (*q.observations(), *q.exhibits(), *q.sources())}
    cards.show([*link_cards("CL-001.1", q.links(), records, {}), *question_cards("CL-001.1", q.questions())])
    found.show(candidates_for(q, "CL-001.1"))
    return [tree, sources, table, cards, found, sections]


def test_every_model_keeps_the_rules_of_its_kind(case: Case, theme: None, qtmodeltester: Any) -> None:
    made = models(case)
    assert [model.rowCount() for model in made] == [3, 3, 4, 7, 11, 17]
    for model in made:
        qtmodeltester.check(model)


def test_every_row_is_read_out(case: Case, theme: None) -> None:
    for model in models(case):
        for row in range(model.rowCount()):
            assert model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_tree_finds_claims_and_propositions_by_number(case: Case, theme: None) -> None:
    tree: ClaimTreeModel = models(case)[0]
    assert isinstance(tree.record(tree.index_of("CL-002")), Claim)
    inner = tree.index_of("CL-002.1")
    assert isinstance(tree.record(inner), Proposition)
    assert tree.parent(inner) == tree.index_of("CL-002")
    assert not tree.index_of("CL-009").isValid()
    assert tree.record(QModelIndex()) is None


def test_a_row_that_only_changed_its_words_keeps_the_selection(case: Case, theme: None, qtbot: Any) -> None:
    table: IntakeTable = models(case)[2]
    rows = [exhibit_row(e, None, None, e.number == "EX-002") for e in case.queries.exhibits()]
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        table.show(rows)
    assert "Missing from the vault" in str(table.index(1, 4).data())
    assert "Ctrl C" in str(table.index(0, 3).data(Qt.ItemDataRole.ToolTipRole))


def test_a_repost_says_that_it_counts_once(case: Case, theme: None) -> None:
    from evidence_desk.services import commands as c

    case.bus.run(c.edit("EX-002", {"repost_of": "EX-001"}))
    q = case.queries
    records: dict[str, Any] = {r.number: r for r in (*q.observations(), *q.exhibits())}
    notes = {card.about: card.note for card in link_cards("CL-001.1", q.links(), records, {})}
    assert notes["OB-002"] == "Re-post of EX-001: counts once"
    assert notes["OB-001"] == ""


def test_the_fields_of_a_container_can_be_searched(theme: None, qtbot: Any) -> None:
    dialog = ContainerFieldsDialog("EX-001", all_facts(FACTS))
    qtbot.addWidget(dialog)
    dialog.show()
    table, wanted = dialog.findChild(QTableView), dialog.findChild(QLineEdit)
    assert table is not None
    assert wanted is not None
    everything = table.model().rowCount()
    wanted.setText("codec")
    assert 0 < table.model().rowCount() < everything


def test_sound_facts_are_compared_on_one_clock(case: Case) -> None:
    """The picture's end counts from frame 0, the sound's is the container's: frame 0 itself may stand at 1.4 s."""
    exhibit = replace(
        case.queries.exhibit("EX-001"),
        facts={
            **FACTS,
            "timing": {**FACTS["timing"], "picture_end": "10/1", "audio_end": "58/5"},
            "sound_offset": "-1/8",
        },
        first_pts=126_000,
        time_base="1/90000",
    )
    facts = {fact.name: fact for fact in main_facts(exhibit)}
    assert facts["Picture ends before sound"].value == "0.200\u202fs"
    assert facts["Sound"].value == "aac 44.1\u202fkHz, 00:00:11.600, begins 0.125\u202fs before the picture"
    assert facts["Sound"].look
