"""Runs one command and turns whatever goes wrong into one clear line and an exit status; never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
from pathlib import Path

import click

from evidence_desk.cli.messages import Wishes, tell
from evidence_desk.cli.root import commands
from evidence_desk.domain.errors import EvidenceDeskError, one_stop

DONE, REFUSED, USAGE = 0, 1, 2
PROGRAM = "evidence-desk"
CASE_SUFFIX = ".edcase"


def run(arguments: list[str]) -> int:
    """Run the command that the arguments name, or open the window on a case folder; return the exit status."""
    _speak_utf8()
    if len(arguments) == 1 and arguments[0].endswith(CASE_SUFFIX) and Path(arguments[0]).is_dir():
        from evidence_desk.app import run as open_window

        return open_window(arguments)
    wishes = Wishes(debug="--debug" in arguments)
    try:
        status = _told(arguments, wishes)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output left (`… | head`): its business, and nothing more can be said to it.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return status


def _told(arguments: list[str], wishes: Wishes) -> int:
    try:
        return _called(arguments, wishes)
    except click.ClickException as error:
        return _usage(error)
    except (click.Abort, KeyboardInterrupt):
        line = "Stopped. What was already printed is kept; nothing was left half made."
    except EvidenceDeskError as error:
        line = str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        line = f"{place}{error.strerror or error}. Nothing more was changed."
    except Exception as error:  # noqa: BLE001 - the boundary: a bug becomes one line here, the traceback with --debug
        line = _unexpected(error, wishes)
    tell(line)
    return REFUSED


def _called(arguments: list[str], wishes: Wishes) -> int:
    try:
        answer = commands.main(args=arguments, prog_name=PROGRAM, standalone_mode=False, obj=wishes)
    except click.ClickException:
        raise
    except Exception:
        if wishes.debug:
            traceback.print_exc()
        raise
    return answer if isinstance(answer, int) else DONE


def _usage(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return USAGE
    context = getattr(error, "ctx", None)
    called = context.command_path if context is not None else PROGRAM
    tell(one_stop(f"{error.format_message()}. See {called} --help."))
    return USAGE


def _unexpected(error: Exception, wishes: Wishes) -> str:
    advice = "" if wishes.debug else " Run it again with --debug for the details."
    return (
        f"This should not happen ({type(error).__name__}: {error}). A case is safe: each change is written whole or "
        f"not at all. Please report it on the project's issue page.{advice}"
    )


def _speak_utf8() -> None:
    # JSON is UTF-8 wherever it is read; a name that is no text (old file systems) must not stop a message.
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
