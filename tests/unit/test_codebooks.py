"""Codebooks: what one must be, versions that observations keep, values of facts, and the shipped ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evidence_desk.domain.codebook import (
    TERM_KEYS,
    Attribute,
    Vocabulary,
    attribute_problem,
    id_from,
    next_version,
    vocabulary_from,
    vocabulary_to,
)
from evidence_desk.domain.errors import Refused
from evidence_desk.domain.records import Observation
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.codebooks import book_in_force, codebook_of_file, file_of_codebook, shipped_codebooks
from evidence_desk.services.dossier_words import Words

FrameOf = Callable[[int], FrameRef]
BOOK: dict[str, Any] = {
    "name": "yard",
    "version": "1.0",
    "title": "Yard",
    "categories": [{"id": "crowd", "label": "Crowd", "colour": "posture", "icon": "ph.users-three"}],
    "terms": [
        {
            "id": "runs",
            "category": "crowd",
            "label": "Runs",
            "definition": "Both feet leave the ground between steps",
            "key": "Shift+Q",
            "attributes": [
                {"id": "way", "label": "Way", "choices": ["left", "right"]},
                {"id": "many", "label": "How many", "kind": "number", "unit": "figures"},
                {"id": "seen-twice", "label": "Seen twice", "kind": "yes-no"},
            ],
        }
    ],
}


def _book(case: Case) -> Vocabulary:
    return book_in_force(case)


def _with_note(book: Vocabulary, label: str) -> Vocabulary:
    return replace(book, terms=(*book.terms, replace(book.terms[-1], id=id_from(label, ()), label=label, key="")))


def test_a_codebook_is_the_same_there_and_back() -> None:
    book = vocabulary_from(BOOK)
    assert vocabulary_from(vocabulary_to(book)) == book
    assert [a.kind for a in book.terms[0].attributes] == ["choice", "number", "yes-no"]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"terms": []}, "at least one term"),
        ({"name": " "}, "a name and a version"),
        ({"terms": 5}, "no codebook"),
        ({"categories": [{"id": "crowd", "label": "Crowd", "colour": "pink"}]}, "no colour pink"),
        ({"terms": [{**BOOK["terms"][0], "category": "mood"}]}, "in no category"),
        ({"terms": [{**BOOK["terms"][0], "key": "M"}]}, "has the key M"),
        ({"terms": [{**BOOK["terms"][0], "id": "Runs away"}]}, "is no id"),
        ({"terms": [BOOK["terms"][0], {**BOOK["terms"][0], "id": "two", "label": "Two"}]}, "share the key Shift.Q"),
        ({"terms": [{**BOOK["terms"][0], "attributes": [{"id": "a", "label": "A", "kind": "mood"}]}]}, "no kind mood"),
        ({"terms": [{**BOOK["terms"][0], "attributes": [{"id": "a", "label": "A", "choices": ["x"]}]}]}, "fewer than"),
    ],
)
def test_what_is_no_codebook_is_refused_in_words(change: dict[str, Any], line: str) -> None:
    with pytest.raises(ValueError, match=line):
        vocabulary_from({**BOOK, **change})
    without = {key: value for key, value in BOOK.items() if key != "terms"}
    with pytest.raises(ValueError, match="the field terms is missing"):
        vocabulary_from(without)


@pytest.mark.parametrize(("version", "after"), [("1.0", "1.1"), ("1.9", "1.10"), ("draft", "draft.1"), ("2b", "3b")])
def test_the_version_after(version: str, after: str) -> None:
    assert next_version(version) == after


def test_facts_are_what_their_kind_allows() -> None:
    number = Attribute("n", "Number", kind="number")
    assert [attribute_problem(number, value) for value in ("", "3", "2,5", "-1")] == ["", "", "", ""]
    assert "is a number, not three" in attribute_problem(number, "three")
    assert attribute_problem(Attribute("y", "Seen", kind="yes-no"), "not decidable") == ""
    assert "yes, no or not decidable" in attribute_problem(Attribute("y", "Seen", kind="yes-no"), "perhaps")


def test_a_changed_codebook_is_a_new_version_and_the_old_one_stays(with_frames: Case, frame_ref: FrameOf) -> None:
    run, queries = with_frames.bus.run, with_frames.queries
    run(c.add_observation("EX-001", "arms-raised", frame_ref(10)))
    before = _book(with_frames)
    run(c.set_codebook(_with_note(before, "Runs")))
    assert _book(with_frames).version == next_version(before.version)
    assert [book.version for book in queries.codebooks()] == [before.version, next_version(before.version)]
    run(c.add_observation("EX-001", "runs", frame_ref(11)))
    made = {o.number: o.codebook for o in queries.observations()}
    assert made == {"OB-001": f"custody {before.version}", "OB-002": f"custody {next_version(before.version)}"}
    run(c.edit("OB-001", {"certainty": "high"}))
    assert queries.get("OB-001").revision == 2
    with pytest.raises(Refused, match=r"runs of this version is used by OB-002"):
        with_frames.bus.run(with_frames_inverse(with_frames))
    with_frames.bus.undo()
    with_frames.bus.undo()
    with_frames.bus.undo()
    assert _book(with_frames) == before
    with_frames.bus.redo()
    assert _book(with_frames).version == next_version(before.version)


def with_frames_inverse(case: Case) -> Any:
    from evidence_desk.services.commands.codebooks import TakeBackCodebook

    return TakeBackCodebook(case.queries.codebook().number)


def test_a_term_in_use_cannot_be_taken_away(with_frames: Case, frame_ref: FrameOf) -> None:
    with_frames.bus.run(c.add_observation("EX-001", "arms-raised", frame_ref(10)))
    book = _book(with_frames)
    less = replace(book, terms=tuple(term for term in book.terms if term.id != "arms-raised"))
    with pytest.raises(Refused, match=r"arms-raised of custody .* is used by OB-001"):
        with_frames.bus.run(c.set_codebook(less))
    with pytest.raises(Refused, match="Nothing differs from custody"):
        with_frames.bus.run(c.set_codebook(book))


def test_facts_are_checked_against_either_version(with_frames: Case, frame_ref: FrameOf) -> None:
    run = with_frames.bus.run
    with pytest.raises(Refused, match=r"Arm is one of left, right.* not middle"):
        run(c.add_observation("EX-001", "armband", frame_ref(3), attributes={"arm": "middle"}))
    run(c.add_observation("EX-001", "armband", frame_ref(3), attributes={"arm": "left", "seam": "double"}))
    book = _book(with_frames)
    terms = tuple(
        replace(t, attributes=(Attribute("arm", "Arm", ("near", "far"), "choice"),)) if t.id == "armband" else t
        for t in book.terms
    )
    run(c.set_codebook(replace(book, terms=terms)))
    run(c.edit("OB-001", {"attributes": {"arm": "right"}}))
    run(c.edit("OB-001", {"attributes": {"arm": "near"}}))
    found = with_frames.queries.get("OB-001")
    assert isinstance(found, Observation)
    assert found.codebook == f"custody {book.version}"
    with pytest.raises(Refused, match="Arm is one of near, far"):
        run(c.edit("OB-001", {"attributes": {"arm": "middle"}}))
    run(c.add_observation("EX-001", "armband", frame_ref(4), attributes={"arm": "near"}))
    with pytest.raises(Refused, match="Arm is one of near, far, not left"):
        run(c.add_observation("EX-001", "armband", frame_ref(4), attributes={"arm": "left"}))


def test_a_file_goes_out_and_comes_in(tmp_path: Any) -> None:
    file = tmp_path / "book.json"
    file.write_text(file_of_codebook(vocabulary_from(BOOK)), encoding="utf-8")
    assert codebook_of_file(file) == vocabulary_from(BOOK)
    file.write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="is no codebook"):
        codebook_of_file(file)
    with pytest.raises(Refused, match="cannot be read"):
        codebook_of_file(tmp_path / "none.json")


# ------------------------------------------------------------------------------------------------------------ shipped


def test_a_shipped_codebook_goes_out_and_comes_in_unchanged() -> None:
    for book in shipped_codebooks().values():
        assert vocabulary_from(vocabulary_to(book)) == book
        assert all(term.key in ("", *TERM_KEYS) for term in book.terms)


def test_the_dossier_words_each_observation_by_its_own_version(with_frames: Case, frame_ref: FrameOf) -> None:
    run, queries = with_frames.bus.run, with_frames.queries
    run(c.add_observation("EX-001", "armband", frame_ref(3), attributes={"arm": "left", "seam": "double"}))
    assert Words.of(queries).told(queries.observations()) == "custody 1.0"
    book = book_in_force(with_frames)
    wide = Attribute("width", "Width", kind="number", unit="pixels")
    terms = tuple(
        replace(t, label="Arm marking", attributes=(*t.attributes, wide)) if t.id == "armband" else t
        for t in book.terms
    )
    run(c.set_codebook(replace(book, terms=terms)))
    run(c.add_observation("EX-001", "armband", frame_ref(4), attributes={"width": "12"}))
    words = Words.of(queries)
    first, second = queries.observations()
    assert [words.term(o).label for o in (first, second)] == ["Armband", "Arm marking"]
    assert words.facts(first) == (("Arm", "left"), ("seam", "double"), ("Worded by", "custody 1.0"))
    assert words.facts(second) == (("Width", "12 pixels"),)
    assert words.told((first, second)) == "custody 1.1; observations made under custody 1.0 keep its words"
