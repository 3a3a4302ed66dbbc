"""What every command shares: who acts, how to print, and lines for people on stderr."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from evidence_desk.domain.errors import Refused

ACTOR_VARIABLE = "EVIDENCE_DESK_ACTOR"
F = TypeVar("F", bound=Callable[..., Any])
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that turn the writing direction about: in a file name they can make a line read as something else."""


@dataclass
class Wishes:
    """What was asked for beside the command itself."""

    actor: str = ""
    as_json: bool = False
    debug: bool = False

    def acting(self) -> str:
        """Return who acts; raises Refused where nobody is named."""
        actor = self.acting_or_nobody()
        if not actor:
            raise Refused(
                f"Nobody is named as acting. Nothing was written. Say who acts: --as NAME, or set {ACTOR_VARIABLE}."
            )
        return actor

    def acting_or_nobody(self) -> str:
        """Return who acts, "" where nobody is named."""
        return (self.actor or os.environ.get(ACTOR_VARIABLE, "")).strip()


def one_line(text: str) -> str:
    """Return the text as one line in which no sign moves the cursor or turns the writing direction."""
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if ord(sign) in _TURNING or unicodedata.category(sign) == "Cc":
        return f"\\u{ord(sign):04x}"
    return sign


def tell(line: str) -> None:
    """Print one line for a person on stderr."""
    click.echo(one_line(line), err=True)


def print_json(value: Any) -> None:
    """Print a value as JSON (UTF-8, two spaces) on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of data on stdout."""
    for line in lines:
        click.echo(line)


def _wishes(context: click.Context) -> Wishes:
    return context.ensure_object(Wishes)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            setattr(_wishes(context), name, value)

    return callback


def debug_option(command: F) -> F:
    """Add --debug."""
    option = click.option(
        "--debug", is_flag=True, expose_value=False, callback=_keep("debug"), help="Show where an error came from."
    )
    return option(command)


def json_option(command: F) -> F:
    """Add --json."""
    option = click.option(
        "--json", is_flag=True, expose_value=False, callback=_keep("as_json"), help="Print JSON instead of text."
    )
    return option(command)


def actor_option(command: F, *, hidden: bool = False) -> F:
    """Add --as NAME; hidden where nobody needs to be named, so that a script may pass it everywhere."""
    option = click.option(
        "--as",
        metavar="NAME",
        expose_value=False,
        hidden=hidden,
        callback=_keep("actor"),
        help=f"Who acts, kept with every change (or set {ACTOR_VARIABLE}).",
    )
    return option(command)


def reads(command: F) -> F:
    """Add the options of a command that reads, and hand it the wishes as its first argument."""
    return click.pass_obj(actor_option(json_option(debug_option(command)), hidden=True))  # type: ignore[return-value]


def writes(command: F) -> F:
    """Add the options of a command that changes a case, and hand it the wishes as its first argument."""
    return click.pass_obj(actor_option(json_option(debug_option(command))))  # type: ignore[return-value]
