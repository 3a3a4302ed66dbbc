"""`list`: the records of a case, as a table for people or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, reads, tell
from evidence_desk.cli.opening import case_to_read
from evidence_desk.cli.printing import described, print_table

if TYPE_CHECKING:
    from evidence_desk.services.case import Case


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind that can be listed: how its values are read, and its table (heads, and a row for each value)."""

    values: Callable[[Case, bool], list[dict[str, Any]]]
    heads: tuple[str, ...]
    row: Callable[[dict[str, Any]], tuple[str, ...]]


def _records(name: str) -> Callable[[Case, bool], list[dict[str, Any]]]:
    def values(case: Case, withdrawn: bool) -> list[dict[str, Any]]:
        from evidence_desk.domain.records import kind_named

        found = case.queries.every(kind_named(name))
        return [described(case, r) for r in found if withdrawn or r.in_force]

    return values


def _events(case: Case, _: bool) -> list[dict[str, Any]]:
    return [asdict(event) for event in case.queries.events()]


def _terms(case: Case, _: bool) -> list[dict[str, Any]]:
    return [asdict(term) for term in case.queries.terms()]


def _columns(*names: str) -> Callable[[dict[str, Any]], tuple[str, ...]]:
    return lambda value: tuple(_text(value[name]) for name in names)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: dict[str, Any]) -> str:
    return f"{value['number']} (withdrawn)" if value["withdrawn"] else str(value["number"])


def _exhibit(e: dict[str, Any]) -> tuple[str, ...]:
    frames = "" if e["frames"] is None else f"{e['frames']}{' provisional' if e['provisional'] else ''}"
    size = f"{e['size']:,}"
    held = f"{e['completeness']}/8"
    return _number(e), e["title"], e["kind"], e["condition"], frames, e["length"], size, held, e["sha256"][:16]


def _observation(o: dict[str, Any]) -> tuple[str, ...]:
    first, last = o["first_frame"], o["last_frame"]
    frames = "" if first is None else str(first) if first == last else f"{first}..{last}"
    frames += f" {o['anchor']}" if o["anchor"] else ""
    counts = (o["count_min"], o["count_best"], o["count_max"])
    count = "" if o["count_best"] is None else ",".join(map(str, counts))
    return _number(o), o["exhibit"], frames, _found(o), count, o["legibility"], o["certainty"], o["statement"]


def _found(o: dict[str, Any]) -> str:
    """Return the term, and where it was not observed how it stands: on its own it would say the reverse."""
    if o["presence"] == "observed":
        return str(o["term"])
    why = f": {o['presence_reason']}" if o["presence_reason"] else ""
    return f"{o['term']}, {o['presence']}{why}"


def _claim(c: dict[str, Any]) -> tuple[str, ...]:
    place = f"{c['start']}..{c['end']}"
    return _number(c), c["source"], place, str(len(c["propositions"])), c["claimant"], c["quote"]


def _event(e: dict[str, Any]) -> tuple[str, ...]:
    return str(e["seq"]), e["at"], e["actor"], e["action"], e["record"], e["cause"], e["hash"][:16]


LISTINGS: dict[str, Listing] = {
    "exhibits": Listing(
        _records("exhibit"),
        ("number", "title", "kind", "condition", "frames", "length", "bytes", "acquired", "sha-256"),
        _exhibit,
    ),
    "observations": Listing(
        _records("observation"),
        ("number", "exhibit", "frames", "term", "count", "legibility", "certainty", "statement"),
        _observation,
    ),
    "claims": Listing(_records("claim"), ("number", "source", "place", "parts", "claimant", "quotation"), _claim),
    "propositions": Listing(
        _records("proposition"),
        ("number", "type", "testable", "text"),
        lambda p: (_number(p), p["type"], p["testable"], p["text"]),
    ),
    "sources": Listing(
        _records("source"),
        ("number", "title", "publisher", "author", "dated", "reliability", "characters"),
        lambda s: (
            _number(s), s["title"], s["publisher"], s["author"], s["dated"], s["reliability"], str(len(s["text"]))
        ),
    ),
    "links": Listing(
        _records("link"),
        ("number", "origin", "relation", "target", "because"),
        lambda v: (_number(v), v["origin"], v["relation"], v["target"], v["because"]),
    ),
    "questions": Listing(
        _records("question"),
        ("number", "text", "would be answered by", "bears on"),
        lambda q: (_number(q), q["text"], q["would_answer"], q["bears_on"]),
    ),
    "acquisitions": Listing(
        _records("acquisition"),
        ("number", "exhibit", "collected by", "collected at", "method", "address"),
        _columns("number", "exhibit", "collected_by", "collected_at", "method", "source_url"),
    ),
    "regions": Listing(
        _records("region"),
        ("number", "observation", "frame", "shape", "points (1/16 pixel)", "label"),
        lambda r: (
            _number(r), r["observation"], str(r["frame"]), r["shape"], ",".join(map(str, r["points"])), r["label"]
        ),
    ),
    "syncs": Listing(
        _records("sync"),
        ("number", "exhibits", "moments", "note"),
        lambda s: (_number(s), f"{s['exhibit_a']} {s['exhibit_b']}", str(len(s["moments"])), s["note"]),
    ),
    "case": Listing(
        _records("case"), ("number", "title", "mandate", "scope"), _columns("number", "title", "mandate", "scope")
    ),
    "terms": Listing(_terms, ("term", "category", "label", "means"), _columns("id", "category", "label", "definition")),
    "events": Listing(_events, ("seq", "at", "actor", "action", "record", "cause", "hash"), _event),
}  # fmt: skip
"""What can be listed, in plain sight."""

NOT_YET = ("suggestions", "assessments")
"""Kinds of the stable face that this version cannot hold: their list is empty, and it says why."""


@click.command("list")
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("kind", metavar="KIND")
@click.option("--withdrawn", is_flag=True, help="List withdrawn records too.")
@reads
def list_records(wishes: Wishes, place: Path, kind: str, withdrawn: bool) -> None:
    """List the records of a case. Nothing is changed; it works beside an open desk.

    KIND is one of exhibits, observations, claims, sources, links, suggestions, assessments, questions, events; also
    propositions, acquisitions, regions, syncs, case, terms.

    \b
    Examples:
      evidence-desk list yard observations
      evidence-desk list yard events --json
    """
    if kind not in LISTINGS and kind not in NOT_YET:
        raise click.UsageError(f"{kind} cannot be listed. Use one of: {', '.join((*LISTINGS, *NOT_YET))}")
    with case_to_read(place) as case:
        if kind in NOT_YET:
            tell(f"This version makes no {kind}, so a case cannot hold any.")
            values: list[dict[str, Any]] = []
        else:
            values = LISTINGS[kind].values(case, withdrawn)
    if wishes.as_json:
        print_json(values)
    elif values:
        print_table(LISTINGS[kind].heads, [LISTINGS[kind].row(value) for value in values])
    elif kind not in NOT_YET:
        tell(f"The case has no {kind}.")
