"""`RECORD CASE edit|withdraw|restore NO` for every kind of record, and `add` and `split` of those that have them."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_desk.cli.messages import Wishes, writes
from evidence_desk.cli.opening import case_to_write
from evidence_desk.cli.printing import print_written
from evidence_desk.cli.record_changes import in_case, record_group
from evidence_desk.cli.source_text import read_text
from evidence_desk.domain.errors import Refused

source = record_group(
    "source", "Documents and speakers of statements, with their text.", "add --title Post --text post.txt"
)
claim = record_group(
    "claim", "Verbatim quotations of a source, and what they are split into.", 'add --source SR-001 --quote "three men"'
)
question = record_group(
    "question",
    "What is not known, and what would answer it.",
    'add --text "What follows?" --would-answer "The original"',
)
exhibit = record_group("exhibit", "Files taken into the case (see add).", 'edit EX-001 --title "Clip A"')
acquisition = record_group(
    "acquisition", "How an exhibit came to be held; NO may be the exhibit's number.", "edit EX-001 --method downloader"
)
proposition = record_group(
    "proposition",
    "Parts of a claim that can be tested (see claim CASE split).",
    'edit CL-001.1 --testable "from the media alone"',
)
observation = record_group("observation", "What is seen or heard (see observe).", "edit OB-001 --certainty moderate")
case_sheet = record_group("case", "What the case is about; NO may be left out.", 'edit --scope "Frames 0 to 400"')
link = record_group(
    "link",
    "Tie an observation (or exhibit, source) to a claim or proposition: OB-001 CL-001.1 --relation R --because W. "
    "R is supports, contradicts, fits, context or unclear.",
    'OB-001 CL-001.1 --relation supports --because "Both arms are above the shoulders"',
    unnamed="add",
)

_WHOLE = click.IntRange(min=0)


@source.command("add")
@click.option("--title", required=True, help="What it is called.")
@click.option("--kind", default="", help="eyewitness, uploader, media, state body, unknown …")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--author", default="", help="Who wrote or said it.")
@click.option("--dated", default="", help="Its date, as it states it.")
@click.option("--url", default="", help="Where it stands.")
@click.option("--language", default="", help="Its language.")
@click.option(
    "--text", "file", default="", metavar="FILE", help="A UTF-8 file with its text, kept in the case; - for stdin."
)
@click.option("--reliability", default="", help="A (completely reliable) to E (unreliable), F (cannot be judged).")
@click.option("--reliability-basis", default="", help="Why that grade.")
@click.option("--note", default="", help="Anything else.")
@writes
@in_case
def source_add(place: Path, wishes: Wishes, file: str, **fields: str) -> None:
    """Add a source with its text. The text is kept as it is; claims quote it letter by letter.

    \b
    Example:
      evidence-desk source yard add --title "Post of 4 May" --publisher "Channel B" --text post.txt --reliability D
    """
    from evidence_desk.services import commands as c

    text = read_text(file) if file else ""
    with case_to_write(place, wishes) as case:
        print_written(case, case.bus.run(c.add_source(text=text, **fields)).numbers[:1], wishes)


@claim.command("add")
@click.option("--source", "from_source", required=True, metavar="SR-001", help="Where it is quoted from.")
@click.option("--quote", required=True, help="The quotation, letter by letter as it stands in the source's text.")
@click.option("--at", type=_WHOLE, help="Its first character (from 0), needed where it stands more than once.")
@click.option("--claimant", default="", help="Who claims it; else the source's author or publisher.")
@click.option("--dated", default="", help="When; else the source's date.")
@click.option("--language", default="", help="Its language.")
@click.option("--translation", default="", help="A translation, marked as yours.")
@click.option("--note", default="", help="Anything else.")
@writes
@in_case
def claim_add(place: Path, wishes: Wishes, from_source: str, quote: str, at: int | None, **fields: str) -> None:
    """Add a claim. A quotation that does not stand in the source, or stands there twice without --at, is refused.

    \b
    Example:
      evidence-desk claim yard add --source SR-001 --quote "three men raised their hands"
    """
    from evidence_desk.services import commands as c

    verbatim = quote.replace("\r\n", "\n").replace("\r", "\n")
    with case_to_write(place, wishes) as case:
        print_written(case, case.bus.run(c.add_claim(from_source, verbatim, at, **fields)).numbers[:1], wishes)


@claim.command("split")
@click.argument("number", metavar="CL-001")
@click.option("--text", required=True, help="One part that can be tested by itself.")
@click.option(
    "--type",
    "kind",
    required=True,
    help="what-happened, who-did-it, who-was-affected, how-many, where, when, cause, authenticity …",
)
@click.option("--testable", default="", help="from the media alone, partly from the media, needs outside evidence …")
@click.option("--note", default="", help="Anything else.")
@writes
@in_case
def claim_split(place: Path, wishes: Wishes, number: str, text: str, kind: str, **fields: str) -> None:
    """Add a proposition to a claim.

    \b
    Example:
      evidence-desk claim yard split CL-001 --text "Three figures raise their hands" --type how-many
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case:
        print_written(case, case.bus.run(c.split_claim(number, text, kind, **fields)).numbers[:1], wishes)


@link.command("add")
@click.argument("origin", metavar="OB-001")
@click.argument("target", metavar="CL-001.1")
@click.option("--relation", required=True, help="supports, contradicts, fits, context or unclear.")
@click.option("--because", required=True, help="Why: one sentence that a reader can weigh.")
@writes
@in_case
def link_add(place: Path, wishes: Wishes, origin: str, target: str, relation: str, because: str) -> None:
    """Tie an observation (or exhibit, source) to a claim or proposition. The word add may be left out.

    \b
    Example:
      evidence-desk link yard OB-001 CL-001.1 --relation supports --because "Both arms are above the shoulders"
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case:
        print_written(case, case.bus.run(c.add_link(origin, target, relation, because)).numbers[:1], wishes)


@question.command("add")
@click.option("--text", required=True, help="What is not known.")
@click.option("--would-answer", required=True, help="What would answer it.")
@click.option("--reason", "reason_code", default="", help="original not obtained, single angle, audio ambiguous …")
@click.option("--bears-on", default="", metavar="NO,NO", help="The records it bears on.")
@click.option("--tried", default="", help="What was tried to answer it.")
@writes
@in_case
def question_add(place: Path, wishes: Wishes, **fields: str) -> None:
    """Record what is not known, and what would answer it.

    \b
    Example:
      evidence-desk question yard add --text "What follows the cut?" --would-answer "The original recording"
    """
    from evidence_desk.services import commands as c

    with case_to_write(place, wishes) as case:
        print_written(case, case.bus.run(c.add_question(**fields)).numbers[:1], wishes)


@exhibit.command("examine")
@click.argument("number", metavar="EX-001")
@writes
@in_case
def exhibit_examine(place: Path, wishes: Wishes, number: str) -> None:
    """Decode every frame of an exhibit, count and hash them: after a stop, or where the numbers are provisional.

    Observations made under provisional numbers are found again by their frame hashes, each as an event.

    \b
    Example:
      evidence-desk exhibit yard examine EX-001
    """
    from evidence_desk.cli.case_commands import examine
    from evidence_desk.cli.opening import media_worker
    from evidence_desk.services.intake import received_as

    with case_to_write(place, wishes) as case, media_worker() as worker:
        found = case.queries.exhibit(number)
        if not case.paths.exhibit_file(found).is_file():
            raise Refused(f"{number} is missing from the vault: {found.vault_path}. Nothing was changed.")
        examine(case, worker, number, received_as(found))
        print_written(case, [number], wishes)
