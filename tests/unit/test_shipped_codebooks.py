"""The shipped codebooks: every term says what can be seen or heard, with an example, and none clashes with another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.domain import guard
from evidence_desk.domain.codebook import terms_from
from evidence_desk.domain.controlled_values import BASES

BOOKS = sorted((Path(__file__).resolve().parents[2] / "resources" / "codebooks").glob("*.json"))


@pytest.fixture(params=BOOKS, ids=lambda path: path.stem)
def book(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each codebook as it is stored."""
    data: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    assert data["name"] == request.param.stem
    return data


def test_three_are_shipped() -> None:
    assert [path.stem for path in BOOKS] == ["crowd", "custody", "strikes"]


def test_terms_are_observable_and_have_an_example(book: dict[str, Any]) -> None:
    terms = terms_from(book["terms"])
    assert len(terms) >= 14
    for term, data in zip(terms, book["terms"], strict=True):
        assert data["definition"], term.id
        assert data["example"], term.id
        for words in (term.label, term.definition, term.statement, data["example"]):
            assert guard.check(words) == (), (term.id, words)
        assert term.basis in BASES
        assert all(len(set(a.choices)) == len(a.choices) for a in term.attributes), term.id
    assert sum(bool(t.key) for t in terms) >= 8, "what is seen most has a key"
    assert {"note", "cut", "picture-ends"} <= {t.id for t in terms}
