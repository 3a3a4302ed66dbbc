"""`codebook CASE show|export|import`: the vocabulary of a case, its versions, and as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell, writes
from evidence_desk.cli.opening import case_to_read, case_to_write
from evidence_desk.cli.printing import print_table, print_written
from evidence_desk.cli.record_changes import PLACE, in_case

if TYPE_CHECKING:
    from evidence_desk.services.case import Case

_ABOUT = "The vocabulary of a case: its terms, its versions, and as a file."
_TEXT = f"{_ABOUT}\n\n\b\nExample:\n  evidence-desk codebook yard show"


@click.group("codebook", help=_TEXT, short_help="The vocabulary of a case")
@click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
@click.pass_context
def codebook(ctx: click.Context, place: Path) -> None:
    """Hand the case to the command of the group."""
    ctx.meta[PLACE] = place


@codebook.command("show")
@click.option("--versions", is_flag=True, help="The versions that the case has held, the one in force last.")
@reads
@in_case
def show(place: Path, wishes: Wishes, versions: bool) -> None:
    """Print the terms of the codebook in force; with --json the whole codebook as `import` takes it.

    \b
    Example:
      evidence-desk codebook yard show --versions
    """
    from evidence_desk.domain.codebook import vocabulary_to
    from evidence_desk.services.codebooks import book_in_force

    with case_to_read(place) as case:
        if versions:
            _show_versions(case, wishes)
            return
        book = book_in_force(case)
        if wishes.as_json:
            print_json(vocabulary_to(book))
            return
        tell(f"{book.title} ({book.name} {book.version})")
        names = {category.id: category.label for category in book.categories}
        lines = [
            (t.id, t.label, names[t.category], t.key, "span" if t.span else "point", t.definition) for t in book.terms
        ]
        print_table(("term", "label", "category", "key", "lasts", "means"), lines)


def _show_versions(case: Case, wishes: Wishes) -> None:
    used = [observation.codebook for observation in case.queries.observations()]
    rows = []
    for book in case.queries.codebooks():
        name = f"{book.name} {book.version}"
        rows.append(
            {"codebook": name, "since": book.created_at, "by": book.created_by, "observations": used.count(name)}
        )
    if wishes.as_json:
        print_json(rows)
    else:
        print_table(("codebook", "since", "by", "observations"), [[str(v) for v in row.values()] for row in rows])


@codebook.command("export")
@click.option("-o", "--out", "target", required=True, type=click.Path(path_type=Path), help="The JSON file to write.")
@reads
@in_case
def export(place: Path, wishes: Wishes, target: Path) -> None:
    """Write the codebook in force to a file that another case can import. An existing file is refused.

    \b
    Example:
      evidence-desk codebook yard export -o yard-codebook.json
    """
    from evidence_desk.domain.errors import Refused
    from evidence_desk.services.codebooks import book_in_force, file_of_codebook

    with case_to_read(place) as case:
        text = file_of_codebook(book_in_force(case))
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{target} exists already. Nothing was written.") from None
    except OSError as error:
        raise Refused(f"{target} cannot be written ({error.strerror}).") from error
    if wishes.as_json:
        print_json({"codebook": str(target)})
    else:
        print_lines([str(target)])


@codebook.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@writes
@in_case
def import_(place: Path, wishes: Wishes, file: Path) -> None:
    """Put the codebook of a file, or a shipped one by its name, in force as a new version.

    Observations keep the version under which they were made; a term that one uses cannot be taken away.

    \b
    Example:
      evidence-desk codebook yard import yard-codebook.json
      evidence-desk codebook yard import strikes
    """
    from evidence_desk.services import commands as c
    from evidence_desk.services.codebooks import codebook_of_file, shipped_codebooks

    book = shipped_codebooks().get(str(file)) if not file.exists() else None
    wanted = book or codebook_of_file(file)
    with case_to_write(place, wishes) as case:
        numbers = case.bus.run(c.set_codebook(wanted)).numbers[:1]
        held = case.queries.codebook()
        tell(f"In force: {held.name} {held.version}.")
        print_written(case, numbers, wishes)
