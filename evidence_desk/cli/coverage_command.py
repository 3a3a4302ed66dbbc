"""`coverage`: which frames of the exhibits were on screen, by whom, and which were not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell
from evidence_desk.cli.opening import case_to_read
from evidence_desk.cli.printing import aligned

if TYPE_CHECKING:
    from evidence_desk.domain.coverage import Coverage
    from evidence_desk.domain.records import Exhibit
    from evidence_desk.services.case import Case

_SPANS_PRINTED = 40


@click.command()
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("numbers", metavar="[EX-001]...", nargs=-1)
@reads
def coverage(wishes: Wishes, place: Path, numbers: Sequence[str]) -> None:
    """Print which frames were on screen in the window: stepped (stood still), played, or not looked at.

    Only pictures that were painted exactly count; previews, frames that play left out and covered pictures do not.
    Looking is no record: nothing here is in the event log. The dossier prints one line of it for each person.

    \b
    Examples:
      evidence-desk coverage yard
      evidence-desk coverage yard EX-001 --json
    """
    with case_to_read(place) as case:
        exhibits = [case.queries.exhibit(n) for n in numbers] if numbers else list(case.queries.exhibits())
        values = [_values(case, exhibit) for exhibit in exhibits]
        if wishes.as_json:
            print_json(values)
            return
        for value in values:
            facts = _facts(value)
            print_lines([f"{value['exhibit']}  {value['words']}", *(aligned(facts, "  ") if facts else ())])
    if not exhibits:
        tell("The case has no exhibits.")


def _values(case: Case, exhibit: Exhibit) -> dict[str, Any]:
    from evidence_desk.domain.coverage import heard_streams

    count = 0 if exhibit.provisional else exhibit.frames or 0
    found = case.coverage.of(exhibit.number, count)
    stretches = case.coverage.stretches(exhibit.number)
    by = case.coverage.by_actor(exhibit.number, count)
    return {
        "exhibit": exhibit.number,
        **_figures(found),
        "heard_streams": [{"stream": s, "frames": n} for s, n in heard_streams(stretches, count).items()],
        "by": [{"actor": actor, **_figures(seen)} for actor, seen in by.items()],
        "stretches": [
            {
                "actor": s.actor,
                "how": s.how,
                "first": s.first,
                "last": s.last,
                "frames": s.bits.bit_count(),
                "speed": s.speed,
                "stream": s.stream,
                "zoom": s.zoom,
                "uncovered": s.lifted,
                "began_at": s.began_at,
                "ended_at": s.ended_at,
            }
            for s in stretches
        ],
    }


def _figures(found: Coverage) -> dict[str, Any]:
    from evidence_desk.domain.coverage import spans_of

    stepped, played, unseen = found.figures
    return {
        "frames": found.count,
        "stepped": stepped,
        "played_only": played,
        "not_looked_at": unseen,
        "heard": found.heard.bit_count(),
        "covers_lifted": found.uncovered,
        "words": found.words(),
        "spans": [[s.first, s.last, s.how] for s in found.spans],
        "not_looked_at_spans": [list(span) for span in spans_of(found.unseen)],
    }


def _facts(value: dict[str, Any]) -> list[tuple[str, str]]:
    unseen = [f"{a}" if a == b else f"{a} to {b}" for a, b in value["not_looked_at_spans"]]
    left = len(unseen) - _SPANS_PRINTED
    listed = ", ".join(unseen[:_SPANS_PRINTED]) + (f" and {left} more; --json has all of them" if left > 0 else "")
    rows = [("Not looked at", listed)] if unseen and unseen != [f"0 to {value['frames'] - 1}"] else []
    rows += [(one["actor"], one["words"]) for one in value["by"]]
    if value["heard"]:
        rows.append(("Sound heard", ", ".join(map(_heard, value["heard_streams"]))))
    if value["covers_lifted"]:
        rows.append(("Covers lifted", str(value["covers_lifted"])))
    return rows


def _heard(one: dict[str, Any]) -> str:
    stream = "stream not noted" if one["stream"] is None else f"stream {one['stream']}"
    return f"of {one['frames']} frames ({stream})"
