"""The commands by name. Each module is loaded when its command is asked for, so that a command starts quickly."""

from __future__ import annotations

from importlib import import_module

import click

from evidence_desk import __version__
from evidence_desk.cli.messages import actor_option, debug_option, json_option

COMMANDS = {
    "demo": ("deliver_commands:demo", "Build the sample case end to end, without a display."),
    "new": ("case_commands:new", "Make a case."),
    "add": ("case_commands:add", "Take files into a case."),
    "list": ("list_command:list_records", "List the records of a case."),
    "search": ("search_command:search", "Find records by their words."),
    "probe": ("media_commands:probe", "Print what a media file says of itself."),
    "frames": ("media_commands:frames", "Print the frames of a file, with their hashes."),
    "timing": ("timing_command:timing", "Print what the time stamps say and where they are irregular."),
    "sound": ("sound_command:sound", "Print what the sound is by its samples; write some as WAV."),
    "still": ("media_commands:still", "Write one frame as a picture."),
    "observe": ("observe_commands:observe", "Record what is seen or heard."),
    "source": ("record_commands:source", "Documents and speakers of statements: add, edit, withdraw."),
    "claim": ("record_commands:claim", "Verbatim quotations: add, split, edit, withdraw."),
    "link": ("record_commands:link", "Tie an observation to a claim, with a because."),
    "question": ("record_commands:question", "What is not known: add, edit, withdraw."),
    "exhibit": ("record_commands:exhibit", "Edit or withdraw an exhibit."),
    "acquisition": ("record_commands:acquisition", "Edit how an exhibit came to be held."),
    "proposition": ("record_commands:proposition", "Edit or withdraw a part of a claim."),
    "observation": ("record_commands:observation", "Edit or withdraw an observation."),
    "region": ("region_commands:region", "Shapes on frames: add, move, track, accept, edit."),
    "sync": ("sync_commands:sync", "Two exhibits on one time: add, mark, show, edit, withdraw."),
    "codebook": ("codebook_command:codebook", "The vocabulary of a case: show, export, import."),
    "coverage": ("coverage_command:coverage", "Print which frames were on screen, by whom, and which were not."),
    "case": ("record_commands:case_sheet", "Edit the case sheet."),
    "bench": ("bench_command:bench", "Measure how quick the desk is with a file."),
    "export": ("deliver_commands:export", "Write the dossier, the package or the data."),
    "verify": ("deliver_commands:verify", "Check a case or a package: the same, or what differs."),
}
"""Where each command lives (`module:name` inside this package) and what it is for, in the order help shows them."""


class Commands(click.Group):
    """A group whose commands are loaded on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return a command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found = getattr(import_module(f"evidence_desk.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


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
