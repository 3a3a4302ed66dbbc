"""Finding by words, over every kind: what is found, what follows a change, and that the case stays untouched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.cli import main
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.search import CaseSearch
from evidence_desk.store.search import WordIndex
from tests.unit.conftest import frame


@pytest.fixture
def filled(with_frames: Case) -> Case:
    run = with_frames.bus.run
    run(c.add_observation("EX-001", "arms-raised", frame(3), statement="A person at the gate, élan in the step"))
    run(c.add_observation("EX-001", "note", frame(9), attributes={"light": "lantern"}))
    run(c.add_claim("SR-001", "Three men raised their hands", note="Gate as well"))
    return with_frames


def _found(search: CaseSearch, text: str) -> list[str]:
    return sorted(hit.record.number for hit in search.find(text))


def test_every_kind_is_found_by_words_beginnings_terms_facts_and_numbers(filled: Case) -> None:
    search = CaseSearch(filled.queries)
    assert _found(search, "gate") == ["CL-001", "OB-001"]
    assert _found(search, "GATE Pers") == ["OB-001"]
    assert _found(search, "elan") == ["OB-001"]
    assert "OB-001" in _found(search, "arms raised"), "the label of its term"
    assert _found(search, "lantern") == ["OB-002"]
    assert _found(search, "OB-002") == ["OB-002"]
    assert _found(search, "ثلاثة") == ["SR-001"]
    assert _found(search, "clip.mp4") == ["EX-001"]
    assert _found(search, "nothing of it") == []
    assert _found(search, " – ") == []


def test_the_index_follows_edits_undo_and_withdrawing(filled: Case) -> None:
    search = CaseSearch(filled.queries)
    assert _found(search, "porch") == []
    assert search.stale() == 0
    filled.bus.run(c.edit("OB-001", {"statement": "A person at the porch"}))
    assert search.stale() == 1, "only what changed is read again"
    assert (_found(search, "porch"), _found(search, "gate")) == (["OB-001"], ["CL-001"])
    filled.bus.undo()
    assert (_found(search, "porch"), _found(search, "gate")) == ([], ["CL-001", "OB-001"])
    filled.bus.run(c.withdraw("OB-001", "Seen twice"))
    hit = search.find("seen twice")[0]
    assert (hit.record.number, hit.record.withdrawn) == ("OB-001", "Seen twice")


def test_a_slice_is_read_at_a_time(filled: Case) -> None:
    search = CaseSearch(filled.queries)
    there = search.stale()
    assert search.advance(2) == there - 2
    while search.advance(2):
        pass
    assert search.numbers("gate") == {"CL-001", "OB-001"}


def test_searching_writes_nothing(filled: Case) -> None:
    before, head = filled.store.schema(), filled.queries.head()
    CaseSearch(filled.queries).find("gate")
    assert (filled.store.schema(), filled.queries.head()) == (before, head)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_words_and_no_question_to_the_index(text: str) -> None:
    index = WordIndex()
    index.put([("OB-001", 'near NOT the "gate" AND (a* : ^b)')])
    index.find(text)
    assert [hit.number for hit in index.find('NOT "gate" (a*')] == ["OB-001"]
    index.close()


def test_on_the_command_line(filled: Case, capsys: pytest.CaptureFixture[str]) -> None:
    filled.bus.run(c.withdraw("OB-002", "Seen twice"))
    place = str(filled.folder)
    filled.close()
    assert main(["search", place, "gate", "--json"]) == 0
    assert {hit["number"]: hit["kind"] for hit in json.loads(capsys.readouterr().out)} == {
        "CL-001": "claim",
        "OB-001": "observation",
    }
    assert main(["search", place, "lantern"]) == 0
    assert "withdrawn: " in capsys.readouterr().out
    assert main(["search", place, "basilisk"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err.strip()) == ("", "No record holds these words.")
