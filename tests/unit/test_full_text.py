"""Searching everything: which records hold the words, in any script, after each change and in a case open to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui.palette_entries import Entry, listed

_BOTH = ("OB-001", "OB-002")


@pytest.fixture
def told(with_frames: Case, frame_ref: Callable[[int], FrameRef]) -> Case:
    run = with_frames.bus.run
    run(c.add_observation("EX-001", "arms-raised", frame_ref(3), statement="Three people near a café raise both arms."))
    run(c.add_observation("EX-001", "note", frame_ref(9), statement="A red van", attributes={"side": "leftmost"}))
    return with_frames


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cafe ARMS", ("OB-001",)),
        ("rais", ("OB-001", "SR-001")),
        ("leftmost van", ("OB-002",)),
        ("чоловіків", ("SR-001",)),
        ("ثلاثة", ("SR-001",)),
        ('van" OR "arms', ()),
        ("number:van*", ()),
        ("-- '", ()),
        ("made up hash", ()),
    ],
)
def test_every_word_has_to_begin_a_word(told: Case, text: str, found: tuple[str, ...]) -> None:
    assert tuple(sorted(told.queries.find(text))) == found


def test_the_index_follows_each_change_and_its_undo(told: Case) -> None:
    assert told.queries.find("bicycle") == ()
    told.bus.run(c.edit("OB-002", {"statement": "A red bicycle"}))
    assert told.queries.find("bicycle") == ("OB-002",)
    assert told.queries.find("van") == ()
    told.bus.undo()
    assert (told.queries.find("bicycle"), told.queries.find("van")) == ((), ("OB-002",))
    told.bus.run(c.withdraw("OB-002", "Entered twice"))
    assert told.queries.find("van") == ()


def test_searching_writes_nothing_and_works_in_a_case_open_to_read(told: Case) -> None:
    before = told.queries.head()
    folder = told.paths.folder
    told.queries.find("van")
    assert told.queries.head() == before
    reader = Case.open(folder, "Reviewer B", write=False)
    try:
        assert reader.queries.find("van") == ("OB-002",)
        told.bus.run(c.edit("OB-002", {"statement": "A red bicycle"}))
        assert reader.queries.find("bicycle") == ("OB-002",)
    finally:
        reader.close()


def test_the_palette_finds_what_stands_in_no_title(told: Case) -> None:
    lines = [Entry(number, "Records", f"{number} Note", "EX-001", "observation", (), list) for number in _BOTH]
    for text in ("leftmost", "@leftmost"):
        found = listed((), lines, (), text, (), told.queries.find(text))
        assert [entry.id for entry in found] == ["OB-002"]
    assert [entry.id for entry in listed((), lines, (), "OB-001", (), told.queries.find("OB-001"))] == ["OB-001"]
