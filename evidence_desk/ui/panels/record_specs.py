"""Which fields each kind of record shows in the side panel of the Claims room, in which words."""

from __future__ import annotations

from evidence_desk.domain.controlled_values import (
    PROPOSITION_TYPES,
    QUESTION_REASONS,
    RELATIONS,
    RELIABILITIES,
    RELIABILITY_WORDS,
    SOURCE_KINDS,
    TESTABILITIES,
)
from evidence_desk.ui.panels.record_fields import FieldSpec
from evidence_desk.ui.translate import tr


def words(value: str) -> str:
    """Return a controlled value as people read it: `how-many` becomes `How many`."""
    text = value.replace("-", " ")
    shown = text[:1].upper() + text[1:]
    return tr(shown)


def choices(values: tuple[str, ...], none: str = "") -> tuple[tuple[str, str], ...]:
    """Return the choices of a combo; with `none`, one for nothing leads them."""
    lead = (("", none),) if none else ()
    return (*lead, *((value, words(value)) for value in values))


def specs_of(kind: str, new: bool = False) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind of record; a new one has those that are fixed later."""
    if kind == "source":
        return _source(new)
    return {"claim": _claim, "proposition": _proposition, "link": _link, "question": _question}[kind]()


def _source(new: bool) -> tuple[FieldSpec, ...]:
    none = tr("Not recorded")
    grades = tuple((grade, f"{grade}, {RELIABILITY_WORDS[grade]}") for grade in RELIABILITIES)
    return (
        FieldSpec("title", tr("Title"), hint=tr("What it is called")),
        FieldSpec("kind", tr("Kind"), "combo", choices(SOURCE_KINDS, none)),
        FieldSpec("publisher", tr("Publisher")),
        FieldSpec("author", tr("Author")),
        FieldSpec("dated", tr("Dated"), hint=tr("As it says itself")),
        FieldSpec("url", tr("Address")),
        FieldSpec("language", tr("Language")),
        FieldSpec("reliability", tr("Reliability"), "combo", (("", none), *grades)),
        FieldSpec("reliability_basis", tr("Basis of the grade"), "text"),
        *(
            (FieldSpec("text", tr("Text, word for word"), "text", lines=6, hint=tr("Paste the text here")),)
            if new
            else ()
        ),
        FieldSpec("note", tr("Note"), "text"),
    )


def _claim() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("quote", tr("Quotation"), "fixed"),
        FieldSpec("place", tr("Place"), "fixed"),
        FieldSpec("claimant", tr("Said by"), hint=tr("As in the source")),
        FieldSpec("dated", tr("Said on"), hint=tr("As in the source")),
        FieldSpec("language", tr("Language")),
        FieldSpec("translation", tr("Translation"), "text"),
        FieldSpec("note", tr("Note"), "text"),
    )


def _proposition() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("text", tr("One part that can be tested by itself"), "text"),
        FieldSpec("type", tr("Type"), "combo", choices(PROPOSITION_TYPES)),
        FieldSpec("testable", tr("Testable"), "combo", choices(TESTABILITIES, tr("Not decided"))),
        FieldSpec("note", tr("Note"), "text"),
    )


def _link() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("origin", tr("Record"), "fixed"),
        FieldSpec("target", tr("Bears on"), "fixed"),
        FieldSpec("relation", tr("Relation"), "combo", choices(RELATIONS)),
        FieldSpec("because", tr("Because"), "text", lines=3),
    )


def _question() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("text", tr("What is not known"), "text"),
        FieldSpec("would_answer", tr("What would answer it"), "text"),
        FieldSpec("reason_code", tr("Reason"), "combo", choices(QUESTION_REASONS, tr("None of these"))),
        FieldSpec("bears_on", tr("Bears on"), hint="CL-001.1, CL-002"),
        FieldSpec("tried", tr("What was tried"), "text"),
    )
