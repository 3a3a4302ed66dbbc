"""What is typed and no record yet: found again at the next opening, and never in the log, a hash or the verdict."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.verify import verify_case

ARABIC = "يرفع شخصان أيديهما"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case that is closed."""
    place = tmp_path / "yard.edcase"
    Case.create(place, "Yard", "Reviewer A").close()
    return place


def test_a_draft_is_there_at_the_next_opening_with_its_beginning(folder: Path) -> None:
    moments = iter(f"2026-11-23T10:00:{n:02}Z" for n in range(60))
    case = Case.open(folder, "Reviewer A", clock=lambda: next(moments))
    case.drafts.put("new:source", {"values": {"title": "Post"}})
    begun = case.drafts.get("new:source")
    assert begun is not None
    case.drafts.put("new:source", {"values": {"title": f"Post {ARABIC}"}})
    case.drafts.put("new:question", {"values": {}})
    case.close()
    case = Case.open(folder, "Reviewer B")
    found = case.drafts.get("new:source")
    assert found is not None
    assert (found.body, found.actor) == ({"values": {"title": f"Post {ARABIC}"}}, "Reviewer A")
    assert found.began_at == begun.began_at < found.at
    assert [d.key for d in case.drafts.of("new:")] == ["new:source", "new:question"]
    case.drafts.drop("new:source")
    case.close()
    case = Case.open(folder, "Reviewer B", write=False)
    assert [d.key for d in case.drafts.of("")] == ["new:question"]
    assert case.drafts.put("new:claim", {}) is None
    case.close()


def test_a_draft_is_no_event_and_no_content(folder: Path, idle_worker: MediaWorker) -> None:
    case = Case.open(folder, "Reviewer A")
    head, content = case.queries.head(), case.queries.content_head()
    case.drafts.put("new:source", {"values": {"title": "Post"}})
    assert (case.queries.head(), case.queries.content_head()) == (head, content)
    case.close()
    assert verify_case(folder, idle_worker).same


def test_what_a_stranger_wrote_into_the_table_is_left_out(folder: Path) -> None:
    database = sqlite3.connect(folder / "case.db")
    for key, body in (("a", "{"), ("b", "[1]"), ("c", "[" * 100_000), ("d", '{"x": 1}')):
        database.execute("INSERT INTO drafts VALUES (?, 'X', '', '', ?)", (key, body))
    database.commit()
    database.close()
    case = Case.open(folder, "Reviewer A")
    assert [d.key for d in case.drafts.of("")] == ["d"]
    case.close()


def test_a_step_is_named_by_its_field(folder: Path) -> None:
    case = Case.open(folder, "Reviewer A")
    case.bus.run(c.edit_sheet({"scope": "Two clips"}, "Edit scope of"))
    assert case.bus.undo_label.startswith("Edit scope of ")
    case.bus.undo()
    assert case.bus.redo_label.startswith("Edit scope of ")
    case.close()
