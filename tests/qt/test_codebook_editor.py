"""The codebook editor: terms, keys, facts and categories are changed and kept whole; used terms stay; files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from evidence_desk.domain.codebook import Vocabulary, vocabulary_from
from evidence_desk.domain.errors import Refused
from evidence_desk.services.case import Case
from evidence_desk.services.codebooks import shipped_codebooks
from evidence_desk.ui import categories
from evidence_desk.ui.dialogs.codebook import CodebookDialog
from evidence_desk.ui.icons import sign
from evidence_desk.ui.models.codebook_draft import CodebookDraft, Entry
from evidence_desk.ui.panels.term_form import ICONS
from evidence_desk.ui.theme import current_theme, icon_sign
from tests.qt.conftest import ScriptedPrompter

USED = {"arms-raised": 2}


@pytest.fixture
def book() -> Vocabulary:
    return shipped_codebooks()["custody"]


@pytest.fixture
def dialog(qtbot: Any, theme: None, book: Vocabulary, prompter: ScriptedPrompter) -> CodebookDialog:
    made = CodebookDialog(book, USED, True, prompter)
    qtbot.addWidget(made)
    made.show()
    return made


def _choose(dialog: CodebookDialog, id_: str) -> None:
    dialog._choose(Entry(id_, False))
    assert dialog.entry == Entry(id_, False)


def test_icons_that_are_offered_and_shipped_are_drawn() -> None:
    assert all(sign(f"ph.{name}") for name in ICONS)
    for book in shipped_codebooks().values():
        assert all(sign(icon_sign(term.icon)) for term in book.terms)
        assert all(sign(category.icon) for category in book.categories)


def test_a_term_is_worded_anew_and_proposed_as_a_new_version(dialog: CodebookDialog, qtbot: Any) -> None:
    _choose(dialog, "arms-raised")
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    dialog.terms.label.setFocus()
    dialog.terms.label.selectAll()
    qtbot.keyClicks(dialog.terms.label, "Hands up")
    dialog.terms.example.setPlainText("Both palms to the front.")
    made = dialog.book()
    assert made.version == "1.1"
    term = next(term for term in made.terms if term.id == "arms-raised")
    assert (term.label, term.example) == ("Hands up", "Both palms to the front.")
    assert "custody 1.1" in dialog.primary.text()
    assert dialog.check() == ""
    index = dialog.list.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Term, Hands up, key 3"


def test_a_key_of_another_term_is_refused_by_name(dialog: CodebookDialog) -> None:
    _choose(dialog, "armband")
    key = dialog.terms.key
    key.setCurrentIndex(key.findData("3"))
    key.activated.emit(key.currentIndex())
    assert dialog.terms.key_row.note.text() == "3 is the key of Arms raised."
    assert dialog.draft.term("armband").key == "2"
    key.setCurrentIndex(key.findData("Shift+Q"))
    key.activated.emit(key.currentIndex())
    assert dialog.draft.term("armband").key == "Shift+Q"


def test_a_statement_that_infers_is_pointed_at(dialog: CodebookDialog, qtbot: Any) -> None:
    _choose(dialog, "armband")
    dialog.terms.statement.clear()
    qtbot.keyClicks(dialog.terms.statement, "A soldier")
    assert "soldier" in dialog.terms.statement_row.note.text()


def test_a_term_with_typed_facts_is_added(dialog: CodebookDialog, qtbot: Any) -> None:
    dialog.add_term.click()
    entry = dialog.entry
    assert entry is not None
    assert entry.id == "new-term"
    assert dialog.check() == "New term has no definition."
    dialog.terms.definition.setPlainText("A lamp is lit")
    dialog.terms._add_fact.click()
    fact = dialog.terms.facts[0]
    qtbot.keyClicks(fact.name, "Colour")
    fact.kind.set_value("choice")
    fact.kind.activated.emit(fact.kind.currentIndex())
    assert "fewer than two" in dialog.check()
    qtbot.keyClicks(fact.more, "white, red , not decidable")
    dialog.terms._add_fact.click()
    qtbot.keyClicks(dialog.terms.facts[1].name, "Blinks")
    dialog.terms.facts[1].kind.set_value("yes-no")
    dialog.terms.facts[1].kind.activated.emit(0)
    assert dialog.check() == ""
    found = dialog.draft.term("new-term").attributes
    assert [(a.id, a.kind, a.choices) for a in found] == [
        ("colour", "choice", ("white", "red", "not decidable")),
        ("blinks", "yes-no", ()),
    ]
    dialog.terms._remove_fact(dialog.terms.facts[0])
    assert [a.id for a in dialog.draft.term("new-term").attributes] == ["blinks"]


def test_a_new_term_and_category_get_their_ids_from_the_names_they_end_with(dialog: CodebookDialog) -> None:
    draft = dialog.draft
    category = draft.add_category()
    draft.set_category(category, label="Signals")
    first, second = draft.add_term(category), draft.add_term(category)
    draft.set_term(first, label="Hand signal", definition="A hand held up")
    draft.set_term(second, label="Hand signal", definition="Another one")
    known = [t.id for t in draft.book.terms if t.id not in (first, second)]
    book = dialog.book()
    assert [t.id for t in book.terms] == [*known, "hand-signal", "hand-signal-2"]
    assert {t.category for t in book.terms[-2:]} == {"signals"} == {book.categories[-1].id}


def test_what_observations_use_stays(dialog: CodebookDialog) -> None:
    _choose(dialog, "arms-raised")
    dialog.remove.click()
    assert dialog.said.text() == "Arms raised is used by 2 observations and stays."
    _choose(dialog, "stain")
    dialog.remove.click()
    assert "stain" not in {term.id for term in dialog.book().terms}


def test_categories_are_added_moved_and_only_removed_when_empty(book: Vocabulary) -> None:
    draft = CodebookDraft(book, USED)
    id_ = draft.add_category()
    draft.set_category(id_, label="Light", colour="marking", icon="ph.sun")
    draft.move(Entry(id_, True), -1)
    assert [c.id for c in draft.book.categories][-2:] == ["new-category", "place"]
    with pytest.raises(Refused, match="People holds terms"):
        draft.remove(Entry("people", True))
    draft.remove(Entry(id_, True))
    assert not draft.differs
    before = [term.id for term in draft.book.terms if term.category == "people"]
    draft.move(Entry(before[0], False), 1)
    assert [term.id for term in draft.book.terms if term.category == "people"] == before[::-1]


def test_leaving_drops_changes_only_when_asked_twice(dialog: CodebookDialog) -> None:
    _choose(dialog, "armband")
    dialog.terms.counted.click()
    dialog.reject()
    assert dialog.isVisible()
    assert "Not kept yet" in dialog.said.text()
    dialog.reject()
    assert not dialog.isVisible()


def test_what_is_typed_is_put_aside_and_offered_again(
    qtbot: Any, book: Vocabulary, theme: None, prompter: ScriptedPrompter, tmp_path: Path
) -> None:
    case = Case.create(tmp_path / "yard.edcase", "Yard", "Reviewer A")

    def opened() -> CodebookDialog:
        made = CodebookDialog(book, USED, True, prompter, drafts=case.drafts)
        qtbot.addWidget(made)
        made.show()
        return made

    dialog = opened()
    assert not dialog.keeping.strip.isVisible()
    dialog.add_term.click()
    dialog.terms.label.setFocus()
    dialog.terms.label.selectAll()
    qtbot.keyClicks(dialog.terms.label, "Ruka")
    dialog.terms.definition.setFocus()
    qtbot.waitUntil(lambda: case.drafts.get("codebook") is not None, timeout=800)
    qtbot.keyClicks(dialog.terms.definition, "A hand is seen")
    dialog.terms.label.setFocus()
    qtbot.keyClick(dialog.terms.label, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.terms.label, Qt.Key.Key_Backspace)
    dialog.list.setFocus()
    qtbot.waitUntil(lambda: "A hand is seen" in str(case.drafts.get("codebook")), timeout=800)
    again = opened()  # as after a kill: the first was never closed
    assert again.keeping.strip.isVisible()
    assert "Reviewer A" in again.keeping.strip.words.text()
    assert again.check(), "a term without a name is offered, and not kept"
    new = again.draft.book.terms[-1]
    assert (new.label, new.definition) == ("", "A hand is seen")
    again.draft.set_term(new.id, label="Ruka")
    assert again.check() == ""
    assert again.book().terms[-1].id == "ruka", "what is new is still known as new"
    again.keeping.strip.discard.click()
    assert again.draft.book == book
    assert case.drafts.get("codebook") is None
    case.close()


@pytest.mark.parametrize("state", [{}, {"book": 3, "new": []}, {"book": {"categories": [{}]}, "new": []}])
def test_a_draft_that_makes_no_sense_is_passed_over(book: Vocabulary, state: dict[str, Any]) -> None:
    draft = CodebookDraft(book, USED)
    assert not draft.restore(state)
    twice = draft.state()
    twice["book"]["categories"] *= 2
    assert not draft.restore(twice)
    assert not draft.differs
    assert draft.restore(CodebookDraft(book, USED).state())
    assert not draft.differs


def test_files_go_out_and_come_in(dialog: CodebookDialog, prompter: ScriptedPrompter, tmp_path: Path) -> None:
    file = tmp_path / "book.json"
    prompter.paths += [file, file, file]
    dialog._export()
    data = json.loads(file.read_text(encoding="utf-8"))
    assert vocabulary_from(data) == dialog.draft.book
    data["terms"] = [term for term in data["terms"] if term["id"] != "arms-raised"]
    file.write_text(json.dumps(data), encoding="utf-8")
    dialog._import()
    assert dialog.check().startswith("arms-raised is used by 2 observations")
    file.write_text("{}", encoding="utf-8")
    dialog._import()
    assert "is no codebook" in dialog.said.text()


def test_a_case_that_is_read_offers_no_change(
    qtbot: Any, theme: None, book: Vocabulary, prompter: ScriptedPrompter
) -> None:
    dialog = CodebookDialog(book, USED, False, prompter)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.primary is None
    assert not dialog.terms.label.isEnabled()
    assert not dialog.add_term.isVisible()


def test_own_categories_have_order_colour_icon_and_name(theme: None, book: Vocabulary) -> None:
    draft = CodebookDraft(book, {})
    id_ = draft.add_category()
    draft.set_category(id_, label="Light", colour="marking", icon="ph.sun")
    draft.move(Entry(id_, True), -1)
    try:
        categories.set_categories(draft.book.categories)
        assert categories.in_order({"place", id_, "people", "gone"}) == ("people", id_, "place", "gone")
        assert categories.category_name(id_) == "Light"
        assert categories.category_icon(id_) == "ph.sun"
        assert current_theme().category_color(id_) == current_theme().category_color("marking")
        assert current_theme().category_color("gone") == current_theme().color("text.secondary")
    finally:
        categories.set_categories()
