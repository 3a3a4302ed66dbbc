"""The commands by name. Each module is loaded when its command is asked for, so that a command starts quickly."""

from __future__ import annotations

from importlib import import_module

import click

from evidence_desk import __version__
from evidence_desk.cli.messages import actor_option, debug_option, json_option

COMMANDS = {
    "demo": "deliver_commands:demo",
    "new": "case_commands:new",
    "add": "case_commands:add",
    "list": "list_command:list_records",
    "probe": "media_commands:probe",
    "frames": "media_commands:frames",
    "still": "media_commands:still",
    "observe": "observe_commands:observe",
    "link": "record_commands:link",
    "source": "record_commands:source",
    "claim": "record_commands:claim",
    "question": "record_commands:question",
    "exhibit": "record_commands:exhibit",
    "acquisition": "record_commands:acquisition",
    "proposition": "record_commands:proposition",
    "observation": "record_commands:observation",
    "region": "record_commands:region",
    "case": "record_commands:case_sheet",
    "export": "deliver_commands:export",
    "verify": "deliver_commands:verify",
}
"""Where each command lives, in the order in which help shows them: `module:name` inside this package."""


class Commands(click.Group):
    """A group whose commands are loaded on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return a command, or None where there is none of that name."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        found = getattr(import_module(f"evidence_desk.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "--version", message="%(version)s")
@actor_option
@json_option
@debug_option
def commands() -> None:
    """Step through video evidence frame by frame, record what is seen and heard, export a dossier that can be checked.

    Without a command, or with a case folder alone, the window opens. Data goes to stdout, messages to stderr. Exit
    status: 0 done or same, 1 refused or differs, 2 wrong usage.

    \b
    A whole job:
      evidence-desk new yard --title "Yard" --as "Reviewer A"
      evidence-desk add yard clip.mp4
      evidence-desk observe yard EX-001 --frames 120..148 --term arms-raised
      evidence-desk source yard add --title "Post" --text post.txt
      evidence-desk claim yard add --source SR-001 --quote "raised their hands"
      evidence-desk claim yard split CL-001 --text "Hands were raised" --type what-happened
      evidence-desk link yard OB-001 CL-001.1 --relation supports --because "Both arms are above the shoulders"
      evidence-desk export yard --format pdf -o dossier.pdf
      evidence-desk verify yard
    """
