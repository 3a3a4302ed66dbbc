"""What the Claims room shows, put together from the case: boards, candidates, history in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of

from evidence_desk.domain.errors import NotFound
from evidence_desk.domain.records import Claim, Link, Proposition, Question, Record, Source
from evidence_desk.services.queries import Queries
from evidence_desk.store.audit import Event
from evidence_desk.ui.models.board import link_cards, question_cards
from evidence_desk.ui.models.candidates import Candidate, candidates
from evidence_desk.ui.models.claim_tree import claim_caption, tallies
from evidence_desk.ui.models.count_rows import HOW_MANY, count_rows
from evidence_desk.ui.models.moments import moment_text
from evidence_desk.ui.panels.proposition_board import BoardContent
from evidence_desk.ui.panels.record_specs import words
from evidence_desk.ui.translate import number, plural, tr


def board_of(queries: Queries, record: Claim | Proposition) -> BoardContent:
    """Return everything that bears on a claim or proposition."""
    claim = claim_of(queries, record)
    # A proposition in force always has its claim: the two are withdrawn together.
    assert claim is not None
    source = _source_of(queries, claim)
    links, questions = queries.links(target=record.number), queries.questions()
    records: dict[str, Record] = {
        r.number: r for r in (*queries.observations(), *queries.exhibits(), *queries.sources())
    }
    cards = (
        *link_cards(record.number, links, records, term_labels(queries)),
        *question_cards(record.number, questions),
    )
    said = claim_caption(claim, source)
    grade = tr("Source {grade}.", grade=source.reliability) if source is not None and source.reliability else ""
    if isinstance(record, Claim):
        title, said = f"“{record.quote}”", f"{said}. {grade}".strip()
        chips: tuple[str, ...] = ()
    else:
        title = record.text
        said = tr("Said as “{quote}”. {where}. {grade}", quote=claim.quote, where=said, grade=grade).strip()
        chips = tuple(words(part) for part in (record.type, record.testable) if part)
    counts = None
    if isinstance(record, Proposition) and record.type == HOW_MANY:
        counts = count_rows(queries.propositions(), queries.observations(), queries.links())
    return BoardContent(record.number, title, said, chips, cards, counts, isinstance(record, Claim))


def candidates_for(queries: Queries, target: str) -> tuple[Candidate, ...]:
    """Return the records that can be linked to a claim or proposition."""
    linked = {link.origin: link.relation for link in queries.links(target=target)}
    return candidates(queries.observations(), queries.exhibits(), queries.sources(), term_labels(queries), linked)


def term_labels(queries: Queries) -> Mapping[str, str]:
    """Return the label of each term by its id."""
    return {term.id: term.label for term in queries.terms()}


def form_values(record: Record) -> dict[str, object]:
    """Return a record's values under the names of its form."""
    values = {f.name: getattr(record, f.name) for f in fields_of(record)}
    if isinstance(record, Claim):
        values["quote"] = f"“{record.quote}”"
        values["place"] = place_text(record.source, record.start, record.end)
    return values


def place_text(source: str, start: int, end: int) -> str:
    """Return where a passage stands, in words."""
    return tr(
        "{source}, characters {start} to {end}, counted from 0", source=source, start=number(start), end=number(end - 1)
    )


def lead_of(record: Record) -> str:
    """Return the line above a record's fields."""
    if isinstance(record, Source):
        return tr("Text kept as received: {count} characters.", count=number(len(record.text)))
    return ""


def title_of(record: Record) -> str:
    """Return the word for a record's kind."""
    kinds: tuple[tuple[type[Record], str], ...] = (
        (Source, tr("Source")),
        (Claim, tr("Claim")),
        (Proposition, tr("Proposition")),
        (Link, tr("Link")),
        (Question, tr("Question")),
    )
    return next((word for kind, word in kinds if isinstance(record, kind)), "")


def reach_of(queries: Queries, record: Record) -> list[str]:
    """Return in words what is withdrawn together with a record."""
    below = queries.propositions(record.number) if isinstance(record, Claim) else ()
    targets = {record.number, *(p.number for p in below)}
    links = [li for li in queries.links() if li.target in targets or li.origin == record.number]
    lines = []
    if below:
        lines.append(plural(len(below), "{count} proposition goes with it.", "{count} propositions go with it."))
    if links:
        lines.append(plural(len(links), "{count} link goes with it.", "{count} links go with it."))
    return lines


def standing(queries: Queries, number_: str) -> Record | None:
    """Return a record that exists and is in force, else None."""
    if not number_:
        return None
    try:
        record = queries.get(number_)
    except NotFound:
        return None
    return record if record.in_force else None


def claim_of(queries: Queries, record: Record | None) -> Claim | None:
    """Return the claim that a record is or is a part of, else None."""
    found = standing(queries, record.claim) if isinstance(record, Proposition) else record
    return found if isinstance(found, Claim) else None


def counts_text(queries: Queries) -> str:
    """Return how many claims and propositions there are, and how many have nothing linked."""
    propositions = queries.propositions()
    tally = tallies(queries.links(), queries.questions())
    bare = sum(1 for p in propositions if p.number not in tally)
    return tr(
        "{claims} claims, {count} propositions, {bare} with nothing linked",
        claims=number(len(queries.claims())),
        count=number(len(propositions)),
        bare=number(bare),
    )


def history_of(queries: Queries, number_: str, most: int | None = None) -> list[str]:
    """Return the events of a record in words, the newest first; `most` keeps that many."""
    return [event_text(event) for event in reversed(queries.events(limit=most, record=number_))]


def event_text(event: Event) -> str:
    """Return an event as one line: when, who, what; changed fields are named, their values stand in the log."""
    action = {"add": tr("added"), "edit": tr("edited"), "withdraw": tr("withdrawn"), "restore": tr("restored")}
    verb = action.get(event.action.rpartition(".")[2], event.action)
    after = event.after or {}
    hidden = ("revision", "changed_at", "changed_by")
    named = [n for n in after if n not in hidden] if "edit" in event.action else []
    what = f" ({', '.join(name.replace('_', ' ') for name in named)})" if named else ""
    cause = {"undo": tr(", undone"), "redo": tr(", done again")}.get(event.cause, "")
    return f"{moment_text(event.at)}, {event.actor}: {verb}{what}{cause}"


def _source_of(queries: Queries, claim: Claim) -> Source | None:
    source = queries.get(claim.source)
    return source if isinstance(source, Source) else None
