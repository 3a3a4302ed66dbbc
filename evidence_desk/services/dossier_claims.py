"""The claims of a dossier: each with its boards, and the numbers that its propositions state."""

from __future__ import annotations

from evidence_desk.domain.controlled_values import ANCHOR_WORDS, presence_words
from evidence_desk.domain.counts import stated_count
from evidence_desk.domain.dossier import Board, BoardRow, ClaimEntry, Seen, Stated
from evidence_desk.domain.records import Link, Proposition
from evidence_desk.services.queries import Queries


def claims_of(queries: Queries, seen: list[Seen]) -> tuple[ClaimEntry, ...]:
    """Return every claim with a board for each of its propositions."""
    sources = {s.number: s for s in queries.sources(withdrawn=True)}
    words = {s.observation.number: _words(s) for s in seen}
    words |= {e.number: e.title for e in queries.exhibits()} | {n: s.title for n, s in sources.items()}
    entries = []
    for claim in queries.claims():
        boards = [_board(queries, p.number, p.text, p, words) for p in queries.propositions(claim.number)]
        if queries.links(target=claim.number) or not boards:
            boards.insert(0, _board(queries, claim.number, claim.quote, None, words))
        entries.append(ClaimEntry(claim, sources[claim.source], tuple(boards)))
    return tuple(entries)


def _words(seen: Seen) -> str:
    o = seen.observation
    if o.first_frame is None:
        place = f"sound {seen.first_time}"
    elif o.first_frame == o.last_frame:
        place = f"frame {o.first_frame}"
    else:
        place = f"frames {o.first_frame} to {o.last_frame}"
    triple = f"{o.count_min}\u00a0/\u00a0{o.count_best}\u00a0/\u00a0{o.count_max}"
    count = "" if o.count_best is None else f" Count {triple}."
    looked = "" if o.presence == "observed" else f" ({presence_words(o.presence, o.presence_reason)})"
    place += ANCHOR_WORDS[o.anchor]
    return f"{o.exhibit}, {place}. {o.statement or seen.term.label}{looked}{count}"


def _board(queries: Queries, number: str, text: str, proposition: Proposition | None, words: dict[str, str]) -> Board:
    links: tuple[Link, ...] = queries.links(target=number)
    rows = tuple(
        BoardRow(li.relation, li.origin, words.get(li.origin, li.origin), li.because, li.created_by) for li in links
    )
    asked = tuple(q for q in queries.questions() if number in q.bears_on.replace(",", " ").split())
    return Board(number, text, proposition, rows, asked)


def stated_of(queries: Queries) -> tuple[Stated, ...]:
    """Return the numbers that propositions state."""
    claims = {c.number: c for c in queries.claims()}
    found = []
    for proposition in queries.propositions():
        count = stated_count(proposition.text) if proposition.type == "how-many" else None
        if count is not None and proposition.claim in claims:
            found.append(Stated(proposition.number, claims[proposition.claim].claimant, count))
    return tuple(found)
