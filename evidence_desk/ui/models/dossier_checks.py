"""What a person should look at before the dossier leaves the desk. Nothing here stops a draft."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_desk.domain.acquisition import ITEMS, completeness
from evidence_desk.domain.guard import check
from evidence_desk.domain.records import Observation
from evidence_desk.services.case import CHECKED_AT_OPEN
from evidence_desk.services.queries import Queries
from evidence_desk.services.verify import SAME, chain_checks
from evidence_desk.ui.translate import listed, number, plural, short_hash, tr

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check: whether it asks for a look, a line, a line of detail, and the record or room its link goes to."""

    look: bool
    title: str
    detail: str = ""
    link: str = ""
    target: str = ""


def dossier_checks(queries: Queries) -> tuple[CheckRow, ...]:
    """Return all checks, those that ask for a look first."""
    rows = (
        _words(queries.observations()),
        _examined(queries),
        _links(queries),
        _propositions(queries),
        _acquisition(queries),
        _sheet(queries),
        CheckRow(
            False,
            tr("Limits and contrary material printed"),
            tr("Sections 13 and 14 cannot be left out"),
        ),
        _chain(queries),
    )
    return tuple(sorted(rows, key=lambda row: not row.look))


def _words(observations: tuple[Observation, ...]) -> CheckRow:
    found = [(o, [hit.word for hit in check(o.statement)]) for o in observations]
    kept = [(o, words) for o, words in found if words]
    if not kept:
        return CheckRow(False, tr("No word states an inference"), tr("In the statements of observations"))
    named = [f"“{words[0]}” in {o.number}" for o, words in kept[:_MOST_NAMED]]
    bare = sum(1 for o, _ in kept if not o.guard_reason)
    detail = "; ".join(named)
    if bare:
        detail += tr(". {count} without a reason", count=number(bare))
    title = plural(len(kept), "{count} statement keeps a word that infers", "{count} statements keep words that infer")
    return CheckRow(True, title, detail, tr("Show"), kept[0][0].number)


def _examined(queries: Queries) -> CheckRow:
    exhibits = queries.exhibits()
    waiting = [e for e in exhibits if e.condition == "not examined"]
    if waiting:
        title = plural(len(waiting), "{count} exhibit is not examined", "{count} exhibits are not examined")
        return CheckRow(True, title, _numbers([e.number for e in waiting]), tr("Show"), f"intake {waiting[0].number}")
    spoiled = [e for e in exhibits if e.condition in ("damaged", "unreadable")]
    detail = tr("{names} damaged or unreadable, and marked so", names=_numbers([e.number for e in spoiled]))
    title = plural(len(exhibits), "{count} exhibit is examined", "All {count} exhibits are examined")
    return CheckRow(False, title, detail if spoiled else tr("Frames counted by decoding"))


def _links(queries: Queries) -> CheckRow:
    linked = {link.origin for link in queries.links()}
    bare = [o.number for o in queries.observations() if o.number not in linked]
    if not bare:
        return CheckRow(False, tr("Every observation bears on a claim"), tr("By at least one link"))
    title = plural(
        len(bare), "{count} observation is linked to no claim", "{count} observations are linked to no claim"
    )
    return CheckRow(True, title, tr("{names}; listed as such", names=_numbers(bare)), tr("Show"), bare[0])


def _propositions(queries: Queries) -> CheckRow:
    targets = {link.target for link in queries.links()}
    propositions = queries.propositions()
    bare = [p.number for p in propositions if p.number not in targets]
    whole = [c.number for c in queries.claims() if not any(p.claim == c.number for p in propositions)]
    if bare:
        title = plural(len(bare), "{count} proposition has nothing linked", "{count} propositions have nothing linked")
        return CheckRow(True, title, _numbers(bare), tr("Show"), bare[0])
    if whole:
        title = plural(len(whole), "{count} claim is not split", "{count} claims are not split")
        return CheckRow(True, title, _numbers(whole), tr("Show"), whole[0])
    return CheckRow(False, tr("Something bears on every proposition"), _count(len(propositions)))


def _acquisition(queries: Queries) -> CheckRow:
    recorded = {a.exhibit: a for a in queries.acquisitions()}
    short = [e for e in queries.exhibits() if completeness(recorded.get(e.number)) < len(ITEMS)]
    if not short:
        return CheckRow(False, tr("Every acquisition is complete"), tr("All eight items of every exhibit"))
    parts = [f"{e.number} {completeness(recorded.get(e.number))} of {len(ITEMS)}" for e in short[:_MOST_NAMED]]
    more = tr(" and more") if len(short) > _MOST_NAMED else ""
    title = plural(len(short), "{count} acquisition is incomplete", "{count} acquisitions are incomplete")
    return CheckRow(True, title, tr("{names}; printed as missing", names=listed(parts) + more), tr("Show"),
                    f"intake {short[0].number}")  # fmt: skip


def _sheet(queries: Queries) -> CheckRow:
    sheet = queries.sheet()
    words = {"mandate": tr("mandate"), "scope": tr("scope"), "not_asked": tr("what was not asked")}
    absent = [word for name, word in words.items() if not getattr(sheet, name)]
    if not absent:
        return CheckRow(False, tr("Mandate and scope are stated"), tr("In section 2"))
    return CheckRow(True, tr("The case sheet has gaps"), listed(absent), tr("Fill in"), "sheet")


def _chain(queries: Queries) -> CheckRow:
    head = queries.head()
    if head is None or head.seq > CHECKED_AT_OPEN:
        return CheckRow(False, tr("Event chain not read here"), tr("A log this long is read by Verify the case"))
    checks = chain_checks(queries.events())
    broken = [c for c in checks if c.state != SAME]
    if broken:
        return CheckRow(True, tr("The event chain is broken"), broken[0].detail, tr("Verify"), "verify")
    text = tr("{count} events, head {head}", count=number(head.seq), head=short_hash(head.hash))
    return CheckRow(False, tr("Event chain unbroken"), text)


def _count(count: int) -> str:
    return plural(count, "{count} proposition", "{count} propositions")


def _numbers(found: list[str]) -> str:
    more = tr(" and more") if len(found) > _MOST_NAMED else ""
    return listed(found[:_MOST_NAMED]) + more
