"""From what a form of the Claims room holds to the command that keeps it; and text files for sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence_desk.services import commands as c
from evidence_desk.services.bus import Command
from evidence_desk.ui.panels.link_picker import LinkPicker
from evidence_desk.ui.panels.record_form import RecordForm
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.translate import tr

_LARGEST_TEXT = 5_000_000


def new_record(begun: Mapping[str, object], values: Mapping[str, Any], picker: LinkPicker) -> Command:
    """Return the command for a new record: `begun` holds its kind and what was known when its form was opened."""
    kind = begun["kind"]
    if kind == "link":
        reason = picker.because.toPlainText().strip()
        return c.add_link(picker.origin(), picker.target, picker.relation.value(), reason)
    if kind == "source":
        return c.add_source(**values)
    if kind == "claim":
        at = begun["at"]
        assert isinstance(at, int)
        return c.add_claim(source=str(begun["source"]), quote=str(begun["quote"]), at=at, **values)
    if kind == "proposition":
        return c.split_claim(str(begun["claim"]), **values)
    return c.add_question(**values)


def load_text(prompter: Prompter, form: RecordForm) -> None:
    """Ask for a text file and put its text, and its name where there is no title yet, into a source's form."""
    file = prompter.open_file(tr("Choose a text file"), kinds=tr("Text files (*.txt *.md);;All files (*)"))
    if file is None:
        return
    text, problem = read_text(file)
    if problem:
        form.say(problem)
        return
    form.fields.fill("text", text)
    if not form.fields.values()["title"]:
        form.fields.fill("title", file.stem)


def read_text(file: Path) -> tuple[str, str]:
    """Return the text of a UTF-8 file and "", or "" and one line on why it cannot be taken."""
    try:
        if file.stat().st_size > _LARGEST_TEXT:
            return "", tr("{name} is larger than 5 MB. Nothing was loaded. Take it in as an exhibit.", name=file.name)
        return file.read_text(encoding="utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", tr("{name} is no UTF-8 text. Nothing was loaded. Save it as UTF-8 first.", name=file.name)
    except OSError as error:
        return "", tr("{name} cannot be read ({why}). Nothing was loaded.", name=file.name, why=error.strerror or "")
