"""`search`: which records of a case hold these words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from evidence_desk.cli.messages import Wishes, print_json, reads, tell
from evidence_desk.cli.opening import case_to_read
from evidence_desk.cli.printing import print_table


@click.command()
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="At most so many.")
@reads
def search(wishes: Wishes, place: Path, words: Sequence[str], limit: int) -> None:
    """Print the records that hold every word, or words that begin so, best first; withdrawn ones are named so.

    Every kind of record is searched. Case and accents make no difference.

    \b
    Examples:
      evidence-desk search yard raised hands
      evidence-desk search yard OB-004 --json
    """
    from evidence_desk.services.search import CaseSearch

    with case_to_read(place) as case:
        found = CaseSearch(case.queries)
        hits = found.find(" ".join(words), limit)
        found.close()
        if wishes.as_json:
            values = [
                {"number": h.record.number, "kind": h.kind.name, "excerpt": h.excerpt, "withdrawn": h.record.withdrawn}
                for h in hits
            ]
            print_json(values)
        elif hits:
            rows = [
                (h.record.number, h.kind.name, ("withdrawn: " if h.record.withdrawn else "") + h.excerpt) for h in hits
            ]
            print_table(("number", "kind", "words"), rows)
    if not hits and not wishes.as_json:
        tell("No record holds these words.")
