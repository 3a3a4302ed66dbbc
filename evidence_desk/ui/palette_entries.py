"""What the command palette can find: commands, records of the case, places in the current clip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Observation, Record
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.translate import number, tr

if TYPE_CHECKING:
    from evidence_desk.services.queries import Queries
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


def record_entries(session: Session) -> tuple[Entry, ...]:
    """Return every record of the open case that can be shown."""
    if not session.is_open:
        return ()
    queries = session.case.queries
    terms = {term.id: term for term in queries.terms()}
    return tuple(_record_entry(session, *row) for row in _record_rows(queries, terms))


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
    """Return the entries that hold every word of `text`, best first: recent ones, then words that begin with it."""
    words = text.casefold().split()
    found = [entry for entry in entries if all(word in _searched(entry) for word in words)]
    order = {id_: place for place, id_ in enumerate(recent)}

    def rank(entry: Entry) -> tuple[bool, int, int]:
        starts = not words or any(part.startswith(words[0]) for part in _searched(entry).split())
        return (not starts, order.get(entry.id, len(order)), 0)

    return tuple(sorted(found, key=rank))


def matching_records(records: Sequence[Entry], text: str, holding: frozenset[str]) -> tuple[Entry, ...]:
    """Return the records whose line has the words of `text`, then those that hold them in another field."""
    found = matching(records, text)
    shown = {entry.id for entry in found}
    return (*found, *(entry for entry in records if entry.id in holding and entry.id not in shown))


def listed(
    commands: Sequence[Entry],
    records: Sequence[Entry],
    places: Sequence[Entry],
    text: str,
    recent: Sequence[str],
    holding: frozenset[str] = frozenset(),
) -> tuple[Entry, ...]:
    """Return what the palette shows for `text`: `>` asks for commands alone, `@` for records, `#` for a frame.

    `holding` are the numbers of records that hold the words in any field.
    """
    if text.startswith("#"):
        return tuple(places)
    if text.startswith(">"):
        return matching(commands, text[1:], recent)
    if text.startswith("@"):
        return matching_records(records, text[1:], holding)[: 4 * _PER_GROUP]
    if not text.strip():
        return (*matching(commands, "", recent)[:_PER_GROUP], *records[:_PER_GROUP])
    found = (*matching(commands, text, recent)[:_PER_GROUP], *matching_records(records, text, holding)[:_PER_GROUP])
    # Who types a time means it: then the place stands first.
    return (*places, *found)


@dataclass(frozen=True, slots=True)
class _GoTo:
    session: Session
    exhibit: str
    frame: int

    def __call__(self) -> None:
        self.session.go_to(self.exhibit, self.frame)


@dataclass(frozen=True, slots=True)
class _Show:
    session: Session
    number: str

    def __call__(self) -> None:
        self.session.show_record(self.number)


def _record_rows(queries: Queries, terms: Mapping[str, Term]) -> Iterable[tuple[Record, str, str, str]]:
    for observation in queries.observations():
        term = terms.get(observation.term)
        icon = (term.icon or term.category) if term is not None else "observation"
        yield observation, term.label if term is not None else observation.term, _frames(observation), icon
    for exhibit in queries.exhibits():
        yield exhibit, exhibit.title or exhibit.received_name, exhibit.kind, "exhibit_video"
    for claim in queries.claims():
        yield claim, f"“{claim.quote}”", claim.source, "claim"
    for proposition in queries.propositions():
        yield proposition, proposition.text, proposition.type, "claim"
    for source in queries.sources():
        yield source, source.title, source.publisher, "source"
    for question in queries.questions():
        yield question, question.text, tr("not known"), "question"


def _record_entry(session: Session, record: Record, title: str, detail: str, icon: str) -> Entry:
    show = _Show(session, record.number)
    return Entry(record.number, tr("Records in this case"), f"{record.number} {title}", detail, icon, (), show, show)


def _frames(observation: Observation) -> str:
    if observation.first_frame is None:
        return observation.exhibit
    first, last = number(observation.first_frame), number(observation.last_frame or observation.first_frame)
    if first == last:
        return tr("{exhibit}, frame {first}", exhibit=observation.exhibit, first=first)
    return tr("{exhibit}, frames {first} to {last}", exhibit=observation.exhibit, first=first, last=last)


def _searched(entry: Entry) -> str:
    return f"{entry.title} {entry.detail}".casefold()
