"""How records are printed: a number for a write, JSON with what hangs on the record, aligned tables for people."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from evidence_desk.cli.messages import Wishes, one_line, print_json, print_lines

if TYPE_CHECKING:
    from evidence_desk.domain.records import Record
    from evidence_desk.services.case import Case

_GAP = "  "
_NARROWEST = 12


def print_written(case: Case, numbers: Sequence[str], wishes: Wishes) -> None:
    """Print the numbers of written records, or the records: one as an object, several as an array."""
    if not wishes.as_json:
        print_lines(numbers)
        return
    records = [described(case, case.queries.get(number)) for number in numbers]
    print_json(records[0] if len(records) == 1 else records)


def described(case: Case, record: Record) -> dict[str, Any]:
    """Return the record's fields, and under names of their own the records that belong to it."""
    from evidence_desk.domain.acquisition import completeness
    from evidence_desk.domain.records import Claim, Exhibit, Observation, plain

    values = plain(record)
    if isinstance(record, Exhibit):
        acquisition = case.queries.acquisition_of(record.number)
        values["acquisition"] = plain(acquisition) if acquisition is not None else None
        values["completeness"] = completeness(acquisition)
    elif isinstance(record, Claim):
        values["propositions"] = [plain(p) for p in case.queries.propositions(record.number)]
    elif isinstance(record, Observation):
        values["regions"] = [plain(r) for r in case.queries.regions(record.number)]
    return values


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads in aligned columns; on a terminal long text is cut to its width, in a pipe never."""
    shown = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(_width(line[i]) for line in ([*heads], *shown)) for i in range(len(heads))]
    if sys.stdout.isatty():
        widths = _fitted(widths, shutil.get_terminal_size().columns)
    lines = [[head.upper() for head in heads], *shown]
    print_lines(_GAP.join(_filled(c, w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def _fitted(widths: list[int], room: int) -> list[int]:
    """Return widths that fit the room, taken from the widest columns first, none narrower than is readable."""
    fitted = list(widths)
    while sum(fitted) + len(_GAP) * (len(fitted) - 1) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _filled(text: str, width: int) -> str:
    if _width(text) <= width:
        return text + " " * (width - _width(text))
    cut = text
    while _width(cut) > width - 1:
        cut = cut[:-1]
    return cut + "…" + " " * (width - 1 - _width(cut))


def _width(text: str) -> int:
    """Return how many cells the text takes on a terminal."""
    return sum(_cells(sign) for sign in text)


def _cells(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def aligned(pairs: Iterable[tuple[str, str]], indent: str = "") -> Iterator[str]:
    """Yield a line for each name and value, the values under each other; a name without a value is left out."""
    rows = [(name, value) for name, value in pairs if value]
    width = max(len(name) for name, _ in rows)
    return (f"{indent}{name:<{width}}  {value}" for name, value in rows)
