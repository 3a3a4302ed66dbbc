"""The changes every kind of record shares: edit, withdraw, restore; one group of commands for each kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.field_values import EDITABLE, value_of
from evidence_desk.cli.messages import Wishes, writes
from evidence_desk.cli.opening import case_to_write, exhibit_table, media_worker
from evidence_desk.cli.option_types import ATTRIBUTE, BOX, COUNT, FRAMES, POINTS
from evidence_desk.cli.printing import print_written
from evidence_desk.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from evidence_desk.domain.records import Observation
    from evidence_desk.services.case import Case

PLACE = "evidence_desk.case"
"""Where a group keeps the case that it was called with, for `in_case`."""
_FORMS = {
    "distressing": ": yes or no; such an exhibit starts covered and muted",
    "distressing_spans": ": parts of it, first and last frame: 120-180, 300-310",
    "clock_time": ": when clock_frame was, UTC (2025-05-04T14:41:07Z); empty takes the case clock away",
}


_number_argument = click.argument("number", metavar="NO")
_sheet_argument = click.argument("number", metavar="[NO]", default="CS-001")


class RecordGroup(click.Group):
    """The group of one kind of record; `unnamed` is the command meant where none of its commands is named."""

    unnamed = ""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the words name."""
        if self.unnamed and args[0] not in self.commands:
            return self.unnamed, self.commands[self.unnamed], args
        return super().resolve_command(ctx, args)


def record_group(kind: str, about: str, example: str, unnamed: str = "") -> RecordGroup:
    """Return the group `KIND CASE …` with edit, withdraw and restore."""
    text = f"{about}\n\n\b\nExample:\n  evidence-desk {kind} yard {example}"

    @click.group(kind, cls=RecordGroup, help=text, short_help=about.partition(":")[0])
    @click.argument("place", metavar="CASE", type=click.Path(path_type=Path))
    @click.pass_context
    def group(context: click.Context, place: Path) -> None:
        context.meta[PLACE] = place

    assert isinstance(group, RecordGroup)
    group.unnamed = unnamed
    group.add_command(_edit(kind))
    if kind not in ("case", "acquisition"):
        group.add_command(_withdraw(kind))
        group.add_command(_restore(kind))
    return group


def in_case(command: Callable[..., None]) -> Callable[..., None]:
    """Hand a command of a group the case that the group was called with, as its first argument."""

    def with_place(*given: Any, **named: Any) -> None:
        command(click.get_current_context().meta[PLACE], *given, **named)

    return update_wrapper(with_place, command)


def observation_named(case: Case, number: str) -> Observation:
    """Return an observation; raises NotFound where the number is unknown or of another kind."""
    from evidence_desk.domain.records import Observation

    found = case.queries.get(number)
    if not isinstance(found, Observation):
        raise NotFound(f"{number} is no observation. Nothing was written.")
    return found


def _edit(kind: str) -> click.Command:
    @(_sheet_argument if kind == "case" else _number_argument)
    @click.option("--set", "pairs", type=ATTRIBUTE, multiple=True, help="Set a field: FIELD=VALUE, several times.")
    @click.option("--revision", type=int, help="Refuse if the record is no longer at this revision.")
    @writes
    @in_case
    def edit(
        place: Path,
        wishes: Wishes,
        number: str,
        pairs: tuple[tuple[str, str], ...],
        revision: int | None,
        **options: Any,
    ) -> None:
        values = {name: value_of(kind, name, text) for name, text in pairs}
        values |= {n: value_of(kind, n, options[n]) for n in EDITABLE[kind] if options.get(n) is not None}
        with case_to_write(place, wishes) as case:
            named = _number_of(case, kind, number)
            values |= _together(case, kind, named, options, values)
            if not values:
                raise click.UsageError("nothing is given to change: use --set FIELD=VALUE or an option of the record")
            _change(case, kind, named, values, revision)
            print_written(case, [named], wishes)

    edit.__doc__ = _edit_help(kind)
    command = click.command("edit")(edit)
    command.params.extend(_natural_options(kind))
    return command


def _edit_help(kind: str) -> str:
    fields = ", ".join(EDITABLE[kind])
    example = {"observation": "--certainty moderate", "case": "--scope 'Frames 0 to 400'"}.get(
        kind, f"--{EDITABLE[kind][0].replace('_', '-')} TEXT"
    )
    number = {"case": "", "proposition": " CL-001.1"}.get(kind, f" {_prefix(kind)}-001")
    return (
        f"Change fields of the record; every state before stays in the log.\n\nFields: {fields}.\n\n\b\n"
        f"Example:\n  evidence-desk {kind} yard edit{number} {example}"
    )


def _natural_options(kind: str) -> list[click.Parameter]:
    """Return an option for each plain field, and those that set several fields together."""
    plain = [name for name in EDITABLE[kind] if not name.startswith("count_") and name not in ("people", "attributes")]
    options: list[click.Parameter] = [
        click.Option([f"--{name.replace('_', '-')}", name], help=f"Set {name.replace('_', ' ')}{_FORMS.get(name, '')}.")
        for name in plain
    ]
    if kind == "observation":
        options += [
            click.Option(["--note", "note"], help="Set the statement."),
            click.Option(["--keep-word-reason", "reason"], help="Why a word that the guard points at is kept."),
            click.Option(["--count", "count"], type=COUNT, help="Set MIN,BEST,MAX."),
            click.Option(["--frames", "frames"], type=FRAMES, help="Set first and last frame."),
            click.Option(["--attr", "attrs"], type=ATTRIBUTE, multiple=True, help="Set one attribute: NAME=VALUE."),
        ]
    if kind == "region":
        options += [
            click.Option(["--box", "box"], type=BOX, help="Set X,Y,W,H in pixels as stored: of a box or an ellipse."),
            click.Option(["--points", "points"], type=POINTS, help="Set the points of any other shape: X,Y X,Y …"),
        ]
    return options


def _together(case: Case, kind: str, number: str, options: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the options that are more than one plain field; `values` holds the plain ones."""
    if kind == "region":
        given = options["box"] if options["box"] is not None else options["points"]
        return {"points": given} if given is not None else {}
    if kind == "exhibit":
        return _clock_hash(case, number, values)
    if kind != "observation":
        return {}
    values = {}
    for option, name in (("note", "statement"), ("reason", "guard_reason")):
        if options[option] is not None:
            values[name] = options[option]
    if options["count"] is not None:
        values |= dict(zip(("count_min", "count_best", "count_max"), options["count"], strict=True))
    record = observation_named(case, number)
    if options["attrs"]:
        from evidence_desk.cli.observe_commands import known_attributes

        term = case.queries.term(options.get("term") or record.term)
        values["attributes"] = {**(record.attributes or {}), **known_attributes(term, options["attrs"])}
    if options["frames"] is not None:
        values |= _frames(case, record, options["frames"])
    return values


def _clock_hash(case: Case, number: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the hash of the frame that a case clock is set on, which binds it; none with the clock taken away."""
    from evidence_desk.cli.observe_commands import frames_named

    if not {"clock_frame", "clock_time"} & set(values):
        return {}
    seen = case.queries.exhibit(number)
    n = values.get("clock_frame", seen.clock_frame)
    if n is None or not values.get("clock_time", seen.clock_time) or not seen.frames:
        return {"clock_hash": ""}
    with media_worker() as worker:
        (ref,) = frames_named(case, seen, exhibit_table(case, seen, worker), worker, (n,))
    return {"clock_hash": ref.frame_hash}


def _frames(case: Case, record: Observation, span: tuple[int, int]) -> dict[str, Any]:
    from evidence_desk.cli.observe_commands import frame_fields

    seen = case.queries.exhibit(record.exhibit)
    with media_worker() as worker:
        return frame_fields(case, seen, exhibit_table(case, seen, worker), worker, span)


def _change(case: Case, kind: str, number: str, values: dict[str, Any], revision: int | None) -> None:
    from evidence_desk.cli.observe_commands import point_at_words
    from evidence_desk.services import commands as c

    if kind == "observation" and "term" in values:
        values["term"] = case.queries.term(values["term"]).id
    if kind == "acquisition" and number.startswith("EX-"):
        case.bus.run(c.set_acquisition(number, values))
        return
    case.bus.run(c.edit(number, values, revision))
    if "statement" in values:
        point_at_words(values["statement"], observation_named(case, number).guard_reason)


def _withdraw(kind: str) -> click.Command:
    @click.command("withdraw")
    @click.argument("number", metavar="NO")
    @click.option("--reason", required=True, help="Why. It stays with the record and is printed in the dossier.")
    @writes
    @in_case
    def withdraw(place: Path, wishes: Wishes, number: str, reason: str) -> None:
        """Withdraw the record, and what stands only on it. Nothing is deleted: it can be restored.

        \b
        Example:
          evidence-desk observation yard withdraw OB-001 --reason "Entered twice"
        """
        from evidence_desk.services import commands as c

        with case_to_write(place, wishes) as case:
            named = _number_of(case, kind, number)
            case.bus.run(c.withdraw(named, reason))
            print_written(case, [named], wishes)

    return withdraw


def _restore(kind: str) -> click.Command:
    @click.command("restore")
    @click.argument("number", metavar="NO")
    @writes
    @in_case
    def restore(place: Path, wishes: Wishes, number: str) -> None:
        """Put a withdrawn record back in force, with what was withdrawn only because of it.

        \b
        Example:
          evidence-desk observation yard restore OB-001
        """
        from evidence_desk.services import commands as c

        with case_to_write(place, wishes) as case:
            named = _number_of(case, kind, number)
            case.bus.run(c.restore(named))
            print_written(case, [named], wishes)

    return restore


def _number_of(case: Case, kind: str, number: str) -> str:
    """Return the number if it is a record of the kind; raises NotFound, Refused."""
    from evidence_desk.domain.records import kind_of

    if kind == "acquisition" and number.startswith("EX-"):
        case.queries.exhibit(number)
        held = case.queries.acquisition_of(number)
        return held.number if held is not None else number
    found = kind_of(number)
    if found is not None and found.name != kind:
        raise Refused(f"{number} is no {kind}. Nothing was changed. Use: evidence-desk {found.name} CASE …")
    case.queries.get(number)
    return number


def _prefix(kind: str) -> str:
    from evidence_desk.domain.records import kind_named

    return kind_named(kind).prefix
