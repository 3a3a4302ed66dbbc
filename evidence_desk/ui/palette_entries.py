"""What the command palette can find: commands, records of the case, places in the current clip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.translate import number, tr

if TYPE_CHECKING:
    from evidence_desk.ui.session import Session

# What a person does not need the palette for.
_NOT_LISTED = frozenset(("tools.palette", "go.level_up"))
_PER_GROUP = 8
_FRAME = re.compile(r"#\s*(\d+)")
_BARE = re.compile(r"[\d\s]*")

FindPlace = Callable[[str], tuple[str, int] | None]
"""Answers which exhibit and frame a typed text names, None where no clip is open; raises where it names none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. `id` is stable, for the list of recent ones; `preview` shows without leaving."""

    id: str
    group: str
    title: str
    detail: str
    icon: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    preview: Callable[[], object] | None = None


def command_entries(registry: ActionRegistry) -> tuple[Entry, ...]:
    """Return every enabled action."""
    found = []
    for spec in registry.specs:
        action = registry.action(spec.id)
        if spec.id in _NOT_LISTED or not action.isEnabled() or not action.isVisible():
            continue
        title = action.text().replace("&", "")
        keys = tuple(registry.keys_text(spec.id).split())
        icon = registry.icon_name(spec.id)
        found.append(Entry(spec.id, tr("Commands"), title, tr(spec.menu), icon, keys, action.trigger))
    return tuple(found)


def place_entries(session: Session, text: str, find: FindPlace | None) -> tuple[Entry, ...]:
    """Return the place in the current exhibit that a text names: `#812`, `+10`, `0:27.093`, `+1.5s`, `pts 416148`.

    A bare number names a frame after `#` alone, since it may be part of a record's number.
    """
    wanted = text.strip()
    if find is None or not session.is_open or _BARE.fullmatch(wanted):
        return ()
    try:
        found = find(wanted)
    except EvidenceDeskError:
        return ()
    number_alone = _FRAME.fullmatch(wanted)
    if found is None and number_alone is not None and session.exhibit:
        found = (session.exhibit, int(number_alone[1]))
    if found is None:
        return ()
    exhibit, n = found
    title = tr("Frame {n} of {exhibit}", n=number(n), exhibit=exhibit)
    return (Entry(f"#{n}", tr("Go to"), title, tr("counted from 0"), "go_to", (), _GoTo(session, exhibit, n)),)


def matching(entries: Iterable[Entry], text: str, recent: Sequence[str] = ()) -> tuple[Entry, ...]:
    """Return the entries that hold every word of `text`, best first.

    First stands what is called just so, then words that begin with it, recent ones and names that begin with it first.
    """
    words = text.casefold().split()
    whole = " ".join(words)
    found = [entry for entry in entries if all(word in _searched(entry) for word in words)]
    order = {id_: place for place, id_ in enumerate(recent)}

    def rank(entry: Entry) -> tuple[bool, bool, int, bool]:
        starts = not words or any(part.startswith(words[0]) for part in _searched(entry).split())
        name = entry.title.casefold().rstrip("…")
        return name != whole, not starts, order.get(entry.id, len(order)), not name.startswith(whole)

    return tuple(sorted(found, key=rank))


def records_asked(text: str) -> tuple[str, int]:
    """Return which words records are looked for by, and how many are shown: none for a command or a frame."""
    if text.startswith((">", "#")):
        return "", 0
    return text.removeprefix("@"), 4 * _PER_GROUP if text.startswith("@") else _PER_GROUP


def listed(
    commands: Sequence[Entry], records: Sequence[Entry], places: Sequence[Entry], text: str, recent: Sequence[str]
) -> tuple[Entry, ...]:
    """Return what the palette shows for `text`: `>` asks for commands alone, `@` for records, `#` for a frame.

    `records` are those that were found; see `records_asked`.
    """
    if text.startswith("#"):
        return tuple(places)
    if text.startswith(">"):
        return matching(commands, text[1:], recent)
    if text.startswith("@"):
        return tuple(records)
    # Who types a time means it: then the place stands first.
    before = places if text.strip() else ()
    return (*before, *matching(commands, text, recent)[:_PER_GROUP], *records)


@dataclass(frozen=True, slots=True)
class _GoTo:
    session: Session
    exhibit: str
    frame: int

    def __call__(self) -> None:
        self.session.go_to(self.exhibit, self.frame)


def _searched(entry: Entry) -> str:
    return f"{entry.title} {entry.detail}".casefold()
